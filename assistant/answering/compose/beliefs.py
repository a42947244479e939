"""Beliefs that go over a single figure: several measures taken for the same, a support for all, for a loan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.compose.draft import Draft, article_of, label_of
from assistant.answering.compose.sums import cap_text, rate_text
from assistant.answering.wording import say
from assistant.calculator.eligibility import State, judge
from assistant.policy.document import Article
from assistant.policy.measure import Kind, Measure, Per
from assistant.understanding.query import Query
from assistant.understanding.sums.amounts import Claim

_SEVERAL = 2


def add_alike(draft: Draft, query: Query, measures: Sequence[Measure]) -> bool:
    """Sets right that several measures are the same in a figure (跟平台一样都是2000万吧); whether it was said."""
    premises = query.premises
    if len(measures) < _SEVERAL or not premises.alike or "no-duplication" in query.rules:
        return False
    believed = [claim for claim in premises.claims if claim.kind in ("cap", "award", "rate")]
    if len({(claim.minimum, claim.maximum) for claim in believed}) == 1:
        claim = believed[0]
        return _only_some(draft, claim.text, [m for m in measures if _has(m, claim)], measures)
    if believed:
        return False
    if premises.per:
        per = Per.YEAR if premises.per == "year" else Per.ONCE
        named = say("period.name_year" if per is Per.YEAR else "period.name_once")
        return _only_some(draft, named, [m for m in measures if m.cap and m.cap.per is per], measures)
    return _same_or_not(draft, query, measures) or _not_its_own(draft, query, measures)


def _has(measure: Measure, claim: Claim) -> bool:
    if claim.kind == "rate":
        rate = measure.rate
        return rate is not None and (rate.minimum, rate.maximum) == (claim.minimum, claim.maximum)
    return measure.cap is not None and measure.cap.amount == claim.maximum


def _only_some(draft: Draft, claim: str, having: Sequence[Measure], measures: Sequence[Measure]) -> bool:
    if not having or len(having) == len(measures):
        return False
    draft.corrections.append(say("premise.alike_not", claim=claim, shorts="、".join(m.short for m in having)))
    return True


def _not_its_own(draft: Draft, query: Query, measures: Sequence[Measure]) -> bool:
    """概念验证中心也有绩效补助吧: what the clause writes for another."""
    if len(measures) != _SEVERAL or not query.premises.asserted or not _HAS_TOO.search(query.question):
        return False
    thing, other = measures
    if thing.award == other.award or other.award not in query.question:
        return False
    label = label_of(draft.corpus, other.article)
    shown = {"award": other.award, "beneficiary": other.beneficiary, "short": thing.short}
    draft.corrections.append(say("premise.not_its_own", label=label, **shown))
    return True


_HAS_TOO = re.compile(r"(也|同样|照样|一样)(都|能|可以|会|是)*(有|拿|享受|给|领|补|奖)")


def _same_or_not(draft: Draft, query: Query, measures: Sequence[Measure]) -> bool:
    """比例是一样的吧: the rate or the ceiling, whichever is asked about."""
    if not query.premises.asserted or "一样" not in query.question:
        return False
    if "rate" in query.asks:
        figures = {rate_text(m) if m.rate else "" for m in measures}
    elif "cap" in query.asks:
        figures = {cap_text(m) if m.cap else "" for m in measures}
    elif "department" in query.asks:
        figures = {"、".join(m.departments) for m in measures}
    else:
        return False
    draft.corrections.append(say("premise.alike_same" if len(figures) == 1 else "premise.alike_differ"))
    return True


def add_not_for_all(draft: Draft, query: Query, measures: Sequence[Measure]) -> None:
    """凡是软件企业都能拿2000万吧: the conditions of the clause that are not told to be met; a right figure is no 对."""
    if not (query.premises.everyone and query.premises.asserted) or "no-duplication" in query.rules:
        return
    for measure in measures:
        findings = judge(measure, query.facts).findings
        stated = [f for f in findings if not f.criterion.presumed and f.criterion.fact != "applicant"]
        open_ones = [f.criterion.text for f in stated if f.state is not State.MET]
        if measure.kind is Kind.NEGOTIATED and not findings:
            open_ones = [measure.beneficiary]
        if open_ones:
            label = label_of(draft.corpus, measure.article)
            sentence = say("premise.not_everyone", label=label, criteria="；".join(open_ones))
            wrong = [said for said in draft.corrections if not said.startswith(say("premise.yes"))]
            draft.corrections[:] = [sentence, *wrong]
            return


def add_not_lent(draft: Draft, query: Query, measures: Sequence[Measure]) -> None:
    """基金就是借钱给企业吧: nothing in the policy is lent; of a bank's loan (贷款利息) that is not said."""
    if query.premises.lent and query.premises.asserted and "贷款" not in measures[0].quote:
        draft.corrections.append(say("premise.not_lent"))


def add_not_in_full(draft: Draft, query: Query, measure: Measure) -> None:
    """利息是全额补的吧, 市里全出对吧: the share or the ceiling that the clause writes."""
    found = _IN_FULL.search(query.question)
    if found is None or not query.premises.asserted:
        return
    shown = {"claim": found.group(), "label": label_of(draft.corpus, measure.article), "short": measure.short}
    if measure.matching:
        draft.corrections.append(say("premise.not_so", claim=found.group()))
    elif measure.rate:
        draft.corrections.append(say("premise.rate_wrong", rate=rate_text(measure), **shown))
    elif measure.cap:
        draft.corrections.append(say("premise.cap_wrong", cap_text=cap_text(measure), **shown))


