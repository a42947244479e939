"""A matter of a conversation: one thing that a sum was told of, with all that decides what it gets; and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.sums.base_amount import BaseAmount
from assistant.understanding.time.periods import numeral


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its measure, its bases, the facts that hold for it, and the text that its bases rest on.

    ``owner``: the company (甲, A) that it is of; ``place``: the number that it was told with (第二件), 0 for none;
    ``replaced``: another took its place as if it had been so from the start (换成光伏的呢), which is no correction.
    """

    measure: str
    bases: tuple[BaseAmount, ...]
    facts: tuple[tuple[str, str], ...] = ()
    owner: str = ""
    place: int = 0
    told: str = ""
    replaced: bool = False


def live(ledger: Sequence[Matter]) -> list[Matter]:
    """The matters that none has taken the place of."""
    return [matter for matter in ledger if not matter.replaced]


def things_of(ledger: Sequence[Matter], measure: str) -> tuple[BaseAmount, ...]:
    """The bases of the things of one measure that were told turn by turn, each with its own kind; empty where a
    single matter has several (years)."""
    matters = [matter for matter in live(ledger) if matter.measure == measure]
    return tuple(kind_of(matter) for matter in matters) if all(len(m.bases) == 1 for m in matters) else ()


def kind_of(matter: Matter) -> BaseAmount:
    """The one base of a matter, with the fact that a higher rate hangs on: each thing has its own."""
    base = matter.bases[0]
    kind = ((_KIND, dict(matter.facts).get(_KIND, "")),)
    return BaseAmount(base.amount, "", base.derivation, base.approximation, base.whole_only, base.planned, facts=kind)


_KIND = "industry"


def owners_in(text: str, known: Sequence[str] = ()) -> list[tuple[int, str]]:
    """The companies that a text names by a letter or by their place in a group, each with where it stands. A lone
    letter is a name only where a company was called so (甲公司; 甲和乙) before or in the text."""
    found = [(m.start(), m["name"]) for m in _OWNER.finditer(text)]
    named = {m["name"] for m in _OWNER.finditer(text) if _COMPANY.match(text, m.end())}
    letters = {name for _, name in found}
    if named or len(letters) > 1 or any(name in letters for name in known) or set(known) & _LETTERS:
        return found
    return [(at, name) for at, name in found if name not in _LETTERS]


_LETTERS = frozenset("甲乙丙丁戊ABCDEF")
_OWNER = re.compile(
    r"(?P<name>[甲乙丙丁戊](?![方级醇苯烯基类酸肝型等板])|(?<![A-Za-z\d])[A-F](?![A-Za-z\d轮股级类座栋端款型])|母公司|(?<![家个])子公司)"
)
_COMPANY = re.compile(r"(那|这)?(一)?(家|个)?(公司|工厂|厂|企业|主体|法人|单位|家|边)")


def place_told(text: str) -> int:
    """The number that a thing is told with (第二件, 第三笔); 0 for none."""
    found = ORDINAL.search(text)
    return (numeral(found["n"]) or 0) if found else 0


ORDINAL = re.compile(r"第(?P<n>[一二三四五六七八九1-9])(?:个事|[件笔项台套个块样桩宗款家])(?!月)")
