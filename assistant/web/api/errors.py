"""Faults as JSON: ``{"error": {"code", "message", "hint"}}``, in Chinese, never a traceback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.errors import AssistantError, CorpusError, InputError, ModelError, SearchIndexError, SettingsError
from assistant.logs import get_logger
from assistant.records.database import RecordsError
from assistant.web.api.headers import FAULT_HEADERS

_log = get_logger(__name__)

Code = Literal[
    "invalid_request",
    "invalid_input",
    "state_invalid",
    "not_found",
    "method_not_allowed",
    "unauthorized",
    "forbidden",
    "too_large",
    "rate_limited",
    "unavailable",
    "internal",
]


class ErrorDetail(BaseModel):
    """What went wrong."""

    model_config = ConfigDict(frozen=True)

    code: Code = Field(description="错误代码，供程序判断")
    message: str = Field(description="发生了什么")
    hint: str = Field(description="可以怎么做")


class ErrorBody(BaseModel):
    """The body of every error."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "example": {
                "error": {
                    "code": "invalid_input",
                    "message": "没有看懂“很多钱”是多少钱。",
                    "hint": "请写成 1500万元、1.5亿、800w 或 15000000 这样的金额。",
                }
            }
        },
    )

    error: ErrorDetail


class ApiError(Exception):
    """An error that a handler answers with, as it stands."""

    def __init__(
        self, status: int, code: Code, message: str, hint: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.body = ErrorBody(error=ErrorDetail(code=code, message=message, hint=hint))

    def response(self) -> JSONResponse:
        """The error as a response; never stored by a cache."""
        return JSONResponse(
            self.body.model_dump(),
            status_code=self.status,
            headers={"Cache-Control": "no-store", **(self.headers or {})},
        )


def not_found(message: str = "没有这个地址。", hint: str = "接口说明见 /api/v1/openapi.json。") -> ApiError:
    """What is asked for does not exist."""
    return ApiError(HTTPStatus.NOT_FOUND, "not_found", message, hint)


_UNAVAILABLE = (RecordsError, SearchIndexError, ModelError, CorpusError, SettingsError)
_BY_STATUS: dict[int, tuple[Code, str, str]] = {
    401: ("unauthorized", "需要有效的密钥。", "请在请求头 Authorization 中写 Bearer 加密钥；密钥由管理员发放。"),
    403: ("forbidden", "没有权限。", "请联系管理员。"),
    404: ("not_found", "没有这个地址。", "接口说明见 /api/v1/openapi.json。"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法。", "接口说明见 /api/v1/openapi.json。"),
    413: ("too_large", "请求内容过大。", "请缩短内容后重试。"),
    503: ("unavailable", "服务暂时不可用。", "请稍后再试，或拨打 12345 咨询。"),
}
_FIELD_FAULTS = {
    "missing": "缺少",
    "json_invalid": "不是有效的 JSON",
    "string_too_long": "太长",
    "string_too_short": "不能为空",
    "too_long": "太多",
    "too_short": "太少",
    "extra_forbidden": "没有这个字段",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "literal_error": "不在可选值之内",
    "enum": "不在可选值之内",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "date_from_datetime_parsing": "应为 2025-03-01 这样的日期",
    "date_parsing": "应为 2025-03-01 这样的日期",
    "date_type": "应为 2025-03-01 这样的日期",
}


def of_assistant_error(error: AssistantError) -> ApiError:
    """A typed error of the program as one of the API."""
    if isinstance(error, InputError):
        return ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_input", error.user_message, "请修改后重试。")
    status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, _UNAVAILABLE) else HTTPStatus.INTERNAL_SERVER_ERROR
    code: Code = "unavailable" if status == HTTPStatus.SERVICE_UNAVAILABLE else "internal"
    return ApiError(status, code, error.user_message, "请稍后再试；急需办理请拨打 12345。")


def of_validation(faults: Sequence[Any]) -> ApiError:
    """A request that does not fit its model. Says which fields and why, and repeats nothing of what was sent."""
    parts: list[str] = []
    for fault in faults[:5]:
        place = ".".join(str(part) for part in fault["loc"][1:] if isinstance(part, str | int))
        known = _FIELD_FAULTS.get(fault["type"], "格式不正确")
        parts.append(f"{place}：{known}" if place and fault["type"] != "json_invalid" else f"请求内容{known}")
    return ApiError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid_request",
        "请求内容不符合要求。",
        "；".join(dict.fromkeys(parts)) or "请对照接口说明。",
    )


def add_error_handlers(app: FastAPI) -> None:
    """Every fault below ``app`` becomes a typed error; those nobody foresaw are logged with their traceback."""

    @app.exception_handler(ApiError)
    async def _api(_request: Request, error: Exception) -> JSONResponse:
        return error.response() if isinstance(error, ApiError) else _internal()

    @app.exception_handler(AssistantError)
    async def _foreseen(request: Request, error: Exception) -> JSONResponse:
        if not isinstance(error, AssistantError):
            return _internal()
        answer = of_assistant_error(error)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("request failed", path=request.url.path, fault=type(error).__name__, reason=error.message)
        return answer.response()

    @app.exception_handler(RequestValidationError)
    async def _validation(_request: Request, error: Exception) -> JSONResponse:
        return of_validation(error.errors() if isinstance(error, RequestValidationError) else ()).response()

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: Exception) -> JSONResponse:
        status = error.status_code if isinstance(error, HTTPException) else 500
        code, message, hint = _BY_STATUS.get(status, ("invalid_request", "请求无法处理。", "请对照接口说明检查。"))
        headers = error.headers if isinstance(error, HTTPException) else None
        return ApiError(status, code, message, hint, headers).response()

    @app.exception_handler(Exception)
    async def _unforeseen(request: Request, error: Exception) -> JSONResponse:
        _log.error("unforeseen fault", path=request.url.path, exc_info=error)
        return _internal()


def _internal() -> JSONResponse:
    return ApiError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal",
        "系统暂时无法处理。",
        "请稍后再试，或拨打 12345 咨询。",
        FAULT_HEADERS,
    ).response()
