"""The command line as people and scripts use it: real processes, from another folder, with their exit statuses."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.answer import Answer
from assistant.cli import main
from assistant.settings import PROJECT_ROOT

HEAVY = {
    "torch",
    "transformers",
    "sentence_transformers",
    "langchain_core",
    "chromadb",
    "gradio",
    "fastapi",
    "sqlalchemy",
}
QUESTION = "新建一个科技公共技术服务平台, 建设总投资2500万元, 可以支持多少?"

Door = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(elsewhere: Path) -> Door:
    """``python -m assistant …`` in another folder: exit status, standard output, standard error."""

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            input=stdin,
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT), **environment},
            capture_output=True,
            timeout=110,
        )
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    return call


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Door:
    """The same entry point in this process, where torch is loaded once for all the tests that need it."""

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
        status = ended.value.code
        captured = capsys.readouterr()
        return (status if isinstance(status, int) else 0), captured.out, captured.err

    return call


def _lines(dialogues: Sequence[dict[str, object]]) -> bytes:
    lines = (json.dumps(dialogue, ensure_ascii=dialogue.get("id") == "half") for dialogue in dialogues)
    return "\n".join(lines).encode("utf-8")


def _refused(result: tuple[int, str, str], said: str) -> None:
    """Exit status 2, nothing on standard output, one line that says what is wrong."""
    status, out, err = result
    assert (status, out) == (2, "")
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert said in err


# ---------------------------------------------------------------- calculate


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ("platform-construction", "1.5亿"),
            [
                "新建科技公共技术服务平台支持（第六条）：2000万元",
                "1.5亿元 × 20% = 3000万元",
                "3000万元超过上限2000万元，按2000万元计",
            ],
        ),
        (("first-set-equipment", "900万"), ["90万元至270万元"]),
        (("first-set-equipment", "3000万", "--uplift"), ["360万元至1080万元", "360万元至1000万元", "没有写明"]),
        (("technology-loan-interest", "七十万"), ["0元至70万元", "条文没有写比例"]),
        (("open-competition", "300万元"), ["300万元", "600万元"]),
        (("computing-power", "800w"), ["160万元"]),
        (("platform-construction", "1000万亿"), ["2000万元"]),
    ],
)
def test_calculate_does_one_sum_with_its_steps(run_here: Door, arguments: tuple[str, ...], lines: list[str]) -> None:
    status, out, err = run_here("calculate", *arguments)
    assert (status, err) == (0, "")
    assert all(line in out for line in lines)


def test_calculate_as_json_is_the_contracts_calculation(run_here: Door) -> None:
    status, out, _ = run_here("calculate", "first-set-equipment", "300到500万", "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["measure"], found["article"]) == ("first-set-equipment", "八")
    assert (found["minimum"], found["maximum"], found["capped"]) == ("300000", "1500000", False)
    assert found["base"] == {"name": "单台(套)销售价格", "minimum": "3000000", "maximum": "5000000"}
    assert found["cap"] == {"amount": "10000000", "per": None}


@pytest.mark.parametrize(
    ("measure", "amount", "said"),
    [
        ("no-such", "100万", "no measure 'no-such'; `assistant measures` lists them"),
        ("talent-team", "100万", "talent-team: no amount follows from this measure (article 五 states none)"),
        ("computing-power", "-5万", "negative amount"),
        ("computing-power", "0", "amount not above zero"),
        ("computing-power", "0万元", "amount not above zero"),
        ("computing-power", "10000万亿", "amount above 10^15 yuan"),
        ("computing-power", "", "empty amount"),
        ("computing-power", "很多", "no amount found"),
        ("computing-power", "100万美元", "foreign currency USD"),
        ("computing-power", "100万和200万", "several amounts"),
    ],
)
def test_calculate_refuses_what_it_cannot_use(run_here: Door, measure: str, amount: str, said: str) -> None:
    _refused(run_here("calculate", measure, amount), said)


def test_calculate_refuses_an_uplift_that_the_policy_does_not_state(run_here: Door) -> None:
    _refused(run_here("calculate", "computing-power", "100万", "--uplift"), "the policy states no uplift")


# ---------------------------------------------------------------- measures


def test_measures_lists_all_of_them(run_here: Door) -> None:
    status, out, err = run_here("measures")
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 29
    assert next(line for line in out.splitlines() if "computing-power" in line).split() == [
        "十",
        "computing-power",
        "proportional",
        "20%",
        "200万元",
        "每年",
        "人工智能算力费用补贴",
    ]


def test_measures_as_json(run_here: Door) -> None:
    _, out, _ = run_here("measures", "--json")
    rows = {row["id"]: row for row in json.loads(out)}
    assert len(rows) == 29
    assert (rows["first-set-equipment"]["rate"], rows["first-set-equipment"]["cap"]) == ("10%~30%", "1000万元")
    assert rows["open-competition"]["rate"] == "1:1"
    assert rows["event-hosting"]["per"] == "一次性"
    assert (rows["talent-team"]["rate"], rows["talent-team"]["cap"]) == ("", "")


# ---------------------------------------------------------------- start-up


@pytest.mark.parametrize("arguments", [("--help",), ("measures",), ("calculate", "computing-power", "300万")])
def test_light_commands_import_nothing_heavy(elsewhere: Path, arguments: tuple[str, ...]) -> None:
    code = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr))\n"
        f"sys.argv = ['assistant', *{arguments!r}]\n"
        "from assistant.cli import main\n"
        "main()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=elsewhere, env=environment, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr.strip() == "[]"


def test_help_names_every_command(run_here: Door) -> None:
    status, out, _ = run_here("--help")
    assert status == 0
    for command in ("ask", "calculate", "search", "measures", "check", "index", "serve"):
        assert command in out


@pytest.mark.parametrize("arguments", [("no-such-command",), ("calculate",), ("ask", "--no-such-option"), ("search",)])
def test_a_wrong_call_is_told_with_status_2(run_here: Door, arguments: tuple[str, ...]) -> None:
    status, out, err = run_here(*arguments)
    assert (status, out) == (2, "")
    assert "Usage:" in err
    assert "Traceback" not in err


def test_chinese_goes_out_whatever_the_locale(run: Door) -> None:
    status, out, err = run("calculate", "computing-power", "100万", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (status, err) == (0, "")
    assert "20万元" in out


def test_a_corpus_that_is_not_there_is_told(run: Door) -> None:
    _refused(
        run("measures", ASSISTANT_CORPUS_DIR="/no/such/folder"), "no such policy folder; check ASSISTANT_CORPUS_DIR"
    )


def test_a_wrong_setting_is_told(run_here: Door) -> None:
    _refused(run_here("measures", ASSISTANT_PORT="many"), "ASSISTANT_PORT")


# ---------------------------------------------------------------- ask


def _answers(out: str) -> dict[Any, list[Answer]]:
    rows = [json.loads(line) for line in out.splitlines()]
    return {row["id"]: [Answer.model_validate(answer) for answer in row["answers"]] for row in rows}


DIALOGUES: list[dict[str, object]] = [
    {"id": "sum", "as_of": "2025-03-01", "turns": [QUESTION]},
    {"id": "later", "as_of": "2026-11-23", "turns": [QUESTION]},
    {"id": 7, "turns": ["想建个概念验证中心", "大概投600万"]},
    {"turns": ["杭州的首台套奖励多少"]},
    {"id": "empty", "turns": [""]},
    {"id": "blank", "turns": ["  \u3000\n"]},
    {"id": "controls", "turns": ["\u0000\u200b\ufeff\u202e"]},
    {"id": "emoji", "turns": ["😀😀"]},
    {"id": "half", "turns": ["\ud800算力补贴最高多少"]},
    {"id": "markup", "turns": ["<script>alert(1)</script>**算力**补贴最高多少"]},
    {"id": "long", "turns": ["算力补贴最高多少" * 1250]},
    {"id": "huge", "turns": ["建平台投了10000000000000000元能补多少"]},
    {"id": "negative", "turns": ["建平台投了负500万能补多少"]},
    {"id": "minus", "turns": ["建平台投了-500万能补多少"]},
    {"id": "zero", "turns": ["算力费用付了0元能补多少"]},
]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, str]:
    """One process for all the questions below; the index is built on the way."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--batch"],
        input=b"\n\n".join([_lines(DIALOGUES[:3]), _lines(DIALOGUES[3:])]),
        cwd=tmp_path_factory.mktemp("elsewhere"),
        env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        timeout=110,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_a_batch_answers_every_turn_of_every_line_in_order(batch: tuple[int, str, str]) -> None:
    status, out, err = batch
    assert status == 0
    assert not [line for line in err.splitlines() if "Traceback" in line or "debug" in line or "error" in line]
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == [dialogue.get("id") for dialogue in DIALOGUES]
    assert [len(row["answers"]) for row in rows] == [len(d["turns"]) for d in DIALOGUES]  # type: ignore[arg-type]


