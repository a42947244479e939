"""Finding places in a question: names of the gazetteer, and the words that stand for one (本市, 省里, 外地, 国家级).

The longest name wins; names of banks, universities, streets and ordinary words that happen to contain a place's name
are no places; a name that is also a common word or stands for several places counts only with a sign, there or
elsewhere in the text, that it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.understanding.places.index import KnownPlace, PlaceIndex, Side, place_index, rank


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in the text. ``name`` is the gazetteer's name; ``text`` what stands there.

    ``level``: country, province, city, district, zone … as the gazetteer has it. ``generic`` marks a word that stands
    for a place without naming one (本市, 区里, 外地); ``ambiguous`` a name that needed its context to count.
    """

    start: int
    end: int
    text: str
    name: str
    side: Side
    province: str
    level: str
    ambiguous: bool = False
    generic: bool = False


# Suffixes that belong to the name when they follow it (杭州市, but not 杭州市场).
_SUFFIX = re.compile(
    r"(?:自治区|特别行政区|自治州|省(?!级|里|内|外|钱|心|时)|市(?![场值面民价区级里政长])|[区县](?![别分块域级里内间]))"
)
# Followed by these, the name belongs to an organisation or a street.
_ORGANISATION = re.compile(
    r"(?:市|省)?(?:银行|农商行|农商银行|农村商业银行|人寿|财险|证券|信托|期货|大学|学院(?!路)|交大|理工|师范|财经大学|外国语|邮电|"
    r"(?:交通|工业|科技|科学技术|师范|理工|农业|林业|医科|航空航天|电子科技|财经|邮电|中医药|海洋|石油|矿业)大学|"
    r"[东西南北中]?路(?![演径线由子上途过])|大道|[东西南北]街|日报|晚报|卫视|电视台|烤鸭|话(?!题|费)|菜)"
)
_GENERIC: tuple[tuple[re.Pattern[str], Side, str, str], ...] = (
    (
        re.compile(
            r"省里|省级|省上|省厅|省内|全省|本省|我省|我们省|咱们?省|省工信厅|省科技厅|省财政厅"
            r"|(?<![本外各全节该他])省(?=认定|首|重点|和市|、市|奖|的?政策|也|给|补)"
        ),
        "jiangsu",
        "江苏",
        "province",
    ),
    (
        re.compile(
            r"国家级|国家(?=认定|层面|发的|给的|给了|也|有没有|那边|的?政策|补|部委|首|对)|国务院|中央(?=财政|的?政策|给|补)|工信部(?!门)|科技部(?!门)"
        ),
        "nation",
        "国家",
        "nation",
    ),
    (
        re.compile(
            r"(?<!日)本市(?![场值])|我市|咱们?市(?!场)|全市|(?<![城都超股上门夜])市里(?!面)|市级|(?<![城超股门夜都])市里面|市本级"
        ),
        "suzhou",
        "本市",
        "city",
    ),
    (
        re.compile(
            r"(?<![小社校厂景片战禁园新专灾郊城时盲误山])(?:区里(?!面)|区级|本区|我区|我们区|各区(?!域|别|间))|县里|县区|区县|(?<!省|特)辖区"
        ),
        "suzhou",
        "区里",
        "district",
    ),
    (
        re.compile(r"外地|外省|省外|外市|市外|异地|外埠"),
        "foreign",
        "外地",
        "elsewhere",
    ),
    (re.compile(r"境外|海外|国外|外国(?!人|专家|语)"), "foreign", "境外", "country"),
)
# Names that mean a zone of Suzhou alone, and another city's zone after that city's name.
_ZONE = re.compile(
    r"(?:国家级?)?(?:工业|高新技术产业|经济技术|高新|经济)?(?:园区|新区|开发区|高新区|高新|经开区|自贸片区|自贸区)$"
)
# Before 园区 these make it an ordinary noun (产业园区).
_ZONE_NOUN = re.compile(
    r"(?:产业|科技|软件|创业|物流|化工|示范|保税|集成电路|制造|文创|孵化|众创|各个?|这个|某个?|一个|整个|创新|智造|基地)$"
)
# Outside Suzhou is elsewhere.
_OUTSIDE = re.compile(r"(?:大?市)?(?:以外|之外|外(?=的|地区|企业|公司))(?:的?(?:地区|地方))?")
_CLAUSE_MARK = re.compile(r"[,。;?!:\n ]")
_GAP = re.compile(r"[市省的·]?")


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """The places of ``text`` (normalised), in order, none overlapping; neighbours that name one place are joined."""
    index = place_index()
    blocked = list(_blocked(text, index))
    candidates = [mention for mention in _named(text, index) if not _inside(mention, blocked)]
    kept = _without_overlap(candidates)
    shown = {one.name for one in kept if not one.ambiguous or _has_sign(text, one, kept, index)}
    kept = [mention for mention in kept if mention.name in shown]
    generic = [mention for mention in _generic(text) if not _inside(mention, blocked)]
    kept += [mention for mention in generic if _free(mention, kept)]
    kept.sort(key=lambda mention: mention.start)
    return tuple(_joined(text, _without_echo(text, kept)))


