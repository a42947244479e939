"""``python -m eval.retrieval``: writes the tables into this folder's README.md, below its marker line."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.retrieval.embedding import load_encoder
from eval.retrieval.run import report

README = Path(__file__).resolve().parent / "README.md"
MARKER = "<!-- below: written by python -m eval.retrieval -->\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--encoder", action="append", default=[], metavar="NAME=FOLDER", help="a further model to compare; repeatable"
    )
    parser.add_argument("--teacher", action="store_true", help="compare the teacher too (extra encoder)")
    options = parser.parse_args()
    encoders = {name: load_encoder(model) for name, model in (entry.split("=", 1) for entry in options.encoder)}
    if options.teacher:
        from eval.retrieval.encoder.teacher import TeacherEncoder

        encoders["teacher, multilingual-e5-small"] = TeacherEncoder()
    tables = report(encoders)
    head = README.read_text(encoding="utf-8").partition(MARKER)[0]
    README.write_text(head + MARKER + "\n" + tables, encoding="utf-8")
    print(tables)


if __name__ == "__main__":
    main()
