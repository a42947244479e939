"""The settings of the model made ready: the key read from its file, the address checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Which model, where, and within which bounds. ``timeout`` in seconds for a whole answer; prices in yuan for a
    million tokens."""

    name: str
    url: str
    key: SecretStr
    timeout: float
    retries: int
    daily_tokens: int
    second_opinion: bool
    usage_file: Path
    price_input: float = 0.0
    price_output: float = 0.0
    extra: dict[str, object] = field(default_factory=dict)


def model_config(settings: Settings) -> ModelConfig | None:
    """None when no model is set. Raises SettingsError when it is set in part, or its key file cannot be read."""
    if not settings.model:
        return None
    if not settings.model_url:
        raise SettingsError("ASSISTANT_MODEL is set and ASSISTANT_MODEL_URL is not; set it, as https://HOST/v1")
    return ModelConfig(
        name=settings.model,
        url=settings.model_url,
        key=_key(settings),
        timeout=settings.model_timeout,
        retries=settings.model_retries,
        daily_tokens=settings.model_daily_tokens,
        second_opinion=settings.model_second_opinion,
        usage_file=settings.data_dir / "model-usage.json",
        price_input=settings.model_price_input,
        price_output=settings.model_price_output,
    )


def _key(settings: Settings) -> SecretStr:
    if settings.model_key and settings.model_key_file:
        raise SettingsError("ASSISTANT_MODEL_KEY and ASSISTANT_MODEL_KEY_FILE are both set; unset one")
    if settings.model_key:
        return settings.model_key
    if settings.model_key_file is None:
        # Local servers ask for none, and the client sends none without one being given.
        return SecretStr("none")
    try:
        key = settings.model_key_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise SettingsError(
            f"ASSISTANT_MODEL_KEY_FILE: {settings.model_key_file}: cannot be read ({reason})"
        ) from error
    if not key or any(character.isspace() for character in key):
        raise SettingsError(f"ASSISTANT_MODEL_KEY_FILE: {settings.model_key_file}: must hold one key and nothing else")
    return SecretStr(key)
