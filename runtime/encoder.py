"""Rasa extension point: none of its own; the sentence encoder that `runtime.intents` puts into Rasa's graph.

all-MiniLM-L6-v2, tuned on our sentences (encoder_tuning/), in int8 on onnxruntime: a text of at most 128 word pieces
becomes a unit vector of 384 numbers. Nothing is fetched; both files are checked by hash (data/encoder/encoder.json).
"""

import functools
import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from runtime.memory import give_back

FOLDER = Path(__file__).parent.parent / "data" / "encoder"
PIECES = 128
DIMENSIONS = 384
MANY = 256  # texts that one thread encodes at a time

Vectors = NDArray[np.float32]


class EncoderError(RuntimeError):
    """A file of the encoder is missing or is not the one that was checked in; the message says which and what to do."""


def _verified(folder: Path, record: dict[str, str]) -> Path:
    path, remedy = folder / record["file"], "Restore data/encoder from the repository."
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise EncoderError(f"{path} is missing. {remedy}") from None
    if found != record["sha256"]:
        raise EncoderError(f"{path} is not the file that was checked in (sha256 {found[:12]}...). {remedy}")
    return path


class SentenceEncoder:
    """Turns texts into unit vectors.

    Args:
        folder: holds `encoder.json`, the vocabulary and the ONNX file.
        threads: processor threads of one call; one serves best when several turns share two cores.

    Raises EncoderError when a file is missing or has the wrong hash.
    """

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import BertWordPieceTokenizer

        try:
            record = json.loads((folder / "encoder.json").read_text())
        except (OSError, ValueError):
            raise EncoderError(
                f"{folder / 'encoder.json'} is missing or damaged. Restore it from the repository."
            ) from None
        vocabulary, model = (_verified(folder, record[part]) for part in ("vocabulary", "model"))
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._tokenizer.enable_truncation(PIECES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        give_back()  # the session holds 180 MB before and 100 MB after

    def encode_parts(self, text: str, spans: Sequence[tuple[int, int]] = ()) -> Vectors:
        """Return the vector of the text, then of each span of its characters, shape (1 + len(spans), 384).

        All come from one run, so that a part is heard in its message; of a text that is too long for one run, a part
        that lies beyond it is read alone. A text is run alone: int8 scales are taken from
        all that runs together, so companions would change a vector, and padding costs more than it saves.
        """
        pieces = self._tokenizer.encode(text if text.strip() else ".")
        ids = np.array([pieces.ids], np.int64)
        hidden = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        rows = [hidden.mean(0)]
        starts, ends = np.array(pieces.offsets, np.int32).reshape(-1, 2).T
        for start, end in spans:
            inside = (starts >= start) & (ends <= end) & (ends > starts)
            beyond = end > int(ends.max()) and len(pieces.ids) >= PIECES
            rows.append(
                hidden[inside].mean(0) if inside.any() and not beyond else self.encode_parts(text[start:end])[0]
            )
        vectors = np.stack(rows).astype(np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def encode(self, texts: list[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), 384)."""
        return np.vstack([np.zeros((0, DIMENSIONS), np.float32), *(self.encode_parts(text) for text in texts)])

    def encode_many(self, texts: list[str]) -> Vectors:
        """Do the same on all processors, for training."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            parts = pool.map(self.encode, (texts[i : i + MANY] for i in range(0, len(texts), MANY)))
            return np.vstack([np.zeros((0, DIMENSIONS), np.float32), *parts])

    def encode_parts_many(self, texts: list[tuple[str, Sequence[tuple[int, int]]]]) -> list[Vectors]:
        """Return what `encode_parts` does for each (text, spans), on all processors, for training."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(lambda one: self.encode_parts(*one), texts, chunksize=MANY))


@functools.lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """Return the one encoder of this process, loaded at first use."""
    return SentenceEncoder()
