"""Beliefs confirmed or corrected first, in one sentence each, with the clause."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.answering.compose.beliefs import (
    add_alike,
    add_conditions,
    add_missing_words,
    add_not_for_all,
    add_not_in_full,
    add_not_lent,
    add_recipient,
    add_uplift,
)
from assistant.answering.compose.draft import Draft, article_of, department_names, label_of
from assistant.answering.compose.sums import cap_text, rate_text
from assistant.answering.views import years_view
from assistant.answering.wording import say
from assistant.calculator.eligibility import Verdict, judge
from assistant.calculator.interval import Interval
from assistant.calculator.steps import show
from assistant.policy.document import Article
from assistant.policy.measure import Measure, Per
from assistant.understanding.places.names import find_places
from assistant.understanding.query import Query
from assistant.understanding.sums.amounts import Claim

_ASKED_PERIOD = re.compile(r"(每年|年年|一次性|一次)[^,，。]{0,8}(吗|么|还是|吧|对|不是)|是不是(每年|一次)")
_SHORT = re.compile(r"\(.*?\)|<.*?>")


def add_premises(draft: Draft, query: Query, measures: tuple[Measure, ...]) -> None:
    """Puts the corrections (or confirmations) of the question's beliefs before the conclusion."""
    _articles(draft, query, measures)
    if not measures:
        return
    if not add_alike(draft, query, measures):
        _figures(draft, query, measures)
    _departments(draft, query, measures)
    _sites(draft, query, measures[0])
    add_not_for_all(draft, query, measures)
    add_not_lent(draft, query, measures)
    add_conditions(draft, query, measures[0])
    add_uplift(draft, query, measures)
    if len(measures) == 1 and not draft.corrections:
        add_not_in_full(draft, query, measures[0])
        add_recipient(draft, query, measures[0])
    measure = measures[0]
    if query.premises.base and measure.base and not _same_base(query.premises.base, measure):
        draft.corrections.append(
            say(
                "premise.base_wrong",
                claim=query.premises.base,
                label=label_of(draft.corpus, measure.article),
                base=measure.base.name,
            )
        )


def _figures(draft: Draft, query: Query, measures: tuple[Measure, ...]) -> None:
    """What is believed of sums, rates and how often they are given; a figure that is right in part is not 对."""
    right: list[str] = []
    wrong: list[str] = []
    # 拿一成还是三成: which of them is asked, neither is believed.
    for claim in () if "open_fact_rate_choice" in query.asks else query.premises.claims:
        if sentence := _claim(draft, claim, measures, query):
            (right if sentence.startswith(say("premise.yes")) else wrong).append(sentence)
    period = None
    if query.premises.asserted or _ASKED_PERIOD.search(query.question):
        period = _period(draft, query, _paid_so(measures, query.premises.per), figure_right=bool(right))
    if period and not period.startswith(say("premise.yes")):
        right = []
    right = [*right[:1], *(sentence.removeprefix(say("premise.yes")) for sentence in right[1:])]
    draft.corrections += [*right, *wrong, *([period] if period else [])]


def _sites(draft: Draft, query: Query, measure: Measure) -> None:
    """试验区核心区在昆山吧: where a clause has its last word be (支持苏州工业园区打造…核心区)."""
    believed = {place.name for place in find_places(query.question) if place.level in _BELOW_THE_CITY}
    if len(believed) != 1 or not (query.premises.asserted or "eligibility" in query.asks):
        return
    for clause in (measure.quote, *measure.also):
        stated = {place.name for place in find_places(clause) if place.level in _BELOW_THE_CITY}
        if len(stated) == 1 and clause[-_LAST_WORD:] in query.question:
            label = label_of(draft.corpus, measure.article)
            key = "premise.site_right" if stated == believed else "premise.site_wrong"
            shown = {"claim": believed.pop(), "thing": clause[-_LAST_WORD:], "place": stated.pop(), "label": label}
            draft.corrections.append(say(key, **shown))
            return


_LAST_WORD = 3
_BELOW_THE_CITY = frozenset({"district", "county-city"})


