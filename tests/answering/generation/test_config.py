"""Three variables switch the model on; what is set in part is told, and no message shows a key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answering.generation.config import model_config
from assistant.errors import SettingsError
from assistant.settings import load_settings

URL = "http://127.0.0.1:9/v1"


def test_nothing_set_means_no_model() -> None:
    assert model_config(load_settings()) is None


def test_three_variables_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL", "deepseek-chat")
    monkeypatch.setenv("ASSISTANT_MODEL_URL", "https://api.example/v1/")
    monkeypatch.setenv("ASSISTANT_MODEL_KEY", "sk-secret-123")
    config = model_config(load_settings())
    assert config is not None
    assert (config.name, config.url, config.key.get_secret_value()) == (
        "deepseek-chat",
        "https://api.example/v1",
        "sk-secret-123",
    )
    assert "sk-secret-123" not in repr(config) + repr(load_settings())


def test_the_key_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("sk-from-file\n")
    config = model_config(load_settings(model="m", model_url=URL, model_key_file=str(file)))
    assert config is not None
    assert config.key.get_secret_value() == "sk-from-file"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"model": "m"}, "ASSISTANT_MODEL_URL"),
        ({"model": "m", "model_url": URL, "model_key": "sk-hidden", "model_key_file": "k"}, "unset one"),
        ({"model": "m", "model_url": URL, "model_key_file": "nowhere"}, "cannot be read"),
    ],
)
def test_what_is_set_in_part_is_told(given: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        model_config(load_settings(**given))
    assert "sk-hidden" not in caught.value.message


@pytest.mark.parametrize("text", ["", "two keys", "\n \n"])
def test_a_key_file_holds_one_key(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text)
    with pytest.raises(SettingsError, match="one key"):
        model_config(load_settings(model="m", model_url=URL, model_key_file=str(file)))


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://user:sk-hidden@host/v1", "host/v1", "https://host/v1?key=sk-hidden"]
)
def test_an_address_that_is_none_is_told_without_showing_it(url: str) -> None:
    with pytest.raises(SettingsError, match="model_url") as caught:
        load_settings(model="m", model_url=url)
    assert "sk-hidden" not in caught.value.message


def test_without_a_model_no_library_of_one_is_imported() -> None:
    code = (
        "import sys; from assistant.settings import load_settings; from assistant.answering.service import "
        "open_assistant; open_assistant(load_settings()).ask('政策还有效吗'); "
        "print(sorted({'langchain_openai', 'openai', 'langchain'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
