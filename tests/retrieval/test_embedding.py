"""The shipped encoder, other models, and what is said when one is missing or damaged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.retrieval.embedding import StaticEncoder, TransformerEncoder, load_encoder, model_fingerprint

TEXTS = [
    "租了一年显卡,花了快五百万,能返多少?",
    "首台(套)重大装备 10%~30%",
    "How much for GPU rental on the Suzhou platform?",
    "ＡＩ算力　１０００万",
    "",
    "😀",
]


def test_the_shipped_encoder_is_small_enough(encoder_folder: Path) -> None:
    assert sum(path.stat().st_size for path in encoder_folder.rglob("*") if path.is_file()) <= 16_000_000


def test_it_loads_with_sentence_transformers_and_gives_the_same_vectors(encoder_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = np.asarray(SentenceTransformer(str(encoder_folder)).encode(TEXTS), np.float32)
    lengths = np.linalg.norm(theirs, axis=1, keepdims=True)
    theirs = np.divide(theirs, lengths, out=np.zeros_like(theirs), where=lengths > 0)
    ours = load_encoder(str(encoder_folder)).encode(TEXTS)
    assert np.abs(ours - theirs).max() < 2e-3  # half precision


def test_vectors_are_unit_or_zero(encoder_folder: Path) -> None:
    lengths = np.linalg.norm(load_encoder(str(encoder_folder)).encode(TEXTS), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 1, 0, 0], abs=1e-5)


def test_full_width_and_capitals_make_no_difference(encoder_folder: Path) -> None:
    wide, plain = load_encoder(str(encoder_folder)).encode(["ＧＰＵ租金１００万", "gpu租金100万"])
    assert wide == pytest.approx(plain)


def test_langchain_gets_the_same_vectors(encoder_folder: Path) -> None:
    encoder = load_encoder(str(encoder_folder))
    assert encoder.embed_query(TEXTS[0]) == pytest.approx(encoder.encode([TEXTS[0]])[0].tolist())
    assert np.allclose(encoder.embed_documents(TEXTS), encoder.encode(TEXTS))


def test_near_questions_are_nearer_than_far_ones(encoder_folder: Path) -> None:
    asked, near, far = load_encoder(str(encoder_folder)).encode(
        ["贷款的利息政府能帮着出吗", "银行借款付息补贴", "外国专家办签证"]
    )
    assert asked @ near > asked @ far + 0.3


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone: no such embedding model folder.*ASSISTANT_EMBEDDING_MODEL"):
        load_encoder(str(tmp_path / "gone"))


def test_an_unknown_hub_name_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"nobody/nothing-of-the-kind.*ASSISTANT_EMBEDDING_MODEL"):
        load_encoder("nobody/nothing-of-the-kind")


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("harm", ["gone", "empty", "half"])
def test_a_damaged_encoder_is_named(encoder_folder: Path, tmp_path: Path, file: str, harm: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    path = folder / file
    data = path.read_bytes()
    path.unlink()
    if harm != "gone":
        path.write_bytes(data[: len(data) // 2] if harm == "half" else b"")
    with pytest.raises(ModelError, match=r"damaged.*restore"):
        load_encoder(str(folder))


def test_weights_of_another_model_are_refused(encoder_folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    save_file({"embedding.weight": np.zeros((10, 4), np.float16)}, folder / "model.safetensors")
    with pytest.raises(ModelError, match="does not fit"):
        load_encoder(str(folder))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load"):
        load_encoder(str(tmp_path))


def test_any_other_sentence_transformers_model_works(tmp_path: Path) -> None:
    folder = _tiny_transformer(tmp_path)
    encoder = load_encoder(str(folder))
    assert isinstance(encoder, TransformerEncoder)
    vectors = encoder.encode(["算力 补贴", "场景"])
    assert vectors.shape == (2, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_the_fingerprint_follows_the_files(encoder_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(encoder_folder, folder)
    before = model_fingerprint(str(folder))
    assert before == model_fingerprint(str(encoder_folder))
    modules = folder / "modules.json"
    modules.write_text(modules.read_text() + "\n")
    assert model_fingerprint(str(folder)) != before


def test_the_static_folder_is_read_without_torch(encoder_folder: Path) -> None:
    assert isinstance(load_encoder(str(encoder_folder)), StaticEncoder)


def _tiny_transformer(folder: Path) -> Path:
    """A real, untrained model of the usual kind: BERT, mean pooling."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    raw = folder / "raw"
    raw.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"算力补贴场景"]
    (raw / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    BertTokenizerFast(vocab=str(raw / "vocab.txt")).save_pretrained(str(raw))
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(vocabulary), **shape)).save_pretrained(str(raw))
    transformer = Transformer(str(raw))
    target = folder / "model"
    SentenceTransformer(modules=[transformer, Pooling(16)]).save(str(target))
    assert json.loads((target / "modules.json").read_text())
    return target
