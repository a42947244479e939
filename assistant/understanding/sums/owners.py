"""Whose an amount is, where a question tells the sums of several companies: each is a company's own, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.policy.measure import Measure
from assistant.understanding.articles import numeral
from assistant.understanding.places.index import Side
from assistant.understanding.places.names import PlaceMention


@dataclass(frozen=True, slots=True)
class Owner:
    """A company as the question names it (昆山那家, 甲公司, 母公司); ``side`` of its place where one is named."""

    start: int
    label: str
    side: Side | None = None


def find_owners(text: str, places: Sequence[PlaceMention]) -> tuple[Owner, ...]:
    """The companies that a question tells apart, in its order; empty for fewer than two."""
    noun = _NOUN_OR_NONE if _SEVERAL.search(text) else _NOUN
    named = [
        (p, found)
        for p in places
        if not p.generic and (found := noun.match(text, p.end) or _ONE_AT.search(text, 0, p.start))
    ]
    by_place = [Owner(p.start, p.name, p.side) for p, _ in named]
    taken = [(p.start, found.end()) for p, found in named]
    by_name = [
        Owner(m.start(), m["name"], _side_of(m["name"], text, places))
        for m in _NAMED.finditer(text)
        if not any(start <= m.start() < end for start, end in taken)
    ]
    owners = sorted([*by_place, *by_name], key=lambda owner: owner.start) or _counted(text)
    return tuple(owners) if len({owner.label for owner in owners}) > 1 else ()


def _side_of(name: str, text: str, places: Sequence[PlaceMention]) -> Side | None:
    """On which side a company named without a place is, where its place is told of it (母公司在杭州，… 母公司付了)."""
    at = re.compile(rf"{re.escape(name)}(那边)?(注册|设|开)?(在|是)$")
    return next((place.side for place in places if not place.generic and at.search(text, 0, place.start)), None)


def _counted(text: str) -> list[Owner]:
    """The companies of which only the number is told (两家子公司，一家付了300万，另一家付了1500万)."""
    several = _COMPANIES.search(text)
    ones = list(_ONE_OF_THEM.finditer(text, several.end())) if several else []
    return [Owner(found.start(), f"第{numeral(n)}家") for n, found in enumerate(ones, 1)]


_COMPANIES = re.compile(r"([两三四五2-5])(家|个)[^,，。;；\d]{0,6}(子公司|公司|企业|主体|法人|厂)")
_ONE_OF_THEM = re.compile(
    r"(?<![一-鿿])(另外?|还有|第[一二三四五])?一?家(?=[^,，。;；?？]{0,16}\d)|(?<=平台)(另外?)?一家(?=[^,，。;；?？]{0,12}\d)"
)


def elsewhere_of(measure: Measure, owners: Iterable[Owner]) -> tuple[str, ...]:
    """The companies (by label) that are told to be elsewhere, where the measure is for companies here."""
    local = any(criterion.fact == "place" for criterion in measure.criteria)
    return tuple(owner.label for owner in owners if local and owner.side not in (None, "suzhou"))


def owner_at(position: int, owners: Sequence[Owner]) -> Owner | None:
    """The company named last before a place in the text."""
    return next((owner for owner in reversed(owners) if owner.start < position), None)


_KIND = r"公司|工厂|厂区|厂子|厂|企业|主体|法人|独立法人|项目公司|单位"
_NOUN = re.compile(
    rf"(的|那|这|市|有)*(边的)?((一)?(家|个))?(全资|控股|独立)?(的)?(子)?({_KIND})|(那|这)(一)?(家|边|个)"
)
_NOUN_OR_NONE = re.compile(rf"{_NOUN.pattern}|(?!算力|智算|平台|超算)[^,，。;；和与跟、\d]{{0,6}}\d")
_ONE_AT = re.compile(r"(一|另外?一)(家|个|边)(公司|企业)?(注册|开|设)?(在|是)$")
_SEVERAL = re.compile(r"(两|三|四|几|2|3)(家|个)(独立)?(法人|子公司|公司|企业|厂|主体)")
_NAMED = re.compile(
    rf"(?P<name>(?<![A-Za-z])[A-F](?=(那|这)?(家|个)?({_KIND}))|[甲乙丙丁](?=(那|这)?(家|个)?({_KIND}|那家))"
    rf"|(?:子公司|分公司|公司|企业|工厂|法人|主体)[甲乙丙丁A-F](?=(?!轮|股|级|类|座|栋|端|款)[一-鿿,，:： ])"
    r"|母公司|总公司|集团公司|(?<![两三四几])(?<!家)(?<!个)子公司(?!各|都|一起)|[\u4e00-\u9fff]总(?=(那|这)(家|边)))"
)