def test_answers_of_a_batch_keep_the_contract(batch: tuple[int, str, str]) -> None:
    for answers in _answers(batch[1]).values():
        for answer in answers:
            assert answer.text.strip()
            assert answer.crosscheck.unsupported == ()
            assert answer.reason != "cross_check"


def test_the_sum_of_the_example(batch: tuple[int, str, str]) -> None:
    (answer,) = _answers(batch[1])["sum"]
    assert (answer.calculations[0].minimum, answer.calculations[0].maximum) == ("5000000", "5000000")
    assert answer.citations[0].article == "六"
    assert answer.citations[0].quote in (PROJECT_ROOT / "corpus/one-zone-two-centres/policy.txt").read_text("utf-8")
    assert "500万元" in answer.text
    assert answer.validity.in_force


def test_every_line_has_its_own_day(batch: tuple[int, str, str]) -> None:
    (answer,) = _answers(batch[1])["later"]
    assert not answer.validity.in_force
    assert "过期" in answer.text.splitlines()[0]
    assert answer.calculations[0].maximum == "5000000"


def test_turns_of_a_line_are_one_dialogue(batch: tuple[int, str, str]) -> None:
    first, second = _answers(batch[1])[7]
    assert first.citations[0].article == "六"
    assert second.calculations[0].maximum == "1200000"


