"""Whether a question asks for the policy of another place (无锡首台套奖多少), told by the roles of its places."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.policy.loader import Policy
from assistant.understanding.places.roles import PlaceMention, PlaceReading
from assistant.understanding.query import DialogueState
from assistant.understanding.scope.foreign import asks_something, says_little
from assistant.understanding.sums.owners import find_owners

_LITTLE = 2


def foreign_place(text: str, reading: PlaceReading, state: DialogueState | None, talk: int = 0) -> str | None:
    """Another place whose policy is asked about, by role or as 宿州对…有什么补贴.

    ``talk``: where what is asked begins, after the talk before it.
    """
    if state and state.measures and (reading.asked is None or reading.asked.generic or _of_a_sum(text, reading.asked)):
        return None  # in a dialogue: where the asker sits, or 外地的企业呢
    if _company_here(text, reading) or (reading.planned and reading.planned.side == "suzhou" and not reading.asked):
        return None  # 新加坡那边一个大项目想落户相城
    if reading.asked and reading.asked.generic and (home := _its_own_city(text, reading)):
        return home
    if reading.asked:
        foreign = reading.asked.side == "foreign" and not _ASKS_SUZHOU.search(text, reading.asked.end)
        foreign = foreign and not _done_here(text, reading) and not _only_heard(text, reading, reading.asked)
        foreign = foreign and not (reading.asked.end <= talk and _talk_of(text, reading))
        return reading.asked.name if foreign else None
    at = reading.registered_at
    # 外地企业能申请首台套吗, 上海的企业能揭你们的榜吗: told of who applies here.
    here = at is not None and (at.level == _ELSEWHERE or bool(_OURS.search(text)) or _speaks_of_here(reading))
    here = here or _ASKS_OF_APPLICANT.search(text) is not None
    if at and at.side == "foreign" and not (reading.branch or here or "苏州" in text or _FIRST_PERSON.search(text)):
        return at.name
    for mention, role in reading.roles:
        found = _THERE.search(text)
        if found and found.group() in _HOME and reading.registered == "suzhou":
            continue  # 老家徐州,工厂开在昆山
        there = found is not None and "苏州" not in text[mention.start :]
        there_asked = there and _ASKED_THERE.search(text, mention.end)
        if mention.side == "foreign" and there and (role != "platform" or there_asked):
            return mention.name
        if (
            mention.side == "foreign"
            and re.match(r"(这边|那边|市|政府)?(对|给|针对)", text[mention.end :])
            and not _speaks_of_here(reading)
            and "苏州" not in text
        ):
            return mention.name
    return None


def _of_a_sum(text: str, place: PlaceMention) -> bool:
    """外地那410万也能算吗: a sum spent there, and not what that place gives."""
    return bool(_THAT_SUM.match(text, place.end))


_THAT_SUM = re.compile(
    r"(市|省|那边|那里|那儿|的|花的|付的|云|平台)*([那这]?[\d一二两三四五六七八九十百千][\d.一二两三四五六七八九十百千]*[万亿]|[那这](一)?(笔|场|台|套|批|次|张|单)|[那这](一)?(部分|块)(的)?(钱|款|费用?|支出|开销|算力费))"
)


def _its_own_city(text: str, reading: PlaceReading) -> str | None:
    """我们在杭州,建检测平台市里贴几个点: the city of one who sits elsewhere and speaks of no place of ours."""
    at = reading.registered_at
    if at is None or at.side != "foreign" or at.level == _ELSEWHERE or (at, "headquarters") in reading.roles:
        return None
    ours = "苏州" in text or _OURS.search(text) or _speaks_of_here(reading) or _COMES.search(text)
    return None if ours else at.name


_COMES = re.compile(r"外[地省市]|[搬迁]|落户|想[来到去]|过来|来你|分公司|子公司|总部|母公司|集团")


def _speaks_of_here(reading: PlaceReading) -> bool:
    """总部在上海,平台建在吴中: whatever stands in Suzhou is asked of Suzhou's policy."""
    return any(mention.side == "suzhou" and not mention.generic for mention, _ in reading.roles)


def _done_here(text: str, reading: PlaceReading) -> bool:
    """上海那边办会补一半,我们在苏州办了一场: only heard of there, done here."""
    here = [m.end for m, _ in reading.roles if m.side == "suzhou" and not m.generic and m.start > _end_of(reading)]
    return any(_DONE.match(text, end) for end in here)


def _only_heard(text: str, reading: PlaceReading, place: PlaceMention) -> bool:
    """听说杭州那边给得更高,首台套归哪个局管; 跟深圳比一比,…: of the other place nothing is asked. One who is there and
    speaks of no other place asks of it (听说成都租算力能报三成,我们就在成都,能报吗)."""
    at = reading.registered_at
    if at and at.side == "foreign" and at.province == place.province and not (_OURS.search(text) or "苏州" in text):
        return False
    opening = max((text.rfind(mark, 0, place.start) for mark in ",，。;；"), default=-1)
    clause = _REST_OF_CLAUSE.match(text, opening + 1)
    return clause is not None and clause.end() + _LITTLE < len(text) and bool(_HEARD.search(clause.group()))


