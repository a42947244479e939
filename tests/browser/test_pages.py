"""测算, 适用政策 and 政策原文 in a real browser; looks, accessibility and paper for all pages."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watched

CALCULATOR = "/calculator?a=first-set-equipment~3000万~up&a=computing-power~310万&goal=100万"
FITS = "/fits?applicant=company&plan=computing-power&computing-power.amount=310万&plan=bank-risk-compensation"
READY = {
    "/": "#question textarea",
    CALCULATOR: "#result .sum",
    FITS: "#result .fit",
    "/policy?q=算力": ".policy-article mark",
}


def row(page: Page, side: str = "a", index: int = 0) -> object:
    return page.locator(f".plan[data-side={side}] .plan-row").nth(index)


class TestCalculator:
    def test_amount_to_sum_and_plot(self, watched: Watched) -> None:
        page = watched.open("/calculator")
        page.locator("select[name=measure]").first.select_option("platform-construction")
        page.locator("input[name=amount]").first.fill("1.5亿")
        result = page.locator("#result")
        expect(result.locator(".result strong")).to_have_text("2000万元")
        expect(result.locator(".steps")).to_contain_text("1.5亿元 × 20% = 3000万元")
        expect(result.locator("svg.plot .point")).to_have_count(1)
        expect(result.locator("svg.plot .knee")).to_have_count(1)
        expect(result.locator(".reaches")).to_contain_text("1亿元")
        page.locator("input[name=amount]").first.fill("300到500万")
        expect(result.locator(".result strong")).to_have_text("60万元至100万元")

    def test_what_is_filled_in_before_the_script_is_there_counts(self, watched: Watched) -> None:
        page = watched.page
        # The script's first look for the form comes late: hold the timer by which it waits.
        page.add_init_script(
            "const later = window.setTimeout; window.held = [];"
            "window.setTimeout = (run, delay, ...rest) =>"
            " delay === 60 && window.held ? window.held.push(run) : later(run, delay, ...rest);"
        )
        watched.open("/calculator")
        page.locator("select[name=measure]").first.select_option("platform-construction")
        page.locator("input[name=amount]").first.fill("1.5亿")
        page.evaluate("const held = window.held; window.held = null; held.forEach((run) => run())")
        expect(page.locator("#result .result strong")).to_have_text("2000万元")
        assert "platform-construction" in page.url

    def test_what_gradio_did_not_hear_is_said_again(self, watched: Watched) -> None:
        page = watched.open("/calculator")
        expect(page.locator("#live-channel [data-ready]")).to_be_attached()
        page.evaluate("""() => document.addEventListener("assistant-live", (event) => event.stopImmediatePropagation(),
            { capture: true, once: true })""")
        page.locator("input[name=amount]").first.fill("1.5亿")
        expect(page.locator("#result .result strong").first).to_be_visible()

    def test_a_link_reopens_the_same_sum(self, watched: Watched) -> None:
        page = watched.open("/calculator")
        page.locator("select[name=measure]").first.select_option("first-set-equipment")
        page.locator("input[name=amount]").first.fill("3000万")
        page.locator("input[name=up]").first.check()
        expect(page.locator("#result .result strong")).to_have_text("360万元至1080万元")
        address = page.url
        other = page.context.new_page()
        other.goto(address)
        expect(other.locator("#result .result strong")).to_have_text("360万元至1080万元")
        expect(other.locator("input[name=up]").first).to_be_checked()
        expect(other.locator("input[name=amount]").first).to_have_value("3000万")

    def test_one_platform_against_two(self, watched: Watched) -> None:
        page = watched.open("/calculator?a=platform-construction~1.5亿")
        page.locator("#compare").check()
        page.locator(".plan[data-side=b] select[name=measure]").select_option("platform-construction")
        page.locator(".plan[data-side=b] input[name=amount]").fill("7500万")
        page.locator(".plan[data-side=b] input[name=count]").fill("2")
        expect(page.locator(".comparison .verdict")).to_have_text("方案二多1000万元。")

    def test_several_measures_add_up_and_rows_can_be_taken_away(self, watched: Watched) -> None:
        page = watched.open("/calculator?a=computing-power~310万")
        page.locator(".plan[data-side=a] [data-action=add-row]").click()
        page.locator("select[name=measure]").nth(1).select_option("event-hosting")
        page.locator("input[name=amount]").nth(1).fill("400万")
        expect(page.locator(".sum-total strong")).to_have_text("142万元")
        page.locator(".plan[data-side=a] .remove").first.click()
        expect(page.locator(".sum-total")).to_have_count(0)
        expect(page.locator("#result .result strong")).to_have_text("80万元")

    def test_years_are_offered_where_the_clause_counts_by_the_year(self, watched: Watched) -> None:
        page = watched.open("/calculator?a=computing-power~1200万~y3")
        expect(page.locator("#result .result strong")).to_have_text("600万元")
        expect(page.locator(".field-years").first).to_be_visible()
        page.locator("select[name=measure]").first.select_option("event-hosting")
        expect(page.locator(".field-years").first).to_be_hidden()
        expect(page.locator("#result .result strong")).to_have_text("100万元")

    def test_an_amount_that_makes_no_sense_is_explained(self, watched: Watched) -> None:
        page = watched.open("/calculator")
        page.locator("input[name=amount]").first.fill("很多很多")
        expect(page.locator("#result .problem")).to_contain_text("很多很多")
        page.locator("input[name=amount]").first.fill('<img src=x onerror="document.title=1">')
        expect(page.locator("#result .problem")).to_be_visible()
        assert page.locator("#result img").count() == 0

    def test_the_sheet_is_what_the_page_shows(self, watched: Watched) -> None:
        page = watched.open("/calculator?a=platform-construction~1.5亿")
        expect(page.locator("#result .result strong")).to_have_text("2000万元")
        with page.expect_download() as download:
            page.get_by_role("link", name="下载 Excel").click()
        sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
        assert sheet is not None
        assert sheet["J2"].value == 20_000_000


class TestFits:
    def test_from_an_open_question_to_a_fit(self, watched: Watched) -> None:
        page = watched.open("/fits")
        page.locator("select[name=applicant]").select_option("company")
        page.get_by_label("苏州算力平台人工智能算力费用").check()
        page.locator("[name='computing-power.amount']").fill("310万")
        page.locator("[name='computing-power.compute-platform']").select_option("suzhou")
        page.locator("[name='computing-power.payment']").select_option("paid")
        expect(page.locator(".fit-open .missing li")).to_have_text("公司注册在苏州（含各县级市、区）吗？")
        page.locator("select[name=place]").select_option("suzhou")
        expect(page.locator(".fit-fitting h3")).to_contain_text("算力费用")
        expect(page.locator(".sum-total strong")).to_have_text("62万元")
        page.locator("[name='computing-power.other']").fill("80万")
        expect(page.locator(".sum-total strong")).to_have_text("80万元")
        page.locator("select[name=place]").select_option("elsewhere")
        expect(page.locator(".fit-ruled_out .reason")).to_contain_text("本市企业")
        expect(page.locator(".sum-total")).to_have_count(0)

    def test_a_link_reopens_the_same_form(self, watched: Watched) -> None:
        page = watched.open(FITS)
        expect(page.locator(".fit-ruled_out .reason")).to_contain_text("银行")
        expect(page.locator("[name='computing-power.amount']")).to_have_value("310万")
        expect(page.locator("input[name=plan][value=computing-power]")).to_be_checked()


class TestPolicy:
    def test_search_marks_and_counts(self, watched: Watched) -> None:
        page = watched.open("/policy")
        page.locator("#policy-search").fill("算力")
        expect(page.locator("#policy-count")).to_have_text("1 条中有 2 处")
        expect(page.locator(".policy-article:visible")).to_have_count(1)
        expect(page.locator(".policy-article mark").first).to_have_text("算力")
        page.locator("#policy-search").fill("没有的词")
        expect(page.locator("#policy-count")).to_contain_text("没有找到")
        page.locator("#policy-search").fill("")
        expect(page.locator(".policy-article:visible")).to_have_count(11)
        assert page.locator(".policy-article mark").count() == 0

    def test_the_contents_name_only_what_was_found(self, watched: Watched) -> None:
        page = watched.open("/policy?q=算力")
        entries = page.get_by_role("navigation", name="目录").get_by_role("link")
        expect(entries).to_have_count(1)
        expect(entries).to_contain_text("第十条")
        page.locator("#policy-search").fill("没有的词")
        expect(page.get_by_role("navigation", name="目录")).to_have_count(0)
        page.locator("#policy-search").fill("")
        expect(entries).to_have_count(11)

    def test_a_link_leads_to_its_clause(self, watched: Watched) -> None:
        page = watched.open("/policy#" + quote("article-八-2"))
        clause = page.locator("#article-八-2")
        expect(clause).to_be_in_viewport()
        expect(clause).to_contain_text("首台(套)装备及关键零部件")
        expect(clause).to_have_class("clause-row arrived")

    def test_the_contents_lead_to_the_articles(self, watched: Watched) -> None:
        page = watched.open("/policy")
        page.get_by_role("navigation", name="目录").get_by_role("link", name="第九条").click()
        expect(page.locator("#article-九 h2")).to_be_in_viewport()
        assert page.url.startswith(watched.origin + "/policy#")

    def test_from_a_clause_to_its_sum(self, watched: Watched) -> None:
        page = watched.open("/policy")
        page.locator("#article-七-2").get_by_role("link", name="测算").click()
        expect(page.locator("select[name=measure]").first).to_have_value("scenario-demonstration")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", READY)
def test_no_serious_finding_of_accessibility(browser: Browser, origin: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(origin + path)
    expect(page.locator(READY[path]).first).to_be_visible()
    if path == "/":
        page.fill("#question textarea", "医疗器械首台套单价3000万，能奖多少")
        page.keyboard.press("Enter")
        expect(page.locator(".answer .next")).to_be_visible()
        page.wait_for_timeout(1200)
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] != "minor"] == []


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
@pytest.mark.parametrize("path", READY)
def test_nothing_is_wider_than_the_screen(browser: Browser, origin: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(origin + path)
    expect(page.locator(READY[path]).first).to_be_visible()
    if path == "/":
        page.fill("#question textarea", "付给苏州算力平台310万，办全国性论坛花了400万，一共能补多少")
        page.keyboard.press("Enter")
        expect(page.locator(".answer .next")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert wide <= 0


SMALL = """() => [...document.querySelectorAll("button, a, select, textarea, summary, input:not([type=hidden])")]
  .map((one) => [one, (one.matches("[type=checkbox]") && one.closest("label")) || one])
  .filter(([one]) => one.checkVisibility() && !one.matches(".skip"))
  .filter(([, box]) => box.getBoundingClientRect().height < 40)
  .map(([one]) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("path", READY)
def test_on_a_phone_everything_can_be_pressed_and_read(browser: Browser, origin: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(origin + path)
    expect(page.locator(READY[path]).first).to_be_visible()
    if path == "/":
        page.fill("#question textarea", "付给苏州算力平台310万，办全国性论坛花了400万，一共能补多少")
        page.keyboard.press("Enter")
        expect(page.locator(".answer .next")).to_be_visible()
    small = page.evaluate(SMALL)
    size = page.locator("#content").evaluate("e => getComputedStyle(e).fontSize")
    result = page.locator(".to-result")
    if result.count():
        result.click()
        expect(page.locator("#result")).to_be_in_viewport()
        assert page.locator("#result").evaluate("e => e.getBoundingClientRect().top") < 200
    context.close()
    assert small == []
    assert size == "16px"


def test_the_keyboard_reaches_everything(watched: Watched) -> None:
    page = watched.open()
    watched.ask("区里给了算力补贴，市里还能再拿一份吗")
    reached: set[str] = set()
    page.locator("body").evaluate("() => document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(e => e.className + '|' + (e.dataset?.action || '') + '|' + e.tagName)(document.activeElement)"
            )
        )
    for part in ("skip", "nav-link", "cite", "clause-tab", "law", "copy", "up", "down", "TEXTAREA", "SUMMARY"):
        assert any(part in one for one in reached), part
    tab = page.locator(".clause-tab[aria-selected=true]")
    tab.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".clause-tab").nth(1)).to_have_attribute("aria-selected", "true")
    expect(page.locator(".clause-tab").nth(1)).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/calculator", "/fits", "/policy"])
