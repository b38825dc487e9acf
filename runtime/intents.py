"""Rasa extension point: a graph component that classifies intents (`config.yml`, node `intents`).

The sentence vector and the character n-grams of the folded message, side by side, in one multinomial logistic
regression, joined by the vote of the nearest training sentences. Saved as npz and JSON, never as pickle.
"""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from runtime.encoder import EncoderError, Vectors, encoder
from signpost.audience import ADULT, CHILD, PROFESSIONAL, UNKNOWN, Audience
from signpost.understanding import NOT_UNDERSTOOD
from signpost.words import Words, clauses, sentences, spelt_right

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "data" / "words"
DICTIONARY = ROOT / "data" / "encoder" / "vocab.txt"
PARTS = "signpost_parts"  # message property: [(part of the message, {intent: probability}), ...]
Floats = NDArray[np.float32]


SPEAKERS = (CHILD, ADULT, PROFESSIONAL, UNKNOWN)
SPEAKER_WEIGHT = 0.5
TEMPERATURE = 0.05  # how fast a training sentence loses its vote with distance (cosine)
AXES = 128  # of the room that neighbours are looked for in; a third of the time, and as good a vote
ENOUGH = 60  # examples of an intent from which its neighbours have their full vote


def speaker_rows(audience: Audience, folded: list[str]) -> Floats:
    """Return six columns a text: the four audiences, about a child, an age given; each 0 or `SPEAKER_WEIGHT`."""
    rows = np.zeros((len(folded), 6), np.float32)
    for row, text in zip(rows, folded, strict=True):
        said = audience.read(text)
        row[SPEAKERS.index(said.audience)] = SPEAKER_WEIGHT
        row[4:] = said.about_child * SPEAKER_WEIGHT, (said.age is not None) * SPEAKER_WEIGHT
    return rows


_LAUGHTER = re.compile("[😂🤣😆😹💀☠]+")
_SYMBOLS = re.compile(r"[^\w\s'.,!?;:£$%&/()+-]+")


def spoken(folded: str) -> str:
    """Return the text without pictures, which the encoder cannot tell apart: a tear is no joke. Laughter stays."""
    return " ".join(_SYMBOLS.sub(" ", _LAUGHTER.sub(" haha ", folded)).split()) or folded


