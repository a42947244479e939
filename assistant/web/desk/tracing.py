"""The pipeline's trace of one answer: what was understood, retrieved, calculated and checked, and how long it took."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from assistant.calculator.formatting import format_range
from assistant.policy.loader import Corpus
from assistant.retrieval.chunking import Chunk, chunks_of
from assistant.web.desk.wording import say, table, word
from assistant.web.view.figures import article as article_label
from assistant.web.view.html import Content, tag
from assistant.web.wording import table as site_table

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def trace_view(trace: Mapping[str, Any] | None, corpus: Corpus) -> Markup:
    """The trace step by step; a trace of another version shows what it has, and always the whole of it as JSON."""
    if not trace:
        return tag(
            "section", tag("h2", say("trace.title")), tag("p", say("trace.none"), class_="quiet"), class_="panel"
        )
    spent = _mapping(trace.get("milliseconds"))
    steps = {
        "understood": _understood(_mapping(trace.get("understood")), corpus),
        "retrieved": _retrieved(_list(trace.get("retrieved")), corpus),
        "calculated": _lines(_list(trace.get("calculated"))),
        "checked": _checked(_mapping(trace.get("checked"))),
    }
    names = table("trace.spent")
    items = [
        tag("li", tag("h3", say(f"trace.{name}"), _time(spent.get(names[name]))), content, class_="step")
        for name, content in steps.items()
    ]
    whole = json.dumps(trace, ensure_ascii=False, indent=2)
    return tag(
        "section",
        tag("h2", say("trace.title")),
        tag("ol", items, class_="steps-of-trace"),
        tag("details", tag("summary", say("trace.whole")), tag("pre", whole, class_="json", tabindex=0), class_="fold"),
        class_="panel trace",
    )


def _time(milliseconds: object) -> Markup | None:
    if not isinstance(milliseconds, int | float):
        return None
    return tag("span", say("trace.milliseconds", count=f"{milliseconds:.1f}"), class_="quiet")


def _understood(found: Mapping[str, Any], corpus: Corpus) -> Markup:
    rows = list(_understood_rows(found, corpus))
    if not rows:
        return tag("p", say("trace.nothing"), class_="quiet")
    return tag("dl", [tag("div", tag("dt", label), tag("dd", text)) for label, text in rows], class_="rows")


def _understood_rows(found: Mapping[str, Any], corpus: Corpus) -> Iterator[tuple[str, Content]]:
    for name, label in table("trace.parts").items():
        value = found.get(name)
        if value in (None, "", [], {}, False):
            continue
        yield str(label), _told(name, value, corpus)


def _told(name: str, value: Any, corpus: Corpus) -> str:
    """One part in words, as far as it is known; anything else as JSON."""
    policy = corpus.policy
    if name == "measures":
        return "、".join(_measure_name(str(item), corpus) for item in _list(value))
    if name == "rules":
        return "、".join(
            policy.rule_by_id[str(item)].name if str(item) in policy.rule_by_id else str(item) for item in _list(value)
        )
    if name == "articles":
        return "、".join(article_label(str(item)) for item in _list(value))
    if name == "asks":
        return "、".join(word("trace.asks", str(item)) for item in _list(value))
    if name == "scope":
        scope = _mapping(value)
        return " · ".join(
            filter(None, (word("reasons", str(scope.get("reason") or "")), str(scope.get("detail") or "")))
        )
    if name == "bases":
        return "；".join(
            f"{_measure_name(str(measure), corpus)} {'、'.join(_amount(item) for item in _list(amounts))}"
            for measure, amounts in _mapping(value).items()
        )
    if name == "facts":
        return "；".join(_fact(str(fact), str(said)) for fact, said in _mapping(value).items())
    if name == "corrections":
        return "、".join(" → ".join(map(str, _list(pair))) for pair in _list(value))
    if value is True:
        return say("trace.holds")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _measure_name(measure: str, corpus: Corpus) -> str:
    found = corpus.policy.by_id.get(measure)
    return found.short if found else measure


def _amount(value: Any) -> str:
    """Two ends of an amount in yuan, as the trace keeps them."""
    ends = [str(end) for end in _list(value)]
    if len(ends) != 2 or not all(_NUMBER.fullmatch(end) for end in ends):
        return str(value)
    return format_range(Decimal(ends[0]), Decimal(ends[1]))


def _fact(fact: str, said: str) -> str:
    known = site_table("facts").get(fact)
    return str(known.get(said, said)) if isinstance(known, dict) else f"{fact} {said}"


def _retrieved(found: Sequence[Any], corpus: Corpus) -> Markup:
    if not found:
        return tag("p", say("trace.not_searched"), class_="quiet")
    known: dict[str, Chunk] = {chunk.id: chunk for chunk in chunks_of(corpus)}
    items = []
    for hit in map(_mapping, found):
        chunk = known.get(str(hit.get("id")))
        where = (
            chunk.title
            if chunk and chunk.kind == "digest"
            else "、".join(map(article_label, chunk.articles))
            if chunk
            else ""
        )
        score = hit.get("score")
        items.append(
            tag(
                "li",
                tag("span", f"{score:.0%}" if isinstance(score, int | float) else "", class_="figure"),
                tag("span", tag("b", where or str(hit.get("id"))), " ", chunk.text[:80] if chunk else ""),
            )
        )
    return tag("ol", items, class_="retrieved")


def _lines(found: Sequence[Any]) -> Markup:
    if not found:
        return tag("p", say("trace.not_calculated"), class_="quiet")
    return tag("ul", [tag("li", str(line)) for line in found], class_="remarks")


def _checked(found: Mapping[str, Any]) -> Markup:
    faults = _list(found.get("unsupported"))
    told = say("trace.passed", count=found.get("figures", 0)) if not faults else say("trace.failed")
    return tag("div", tag("p", told), _lines(faults) if faults else None, class_="fault-list" if faults else None)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
