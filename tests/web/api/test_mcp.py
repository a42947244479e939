"""The MCP server: the same answers, sums and passages, by the official client."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the mcp extra is not installed")

import anyio
from mcp import StdioServerParameters, stdio_client
from mcp.client import Client

from assistant.records.answers import list_answers
from assistant.settings import PROJECT_ROOT
from assistant.web.api.recorded import RecordedConsultation
from assistant.web.mcp import build_server

from .conftest import Site


@pytest.fixture
def call(site: Site, assistant: Any) -> Any:
    server = build_server(assistant, RecordedConsultation(assistant, site.records, site.settings))

    def run(tool: str, **arguments: Any) -> Any:
        async def once() -> Any:
            async with Client(server) as client:
                return await client.call_tool(tool, arguments)

        return anyio.run(once)

    return run


def content(result: Any) -> Any:
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


def test_ask_answers_and_goes_on(site: Site, call: Any) -> None:
    first = content(call("ask", question="新建平台投资1500万元补多少", as_of="2025-03-01"))
    assert first["calculations"][0]["maximum"] == "3000000"
    second = content(call("ask", question="那1800万元呢？", as_of="2025-03-01", state=first["state"]))
    assert second["calculations"][0]["maximum"] == "3600000"
    assert {record.channel for record in list_answers(site.records)[0]} == {"mcp"}


def test_calculate_and_search(call: Any) -> None:
    done = content(call("calculate", measure="computing-power", amount="500万", years=2))
    assert done["calculation"]["maximum"] == "2000000"
    found = content(call("search", query="算力费用补贴", k=2, article="10"))
    assert found["hits"][0]["articles"] == ["十"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("calculate", {"measure": "nothing", "amount": "5万"}, "没有这项措施"),
        ("calculate", {"measure": "computing-power", "amount": "很多"}, "很多"),
        ("search", {"query": "x", "article": "11"}, "没有这一条"),
    ],
)
def test_faults_are_told_in_chinese(call: Any, tool: str, arguments: dict[str, Any], said: str) -> None:
    result = call(tool, **arguments)
    assert result.is_error
    assert said in result.content[0].text
    assert "Traceback" not in result.content[0].text


def test_the_program_speaks_on_standard_input_and_output() -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant.web.mcp"], cwd=str(PROJECT_ROOT), env=dict(os.environ)
    )

    async def names() -> list[str]:
        async with Client(stdio_client(server)) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert anyio.run(names) == ["ask", "calculate", "search"]
