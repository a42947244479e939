"""Requests and responses of the API, with the descriptions and examples that the OpenAPI document shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.answer import Answer, CalculationView, CapView, Interval
from assistant.records.answers import AnswerFilter, AnswerRecord
from assistant.records.feedback import REASON_LIMIT
from assistant.web.api.recorded import STATE_LIMIT

QUESTION_LIMIT = 3000
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]

Number = Literal["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "附"]


class Strict(BaseModel):
    """A request: unknown fields are refused, so that a misspelt one is not overlooked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Loose(BaseModel):
    """A response."""

    model_config = ConfigDict(frozen=True)


class AskRequest(Strict):
    """A question."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"question": "我们新建一个公共技术服务平台，总投资1500万元，能补多少？", "as_of": "2025-03-01"}
        }
    )

    question: str = Field(min_length=1, max_length=QUESTION_LIMIT, description="问题，中文或英文")
    as_of: Day | None = Field(None, description="按哪一天回答；不填为今天")
    state: str | None = Field(None, max_length=STATE_LIMIT, description="上一次答复返回的 state，原样带回即可连续对话")
    session: str | None = Field(
        None, pattern=r"^[A-Za-z0-9_-]{1,64}$", description="调用方自己的对话编号，只以散列形式保存，可不填"
    )


class Reviewed(Loose):
    """That an answer was approved by an officer."""

    at: datetime = Field(description="审核时间")


class AskResponse(Answer):
    """The answer, and what to send along with the next question."""

    state: str = Field(description="对话状态，下一次提问时原样带回")
    reviewed: Reviewed | None = Field(None, description="人工审核的答复才有；否则为 null")
    recorded: bool = Field(description="是否已存入记录；存入的答复可以评价")


class CalculateRequest(Strict):
    """A sum to be done."""

    model_config = ConfigDict(json_schema_extra={"example": {"measure": "platform-construction", "amount": "1.5亿元"}})

    measure: str = Field(max_length=64, description="措施编号，见 /api/v1/measures")
    amount: str = Field(
        min_length=1, max_length=100, description="基数金额，各种写法均可：1500万元、1.5亿、800w、300到500万"
    )
    uplifted: bool = Field(False, description="是否适用上浮（第八条：属于医疗器械及医药制造范围）")
    years: int = Field(1, ge=1, le=20, description="连续几年；仅用于条文写明“每年”的措施")


class CalculateResponse(Loose):
    """One sum, with the clause that it rests on."""

    calculation: CalculationView
    text: str = Field(description="金额的中文写法")
    base_for_cap: Interval | None = Field(description="达到上限所需的基数（元）；没有比例或没有上限时为 null")
    quote: str = Field(description="所依据的条文原文")
    departments: tuple[str, ...] = Field(description="责任单位")


class CriterionInfo(Loose):
    """One condition of a measure."""

    text: str
    quote: str


class MeasureInfo(Loose):
    """One kind of support in the policy."""

    id: str = Field(description="编号")
    article: str = Field(description="所在条：一 … 十")
    name: str = Field(description="名称")
    kind: Literal["proportional", "capped", "matched", "negotiated", "referred", "in-kind"] = Field(
        description="按比例、只有上限、按比例配套、一事一议、按对应政策、非资金支持"
    )
    statement: str = Field(description="一句话说明")
    quote: str = Field(description="条文原文")
    beneficiary: str = Field(description="支持对象")
    base: str | None = Field(description="计算基数的名称")
    rate: Interval | None = Field(description="比例（小数）")
    cap: CapView | None = Field(description="上限（元）及其计算周期")
    criteria: tuple[CriterionInfo, ...] = Field(description="条文写明的条件")
    open_points: tuple[str, ...] = Field(description="条文没有写明的事项")
    departments: tuple[str, ...] = Field(description="责任单位")
    computable: bool = Field(description="能否用 /api/v1/calculate 测算")


class MeasureList(Loose):
    """All measures of the policy."""

    policy: str = Field(description="政策名称")
    measures: tuple[MeasureInfo, ...]


class ClauseInfo(Loose):
    """One clause with its place in the policy's text."""

    text: str
    start: int
    end: int


