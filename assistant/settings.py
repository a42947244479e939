"""Every setting of the program: its name, meaning, bounds and default, and how a wrong one is reported.

A setting comes from the environment (``ASSISTANT_PORT=8080``) or, where the environment is silent, from a line of a
TOML file (``port = 8080``): ``assistant.toml`` in the project's root, or the file that ``ASSISTANT_SETTINGS_FILE``
names. Relative paths count from the project's root, so that the program runs from any folder.
"""

from __future__ import annotations

import datetime as dt
import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import SettingsError

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SHIPPED_ENCODER = PROJECT_ROOT / "assistant" / "retrieval" / "encoder"
ENV_PREFIX = "ASSISTANT_"
FILE_VARIABLE = "ASSISTANT_SETTINGS_FILE"

_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_SECRET = {"database_url", "secret_key", "desk_password", "model_key", "model_url"}
_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}


def _against_root(value: object) -> object:
    """Make a path absolute: ``~`` is the user's home, a relative path counts from the project's root."""
    if not isinstance(value, str | Path):
        return value
    text = str(value).strip()
    if not text or "\0" in text:
        raise ValueError("name a folder")
    try:
        return Path(os.path.normpath(PROJECT_ROOT / Path(text).expanduser()))
    except RuntimeError as error:
        raise ValueError(str(error)) from error


def _model_folder_or_name(value: object) -> object:
    """Tell a model's folder (made absolute) from a model's name on a hub (``owner/name``, kept as it is)."""
    if not isinstance(value, str | Path):
        return value
    text = str(value).strip()
    folder = str(_against_root(text))
    if _HUB_NAME.fullmatch(text) and not text.startswith(".") and not Path(folder).exists():
        return text
    return folder


def _plain_day(value: object) -> object:
    """Accept a day and nothing that merely resembles one (a bare number would count as seconds since 1970)."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        return value.strip()
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    raise ValueError("write a day as 2025-03-01")


def _address(value: object) -> object:
    """Accept an IPv4 or IPv6 address or a host name."""
    if isinstance(value, str):
        text = value.strip()
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            if _HOST_NAME.fullmatch(text) and len(text) <= 253:
                return text
    raise ValueError("write an address such as 127.0.0.1, or a host name")


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _database(value: object) -> object:
    """Accept SQLite and PostgreSQL; a relative SQLite file counts from the project's root."""
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if not isinstance(value, str):
        return value
    kind, separator, rest = value.strip().partition("://")
    if separator and kind in _POSTGRESQL:
        return f"postgresql+psycopg://{rest}"
    if separator and kind == "sqlite" and len(rest) > 1 and rest.startswith("/"):
        file, mark, options = rest[1:].partition("?")
        return f"sqlite:///{file if file == ':memory:' else _against_root(file)}{mark}{options}"
    raise ValueError("write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")


def _networks(value: object) -> object:
    """Accept addresses and networks, separated by commas."""
    if not isinstance(value, str):
        raise ValueError("write addresses or networks separated by commas, as 127.0.0.1, 10.0.0.0/8")
    try:
        return ", ".join(
            str(ipaddress.ip_network(part.strip(), strict=False)) for part in value.split(",") if part.strip()
        )
    except ValueError as error:
        raise ValueError(f"{error}: write addresses or networks separated by commas") from error


def _secret_or_none(value: object) -> object:
    return None if isinstance(value, str) and not value else value


Folder = Annotated[Path, BeforeValidator(_against_root)]
OptionalText = Annotated[
    str | None, BeforeValidator(lambda value: value.strip() or None if isinstance(value, str) else value)
]
OptionalFile = Annotated[Path | None, BeforeValidator(lambda value: _against_root(value) if value else None)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(_secret_or_none)]
# A count a span of time, or off.
RateLimit = Annotated[str, BeforeValidator(_lower), Field(pattern=r"^([1-9][0-9]{0,6}/(second|minute|hour|day)|off)$")]


