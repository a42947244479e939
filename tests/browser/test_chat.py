"""咨询 as a visitor uses it, in a real browser against the served application."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched

PLATFORM = "新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？"


def test_an_answer_shows_sum_condition_department_and_marked_clause(watched: Watched) -> None:
    page = watched.open()
    watched.ask(PLATFORM)
    answer = page.locator(".answer")
    expect(answer.locator(".conclusion")).to_contain_text("2000万元")
    expect(answer.locator(".sum .result")).to_contain_text("2000万元")
    expect(answer.locator(".sum .steps")).to_contain_text("1.5亿元 × 20% = 3000万元")
    expect(answer.locator(".criteria .state-met").first).to_be_visible()
    expect(answer.locator(".rows")).to_contain_text(["市科技局"])
    expect(answer.locator(".badge summary")).to_contain_text("已核对")
    mark = answer.locator(".law mark").first
    expect(mark).to_contain_text("对新建平台按建设总投资20%给予最高2000万元支持")
    assert mark.evaluate(
        "m => { const a = m.getBoundingClientRect(), b = m.closest('.law').getBoundingClientRect();"
        " return a.top >= b.top - 1 && a.top < b.bottom }"
    )


def test_a_follow_up_uses_what_was_said_before(watched: Watched) -> None:
    page = watched.open()
    watched.ask("想建个概念验证中心")
    watched.ask("大概投600万")
    expect(page.locator(".turn").last.locator(".conclusion")).to_contain_text("120万元")
    watched.ask("要是公共技术服务平台呢")
    expect(page.locator(".turn").last.locator(".clause h4").first).to_contain_text("第六条")
    expect(page.locator(".turn").last.locator(".sum .result")).to_contain_text("120万元")


def test_examples_choices_and_suggestions_are_asked_with_one_click(watched: Watched) -> None:
    page = watched.open()
    page.locator(".examples .ask").first.click()
    expect(page.locator(".turn .answer .conclusion")).to_be_visible()
    page.locator(".suggestions .ask").first.click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").last.locator(".answer .conclusion")).to_be_visible()
    watched.ask("算力补贴")
    choice = page.locator(".turn").last.locator(".choices .ask").first
    text = choice.inner_text()
    choice.click()
    expect(page.locator(".turn").last.locator(".asked-text")).to_have_text(text)


def test_a_citation_opens_its_clause(watched: Watched) -> None:
    page = watched.open()
    watched.ask("区里给了算力补贴，市里还能再拿一份吗")
    links = page.locator(".cite")
    assert links.count() >= 2
    links.last.click()
    panel = page.locator(".clause:visible")
    expect(panel).to_have_count(1)
    expect(panel.locator("h4")).to_contain_text(links.last.inner_text())
    expect(panel.locator("mark").first).to_be_in_viewport()


def test_the_conversation_survives_a_reload_and_is_cleared_on_request(watched: Watched) -> None:
    page = watched.open()
    watched.ask("想建个概念验证中心")
    page.reload()
    expect(page.locator(".turn .answer .conclusion")).to_be_visible()
    watched.ask("大概投600万")
    expect(page.locator(".turn").last.locator(".sum .result")).to_contain_text("120万元")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-action=clear]").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('assistant.conversation.1')") is None
    page.reload()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_the_conversation_is_exported_as_markdown_with_its_sources(watched: Watched) -> None:
    page = watched.open()
    watched.ask(PLATFORM)
    with page.expect_download() as download:
        page.locator("[data-action=export]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename.endswith(".md")
    assert PLATFORM in text
    assert "2000万元" in text
    assert "来源：《关于进一步支持国家新一代人工智能创新发展试验区" in text
    assert "第六条" in text


def test_copying_takes_the_source_along(watched: Watched) -> None:
    page = watched.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=watched.origin)
    watched.ask(PLATFORM)
    page.locator("[data-action=copy]").click()
    expect(page.locator("[data-action=copy]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "2000万元" in copied
    assert "来源：《" in copied
    assert "**" not in copied


def test_a_vote_down_asks_for_the_reason(watched: Watched) -> None:
    page = watched.open()
    watched.ask(PLATFORM)
    page.locator("[data-action=down]").click()
    form = page.locator(".vote-reason")
    form.get_by_label("金额不对").check()
    form.locator("textarea").fill("上限应为2000万元")
    form.get_by_role("button", name="提交").click()
    expect(page.locator(".vote-note")).to_have_text("谢谢，已记录。")
    expect(page.locator("[data-action=down]")).to_have_attribute("aria-pressed", "true")


def test_escape_closes_what_was_opened(watched: Watched) -> None:
    page = watched.open()
    watched.ask(PLATFORM)
    page.locator("[data-action=down]").click()
    page.keyboard.press("Escape")
    expect(page.locator(".vote-reason")).to_have_count(0)
    expect(page.locator("[data-action=down]")).to_be_focused()
    badge = page.locator(".badge")
    badge.locator("summary").click()
    page.keyboard.press("Escape")
    expect(badge).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_question_stands_right_below_the_header(watched: Watched, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 844})
    page = watched.open()
    watched.ask("想建个概念验证中心")
    watched.ask("归哪个部门管首版次奖励")
    gap = (
        "document.querySelector('.turn:last-child').getBoundingClientRect().top"
        " - document.querySelector('.site-header').getBoundingClientRect().bottom"
    )
    page.wait_for_function(f"{gap} >= 0 && {gap} < 40")


def test_html_in_a_question_is_shown_as_text(watched: Watched) -> None:
    page = watched.open()
    hostile = '<img src=x onerror="document.title=1"> <b>算力</b>补贴'
    watched.ask(hostile)
    expect(page.locator(".asked-text")).to_have_text(hostile)
    assert page.locator(".turn img").count() == 0
    assert page.title() != "1"
    page.reload()
    expect(page.locator(".asked-text")).to_have_text(hostile)


def test_an_empty_question_is_not_sent(watched: Watched) -> None:
    page = watched.open()
    page.locator("#send").click()
    page.fill("#question textarea", "   ")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator(".turn").count() == 0
    watched.ask("归哪个部门管首版次奖励")
    expect(page.locator(".answer")).to_contain_text("市工信局")


def test_what_is_sent_before_gradio_listens_is_sent_once_it_does(watched: Watched) -> None:
    page = watched.open()
    page.fill("#question textarea", "概念验证中心最高给多少？")
    # Gradio does not hear the first press.
    page.evaluate("""() => ["keydown", "keypress", "keyup"].forEach((kind) => document.body.addEventListener(
        kind, (event) => event.stopImmediatePropagation(), { capture: true, once: true }))""")
    page.press("#question textarea", "Enter")
    expect(page.locator(".turn .answer .conclusion")).to_contain_text("200万元")
    page.wait_for_timeout(700)
    expect(page.locator(".turn")).to_have_count(1)


def test_enter_during_pinyin_input_does_not_send(watched: Watched) -> None:
    page = watched.open()
    page.fill("#question textarea", "算力")
    page.locator("#question textarea").evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_timeout(300)
    assert page.locator(".turn").count() == 0


def test_nothing_moves_while_the_answer_comes(watched: Watched) -> None:
    page = watched.open()
    page.evaluate(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => { if (!e.hadRecentInput) window.shift += e.value })).observe({type: 'layout-shift', buffered: false})"
    )
    watched.ask(PLATFORM)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.shift") < 0.1


def test_gradio_speaks_chinese_to_an_english_browser(watched: Watched) -> None:
    page = watched.open()
    expect(page.locator("#question textarea")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title().startswith("咨询")
    words = page.locator("body").inner_text()
    for foreign in ("Gradio", "Loading", "Settings", "Submit", "Use via API"):
        assert foreign not in words


def test_when_the_network_fails_the_question_can_be_tried_again(watched: Watched) -> None:
    page = watched.open()
    expect(page.locator("#question textarea")).to_be_visible()
    page.route("**/gradio_api/queue/join**", lambda route: route.abort())
    page.fill("#question textarea", "归哪个部门管首版次奖励")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_contain_text("没有得到回答")
    page.unroute("**/gradio_api/queue/join**")
    page.wait_for_event("framenavigated")  # Gradio loads the page anew when the connection is back
    page.locator("[data-action=retry]").click()
    expect(page.locator(".answer")).to_contain_text("市工信局")
    expect(page.locator(".turn")).to_have_count(1)
    watched.faults.clear()  # the browser's own report of the refused call


def test_a_refused_question_says_why(watched: Watched) -> None:
    page = watched.open()
    expect(page.locator("#question textarea")).to_be_visible()
    refusal = '{"error": {"code": "rate_limited", "message": "请求过于频繁。", "hint": "请在 20 秒后重试。"}}'
    page.route(
        "**/gradio_api/queue/join**",
        lambda route: route.fulfill(status=429, content_type="application/json", body=refusal),
    )
    page.fill("#question textarea", "归哪个部门管首版次奖励")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_contain_text("请求过于频繁。请在 20 秒后重试。")


def test_a_damaged_store_does_not_stop_the_page(watched: Watched) -> None:
    page = watched.open()
    for damaged in ("{", '{"turns": 1}', "null", '{"turns": [], "state": "forged"}'):
        page.evaluate("text => localStorage.setItem('assistant.conversation.1', text)", damaged)
        page.reload()
        watched.ask("概念验证中心补多少")
        expect(page.locator(".turn").last.locator(".conclusion")).to_contain_text("20%")
        page.evaluate("localStorage.clear()")


def test_a_question_in_the_address_waits_in_the_box(watched: Watched) -> None:
    page = watched.open("/?q=算力补贴需要符合什么条件？")
    expect(page.locator("#question textarea")).to_have_value("算力补贴需要符合什么条件？")
    assert page.locator(".turn").count() == 0
    page.locator("#send").click()
    expect(page.locator(".answer .conclusion")).to_be_visible()
