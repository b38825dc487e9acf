"""The project's intent classifier, trained outside Rasa's graph: on any examples, into a folder that is thrown away."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from runtime.encoder import Vectors, encoder
from runtime.intents import METADATA, OF_INTENT, SentenceIntents, label_of
from signpost.understanding.evidence import NO_SUBJECT


@dataclass(frozen=True)
class Examples:
    """Texts with the label of each ("intent/speaker/subject"), in the same order."""

    texts: list[str]
    labels: list[str]

    @property
    def intents(self) -> list[str]:
        """Return the intent of each."""
        return [label.split("/")[0] for label in self.labels]

    def take(self, rows: NDArray[np.int64]) -> "Examples":
        """Return the examples of these rows."""
        return Examples([self.texts[i] for i in rows], [self.labels[i] for i in rows])


def read_nlu(path: Path) -> Examples:
    """Read NLU YAML, one file or a folder of them, with Rasa's own reader."""
    files = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    messages = [message for file in files for message in load_data(str(file)).intent_examples]
    return Examples([m.get(TEXT) for m in messages], [label_of(m) for m in messages])


@contextlib.contextmanager
def trained(examples: Examples, settings: dict[str, Any]) -> Iterator[SentenceIntents]:
    """Train the classifier with these settings of its node (others have their default)."""
    with tempfile.TemporaryDirectory() as folder:
        component = SentenceIntents(settings, LocalModelStorage(Path(folder)), Resource("intents"))
        messages = [_message(text, label) for text, label in zip(examples.texts, examples.labels, strict=True)]
        component.train(TrainingData(messages))
        yield component


def _message(text: str, label: str) -> Message:
    """Return a training message as Rasa's reader makes it; `runtime.intents.label_of` reads it back."""
    intent, *who = label.split("/")
    said = {key: value for key, value in zip(("speaker", "subject"), who, strict=False) if value != NO_SUBJECT}
    return Message({TEXT: text, INTENT: intent, METADATA: {OF_INTENT: said}})


def probabilities(component: SentenceIntents, texts: list[str]) -> NDArray[np.float64]:
    """Return the probability of each label for whole messages, shape (len(texts), labels); on all processors."""

    def whole(text: str) -> Vectors:
        row: Vectors = component.probabilities(component._hear(text))[0]
        return row

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return np.array(list(pool.map(whole, texts)), np.float64)


def by_intent(component: SentenceIntents, rows: NDArray[np.float64]) -> tuple[list[str], NDArray[np.float64]]:
    """Return the intents, and their probabilities, whoever speaks, shape (rows, intents)."""
    names = [label.split("/")[0] for label in component.labels]
    intents = sorted(set(names))
    sums = np.zeros((len(names), len(intents)))
    sums[np.arange(len(names)), [intents.index(name) for name in names]] = 1
    return intents, rows @ sums


@contextlib.contextmanager
def remembered_vectors() -> Iterator[None]:
    """Encode each text once while several classifiers are trained on much the same texts."""
    one, known = encoder(), dict[tuple[str, tuple[tuple[int, int], ...]], Vectors]()
    plain = one.encode_parts

    def encode_parts(text: str, spans: Sequence[tuple[int, int]] = ()) -> Vectors:
        key = (text, tuple(spans))
        if key not in known:
            known[key] = plain(text, spans)
        return known[key]

    with mock.patch.object(one, "encode_parts", encode_parts):
        yield


def folds(intents: list[str], count: int, seed: int = 0) -> list[NDArray[np.int64]]:
    """Return the test rows of each fold: every intent is spread evenly; the same seed gives the same folds."""
    random = np.random.default_rng(seed)
    parts: list[list[int]] = [[] for _ in range(count)]
    position = 0
    for intent in sorted(set(intents)):
        rows = np.array([i for i, name in enumerate(intents) if name == intent])
        for row in random.permutation(rows):
            parts[position % count].append(int(row))
            position += 1
    return [np.array(sorted(part), np.int64) for part in parts]
