"""Rasa extension point: none of its own; the sentence encoder that `runtime.intents` puts into Rasa's graph.

all-MiniLM-L6-v2, tuned on our sentences (encoder_tuning/), in int8 on onnxruntime: a text of at most 128 word pieces
becomes a unit vector of 384 numbers. Nothing is fetched; both files are checked by hash (data/encoder/encoder.json).
"""

import functools
import hashlib
import json
import os
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

    def encode(self, texts: list[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), 384).

        Each is run alone: int8 scales are taken from all that runs together, so companions would change a vector, and
        padding costs more than it saves.
        """
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            pieces = np.array([self._tokenizer.encode(text if text.strip() else ".").ids], np.int64)
            mean = self._session.run(None, {"input_ids": pieces, "attention_mask": np.ones_like(pieces)})[0][0].mean(0)
            row[:] = mean / np.linalg.norm(mean)
        return vectors

    def encode_many(self, texts: list[str]) -> Vectors:
        """Do the same on all processors, for training."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            parts = pool.map(self.encode, (texts[i : i + MANY] for i in range(0, len(texts), MANY)))
            return np.vstack([np.zeros((0, DIMENSIONS), np.float32), *parts])


@functools.lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """Return the one encoder of this process, loaded at first use."""
    return SentenceEncoder()
