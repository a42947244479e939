"""The README and its companions tell what there is: every setting, command and target; their links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
from typer.main import get_command

from assistant.cli import app
from assistant.settings import PROJECT_ROOT
from eval import readme
from eval.transcript import TURNS

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [
    PROJECT_ROOT / "README.md",
    PROJECT_ROOT / "README.zh-CN.md",
    *sorted((PROJECT_ROOT / "docs").rglob("*.md")),
]
PICTURES = sorted((PROJECT_ROOT / "docs" / "images").glob("*.png"))
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)|<img src=\"([^\"]+)\"")


def _commands(command: typer.core.TyperGroup | object, path: str = "") -> Iterator[str]:
    for name, sub in getattr(command, "commands", {}).items():
        yield f"{path}{name}"
        yield from _commands(sub, f"{path}{name} ")


def _options(name: str) -> set[str]:
    command = get_command(app)
    for part in name.split():
        command = command.commands[part]  # type: ignore[attr-defined]
    found = (option for parameter in command.params for option in parameter.opts)
    return {option for option in found if option.startswith("--")}


def test_the_table_of_settings_is_what_the_settings_say() -> None:
    assert readme.filled(README, "settings", readme.settings_table()) == README, "run python -m eval.readme"


@pytest.mark.parametrize("command", sorted(_commands(get_command(app))))
def test_every_command_is_named(command: str) -> None:
    assert f"python -m assistant {command}" in README


def test_no_command_or_option_is_named_that_does_not_exist() -> None:
    known = set(_commands(get_command(app)))
    for line in re.findall(r"^(?:\$ )?python -m assistant (.+?)(?:  +#.*)?$", README, re.MULTILINE):
        words = line.split()
        named = next((name for name in (" ".join(words[:2]), words[0]) if name in known), None)
        assert named, line
        assert set(re.findall(r"--[a-z-]+", line)) <= {*_options(named), "--help"}, line


def test_every_target_of_make_is_named_and_no_other() -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    targets = set(phony[1].split())
    named = set(re.findall(r"`make ([a-z]+)", README))
    assert targets - {"help", "browser"} <= named <= targets


def test_the_printed_sum_is_what_the_program_prints() -> None:
    found = re.search(r"^\$ python -m assistant (calculate .+)\n((?:.+\n)+?)```", README, re.MULTILINE)
    assert found
    command = [sys.executable, "-m", "assistant", *found[1].split()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT_ROOT)
    assert done.stdout == found[2]


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(file: Path) -> None:
    for groups in LINK.findall(file.read_text(encoding="utf-8")):
        target = unquote(groups[0] or groups[1])
        assert (file.parent / target).exists(), target


def test_every_decision_is_in_the_index() -> None:
    folder = PROJECT_ROOT / "docs" / "adr"
    named = set(re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert named == {file.name for file in folder.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize("file", PICTURES, ids=lambda path: path.name)
def test_pictures_are_shown_and_small(file: Path) -> None:
    assert f"docs/images/{file.name}" in README
    assert file.stat().st_size <= 250_000


def test_there_are_four_pictures() -> None:
    assert len(PICTURES) == 4


def test_the_transcript_holds_the_turns_that_its_script_asks() -> None:
    text = (PROJECT_ROOT / "docs" / "transcript.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^> (.+)$", text, re.MULTILINE)) == TURNS
    answers = re.split(r"^> .+$", text, flags=re.MULTILINE)[1:]
    assert all(len(answer.strip()) > 5 for answer in answers)


def test_figures_go_between_their_marks_and_nowhere_else() -> None:
    measured = readme.measured()
    changed = readme.filled(README, "measured", "| one | two |")
    assert "| one | two |" in changed
    assert readme.filled(changed, "measured", measured).split("## Limits")[1] == README.split("## Limits")[1]
    assert readme.filled(changed, "measured", measured).split("## Measured")[0] == README.split("## Measured")[0]


@pytest.mark.parametrize("text", ["", "<!-- measured: written by python -m eval.readme -->", README + README])
def test_a_text_without_its_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        readme.filled(text, "measured", "x")


def test_what_was_not_measured_is_said(tmp_path: Path) -> None:
    assert "Speed: not measured yet" in readme.measured(tmp_path / "results.json")
