"""Question sets are read strictly, and a fault is one line that says where it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from eval.answers.cases import SAMPLE, Case, CaseError, Expectation, Turn, load_file, load_sets


def _write(folder: Path, text: str, name: str = "set.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_is_read_with_all_its_keys(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "amounts:\n"
        "- - ['投2500万', {art: [六], amt: [5000000, 5000000], as_of: 2026-06-01, must: ['500\\s*万'], not: [保证]}]\n"
        "  - ['归谁管', {status: [answered], elig: [eligible, unknown]}]\n",
    )
    (case,) = load_file(path)
    assert (case.group, case.place, case.as_of) == ("amounts", "set.yaml:2", date(2026, 6, 1))
    assert case.turns[0].expectation == Expectation(
        articles=("六",), amount=(Decimal(5000000), Decimal(5000000)), must=("500\\s*万",), never=("保证",)
    )
    assert case.turns[1] == Turn("归谁管", Expectation(statuses=("answered",), verdicts=("eligible", "unknown")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must map each group"),
        ("amounts: []", "set.yaml:1: group 'amounts' must be a list of cases"),
        ("a:\n- ['q', {}]", "set.yaml:2: a, turn 1: a turn must be"),
        ("a:\n- - ['q']", "set.yaml:2: a, turn 1: a turn must be"),
        ("a:\n- - ['', {}]", "empty question"),
        ("a:\n- - ['q', {artt: [六]}]", "unknown key 'artt'; known are art, amt"),
        ("a:\n- - ['q', {art: [六], art: [七]}]", "'art' stands twice"),
        ("a:\n- - ['q', {art: [十一]}]", "art has '十一'; allowed are 一"),
        ("a:\n- - ['q', {art: 六}]", "art must be a list of strings"),
        ("a:\n- - ['q', {amt: [2, 1]}]", "amt must be [minimum, maximum] in yuan"),
        ("a:\n- - ['q', {amt: [two, 1]}]", "amt must be [minimum, maximum] in yuan"),
        ("a:\n- - ['q', {amt: [true, true]}]", "amt must be [minimum, maximum] in yuan"),
        ("a:\n- - ['q', {status: [refused]}]", "status has 'refused'"),
        ("a:\n- - ['q', {elig: [yes it is]}]", "elig has 'yes it is'"),
        ("a:\n- - ['q', {must: ['(']}]", "no regular expression"),
        ("a:\n- - ['q', {as_of: soon}]", "as_of must be a day"),
        ("a:\n- - ['q', {}]\n  - ['r', {as_of: '2025-01-01'}]", "set.yaml:2: a, turn 2: as_of may stand on the first"),
        ("a:\n- - ['q', {}]\n- - ['q', {art: [六]}]", "set.yaml:3: the same case stands at set.yaml:2"),
        ("a: [", "is not YAML"),
    ],
)
def test_a_fault_is_one_line_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CaseError) as error:
        load_file(_write(tmp_path, text))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_utf8_or_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_bytes("问题".encode("gbk"))
    with pytest.raises(CaseError, match="UTF-8"):
        load_file(path)
    with pytest.raises(CaseError, match="cannot be read"):
        load_file(tmp_path / "none.yaml")
    with pytest.raises(CaseError, match="no question sets"):
        load_sets(tmp_path / "none")


def test_split_and_id_do_not_depend_on_other_cases_or_on_the_expectation() -> None:
    def case(*questions: str, articles: tuple[str, ...] = ()) -> Case:
        return Case("g", tuple(Turn(question, Expectation(articles=articles)) for question in questions))

    assert case("a").id == case("a", articles=("六",)).id
    assert case("a").id != case("a", "b").id
    assert case("a").split == case("a", "b").split
    # Fixed for good: the last bit of the SHA-256 of the first question.
    assert [case(question).split for question in ("算力补贴", "展会补贴", "首台套")] == ["heldout", "dev", "heldout"]


def test_the_sets_of_the_project_are_sound_and_large_enough() -> None:
    cases = load_sets()
    sizes = {group: sum(case.group == group for case in cases) for group in {case.group for case in cases}}
    least = {
        "amounts": 60,
        "figures": 30,
        "eligibility": 80,
        "lookup": 80,
        "validity": 20,
        "stacking": 20,
        "premises": 40,
        "out_of_scope": 80,
        "dialogues": 40,
        "robustness": 40,
    }
    assert {group: size for group, size in least.items() if sizes.get(group, 0) < size} == {}
    assert len({case.id for case in cases}) == len(cases)
    assert {len(case.turns) for case in cases if case.group == "dialogues"} >= {2, 3, 4, 5}
    for group in least:
        halves = {case.split for case in cases if case.group == group}
        assert halves == {"dev", "heldout"}, group
    assert len(load_file(SAMPLE)) == 22
