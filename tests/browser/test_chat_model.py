"""咨询 with a language model: a played one on loopback, a slow one, and one that goes away in mid-answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.generation.players import faithful, player
from eval.generation.server import KEY, MODEL, Player, Turn
from eval.generation.server import serve as play
from tests.browser.conftest import AS_OF, serve

QUESTION = "新建一个科技公共技术服务平台，建设总投资1.5亿，能支持多少？"


class Switch:
    """A faithful model whose way of speaking a test chooses."""

    def __init__(self) -> None:
        self.manner: dict[str, object] = {}
        self._speaks: Player = player(faithful)

    def __call__(self, messages: list[dict[str, str]]) -> Turn:
        return replace(self._speaks(messages), **self.manner)


@pytest.fixture(scope="module")
def model() -> Switch:
    return Switch()


@pytest.fixture(scope="module")
def reworded(model: Switch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an application that a model rewords."""
    with play(model) as played:
        named = {"ASSISTANT_MODEL": MODEL, "ASSISTANT_MODEL_URL": played.url, "ASSISTANT_MODEL_KEY": KEY}
        yield from serve(tmp_path_factory.mktemp("reworded"), ASSISTANT_AS_OF=AS_OF, **named)


@pytest.fixture
def page(browser: Browser, reworded: str, model: Switch) -> Iterator[Page]:
    model.manner = {}
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(reworded)
    yield page
    context.close()


def ask(page: Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")


def test_figures_and_clause_stand_before_the_model_has_said_a_word(page: Page, model: Switch) -> None:
    model.manner = {"pause": 2.0, "drip": 0.15}
    ask(page)
    expect(page.locator(".answer .sum .result")).to_contain_text("2000万元")
    expect(page.locator(".answer .law mark").first).to_be_visible()
    expect(page.locator(".reply")).to_have_attribute("aria-busy", "true")
    assert page.locator(".worded, .conclusion .chip-generated").count() == 0
    expect(page.locator(".worded .chip-generated")).to_have_text("AI生成")
    expect(page.locator(".reply[aria-busy]")).to_have_count(0, timeout=30_000)
    expect(page.locator(".worded")).to_have_count(0)
    expect(page.locator(".conclusion .chip-generated")).to_have_text("AI生成")
    expect(page.locator(".answer .sum .result")).to_contain_text("2000万元")
    assert "AI生成" in (page.locator("[data-copy]").first.get_attribute("data-copy") or "")


@pytest.mark.parametrize("manner", [{"cut": 40, "drip": 0.1}, {"status": 500}, {"text": "对不起，我不能回答。"}])
def test_a_model_that_fails_leaves_the_composed_answer(page: Page, model: Switch, manner: dict[str, object]) -> None:
    model.manner = manner
    ask(page)
    expect(page.locator(".answer .sum .result")).to_contain_text("2000万元")
    expect(page.locator(".reply[aria-busy]")).to_have_count(0, timeout=30_000)
    expect(page.locator(".answer .conclusion")).to_contain_text("2000万元")
    expect(page.locator(".problem, .worded, .chip-generated")).to_have_count(0)


def test_the_answer_stays_when_the_network_goes_in_the_middle(page: Page, model: Switch) -> None:
    model.manner = {"pause": 4.0}
    ask(page)
    expect(page.locator(".answer .sum .result")).to_contain_text("2000万元")
    page.evaluate("window.assistantChat.end()")  # what Gradio calls when its stream of events breaks off
    expect(page.locator(".reply[aria-busy], .problem")).to_have_count(0)
    expect(page.locator(".answer .conclusion")).to_contain_text("2000万元")
    page.reload()
    expect(page.locator(".answer .conclusion")).to_contain_text("2000万元")
