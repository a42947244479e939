"""The cross-check: every figure of a finished text stands in its evidence, and every sum of the calculator in the text.

Evidence is the quotes that the answer cites, the user's own words, the policy's metadata and the calculator's results.
Beyond single figures it checks what they are said to be: a ceiling (最高, 上限) must be a ceiling of a cited clause or
of the calculator, a product must multiply out, a department must be responsible for a cited article, 每年 and 一次性
must be the cited clause's own. A line of background (a digest, marked as such) must be the digest's own words, and
supports nothing outside of itself. An answer that fails is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.answering.figures import Figure, find_figures
from assistant.answering.wording import say
from assistant.calculator.calculation import Calculation
from assistant.calculator.interval import Interval
from assistant.calculator.steps import show

_CEILING = re.compile(r"(?:最高|上限(?:仍为|为|是|按)?|封顶(?:为|是)?)(?:给予|补贴|支持|奖励|可达|可|约)?$")
_PER = re.compile(r"(每年(?:给予)?最高|每年上限|一次性上限|一次性补贴|一次性)")
_TERM = r"(?:[\d.,]+[万亿]?元|[\d.]+%|[\d.]+万?)(?:个月|个季度|卡时|机时|小时|核时|P时|年)?"
_EQUATION = re.compile(rf"(?P<left>{_TERM}(?:\s*(?:[×+÷-]|上浮)\s*{_TERM})+)\s*=\s*(?P<result>[\d.,]+[万亿]?元)(?!至)")
_SHARE = re.compile(r"(?P<part>[\d.,]+[万亿]?元)\s*÷\s*(?P<whole>[\d.,]+[万亿]?元)\s*[=≈]\s*(?P<share>[\d.]+)%")
_OPERATION = re.compile(rf"(?P<sign>[×+÷-]|上浮)\s*(?P<term>{_TERM})")
_RELATION = re.compile(
    r"(?P<left>[\d.,]+[万亿]?元(?:至[\d.,]+[万亿]?元)?)(?P<relation>超过|不超过|未超过)(?:每年|一次性)?上限(?P<right>[\d.,]+[万亿]?元)"
)
_QUOTED = re.compile(r"「([^」]*)」")
_HEADLINE = re.compile(r"按条文测算(?:为|在)(?P<rest>[^\n]{0,40})")
_TERM_OF_VALIDITY = re.compile(r"有效期(?:为|是)?([一二两三四五六七八九十])年")
_CENT = Decimal("0.01")
_SHOWN = Decimal(100)  # a quotient is rounded up to 0.01万元
_SHOWN_SHARE = Decimal("0.005")  # a share is rounded to 0.01%
_DENIED = re.compile(r"不是|没有写|还是|或者")
_DEPARTMENT = re.compile(r"市[\u4e00-\u9fff]{1,6}?(?:局|委|部(?!门))|市委组织部|苏创投集团|大数据集团|苏州市科学技术局")


@dataclass(frozen=True)
class Evidence:
    """What an answer may rest on: cited quotes of the policy, the user's words, metadata, derivations, sums.

    ``background``: cited passages of digests; they carry the marked line of background and nothing else.
    """

    quotes: tuple[str, ...]
    background: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    derived: tuple[str, ...] = ()
    amounts: tuple[Interval, ...] = ()
    articles: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    known: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class CheckResult:
    """``figures`` counted; ``unsupported`` lists, in words for the log, what the evidence does not carry."""

    figures: int
    unsupported: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.unsupported


def check_text(text: str, evidence: Evidence) -> CheckResult:
    """Holds ``text`` against its evidence, both ways."""
    text, passages = _apart(text)
    figures = find_figures(text)
    allowed = _Allowed.of(evidence)
    faults = [f"{figure.kind} {figure.text}" for figure in figures if not allowed.carries(figure)]
    faults += [
        f"ceiling {figure.text}"
        for figure in figures
        if _is_ceiling(text, figure) and not (allowed.ceiling(figure) and _own_ceiling(text, figure, evidence))
    ]
    faults += [
        f"period {word}{amount}" for word, amount in _periods(text) if not _period_stands(word, amount, evidence)
    ]
    faults += [f"department {name}" for name in _departments(text) if not _responsible(name, evidence)]
    faults += [f"equation {found}" for found in _wrong_equations(text)]
    faults += [f"relation {found}" for found in _wrong_relations(text)]
    faults += [f"quote {found}" for found in _wrong_quotes(text, evidence.quotes)]
    faults += [f"headline {found}" for found in _wrong_headlines(text, evidence)]
    faults += [f"term {found}" for found in _wrong_terms(text, evidence)]
    faults += [f"missing {wanted}" for wanted in _missing(text, evidence.calculations)]
    faults += [f"background {passage}" for passage in passages if not _background_stands(passage, evidence)]
    counted = len(figures) + sum(len(find_figures(passage)) for passage in passages)
    return CheckResult(counted, tuple(dict.fromkeys(faults)))


def _apart(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its lines of background, and what these say."""
    mark = say("background.mark")
    own: list[str] = []
    passages: list[str] = []
    for line in text.split("\n"):
        bare = line.strip().removeprefix("- ")
        if bare.startswith(mark):
            passages.append(bare.removeprefix(mark).removesuffix("。"))
        else:
            own.append(line)
    return "\n".join(own), tuple(passages)


