"""The public calls: ask, calculate, look up, vote, and the signs of life."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import text

from assistant.answering.service import Assistant
from assistant.errors import AssistantError
from assistant.logs import get_logger
from assistant.records.database import Records
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters
from assistant.web.api.errors import ApiError, ErrorBody, not_found
from assistant.web.api.lookups import article_info, do_sum, find_article, find_measure, hit_info, measure_info
from assistant.web.api.models import (
    ArticleInfo,
    AskRequest,
    AskResponse,
    CalculateRequest,
    CalculateResponse,
    FeedbackRequest,
    FeedbackResponse,
    Health,
    MeasureInfo,
    MeasureList,
    Readiness,
    Reviewed,
    SearchResponse,
)
from assistant.web.api.recorded import RecordedConsultation

_log = get_logger(__name__)

ERRORS: dict[int | str, dict[str, Any]] = {
    code: {"model": ErrorBody, "description": text}
    for code, text in {
        413: "请求内容过大",
        422: "内容不符合要求",
        429: "请求过于频繁，Retry-After 为可重试的秒数",
        503: "服务暂时不可用",
    }.items()
}
_MISSING: dict[int | str, dict[str, Any]] = {404: {"model": ErrorBody, "description": "没有找到"}}


def public_router(
    assistant: Assistant, records: Records, consultation: RecordedConsultation, *, concurrency: int
) -> APIRouter:
    """The calls that anybody may make. At most ``concurrency`` questions are worked on at once; others wait in turn,
    which keeps the answers of each quick."""
    router = APIRouter(responses=ERRORS)
    policy = assistant.corpus.policy
    turn = CapacityLimiter(concurrency)

    @router.post("/ask", summary="提问", tags=["咨询"])
    async def ask(request: AskRequest) -> AskResponse:
        """回答一个问题。每个数字都来自条文、提问者原话或计算步骤，引用逐字可查。"""
        state = request.state or ""
        if not consultation.is_state(state):
            raise ApiError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "state_invalid", "对话状态无效。", "请去掉 state 重新开始对话。"
            )
        call = partial(
            consultation.ask, request.question, state, session=request.session, as_of=request.as_of, channel="api"
        )
        done = await to_thread.run_sync(call, limiter=turn)
        return AskResponse.model_construct(
            **{name: getattr(done.answer, name) for name in type(done.answer).model_fields},
            state=done.state,
            reviewed=Reviewed(at=done.reviewed.approved_at) if done.reviewed else None,
            recorded=done.recorded,
        )

    @router.post("/calculate", summary="测算", tags=["测算"], responses=_MISSING)
    def calculate(request: CalculateRequest) -> CalculateResponse:
        """按条文的比例和上限精确计算，并给出可用计算器核对的步骤。"""
        return do_sum(policy, request)

    @router.get("/measures", summary="全部措施", tags=["条文"])
    def measures(
        article: Annotated[str | None, Query(max_length=4, description="只看这一条：一 … 十 或 1 … 10")] = None,
    ) -> MeasureList:
        """政策中的每一项支持，连同原文、比例、上限、条件和责任单位。"""
        number = find_article(policy, article).number if article else None
        chosen = [measure for measure in policy.measures if number in (None, measure.article)]
        return MeasureList(policy=policy.short_title, measures=tuple(measure_info(measure) for measure in chosen))

    @router.get("/measures/{id}", summary="一项措施", tags=["条文"], responses=_MISSING)
    def measure(id: Annotated[str, Path(max_length=64, description="措施编号")]) -> MeasureInfo:
        """按编号查一项措施。"""
        return measure_info(find_measure(policy, id))

    @router.get("/articles/{n}", summary="一条原文", tags=["条文"], responses=_MISSING)
    def article(n: Annotated[str, Path(max_length=4, description="一 … 十、1 … 10 或 附")]) -> ArticleInfo:
        """逐字原文，切分到句，附责任单位和写在这一条的措施。"""
        return article_info(policy, find_article(policy, n))

    @router.get("/search", summary="检索", tags=["条文"])
    def search(
        q: Annotated[str, Query(min_length=1, max_length=500, description="要找的内容")],
        k: Annotated[int, Query(ge=1, le=50, description="最多几条")] = 8,
        article: Annotated[str | None, Query(max_length=4, description="只在这一条里找")] = None,
        kind: Annotated[Literal["policy", "digest"] | None, Query(description="只找本政策或相关文件摘编")] = None,
    ) -> SearchResponse:
        """在条文和相关文件摘编中检索，最相关的在前。"""
        articles = frozenset({find_article(policy, article).number} if article else ())
        filters = Filters(articles=articles, kinds=frozenset({ChunkKind(kind)} if kind else ()))
        return SearchResponse(query=q, hits=tuple(hit_info(hit) for hit in assistant.search(q, k, filters)))

    @router.post("/feedback", summary="评价", tags=["咨询"], responses=_MISSING)
    def feedback(request: FeedbackRequest) -> FeedbackResponse:
        """评价一条答复；以最后一次为准。"""
        if not consultation.vote(request.answer, up=request.vote == "up", reason=request.reason):
            raise not_found("没有这条答复的记录，评价未保存。", "请检查答复的 id；记录功能关闭时不保存评价。")
        return FeedbackResponse(stored=True)

    add_signs_of_life(router, assistant, records)
    return router


def add_signs_of_life(router: APIRouter, assistant: Assistant, records: Records) -> None:
    """``/health`` (the process lives) and ``/ready`` (index and database answer)."""

    @router.get("/health", summary="存活", tags=["运行"])
    async def health() -> Health:
        """进程在运行。"""
        return Health()

    @router.get("/ready", summary="就绪", tags=["运行"], responses={503: {"model": Readiness, "description": "未就绪"}})
    def ready(response: Response) -> Readiness:
        """检索与记录库均可用时为 ready，否则状态码 503。"""
        index, database = _index_answers(assistant), _database_answers(records)
        if not (index and database):
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return Readiness(status="ready" if index and database else "not_ready", index=index, records=database)


def _index_answers(assistant: Assistant) -> bool:
    try:
        return bool(assistant.search("支持", 1))
    except AssistantError as error:
        _log.error("not ready: index", reason=error.message)
        return False


def _database_answers(records: Records) -> bool:
    try:
        with records.reading() as session:
            session.execute(text("SELECT 1"))
    except AssistantError as error:
        _log.error("not ready: records", reason=error.message)
        return False
    return True