def _blocked(text: str, index: PlaceIndex) -> Iterator[tuple[int, int]]:
    for start, word, _ in index.not_places.all(text):
        yield start, start + len(word)
    if index.blocking is not None:
        for match in index.blocking.finditer(text):
            yield match.span()


def _named(text: str, index: PlaceIndex) -> Iterator[PlaceMention]:
    not_suzhou = [(start, start + len(word)) for start, word, _ in index.not_suzhou.all(text)]
    for start, name, places in index.names.all(text):
        end = start + len(name)
        suffix = _SUFFIX.match(text, end)
        if suffix is not None and name[-1] not in "省市区县":
            end = suffix.end()
        if _ORGANISATION.match(text, end) or any(pattern.fits(text, start, end) for pattern in index.not_place):
            continue
        known = _likeliest(places)
        if known.side == "suzhou":
            if any(low <= start and end <= high for low, high in not_suzhou):
                continue
            if _ZONE.fullmatch(name) and _ZONE_NOUN.search(text[:start]):
                continue
            # 园区以外的县市区 are Suzhou's own; only what is outside of the city is elsewhere.
            if (outside := _OUTSIDE.match(text, end)) is not None and known.level == "city":
                yield PlaceMention(
                    start, outside.end(), text[start : outside.end()], "外地", "foreign", "", "elsewhere"
                )
                continue
        ambiguous = known.ambiguous and suffix is None
        yield PlaceMention(start, end, text[start:end], known.name, known.side, known.province, known.level, ambiguous)


def _likeliest(places: tuple[KnownPlace, ...]) -> KnownPlace:
    """Of places that share a name: Suzhou's, else the one of the highest rank."""
    return min(places, key=lambda place: (place.side != "suzhou", rank(place.level)))


def _generic(text: str) -> Iterator[PlaceMention]:
    for pattern, side, name, level in _GENERIC:
        province = "江苏" if side in ("suzhou", "jiangsu") else ""
        for match in pattern.finditer(text):
            yield PlaceMention(match.start(), match.end(), match.group(), name, side, province, level, generic=True)


def _inside(mention: PlaceMention, blocked: Iterable[tuple[int, int]]) -> bool:
    """Whether a word that is no place covers (part of) the mention; a longer name that contains the word stays."""
    return any(
        start < mention.end
        and mention.start < end
        and (not (mention.start <= start and end <= mention.end) or (mention.start, mention.end) == (start, end))
        for start, end in blocked
    )


def _free(mention: PlaceMention, others: Iterable[PlaceMention]) -> bool:
    return all(mention.end <= other.start or other.end <= mention.start for other in others)


def _without_overlap(candidates: list[PlaceMention]) -> list[PlaceMention]:
    """The longest first; of equal length the unambiguous, then the higher in rank (从江苏 is 江苏, not 从江)."""
    order = sorted(candidates, key=lambda one: (one.start - one.end, one.ambiguous, rank(one.level), one.start))
    kept: list[PlaceMention] = []
    for mention in order:
        if _free(mention, kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _has_sign(text: str, mention: PlaceMention, others: Iterable[PlaceMention], index: PlaceIndex) -> bool:
    """Whether the context shows that an ambiguous name is a place: a preposition, a suffix, its city before it."""
    if any(pattern.fits(text, mention.start, mention.end) for pattern in index.contexts):
        return True
    return any(
        other.end == mention.start and (other.province == mention.province or _ZONE.fullmatch(mention.text))
        for other in others
        if not other.ambiguous
    )


def _without_echo(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """市级 and 区里 after another city's name in the same clause mean that city (南京认定的市级), not Suzhou; and 省里
    after another province's name means that province (山东的省重点实验室)."""
    kept: list[PlaceMention] = []
    for mention in mentions:
        before = next((one for one in reversed(kept) if not one.generic), None)
        echo = (
            mention.generic
            and before is not None
            and before.side == "foreign"
            and (mention.side == "suzhou" or (mention.side == "jiangsu" and before.province != mention.province))
            and not _CLAUSE_MARK.search(text, before.end, mention.start)
        )
        if not echo:
            kept.append(mention)
    return kept


def _joined(text: str, mentions: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Neighbours that name one place, as one mention: 江苏省南京市, 杭州余杭区, 苏州昆山, 南京高新区."""
    held: PlaceMention | None = None
    for mention in mentions:
        if held is None:
            held = mention
        elif _GAP.fullmatch(text, held.end, mention.start) and (one := _one(held, mention)) is not None:
            held = replace(one, start=held.start, end=mention.end, text=text[held.start : mention.end])
        else:
            yield held
            held = mention
    if held is not None:
        yield held


def _one(first: PlaceMention, second: PlaceMention) -> PlaceMention | None:
    """The place that two neighbours name together, or None when they are two."""
    if first.side == second.side == "suzhou":
        return first if second.generic else second
    if first.side == "jiangsu" and second.province == "江苏" and not second.generic and not first.generic:
        return second
    if first.side == "foreign" and second.side == "foreign":
        lower = rank(first.level) < rank(second.level)
        return second if lower and (not first.province or first.province == second.province) else None
    if first.side == "foreign" and second.side == "suzhou" and _ZONE.fullmatch(second.text):
        return first
    return None