def _background_stands(passage: str, evidence: Evidence) -> bool:
    """Word for word from the beginning of a cited passage of a digest."""
    return bool(passage) and any(quote.startswith(passage) for quote in evidence.background)


@dataclass(frozen=True)
class _Allowed:
    figures: frozenset[tuple[str, tuple[Decimal | str | int, ...]]]
    ends: frozenset[Decimal]
    ceilings: frozenset[Decimal]
    articles: frozenset[str]

    @classmethod
    def of(cls, evidence: Evidence) -> _Allowed:
        texts = (*evidence.quotes, *evidence.words, *evidence.metadata, *evidence.derived)
        found = [figure for text in texts for figure in find_figures(text)]
        found += [
            figure
            for calculation in evidence.calculations
            for line in _lines(calculation)
            for figure in find_figures(line)
        ]
        ends = {Decimal(str(end)) for figure in found if figure.kind == "amount" for end in figure.key[1:]}
        for calculation in evidence.calculations:
            ends |= {calculation.amount.minimum, calculation.amount.maximum}
            ends |= {
                end for reading in calculation.readings for end in (reading.amount.minimum, reading.amount.maximum)
            }
            if calculation.base:
                ends |= {calculation.base.minimum, calculation.base.maximum}
        for amount in evidence.amounts:
            ends |= {amount.minimum, amount.maximum}
        return cls(
            figures=frozenset((figure.kind, figure.key) for figure in found),
            ends=frozenset(ends),
            ceilings=_ceilings(evidence),
            articles=evidence.articles,
        )

    def carries(self, figure: Figure) -> bool:
        if figure.kind == "article":
            return figure.key[0] in self.articles or (figure.kind, figure.key) in self.figures
        if (figure.kind, figure.key) in self.figures:
            return True
        if figure.kind == "amount":
            return figure.key[0] == "CNY" and all(Decimal(str(end)) in self.ends for end in figure.key[1:])
        return False

    def ceiling(self, figure: Figure) -> bool:
        return figure.kind != "amount" or Decimal(str(figure.key[2])) in self.ceilings


def _lines(calculation: Calculation) -> tuple[str, ...]:
    """What the calculator says in words."""
    return (
        *calculation.steps,
        *(reading.name for reading in calculation.readings),
        *calculation.caveats,
        calculation.label,
    )


def _ceilings(evidence: Evidence) -> frozenset[Decimal]:
    """Ceilings of cited quotes and of the calculator (with the raised ceilings of its readings)."""
    found = {
        Decimal(str(figure.key[2]))
        for quote in (*evidence.quotes, *evidence.metadata)
        for figure in find_figures(quote)
        if figure.kind == "amount" and "最高" in quote[: figure.start]
    }
    for calculation in evidence.calculations:
        if calculation.measure.cap:
            found.add(calculation.measure.cap.amount)
        found |= {
            Decimal(str(figure.key[2]))
            for reading in calculation.readings
            for figure in find_figures(reading.name)
            if figure.kind == "amount"
        }
    return frozenset(found)


def _is_ceiling(text: str, figure: Figure) -> bool:
    return figure.kind == "amount" and bool(_CEILING.search(text[max(0, figure.start - 12) : figure.start]))


def _own_ceiling(text: str, figure: Figure, evidence: Evidence) -> bool:
    """Right after a measure's name the ceiling is that measure's own, not that of another in the same clause."""
    if any(m.start() < figure.start < m.end() for m in _QUOTED.finditer(text)):
        return True
    near = re.split(r"[\n。；;]", text[max(0, figure.start - _NAME_REACH) : figure.start])[-1]
    named = [c.measure for c in evidence.calculations if c.measure.short in near and c.measure.cap]
    if not named:
        return True
    last = max(named, key=lambda measure: near.rfind(measure.short))
    uplifted = last.cap.amount * (1 + last.uplift.rate) if last.cap and last.uplift else None
    return Decimal(str(figure.key[2])) in {last.cap.amount if last.cap else None, uplifted}


_NAME_REACH = 40


def _periods(text: str) -> list[tuple[str, str]]:
    """Every 每年 or 一次性 that is stated of an amount, with the amount ("" where none is near)."""
    found = []
    for m in _PER.finditer(text):
        if _DENIED.search(text[max(0, m.start() - 8) : m.start()]):
            continue
        word = "每年" if m.group().startswith("每年") else "一次性"
        after = _PERIOD_AMOUNT.match(text, m.end())
        before = _AMOUNT_BEFORE.search(text[max(0, m.start() - 14) : m.start()])
        amount = after["amount"] if after else (before["amount"] if before and word == "一次性" else "")
        found.append((word, amount))
    return found


