"""Training sentences that contradict their neighbours: `python -m benchmarks.labels [N]`, the N worst first.

Each line is `sentence | its label | what most of its nearest neighbours are labelled`. A sentence and its neighbours
are heard as the classifier hears them; only the needs are compared, not who speaks.
"""

from dataclasses import dataclass

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks import ROOT
from benchmarks.classifier import Examples, read_nlu
from runtime.encoder import Vectors, encoder
from runtime.intents import DICTIONARY, WORDS
from signpost.understanding.words import hear, softeners
from signpost.words import Words, spelt_right

NEIGHBOURS = 10
BLOCK = 512  # sentences that are held against all others at a time
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Contradiction:
    """A sentence, its label, the label that its neighbours have most, and how strongly they speak against it."""

    text: str
    label: str
    neighbours: str
    strength: float


def vectors(texts: list[str]) -> Vectors:
    """Return the vector of each sentence, as the classifier sees it."""
    words, soft = Words.load(WORDS, spelt_right(DICTIONARY), texts), softeners(WORDS / "softeners.yml")
    return encoder().encode_many([hear(text, words, soft).text for text in texts])


def nearest(found: Vectors, count: int = NEIGHBOURS) -> tuple[Places, Vectors]:
    """Return the places of the nearest other sentences, the nearest first, and how near they are."""
    places, near = [], []
    for start in range(0, len(found), BLOCK):
        like = found[start : start + BLOCK] @ found.T
        like[np.arange(len(like)), np.arange(start, start + len(like))] = -1  # not itself
        top = np.argpartition(-like, count, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(like, top, 1), axis=1)
        places.append(np.take_along_axis(top, order, 1))
        near.append(np.take_along_axis(like, places[-1], 1))
    return np.concatenate(places), np.concatenate(near)


def contradictions(examples: Examples, places: Places, near: Vectors) -> list[Contradiction]:
    """Return the sentences most of whose neighbours have another need, the most contradictory first."""
    needs, found = examples.intents, []
    for row, (others, likeness) in enumerate(zip(places, near, strict=True)):
        votes: dict[str, float] = {}
        for other, like in zip(others, likeness, strict=True):
            votes[needs[other]] = votes.get(needs[other], 0.0) + max(float(like), 0.0)
        own, total = votes.get(needs[row], 0.0), sum(votes.values())
        if own < total / 2:
            most = max(votes, key=lambda name: votes[name] if name != needs[row] else -1.0)
            label = next(examples.labels[other] for other in others if needs[other] == most)
            found.append(Contradiction(examples.texts[row], examples.labels[row], label, votes[most] - own))
    return sorted(found, key=lambda one: -one.strength)


@click.command()
@click.argument("number", default=100)
def main(number: int) -> None:
    """List the NUMBER most contradictory training sentences."""
    examples = read_nlu(ROOT / "data" / "nlu")
    places, near = nearest(vectors(examples.texts))
    found = contradictions(examples, places, near)
    for one in found[:number]:
        print(f"{one.text} | {one.label} | {one.neighbours}")
    needs = np.array(examples.intents)
    other = float((needs[places[:, 0]] != needs).mean())
    share = len(found) / len(needs)
    print(f"{len(needs)} sentences: the nearest neighbour of {other:.1%} has another need; most of the {NEIGHBOURS}")
    print(f"nearest have another in {share:.1%}.")


if __name__ == "__main__":
    main()
