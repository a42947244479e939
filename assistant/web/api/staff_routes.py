"""Calls for the staff's own programs, with a key: records, their export, open questions, figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from assistant.errors import InputError
from assistant.records import answers, api_keys, review, statistics
from assistant.records.api_keys import ApiKey
from assistant.records.database import Records
from assistant.web.api.desk import csv_response
from assistant.web.api.errors import ApiError, ErrorBody, not_found
from assistant.web.api.models import (
    AnswerDetail,
    AnswerLine,
    AnswerPage,
    AnswerQuery,
    DayInfo,
    GroupInfo,
    GroupPage,
    Statistics,
)

_LONGEST = timedelta(days=400)
_RESPONSES: dict[int | str, dict[str, Any]] = {401: {"model": ErrorBody, "description": "缺少有效密钥"}}


class AnswerListQuery(AnswerQuery):
    """Filters and page of the record list."""

    limit: int = Query(50, ge=1, le=500, description="每页条数")
    offset: int = Query(0, ge=0, le=10_000_000, description="跳过条数")


def staff_router(records: Records) -> APIRouter:
    """The calls under /staff; each needs ``Authorization: Bearer <key>``."""

    def key_of(request: Request) -> ApiKey:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        key = api_keys.verify(records, given.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise ApiError(
                401,
                "unauthorized",
                "需要有效的密钥。",
                "请在请求头 Authorization 中写 Bearer 加密钥；密钥由管理员发放。",
                {"WWW-Authenticate": "Bearer"},
            )
        return key

    router = APIRouter(prefix="/staff", tags=["工作人员"], dependencies=[Depends(key_of)], responses=_RESPONSES)

    @router.get("/answers", summary="问答记录")
    def list_answers(wanted: Annotated[AnswerListQuery, Query()]) -> AnswerPage:
        """按条件列出问答记录，最近的在前。"""
        query = AnswerQuery(**wanted.model_dump(exclude={"limit", "offset"}))
        found, total = answers.list_answers(records, query.to_filter(), limit=wanted.limit, offset=wanted.offset)
        return AnswerPage(total=total, answers=tuple(AnswerLine.of(record) for record in found))

    @router.get("/answers.csv", summary="导出问答记录", response_class=Response)
    def export(wanted: Annotated[AnswerQuery, Query()]) -> Response:
        """按条件导出 CSV。"""
        return csv_response(records, wanted.to_filter())

    @router.get("/answers/{id}", summary="一条问答记录")
    def get_answer(id: Annotated[str, Path(max_length=64)]) -> AnswerDetail:
        """一条记录，连同完整答复和处理过程。"""
        record = answers.get_answer(records, id)
        if record is None:
            raise not_found("没有这条记录。", "请检查 id；超过保存期限的记录已删除。")
        return AnswerDetail(line=AnswerLine.of(record), answer=record.answer, trace=record.trace)

    @router.get("/review", summary="待办")
    def groups(
        limit: Annotated[int, Query(ge=1, le=200)] = 50, offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0
    ) -> GroupPage:
        """未能答复或被评为没用的问题，按相似归组。"""
        found, total = review.list_groups(records, limit=limit, offset=offset)
        names = list(GroupInfo.model_fields)
        return GroupPage(
            total=total, groups=tuple(GroupInfo(**{name: getattr(group, name) for name in names}) for group in found)
        )

    @router.get("/statistics", summary="概况")
    def figures(since: date, until: date) -> Statistics:
        """逐日问答量、结果、评价和用时，以及问得最多的措施和未能答复的原因。"""
        if not timedelta(0) <= until - since <= _LONGEST:
            raise InputError(
                "since … until is no span of up to 400 days", user_message="起止日期须先后有序，且不超过 400 天。"
            )
        days = statistics.days(records, since, until)
        return Statistics(
            days=tuple(DayInfo(**{name: getattr(day, name) for name in DayInfo.model_fields}) for day in days),
            measures=statistics.top_measures(records, since, until),
            reasons=statistics.top_reasons(records, since, until),
        )

    return router
