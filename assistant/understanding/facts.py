"""Facts of a question that criteria ask about: fact → value (facts.yaml), the applicant, the places."""

from __future__ import annotations

import re

from assistant.understanding import lexicon
from assistant.understanding.denial import BLANK, denied, inside, unknown, without
from assistant.understanding.doers import (
    another_does,
    asks_for_another,
    lender_lost,
    other_firm,
    somebody_instead,
    we_pay,
)
from assistant.understanding.places.roles import PlaceMention, PlaceReading

_ASKED_NOUN = re.compile(
    r"((算不算|能不能算|是不是|属不属于)[^,，。;；?？]{1,14}(吗|么|不|吧|[?？])?"
    r"|(算|属于|能算|可以算|叫|当)(?!下来|出来|力)[^,，。;；?？]{1,14}(吗|么|不|吧|(?<!呢)[?？]))$"
)
"""算新建吗: what is asked is not stated (but 不属于医疗器械呢 supposes it)."""

_REQUIREMENT = re.compile(
    r"(要不要|需不需要|用不用|是不是(一定)?(要|得|必须)|是否(要|需要?|必须)|(有没有|没有?|有|提没提|说没说)(提到?|说|写|讲|要求|规定|明确)过?(要|得|必须|需要|非要)?)"
    r"(先|拿到?|取得|经过?|通过|是|有|到)*(国家|江苏|苏州|省|市|区|县|省里|市里)+(级|里)?(的)?(认定|认可|评定)?"
    r"|(要|得|必须|需要?|非得|非要|一定要)(先|拿到?|取得|经过?|通过|是|有|到)*(国家|江苏|苏州|省|市|区|县)+(级|里)?(的)?(认定|认可|评定)?(以后|之后|过)?(才|吗|么|吧|是吧|对吧|[?？])"
)
"""首台套有没有提到要省级认定: a requirement asked after is nothing told."""

_LAST_WINS = frozenset({"recognition"})
_REGISTERED = re.compile(r"注册|营业执照|法人")
_NEGATIVE = frozenset({"none", "pending", "lapsed"})
_LATER = re.compile(r"(也|又|后来|今年|上个?月|再)[^,，。]{0,8}(苏州市|省|国家)[^,，。]{0,6}(发|认|评|收|列|纳)")
_OTHER = "other"
_HIGHER = frozenset({"suzhou", "jiangsu", "nation"})
# Says only what was not reached; what was reached counts first.
_WEAKEST = frozenset({"not-jiangsu", "not-suzhou", "private"})
_DISTRICT_LEVELS = frozenset({"county-city", "district", "zone", "town", "park"})
_PROVINCE_LEVELS = frozenset({"province", "municipality"})


def read_facts(text: str, places: PlaceReading) -> dict[str, str]:
    """What ``text`` says of the facts; a fact that it is silent on is absent."""
    stated = _REQUIREMENT.sub("", _ASKED_NOUN.sub("", text))
    facts = {fact: value for fact in lexicon.facts() if (value := _value(fact, stated))}
    if facts.get("payment") == _BY_OTHER and _WHO_PAYS_NOW.search(stated):
        facts["payment"] = "paid"  # 改由总部签约付款: then the head office is who asks
    if applicant := _applicant(text) or ("company" if _REGISTERED.search(text) else None):
        facts["applicant"] = applicant
    of_places = _places(places, text)
    if _REQUIREMENT.search(text):
        of_places.pop("recognition", None)
    if of_places.get("recognition") == "district" and facts.get("recognition") in _HIGHER and _LATER.search(text):
        del of_places["recognition"]  # 起初是昆山评的,后来苏州市也发了证: the higher of two counts
    # What is not there yet was not given by anybody (苏州市的认定书没下来).
    return {**facts, **of_places, **{k: v for k, v in facts.items() if k == "place" or v in _NEGATIVE}}


_BY_OTHER = "by-other"
_WHO_PAYS_NOW = re.compile(
    r"(改由|改成|改为|换成|换由|改让|换)[^,，。;；\d]{0,6}(总部|总公司|母公司|集团|本部)[^,，。;；\d]{0,6}(签|付|买|用|申请|报)"
)
_AFFIRMED = re.compile(r"(?<![不没])(是|属于|[换改]成|用|买|投|上|走|租|付给)(了|的是?)?$")


