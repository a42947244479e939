"""The cross-check: sound answers pass, and whatever is changed in them is caught."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answering.crosscheck import Evidence, check_text
from assistant.answering.figures import Figure, find_figures
from assistant.answering.wording import say
from assistant.calculator.calculation import Calculation, calculate, total
from assistant.calculator.formatting import format_range, format_rate
from assistant.calculator.interval import Interval
from assistant.calculator.money import find_money
from assistant.calculator.steps import show
from assistant.policy.loader import load_policy
from assistant.policy.measure import Measure
from assistant.settings import PROJECT_ROOT

POLICY = load_policy(PROJECT_ROOT / "corpus/one-zone-two-centres")
COMPUTABLE = [measure for measure in POLICY.measures if measure.computable]
WAN = Decimal(10_000)
AMOUNTS = st.integers(1, 200_000).map(lambda wan: wan * WAN) | st.decimals("1000", "1e10", places=2)
BASES = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: Interval(min(ends), max(ends))) | AMOUNTS.map(Interval.exactly)


def _calculate(measure: str, base: str, *, uplifted: bool = False) -> Calculation:
    (money,) = find_money(base)
    return calculate(POLICY.by_id[measure], Interval(money.minimum, money.maximum), uplifted=uplifted)


def _evidence(*calculations: Calculation, words: str = "") -> Evidence:
    measures = [calculation.measure for calculation in calculations]
    departments = {name for measure in measures for name in measure.departments}
    return Evidence(
        quotes=tuple(measure.quote for measure in measures),
        words=(words,),
        metadata=("2023年5月23日", "2026年5月23日", "12345", "有效期三年"),
        calculations=calculations,
        articles=frozenset(measure.article for measure in measures),
        departments=frozenset(departments | {"市科技局"}),
    )


def _answer(calculation: Calculation) -> str:
    """An answer in the shape of the composer's."""
    measure = calculation.measure
    lines = [
        f"**{measure.short}按条文测算为{show(calculation.amount)}。**",
        f"- 计算：{'；'.join(calculation.steps)}",
        *(f"- {reading.name}：{show(reading.amount)}" for reading in calculation.readings),
        *(f"- {caveat}" for caveat in calculation.caveats),
        f"- 依据：第{measure.article}条「{measure.quote}」",
        "- 本政策自2023年5月23日起实施，有效期三年，咨询12345",
    ]
    return "\n".join(lines)


def _caught(text: str, evidence: Evidence, kind: str) -> bool:
    return any(fault.startswith(kind) for fault in check_text(text, evidence).unsupported)


PLATFORM = _calculate("platform-construction", "1.5亿元")
PLATFORM_TEXT = _answer(PLATFORM)
PLATFORM_EVIDENCE = _evidence(PLATFORM, words="平台投了1.5亿元")


@given(st.sampled_from(COMPUTABLE), BASES, st.booleans())
def test_a_sound_answer_passes(measure: Measure, base: Interval, uplifted: bool) -> None:
    found = calculate(measure, base, uplifted=uplifted)
    result = check_text(_answer(found), _evidence(found))
    assert result.unsupported == ()
    assert result.passed
    assert result.figures >= 4


def _mutated(figure: Figure, factor: Decimal, number: int) -> str | None:
    """Another value of the same kind, written as the composer would."""
    match figure.kind:
        case "amount":
            low, high = (Decimal(str(end)) for end in figure.key[1:])
            return format_range(low * factor, high * factor)
        case "rate":
            low, high = (Decimal(str(end)) for end in figure.key)
            return format_rate(low * factor, high * factor)
        case "ratio":
            return f"{figure.key[0]}:{int(figure.key[1]) + number}"
        case "article":
            numerals = "一二三四五六七八九十"
            return f"第{numerals[(numerals.index(str(figure.key[0])) + number) % 10]}条"
        case "day":
            year, month, day = (int(part) for part in figure.key)
            return f"{year - number}年{month}月{day}日"
        case "number":
            return f"{figure.text}{number}"
    return None


@given(
    st.sampled_from(COMPUTABLE),
    BASES,
    st.booleans(),
    st.sampled_from([Decimal(factor) for factor in ("0.1", "0.5", "0.9", "1.01", "1.5", "2", "10")]),
    st.integers(1, 9),
    st.data(),
)
def test_any_figure_that_is_changed_is_caught(
    measure: Measure, base: Interval, uplifted: bool, factor: Decimal, number: int, data: st.DataObject
) -> None:
    calculation = calculate(measure, base, uplifted=uplifted)
    text = _answer(calculation)
    figures = find_figures(text)
    place = data.draw(st.integers(0, len(figures) - 1))
    figure = figures[place]
    mutant = _mutated(figure, factor, number)
    assert mutant is not None
    changed = text[: figure.start] + mutant + text[figure.end :]
    # A value that stands elsewhere in the answer is another kind of mistake: below.
    ends = {end for one in figures if one.kind == figure.kind for end in one.key}
    new = find_figures(mutant)
    assume(len(new) == 1 and new[0].kind == figure.kind and not set(new[0].key) - {"CNY"} <= ends)
    result = check_text(changed, _evidence(calculation))
    assert not result.passed, f"{figure.text} became {mutant}"