_IN_FULL = re.compile(r"全额|全包|全补|全部(?=补|报销|由|出|承担)|(市里?|区里?|政府|财政)(一家)?全(出|给|掏|包)")


def add_recipient(draft: Draft, query: Query, measure: Measure) -> None:
    """风险补偿是给企业的吧: who the clause gives to, where it says so."""
    found = _GIVEN_TO.search(query.question)
    criterion = next((c for c in measure.criteria if c.fact == "applicant"), None)
    if found is None or criterion is None or not query.premises.asserted:
        return
    value = _RECIPIENTS[found["who"]]
    if value in criterion.unmet:
        draft.corrections.append(say("premise.not_so", claim=f"给{found['who']}的"))
    elif value in criterion.met:
        draft.corrections.append(say("premise.yes"))


_GIVEN_TO = re.compile(
    r"(?:是|都|只|补|发|拨)?给(?P<who>企业|公司|银行|个人|高校|大学|医院)的?(?=吧|对|是吧|没错|吗|[,，])"
)
_RECIPIENTS = {
    "企业": "company",
    "公司": "company",
    "银行": "bank",
    "个人": "individual",
    "高校": "university",
    "大学": "university",
    "医院": "hospital",
}


def add_missing_words(draft: Draft, query: Query, article: Article) -> None:
    """第七条是讲人才公寓的吧: what an article is taken to be about, where not even its words stand there."""
    text = "".join((article.heading, *(clause.text for clause in article.clauses)))
    said = _ANY_SUPPORT.sub("", query.premises.about or "")
    if len(said) > 1 and not any(said[i : i + 2] in text for i in range(len(said) - 1)):
        draft.derived.append(said)
        draft.corrections.append(say("premise.article_without", label=article.label, claim=said))


_STRICT = re.compile(r"必须|非得|非要|一定要|只有|不到[^,，。]{0,8}(就|便)没|要[^,，。]{2,10}才(?=[行能可给算有])")


def add_conditions(draft: Draft, query: Query, measure: Measure) -> None:
    """首台套不到省级就没份吧: all the conditions that the clause has, where one is taken for necessary."""
    criteria = "；".join(dict.fromkeys(c.text for c in measure.criteria if not c.presumed))
    if query.premises.asserted and criteria and _STRICT.search(query.question):
        label = label_of(draft.corpus, measure.article)
        draft.corrections.append(say("premise.conditions_only", label=label, short=measure.short, criteria=criteria))
    elif not criteria:
        add_not_required(draft, query, article_of(draft.corpus, measure.article))


def add_not_required(draft: Draft, query: Query, article: Article) -> None:
    """人才要全职才行吧: what is taken for necessary and stands nowhere in the article."""
    found = _REQUIRED.search(query.question) if query.premises.asserted else None
    if found is None:
        return
    what = next(part for part in found.groups() if part)
    text = "".join(clause.text for clause in article.clauses)
    pairs = [what[i : i + 2] for i in range(len(what) - 1)]
    if sum(pair in text for pair in pairs) * 2 < len(pairs):
        draft.derived.append(what)
        draft.corrections.append(say("premise.not_required", label=article.label, claim=what))


_REQUIRED = re.compile(
    r"(?:必须|非得|非要|一定要|只能)(?:是|得)?([^,，。;；、?？吧吗]{2,12})|要([^,，。;；、]{2,10}?)才(?=[行能可给算有])"
)

_ANY_SUPPORT = re.compile(r"(补贴|补助|奖励|支持|资助|项目|企业|资金|问题)的?$")


def add_uplift(draft: Draft, query: Query, measures: tuple[Measure, ...]) -> None:
    """The uplift is for its own field; another one is told so."""
    measure = next((m for m in measures if m.uplift), None)
    if measure is None or measure.uplift is None:
        return
    value = query.facts.get(measure.uplift.fact)
    if (
        value == measure.uplift.value
        and measure is measures[0]
        and _GETS_MORE.search(query.question)
        and not query.bases
    ):
        label = label_of(draft.corpus, measure.article)
        draft.corrections.append(say("premise.uplift_right", label=label, uplift=measure.uplift.quote))
        return
    if "上浮" not in query.question:
        return
    if measures[0] is not measure:  # 首版次软件也上浮两成吧: another measure's
        if not (query.premises.asserted or "eligibility" in query.asks):
            return
        shown = {"uplift": measure.uplift.quote, "short": measure.short, "other": measures[0].short}
        draft.corrections.append(say("premise.uplift_not_its", label=label_of(draft.corpus, measure.article), **shown))
        return
    if value == measure.uplift.value:
        return
    beside = [m for m in draft.corpus.policy.of_article(measure.article) if m is not measure]
    kinds = {part[-2:] for m in beside for part in m.short.split("、")}  # 上浮20%软件也有吧
    if value is not None or any(kind in query.question for kind in kinds):
        label = label_of(draft.corpus, measure.article)
        draft.corrections.append(say("premise.uplift_other", label=label, uplift=measure.uplift.quote))


# 看病用的设备是不是奖得比别的高: asked of the field, not of a figure.
_GETS_MORE = re.compile(
    r"^(?=.*(吗|么|不|没|是不是|会不会|有没有|吧)).*(比(别的|其他|其它|一般|普通)[^,，。;]{0,10}(高|多|厚)|更(高|多)|(高|多)(一(截|些|点|头)|些|点)|加成|优待|另加|额外加|多奖|多给)"
)