class SpellingOut:
    """The character n-grams of a folded text as a sparse row, weighted by how rare they were in training."""

    def __init__(self, settings: dict[str, Any], idf: Floats | None = None) -> None:
        self._hash = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=tuple(settings["ngrams"]),
            n_features=settings["features"],
            alternate_sign=False,
            norm=None,
            dtype=np.float32,
        )
        self._scale = float(settings["spelling_weight"])
        self.idf = idf

    def fit(self, texts: list[str]) -> None:
        """Learn how rare each n-gram is."""
        seen = np.asarray((self._hash.transform(texts) > 0).sum(0)).ravel()
        self.idf = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)

    def rows(self, texts: list[str]) -> sparse.csr_matrix:
        """Return one row of length `spelling_weight` a text."""
        matrix = self._hash.transform(texts)
        matrix.data = 1 + np.log(matrix.data)
        matrix.data *= self.idf[matrix.indices] if self.idf is not None else 1
        for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
            norm = np.linalg.norm(matrix.data[start:end])
            matrix.data[start:end] *= self._scale / norm if norm else 0
        return matrix


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntents(GraphComponent, IntentClassifier):
    """Intent classifier: folds, encodes, and reads long messages sentence by sentence."""

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

        `C`: inverse regularisation; `features`: buckets of the n-gram hash; `ranking`: intents kept in the ranking;
        `parts`: sentences of one message that are read by themselves at most; `fold`: mend spelling (needs data/words);
        `speaker`: tell the classifier who says that they are speaking; `neighbours` nearest training sentences vote
        with `neighbour_weight` beside the regression (with less where intents have few examples).
        """
        return {
            "C": 5.0,
            "ngrams": [2, 5],
            "features": 2**14,
            "spelling_weight": 0.9,
            "max_iter": 1000,
            "neighbours": 25,
            "neighbour_weight": 0.4,
            "ranking": 10,
            "parts": 8,
            "fold": True,
            "speaker": True,
        }

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
        self._classes: list[str] = []
        self._vector_weights = self._spelling_weights = self._bias = np.zeros(0, np.float32)
        self._spelling = SpellingOut(self.config)
        self._known = self._axes = np.zeros((0, 0), np.float32)
        self._vote_weight = 0.0
        self._labels = np.zeros(0, np.int32)
        self._words = Words({})
        self._audience = Audience.load(WORDS / "audience.yml") if self.config["speaker"] else None

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Files outside the corpus that change the result: Rasa's cache must see them."""
        return "".join((WORDS / name).read_text() for name in ("textspeak.yml", "audience.yml"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent; returns the resource that holds the weights."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [m.get(TEXT) for m in examples]
        if self.config["fold"]:
            self._words = Words.load(WORDS, spelt_right(DICTIONARY), texts)
        folded = [spoken(self._fold(t)) for t in texts]
        vectors = self._dense(folded, encoder().encode_many(folded))
        self._spelling.fit(folded)
        features = sparse.hstack([sparse.csr_matrix(vectors), self._spelling.rows(folded)]).tocsr()
        model = LogisticRegression(C=self.config["C"], max_iter=self.config["max_iter"], tol=1e-4)
        model.fit(features, np.array([m.get(INTENT) for m in examples]))
        self._classes = [str(c) for c in model.classes_]
        self._labels = np.array([self._classes.index(m.get(INTENT)) for m in examples], np.int32)
        # the main axes of the room, widest first; from the small product, since all vectors at once take a minute
        self._axes = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1][:, :AXES].astype(np.float32)
        self._known = self._project(vectors)
        few = float(np.median(np.bincount(self._labels)))
        self._vote_weight = self.config["neighbour_weight"] * min(1.0, few / ENOUGH)
        weights = model.coef_.astype(np.float32)
        if len(self._classes) == 2:
            weights = np.concatenate([-weights, weights])
        self._vector_weights = weights[:, : vectors.shape[1]].copy()
        self._spelling_weights = np.ascontiguousarray(weights[:, vectors.shape[1] :].T)
        self._bias = np.broadcast_to(model.intercept_, len(self._classes)).astype(np.float32)
        self.persist()
        return self._resource

    def persist(self) -> None:
        """Write weights (npz) and words (JSON) into the model."""
        with self._storage.write_to(self._resource) as folder:
            np.savez(
                folder / "weights.npz",
                vectors=self._vector_weights,
                spelling=self._spelling_weights.astype(np.float16),
                bias=self._bias,
                known=self._known.astype(np.float16),
                axes=self._axes,
                vote_weight=self._vote_weight,
                labels=self._labels,
                idf=np.asarray(self._spelling.idf),
            )
            (folder / "words.json").write_text(
                json.dumps({"classes": self._classes, "vocabulary": dict(self._words.vocabulary)})
            )

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
            with np.load(folder / "weights.npz", allow_pickle=False) as weights:
                component._vector_weights = weights["vectors"]
                component._spelling_weights = weights["spelling"].astype(np.float32)
                component._bias = weights["bias"]
                component._known = weights["known"].astype(np.float32)
                component._axes = weights["axes"]
                component._vote_weight = float(weights["vote_weight"])
                component._labels = weights["labels"]
                component._spelling.idf = weights["idf"]
        component._classes = saved["classes"]
        if component.config["fold"]:
            table = Words.load(WORDS, spelt_right(DICTIONARY))
            component._words = replace(table, vocabulary=Counter(saved["vocabulary"]))
        encoder()
        return component

    def _fold(self, text: str) -> str:
        return self._words.fold(text) if self.config["fold"] else text

    def _dense(self, folded: list[str], vectors: Vectors) -> Floats:
        if self._audience is None:
            return vectors
        return np.hstack([vectors, speaker_rows(self._audience, folded)])

    def probabilities(self, folded: list[str]) -> Floats:
        """Return the probability of each class, shape (len(folded), classes)."""
        said = [spoken(text) for text in folded]
        vectors = self._dense(said, encoder().encode(said))
        rows = self._spelling.rows(said)
        scores = vectors @ self._vector_weights.T + rows @ self._spelling_weights + self._bias
        scores = np.exp(scores - scores.max(1, keepdims=True))
        found: Floats = scores / scores.sum(1, keepdims=True)
        weight = self._vote_weight
        return (1 - weight) * found + weight * self._vote(vectors) if weight else found

    def _project(self, vectors: Floats) -> Floats:
        projected = vectors @ self._axes
        unit: Floats = projected / np.linalg.norm(projected, axis=1, keepdims=True)
        return unit

    def _vote(self, vectors: Floats) -> Floats:
        """Return the share of each class among the nearest training sentences, the nearer weighing more."""
        votes = np.zeros((len(vectors), len(self._classes)), np.float32)
        count = min(self.config["neighbours"], len(self._labels))
        for row, near in zip(votes, self._project(vectors) @ self._known.T, strict=True):
            best = np.argpartition(-near, count - 1)[:count]
            np.add.at(row, self._labels[best], np.exp((near[best] - near[best].max()) / TEMPERATURE))
        shares: Floats = votes / votes.sum(1, keepdims=True)
        return shares

    def _parts(self, text: str) -> list[str]:
        """Return the whole message, then its sentences and clauses if there are more; the longest survive."""
        parts = [s for s in sentences(text) if len(s) > 1]
        parts = [c for part in parts for c in clauses(part)]
        if len(parts) < 2:
            return [text]
        longest = sorted(range(len(parts)), key=lambda i: -len(parts[i]))[: self.config["parts"]]
        return [text] + [parts[i] for i in sorted(longest)]

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent`, `intent_ranking` and the reading of each part; without a known word nothing is understood."""
        for message in messages:
            parts = [self._fold(p) for p in self._parts(message.get(TEXT) or "")]
            if not self._words.knows(parts[0]):
                nothing = {INTENT_NAME_KEY: NOT_UNDERSTOOD, "confidence": 1.0}
                message.set(INTENT, nothing, True)
                message.set(INTENT_RANKING_KEY, [nothing], True)
                message.set(PARTS, [(parts[0], {NOT_UNDERSTOOD: 1.0})])
                continue
            found = self.probabilities(parts)
            best = np.argsort(-found[0])[: self.config["ranking"]]
            ranking = [{INTENT_NAME_KEY: self._classes[i], "confidence": float(found[0, i])} for i in best]
            message.set(INTENT, ranking[0] if ranking else {INTENT_NAME_KEY: None, "confidence": 0.0}, True)
            message.set(INTENT_RANKING_KEY, ranking, True)
            readings = [
                (part, {self._classes[i]: float(row[i]) for i in np.argsort(-row)[: self.config["ranking"]]})
                for part, row in zip(parts, found, strict=True)
            ]
            message.set(PARTS, readings)
        return messages


__all__ = ["PARTS", "EncoderError", "SentenceIntents"]
