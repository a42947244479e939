"""Measures that a question names or hints at and does not ask about: beside amounts, in what it tells of the asker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculator.money import Money
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure
from assistant.understanding.denial import likened_to, told_along, yardstick
from assistant.understanding.query import Query
from assistant.understanding.subject.measure_choice import OF_ANYBODY, only_base, takes
from assistant.understanding.subject.names import Subject
from assistant.understanding.sums.shares import counts_a_part, counts_whole
from assistant.understanding.turns import asked_clauses, introduces, stands_in

_WHO = re.compile(r"(我们|我司|咱们?|我)(公司)?(是|这边是)?[^,，。]{0,8}(做|搞|研发|生产|从事|主营|一家)[^,，。]{0,16}")
_TRADE = re.compile(
    r"(做|搞|干|研发|生产|从事|主营|专做)[^,，。;；]{1,16}的[^,，。;；建办租]{0,6}(公司|企业|工?厂|团队|单位)?(?=$|[,，。;；])"
)
_COMPUTE = frozenset({"amount", "rate", "cap", "inverse"})


def beside_amounts(policy: Policy, text: str, found: Sequence[Subject], amounts: Sequence[Money]) -> list[Subject]:
    """Measures only hinted at that an amount follows, beside one that is named (平台一亿二)."""
    strong = [policy.by_id[subject.id] for subject in found if subject.strong]
    # What a matter costs is made up of many things (设备1800万、软件250万): they are no measures of their own.
    if len(amounts) < 2 or not strong or any(counts_whole(m) for m in strong):
        return []
    starts, ends = {money.start for money in amounts}, {money.end for money in amounts}
    parted = min((s.hits[0].start for s in found if s.strong and counts_a_part(policy.by_id[s.id])), default=len(text))
    hinted = [s for s in found if not s.strong and takes(policy, s) and s.hits[0].start < parted]
    hinted = [s for s in hinted if not _in_a_profile(text, s.hits[0].start)]
    if any(_on_loans(policy, s) for s in found if s.strong):  # 利息：苏州银行28万、中行41万: whom it was paid to
        hinted = [s for s in hinted if not _on_loans(policy, s)]
    told = {s.id: [hit for hit in s.hits if {hit.end, hit.end + 1} & starts] for s in hinted}
    # 授权费300万、定制开发80万、服务器150万: an item of a list is no measure of its own.
    marks = "、，," if any(counts_a_part(m) for m in strong) else "、"
    alone = {key for key, hits in told.items() if not all(_in_a_list(text, h.start, ends, marks) for h in hits)}
    return [s for s in hinted if s.id in alone]


def _in_a_list(text: str, start: int, ends: set[int], marks: str) -> bool:
    """Whether what starts there names an item that goes on a list of amounts, with a word before it or none."""
    before = text[:start]
    mark = max(before.rfind(one) for one in marks)
    return mark in ends and start - mark <= _LABEL


_LABEL = 4


def _in_a_profile(text: str, start: int) -> bool:
    """Whether what stands there is a figure that a company introduces itself with (营收3亿，研发费用2600万)."""
    clauses = (*_CLAUSE.split(text[:start])[-2:], *_CLAUSE.split(text[start:])[1:2])
    return any(_PROFILE.search(clause) for clause in clauses)


_CLAUSE = re.compile(r"[,，、;；。]")
_PROFILE = re.compile(r"营收|营业收入|产值|净?利润|员工|职工|注册资[本金]|纳税")


def pruned(
    policy: Policy, named: Sequence[Subject], query: Query, amounts: Sequence[Money], *, both: bool
) -> list[Subject]:
    """Drops what is only mentioned: measures of other articles than the one named, and background measures.

    ``both``: the question is whether several go together, so that none is background.
    """
    kept = _not_in_it(policy, named, query.question)
    if who := _who_asks(query):
        done = {m.id for m in policy.measures if _told_done(m, query)}
        told = [s.id for s in kept if all(who.start() <= hit.start < who.end() for hit in s.hits)]
        kept = [s for s in kept if s.id not in told or s.id in done]
    if query.articles:
        inside = [s for s in kept if policy.by_id[s.id].article in query.articles]
        kept = inside or kept
    kept = [s for s in kept if not _titles_the_asker(policy, s, kept, query.question)]
    kept = _not_likened_to(kept, query.question, sums=bool(amounts))
    kept = [s for s in kept if not _only_its_base(policy, s, kept, query.question)]
    if len(kept) < 2:
        return kept
    lent = [s for s in kept if _on_loans(policy, s) and not all(_LOAN.fullmatch(hit.text) for hit in s.hits)]
    if lent and not _INTEREST_TOO.search(
        query.question
    ):  # 担保公司代偿了科技贷款，能报风险补偿吗: the loan is what the compensation is about
        kept = [s for s in kept if s in lent or not _on_loans(policy, s)]
    if len(amounts) > 1 and any(counts_whole(policy.by_id[s.id]) for s in kept):
        kept = [s for s in kept if not _item_of_costs(s, amounts)] or kept
    if amounts and (parted := [s.id for s in kept if counts_a_part(policy.by_id[s.id])]):
        kept = [s for s in kept if s.id in parted or not only_base(policy, s, parted)]
    asked = asked_clauses(query.question)
    leading = [s for s in kept if takes(policy, s)]
    if leading and not both and (_COMPUTE & query.asks or amounts):
        kept = [s for s in kept if takes(policy, s) or any(stands_in(hit.start, asked) for hit in s.hits)]
    return kept


def only_in_trade(text: str, named: Sequence[Subject]) -> bool:
    """Whether all that is named stands where a trade is told (客户做人工智能质检的，今年刚认定为高新技术企业)."""
    trade = _TRADE.search(text)
    if trade is None or not named:
        return False
    return all(trade.start() <= hit.start < trade.end() for subject in named for hit in subject.hits)


def _who_asks(query: Query) -> re.Match[str] | None:
    """Where the asker says what he does, when he asks what there is for him or asks nothing yet."""
    if "overview" in query.asks:
        return _WHO.search(query.question) or _TRADE.search(query.question)
    return _TRADE.search(query.question) if introduces(query) else None


def _on_loans(policy: Policy, subject: Subject) -> bool:
    base = policy.by_id[subject.id].base
    return base is not None and "贷款" in base.name


_LOAN = re.compile(r".{0,2}贷款?")
_INTEREST_TOO = re.compile(r"[利贴付还]息|各|都|分别|又|也|和|跟|与|、")


def _not_in_it(policy: Policy, named: Sequence[Subject], text: str) -> list[Subject]:
    """Without what only names a part of another measure's matter (示范项目总投资1500万，其中人工智能软件640万)."""
    within = _WITHIN.search(text)
    if not within:
        return list(named)
    wholes = [s.id for s in named if counts_a_part(policy.by_id[s.id]) and s.hits[0].start < within.start()]
    return [
        s
        for s in named
        if s.id in wholes
        or not wholes
        or s.hits[0].start < within.start()
        or not (only_base(policy, s, wholes) or all(_ONE_OF_SEVERAL.search(text[: hit.start]) for hit in s.hits))
    ]


