"""The index on disk: built when needed, by one process, whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.errors import ModelError, SearchIndexError
from assistant.policy.loader import Corpus, load_corpus
from assistant.retrieval.search import open_index

ROOT = Path(__file__).resolve().parents[2]

# Opens the index, says what it finds and how long it is; stands for any process of the program.
OPEN = """
import sys
from pathlib import Path
from assistant.policy.loader import load_corpus
from assistant.retrieval import open_index
corpus, index, model = map(Path, sys.argv[1:])
opened = open_index(load_corpus(corpus, "one-zone-two-centres"), index, str(model))
print(len(opened.chunks), *(hit.chunk.id for hit in opened.search("租显卡训练模型的费用", 3)))
opened.close()
"""


def start(corpus: Path, index: Path, model: Path, **more: object) -> subprocess.Popen[str]:
    command = [*more.pop("prefix", []), sys.executable, "-c", OPEN, str(corpus), str(index), str(model)]  # type: ignore
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and time of change."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def builds(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("build-*"))


@pytest.fixture
def copy(built_index: Path, tmp_path: Path) -> Path:
    shutil.copytree(built_index, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def large_corpus(tmp_path: Path) -> Path:
    """The corpus and a digest so long that building takes a while."""
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", folder)
    head = "---\nid: very-long\ntitle: 很长的摘编\nrelates_to: [九]\nconfidence: low\n---\n# 很长\n"
    facts = "".join(f"- 第{number}件往事,与科技贷款有关,编号{number}。\n" for number in range(6000))
    (folder / "related" / "very-long.md").write_text(head + facts, encoding="utf-8")
    return folder


def test_it_is_built_when_missing_and_used_when_there(corpus: Corpus, encoder_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "index"
    open_index(corpus, folder, str(encoder_folder)).close()
    before = state(folder)
    pointer = json.loads((folder / "current.json").read_text())
    assert builds(folder) == [pointer["build"]]
    open_index(corpus, folder, str(encoder_folder)).close()
    assert state(folder) == before


def test_a_search_changes_nothing_on_disk(corpus: Corpus, encoder_folder: Path, copy: Path) -> None:
    before = state(copy)
    opened = open_index(corpus, copy, str(encoder_folder))
    opened.search("算力")
    opened.close()
    assert state(copy) == before


def test_it_is_rebuilt_when_the_corpus_changed(encoder_folder: Path, copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", folder)
    policy = folder / "one-zone-two-centres" / "policy.txt"
    policy.write_text(policy.read_text("utf-8").replace("有效期为三年", "有效期为五年"), encoding="utf-8")
    measures = folder / "one-zone-two-centres" / "measures.yaml"
    measures.write_text(measures.read_text("utf-8").replace("有效期为三年", "有效期为五年"), encoding="utf-8")
    before = builds(copy)
    opened = open_index(load_corpus(folder, "one-zone-two-centres"), copy, str(encoder_folder))
    assert "五年" in opened.search("有效期多少年", 1)[0].chunk.text
    opened.close()
    assert len(builds(copy)) == 1
    assert builds(copy) != before


def test_it_is_rebuilt_when_the_model_changed(corpus: Corpus, encoder_folder: Path, copy: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    model = tmp_path / "model"
    shutil.copytree(encoder_folder, model)
    table = load_file(model / "model.safetensors")["embedding.weight"]
    save_file({"embedding.weight": table[:, :128].copy()}, model / "model.safetensors")
    before = builds(copy)
    opened = open_index(corpus, copy, str(model))
    assert opened.search("算力补贴", 1)[0].chunk.articles == ("十",)
    opened.close()
    assert len(builds(copy)) == 1
    assert builds(copy) != before


def test_it_is_rebuilt_when_asked(corpus: Corpus, encoder_folder: Path, copy: Path) -> None:
    before = builds(copy)
    open_index(corpus, copy, str(encoder_folder), rebuild=True).close()
    assert len(builds(copy)) == 1
    assert builds(copy) != before


@pytest.mark.parametrize("harm", ["pointer half", "pointer list", "database half", "database gone", "folder gone"])
def test_a_damaged_index_is_rebuilt(corpus: Corpus, encoder_folder: Path, copy: Path, harm: str) -> None:
    build = copy / builds(copy)[0]
    match harm:
        case "pointer half":
            (copy / "current.json").write_text('{"build": "bu')
        case "pointer list":
            (copy / "current.json").write_text("[1, 2]")
        case "database half":
            os.truncate(build / "chroma.sqlite3", (build / "chroma.sqlite3").stat().st_size // 2)
        case "database gone":
            (build / "chroma.sqlite3").unlink()
        case _:
            shutil.rmtree(build)
    opened = open_index(corpus, copy, str(encoder_folder))
    assert opened.search("算力补贴", 1)[0].chunk.articles == ("十",)
    opened.close()
    assert builds(copy) != [build.name]
    assert len(builds(copy)) == 1


def test_a_pointer_cannot_lead_out_of_the_folder(corpus: Corpus, encoder_folder: Path, copy: Path) -> None:
    pointer = json.loads((copy / "current.json").read_text())
    outside = copy.parent / "outside"
    (copy / pointer["build"]).rename(outside)
    (copy / "current.json").write_text(json.dumps(pointer | {"build": "../outside"}))
    open_index(corpus, copy, str(encoder_folder)).close()
    assert json.loads((copy / "current.json").read_text())["build"] == builds(copy)[0]


def test_processes_that_start_at_once_build_it_once(encoder_folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    running = [start(ROOT / "corpus", index, encoder_folder) for _ in range(3)]
    results = [process.communicate(timeout=100) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], results
    assert len({out for out, _ in results}) == 1
    assert "one-zone-two-centres/十/0" in results[0][0]
    assert len(builds(index)) == 1
    assert not list(tmp_path.glob("index/*.json.*"))


def test_a_build_killed_half_way_leaves_no_harm(large_corpus: Path, encoder_folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    process = start(large_corpus, index, encoder_folder)
    try:
        _wait_for(lambda: any(path.stat().st_size > 1_000_000 for path in index.glob("build-*/chroma.sqlite3")))
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert builds(index)
    assert not (index / "current.json").exists()
    left = builds(index)

    again = start(ROOT / "corpus", index, encoder_folder)
    out, error = again.communicate(timeout=100)
    assert again.returncode == 0, error
    assert "one-zone-two-centres/十/0" in out
    assert len(builds(index)) == 1
    assert not set(left) & set(builds(index))


def test_a_flood_of_background_does_not_move_the_laws_scores(
    corpus: Corpus, encoder_folder: Path, built_index: Path, large_corpus: Path, tmp_path: Path
) -> None:
    usual = open_index(corpus, built_index, str(encoder_folder))
    flooded = open_index(load_corpus(large_corpus, "one-zone-two-centres"), tmp_path / "index", str(encoder_folder))
    for question in ("租显卡训练模型的费用", "请外国专家来,签证怎么办"):
        before, after = usual.search(question, 1)[0], flooded.search(question, 1)[0]
        assert after.chunk.id == before.chunk.id
        assert after.score == pytest.approx(before.score, abs=0.1)
    usual.close()
    flooded.close()


def test_a_failed_rebuild_keeps_the_old_index(large_corpus: Path, encoder_folder: Path, copy: Path) -> None:
    before = state(copy)
    process = start(large_corpus, copy, encoder_folder)
    try:
        _wait_for(lambda: len(builds(copy)) == 2)
    finally:
        process.kill()
        process.communicate(timeout=60)
    assert {name: then for name, then in state(copy).items() if name in before} == before
    usual = start(ROOT / "corpus", copy, encoder_folder)
    out, error = usual.communicate(timeout=100)
    assert usual.returncode == 0, error
    assert "one-zone-two-centres/十/0" in out
    assert "building" not in error


def test_a_lock_held_too_long_is_an_error(corpus: Corpus, encoder_folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    with (
        FileLock(index / ".lock"),
        pytest.raises(SearchIndexError, match=r"another process has been building.*remove"),
    ):
        open_index(corpus, index, str(encoder_folder), wait_seconds=0.2)


def test_a_missing_model_leaves_the_index_alone(corpus: Corpus, copy: Path, tmp_path: Path) -> None:
    before = state(copy)
    with pytest.raises(ModelError):
        open_index(corpus, copy, str(tmp_path / "no-model"))
    assert state(copy) == before


def test_an_index_folder_that_is_a_file_is_not_needed(
    corpus: Corpus, encoder_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = tmp_path / "index"
    index.write_text("not a folder")
    opened = open_index(corpus, index, str(encoder_folder))
    assert opened.search("算力补贴", 1)
    opened.close()
    assert index.read_text() == "not a folder"


def _wait_for(condition: object, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)


def _powerless() -> list[str]:
    """What to put before a command so that the superuser too is bound by file permissions."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("run as the superuser without setpriv: permissions do not bind")
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]


