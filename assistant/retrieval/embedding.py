"""Turns text into unit vectors: the shipped encoder, or any sentence-transformers model named by a setting.

A folder that holds nothing but a static embedding (a table of token vectors, their mean is the text's vector: the
shipped encoder) is read here without torch: the same vectors as ``SentenceTransformer(folder)`` gives, some seconds
and some 300 MB earlier. Every other folder or hub name goes to sentence-transformers through langchain-huggingface.
"""

from __future__ import annotations

import hashlib
import json
import os
from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import ModelError

if TYPE_CHECKING:
    from langchain_huggingface import HuggingFaceEmbeddings

Vectors = NDArray[np.float32]

_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_TABLE = "embedding.weight"
_SAMPLED_OVER = 64 * 2**20
_SAMPLE = 2**20


class TextEncoder(Embeddings):
    """LangChain's embeddings, and the same as unit vectors in one array (a text with no known token: zeros)."""

    @abstractmethod
    def encode(self, texts: list[str]) -> Vectors:
        """One row of length 1 (or 0) per text."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class StaticEncoder(TextEncoder):
    """A table of token vectors and its tokenizer, read from a sentence-transformers folder."""

    def __init__(self, folder: Path) -> None:
        """Raises ModelError when a file is missing or damaged."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            table = load_file(folder / _WEIGHTS)[_TABLE]
            # Through bytes: the library's own reader raises a bare Exception on a damaged file.
            description = (folder / _TOKENIZER).read_text(encoding="utf-8")
            json.loads(description)
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise ModelError(
                f"{folder}: the embedding model is damaged ({error}); restore its files from the repository"
            ) from error
        self._tokenizer: Any = Tokenizer.from_str(description)
        self._table: NDArray[np.floating[Any]] = table
        if table.ndim != 2 or self._tokenizer.get_vocab_size() > len(table):
            raise ModelError(f"{folder}: {_WEIGHTS} does not fit {_TOKENIZER}; restore both from the repository")

    def encode(self, texts: list[str]) -> Vectors:
        rows = np.zeros((len(texts), self._table.shape[1]), np.float32)
        for row, encoding in zip(rows, self._tokenizer.encode_batch(texts, add_special_tokens=False), strict=True):
            if encoding.ids:
                row[:] = self._table[encoding.ids].astype(np.float32).mean(axis=0)
        return _unit(rows)


class TransformerEncoder(TextEncoder):
    """Any model that sentence-transformers loads."""

    def __init__(self, model: str) -> None:
        """Raises ModelError when the model cannot be loaded."""
        from safetensors import SafetensorError

        # A closed network is the normal case: look in the local cache only, unless the operator says otherwise.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", os.environ["HF_HUB_OFFLINE"])
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        from langchain_huggingface import HuggingFaceEmbeddings

        try:
            self._model: HuggingFaceEmbeddings = HuggingFaceEmbeddings(
                model_name=model, model_kwargs={"device": "cpu"}, show_progress=False
            )
        except (OSError, ValueError, KeyError, RuntimeError, ImportError, AttributeError, SafetensorError) as error:
            raise ModelError(
                f"{model}: sentence-transformers cannot load this embedding model ({_first_line(error)}); "
                "set ASSISTANT_EMBEDDING_MODEL to a model's folder, or to a hub name that is in the local cache "
                "(HF_HUB_OFFLINE=0 lets it be downloaded once)"
            ) from error

    def encode(self, texts: list[str]) -> Vectors:
        return _unit(np.asarray(self._model.embed_documents(texts), np.float32).reshape(len(texts), -1))


def load_encoder(model: str) -> TextEncoder:
    """The encoder for a folder or hub name. Raises ModelError with what to do."""
    folder = Path(model)
    if not folder.is_dir():
        if folder.is_absolute() or model.startswith(".") or model.count("/") > 1:
            raise ModelError(
                f"{model}: no such embedding model folder; restore it or correct ASSISTANT_EMBEDDING_MODEL"
            )
        return TransformerEncoder(model)
    return StaticEncoder(folder) if _is_static(folder) else TransformerEncoder(model)


def model_fingerprint(model: str) -> str:
    """A hash that changes when the model does: over a folder's files (large ones sampled), else over the name."""
    digest = hashlib.sha256(b"model")
    folder = Path(model)
    if not folder.is_dir():
        digest.update(model.encode())
        return digest.hexdigest()
    try:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
            with path.open("rb") as file:
                if size > _SAMPLED_OVER:
                    digest.update(file.read(_SAMPLE))
                    file.seek(-_SAMPLE, os.SEEK_END)
                digest.update(file.read())
    except OSError as error:
        raise ModelError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions") from error
    return digest.hexdigest()


def _is_static(folder: Path) -> bool:
    """Whether the folder's modules are one static embedding, optionally normalised, in the present-day format."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [(str(module["type"]).rpartition(".")[2], str(module["path"])) for module in modules]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds[:1] == [("StaticEmbedding", "")] and all(kind == "Normalize" for kind, _ in kinds[1:])


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