def _web_address(value: object) -> object:
    """Accept an http or https address, without user or key in it (it stands in log lines)."""
    text = str(value).strip().rstrip("/") if isinstance(value, str) else ""
    if not text:
        return None
    if re.fullmatch(r"https?://[^\s/@?#]+(/[^\s@?#]*)?", text):
        return text
    raise ValueError("write an address such as https://HOST/v1 (the key goes into ASSISTANT_MODEL_KEY)")


class Settings(BaseSettings):
    """The settings, checked and with absolute paths. Frozen; get one from ``load_settings``."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    corpus_dir: Folder = Field(Path("corpus"), description="Folder with the policies and the related documents.")
    policy_id: str = Field(
        "one-zone-two-centres",
        pattern=r"^[a-z0-9][a-z0-9-]{0,63}$",
        description="The policy that is answered from: a folder of corpus_dir.",
    )
    data_dir: Folder = Field(Path("data"), description="Folder for what the program writes: index, records.")
    index_dir: Folder = Field(
        default_factory=lambda done: done.get("data_dir", PROJECT_ROOT / "data") / "index",
        description="Folder of the search index, which is built anew when missing. Default: index in data_dir.",
    )
    embedding_model: Annotated[str, BeforeValidator(_model_folder_or_name)] = Field(
        "assistant/retrieval/encoder",
        min_length=1,
        max_length=4096,
        description="Sentence-transformers model: a folder, or a name on a model hub. Default: the shipped encoder.",
    )
    host: Annotated[str, BeforeValidator(_address)] = Field(
        "127.0.0.1", description="Address that the pages are served on; 0.0.0.0 for every interface."
    )
    port: int = Field(7860, ge=1, le=65535, description="Port that the pages are served on.")
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="Least severe log line that is written: debug, info, warning or error."
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        "text", description="Log lines for people (text) or for a collector (json)."
    )
    database_url: Annotated[SecretStr, BeforeValidator(_database)] = Field(
        default_factory=lambda done: SecretStr(
            f"sqlite:///{done.get('data_dir', PROJECT_ROOT / 'data') / 'records.db'}"
        ),
        description="Database of the records: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME. "
        "Default: records.db in data_dir.",
    )
    as_of: Annotated[dt.date | None, BeforeValidator(_plain_day)] = Field(
        None,
        ge=dt.date(2000, 1, 1),
        le=dt.date(2100, 12, 31),
        description="Fixed day that answers are given for, as 2025-03-01. Default: today.",
    )
    records_enabled: bool = Field(True, description="Store questions, answers and votes; false: none of them.")
    retention_days: int = Field(
        180, ge=0, le=3650, description="Days after which questions, answers and votes are deleted; 0: never."
    )
    secret_key: OptionalSecret = Field(
        None,
        min_length=16,
        description="Secret that sessions are signed with, the same on every machine of a group. "
        "Default: made at the first start, in data_dir.",
    )
    desk_password: OptionalSecret = Field(
        None,
        description="Password of the desk's first account, admin; only read while there is no account. "
        "Default: set on a page, with a code from the log.",
    )
    desk_session_hours: int = Field(8, ge=1, le=24, description="Hours after which staff log in again.")
    desk_idle_minutes: int = Field(60, ge=5, le=1440, description="Idle minutes after which staff log in again.")
    https: bool = Field(False, description="The pages are reached over https: cookies then travel over nothing else.")
    trusted_proxies: Annotated[str, BeforeValidator(_networks)] = Field(
        "", description="Reverse proxies whose X-Forwarded-For is believed: addresses or networks, comma between."
    )
    rate_limit_ask: RateLimit = Field(
        "120/minute",
        description="Questions that one client may ask, as 120/minute (second, minute, hour, day); or off.",
    )
    rate_limit_calls: RateLimit = Field("600/minute", description="Other calls that one client may make; or off.")
    body_limit_kib: int = Field(64, ge=8, le=1024, description="Largest request to the HTTP API, in KiB.")
    upload_limit_mib: int = Field(20, ge=1, le=100, description="Largest file that staff may upload, in MiB.")
    model: OptionalText = Field(
        None,
        max_length=200,
        description="Language model that rewords answers, by its name at model_url. Default: none.",
    )
    model_url: Annotated[str | None, BeforeValidator(_web_address)] = Field(
        None, description="Address of an OpenAI-compatible endpoint, as https://HOST/v1."
    )
    model_key: OptionalSecret = Field(None, description="Key for model_url; local servers need none.")
    model_key_file: OptionalFile = Field(None, description="File that holds the key, in place of model_key.")
    model_timeout: float = Field(
        20, ge=1, le=120, description="Seconds after which the composed answer is shown without the model's wording."
    )
    model_retries: int = Field(2, ge=0, le=5, description="Times that a failed request is repeated within that time.")
    model_daily_tokens: int = Field(
        0, ge=0, description="Tokens a day after which the model is not asked; 0: no limit."
    )
    model_second_opinion: bool = Field(
        False, description="Ask the model what is meant where the rules are unsure; it never decides alone."
    )
    model_price_input: float = Field(
        0, ge=0, description="Yuan for a million tokens sent, for the records; 0: unknown."
    )
    model_price_output: float = Field(
        0, ge=0, description="Yuan for a million tokens received, for the records; 0: unknown."
    )

    @property
    def policy_dir(self) -> Path:
        """Folder of the policy that is answered from."""
        return self.corpus_dir / self.policy_id

    @property
    def related_dir(self) -> Path:
        """Folder of the related documents."""
        return self.corpus_dir / "related"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the caller gives outranks the environment, and that the settings file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def settings_file() -> Path:
    """The settings file: the one that the environment names, else ``assistant.toml`` in the project's root."""
    named = os.environ.get(FILE_VARIABLE, "").strip() or "assistant.toml"
    return Path(os.path.normpath(PROJECT_ROOT / os.path.expanduser(named)))