def _period_stands(word: str, amount: str, evidence: Evidence) -> bool:
    """Whether a quote has the word, and of this very amount where one is named."""
    sources = (*evidence.quotes, *evidence.metadata)
    if not amount:
        return any(word in source for source in sources)
    if any(word in source and amount in source and _close(source, word, amount) for source in sources):
        return True
    return any(c.measure.cap and c.measure.cap.per and show(c.amount) == amount for c in evidence.calculations)


def _close(source: str, word: str, amount: str) -> bool:
    return abs(source.find(word) - source.find(amount)) <= _PERIOD_REACH


_PERIOD_REACH = 14
_PERIOD_AMOUNT = re.compile(r"[^,，。；;（）()\n]{0,4}?(?P<amount>[\d.]+[万亿]?元)")
_AMOUNT_BEFORE = re.compile(r"(?P<amount>[\d.]+[万亿]?元)[^,，。；;\n]{0,2}$")


def _departments(text: str) -> list[str]:
    return [m.group() for m in _DEPARTMENT.finditer(text) if not text[: m.start()].endswith(("不是", "里没有"))]


def _responsible(name: str, evidence: Evidence) -> bool:
    return any(name in department for department in evidence.departments)


def _wrong_equations(text: str) -> Iterable[str]:
    for found in _EQUATION.finditer(text):
        if text[: found.start()].endswith("至"):
            continue
        value, result = _value(found["left"]), _amount(found["result"])
        bound = _SHOWN if "÷" in found["left"] else _CENT
        if value is None or result is None or abs(value - result) >= bound:
            yield found.group()
    for found in _SHARE.finditer(text):
        part, whole = _amount(found["part"]), _amount(found["whole"])
        if part is None or not whole or abs(part / whole * 100 - Decimal(found["share"])) > _SHOWN_SHARE:
            yield found.group()


def _value(left: str) -> Decimal | None:
    """A chain of terms worked out from the left; None where a term cannot be read."""
    first = re.match(_TERM, left)
    value = _operand(first.group()) if first else None
    for found in _OPERATION.finditer(left, first.end() if first else 0):
        operand = _operand(found["term"])
        if value is None or operand is None:
            return None
        value = _apply(value, found["sign"], operand)
    return value


def _apply(value: Decimal, sign: str, operand: Decimal) -> Decimal | None:
    match sign:
        case "×":
            return value * operand
        case "+":
            return value + operand
        case "-":
            return value - operand
        case "÷":
            return value / operand if operand else None
        case _:
            return value * (1 + operand)


def _wrong_relations(text: str) -> Iterable[str]:
    """超过上限, 未超过上限: the two amounts must stand so."""
    for found in _RELATION.finditer(text):
        left, right = _amount(found["left"].split("至")[-1]), _amount(found["right"])
        if left is None or right is None:
            continue
        if (left > right) != (found["relation"] == "超过"):
            yield found.group()


def _wrong_quotes(text: str, quotes: Sequence[str]) -> Iterable[str]:
    """What stands between 「」 must be cited, to the letter."""
    for found in _QUOTED.finditer(text):
        for sentence in found[1].removesuffix("……").split("。"):
            if not any(sentence in quote for quote in quotes):
                yield sentence


def _wrong_headlines(text: str, evidence: Evidence) -> Iterable[str]:
    """The amount of a headline is a result of the calculator, not merely some amount of the evidence."""
    if not evidence.calculations:
        return
    results = {show(c.amount) for c in evidence.calculations} | {show(amount) for amount in evidence.amounts}
    for found in _HEADLINE.finditer(text):
        if not any(found["rest"].startswith(result) for result in results):
            yield found.group()


def _wrong_terms(text: str, evidence: Evidence) -> Iterable[str]:
    """有效期三年: a term of validity in Chinese numerals must be the quoted one (a denied belief apart)."""
    sources = (*evidence.quotes, *evidence.metadata)
    for found in _TERM_OF_VALIDITY.finditer(text):
        if not any(f"{found[1]}年" in source for source in sources):
            yield found.group()


def _amount(text: str) -> Decimal | None:
    found = find_figures(text)
    return Decimal(str(found[0].key[1])) if len(found) == 1 and found[0].kind == "amount" else None


def _operand(text: str) -> Decimal | None:
    if "%" in text:
        return Decimal(text.split("%")[0]) / 100
    if "元" in text:
        return _amount(text)
    number = re.match(r"([\d.]+)(万)?", text)
    return Decimal(number[1]) * (10_000 if number[2] else 1) if number else None


def _missing(text: str, calculations: Sequence[Calculation]) -> list[str]:
    """The reverse: what the calculator returned is what the text says."""
    return [show(calculation.amount) for calculation in calculations if show(calculation.amount) not in text]
