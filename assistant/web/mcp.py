"""The assistant as a server of the Model Context Protocol on standard input and output: tools ask, calculate, search.

An extra (``pip install '.[mcp]'``); another program starts it with ``python -m assistant.web.mcp``. Gradio's own door
wants an older pydantic than the rest of this program, so this one stands on the official SDK.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from assistant.answering.service import Assistant, open_assistant
from assistant.errors import AssistantError
from assistant.logs import configure_logging
from assistant.records.database import open_records
from assistant.retrieval.chunking import ChunkKind
from assistant.retrieval.search import Filters
from assistant.settings import load_settings
from assistant.web.api.errors import ApiError
from assistant.web.api.lookups import do_sum, find_article, hit_info
from assistant.web.api.models import QUESTION_LIMIT, CalculateRequest
from assistant.web.api.recorded import STATE_LIMIT, RecordedConsultation

_INSTRUCTIONS = (
    "依据苏州市“一区两中心”政策原文回答问题、测算金额、检索条文。金额单位为元，以字符串表示；"
    "转述时保留“最高”等限定语，不得改动数字，并注明引用的条款。"
)


def build_server(assistant: Assistant, consultation: RecordedConsultation) -> MCPServer:
    """The server with its three tools. Faults that are foreseen reach the caller in Chinese."""
    server = MCPServer(
        "one-zone-two-centres", title="一区两中心政策助手", instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    policy = assistant.corpus.policy

    @server.tool(
        description="回答一个关于本政策的问题，附引用条款、计算步骤和责任单位。连续对话时带回上一次返回的 state。"
    )
    def ask(
        question: Annotated[str, Field(min_length=1, max_length=QUESTION_LIMIT, description="问题")],
        as_of: Annotated[date | None, Field(description="按哪一天回答；不填为今天")] = None,
        state: Annotated[str, Field(max_length=STATE_LIMIT, description="上一次返回的 state")] = "",
    ) -> dict[str, Any]:
        with _in_chinese():
            done = consultation.ask(question, state, session=None, as_of=as_of, channel="mcp")
        return {**done.answer.model_dump(mode="json"), "state": done.state, "reviewed": done.reviewed is not None}

    @server.tool(description="按条文的比例和上限测算一项措施的支持金额，附可核对的步骤。")
    def calculate(
        measure: Annotated[
            str, Field(max_length=64, description="措施编号，如 platform-construction、computing-power")
        ],
        amount: Annotated[str, Field(max_length=100, description="基数金额，如 1500万元、1.5亿、300到500万")],
        uplifted: Annotated[bool, Field(description="是否适用第八条的上浮")] = False,
        years: Annotated[int, Field(ge=1, le=20, description="连续几年，仅用于按年给予的措施")] = 1,
    ) -> dict[str, Any]:
        with _in_chinese():
            request = CalculateRequest(measure=measure, amount=amount, uplifted=uplifted, years=years)
            return do_sum(policy, request).model_dump(mode="json")

    @server.tool(description="在政策条文和相关文件摘编中检索；kind 为 digest 的是摘编，仅供参考。")
    def search(
        query: Annotated[str, Field(min_length=1, max_length=500, description="要找的内容")],
        k: Annotated[int, Field(ge=1, le=50, description="最多几条")] = 8,
        article: Annotated[str | None, Field(max_length=4, description="只在这一条里找：一 … 十、附")] = None,
        kind: Annotated[Literal["policy", "digest"] | None, Field(description="只找本政策或摘编")] = None,
    ) -> dict[str, Any]:
        with _in_chinese():
            articles = frozenset({find_article(policy, article).number} if article else ())
            filters = Filters(articles=articles, kinds=frozenset({ChunkKind(kind)} if kind else ()))
            hits = assistant.search(query, k, filters)
        return {"query": query, "hits": [hit_info(hit).model_dump(mode="json") for hit in hits]}

    return server


@contextmanager
def _in_chinese() -> Iterator[None]:
    try:
        yield
    except AssistantError as error:
        raise ToolError(error.user_message) from error
    except ApiError as error:
        raise ToolError(f"{error.body.error.message}{error.body.error.hint}") from error


def main() -> int:
    """Serve until standard input ends; the exit status says what went wrong, the message why."""
    try:
        settings = load_settings()
        configure_logging(settings.log_level, settings.log_format)
        assistant, records = open_assistant(settings), open_records(settings)
    except AssistantError as error:
        print(error.message, file=sys.stderr)
        return error.exit_status
    try:
        build_server(assistant, RecordedConsultation(assistant, records, settings)).run("stdio")
    finally:
        records.close()
        assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