def load_settings(**given: object) -> Settings:
    """Read the settings from ``given`` (such as command-line options), the environment, the file and the defaults.

    A given value of None counts as not given. Raises SettingsError, one line for all that is wrong, each with its
    place, the reason and what was found there (never for a secret, such as the database's address with its password).
    """
    file = settings_file()
    if os.environ.get(FILE_VARIABLE, "").strip() and not file.is_file():
        raise SettingsError(f"{FILE_VARIABLE} names {file}, which is no file; correct or unset it.")
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**values)
    except ValidationError as error:
        # A default made from other settings fails with them: their fault is the one to tell.
        faults = [one for one in error.errors(include_url=False) if one["type"] != "default_factory_not_called"]
        problems = [_problem(detail, values, file) for detail in faults]
        raise SettingsError("; ".join(problems)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}.") from error


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Name the ``ASSISTANT_…`` variables that are no setting, each with the nearest one: likely typing mistakes."""
    known = {ENV_PREFIX + name.upper() for name in Settings.model_fields} | {FILE_VARIABLE}
    unknown = sorted(name for name in environment if name.upper().startswith(ENV_PREFIX) and name.upper() not in known)
    return [name + _nearest(name.upper(), known) for name in unknown]


def _problem(detail: ErrorDetails, given: Mapping[str, object], file: Path) -> str:
    """One fault as: place, reason, what was found."""
    name = ".".join(str(part) for part in detail["loc"][:1]) or "settings"
    if name in given:
        place = name
    elif any(variable.upper() == ENV_PREFIX + name.upper() for variable in os.environ):
        place = ENV_PREFIX + name.upper()
    else:
        place = f"{name} in {file}"
    if detail["type"] == "extra_forbidden":
        return f"{place}: there is no such setting{_nearest(name, Settings.model_fields)}"
    reason = detail["msg"].removeprefix("Value error, ")
    found = "" if name in _SECRET else f" (found: {str(detail['input'])[:80]!r})"
    return f"{place}: {reason}{found}"


def _nearest(name: str, known: Mapping[str, object] | set[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""
