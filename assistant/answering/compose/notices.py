"""What stands before an answer: the policy's term where it matters, a dated matter outside it, the language."""

from __future__ import annotations

import re

from assistant.answering.compose.draft import Draft
from assistant.answering.compose.lookups import day, term_on
from assistant.answering.wording import say
from assistant.understanding.query import Query
from assistant.understanding.time.dates import DateMention

_BACKGROUND_DATE = (
    "成立",
    "注册",
    "创办",
    "设立",
    "毕业",
    "入职",
    "营收",
    "利润",
    "创立",
    "落户",
    "上市",
    "证书",
    "高企",
    "取得",
    "授权",
    "融资",
    "租",
    "拿的",
    "到期",
    "失效",
    "届满",
    "作废",
)


def add_notices(draft: Draft, query: Query) -> None:
    """The lines before the answer: its language, whether the policy is in force, a dated matter outside its term."""
    policy = draft.corpus.policy
    period = policy.validity
    shown = {
        "effective": day(period.effective),
        "last_day": day(period.last_day),
        "contact": policy.contact_department,
    }
    if query.language == "en":
        draft.notices.append(say("labels.english"))
    if period.ended(query.as_of):
        draft.notices.append(say("notice.ended", **shown))
    elif query.as_of < period.effective:
        draft.notices.append(say("notice.before", **shown))
    for mention in () if "issuer" in query.asks else query.dates:
        if sentence := _matter(query, mention, draft):
            draft.notices.append(sentence)
            return
    if query.measures and period.in_force(query.as_of) and _asks_if_still(query):
        draft.notices.append(f"{term_on(period, query.as_of)}。")


def _asks_if_still(query: Query) -> bool:
    """Whether a question about a measure asks for its being given still (概念验证中心现在还给补吗)."""
    return "validity_now" in query.asks or ("eligibility" in query.asks and bool(_STILL.search(query.question)))


_STILL = re.compile(
    r"(现在|现如今|目前|眼下|如今|这会儿|当下|当前|[本这下]个?月|月底|年底|月份?|[上下]半年|明年)[^,，。;；]{0,14}"
    r"(还|仍)(是不是|能不能|可不可以|能|可以|会|在|给|有|收|补|奖|办|算|来得及|赶得上|受理|接受)"
)


def _matter(query: Query, mention: DateMention, draft: Draft) -> str | None:
    """A dated matter before or after the period is told so."""
    period = draft.corpus.policy.validity
    near = query.question[max(0, mention.start - 6) : mention.end + 8]
    if any(word in near for word in _BACKGROUND_DATE) and not _BY_THEN.search(query.question[mention.end :]):
        return None
    shown = {"date": mention.text, "effective": day(period.effective), "last_day": day(period.last_day)}
    if mention.last < period.effective and mention.bound != "after":
        return say("notice.matter_before", **shown)
    if mention.first > period.last_day and mention.bound != "before" and mention.first > query.as_of:
        return say("notice.matter_after", **shown)
    inside = mention.first >= period.effective and mention.last <= period.last_day
    return say("notice.matter_inside", **shown) if inside and _COUNTS.search(query.question) else None


_BY_THEN = re.compile(r"到时候?|届时|那时候?|那会儿?|那个时候|还(能|可以|来得及|赶得上|管用|有效|算)|来不来得及")
"""证书七月才下来，到时候还能报吗: the date is when somebody wants to apply, whatever else it is the date of."""
_COUNTS = re.compile(r"算进|算在|(能不能|可以|能|还)算(?=[^力]|$)|算不算|期限|有效期(里|内)|在不在|赶得?上|来得及")
