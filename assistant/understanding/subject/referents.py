"""Which measure a turn refers to by what was discussed: one pointed at (装备那个, 前面那个平台), gone back to, beside
the one under discussion, or left out of a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.doers import somebody_instead
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.subject.measure_choice import OF_ANYBODY, only_base, takes
from assistant.understanding.subject.names import Subject
from assistant.understanding.sums.amounts import words
from assistant.understanding.sums.enumerations import all_costs
from assistant.understanding.sums.match import takes_amounts

_AFTER_IT = re.compile(r"(?<=.)[那这](一)?(个|项|笔|块|条|份|头|边|部分|方面|台|套|场|样|档)")
_BEFORE_IT = re.compile(
    r"(前面|刚才|先前|之前|上面|最早|最先|开头|一开始|回到|说回|倒回)(我)?(说|提|问|讲)?(过)?(的|去)?[那这]?(个|项|笔|块|条)?的?"
)
_LEFT_OUT = re.compile(
    r"(?P<one>[^,，。;；?？]*?)("
    r"(去掉|去除|拿掉|剔除|剔掉|撤掉|撤了|删掉|刨掉|刨去|撇开|拿走|砍掉|放弃|扣掉|抹掉|(先)?不(算|报|要|做|办|建|买|投|上|搞|计|弄|申请)(了|它)?)(的话|呢|吧|后|以后|之后)?(?:再|重新)?(?:合计|加总|求和|算)?|"
    r"(被|给)?(取消|作罢|搁置|泡汤|黄|叫停|停|砍|撤)(掉)?了?|(暂缓|推迟)了?|没(有)?(买|办|建|做|搞|投|谈|签|批|评|落)(成|过|上|下来|了)?)(?=[,，。?？])|"
    r"(除了|除去|除掉|去掉|撇开|刨去|不算|不要|不含|剔除)(?P<other>[^,，。]{1,12})(?=[,，。?？])"
)
_LONGEST, _SHORTEST = 8, 2
_BACK = re.compile(r"回到|说回|再说|再问|还是问|那(块|方面|一块|部分|项)|细说|具体说|展开|继续(说|问)")
_ALSO = re.compile(r"(也|又|另外|还)[^,，。]{0,4}(建|办|做|买|付|卖|投|租|搞|交|花)了")


def back_to(policy: Policy, query: Query, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
    """回到平台, 贷款那块细说: a name or a hint picks among the measures discussed, or opens the one hinted at."""
    if sibling := _sibling(policy, query, found, state):
        return sibling
    if pointed := pointed_at(policy, query.question, found, state):
        return pointed
    also = found and _ALSO.search(query.question) and not _only_a_cost(policy, found[0], state)
    if also and found[0].id not in state.measures and takes(policy, found[0]):
        return () if only_base(policy, found[0], state.measures) else (found[0].id,)
    another = found and not {subject.id for subject in found} & set(state.measures)
    if another and _only_names(query.question, found[0]) and not somebody_instead(query.question):
        return (found[0].id,)
    if not found or not _BACK.search(query.question) or _told_of_it(policy, query, found[0], state):
        return ()
    discussed = [subject.id for subject in found if subject.id in state.discussed]
    return tuple(discussed[:1]) or (found[0].id,)


def _only_a_cost(policy: Policy, found: Subject, state: DialogueState) -> bool:
    """Whether a hint is what money goes on, where all that the matter under discussion costs is counted (设备又花了
    400万 after a new centre)."""
    whole = [m for m in state.measures if m in policy.by_id and all_costs(policy.by_id[m])]
    return bool(whole) and not found.strong and all(words()["spent_on"].fullmatch(hit.text) for hit in found.hits)


def _told_of_it(policy: Policy, query: Query, found: Subject, state: DialogueState) -> bool:
    """Whether a turn tells of a condition of the measure under discussion, beside a mere hint of another (再问下，他那
    认定书是张家港发的 after a 首台套)."""
    if found.strong or found.id in state.discussed:
        return False
    asked_of = {c.fact for m in state.measures if m in policy.by_id for c in policy.by_id[m].criteria}
    return bool(asked_of & set(query.facts) - OF_ANYBODY)


def _sibling(policy: Policy, query: Query, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
    """The other measure of the article under discussion, or one of several discussed, that a turn opens with
    (平台投到多少封顶 after 概念验证中心, 那选平台) or tells a condition of (平台，新建一个 after 绩效)."""
    articles = {policy.by_id[m].article for m in state.measures}
    names = "|".join(_names(policy.by_id[m]) for m in state.measures)
    for subject in found:
        measure = policy.by_id[subject.id]
        if measure.article not in articles or state.measures == (subject.id,) or not takes_amounts(measure):
            continue
        several = subject.id in state.measures
        asked_of_now = {c.fact for m in state.measures for c in policy.by_id[m].criteria}
        told = any(
            query.facts.get(c.fact) in c.met and c.fact not in asked_of_now | OF_ANYBODY for c in measure.criteria
        )
        opens = any(_AND_WHAT_OF.fullmatch(query.question[: hit.start]) for hit in subject.hits)
        if told or (opens and (several or all(hit.text not in names for hit in subject.hits))):
            return (subject.id,)
    return ()


def _names(measure: Measure) -> str:
    return f"{measure.short}|{measure.base.name if measure.base else ''}"


def _only_names(text: str, subject: Subject) -> bool:
    """人才呢, 那平台怎么说: a turn that is a hint of another measure and nothing else."""
    return any(
        _AND_WHAT_OF.fullmatch(text[: hit.start]) and _WHAT_OF_IT.fullmatch(text[hit.end :]) for hit in subject.hits
    )


_AND_WHAT_OF = re.compile(
    r"(那|那么|还有|另外|再|说|问|要是|如果|假如|只|就|先|我们?|咱们?|选|挑|换|换成|改|改成|改建|改做|建|做|搞|,|，)*"
)
_WHAT_OF_IT = re.compile(
    r"(的|这|那|方面|那块|这块|补贴|支持|奖励)*(?P<what>呢|怎么说|怎么样|咋说|咋样|(有没有|有|可有)(什么|啥)?(说法|提到|规定|支持|政策|优惠)(吗|么|没有|没)?)?[,，?？]?"
    r"(?(what)((是不是|是否)?(也|同样|一样).*)?|(是不是|是否)?(也|同样)(都|只)?(是|有|给|按|补|封顶|最高)[^,，。\d]{0,2}[\d两二三四五六七八九百千一].*)[?？]?"
)


def both_sides(policy: Policy, text: str, state: DialogueState) -> bool:
    """Whether 两边加起来 are the city and the district that share the one measure under discussion."""
    shared = len(state.measures) == 1 and policy.by_id[state.measures[0]].matching is not None
    return shared and bool(_BOTH_SIDES.search(text))


_BOTH_SIDES = re.compile(
    r"两(级|边|头|方|家|层)|市、?区|区、?市|(?<!城)市(里|级)?(那份|的)?[,，]?(和|跟|与|同|加上?|连)区|区(里|级)?(那份|的)?[,，]?(和|跟|与|同|加上?|连)市(?!区)"
)


def points_at_it(policy: Policy, text: str, named: Sequence[Subject], state: DialogueState) -> bool:
    """Whether 这个补偿 is the measure under discussion, whose name has the word, and none that the turn names."""
    words = [found["what"] for found in _THIS_SUPPORT.finditer(text)]
    own = [policy.by_id[measure].short for measure in state.measures]
    others = [policy.by_id[subject.id].short for subject in named if subject.id not in state.measures]
    return any(any(word in name for name in own) and not any(word in name for name in others) for word in words)


_THIS_SUPPORT = re.compile(r"(这|那)(个|笔|项|份|种)(?P<what>补偿|绩效|便利|举荐|利息|保险|平台|中心|示范|损失)")


def pointed_at(policy: Policy, text: str, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
    """The measure discussed before whose name stands beside 那个, 那笔, 前面的 …; none where no name fits."""
    spots = [(text[max(0, m.start() - _LONGEST) : m.start()], False) for m in _AFTER_IT.finditer(text)]
    spots += [(text[m.end() : m.end() + _LONGEST], True) for m in _BEFORE_IT.finditer(text)]
    if not spots:
        return ()
    hinted = [subject.id for subject in found if subject.id in state.discussed]
    discussed = [measure for measure in reversed(state.discussed) if measure in policy.by_id]
    named = {m: max(_shared(policy.by_id[m], *spot) for spot in spots) for m in discussed}
    best = max(named, key=lambda m: named[m], default=None)
    if best and named[best]:
        return (best,)
    return tuple(hinted[:1])


def _shared(measure: Measure, words: str, forward: bool) -> int:
    """How many characters of ``words``, from the end that the pointing word stands at, are in the measure's name."""
    names = f"{measure.short}|{measure.base.name if measure.base else ''}"
    for size in range(min(len(words), _LONGEST), _SHORTEST - 1, -1):
        if (words[:size] if forward else words[-size:]) in names:
            return size
    return 0


def left_out(policy: Policy, text: str, found: Sequence[Subject], state: DialogueState) -> tuple[str, ...]:
    """The measure that a turn takes out of the sum of several (算力那项先去掉); none where it is not clear which."""
    summed = with_figures(state)
    clauses = [found.span() for found in _LEFT_OUT.finditer(f"{text.rstrip('。!！')}。")]
    if len(summed) < _FEWEST or not clauses:
        return ()
    start, end = clauses[0]
    there = [s for s in found if any(start <= hit.start < end for hit in s.hits)]
    out = pointed_at(policy, text[start:end], there, state) or tuple(s.id for s in there if s.id in summed)
    return out if len(out) == 1 and out[0] in summed else ()


def takes_something_out(text: str) -> bool:
    """Whether a turn takes something out of a sum or asks what is left without it (算力那项先去掉, 除了保险)."""
    return bool(_LEFT_OUT.search(f"{text.rstrip('。!！')}。"))


def with_figures(state: DialogueState) -> tuple[str, ...]:
    """The measures discussed for which a base was named."""
    return tuple(measure for measure in state.discussed if measure in state.bases)


_FEWEST = 2