def test_the_first_key_leads_past_the_navigation(watched: Watched, path: str) -> None:
    page = watched.open(path)
    expect(page.locator("#content")).to_be_visible()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.url == f"{watched.origin}{path}#content"
    expect(page.locator("#content")).to_be_visible()


def test_the_scheme_is_chosen_and_kept(watched: Watched) -> None:
    page = watched.open()
    colour = "getComputedStyle(document.body).backgroundColor"
    expect(page.locator("#question textarea")).to_be_visible()
    before = page.evaluate(colour)
    page.locator("[data-action=scheme]").click()
    assert page.evaluate(colour) != before
    page.goto(watched.origin + "/policy")
    expect(page.locator("#policy-page")).to_be_visible()
    assert page.evaluate(colour) != before


def test_on_paper_folded_conditions_are_open(watched: Watched) -> None:
    page = watched.open()
    watched.ask("付给苏州算力平台310万，办全国性论坛花了400万，新建公共技术服务平台总投资1.5亿，一共能补多少")
    criteria = page.locator(".conditions .criteria").first
    expect(criteria).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(criteria).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(criteria).to_be_hidden()


def test_on_paper_there_are_no_controls_and_the_clause_is_whole(watched: Watched) -> None:
    page = watched.open()
    watched.ask("新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？")
    page.emulate_media(media="print")
    for control in ("#ask-bar", ".site-nav", ".actions", ".next", "#chat-tools"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(".sum .result")).to_be_visible()
    law = page.locator(".law").first
    assert law.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
