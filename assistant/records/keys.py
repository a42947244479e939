"""The installation's own secret: what session ids are hashed and cookies and dialogue states are signed with."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

KEY_FILE = "secret.key"
_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Keys for several purposes, all derived from one secret, which never shows in a log."""

    root: bytes

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes of its own for one purpose."""
        return hmac.digest(self.root, purpose.encode(), "sha256")

    def mark(self, purpose: str, value: str) -> str:
        """A keyed hash of a value (32 hexadecimal digits): the same for the same value, and no way back to it."""
        return hmac.new(self.derive(purpose), value.encode("utf-8", "replace"), "sha256").hexdigest()[:32]


def load_keys(data_dir: Path, secret: str | None = None) -> Keys:
    """The keys of this installation: from a given secret, else from ``secret.key`` in ``data_dir``, made when missing.

    Several processes may start at once: the first to create the file wins. Raises SettingsError.
    """
    if secret is not None:
        if len(secret) < 16:
            raise SettingsError(
                "secret_key is too short: give at least 16 random characters, or leave it to the program."
            )
        return Keys(hashlib.sha256(secret.encode()).digest())
    path = data_dir / KEY_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        root = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read or made ({error.strerror}); let the program write to data_dir."
        ) from error
    if len(root) != _BYTES:
        raise SettingsError(
            f"{path}: damaged ({len(root)} bytes, not {_BYTES}); restore it, or remove it to make a new one."
        )
    return Keys(root)


def _create(path: Path) -> None:
    """Write the secret to a file of its own first and link it in place, so that no one reads half of it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
