"""What each place of a question is there for: where the company is, who recognised, whose policy is asked about.

A place is judged by the words beside it in its own clause; the rules are tried in order and the first that fits wins.
What no rule claims is background (在上海办展, 客户在北京), for a place mentioned is not yet a place asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.places.index import Side, place_index
from assistant.understanding.places.names import PlaceMention, find_places
from assistant.understanding.places.rules import Role, place_rules

__all__ = ["PlaceMention", "PlaceReading", "Role", "Side", "find_places", "roles_of_places"]


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """The places of a question by role; a field is None where the question does not say.

    ``registered``: the side on which the company is registered as a legal person ("foreign" too where the text says
    only that it is not in Suzhou, ``registered_at`` is then None; "jiangsu" where only the province is named).
    ``branch``: it asks as a branch without legal personality, at ``branch_at`` where named. ``planned``: the place
    where it would register or move to.
    ``roles`` gives every mention with its role, in the order of the text.
    """

    registered: Side | None = None
    registered_at: PlaceMention | None = None
    branch: bool = False
    branch_at: PlaceMention | None = None
    planned: PlaceMention | None = None
    recognised_by: PlaceMention | None = None
    platform: PlaceMention | None = None
    site: PlaceMention | None = None
    asked: PlaceMention | None = None
    roles: tuple[tuple[PlaceMention, Role], ...] = ()

    @property
    def background(self) -> tuple[PlaceMention, ...]:
        return tuple(mention for mention, role in self.roles if role == "background")


_AND = re.compile(r"(?:市|省)?(?:和|与|跟|及|以及|或者?|、|还有)(?:在|是)?")
_REACH = 40
_CLAUSE_MARK = re.compile(r"[,。;?!\n ]|\.(?!\d)")
# Words as one types them into a search box (株洲 轨交装备 首台套 奖): their spaces part no clauses.
_KEYWORDS = re.compile(r"(?=.{1,30}$)(?!.*[我咱司在是有了])[^,。;!\n \d]{1,8}(?: [^,。;!\n \d]{1,8})+")
_AUTHORITY_RANK = {"nation": 0, "jiangsu": 1, "suzhou": 2, "foreign": 4}


def roles_of_places(text: str, mentions: tuple[PlaceMention, ...]) -> PlaceReading:
    """The places ``mentions`` (of ``find_places(text)``) by role."""
    rules = place_rules()
    roles = tuple((mention, _role(text, mention, mentions)) for mention in mentions)
    by_role: dict[Role, list[PlaceMention]] = {}
    for mention, role in roles:
        by_role.setdefault(role, []).append(mention)

    def first(*names: Role) -> PlaceMention | None:
        return next((mention for name in names for mention in by_role.get(name, ())), None)

    branch_at = first("branch")
    # A company of its own counts for itself; then what is said of the registration, the last word first; then where it
    # sits, unless it says that it is not registered in Suzhou; then the head office.
    settled = first("subsidiary") or _last(text, by_role.get("registered", []))
    elsewhere = settled is None and any(mention.side == "suzhou" for mention in by_role.get("not_registered", ()))
    if settled is None and not elsewhere:
        settled = _last(text, by_role.get("located", [])) or first("headquarters")
    registered: Side | None = "foreign" if elsewhere else None
    if settled is not None and settled.side != "nation":
        registered = settled.side
    recognisers = sorted(by_role.get("recognised", ()), key=_authority)
    branch = branch_at is not None or rules.branch.search(text) is not None
    branch = branch and rules.no_branch.search(text) is None
    # A company of Suzhou with an office elsewhere asks as itself.
    at_home = settled is not None and settled.side == "suzhou"
    if at_home and (branch_at is None or branch_at.side != "suzhou" or "subsidiary" in by_role):
        branch = False
    return PlaceReading(
        registered=registered,
        registered_at=settled,
        branch=branch,
        branch_at=branch_at if branch else None,
        planned=first("planned"),
        recognised_by=recognisers[0] if recognisers else None,
        platform=first("platform"),
        site=first("site"),
        asked=_asked(text, by_role.get("asked", []), mentions),
        roles=roles,
    )


_BARE_ZONES = frozenset({"高新区", "新区", "园区", "开发区", "经开区"})
# These keep 市里 at home, even after another place's name (无锡奖得多,我们市里呢).
_OURS = re.compile(r"[我咱]|本市|全市|你们|这边")


def _asked(text: str, asked: list[PlaceMention], mentions: tuple[PlaceMention, ...]) -> PlaceMention | None:
    """The place whose policy is asked about; 市里, 区里 and 省里 after another place's name are that place's."""
    last = _last(text, asked)
    if last and last.text in _BARE_ZONES:  # 我们在合肥高新区,高新区返多少
        there = [mention for mention in mentions if mention.side == "foreign" and mention.text.endswith(last.text)]
        return there[-1] if there and "苏州" not in text else last
    if last is None or not (last.generic and last.side in ("suzhou", "jiangsu")):
        return last
    if any(mention.side in ("suzhou", "jiangsu") and not mention.generic for mention in mentions):
        return last
    candidates = asked if last.side == "suzhou" else mentions
    named = [mention for mention in candidates if mention.side == "foreign" and not mention.generic]
    there = [mention for mention in named if mention.end <= last.start]
    return last if not there or _OURS.search(text) else there[-1]


def _authority(mention: PlaceMention) -> int:
    """The higher authority first; a district of Suzhou after the city."""
    below_city = mention.side == "suzhou" and mention.level != "city"
    return _AUTHORITY_RANK[mention.side] + below_city


def _neighbourhood(text: str, mention: PlaceMention, mentions: tuple[PlaceMention, ...]) -> tuple[str, str]:
    """What stands before and after the mention in its clause; places side by side (上海和苏州的政策) share both."""
    index = mentions.index(mention)
    first = last = index
    while first > 0 and _AND.fullmatch(text, mentions[first - 1].end, mentions[first].start):
        first -= 1
    while last + 1 < len(mentions) and _AND.fullmatch(text, mentions[last].end, mentions[last + 1].start):
        last += 1
    start, end = mentions[first].start, mentions[last].end
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _KEYWORDS.fullmatch(text):
        before, after = before.replace(" ", ""), after.replace(" ", "")
    return _CLAUSE_MARK.split(before)[-1], _CLAUSE_MARK.split(after, maxsplit=1)[0]


def _role(text: str, mention: PlaceMention, mentions: tuple[PlaceMention, ...]) -> Role:
    if mention.side == "foreign" and place_index().is_background(text, mention.start, mention.end):
        return "background"
    left, right = _neighbourhood(text, mention, mentions)
    rules = place_rules()
    alone = _CLAUSE_MARK.search(text.rstrip("。?!")) is None or _KEYWORDS.fullmatch(text) is not None
    for rule in rules.rules:
        if rule.fits(left, right, alone):
            # 韩国全资子公司: whose it is, not where it is.
            of_parent = rule.role == "subsidiary" and mention.level == "country" and not left.endswith(_AT)
            return "background" if of_parent else rule.role
    # A bare place asks about itself (那杭州呢); beside another place, a place of Suzhou is but the one compared with.
    asking = not right or rules.question.search(text, mention.end) is not None
    only_side = all(other.side == mention.side for other in mentions)
    if asking and rules.lead_in.match(left) and (mention.side == "foreign" or only_side):
        return "asked"
    return "background"


_AT = ("在", "于", "到", "来")


def _last(text: str, mentions: list[PlaceMention]) -> PlaceMention | None:
    """The last one said; of two side by side, Suzhou."""
    if not mentions:
        return None
    last = mentions[-1]
    if last.side != "suzhou" and len(mentions) > 1 and mentions[-2].side == "suzhou":
        return mentions[-2] if _AND.fullmatch(text, mentions[-2].end, last.start) else last
    return last