def _articles(draft: Draft, query: Query, measures: tuple[Measure, ...]) -> None:
    for number in query.unknown_articles:
        draft.corrections.append(say("premise.article_unknown", claim=f"第{number}条"))
        draft.derived.append(f"第{number}条")
    homes = {measure.article for measure in measures}
    for number in homes & set(query.articles):
        add_missing_words(draft, query, article_of(draft.corpus, number))
    if measures and query.articles and not homes & set(query.articles) and "附" not in query.articles:
        claim = label_of(draft.corpus, query.articles[0])
        draft.derived.append(claim)
        draft.corrections.append(
            say(
                "premise.article_mismatch",
                short=measures[0].short,
                label=label_of(draft.corpus, measures[0].article),
                claim=claim,
            )
        )


def _claim(draft: Draft, claim: Claim, measures: tuple[Measure, ...], query: Query) -> str | None:
    asserted = query.premises.asserted or "eligibility" in query.asks
    if claim.kind == "rate":
        return _rate(draft, claim, measures, query, asserted=asserted)
    if len([m for m in measures if m.cap]) > 1 and "add_up" in query.asks:
        ceilings = "，".join(f"{m.short}{cap_text(m)}" for m in measures if m.cap)
        return say("premise.caps_apart", ceilings=ceilings)
    measure = next((m for m in measures if m.cap), measures[0])
    shown = {"claim": claim.text, "label": label_of(draft.corpus, measure.article), "short": measure.short}
    if measure.cap is None:
        return say("premise.cap_none" if claim.kind == "cap" else "premise.award_none", **shown)
    if any(m.cap and claim.maximum == m.cap.amount for m in measures):
        if judge(measure, query.facts).verdict is Verdict.INELIGIBLE:
            return None  # the figure is right, what is believed of it is not
        return (
            say("premise.cap_right", cap_text=cap_text(_with_cap(measures, claim.maximum)), label=shown["label"])
            if asserted
            else None
        )
    if claim.kind == "cap":
        return say("premise.cap_wrong", cap_text=cap_text(measure), **shown)
    if measure.cap.per is Per.YEAR and query.years > 1:
        return _over_years(draft, claim, measure, query.years)
    if claim.maximum > measure.cap.amount:
        return say("premise.award_over", cap_text=cap_text(measure), **shown)
    return (
        None
        if query.bases
        else say("premise.award_under", cap_text=cap_text(measure), claim=claim.text, label=shown["label"])
    )


def _over_years(draft: Draft, claim: Claim, measure: Measure, years: int) -> str | None:
    """What several years are believed to bring together, against the ceiling of so many years."""
    assert measure.cap
    most = Interval.exactly(measure.cap.amount * years)
    if claim.maximum <= most.maximum:
        return None
    draft.amounts.append(most)
    draft.derived.append(f"{years}年")
    draft.views.append(
        years_view(measure, years, most, f"{show(Interval.exactly(measure.cap.amount))} × {years} = {show(most)}")
    )
    shown = {"claim": claim.text, "label": label_of(draft.corpus, measure.article), "cap_text": cap_text(measure)}
    return say("premise.award_over_years", years=str(years), most=show(most), **shown)


def _with_cap(measures: tuple[Measure, ...], amount: Decimal) -> Measure:
    return next(measure for measure in measures if measure.cap and measure.cap.amount == amount)


def _rate(draft: Draft, claim: Claim, measures: tuple[Measure, ...], query: Query, *, asserted: bool) -> str | None:
    measure = next((m for m in measures if m.rate), measures[0])
    label = label_of(draft.corpus, measure.article)
    uplifts = {m.uplift.rate for m in measures if m.uplift and (m is measure or "上浮" in query.question)}
    if claim.minimum == claim.maximum and claim.minimum in uplifts:
        return None
    if measure.matching:
        return _share(claim, measure, label)
    if measure.rate is None:
        return say("premise.rate_none", claim=claim.text, label=label, short=measure.short)
    ends = (measure.rate.minimum, measure.rate.maximum)
    if (claim.minimum, claim.maximum) == ends:
        return say("premise.rate_right", label=label, rate=rate_text(measure)) if asserted else None
    if ends[0] != ends[1] and claim.minimum >= ends[0] and claim.maximum <= ends[1] and not asserted:
        return None
    if "inverse" in query.asks and ends[0] <= claim.minimum and claim.maximum <= ends[1]:
        return None  # supposed, not believed: 哪怕只按最低的10%给,要卖到多少
    return say("premise.rate_wrong", claim=claim.text, label=label, short=measure.short, rate=rate_text(measure))