class ArticleInfo(Loose):
    """One article, verbatim."""

    number: Number = Field(description="一 … 十，或 附（附则）")
    label: str = Field(description="引用写法：第六条、附则")
    heading: str
    text: str = Field(description="原文")
    start: int = Field(description="在政策全文中的起始字符")
    end: int
    clauses: tuple[ClauseInfo, ...]
    departments: tuple[str, ...]
    measures: tuple[str, ...] = Field(description="写在这一条的措施编号")


class HitInfo(Loose):
    """One passage found."""

    document: str
    title: str
    kind: Literal["policy", "digest"] = Field(description="policy 为本政策，digest 为相关文件摘编（仅供参考）")
    articles: tuple[str, ...]
    heading: str
    text: str
    start: int
    end: int
    score: float = Field(description="0 至 1，约等于它就是所找内容的可能性")
    measures: tuple[str, ...]


class SearchResponse(Loose):
    """Passages found, the best first."""

    query: str
    hits: tuple[HitInfo, ...]


class FeedbackRequest(Strict):
    """A vote on an answer."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"answer": "2cbd51936de1", "vote": "down", "reason": "金额不对"}}
    )

    answer: str = Field(pattern=r"^[A-Za-z0-9-]{1,64}$", description="答复的 id")
    vote: Literal["up", "down"] = Field(description="有用 up，没用 down")
    reason: str = Field("", max_length=REASON_LIMIT, description="说明，可不填")


class FeedbackResponse(Loose):
    """That a vote was stored."""

    stored: bool


class Health(Loose):
    """A sign of life."""

    status: Literal["ok"] = "ok"


class Readiness(Loose):
    """Whether questions can be answered now."""

    status: Literal["ready", "not_ready"]
    index: bool = Field(description="检索可用")
    records: bool = Field(description="记录库可用")


class AnswerQuery(Strict):
    """Filters of the record list, as query parameters."""

    since: Day | None = Field(None, description="起始日期（含）")
    until: Day | None = Field(None, description="截止日期（含）")
    status: Literal["answered", "needs_information", "not_covered"] | None = None
    reason: str | None = Field(None, max_length=64)
    article: Number | None = None
    measure: str | None = Field(None, max_length=64)
    channel: str | None = Field(None, max_length=16)
    vote: Literal["up", "down", "none"] | None = None
    reviewed: bool | None = None
    generated: bool | None = None
    text: str = Field("", max_length=100, description="问题中的字词")

    def to_filter(self) -> AnswerFilter:
        """The same for the records."""
        return AnswerFilter(**self.model_dump())


class AnswerLine(Loose):
    """A stored answer in a list."""

    id: str
    asked_at: datetime
    question: str
    status: str
    reason: str | None
    article: str | None
    measures: tuple[str, ...]
    milliseconds: float
    channel: str
    vote: Literal["up", "down"] | None
    vote_reason: str
    reviewed: bool
    generated: bool

    @classmethod
    def of(cls, record: AnswerRecord) -> AnswerLine:
        return cls(
            **{name: getattr(record, name) for name in cls.model_fields if name != "reviewed"},
            reviewed=record.reviewed is not None,
        )


class AnswerPage(Loose):
    """Some of the stored answers, and how many there are in all."""

    total: int
    answers: tuple[AnswerLine, ...]


class AnswerDetail(Loose):
    """One stored answer with its trace."""

    line: AnswerLine
    answer: dict[str, Any]
    trace: dict[str, Any] | None


class GroupInfo(Loose):
    """Open questions of one kind."""

    id: int
    question: str
    state: str
    assigned_to: str | None
    refused: int
    voted_down: int
    last_at: datetime
    questions: tuple[str, ...]


class GroupPage(Loose):
    """What waits for an officer."""

    total: int
    groups: tuple[GroupInfo, ...]


class DayInfo(Loose):
    """One day's figures."""

    day: date
    answered: int
    needs_information: int
    not_covered: int
    up: int
    down: int
    median: float | None
    slow: float | None


class Statistics(Loose):
    """The overview's figures."""

    days: tuple[DayInfo, ...]
    measures: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
