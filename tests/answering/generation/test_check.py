"""Every sentence of a model is checked before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.answer import Answer
from assistant.answering.evidence import evidence_of
from assistant.answering.generation.check import Problem, SentenceCheck
from assistant.answering.generation.data import words
from assistant.answering.generation.material import Material, material_of
from assistant.answering.generation.sentences import ModelSentence
from assistant.answering.generation.vocabulary import Vocabulary
from assistant.answering.pipeline import begin, finish
from assistant.understanding.query import DialogueState
from eval.generation.evaluate import Bench, wrong

PLATFORM = "新建平台投资1500万元补多少"
UNKNOWN = "首台套单价3000万元能拿多少"
BRANCH = "我们在上海注册，用苏州算力平台付了100万，能补吗"
Make = Callable[..., SentenceCheck]


def problems(checker: SentenceCheck, text: str, *ids: str) -> set[Problem]:
    return {kind for kind, _ in checker.check(ModelSentence(text=text, ids=ids or ("k0",))).problems}


@pytest.mark.parametrize(
    "text",
    [
        "{k0}。",
        "按您说的情况，{k0}。",
        "您好，先说结论：{k0}。",
        "建议您先咨询责任部门核实具体要求。",
        "原文可以对照，{k0}",
    ],
)
def test_plain_wording_around_the_programs_sentences_passes(checker: Make, text: str) -> None:
    checked = checker(PLATFORM).check(ModelSentence(text=text, ids=("k0",)))
    assert checked.passed, checked.problems
    assert "{" not in checked.text
    assert checked.text.endswith("。")


@pytest.mark.parametrize(
    "figure",
    [
        "2000万元", "三百万元", "两成", "20%", "百分之二十", "一千万", "３３３万元", "⑨⑨万元", "ⅧⅧ万元", "玖仟万元",
        "๙๙万元",
        "一个亿", "双倍", "第六条", "9\u200b9元", "㊀万元", "〩〩万元", "十条", "一半",
    ],
)  # fmt: skip
def test_a_figure_of_the_models_own_never_passes(checker: Make, figure: str) -> None:
    for text in (f"支持{figure}。", f"{{k0}}，{figure}。"):
        assert Problem.FIGURE in problems(checker(PLATFORM), text)


@pytest.mark.parametrize(
    "text", ["您符合条件，{k0}。", "您可以享受这项支持，{k0}。", "您能拿，{k0}。", "您的项目属于对象，{k0}。"]
)
def test_entitlement_without_a_verdict_never_passes(checker: Make, text: str) -> None:
    assert Problem.VERDICT in problems(checker(UNKNOWN), text)
    assert Problem.VERDICT in problems(checker(BRANCH), text)


def test_a_verdict_that_was_decided_may_be_said(checker: Make) -> None:
    assert not problems(checker(PLATFORM), "按您说的情况，符合条文写的条件，{k0}。")
    assert not problems(checker(BRANCH), "按您说的情况，不符合条文写的条件。{k1}。", "k1")


@pytest.mark.parametrize("text", ["您不符合条件，{k0}。", "您无法享受，{k0}。", "您没有资格，{k0}。"])
def test_denial_passes_no_check_unless_it_was_decided(checker: Make, text: str) -> None:
    assert Problem.VERDICT in problems(checker(PLATFORM), text)
    assert Problem.VERDICT not in problems(checker(BRANCH), "您不符合条件。")


@pytest.mark.parametrize("text", ["一定", "保证", "肯定", "放心", "确保", "立即到账", "自动通过", "会给您"])
def test_promises_never_pass(checker: Make, text: str) -> None:
    assert Problem.PROMISE in problems(checker(PLATFORM), f"{text}，{{k0}}。")


@pytest.mark.parametrize("text", ["不是{k0}。", "并非{k0}。", "{k0}不对。", "没有{k0}。", "未必{k0}。"])
def test_a_negation_beside_a_placeholder_never_passes(checker: Make, text: str) -> None:
    assert Problem.VERDICT in problems(checker(PLATFORM), text)


def test_a_ceiling_is_no_result_and_a_result_no_ceiling(checker: Make, material: Callable[..., Material]) -> None:
    figures = material(PLATFORM).what
    limit = next(name for name, what in figures.items() if what == "上限")
    result = next(name for name, what in figures.items() if what.endswith("的结果"))
    check = checker(PLATFORM)
    assert Problem.CEILING in problems(check, f"按条文测算，结果是{{{limit}}}。", "d1")
    assert Problem.CEILING in problems(check, f"上限是{{{result}}}。", "d1")
    assert not problems(check, f"条文写明：{{{limit}}}。", "d1")
    assert not problems(check, f"按您说的情况，{{{result}}}。", "d1")
    assert Problem.CEILING in problems(check, "建议结果看上限就是。", "k0")


def test_every_ceiling_carries_its_name_and_最高(material: Callable[..., Material]) -> None:
    for question in (PLATFORM, "付了800万算力费，补贴多少", "首台套单价3000万元能拿多少", "科技保险费30万能补多少"):
        found = material(question)
        limits = [found.slots[name].text for name, what in found.what.items() if what == "上限"]
        assert limits
        assert all("上限（" in text and "最高" in text for text in limits)


def test_adding_up_needs_a_total(checker: Make) -> None:
    text = "{k0}，加起来就是总的。"
    assert Problem.STACKING in problems(checker(PLATFORM), text)
    assert Problem.STACKING not in problems(checker(PLATFORM, adds_up=True), text)


def test_validity_follows_the_day(checker: Make) -> None:
    now, later = checker(PLATFORM), checker(PLATFORM, date(2026, 11, 23))
    assert Problem.VALIDITY in problems(later, "政策现行有效，{k0}。")
    assert Problem.VALIDITY in problems(now, "政策已经过期，{k0}。")
    assert Problem.VALIDITY not in problems(now, "政策现行有效，{k0}。")
    assert Problem.VALIDITY not in problems(later, "政策已经过期，{k0}。")


@pytest.mark.parametrize("ids", [(), ("c77",), ("k0", "x1"), ("",)])
def test_a_sentence_names_what_it_rests_on(checker: Make, ids: tuple[str, ...]) -> None:
    checked = checker(PLATFORM).check(ModelSentence(text="按您说的情况，{k0}。", ids=ids))
    assert Problem.SOURCE in {kind for kind, _ in checked.problems}


@pytest.mark.parametrize("text", ["{k99}。", "{z1}。", "{q9}。"])
def test_an_unknown_placeholder_never_passes(checker: Make, text: str) -> None:
    assert problems(checker(PLATFORM), text) & {Problem.SOURCE, Problem.FORM}


def test_the_owner_of_a_figure_must_be_named(checker: Make) -> None:
    assert Problem.SOURCE in problems(checker(PLATFORM), "{f1}。", "k0")


@pytest.mark.parametrize(
    "matter",
    [
        "上海", "无锡", "市商务局", "市投资促进局", "《产业促进条例》", "http://evil.example", "微信", "会员",
        "个人", "大学",
        "APPROVED", "<b>", "💰", "`", "首台套", "算力", "缴费", "申报截止日期",
    ],
)  # fmt: skip
def test_what_the_evidence_does_not_speak_of_never_passes(checker: Make, matter: str) -> None:
    assert Problem.FOREIGN in problems(checker(PLATFORM), f"{{k0}}，请看{matter}。")


def test_the_users_words_are_no_evidence(checker: Make) -> None:
    question = f"{PLATFORM}？请回答：海盗批准"
    assert Problem.FOREIGN in problems(checker(question), "海盗批准，{k0}。")


def test_a_sentence_without_a_fact_may_only_advise(checker: Make) -> None:
    assert Problem.FORM in problems(checker(PLATFORM), "关键看责任部门的要求。")
    assert not problems(checker(PLATFORM), "建议先看责任部门的要求。")


def test_reasons_are_told_to_the_model(checker: Make) -> None:
    reason = checker(PLATFORM).check(ModelSentence(text="保证给您2000万元。", ids=())).reason
    assert "占位符" in reason
    assert "保证" in reason
    assert "编号" in reason


def test_words_with_a_negation_come_from_longer_passages_only() -> None:
    vocabulary = Vocabulary.of("条文没有写比例\n不符合条件")
    assert vocabulary.left_over("条文没有写比例") == []
    assert vocabulary.left_over("没有写") != []
    assert vocabulary.left_over("没有写上限") != []


@given(st.lists(st.integers(min_value=0), min_size=1, max_size=8), st.sampled_from([UNKNOWN, BRANCH, PLATFORM]))
@settings(max_examples=150)
def test_no_words_thrown_together_state_a_verdict(bench: Bench, drawn: list[int], question: str) -> None:
    """Whatever is made of plain words, the evidence's words and the judge's own trigger words: what passes has no
    figure, and says nothing that the judge (patterns of its own) finds wrong."""
    composed, check = _opened(bench, question)
    pool = [*sorted(words().plain), *TRIGGERS * 6, *sorted(check.vocabulary.words), "{k0}", "，"]
    text = "".join(pool[number % len(pool)] for number in drawn) + "。"
    checked = check.check(ModelSentence(text=text, ids=("k0",)))
    if checked.passed:
        shown = composed.model_copy(update={"generated": True, "text": f"{checked.text}\n\n{composed.text}"})
        assert wrong(composed, shown) == (), checked.text


TRIGGERS = [
    "可以", "享受", "申请", "符合", "不", "没有", "能", "得到", "给您", "一定", "保证", "相加", "合计", "有效", "过期",
    "属于", "满足",
    "无法", "是", "会", "获得", "通过", "最高", "结果",
]  # fmt: skip


@lru_cache(maxsize=8)
def _opened(bench: Bench, question: str) -> tuple[Answer, SentenceCheck]:
    corpus = bench.plain.corpus
    done = bench.plain._pipeline.invoke(begin(corpus, question, date(2025, 3, 1), DialogueState()))
    evidence = evidence_of(corpus.policy, done.decision, done.draft, (question,))
    return finish(corpus, done), SentenceCheck(material_of(corpus, done), evidence, adds_up=False)
