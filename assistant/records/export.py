"""Answers as a CSV file that spreadsheet programs open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from assistant.records.answers import AnswerFilter, AnswerRecord, list_answers
from assistant.records.database import Records

_HEAD = (
    "时间", "问题", "状态", "原因", "答复", "引用条款", "措施", "合计下限(元)", "合计上限(元)", "核对数字",
    "用时(毫秒)", "渠道", "评价", "评价说明", "人工审核", "AI生成", "政策日期", "编号",
)  # fmt: skip
_STATES = {"answered": "已答复", "needs_information": "待补充", "not_covered": "不在范围"}
_VOTES = {"up": "有用", "down": "没用", None: ""}
_PAGE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def answers_csv(records: Records, wanted: AnswerFilter | None = None) -> Iterator[str]:
    """The answers that fit, as lines of CSV with a heading, the latest first; the first piece opens with a BOM, by
    which Excel knows UTF-8. Raises RecordsError."""
    yield "\ufeff" + _line(_HEAD)
    offset = 0
    while True:
        page, _ = list_answers(records, wanted, limit=_PAGE, offset=offset)
        yield from (_line(_cells(record)) for record in page)
        if len(page) < _PAGE:
            return
        offset += _PAGE


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()


def _cells(record: AnswerRecord) -> tuple[object, ...]:
    answer = record.answer
    sums = answer.get("calculations") or []
    total = answer.get("total") or (sums[0] if len(sums) == 1 else {})
    articles = dict.fromkeys(entry.get("article") or "摘编" for entry in answer.get("citations") or [])
    return (
        record.asked_at.strftime("%Y-%m-%d %H:%M:%S"),
        record.question,
        _STATES.get(record.status, record.status),
        record.reason or "",
        answer.get("text", ""),
        "、".join(articles),
        "、".join(record.measures),
        total.get("minimum", ""),
        total.get("maximum", ""),
        (answer.get("crosscheck") or {}).get("figures", ""),
        f"{record.milliseconds:.0f}",
        record.channel,
        _VOTES[record.vote],
        record.vote_reason,
        "是" if record.reviewed else "",
        "是" if record.generated else "",
        record.as_of.isoformat(),
        record.id,
    )