def test_lines_are_dialogues_of_their_own(batch: tuple[int, str, str]) -> None:
    (answer,) = _answers(batch[1])[None]
    assert answer.status == "not_covered"


@pytest.mark.parametrize("name", ["empty", "blank", "controls", "emoji"])
def test_questions_without_content_are_asked_for_one(batch: tuple[int, str, str], name: str) -> None:
    (answer,) = _answers(batch[1])[name]
    assert answer.status == "needs_information"
    assert answer.calculations == ()
    assert answer.citations == ()


@pytest.mark.parametrize("name", ["half", "markup", "long"])
def test_broken_and_long_questions_are_still_answered(batch: tuple[int, str, str], name: str) -> None:
    (answer,) = _answers(batch[1])[name]
    assert "200万元" in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "name",
    ["negative", "zero", "minus"],
)
def test_amounts_that_are_none_give_no_sum(batch: tuple[int, str, str], name: str) -> None:
    (answer,) = _answers(batch[1])[name]
    assert answer.calculations == ()


def test_an_enormous_amount_meets_the_ceiling_or_is_asked_again(batch: tuple[int, str, str]) -> None:
    (answer,) = _answers(batch[1])["huge"]
    assert all(calculation.maximum == "20000000" for calculation in answer.calculations)


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        (b"not json\n", "line 1: not JSON"),
        (b'{"id": 1, "turns": ["a"]}\n\n{"id": 2, "turns"\n', "line 3: not JSON"),
        (b'{"id": 1}\n', 'line 1: "turns" must be a list of questions'),
        (b'{"id": 1, "turns": []}\n', 'line 1: "turns" must be a list of questions'),
        (b'{"id": 1, "turns": "a"}\n', 'line 1: "turns" must be a list of questions'),
        (b'{"id": 1, "turns": ["a", 5]}\n', 'line 1: "turns" must be a list of questions'),
        (b'["a"]\n', 'line 1: "turns" must be a list of questions'),
        (b'{"turns": ["a"], "as_of": 20250301}\n', 'line 1: "as_of" must be a day such as "2025-03-01"'),
        (b'{"turns": ["a"], "as_of": "2025-02-30"}\n', "line 1: \"as_of\": '2025-02-30' is not a day"),
        ('{"turns": ["算力"]}\n'.encode("gb18030"), "line 1: not UTF-8"),
    ],
)
def test_a_broken_line_is_named_before_anything_is_answered(run_here: Door, stdin: bytes, said: str) -> None:
    _refused(run_here("ask", "--batch", stdin=stdin), said)


