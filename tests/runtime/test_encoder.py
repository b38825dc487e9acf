"""The encoder loads only the files that were checked in."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from runtime.encoder import FOLDER, EncoderError, SentenceEncoder, encoder


def test_like_sentences_are_near_and_unlike_ones_far() -> None:
    a, b, c = encoder().encode(
        ["my daughter is being messaged by a stranger", "a man online writes to my girl", "the train to York"]
    )
    assert float(a @ b) > float(a @ c) + 0.2


def test_vectors_are_of_unit_length_and_order_is_kept() -> None:
    texts = ["one", "a much longer sentence about nothing at all", ""]
    vectors = encoder().encode(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_depends_on_no_other_text() -> None:
    texts = ["one", "a much longer sentence about nothing at all", ""] * 100
    for text, vector in zip(texts, encoder().encode_many(texts), strict=True):
        assert np.array_equal(vector, encoder().encode([text])[0])
    assert encoder().encode_many([]).shape == (0, 384)


def test_a_changed_vocabulary_stops_the_load_and_is_named(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    with (tmp_path / "encoder" / "vocab.txt").open("a") as file:
        file.write("x\n")
    with pytest.raises(EncoderError, match=r"vocab\.txt is not the file"):
        SentenceEncoder(tmp_path / "encoder")


def test_a_missing_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    (tmp_path / "encoder" / "model.onnx").unlink()
    with pytest.raises(EncoderError, match=r"model\.onnx is missing.*Restore data/encoder"):
        SentenceEncoder(tmp_path / "encoder")


def test_a_damaged_model_is_never_opened(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "encoder")
    model = tmp_path / "encoder" / "model.onnx"
    model.write_bytes(model.read_bytes()[:-1] + b"x")
    with pytest.raises(EncoderError, match=r"model\.onnx is not the file"):
        SentenceEncoder(tmp_path / "encoder")


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "encoder.json").write_text("{")
    with pytest.raises(EncoderError, match=r"encoder\.json"):
        SentenceEncoder(tmp_path)


def test_the_record_names_licence_and_hash_of_both_files() -> None:
    record = json.loads((FOLDER / "encoder.json").read_text())
    assert {len(record[part]["sha256"]) for part in ("model", "vocabulary")} == {64}
    assert {record[part]["licence"] for part in ("model", "vocabulary")} == {"Apache-2.0"}
