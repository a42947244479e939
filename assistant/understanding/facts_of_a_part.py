"""Facts of a turn that hold for less than all of it: the sum asked for, one stage, one part of a year."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.calculator.money import find_money
from assistant.understanding.facts import read_facts
from assistant.understanding.places.roles import find_places, roles_of_places
from assistant.understanding.sums.corrections import STAGE


def without_talk(facts: Mapping[str, str], text: str, part: str) -> Mapping[str, str]:
    """房贷利率又涨了愁人,公司这边科技贷款利息38万: the kind of loan or insurance is that of what is asked."""
    if part == text or not _ITS_SUM.search(part) or _TOLD_OF_IT.search(text[: len(text) - len(part)]):
        return facts
    asked_of = read_facts(part, roles_of_places(part, find_places(part)))
    return {**facts, **{fact: asked_of[fact] for fact in _KINDS & facts.keys() & asked_of.keys()}}


def of_a_stage(facts: Mapping[str, str], text: str, told: str) -> Mapping[str, str]:
    """二期只有2000万, after both stages of a new platform were told: no extension of an older one; and what was not
    paid in one part of a year (四季度没付) is not said of the rest."""
    if find_money(told) and _NOT_PAID_THEN.search(text) and not find_money(text):
        facts = {fact: value for fact, value in facts.items() if fact != "payment"}
    if facts.get(_BUILT) != "extension" or not STAGE.search(told):
        return facts
    read = read_facts(f"{told}，{text}", roles_of_places(told, ())).get(_BUILT)
    rest = {fact: value for fact, value in facts.items() if fact != _BUILT}
    return {**rest, _BUILT: read} if read else rest


_NOT_PAID_THEN = re.compile(rf"({STAGE.pattern})(还|都|就|的)*(没有?|未)(付|用|花|交|缴)")
_BUILT = "construction"
_ITS_SUM = re.compile(r"科技(贷款|保险)[^,，。;]{0,8}\d")
_TOLD_OF_IT = re.compile(r"是|我|咱|[买投贷借办]的")
_KINDS = frozenset({"loan", "insurance"})
