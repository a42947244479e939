"""Reads the phrases of ``tests/calculator/money_phrases.yaml`` with three readers; writes the tables of ``README.md``.

A phrase is read right when the values and currencies found are the expected ones, no more and no fewer; of the words
that make an amount approximate nothing is asked here (the tests ask it of ours). The other two packages are given the
best of their doors: ``jionlp.ner.extract_money`` on the text, and, where that finds nothing, ``jionlp.parse_money`` on
the whole; ``cn2an.cn2an`` (smart) on the whole without 元, and, where that refuses, the figures that 元, 万元 or 亿元
follow in ``cn2an.transform``. Neither runs in the assistant itself.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib import metadata
from pathlib import Path
from typing import Any

import cn2an
import yaml

from assistant.calculator.money import find_money

ROOT = Path(__file__).resolve().parents[2]
PHRASES = ROOT / "tests" / "calculator" / "money_phrases.yaml"
HELD_OUT = Path(__file__).with_name("held_out.yaml")
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table: written by compare.py -->", "<!-- end of table -->"

Amount = tuple[Decimal, Decimal, str]  # minimum, maximum, currency
Reader = Callable[[str, bool], list[Amount]]

_CURRENCIES = {
    "元": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP", "韩元": "KRW",
    "新台币": "TWD", "新加坡元": "SGD", "瑞士法郎": "CHF", "澳元": "AUD", "加元": "CAD", "泰铢": "THB", "卢布": "RUB",
}  # fmt: skip
_SCALES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_FIGURE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万|亿)?元")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of the table: group, text and the amounts that stand in it."""

    group: str
    text: str
    expected: tuple[Amount, ...]


def phrases(path: Path) -> list[Phrase]:
    """The phrases of a file, with what is expected of them."""
    table = yaml.safe_load(path.read_text("utf-8"))
    return [
        Phrase(group, str(row[0]), tuple(_amount(str(words)) for words in row[1:]))
        for group, rows in table.items()
        for row in rows
    ]


def _amount(words: str) -> Amount:
    parts = [word for word in words.split() if word not in ("about", "nearly", "below", "above")]
    low, _, high = parts[0].partition("~")
    return Decimal(low), Decimal(high or low), parts[1] if len(parts) > 1 else "CNY"


def read_ours(text: str, bare: bool) -> list[Amount]:
    """The project's grammar."""
    return [(one.minimum, one.maximum, one.currency) for one in find_money(text, bare=bare)]


def jionlp_reader() -> Reader:
    """``jionlp`` alone (its import prints, and takes a second)."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    def read(text: str, _bare: bool) -> list[Amount]:
        # It raises whatever comes up inside (ValueError, TypeError, IndexError …): all count as nothing read.
        with contextlib.suppress(ValueError, TypeError, IndexError, KeyError, AttributeError, InvalidOperation):
            found = [_jionlp(one["detail"]) for one in jionlp.ner.extract_money(text, with_parsing=True)]
            return found or [_jionlp(jionlp.parse_money(text))]
        return []

    return read


def _jionlp(detail: dict[str, Any]) -> Amount:
    ends = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
    return Decimal(ends[0]), Decimal(ends[-1]), _CURRENCIES.get(detail["case"], detail["case"])


def read_cn2an(text: str, _bare: bool) -> list[Amount]:
    """``cn2an`` alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(ValueError, TypeError, IndexError, KeyError):
            value = Decimal(str(cn2an.cn2an(text.removesuffix("元"), "smart")))
            return [(value, value, "CNY")]
        with contextlib.suppress(ValueError, TypeError, IndexError, KeyError):
            figures = _FIGURE.findall(cn2an.transform(text))
            return [(Decimal(figure) * _SCALES[unit],) * 2 + ("CNY",) for figure, unit in figures]
    return []


def right(phrase: Phrase, found: list[Amount]) -> bool:
    """Whether exactly the expected values were found, in order."""
    return tuple(found) == phrase.expected


def table(cases: list[Phrase], readers: dict[str, Reader]) -> str:
    """Share read right by group and reader, as a Markdown table."""
    marks = {name: [right(one, read(one.text, one.group == "bare")) for one in cases] for name, read in readers.items()}
    lines = [f"| group | phrases | {' | '.join(readers)} |", f"|---|---:|{'---:|' * len(readers)}"]

    def line(name: str, chosen: list[int]) -> None:
        shares = [f"{sum(marks[reader][i] for i in chosen) / len(chosen):.1%}" for reader in readers]
        lines.append(f"| {name} | {len(chosen)} | {' | '.join(shares)} |")

    for group in dict.fromkeys(one.group for one in cases):
        line(group, [i for i, one in enumerate(cases) if one.group == group])
    line("**with an amount**", [i for i, one in enumerate(cases) if one.expected])
    line("**without one**", [i for i, one in enumerate(cases) if not one.expected])
    line("**all**", list(range(len(cases))))
    return "\n".join(lines)


def main() -> int:
    """Prints both tables and puts them into ``README.md``; status 1 when ours does not read every phrase right."""
    readers: dict[str, Reader] = {"ours": read_ours, "jionlp": jionlp_reader(), "cn2an": read_cn2an}
    sets = {"Phrases": phrases(PHRASES), "Phrases written after the grammar": phrases(HELD_OUT)}
    shown = "\n\n".join(f"**{title}**\n\n{table(cases, readers)}" for title, cases in sets.items())
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("jionlp", "cn2an"))
    print(shown)
    head, _, rest = README.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    README.write_text(f"{head}{BEGIN}\n{shown}\n\nAgainst {versions}.\n{END}{tail}", "utf-8")
    wrong = [
        one.text for cases in sets.values() for one in cases if not right(one, read_ours(one.text, one.group == "bare"))
    ]
    for one in wrong:
        print(f"read wrong: {one}", file=sys.stderr)
    return 1 if wrong else 0
