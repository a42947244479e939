"""Facts of a question that criteria ask about: fact → value (facts.yaml), the applicant, the places."""

from __future__ import annotations

import re

from assistant.understanding import lexicon
from assistant.understanding.places import PlaceReading

_ASKED_NOUN = re.compile(
    r"((算不算|能不能算|是不是|属不属于)[^,，。;；?？]{1,14}(吗|么|不|吧|[?？])?"
    r"|(算|属于|能算|可以算|叫|当)(?!下来|出来|力)[^,，。;；?？]{1,14}(吗|么|不|吧|[?？]))$"
)
"""算新建吗: what is asked is not stated."""

_LAST_WINS = frozenset({"recognition"})
_REGISTERED = re.compile(r"注册|营业执照|法人")
_NEGATIVE = frozenset({"none", "pending"})
_LATER = re.compile(r"(也|又|后来|今年|上个?月|再)[^,，。]{0,8}(苏州市|省|国家)[^,，。]{0,6}(发|认|评|收|列|纳)")
_HIGHER = frozenset({"suzhou", "jiangsu", "nation"})
_WEAKEST = frozenset({"not-jiangsu"})  # says only what was not reached; what was reached counts first
_DISTRICT_LEVELS = frozenset({"county-city", "district", "zone", "town", "park"})
_PROVINCE_LEVELS = frozenset({"province", "municipality"})


def read_facts(text: str, places: PlaceReading) -> dict[str, str]:
    """What ``text`` says of the facts; a fact that it is silent on is absent."""
    stated = _ASKED_NOUN.sub("", text)
    facts = {fact: value for fact in lexicon.facts() if (value := _value(fact, stated))}
    if applicant := _applicant(text) or ("company" if _REGISTERED.search(text) else None):
        facts["applicant"] = applicant
    of_places = _places(places, text)
    if of_places.get("recognition") == "district" and facts.get("recognition") in _HIGHER and _LATER.search(text):
        del of_places["recognition"]  # 起初是昆山评的,后来苏州市也发了证: the higher of two counts
    # What is not there yet was not given by anybody (苏州市的认定书没下来).
    return {**facts, **of_places, **{k: v for k, v in facts.items() if k == "place" or v in _NEGATIVE}}


def _value(fact: str, text: str) -> str | None:
    """The first value with a hit; for facts where levels are compared, the value named last (negations first)."""
    best: tuple[int, str] | None = None
    for value, pattern in lexicon.facts()[fact].items():
        found = pattern.search(text)
        if not found:
            continue
        value = value.rstrip("~")
        if fact not in _LAST_WINS or value in _NEGATIVE:
            return value
        if value in _WEAKEST:  # what is said of that level is said (省里没评上): it says nothing of the others
            best, text = (-1, value), pattern.sub("…", text)
            continue
        last = max(match.end() for match in pattern.finditer(text))
        if best is None or last > best[0]:
            best = (last, value)
    return best[1] if best else None


_BOTH = re.compile(r"(银行|企业|公司|高校|医院)(和|与|跟|、)(银行|企业|公司|高校|医院)")


def _applicant(text: str) -> str | None:
    if _BOTH.search(text):  # 银行和企业能不能都拿: each for itself
        return None
    return next((kind.rstrip("~") for kind, pattern in lexicon.applicants().items() if pattern.search(text)), None)


_PAID_TO_SUZHOU = re.compile(r"(付给|支付给|付|给|用|在)(了)?苏州.{0,4}算力平台")


def _is_from_suzhou(places: PlaceReading, text: str) -> bool:
    """我们是昆山一家做工业软件的公司: a place of Suzhou right after 我们是 or 我们在 is where the asker sits."""
    own = (mention for mention, _ in places.roles if mention.side == "suzhou" and not mention.generic)
    return any(
        (found := _WE_ARE.search(text[: mention.start])) and (found["is"] or _FIRM.match(text, mention.end))
        for mention in own
    )


_WE_ARE = re.compile(r"(我们?|咱们?|我司|本公司)(公司|厂|院|这边)?(?P<is>是|在)?$")
_FIRM = re.compile(r"(市|区)?的(小|工|老)?(厂|公司|企业)")


def _places(places: PlaceReading, text: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    if places.branch:
        facts["place"] = "branch"
    elif places.planned and places.planned.side == "suzhou":
        facts["place"] = "planned"
    elif places.registered == "suzhou" or (places.registered is None and _is_from_suzhou(places, text)):
        facts["place"] = "suzhou"
    elif places.registered == "foreign" or (
        places.registered == "jiangsu" and places.registered_at and not places.registered_at.generic
    ):
        facts["place"] = "elsewhere"
    if authority := places.recognised_by:
        if authority.side == "suzhou":
            facts["recognition"] = "district" if authority.level in _DISTRICT_LEVELS else "suzhou"
        elif authority.side == "jiangsu":
            facts["recognition"] = "jiangsu"
        elif authority.side == "nation":
            facts["recognition"] = "nation"
        else:
            facts["recognition"] = "other-province" if authority.level in _PROVINCE_LEVELS else "other-city"
    if platform := places.platform:
        paid_to_suzhou = platform.side == "suzhou"
        stated = None if paid_to_suzhou and _PAID_TO_SUZHOU.search(text) else _value("compute-platform", text)
        facts["compute-platform"] = stated or ("suzhou" if paid_to_suzhou else "other")
    return facts
