"""Counts are written for programs; examples never come from the held-out half."""

from __future__ import annotations

from pathlib import Path

from eval.crosscheck.evaluate import Result, Trial
from eval.crosscheck.mutate import Mutant
from eval.crosscheck.results import KindCount, collect, read, write


def test_results_are_read_back_and_show_only_what_may_be_shown(tmp_path: Path) -> None:
    mutant = Mutant("rate", "按建设总投资25%给予支持", "20%", "25%", 6)
    trials = (Trial("dev", mutant, True), Trial("dev", mutant, False), Trial("heldout", mutant, False))
    results = collect(Result(3, 1, trials), {"dev"})
    assert results.kinds == (KindCount("rate", 3, 1),)
    assert results.missed == ("rate, 20% → 25%: …按建设总投资25%给予支持…",)
    path = tmp_path / "results.json"
    assert read(path) is None
    write(results, path)
    assert read(path) == results
