"""Fragments are escaped by construction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markupsafe import Markup

from assistant.web.view.html import join, tag
from assistant.web.view.markdown import blocks, inline, plain, render

TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60)


@given(TEXT)
def test_text_of_an_element_reads_back(text: str) -> None:
    element = lxml_html.fromstring(f"<div>{tag('span', text)}</div>")
    assert [child.tag for child in element] == ["span"]
    assert element.text_content().replace("\r", "\n") == text.replace("\r", "\n")
    assert len(element[0]) == 0


@given(TEXT)
def test_an_attribute_reads_back(text: str) -> None:
    element = lxml_html.fromstring(str(tag("a", "x", href=text, data_copy=text)))
    assert element.get("data-copy") == text
    assert set(element.attrib) == {"href", "data-copy"}


def test_markup_is_taken_as_it_is_and_nothing_else() -> None:
    assert tag("p", Markup("<b>1</b>"), "<b>2</b>", 3, None, ["<i>", tag("i", "4")]) == Markup(
        "<p><b>1</b>&lt;b&gt;2&lt;/b&gt;3&lt;i&gt;<i>4</i></p>"
    )
    assert join("a", ["<", ["b"]]) == Markup("a&lt;b")


def test_attributes_are_left_out_or_bare() -> None:
    assert tag("input", hidden=True, title=None, checked=False, class_="a", aria_label="b") == Markup(
        '<input hidden class="a" aria-label="b">'
    )


@given(TEXT)
def test_markdown_never_makes_an_element_of_its_own(text: str) -> None:
    element = lxml_html.fromstring(f"<div>{render(text)}</div>")
    assert {child.tag for child in element.iter()} <= {"div", "p", "ul", "li", "blockquote", "strong", "br"}
    assert all(not child.attrib for child in element.iter())


def test_markdown_blocks() -> None:
    text = "提示：已过期。\n\n**共2000万元。**\n\n- 计算：1.5亿元 × 20%\n- 依据：第六条\n\n> 原文\n1. 一"
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("paragraph", "提示：已过期。"),
        ("paragraph", "**共2000万元。**"),
        ("item", "计算：1.5亿元 × 20%"),
        ("item", "依据：第六条"),
        ("quote", "原文"),
        ("item", "一"),
    ]


def test_bold_and_line_ends() -> None:
    assert inline("共**20<0**元\n好") == Markup("共<strong>20&lt;0</strong>元<br>好")
    assert plain("**共2000万元。**") == "共2000万元。"
    assert render("[链接](http://example.org) <script>") == Markup("<p>[链接](http://example.org) &lt;script&gt;</p>")