def _read_only(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.fixture
def writable_again(tmp_path: Path):  # type: ignore[no-untyped-def]
    yield
    for path in [tmp_path, *tmp_path.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)


@pytest.mark.usefixtures("writable_again")
def test_a_read_only_index_is_used(encoder_folder: Path, copy: Path) -> None:
    _read_only(copy)
    before = state(copy)
    process = start(ROOT / "corpus", copy, encoder_folder, prefix=_powerless())
    out, error = process.communicate(timeout=100)
    assert process.returncode == 0, error
    assert "one-zone-two-centres/十/0" in out
    assert "temporary" not in error
    assert state(copy) == before


@pytest.mark.usefixtures("writable_again")
@pytest.mark.parametrize("there", ["nothing", "an index out of date"])
def test_a_read_only_folder_without_a_usable_index_is_done_without(
    encoder_folder: Path, copy: Path, there: str
) -> None:
    if there == "nothing":
        shutil.rmtree(copy)
        copy.mkdir()
    else:
        pointer = json.loads((copy / "current.json").read_text())
        (copy / "current.json").write_text(json.dumps(pointer | {"fingerprint": "of something else"}))
    _read_only(copy)
    before = state(copy)
    process = start(ROOT / "corpus", copy, encoder_folder, prefix=_powerless())
    out, error = process.communicate(timeout=100)
    assert process.returncode == 0, error
    assert "one-zone-two-centres/十/0" in out
    assert "temporary index" in error
    assert "ASSISTANT_INDEX_DIR" in error
    assert state(copy) == before


def test_nothing_is_left_in_the_temporary_folder(encoder_folder: Path, copy: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    process = start(ROOT / "corpus", copy, encoder_folder, env=os.environ | {"TMPDIR": str(temporary)})
    _, error = process.communicate(timeout=100)
    assert process.returncode == 0, error
    assert not list(temporary.glob("assistant-index-*"))


def test_what_killed_processes_left_behind_is_tidied_away(
    corpus: Corpus, encoder_folder: Path, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    dead, living = temporary / "assistant-index-dead", temporary / "assistant-index-living"
    for folder in (dead, living):
        (folder / "chroma").mkdir(parents=True)
        os.utime(folder, (time.time() - 3600,) * 2)
    with FileLock(living / ".lock"):
        os.utime(living, (time.time() - 3600,) * 2)
        opened = open_index(corpus, copy, str(encoder_folder))
        assert not dead.exists()
        assert living.exists()
        opened.close()
    assert [path.name for path in temporary.iterdir()] == ["assistant-index-living"]


def test_a_terminal_sees_a_progress_bar(encoder_folder: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = start(ROOT / "corpus", tmp_path / "index", encoder_folder, stderr=theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # a terminal that nobody writes to any more is an error to read
        while part := os.read(ours, 10_000):
            shown += part
    out, _ = process.communicate(timeout=100)
    os.close(ours)
    assert process.returncode == 0
    assert "Search index" in shown.decode()
    assert "100%" in shown.decode()
    assert "%" not in out