def _share(claim: Claim, measure: Measure, label: str) -> str:
    """A part that city or district is believed to bear (市里和区里各出一半), against the ratio of the clause."""
    assert measure.matching
    ratio = ":".join(map(str, measure.matching))
    shares = {Decimal(part) / sum(measure.matching) for part in measure.matching}
    right = claim.minimum == claim.maximum and claim.minimum in shares
    key = "premise.ratio_right" if right else "premise.ratio_wrong"
    return say(key, claim=claim.text, label=label, ratio=ratio)


def _paid_so(measures: tuple[Measure, ...], per: str | None) -> Measure:
    """Of several measures the one that is given so often (平台补了600万,绩效还能每年拿吗); else the first."""
    return next((m for m in measures if m.cap and m.cap.per is not None and m.cap.per == per), measures[0])


def _period(draft: Draft, query: Query, measure: Measure, *, figure_right: bool) -> str | None:
    claimed = query.premises.per
    if claimed is None or measure.cap is None or query.years > 1:
        return None
    label = label_of(draft.corpus, measure.article)
    actual = measure.cap.per
    if actual is None:
        word = say("period.name_year" if claimed == "year" else "period.name_once")
        key = "premise.cap_not_per" if figure_right else "premise.per_unstated"
        shown = {"label": label, "claim": word, "cap_text": cap_text(measure)}
        return say(key, **shown) if word in query.question else None
    if actual is Per.YEAR:
        return say("premise.per_year_not_once" if claimed == "once" else "premise.per_right_year", label=label)
    return say("premise.per_once_not_year" if claimed == "year" else "premise.per_right_once", label=label)


_IN_CHARGE = re.compile(r"管|负责|牵头|归|找|去|向|部门|责任|受理|审|局(吗|吧|么|对|是)")


def _departments(draft: Draft, query: Query, measures: tuple[Measure, ...]) -> None:
    named = query.premises.departments
    asked = "department" in query.asks or ("eligibility" in query.asks and _IN_CHARGE.search(query.question))
    # What an office outside the policy is said to do may be anything: only who is in charge is set right.
    others = query.premises.others if asked or _IN_CHARGE.search(query.question) else ()
    if not (named or others) or not (asked or query.premises.asserted):
        return
    measure = measures[0]
    label = label_of(draft.corpus, measure.article)
    wrong = [name for name in (*named, *others) if name not in measure.departments]
    if wrong and "department" in query.asks:  # who is responsible is answered in full anyway
        name = _SHORT.sub("", wrong[0]).removeprefix("市")
        among = f"{say('article.department_not_among', label=label, department=name)}。"
        draft.corrections.append(say("premise.not_so", claim=name) if query.premises.asserted else among)
        return
    if wrong:
        shown = {"label": label, "departments": department_names(measure.departments)}
        draft.corrections.append(say("premise.department_wrong", claim=_SHORT.sub("", wrong[0]), **shown))
        return
    rest = [name for name in measure.departments if name not in named]
    key = "premise.department_others" if rest else "premise.department_right"
    draft.corrections.append(say(key, claim=_SHORT.sub("", named[0]), label=label, others=department_names(rest)))


def whether_responsible(draft: Draft, query: Query, article: Article) -> None:
    """第二条责任单位里有财政局吗: whether the department named is among them."""
    if not query.premises.asserted and not _YES_OR_NO.search(query.question):
        return
    named = [name.removeprefix("市") for name in query.premises.departments] or [
        found[1] for found in _A_DEPARTMENT.finditer(query.question)
    ]
    for name in named:
        among = any(name in department for department in article.departments)
        key = "article.department_among" if among else "article.department_not_among"
        draft.corrections.append(f"{say(key, label=article.label, department=name)}。")


_A_DEPARTMENT = re.compile(r"(?:有没有|[有含括是和跟]|包不包括)(?:市里?的?)?([一-龥]{2,6}?(?:局|委))(?!里|的)")
_YES_OR_NO = re.compile(r"[吗么][?？]?$|是不是|有没有|包不包括|在不在|对不对")


def _same_base(claimed: str, measure: Measure) -> bool:
    base = measure.base
    if base is None or any(word in claimed for word in base.not_words):
        return False
    if base.part and _WHOLE.search(claimed):
        return False
    if _ONE_ITEM.match(claimed) and claimed not in base.name:
        return False
    return any(word in claimed or claimed in word for word in (base.name, *base.words) if len(word) > 1)


_ONE_ITEM = re.compile(r"设备|场地|人员|人工")
_WHOLE = re.compile(r"^(整个)?项目的?(总投资|投资|总盘子)额?$|^(总投资|总盘子)额?$")
