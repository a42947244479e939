"""Answers made by hand, in the form of the contract: ``hand.answer(…)``."""

from __future__ import annotations

from typing import Any

import pytest

QUOTES = {
    "六": "对新建平台按建设总投资20%给予最高2000万元支持",
    "十": "按实际支付人工智能算力费用20%给予每年最高200万元补贴",
    "附": "本政策自发布之日起实施,有效期为三年",
}


class Hand:
    """Parts of an answer as JSON objects."""

    @staticmethod
    def citation(article: str | None, *, kind: str = "policy", quote: str = "") -> dict[str, Any]:
        quote = quote or QUOTES.get(article or "", "摘编")
        title = "若干政策" if kind == "policy" else "背景材料"
        return {"document": "p", "title": title, "article": article, "quote": quote, "start": 0, "end": 1, "kind": kind}

    @staticmethod
    def calculation(low: str, high: str, *, article: str = "六", **more: Any) -> dict[str, Any]:
        return {
            "measure": "platform-construction",
            "article": article,
            "name": "平台建设",
            "base": {"name": "建设总投资", "minimum": "15000000", "maximum": "15000000"},
            "rate": {"minimum": "0.20", "maximum": "0.20"},
            "cap": {"amount": "20000000", "per": None},
            "minimum": low,
            "maximum": high,
            "capped": False,
            "steps": ["1500万元 × 20% = 300万元"],
            **more,
        }

    @staticmethod
    def verdict(article: str, value: str) -> dict[str, Any]:
        return {"measure": "m", "article": article, "verdict": value, "criteria": []}

    @staticmethod
    def answer(text: str = "可获得支持。", *, articles: tuple[str, ...] = ("六",), **more: Any) -> dict[str, Any]:
        return {
            "id": "a",
            "question": "q",
            "as_of": "2025-03-01",
            "status": "answered",
            "text": text,
            "citations": [Hand.citation(article) for article in articles],
            "validity": {"effective": "2023-05-23", "last_day": "2026-05-23", "in_force": True},
            "crosscheck": {"figures": 0, "unsupported": []},
            **more,
        }


@pytest.fixture
def hand() -> type[Hand]:
    return Hand
