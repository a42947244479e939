"""The command line: ask, calculate, search, measures, check, index, serve. Heavy imports stay inside their commands."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from assistant.errors import AssistantError, InputError
from assistant.records.commands import app as records_app

if TYPE_CHECKING:
    from assistant.answering.service import Assistant
    from assistant.policy.loader import Corpus
    from assistant.settings import Settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Answers questions about Suzhou's one-zone-two-centres policy, with cited clauses and exact sums.",
)


def main() -> NoReturn:
    """Runs the command line; a foreseen fault is one line on stderr and its exit status, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Chinese goes out whatever the locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except AssistantError as error:
        print(f"error: {error.message}", file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        sys.exit(0)
    sys.exit(0)


def _settings(**given: Any) -> Settings:
    from assistant.logs import configure_logging
    from assistant.settings import load_settings

    settings = load_settings(**{key: value for key, value in given.items() if value is not None})
    configure_logging(settings.log_level)
    return settings


def _corpus() -> Corpus:
    from assistant.policy.loader import load_corpus

    settings = _settings()
    return load_corpus(settings.corpus_dir, settings.policy_id)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(f"{text!r} is not a day; write it as 2025-03-01")


def _readable(text: str) -> str:
    """``text`` without halves of characters, which no encoder and no JSON can carry (bytes that are not UTF-8)."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


app.add_typer(records_app, name="records")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    as_of: Annotated[str | None, typer.Option(help="The day the question is asked on (default: today).")] = None,
    batch: Annotated[bool, typer.Option(help="JSON lines {id, as_of, turns} on stdin, {id, answers} out.")] = False,
) -> None:
    """Answer one question, or a batch of dialogues."""
    day = _day(as_of)
    if batch:
        _batch(day)
        return
    if question is None:
        raise InputError("no question; write it as an argument, or use --batch")
    from assistant.answering.service import open_assistant

    answer = open_assistant(_settings()).ask(_readable(question), as_of=day).answer
    print(answer.model_dump_json(indent=2) if as_json else answer.text)


def _batch(day: date | None) -> None:
    lines: Iterable[bytes | str] = sys.stdin.buffer if isinstance(sys.stdin, io.TextIOWrapper) else sys.stdin
    dialogues = list(_dialogues(lines, day))  # all of them, so that a broken line is told before any answer
    from assistant.answering.service import open_assistant

    assistant = open_assistant(_settings())
    for name, asked, turns in dialogues:
        print(json.dumps({"id": name, "answers": _answers(assistant, asked, turns)}, ensure_ascii=False))


def _dialogues(lines: Iterable[bytes | str], day: date | None) -> Iterator[tuple[object, date | None, list[str]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line if isinstance(line, str) else line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise InputError(f"line {number}: not UTF-8 (byte {error.start}); write the lines in UTF-8") from error
        except json.JSONDecodeError as error:
            raise InputError(f"line {number}: not JSON ({error.msg}); write one object a line") from error
        turns = item.get("turns") if isinstance(item, dict) else None
        if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
            raise InputError(f'line {number}: "turns" must be a list of questions')
        asked = item.get("as_of")
        if asked is not None and not isinstance(asked, str):
            raise InputError(f'line {number}: "as_of" must be a day such as "2025-03-01"')
        try:
            then = _day(asked) or day
        except InputError as error:
            raise InputError(f'line {number}: "as_of": {error.message}') from error
        yield item.get("id"), then, [_readable(turn) for turn in turns]


def _answers(assistant: Assistant, asked: date | None, turns: list[str]) -> list[dict[str, Any]]:
    state = None
    answers = []
    for turn in turns:
        reply = assistant.ask(turn, as_of=asked, state=state)
        state = reply.state
        answers.append(reply.answer.model_dump(mode="json"))
    return answers


# An amount may begin with a minus sign: it is no option, and is answered as what it is.
@app.command(context_settings={"ignore_unknown_options": True})
def calculate(
    measure: Annotated[str, typer.Argument(help="A measure's id (see `measures`).")],
    amount: Annotated[str, typer.Argument(help="The base: 1.5亿, 2500万元, 300到500万 …")],
    uplift: Annotated[bool, typer.Option(help="The measure's uplift applies (medical devices in article 八).")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the calculation as JSON.")] = False,
) -> None:
    """Do one sum, with steps."""
    from assistant.calculator.calculation import calculate as compute
    from assistant.calculator.interval import Interval
    from assistant.calculator.money import parse_amount
    from assistant.calculator.steps import show

    policy = _corpus().policy
    found = policy.by_id.get(measure)
    if found is None:
        raise InputError(f"no measure {measure!r}; `assistant measures` lists them")
    if not found.computable:
        raise InputError(f"{measure}: no amount follows from this measure (article {found.article} states none)")
    if uplift and found.uplift is None:
        raise InputError(f"{measure}: --uplift: the policy states no uplift for this measure")
    money = parse_amount(amount)
    result = compute(found, Interval(money.minimum, money.maximum), uplifted=uplift)
    if as_json:
        from assistant.answering.views import calculation_view

        print(calculation_view(result).model_dump_json(indent=2))
        return
    print(f"{found.name}（第{found.article}条）：{show(result.amount)}")
    for line in (*result.steps, *(f"{r.name}：{show(r.amount)}" for r in result.readings), *result.caveats):
        print(f"  {line}")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option(min=1, max=50, help="How many passages.")] = 5,
    article: Annotated[str | None, typer.Option(help="Only this article (一 … 十, 附).")] = None,
    kind: Annotated[str | None, typer.Option(help="Only policy or digest.")] = None,
) -> None:
    """Search clauses and digests; the score says how probably a passage is what was meant."""
    from assistant.answering.service import open_assistant
    from assistant.retrieval.chunking import ChunkKind
    from assistant.retrieval.search import Filters

    if not query.strip():
        raise InputError("nothing to search for; write what to look for as an argument")
    if kind not in (None, "policy", "digest"):
        raise InputError(f"--kind {kind!r} is neither policy nor digest")
    filters = Filters(
        articles=frozenset({article} if article else ()), kinds=frozenset({ChunkKind(kind)} if kind else ())
    )
    assistant = open_assistant(_settings())
    numbers = assistant.corpus.policy.document.by_number
    if article is not None and article not in numbers:
        raise InputError(f"--article {article!r}: the policy has {'、'.join(numbers)}; choose one")
    hits = assistant.search(_readable(query), k, filters)
    for hit in hits:
        where = "、".join(f"第{number}条" if number != "附" else "附则" for number in hit.chunk.articles)
        print(f"{hit.score:4.0%}  {where or '—'}  {hit.chunk.title[:24]}  {hit.chunk.text[:80]}")
    if not hits:
        print("没有找到相关条文。")


@app.command()
def measures(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """The table of all measures."""
    from assistant.calculator.formatting import format_rate, format_yuan

    rows = []
    for m in _corpus().policy.measures:
        rate = format_rate(m.rate.minimum, m.rate.maximum) if m.rate else ""
        if m.matching:
            rate = f"{m.matching[0]}:{m.matching[1]}"
        cap = format_yuan(m.cap.amount) if m.cap else ""
        per = {"year": "每年", "once": "一次性"}.get(m.cap.per or "", "") if m.cap else ""
        row = {"article": m.article, "id": m.id, "name": m.name, "kind": m.kind.value}
        rows.append({**row, "rate": rate, "cap": cap, "per": per})
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        columns = f"{row['article']}  {row['id']:<26} {row['kind']:<13} {row['rate']:<9} {row['cap']:<9}"
        print(f"{columns} {row['per']:<4} {row['name']}")


@app.command()
def check() -> None:
    """Verify the corpus: schema, verbatim quotes, every figure accounted for, unique ids, digests."""
    from assistant.corpus_check import check_corpus

    settings = _settings()
    for line in check_corpus(settings.corpus_dir, settings.policy_id):
        print(line)


@app.command()
def index(rebuild: Annotated[bool, typer.Option(help="Build it even when it is up to date.")] = False) -> None:
    """Build the search index when it is missing or out of date."""
    from assistant.policy.loader import load_corpus
    from assistant.retrieval.search import open_index

    settings = _settings()
    corpus = load_corpus(settings.corpus_dir, settings.policy_id)
    opened = open_index(corpus, settings.index_dir, str(settings.embedding_model), rebuild=rebuild)
    print(f"index ready: {len(opened.chunks)} passages in {settings.index_dir}")
    opened.close()


@app.command()
def doctor() -> None:
    """Try the language model and say what is wrong; exit status 1 when it cannot be used."""
    from assistant.doctor import examine

    findings = []
    for finding in examine(_settings()):
        print(f"{'ok  ' if finding.good else 'FAIL'} {finding.text}", flush=True)
        findings.append(finding)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the web pages and the HTTP API."""
    from assistant.web.application import serve as run

    run(_settings(host=host, port=port))


if __name__ == "__main__":
    main()
