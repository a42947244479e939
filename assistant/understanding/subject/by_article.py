"""What is asked of an article named by its number (前台接待能不能靠第五条得到方便)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.articles import article_topic
from assistant.understanding.query import DialogueState, Query
from assistant.understanding.subject.measure_choice import OF_ANYBODY
from assistant.understanding.subject.names import Subject

_ASKED_OF_ARTICLE = frozenset({"eligibility", "amount", "inverse"})
_ABOUT_ARTICLE = frozenset({"definition", "department", "article", "stated", "rate", "cap", "overview"})

# 入库编号拿到了,能按第三条拿资助吗: whatever it is, what the article says of it is asked.
_BY_ARTICLE = re.compile(
    r"(按照?|依照?|根据|照|享受|适用|符合|套用?|算|属于|够|走|靠|用)(本政策|这份文件|这个政策|你们|市里)?的?第[^,，。;?]{1,3}条"
)


def asks_of_article(query: Query) -> bool:
    """Whether a verdict by an article is asked for (科技型中小企业入库了,在第三条范围里吗)."""
    return bool(query.articles) and ("eligibility" in query.asks or bool(_BY_ARTICLE.search(query.question)))


def asks_who_is_in_charge(query: Query, state: DialogueState) -> bool:
    """第九条挂了哪几家单位, 牵头的是哪几家: of the policy's own departments, and of no company."""
    return "department" in query.asks and bool(query.articles or state.measures)


def of_article(policy: Policy, query: Query, found: Sequence[Subject]) -> tuple[str, ...]:
    """The measures with figures or criteria of the one article that a verdict or a sum is asked of: those that the
    question hints at, or that ask what it tells. Where neither leads to one of several that give no money, the article
    itself."""
    if whose := for_whom(policy, query.articles, query.question):
        return whose
    if len(query.articles) != 1:
        return ()
    whole = policy.of_article(query.articles[0])
    if "counted" in query.asks:  # 总投资里买地的钱算不算,第六条有交代吗
        return _whose_base(whole, query.question, {subject.id for subject in found})
    judged = [m for m in whole if m.criteria or m.computable]
    told = set(query.facts) - OF_ANYBODY
    asking = [m for m in judged if told & {c.fact for c in m.criteria}]
    about = query.asks & _ABOUT_ARTICLE
    # 普通应届生靠第五条能拿到什么钱吗: what is told of oneself asks for a verdict, whatever the article has.
    if not query.asks & _ASKED_OF_ARTICLE or (about and not (about == {"overview"} and asking)):
        return ()
    if not found and article_topic(query.question):  # 第十条讲了租房吗: of its words, and no verdict
        return ()
    hinted = [m for m in judged if m.id in {subject.id for subject in found}]
    if not (hinted or asking) and len(judged) < len(whole) and not any(m.computable for m in judged):
        return ()
    return tuple(m.id for m in hinted or asking or judged)


def for_whom(policy: Policy, articles: Sequence[str], text: str) -> tuple[str, ...]:
    """What one article has for those that a question names (给银行的是哪一项, 企业那两项); else nothing."""
    found = _FOR_WHOM.search(text) if len(articles) == 1 else None
    if found is None:
        return ()
    kind = "bank" if (found["given"] or found["own"] or found["only"]) == "银行" else "company"
    whole = policy.of_article(articles[0])
    criteria = ((m.id, c) for m in whole for c in m.criteria if c.fact == "applicant")
    return tuple(measure for measure, criterion in criteria if kind in criterion.met)


_WHO = "企业|公司|银行"
_FOR_WHOM = re.compile(
    rf"给(?P<given>{_WHO})的(?!比例|钱|额)|只(有|给|补|限|能)(给|补|是)?(?P<only>{_WHO})(?!贷|的?(利息|保险))|(?P<own>{_WHO})(能拿|能享受)?的?(那|这)(一|两|几|些|三)?(项|个|条|样|块|笔)"
)


def _whose_base(measures: Sequence[Measure], text: str, hinted: set[str]) -> tuple[str, ...]:
    """Of ``measures`` those with a base: whose base ``text`` names, else which it hints at, else all."""
    reckoned = [m for m in measures if m.base and m.rate]
    named = [m for m in reckoned if m.base and any(w in text for w in (m.base.name, *m.base.words) if len(w) > 1)]
    return tuple(m.id for m in named or [m for m in reckoned if m.id in hinted] or reckoned)
