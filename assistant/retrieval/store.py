"""The index on disk: a cache of what the corpus and the model give, built anew whenever either changed.

``index_dir/current.json`` names the build in force and the fingerprint of what it was built from. A build is made in
a folder of its own, checked, and put in force by replacing that one file, so that nobody ever sees half of one; one
process builds, behind a file lock, and the others wait and use what it made. Chroma writes to its files even to read
them, so a process works on a private copy (about a megabyte) and a published build never changes: any number of
processes, and a read-only folder, are safe.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import SearchIndexError
from assistant.logs import get_logger
from assistant.retrieval.chunking import CHUNKING_VERSION, Chunk
from assistant.retrieval.embedding import TextEncoder
from assistant.retrieval.vectors import VectorIndex, build_vectors

_FORMAT = 1
_POINTER = "current.json"
_LOCK = ".lock"
_BUILD = "build-"
_PRIVATE = "assistant-index-"
_GRACE_SECONDS = 60.0
DEFAULT_WAIT_SECONDS = 300.0

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OpenVectors:
    """An open index, the private folder that it works on, and the lock that keeps others from tidying it away."""

    vectors: VectorIndex
    folder: Path
    lock: FileLock

    def close(self) -> None:
        """Closes the index and removes the private folder."""
        self.vectors.close()
        self.lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def fingerprint_of(chunks: Sequence[Chunk], model: str) -> str:
    """A hash over all that an index depends on: its format, the chunking, every chunk, the model's fingerprint."""
    digest = hashlib.sha256(f"{_FORMAT} {CHUNKING_VERSION} {model}".encode())
    for chunk in chunks:
        digest.update(repr(astuple(chunk)).encode())
    return digest.hexdigest()


def open_vectors(
    index_dir: Path,
    chunks: Sequence[Chunk],
    encoder: TextEncoder,
    fingerprint: str,
    *,
    rebuild: bool = False,
    wait_seconds: float = DEFAULT_WAIT_SECONDS,
) -> OpenVectors:
    """Opens the index in ``index_dir``, building it when it is missing, out of date or damaged, or on ``rebuild``.

    Where nothing can be written to ``index_dir`` and no usable index is there, a temporary one is built, with a
    warning. Raises SearchIndexError when that fails too, or another process holds the lock too long.
    """
    if not rebuild and (ready := _open_current(index_dir, chunks, encoder, fingerprint)):
        return ready
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index_dir / _LOCK, timeout=wait_seconds)
        with lock:
            # Another process may have built it while this one waited.
            if not rebuild and (ready := _open_current(index_dir, chunks, encoder, fingerprint)):
                return ready
            _tidy(index_dir)
            _publish(index_dir, chunks, encoder, fingerprint)
            ready = _open_current(index_dir, chunks, encoder, fingerprint)
    except Timeout as error:
        raise SearchIndexError(
            f"{index_dir}: another process has been building the search index for over {wait_seconds:.0f} s; "
            f"wait for it, or end it and remove {index_dir / _LOCK}"
        ) from error
    except OSError as error:
        _log.warning(
            "the index folder cannot be written; this process builds a temporary index on each start",
            folder=str(index_dir),
            reason=error.strerror,
            remedy="make the folder writable or set ASSISTANT_INDEX_DIR",
        )
        return _temporary(chunks, encoder)
    if ready is None:
        raise SearchIndexError(f"{index_dir}: a newly built search index cannot be opened; see the warning before")
    return ready


def _open_current(
    index_dir: Path, chunks: Sequence[Chunk], encoder: TextEncoder, fingerprint: str
) -> OpenVectors | None:
    """The build in force, if there is one for this fingerprint and it is sound."""
    try:
        pointer = json.loads((index_dir / _POINTER).read_text(encoding="utf-8"))
        build, built_from = str(pointer["build"]), str(pointer["fingerprint"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("the search index's pointer is unreadable", folder=str(index_dir), reason=str(error))
        return None
    if built_from != fingerprint or Path(build).name != build:
        return None
    try:
        return _open_copy(index_dir / build, chunks, encoder)
    except (SearchIndexError, OSError, shutil.Error) as error:
        _log.warning("the search index is unusable", folder=str(index_dir / build), reason=str(error))
        return None


def _open_copy(build: Path, chunks: Sequence[Chunk], encoder: TextEncoder) -> OpenVectors:
    folder, lock = _private_folder()
    try:
        shutil.copytree(build, folder / "chroma", copy_function=shutil.copyfile)
        for path in (folder / "chroma").rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        (folder / "chroma").chmod(0o700)
        return OpenVectors(VectorIndex(folder / "chroma", chunks, encoder), folder, lock)
    except BaseException:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _publish(index_dir: Path, chunks: Sequence[Chunk], encoder: TextEncoder, fingerprint: str) -> None:
    """Builds beside what is there, then puts the build in force. Call behind the lock."""
    name = f"{_BUILD}{fingerprint[:12]}-{uuid.uuid4().hex[:8]}"
    try:
        _build(index_dir / name, chunks, encoder)
        pointer = {"build": name, "fingerprint": fingerprint, "passages": len(chunks)}
        temporary = index_dir / f"{name}.json"
        temporary.write_text(json.dumps(pointer) + "\n", encoding="utf-8")
        os.replace(temporary, index_dir / _POINTER)
    except BaseException:
        shutil.rmtree(index_dir / name, ignore_errors=True)
        raise
    _tidy(index_dir)


def _build(folder: Path, chunks: Sequence[Chunk], encoder: TextEncoder) -> None:
    from tqdm import tqdm

    folder.mkdir()
    # Where nobody watches, one log line instead of a bar.
    if not sys.stderr.isatty():
        _log.info("building the search index", passages=len(chunks))
    with tqdm(total=len(chunks), desc="Search index", unit="passage", disable=not sys.stderr.isatty()) as bar:
        build_vectors(folder, chunks, encoder, bar.update)


def _tidy(index_dir: Path) -> None:
    """Removes what killed or superseded builds left behind. Call behind the lock: nobody else is building."""
    try:
        current = json.loads((index_dir / _POINTER).read_text(encoding="utf-8"))["build"]
    except (OSError, ValueError, KeyError, TypeError):
        current = None
    for path in index_dir.glob(f"{_BUILD}*"):
        if path.name == current:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _temporary(chunks: Sequence[Chunk], encoder: TextEncoder) -> OpenVectors:
    """An index of this process's own, gone with it."""
    folder, lock = _private_folder()
    try:
        _build(folder / "chroma", chunks, encoder)
        return OpenVectors(VectorIndex(folder / "chroma", chunks, encoder), folder, lock)
    except BaseException:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _private_folder() -> tuple[Path, FileLock]:
    """A new folder under the system's temporary folder, locked as long as this process lives."""
    try:
        for left in _abandoned(Path(tempfile.gettempdir())):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_PRIVATE))
        lock = FileLock(folder / _LOCK, timeout=0, thread_local=False)
        lock.acquire()
    except OSError as error:
        raise SearchIndexError(
            f"{tempfile.gettempdir()}: no temporary folder for the search index ({error.strerror}); "
            "free some space there or set TMPDIR"
        ) from error
    return folder, lock


def _abandoned(parent: Path) -> Iterator[Path]:
    """Private folders of this user's processes that ended without tidying up: nobody holds their lock."""
    for folder in parent.glob(f"{_PRIVATE}*"):
        with contextlib.suppress(OSError, Timeout):
            state = folder.stat()
            if state.st_uid == os.getuid() and time.time() - state.st_mtime > _GRACE_SECONDS:
                with FileLock(folder / _LOCK, timeout=0):
                    yield folder