_WITHIN = re.compile(r"其中|里面|里头|当中|包括|包含|(?<=项目)里|(?<=场景)里")
_ONE_OF_SEVERAL = re.compile(r"[^,，。;；、\d]{2,8}[、和及][^,，。;；、\d]{0,2}$")
"""里面软件、算法、算力一共530万: one item of a list that has a sum together."""


def _told_done(measure: Measure, query: Query) -> bool:
    """Whether what makes the measure is told as done (科技部批了我们做国家…平台), not as what somebody works at."""
    own = [c for c in measure.criteria if not c.presumed and c.fact not in OF_ANYBODY | {"software"}]
    return bool(own) and all(query.facts.get(c.fact) in c.met for c in own)


def _titles_the_asker(policy: Policy, subject: Subject, named: Sequence[Subject], text: str) -> bool:
    """Whether a title only says who asks for what is named after it (上市公司能申请首台套吗)."""
    if all(criterion.fact != "title" for criterion in policy.by_id[subject.id].criteria):
        return False
    last = max((hit.end for hit in subject.hits), default=0)
    after = any(hit.start >= last for other in named if other is not subject for hit in other.hits)
    return after and bool(_DOES.match(text, last))


_DOES = re.compile(
    r"(的)?(公司|企业|厂|单位)?[^,，。;；和跟与及、\d]{0,6}?(能(不能)?|可不可以|可以|是否|想|要|有没有资格|有资格|符合)[^,，。;；和跟与及、]{0,4}(申请|申报|报|拿|领|享受|办|建|用|要)"
)


def _not_likened_to(named: Sequence[Subject], text: str, *, sums: bool) -> list[Subject]:
    """Without the measure that another is only likened to (首批次材料跟首台套一样按10%奖吗), or that is told along, or,
    where ``sums`` are told, by which they are to be reckoned."""
    aside = (*likened_to(text), *told_along(text), *(yardstick(text) if sums else ()))
    return [s for s in named if not all(stands_in(hit.start, aside) for hit in s.hits)] or list(named)


def _only_its_base(policy: Policy, subject: Subject, named: Sequence[Subject], text: str) -> bool:
    """Whether of a measure only the name of its base is told, which is that of another one named as well
    (概念验证中心建设总投资)."""
    base = policy.by_id[subject.id].base
    others = [policy.by_id[s.id].base for s in named if s is not subject]
    alike = base and any(other and other.name == base.name for other in others)
    return bool(base and alike) and all(text[hit.start : hit.end] == base.name for hit in subject.hits if base)


def _item_of_costs(subject: Subject, amounts: Sequence[Money]) -> bool:
    """Whether a measure is only named across an amount (软件50万 补贴), as an item of the costs."""
    across = [hit for hit in subject.hits if any(hit.start < m.start and m.end < hit.end for m in amounts)]
    others = [hit for hit in subject.hits if hit not in across]
    return bool(across) and all(hit.end in {money.start for money in amounts} for hit in others)
