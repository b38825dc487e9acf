"""Rasa extension point: a graph component that classifies intents (`config.yml`, node `intents`).

A message is heard in plain words (`signpost.understanding.words`); one run of the sentence encoder gives a vector of
the whole and of each part, and one multinomial regression the probability of each label. A second one tells the
questions of the retrieval intent apart, which are many and would crowd out the needs. Saved as npz and JSON.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    INTENT_RESPONSE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from runtime.encoder import EncoderError, encoder
from runtime.training import KEPT_IN, fingerprint
from signpost.assistant import NOT_UNDERSTOOD
from signpost.understanding.evidence import NO_SUBJECT
from signpost.understanding.words import Heard, hear, softeners
from signpost.words import Words, spelt_right

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "data" / "words"
DICTIONARY = ROOT / "data" / "encoder" / "vocab.txt"
PARTS = (
    "signpost_parts"  # message property: [(words, {label: probability}, the same heard alone), ...], the whole first
)
METADATA, OF_INTENT = "metadata", "intent"  # where Rasa's reader keeps what stands beside an intent
MARKS = (". ", ". ", ", ", "? ", " and ", " but ")  # between two sentences that are heard as one message
ENOUGH, FEW_WEIGH = 400, 4.0  # sentences of a label from which each weighs 1, and what one of the fewest weighs
ASK = "ask"  # the retrieval intent: its questions are told apart by a regression of their own
FAINT = 1e-4  # a label that is believed less is not handed on
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Regression:
    """A multinomial regression: labels, and weights, shape (labels, dimensions), and bias, shape (labels,)."""

    labels: tuple[str, ...] = ()
    weights: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    bias: Floats = field(default_factory=lambda: np.zeros(0, np.float32))

    def probabilities(self, vectors: Floats) -> Floats:
        """Return the probability of each label for vectors of shape (n, dimensions), shape (n, labels)."""
        scores = vectors @ self.weights.T + self.bias
        scores = np.exp(scores - scores.max(1, keepdims=True))
        found: Floats = scores / scores.sum(1, keepdims=True)
        return found


def _kind(label: str) -> str:
    """Return what the first regression tells apart: all questions of the retrieval intent are one."""
    return f"{ASK}/{NO_SUBJECT}/{NO_SUBJECT}" if label.startswith(f"{ASK}/") else label


def label_of(message: Message) -> str:
    """Return the label of a training message, "intent/speaker/subject"; "-" for what its file does not say."""
    if message.get(INTENT_RESPONSE_KEY):  # a question of a retrieval intent, "ask/tell_parents"
        return f"{message.get(INTENT)}/{NO_SUBJECT}/{message.get(INTENT_RESPONSE_KEY).split('/')[-1]}"
    said = (message.get(METADATA) or {}).get(OF_INTENT) or {}
    speaker, subject = (str(said.get(key) or NO_SUBJECT) for key in ("speaker", "subject"))
    return "/".join((message.get(INTENT), speaker, subject))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntents(GraphComponent, IntentClassifier):
    """Intent classifier: hears a message, encodes it once, and tells what the whole and each part may mean."""

    @classmethod
    def required_components(cls) -> list[type]:
        """No tokenizer or featurizer is needed before it."""
        return []

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages that must be there."""
        return ["onnxruntime", "tokenizers", "sklearn", "rapidfuzz"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings of the node and their defaults.

        `C`: inverse regularisation; `joined`: pairs of training sentences that are heard as one message, as a share of
        all; `part_weight`: what a part counts beside a whole message; `ranking`: intents kept in the ranking; `fold`:
        mend spelling (needs data/words).
        """
        return {"C": 5.0, "joined": 0.3, "part_weight": 0.5, "max_iter": 400, "ranking": 10, "fold": True}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceIntents":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self.config = {**self.get_default_config(), **config}
        self._storage, self._resource = model_storage, resource
        self._meant, self._asked = Regression(), Regression()
        self._words = Words({})
        self._sources = ""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Everything that a model is made from: the component keeps its fingerprint, so Rasa's cache must see it."""
        return fingerprint(ROOT)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent; returns the resource that holds the weights."""
        self._sources = fingerprint(ROOT)  # before it starts: what is changed meanwhile is not in it
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts, labels = [m.get(TEXT) for m in examples], [label_of(m) for m in examples]
        if self.config["fold"]:
            self._words = Words.load(WORDS, spelt_right(DICTIONARY), texts)
        rows, targets, weights = self._rows([self._hear(text) for text in texts], labels)
        self._meant = self._fit(rows, [_kind(label) for label in targets], weights)
        asked = [i for i, label in enumerate(targets) if _kind(label) != label]
        if asked:
            self._asked = self._fit(rows[asked], [targets[i] for i in asked], weights[asked])
        self.persist()
        return self._resource

    def _fit(self, rows: Floats, targets: list[str], weights: Floats) -> Regression:
        model = LogisticRegression(C=self.config["C"], max_iter=self.config["max_iter"], tol=1e-3)
        model.fit(rows, targets, sample_weight=weights)
        labels, found = tuple(str(label) for label in model.classes_), model.coef_.astype(np.float32)
        bias = np.broadcast_to(model.intercept_, len(labels)).astype(np.float32)
        return Regression(labels, np.concatenate([-found, found]) if len(labels) == 2 else found, bias)

    def _rows(self, heard: list[Heard], labels: list[str]) -> tuple[Floats, list[str], Floats]:
        """Return vectors, their labels and weights: wholes, their parts, and pairs that are heard as one message."""
        chance, everything = random.Random(7), range(len(heard))
        texts: list[tuple[str, Sequence[tuple[int, int]]]] = [(one.text, one.spans) for one in heard]
        meant = [[label] * (1 + len(one.spans)) for one, label in zip(heard, labels, strict=True)]
        for _ in range(int(len(heard) * self.config["joined"])):
            (first, second), mark = chance.choices(everything, k=2), chance.choice(MARKS)
            start = len(heard[first].text) + len(mark)
            text = heard[first].text + mark + heard[second].text
            texts.append((text, ((0, len(heard[first].text)), (start, len(text)))))
            meant.append(["", labels[first], labels[second]])  # the whole of a pair means nothing by itself
        found = encoder().encode_parts_many(texts)
        weight, counts = self.config["part_weight"], Counter(labels)
        few = {label: min(FEW_WEIGH, (ENOUGH / n) ** 0.5) if n < ENOUGH else 1.0 for label, n in counts.items()}
        rows = [(vector, label, few[label] * (weight if place else 1.0))
                for vectors, names in zip(found, meant, strict=True)
                for place, (vector, label) in enumerate(zip(vectors, names, strict=True)) if label]  # fmt: skip
        return np.stack([r[0] for r in rows]), [r[1] for r in rows], np.array([r[2] for r in rows], np.float32)

    def persist(self) -> None:
        """Write weights (npz) and words (JSON) into the model."""
        with self._storage.write_to(self._resource) as folder:
            meant, asked = self._meant, self._asked
            np.savez(folder / "weights.npz", meant=meant.weights, meant_bias=meant.bias, asked=asked.weights,
                     asked_bias=asked.bias)  # fmt: skip
            known = {"meant": meant.labels, "asked": asked.labels, "vocabulary": dict(self._words.vocabulary)}
            (folder / "words.json").write_text(json.dumps(known))
            (folder / KEPT_IN).write_text(self._sources)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceIntents":
        """Load a trained component. Raises EncoderError or ValueError naming what is missing."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            saved = json.loads((folder / "words.json").read_text())
            with np.load(folder / "weights.npz", allow_pickle=False) as kept:
                component._meant = Regression(tuple(saved["meant"]), kept["meant"], kept["meant_bias"])
                component._asked = Regression(tuple(saved["asked"]), kept["asked"], kept["asked_bias"])
        if component.config["fold"]:
            table = Words.load(WORDS, spelt_right(DICTIONARY))
            component._words = replace(table, vocabulary=Counter(saved["vocabulary"]))
        encoder()
        return component

    def _hear(self, text: str) -> Heard:
        return hear(text, self._words, softeners(WORDS / "softeners.yml")) if self.config["fold"] else Heard(text)

    @property
    def labels(self) -> list[str]:
        """Return the labels in the order of the probabilities: the needs and kinds of talk, then each question."""
        return [label for label in self._meant.labels if not label.startswith(f"{ASK}/")] + list(self._asked.labels)

    def probabilities(self, heard: Heard) -> Floats:
        """Return the probability of each label for the whole, then for each part, shape (1 + parts, labels)."""
        vectors = encoder().encode_parts(heard.text, heard.spans)
        meant = self._meant.probabilities(vectors)
        asks = [label.startswith(f"{ASK}/") for label in self._meant.labels]
        if not self._asked.labels:
            return meant[:, ~np.array(asks, bool)]
        asked = meant[:, asks] * self._asked.probabilities(vectors)
        return np.concatenate([meant[:, ~np.array(asks, bool)], asked], axis=1)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent`, `intent_ranking` and what each part may mean; without a known word nothing is understood."""
        for message in messages:
            heard = self._hear(message.get(TEXT) or "")
            if not self._words.knows(heard.text):
                nothing = {INTENT_NAME_KEY: NOT_UNDERSTOOD, "confidence": 1.0}
                message.set(INTENT, nothing, True)
                message.set(INTENT_RANKING_KEY, [nothing], True)
                message.set(PARTS, [(heard.text, {f"{NOT_UNDERSTOOD}/{NO_SUBJECT}/{NO_SUBJECT}": 1.0})])
                continue
            found, labels = self.probabilities(heard), self.labels
            ranking = self._ranking(labels, found[0])
            message.set(INTENT, ranking[0] if ranking else {INTENT_NAME_KEY: None, "confidence": 0.0}, True)
            message.set(INTENT_RANKING_KEY, ranking, True)
            parts = (heard.text, *(heard.parts if heard.spans else ()))
            message.set(PARTS, [(part, _named(labels, row)) for part, row in zip(parts, found, strict=True)])
        return messages

    def _ranking(self, labels: list[str], row: Floats) -> list[dict[str, Any]]:
        """Return the likeliest intents, whoever speaks, as Rasa has them."""
        chances: dict[str, float] = {}
        for label, chance in zip(labels, row, strict=True):
            name = label.split("/")[0]
            chances[name] = chances.get(name, 0.0) + float(chance)
        likeliest = sorted(chances.items(), key=lambda item: -item[1])[: self.config["ranking"]]
        return [{INTENT_NAME_KEY: name, "confidence": min(chance, 1.0)} for name, chance in likeliest]


def _named(labels: list[str], row: Floats) -> dict[str, float]:
    return {labels[i]: float(row[i]) for i in np.flatnonzero(row > FAINT)}


__all__ = ["PARTS", "EncoderError", "SentenceIntents", "label_of"]