def test_ask_prints_the_text_or_the_whole_answer(run_here: Door) -> None:
    status, text, _ = run_here("ask", QUESTION, "--as-of", "2025-03-01")
    assert status == 0
    assert text.startswith("**")
    assert "500万元" in text
    status, out, _ = run_here("ask", QUESTION, "--as-of", "2025-03-01", "--json")
    answer = Answer.model_validate_json(out)
    assert (status, answer.question, answer.as_of.isoformat()) == (0, QUESTION, "2025-03-01")
    assert answer.text.strip() == text.strip()


@pytest.mark.parametrize("day", ["2025-13-01", "2025-02-30", "20250301", "yesterday", "", "2025-W09-6"])
def test_a_day_that_is_none_is_refused(run_here: Door, day: str) -> None:
    _refused(run_here("ask", QUESTION, "--as-of", day), "is not a day; write it as 2025-03-01")


def test_no_question_at_all_is_refused(run_here: Door) -> None:
    _refused(run_here("ask"), "no question; write it as an argument, or use --batch")


def test_a_missing_model_folder_is_told(run_here: Door) -> None:
    status, out, err = run_here("ask", QUESTION, ASSISTANT_EMBEDDING_MODEL="/no/such/model")
    assert (status, out) == (3, "")
    assert err.count("\n") == 1
    assert "/no/such/model" in err


# ---------------------------------------------------------------- search


def test_search_shows_passages_with_scores_of_their_own(run_here: Door) -> None:
    status, out, _ = run_here("search", "知识产权质押贷款", "--k", "3")
    first = out.splitlines()[0]
    assert status == 0
    assert len(out.splitlines()) == 3
    assert "第九条" in first
    assert "质押" in first
    assert first.split()[0].endswith("%")


def test_search_keeps_to_an_article_and_a_kind(run_here: Door) -> None:
    _, out, _ = run_here("search", "算力", "--article", "十", "--kind", "policy")
    assert out.splitlines()
    assert all("第十条" in line for line in out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("",), "nothing to search for"),
        ((" \u3000",), "nothing to search for"),
        (("算力", "--kind", "blog"), "--kind 'blog' is neither policy nor digest"),
        (("算力", "--article", "十一"), "--article '十一': the policy has 一、二"),
    ],
)
def test_search_refuses_what_it_cannot_look_for(run_here: Door, arguments: tuple[str, ...], said: str) -> None:
    _refused(run_here("search", *arguments), said)


def test_search_stands_broken_characters(run_here: Door) -> None:
    status, _, err = run_here("search", "算力\udcff")
    assert status == 0
    assert "Traceback" not in err


# ---------------------------------------------------------------- check, index


def test_check_passes(run_here: Door) -> None:
    status, out, err = run_here("check")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1].startswith("ok: ")


def test_index_is_ready_and_says_where(run_here: Door) -> None:
    status, out, _ = run_here("index")
    assert status == 0
    assert out.startswith("index ready: ")
    assert os.environ["ASSISTANT_DATA_DIR"] in out
