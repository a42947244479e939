"""``assistant doctor`` says in plain words what is wrong with the model, and never shows the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.doctor import Finding, examine
from assistant.settings import load_settings
from eval.generation.players import broken, faithful, player
from eval.generation.server import KEY, MODEL, Player, serve


def findings(play: Player, **given: object) -> list[Finding]:
    with serve(play) as server:
        values = {"model": MODEL, "model_url": server.url, "model_key": KEY, "model_timeout": 1, "model_retries": 0}
        found = list(examine(load_settings(**{**values, **given})))
    assert KEY not in str(found)
    return found


def test_without_a_model_all_is_well() -> None:
    (found,) = examine(load_settings())
    assert found.good
    assert "no language model" in found.text


def test_a_working_model_is_told_with_its_times() -> None:
    found = findings(player(faithful))
    assert all(finding.good for finding in found)
    assert "tokens" in found[-2].text
    assert "name what they rest on" in found[-1].text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"model_key": "sk-wrong"}, "ASSISTANT_MODEL_KEY"),
        ({"model": "other"}, "ASSISTANT_MODEL "),
        ({"model_url": "http://127.0.0.1:9/v1"}, "ASSISTANT_MODEL_URL"),
        ({"model_key_file": "nowhere"}, "unset one"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, object], told: str) -> None:
    found = findings(player(faithful), **given)
    assert not found[-1].good
    assert told in found[-1].text
    assert "sk-wrong" not in str(found)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hangs", "ASSISTANT_MODEL_TIMEOUT"),
        ("429", "rate limit"),
        ("500", "fault of its own"),
        ("no JSON", "not the JSON"),
        ("not the protocol", "OpenAI-compatible"),
        ("empty", "answered nothing"),
        ("gone in mid-answer", "broke"),
    ],
)
def test_a_broken_model_is_explained(name: str, told: str) -> None:
    found = findings(broken(name))
    assert not found[-1].good
    assert told in found[-1].text


def test_a_spent_budget_is_told(tmp_path: Path) -> None:
    given = {"data_dir": str(tmp_path), "model_daily_tokens": 10}
    from assistant.answering.generation.budget import Budget

    Budget(tmp_path / "model-usage.json", 10).charge(10)
    assert any("used up" in finding.text for finding in findings(player(faithful), **given))


def test_the_command_ends_with_status_1_when_the_model_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0
    monkeypatch.setenv("ASSISTANT_MODEL", "m")
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "ASSISTANT_MODEL_URL" in result.output