def _talk_of(text: str, reading: PlaceReading) -> bool:
    """上海车牌又没拍到,说正经的,…; 香港架构,境内主体在园区,…: told before the question, and not as where one is."""
    place = reading.asked
    if place is None:
        return False
    opening = max((text.rfind(mark, 0, place.start) for mark in ",，。;；!！?？"), default=-1)
    clause = _REST_OF_CLAUSE.match(text, opening + 1)
    told = clause.group() if clause else ""
    if asks_something(told) or _OF_THE_POLICY_THERE.search(told) or _THERE_AFTER.search(text, place.end):
        return False
    return reading.registered == "suzhou" or not (
        _WHERE_ONE_IS.search(told) or says_little(told.replace(place.name, ""))
    )


_THERE_AFTER = re.compile(r"[他她]们|人家|那边|那里|那儿|当地")
_OF_THE_POLICY_THERE = re.compile(r"政策|文件|补贴|补助|奖励|扶持|[这那]边|当地|本地")
_WHERE_ONE_IS = re.compile(r"的$|公司|企业|厂|店|单位|个体户|园$|镇$|[市区县]$")


_REST_OF_CLAUSE = re.compile(r"[^,，。;；?？!！]*")
_HEARD = re.compile(
    r"(听|据|网上|人家|别人|朋友|同行)[^,，。]{0,6}(说|讲|传)|比一比|比起来|比比|相比|对比|[给补奖][得的]?(更|也|要|比较|挺|很)?(高|低|少|多(?!少))"
)


def _end_of(reading: PlaceReading) -> int:
    return reading.asked.end if reading.asked else 0


_DONE = re.compile(r"(市|区|这边|这里|工业园区)?(新)?(办|建|花|投|买|付|卖|注册|的?(公司|厂|子公司|项目)|认定)")


def _company_here(text: str, reading: PlaceReading) -> bool:
    """Whether of several companies told apart one is here (昆山那家付了450万,南京那家300万)."""
    return any(owner.side == "suzhou" for owner in find_owners(text, [mention for mention, _ in reading.roles]))


_ASKS_SUZHOU = re.compile(
    r"(苏州|本市|咱们?这|我们这)[^。;；]{0,20}(呢|吗|多少|怎么|什么|几|如何|有没有|[写提说讲列]了?没[写提说讲列]?有?|没有?$|[?？])|贵[市地方]|你们(苏州|这里|这儿|这边|市里?|那边|那里|那儿)"
)
_THERE = re.compile(
    r"(?<!客户)(?<!甲方)(?<!银行)(?<!医院)(?<!公司)(?<!用户)(那边|那里|那儿)|当地|老家|家乡|我们这(儿|里|边)的?(市|县|省)"
)
_HOME = frozenset({"老家", "家乡"})
_ASKED_THERE = re.compile(r"(那边|当地|那里|那儿|老家)[^,。;?]*?(怎么|如何|多少|几|哪|什么|吗|[?？])")


_ELSEWHERE = "elsewhere"
"""The level of 外地, 外省: outside of Suzhou, and no place with a policy of its own."""
_OURS = re.compile(r"你们|贵市|(这个|本|这份|该)(政策|文件)")
_ASKS_OF_APPLICANT = re.compile(
    r"(注册(地|址)?|总部)(是|不)?在[^,，。;；?？]{2,6}的[^,，。;；?？]{0,12}?(公司|企业|厂|单位|机构)[^,，。;；?？]{0,6}(能|可以|有资格|算)"
)
"""注册在上海的公司能拿算力补贴吗 asks whether it may have ours, not what Shanghai has."""
_FIRST_PERSON = re.compile(r"我|咱|本公司|本企业|本单位|敝")


def recognised_there(policy: Policy, text: str, reading: PlaceReading, meant: Collection[str]) -> str | None:
    """西安认定的高层次人才一个月发多少: an award of another place, where no clause of ours asks who recognised."""
    there = reading.recognised_by
    measures = [policy.by_id[name] for name in meant if name in policy.by_id]
    if there is None or there.side != "foreign" or not measures or _WITH_US.search(text):
        return None
    facts = {criterion.fact for measure in measures for criterion in measure.criteria}
    return None if facts & _OF_RECOGNITION else there.name


_OF_RECOGNITION = frozenset({"recognition", "title", "ai-platform"})
_WITH_US = re.compile(r"我|咱|本公司|苏州|引进|贵[市地]|你们")
