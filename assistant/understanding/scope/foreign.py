"""Signs that a question is about another kind of the thing named, or something else altogether."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding import lexicon
from assistant.understanding.denial import BLANK, set_aside, without
from assistant.understanding.places.names import find_places
from assistant.understanding.query import OPEN_FACTS, DialogueState, Query, Scope
from assistant.understanding.scope.findings import ScopeFinding
from assistant.understanding.scope.other_kinds import another_kind, asked_whether_counts
from assistant.understanding.scope.topic_view import FRESH, LIKELY, SURE, Topic
from assistant.understanding.scope.words import scope_words
from assistant.understanding.subject.names import Subject
from assistant.understanding.turns import asked_only, leans_on, tells

_GENERAL = re.compile(
    r"补贴|补助|奖励|资助|支持|扶持|资金|款项|政策|文件|项目|申报|申请|审批|企业|公司|单位|我们|你们|咱们|这个|那个|这些|请问|一下|今天|现在|目前|如今|"
    r"钱|款|数|先|我|不|个|报|说|具体|的|了|吗|呢|啊|呀|吧|是|有|要|能|可以|需要|大概|一般|通常|到底|究竟|怎么|如何|算|想|知道|晓得|清楚|问|了解|咨询|告诉|在|从|到|给|后|前|内|会|还|都|才|就|[,，。？?！!、\s]"
)
_LITTLE = 2

APPLICATION = "open_fact_application"
APPLYING = "rule:application"
POLICY_WORDS = re.compile(r"政策|文件|补贴|补助|奖励|资助|支持|扶持|条文|申报|若干|这条|规定")
_ASKED_OF_ANYTHING = frozenset({"number", "appeal", "scale", "tax", "price", "grades"})
POLICY_ASKS = frozenset(
    {"inverse", "cap", "rate", "department", "overview", "article", "conditions", "stated", "promise", "validity_now"}
    | {f"open_fact_{name}" for name in OPEN_FACTS if name not in _ASKED_OF_ANYTHING}
)
"""What only a question about a policy asks for."""

_OWN_ASKS = frozenset({"definition", "period", "issuer", "stated", "same_matter", "validity_now"})
LOOSE_ASKS = frozenset(
    {
        "department",
        "rate",
        "inverse",
        *(f"open_fact_{name}" for name in ("procedure", "counter", "deadline", "documents", "scoring", "phone")),
    }
)
"""Asked of other things as well (路灯坏了找谁, 费率多少, 拒赔怎么办)."""

# How sure the subject model must be that a question is foreign although a measure is named in it: where it takes that
# measure for likely all the same, and where it does not.
_TALK = (0.97, 0.97)  # the question speaks of policy or support
_PLAIN = (0.92, 0.8)
_BARE_WITH_ASK = (0.85, 0.7)
_BARE = (0.6, 0.5)  # nothing that a policy could give is asked for
_UNLIKELY = 0.1
_SURELY_FOREIGN = 0.9
_NO_VIEW = Topic()
# The same where the rules find a foreign subject asked about, the last word of the clause that asks.
_WITH_FINDING = 0.1
_WITH_FINDING_AND_TALK = 0.75
_OTHERS = "other-company"
_RECIPIENTS = "open_fact_recipients"


def bound(hinted: bool, policy_talk: bool) -> float:
    """How sure the subject model must be that a question is foreign."""
    if policy_talk:
        return FRESH
    return SURE if hinted else LIKELY


def foreign_after_all(
    query: Query,
    named: Sequence[Subject],
    finding: ScopeFinding | None,
    topic: Topic,
    state: DialogueState,
    *,
    pertinent: bool,
    of_itself: bool,
) -> Scope | None:
    """The refusal where words of a measure stand in a question that is about something else (护照过期了去哪换).

    ``pertinent``: something is told or asked that only matters to the policy (see ``pertinent_to``); ``of_itself``: the
    asker's own matter that the model takes for other companies' (我们无锡的公司首台套奖多少).
    """
    whole = whole_of_another(query.question, topic)
    only_tells = (query.bases or tells(query, state)) and not (whole and state.measures)
    if query.articles or only_tells or "open_fact_price" in query.asks:
        return None
    if asked_whether_counts(query.question, [subject.id for subject in named]):
        return None
    talk = bool(POLICY_WORDS.search(query.question))
    if finding and finding.subject and finding.whole:
        enough = _WITH_FINDING_AND_TALK if talk or query.asks & (POLICY_ASKS - LOOSE_ASKS) else _WITH_FINDING
        if topic.foreign >= enough:
            return Scope("subject", finding.subject)
    if (kind := another_kind(query.question, [subject.id for subject in named])) is not None:
        return Scope("subject", kind)
    if pertinent or of_itself or (state.measures and not whole):
        return None
    if _RECIPIENTS in query.asks and topic.foreign_label == _OTHERS and topic.foreign_probability >= FRESH:
        return topic.scope
    likely = {subject.id for subject in named} & {label for label, p in topic.own if p >= _UNLIKELY}
    surely, suspected = _bounds(query, talk)
    return topic.scope if topic.foreign >= (surely if likely else suspected) else None


def _bounds(query: Query, talk: bool) -> tuple[float, float]:
    """How sure the model must be: where it takes the measure named for likely, and where not."""
    bare = not scope_words().support.search(query.question) and not query.asks & _OWN_ASKS
    if talk or query.asks & (POLICY_ASKS if not bare else POLICY_ASKS - LOOSE_ASKS):
        return _TALK
    if not bare:
        return _PLAIN
    return _BARE_WITH_ASK if query.asks & LOOSE_ASKS else _BARE


def whole_of_another(text: str, topic: Topic) -> bool:
    """金鸡湖国际会议中心租一天什么价, after a question about an exhibition: a whole question, foreign by itself."""
    own = len(_own_words(text))
    if topic.foreign >= (_NO_DOUBT_POINTING if _POINTS.search(text) else _NO_DOUBT):
        return own > _LITTLE + 1
    if own < _WHOLE or topic.foreign < _FOREIGN_ALONE:
        return False
    sure = topic.foreign >= BEYOND_DOUBT
    points = leans_on(text) and not (sure and own >= _LONG)
    return not (points or _POINTS.search(text)) and (sure or asks_something(text))


# How sure the subject model must be that a turn is foreign whatever was spoken of before it, and how many letters of
# its own it must have: below this it may as well go on (场地装修200万, 归哪几家管).
_FOREIGN_ALONE = 0.95
BEYOND_DOUBT = 0.96
_NO_DOUBT, _NO_DOUBT_POINTING = 0.985, 0.995
_WHOLE = 6
_LONG = 9
_POINTS = re.compile(r"(那|这)(块|笔|部分|项|样|家|台|场|张|套|个(?![年月季星周])|份|两|些)")


def nothing_of_ours(query: Query, topic: Topic) -> bool:
    """台积电三纳米的良率是多少, after a question about key technologies: likely foreign, and it tells and asks nothing
    that what is under discussion could go on with."""
    text, known = query.question, query.asks - LOOSE_ASKS - _ASKED_OF_MANY
    if topic.foreign < _LIKELY_FOREIGN or topic.own_probability >= _UNLIKELY * 2 or known or query.facts:
        return False
    if leans_on(text) or _POINTS.search(text) or _OF_A_PARTY.search(text) or not asks_something(text):
        return False
    return len(_own_words(text)) > _WHOLE and not (POLICY_WORDS.search(text) or scope_words().support.search(text))


_LIKELY_FOREIGN = 0.8
_ASKED_OF_MANY = frozenset({"amount", "compare", "each"})
_OF_A_PARTY = re.compile(r"我|咱|客户|对方|甲方|乙方")


def asks_for_other_things(text: str, topic: Topic) -> bool:
    """Whether what is asked after something was only told (中心投了1350万 | 食堂中午几点开饭) is not asked of it."""
    ours = POLICY_WORDS.search(text) or _GIVEN.search(text) or _GOT.search(text)
    own = len(_own_words(text))
    likely = topic.foreign >= FRESH and own >= _WHOLE
    likely = likely or (topic.foreign >= LIKELY and own > _LITTLE and not OUR_BUSINESS.search(text))
    return whole_of_another(text, topic) or (likely and not ours)


OUR_BUSINESS = re.compile(r"[钱算补奖贴报申领拿给数万条项建]|文件|政策|材料|信息|资料|平台|企业|公司|单位|部门|认定")
"""Words that a question of the policy may well have."""


_GOT = re.compile(r"(能|可以|会)(拿|给|报)|给多少|报[销得]")


def asks_application(query: Query, topic: Topic, *, discussed: bool) -> Query:
    """Whether the question is about applying in general, by its words or by the subject model.

    Where a measure is discussed, the question is about that, and where something more definite is asked, about that.
    """
    likely = topic.own_label == APPLYING and topic.own_probability >= LIKELY
    asked = not discussed and not query.articles and (likely or APPLICATION in query.asks)
    if "eligibility" in query.asks and "place" in query.facts:  # 子公司在苏州，能报吗: places the clauses do tell of
        asked = False
    definite = any(ask.startswith("open_fact_") for ask in query.asks - {APPLICATION})
    asks = query.asks - {APPLICATION}
    if asked and query.facts.get("applicant") == "individual":  # 个人能申请吗: what there is for such an applicant
        return replace(query, asks=asks | {"overview"})
    return replace(query, asks=asks | {APPLICATION} if asked and not definite else asks)


def talks_of_policy(query: Query, rules: bool, topic: Topic, *, discussed: bool) -> bool:
    """Whether the question is asked of a policy: by what only a policy has, or loosely with a word of support.

    Where a measure is under discussion, the loose ones are asked of it (按什么比例赔).
    """
    asks = POLICY_ASKS if discussed else POLICY_ASKS - LOOSE_ASKS
    if query.articles or query.unknown_articles or rules or query.asks & asks:
        return True
    return bool(query.asks & LOOSE_ASKS and (POLICY_WORDS.search(query.question) or about_support(query, topic)))


def says_nothing(text: str) -> bool:
    """Whether a question names nothing beyond support, amounts and time (今年花了300万,能补多少)."""
    return not _own_words(_without_places(text))


def asks_something(text: str) -> bool:
    """Whether ``text`` has the words of a question or request."""
    return bool(scope_words().question.search(text))


def says_little(text: str) -> bool:
    """Whether next to nothing is left beyond support, amounts and time (今年这届补多少)."""
    return len(_own_words(text)) <= _LITTLE


def asked_for(text: str) -> str:
    """``text`` without what it sets aside, from where it says that only this is asked, if that tells enough."""
    kept = without(text, set_aside(text)).replace(BLANK, "") or text
    asked = asked_only(kept)
    return kept if says_little(asked) else asked


def left_of(text: str) -> str:
    """What is left of ``text`` beyond support, amounts, time and who asks."""
    return _own_words(text)


def speaks_of_another(text: str) -> bool:
    """Whether a figure asked for is told as that of a matter that is no support (保证金最高50万的是哪种店)."""
    return (
        not _GIVEN.search(text)
        and not POLICY_WORDS.search(text)
        and len(_FIGURE_WORDS.sub("", _own_words(text))) > _LITTLE
    )


_GIVEN = re.compile(r"[补贴]|奖(?!金|状|杯|牌)")
_FIGURE_WORDS = re.compile(
    r"((我|咱)(们)?)?(记得|听说|看到|听到|印象里|印象中)|最高|最多|封顶|上限|顶格|比例|百分之|%|成|哪|一?[项条个种款类]|什么|啥|指|说|写|里面|里头|那|这|按|对应|都|帮忙?|列"
)


def _without_places(text: str) -> str:
    """``text`` without the places of who asks (母公司在上海,子公司在苏州)."""
    for mention in reversed(find_places(text)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _own_words(text: str) -> str:
    return _SPENDING.sub("", _GENERAL.sub("", _PROFILE.sub("", text)))


# Who asks, and that he asks: neither says what for (我公司去年营收3.2亿,能拿多少; 外资企业可以吗; 就想知道能补多少).
_PROFILE = re.compile(
    r"(我们?|咱们?|本)厂|(我|本)司|营业?收入|营收|营业额|产值|流水|员工|\d+个?人(?!才)|注册资本|[外内中合]资|民营|国有|国企|央企|私企|中?小微?(型)?企业|"
    r"(刚|还没(有)?|没|新)?(成立|注册)|[子母分总]公司|关联公司|兄弟公司|总部|集团|股东|法人|办公(地点|室)?|(大学|高校)(老师|教授)(个人)?|自己|名义|付款|代付|来报|行不行|行吗|"
    r"就?想?(要|来)?(知道|了解|打听|问问?|咨询|看看)(一?下|点|些)?|就想|想(?=[要拿领申])|(?<=[要拿领])(点|些|个)|有关|关于|您好|你好|符合|条件|享受|左右|大约"
)

_SPENDING = re.compile(
    r"[\d.]+|[一二两三四五六七八九十百千万亿元wW]|今年|去年|明年|合同|签|发票|只|已经?|花|付|投|用|出|一共|总共|合计|共|多少|几|拿|补|奖|领|年|月"
)


def about_support(query: Query, topic: Topic = _NO_VIEW) -> bool:
    """Whether next to nothing is left of a question but support in general and the fact asked for (补贴多久到账).

    Nothing at all where the subject model is sure that it is foreign (养狗去哪登记).
    """
    facts = any(ask.startswith("open_fact_") or ask == "validity_now" for ask in query.asks)
    if not facts or "inverse" in query.asks:
        return False
    asked = lexicon.asks()
    taken = {
        index for name in query.asks for hit in asked[name].finditer(query.question) for index in range(*hit.span())
    }
    rest = "".join(letter for index, letter in enumerate(query.question) if index not in taken)
    return len(_own_words(rest)) <= (0 if topic.foreign >= _SURELY_FOREIGN else _LITTLE)