def _value(fact: str, text: str) -> str | None:
    """The first value with a hit; for facts where levels are compared, the value named last (negations first).

    What is denied (不是科技保险) is no hit; where nothing else is told, it is another kind, if the fact knows one.
    """
    best: tuple[int, str] | None = None
    values, denials, doubts, was_denied = lexicon.facts()[fact], denied(text), unknown(text), False
    for value, pattern in values.items():
        hits = list(pattern.finditer(text))
        found = [hit for hit in hits if not inside(hit.start(), (*denials, *doubts))]
        if len(found) < len(hits) and _OTHER in values:  # 都不是科技保险,能按科技保险费补吗: only asked about
            found = [hit for hit in found if _AFFIRMED.search(text[: hit.start()])]
        value = value.rstrip("~")
        was_denied |= value != _OTHER and not found and any(inside(hit.start(), denials) for hit in hits)
        if not found:
            continue
        if fact not in _LAST_WINS or value in _NEGATIVE:
            return value
        if value in _WEAKEST:  # what is said of that level is said (省里没评上): it says nothing of the others
            best, text = (-1, value), pattern.sub(lambda hit: BLANK * len(hit.group()), text)
            continue
        last = max(hit.end() for hit in found)
        if best is None or last > best[0]:
            best = (last, value)
    if best:
        return best[1]
    return _OTHER if was_denied and _OTHER in values else None


_BOTH = re.compile(r"(银行|企业|公司|高校|医院)(和|与|跟|、)(银行|企业|公司|高校|医院)")


def _applicant(text: str) -> str | None:
    # 我们是企业不是银行; 哪些保险公司承保 asks about them
    stated = _ASKED_WHICH.sub("", without(text, denied(text)))
    if instead := somebody_instead(text):
        return instead
    if _BOTH.search(text):  # 银行和企业能不能都拿: each for itself
        return None
    if lender_lost(stated):
        return None if we_pay(stated) else "bank"  # 我们付利息55万，银行亏了700万: each for itself
    if asks_for_another(text):
        return None
    kind = next((kind.rstrip("~") for kind, pattern in lexicon.applicants().items() if pattern.search(stated)), None)
    if kind != "company" and another_does(text):
        return "company" if other_firm(text) else None
    return kind


# Who is only asked about, who lent the money, with whom something is shared.
_ASKED_WHICH = re.compile(
    r"哪(些|一?家|几家|一?个|几个)(的)?(银行|保险公司|金融机构|机构|医院|高校|大学)"
    r"|(贷款|款|钱)(是|由|从)[^,，。;?？我咱]{1,14}(银行|农商行|分行|支行)(放|批|贷|借|发|给)(出|下)?来?(的|了)"
    r"|银行(那边|后来|又|还|也|已经|先)*(退|返|还|减免|免|扣|收)(了|过|回|给)*(我们|咱们?|公司)"
    r"|(和|跟|与|同)(银行|担保公司|保险公司|租赁公司)(之间|怎么|如何|一起|共同|各|分|对半)"
)
_OURS = re.compile(r"苏州|本地|市里|市级|本市")
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


def _told(place: PlaceMention, text: str) -> bool:
    """Whether ``place`` is not what the asker does not know (不晓得是不是苏州算力平台)."""
    return not inside(place.start, unknown(text))


def _client_here(places: PlaceReading, text: str) -> bool:
    """我们代理公司在无锡,替苏州高新区的客户问: asked for somebody whose place is told after the asker's own."""
    where = places.registered_at
    later = (m for m, _ in places.roles if where is not None and m.start > where.end)
    return (
        places.registered == "foreign"
        and asks_for_another(text)
        and any(
            mention.side == "suzhou" and not mention.generic and _CLIENT.match(text, mention.end) for mention in later
        )
    )


_CLIENT = re.compile(r"(市|区)?(这边|那边)?(有)?的?(一家|一个|某|几家)?[^,，。;?]{0,6}(客户|企业|公司|厂|老板|朋友)")


def _places(places: PlaceReading, text: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    if _client_here(places, text):
        facts["place"] = "suzhou"
    elif places.branch:
        facts["place"] = "branch"
    elif places.planned and places.planned.side == "suzhou":
        facts["place"] = "planned"
    elif places.registered == "suzhou" or (places.registered is None and _is_from_suzhou(places, text)):
        facts["place"] = "suzhou"
    elif places.registered == "foreign" or (
        places.registered == "jiangsu" and places.registered_at and not places.registered_at.generic
    ):
        facts["place"] = "elsewhere"
    if places.site and places.site.side in ("foreign", "jiangsu"):
        facts["site"] = "elsewhere"
    if (authority := places.recognised_by) and _told(authority, text):
        if authority.side == "suzhou":
            facts["recognition"] = "district" if authority.level in _DISTRICT_LEVELS else "suzhou"
        elif authority.side == "jiangsu":
            facts["recognition"] = "jiangsu"
        elif authority.side == "nation":
            facts["recognition"] = "nation"
        else:
            facts["recognition"] = "other-province" if authority.level in _PROVINCE_LEVELS else "other-city"
    if (platform := places.platform) and _told(platform, text):
        paid_to_suzhou = platform.side == "suzhou" and not inside(platform.start, denied(text))
        stated = None if paid_to_suzhou and _PAID_TO_SUZHOU.search(text) else _value("compute-platform", text)
        if not paid_to_suzhou and not _OURS.search(text):
            stated = None  # 用的是上海的算力平台: the bare word is that of the other place
        facts["compute-platform"] = stated or ("suzhou" if paid_to_suzhou else "other")
    return facts
