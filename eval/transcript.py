"""One conversation across subjects, written to docs/transcript.md as the program gave it.

``python -m eval.transcript`` asks the turns below in one dialogue and writes the answers unedited; ``--dry`` prints
them. Without a language model the same program gives the same file again, so a changed answer shows in the diff.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable
from datetime import date

from assistant.answering.answer import Answer
from assistant.answering.service import Assistant, open_assistant
from assistant.settings import PROJECT_ROOT, load_settings

FILE = PROJECT_ROOT / "docs" / "transcript.md"
AS_OF = date(2025, 3, 1)
TURNS = (
    "你好",
    "我们是昆山一家做工业软件的公司，去年成立的，一区两中心这个政策里我们能享受哪些支持？",
    "首版次软件的奖励怎么算？",
    "去年这款软件卖了860万",
    "我们是苏州市级认定的，还没报江苏省",
    "今年付给苏州算力平台的算力费是420万，能补多少？",
    "说错了，是1420万",
    "区里已经给了我们90万的算力补贴，市里这份还能拿吗？",
    "另外想和医院合建一个概念验证中心，大概投600万",
    "那如果建成科技公共技术服务平台呢",
    "投多少钱能拿满？",
    "我听说平台建设最高能补5000万，对吧？",
    "平台建好以后每年还有钱吗",
    "医疗器械首台套，单价3000万，能奖多少？",
    "无锡的首台套奖励是多少",
    "说回我们自己，今年科技贷款利息付了130万，科技保险花了40万，加起来能补多少？",
    "这个归哪个部门管？",
    "什么时候截止申报？要交哪些材料？",
    "这个政策到什么时候为止？",
    "好的，谢谢",
)
INTRODUCTION = f"""# A conversation

Twenty turns in one dialogue, asked as on {AS_OF.isoformat()}, without a language model. The answers stand here as the
program gave them; nothing is edited. `python -m eval.transcript` writes this file again.
"""


def converse(assistant: Assistant, turns: Iterable[str], as_of: date) -> list[tuple[str, Answer]]:
    """Each turn of one dialogue with its answer."""
    state = None
    said = []
    for turn in turns:
        reply = assistant.ask(turn, as_of=as_of, state=state)
        state = reply.state
        said.append((turn, reply.answer))
    return said


def transcript(said: Iterable[tuple[str, Answer]]) -> str:
    """The conversation as Markdown; choices and follow-ups as the page offers them."""
    parts = [INTRODUCTION]
    for number, (turn, answer) in enumerate(said, 1):
        parts.append(f"## {number}\n\n> {turn}\n\n{answer.text}\n")
        if answer.choices:
            parts.append(f"可选：{' / '.join(answer.choices)}\n")
    return "\n".join(parts)


def main() -> int:
    """Ask, and write or print."""
    parser = argparse.ArgumentParser(prog="python -m eval.transcript", description=__doc__.splitlines()[0])
    parser.add_argument("--dry", action="store_true", help="print only, write no file")
    options = parser.parse_args()
    logging.disable(logging.INFO)
    text = transcript(converse(open_assistant(load_settings()), TURNS, AS_OF))
    if options.dry:
        print(text)
    else:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text, encoding="utf-8")
        print(f"written: {FILE.relative_to(PROJECT_ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