@given(st.sampled_from(COMPUTABLE), BASES)
def test_a_result_that_is_not_said_is_caught(measure: Measure, base: Interval) -> None:
    """The reverse: the text says what the calculator returned."""
    calculation = calculate(measure, base)
    text = _answer(calculation).replace(show(calculation.amount), "若干")
    assert _caught(text, _evidence(calculation), f"missing {show(calculation.amount)}")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("测算为2000万元", "测算为1800万元", "amount 1800万元"),
        ("测算为2000万元", "测算为2000万美元", "amount 2000万美元"),
        ("× 20%", "× 25%", "rate 25%"),
        ("1.5亿元 × 20% = 3000万元", "1.5亿元 × 20% = 2000万元", "equation"),
        ("按2000万元计", "按3000万元计，最高3000万元", "ceiling 3000万元"),
        ("上限2000万元", "上限3000万元", "ceiling 3000万元"),
        ("3000万元超过上限2000万元", "3000万元未超过上限2000万元", "relation"),
        ("第六条", "第七条", "article 第七条"),
        ("2023年5月23日", "2024年5月23日", "day 2024年5月23日"),
        ("12345", "12346", "number 12346"),
        ("按建设总投资20%给予最高2000万元支持", "按总投资20%给予最高2000万元支持", "quote"),
        ("- 依据", "- 责任单位：市财政局\n- 依据", "department 市财政局"),
        ("- 依据", "- 每年最高2000万元\n- 依据", "period"),
        ("- 依据", "- 这是一次性补贴\n- 依据", "period"),
        ("有效期三年", "有效期五年", "term"),
        ("- 依据", "- 市、区1:1\n- 依据", "ratio 1:1"),
        ("- 依据", "- 另有10台\n- 依据", "number 10"),
    ],
)
def test_each_kind_of_mistake_is_named(before: str, after: str, kind: str) -> None:
    assert check_text(PLATFORM_TEXT, PLATFORM_EVIDENCE).passed
    assert before in PLATFORM_TEXT
    changed = PLATFORM_TEXT.replace(before, after, 1)
    faults = check_text(changed, PLATFORM_EVIDENCE).unsupported
    assert any(fault.startswith(kind) for fault in faults), faults


def test_the_headline_is_the_result_and_not_merely_a_figure_of_the_sum() -> None:
    changed = PLATFORM_TEXT.replace("测算为2000万元", "测算为3000万元", 1)
    assert not check_text(changed, PLATFORM_EVIDENCE).passed


def test_a_department_of_a_cited_article_passes() -> None:
    for name in PLATFORM.measure.departments:
        assert check_text(f"{PLATFORM_TEXT}\n- 责任单位：{name}", PLATFORM_EVIDENCE).passed


def test_periods_pass_where_the_clause_states_them() -> None:
    yearly = _calculate("computing-power", "310万元")
    assert check_text(f"{_answer(yearly)}\n- 每年最高200万元", _evidence(yearly)).passed
    once = _calculate("event-hosting", "250万元")
    assert check_text(f"{_answer(once)}\n- 最高100万元，一次性补贴", _evidence(once)).passed
    assert _caught(f"{_answer(once)}\n- 每年最高100万元", _evidence(once), "period")


def test_the_users_own_words_are_evidence_for_figures() -> None:
    text = f"{PLATFORM_TEXT}\n- 您有员工380人，专利31件"
    assert not check_text(text, PLATFORM_EVIDENCE).passed
    assert check_text(text, replace(PLATFORM_EVIDENCE, words=("员工380人，专利31件，平台投了1.5亿元",))).passed


def test_the_users_words_do_not_make_a_ceiling() -> None:
    """A wrong belief may be repeated to be corrected, never affirmed as the ceiling."""
    evidence = replace(PLATFORM_EVIDENCE, words=("听说最高3000万元，平台投了1.5亿元",))
    assert _caught(f"{PLATFORM_TEXT}\n- 最高3000万元", evidence, "ceiling 3000万元")


def test_the_users_words_do_not_make_a_period() -> None:
    evidence = replace(PLATFORM_EVIDENCE, words=("听说每年最高2000万元，平台投了1.5亿元",))
    assert _caught(f"{PLATFORM_TEXT}\n- 每年最高2000万元", evidence, "period")


def test_both_sums_and_their_total_are_checked() -> None:
    other = _calculate("computing-power", "310万元")
    whole = total([PLATFORM, other])
    assert whole
    evidence = replace(_evidence(PLATFORM, other), amounts=(whole,))
    text = f"{_answer(PLATFORM)}\n{_answer(other)}\n2000万元 + 62万元 = {show(whole)}"
    assert check_text(text, evidence).passed
    assert _caught(text.replace("62万元 = 2062万元", "62万元 = 2000万元"), evidence, "equation")
    assert _caught(_answer(PLATFORM), evidence, "missing 62万元")


