"""Tokens of a day are counted across restarts, and start anew at midnight."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.answering.generation.budget import Budget


def test_a_restart_knows_what_was_spent(tmp_path: Path) -> None:
    path = tmp_path / "data" / "usage.json"
    first = Budget(path, 100)
    assert first.left()
    first.charge(60)
    again = Budget(path, 100)
    assert again.spent() == 60
    again.charge(40)
    assert not again.left()
    assert not first.left()


def test_a_new_day_starts_at_nothing(tmp_path: Path) -> None:
    day = date(2025, 3, 1)
    budget = Budget(tmp_path / "usage.json", 100, today=lambda: day)
    budget.charge(100)
    assert not budget.left()
    day = date(2025, 3, 2)
    assert budget.left()
    assert budget.spent() == 0


def test_without_a_limit_nothing_is_written(tmp_path: Path) -> None:
    budget = Budget(tmp_path / "usage.json", 0)
    budget.charge(10**9)
    assert budget.left()
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_counts_as_nothing_and_the_process_still_counts(tmp_path: Path) -> None:
    path = tmp_path / "usage.json"
    path.write_text("{broken")
    budget = Budget(path, 100)
    assert budget.left()
    budget.charge(100)
    assert not budget.left()


def test_a_folder_that_cannot_be_written_still_keeps_the_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    budget = Budget(tmp_path / "file" / "usage.json", 100)
    budget.charge(150)
    assert not budget.left()
