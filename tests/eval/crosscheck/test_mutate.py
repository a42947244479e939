"""Mutants are wrong in exactly one place, and of the kind that they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.crosscheck.evaluate import Subject, evaluate
from eval.crosscheck.mutate import KINDS, Mutant, mutants

DEPARTMENTS = ("市科技局", "市工信局", "市财政局", "大数据集团")
TEXT = (
    "**最高2000万元**。1.5亿元 × 20% = 3000万元，超过上限，按2000万元计。每年最高500万元，市、区1:1。"
    "依据第六条，责任单位：市科技局。有效期三年，到2026年5月23日。"
)


def _mutants(text: str, seed: int = 0) -> dict[str, Mutant]:
    return {mutant.kind: mutant for mutant in mutants(text, DEPARTMENTS, random.Random(seed))}


@given(st.integers(min_value=0, max_value=10**6))
def test_each_kind_changes_one_place(seed: int) -> None:
    found = _mutants(TEXT, seed)
    assert tuple(found) == KINDS
    for mutant in found.values():
        assert mutant.text != TEXT
        head = next(i for i, (a, b) in enumerate(zip(TEXT, mutant.text, strict=False)) if a != b)
        tail = next(i for i, (a, b) in enumerate(zip(TEXT[::-1], mutant.text[::-1], strict=False)) if a != b)
        changed = TEXT[head : len(TEXT) - tail]
        assert changed in mutant.before or mutant.before in changed
    for kind in ("figure", "rate", "ratio", "ceiling", "department", "article"):
        assert found[kind].after not in TEXT
    assert found["swapped"].after in TEXT


@given(st.integers(min_value=0, max_value=10**6))
def test_ceilings_and_other_figures_are_told_apart(seed: int) -> None:
    found = _mutants("1500万元 × 20% = 300万元，不超过上限2000万元。", seed)
    assert found["ceiling"].before == "2000万元"
    assert found["figure"].before in ("1500万元", "300万元")


def test_periods() -> None:
    seen = {
        (m.before, m.after) for seed in range(60) if (m := _mutants("每年最高200万元，有效期为三年。", seed)["period"])
    }
    assert ("每年最高", "一次性最高") in seen
    assert {("有效期为三年", "有效期为两年"), ("有效期为三年", "有效期为五年")} <= seen
    assert _mutants("一次性补贴")["period"].text == "每年补贴"


@pytest.mark.parametrize("text", ["", "您好，请问想了解哪一项？", "电话12345。"])
def test_a_text_without_figures_has_no_mutants(text: str) -> None:
    assert _mutants(text) == {}


@given(st.integers(min_value=0, max_value=10**6))
def test_what_the_context_carries_is_not_put_in(seed: int) -> None:
    context = "第七条 市工信局 市财政局 大数据集团 我们投150万和一千万 2000万 300万元 90万 110万 120万 50万 12% 1:2"
    found = {
        mutant.kind: mutant
        for mutant in mutants("最高100万元，20%，1:1，第六条，市科技局", DEPARTMENTS, random.Random(seed), context)
    }
    assert "department" not in found
    assert found["ceiling"].after in ("10万元", "200万元")
    assert found["rate"].after != "12%"
    assert found["ratio"].after != "1:2"
    assert found["article"].after != "第七条"


def test_the_same_chance_gives_the_same_mutants() -> None:
    assert _mutants(TEXT, 7) == _mutants(TEXT, 7)


def test_the_share_caught_is_counted_by_kind() -> None:
    def check(text: str) -> list[str]:
        return [] if "2000万元" in text else ["2000万元 is gone"]

    good = Mutant("ceiling", "最高3000万元", "2000万元", "3000万元")
    missed = Mutant("rate", "2000万元,30%", "20%", "30%")
    result = evaluate(
        [
            Subject("a", "2000万元,20%", check, (good, missed, missed)),
            Subject("b", "accused though unchanged", check, (good,)),
        ]
    )
    assert (result.answers, result.accused, len(result.trials)) == (2, 1, 3)
    assert result.share_caught("ceiling") == 1
    assert result.share_caught("rate") == 0
    assert result.share_caught("period") is None
    assert [trial.mutant for trial in result.missed()] == [missed, missed]
    assert result.kinds == ("rate", "ceiling")