def test_readings_of_an_uplift_are_ceilings_of_their_own() -> None:
    found = _calculate("first-set-equipment", "5000万元", uplifted=True)
    assert check_text(_answer(found), _evidence(found)).passed
    plain = _calculate("first-set-equipment", "5000万元")
    assert _caught(f"{_answer(plain)}\n- 上限1200万元", _evidence(plain), "amount 1200万元")


def test_a_share_must_divide_out() -> None:
    evidence = replace(PLATFORM_EVIDENCE, derived=("13.33%", "14.33%"))
    share = PLATFORM_TEXT + "\n- 占比：2000万元 ÷ 1.5亿元 ≈ 13.33%"
    assert check_text(share, evidence).passed
    assert _caught(share.replace("13.33%", "14.33%"), evidence, "equation")


def test_a_text_without_figures_has_nothing_to_check() -> None:
    result = check_text("您好！我可以帮您查条文、算金额。", Evidence(quotes=()))
    assert (result.figures, result.unsupported) == (0, ())


def test_nothing_stands_without_evidence() -> None:
    result = check_text("最高2000万元，第六条，比例20%，责任单位：市科技局", Evidence(quotes=()))
    assert len(result.unsupported) >= 5


def test_a_fault_is_named_once() -> None:
    result = check_text("70万元、70万元、70万元", Evidence(quotes=()))
    assert result.figures == 3
    assert result.unsupported == ("amount 70万元",)


def test_the_ceiling_of_another_measure_in_the_same_clause_is_caught() -> None:
    """第九条 states 50万元 and 100万元 in one sentence: each for its own measure."""
    found = _calculate("technology-insurance", "70万元")
    assert check_text(f"{_answer(found)}\n- 科技保险费最高50万元", _evidence(found)).passed
    assert not check_text(f"{_answer(found)}\n- 科技保险费最高100万元", _evidence(found)).passed


def test_the_period_of_another_measure_is_caught() -> None:
    """每年 stands in the clause of the yearly subsidy, not in that of the new platform."""
    yearly = _calculate("platform-performance", "300万元")
    evidence = _evidence(PLATFORM, yearly)
    text = f"{PLATFORM_TEXT}\n{_answer(yearly)}"
    assert check_text(f"{text}\n- 年度绩效补助每年最高500万元", evidence).passed
    assert _caught(f"{text}\n- 新建平台每年最高2000万元", evidence, "period")


class TestBackground:
    """A digest's words carry the marked line of background and nothing else."""

    DIGEST = "2022年产业创新集群政策对省重点实验室最高资助3000万元(2022年口径)。另有资助50万元"
    SHOWN = "2022年产业创新集群政策对省重点实验室最高资助3000万元(2022年口径)"

    def _check(self, line: str, *, cited: bool = True) -> tuple[str, ...]:
        calculation = _calculate("platform-construction", "1500万元")
        evidence = replace(_evidence(calculation), background=(self.DIGEST,) if cited else ())
        return check_text(f"{_answer(calculation)}\n{line}", evidence).unsupported

    def _line(self, passage: str) -> str:
        return f"- {say('background.line', mark=say('background.mark'), passage=passage)}"

    def test_its_own_words_pass_and_its_figures_are_counted(self) -> None:
        calculation = _calculate("platform-construction", "1500万元")
        evidence = replace(_evidence(calculation), background=(self.DIGEST,))
        without = check_text(_answer(calculation), evidence)
        result = check_text(f"{_answer(calculation)}\n{self._line(self.SHOWN)}", evidence)
        assert result.passed
        assert result.figures > without.figures

    @pytest.mark.parametrize(
        "passage",
        [
            SHOWN.replace("3000", "300"),
            SHOWN.replace("省", "市"),
            f"{SHOWN}，本政策同样适用",
            "最高资助3000万元(2022年口径)",  # not from the beginning: what came before is lost
            "按建设总投资20%给予最高2000万元支持",  # the policy's own words are no background
            "",
        ],
    )
    def test_anything_else_behind_the_mark_is_caught(self, passage: str) -> None:
        assert any(fault.startswith("background") for fault in self._check(self._line(passage)))

    def test_a_digest_that_is_not_cited_carries_nothing(self) -> None:
        assert self._check(self._line(self.SHOWN), cited=False)

    @pytest.mark.parametrize(
        "line",
        [
            "- 最高3000万元",
            "- 补贴3000万元",
            "- 依据：「2022年产业创新集群政策对省重点实验室最高资助3000万元(2022年口径)」",
            "- 说明：背景（相关文件摘编，不是本政策，可能已更新，以最新文件为准）：最高资助3000万元",
            "- 另有资助50万元",
        ],
    )
    def test_its_figures_support_nothing_outside_of_the_line(self, line: str) -> None:
        assert self._check(line)

    def test_it_cannot_stand_for_a_result_of_the_calculator(self) -> None:
        calculation = _calculate("platform-construction", "1500万元")
        digest = "某办法按建设总投资资助300万元"
        evidence = replace(_evidence(calculation), background=(digest,))
        assert any(fault.startswith("missing") for fault in check_text(self._line(digest), evidence).unsupported)
