"""Measures, articles and sums as the API shows them."""

from __future__ import annotations

from decimal import Decimal

from assistant.answering.answer import CapView
from assistant.answering.views import calculation_view, interval_view
from assistant.calculator.calculation import calculate, over_years
from assistant.calculator.interval import Interval
from assistant.calculator.inverse import base_for_cap
from assistant.calculator.money import parse_amount
from assistant.calculator.steps import show
from assistant.errors import InputError
from assistant.policy.document import CLOSING, Article
from assistant.policy.loader import Policy
from assistant.policy.measure import Measure, Per
from assistant.retrieval.search import Hit
from assistant.web.api.errors import not_found
from assistant.web.api.models import (
    ArticleInfo,
    CalculateRequest,
    CalculateResponse,
    ClauseInfo,
    CriterionInfo,
    HitInfo,
    MeasureInfo,
)

_DIGITS = {str(number): numeral for number, numeral in enumerate("一二三四五六七八九十", 1)}


def find_measure(policy: Policy, measure_id: str) -> Measure:
    """A measure by its id. Raises ApiError (not found)."""
    measure = policy.by_id.get(measure_id)
    if measure is None:
        raise not_found("没有这项措施。", "全部措施及编号见 /api/v1/measures。")
    return measure


def find_article(policy: Policy, number: str) -> Article:
    """An article by 一 … 十, 1 … 10, 附 or 附则. Raises ApiError (not found)."""
    name = CLOSING if number in (CLOSING, "附则") else _DIGITS.get(number, number)
    article = policy.document.by_number.get(name)
    if article is None:
        raise not_found("没有这一条。", "本政策有十条和附则，请用 一 至 十、1 至 10 或 附。")
    return article


def do_sum(policy: Policy, request: CalculateRequest) -> CalculateResponse:
    """One sum. Raises ApiError (no such measure), InputError (amount, or nothing that follows from one)."""
    measure = find_measure(policy, request.measure)
    if not measure.computable:
        raise InputError(
            f"{measure.id}: no amount follows from this measure",
            user_message=f"第{measure.article}条没有给“{measure.name}”写可以计算的金额。",
        )
    if request.uplifted and measure.uplift is None:
        raise InputError(
            f"{measure.id}: no uplift", user_message=f"第{measure.article}条没有给“{measure.name}”写上浮。"
        )
    if request.years > 1 and not (measure.cap and measure.cap.per is Per.YEAR):
        raise InputError(
            f"{measure.id}: not by the year",
            user_message=f"第{measure.article}条没有写“{measure.name}”按年给予，不能按多年累加。",
        )
    money = parse_amount(request.amount)
    base = Interval(money.minimum, money.maximum)
    result = over_years(calculate(measure, base, uplifted=request.uplifted), request.years)
    return CalculateResponse(
        calculation=calculation_view(result),
        text=show(result.amount),
        base_for_cap=interval_view(base_for_cap(measure)),
        quote=measure.quote,
        departments=measure.departments,
    )


def measure_info(measure: Measure) -> MeasureInfo:
    """A measure as JSON."""
    rate, cap = measure.rate, measure.cap
    return MeasureInfo(
        id=measure.id,
        article=measure.article,
        name=measure.name,
        kind=measure.kind.value,
        statement=measure.statement,
        quote=measure.quote,
        beneficiary=measure.beneficiary,
        base=measure.base.name if measure.base else None,
        rate=interval_view(Interval(rate.minimum, rate.maximum)) if rate else None,
        cap=CapView(amount=_plain(cap.amount), per=cap.per) if cap else None,
        criteria=tuple(CriterionInfo(text=criterion.text, quote=criterion.quote) for criterion in measure.criteria),
        open_points=measure.open_points,
        departments=measure.departments,
        computable=measure.computable,
    )


def article_info(policy: Policy, article: Article) -> ArticleInfo:
    """An article as JSON."""
    return ArticleInfo.model_validate(
        {
            "number": article.number,
            "label": article.label,
            "heading": article.heading,
            "text": article.text,
            "start": article.start,
            "end": article.end,
            "clauses": [ClauseInfo(text=clause.text, start=clause.start, end=clause.end) for clause in article.clauses],
            "departments": article.departments,
            "measures": [measure.id for measure in policy.of_article(article.number)],
        }
    )


def hit_info(hit: Hit) -> HitInfo:
    """A passage found as JSON."""
    chunk = hit.chunk
    return HitInfo(
        document=chunk.document,
        title=chunk.title,
        kind=chunk.kind.value,
        articles=chunk.articles,
        heading=chunk.heading,
        text=chunk.text,
        start=chunk.start,
        end=chunk.end,
        score=hit.score,
        measures=chunk.measures,
    )


def _plain(value: Decimal) -> str:
    return f"{value:f}"
