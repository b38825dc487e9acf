"""Stage `words`: a message brought to plain words, and cut into the parts that can stand alone.

A part is a sentence, or a clause of one. Parts are places in the one folded text, so that each is heard in its message.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from signpost.words import Words, clauses, ended

PARTS = 8  # parts of one message that are heard by themselves; the longest survive
_SIGNS = re.compile(r"[^\w\s'.,!?;:£$%&/()+-]+")
_LONE = re.compile(r"(?:\s+[.,;:])+(?=\s|$)|^[\s.,;:!?]+")
_SPACES = re.compile(r"\s+")


class WordsError(ValueError):
    """A table of words is missing or damaged; the message names the file, the rule and the fault."""


@dataclass(frozen=True)
class Heard:
    """A message in plain words, without its softeners.

    Attributes:
        text: the folded words of all parts, in order.
        spans: start and end (characters of `text`) of each part, where there is more than one.
        softened: whether laughter or the like was left out.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    softened: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the words of each part; of a message of one part, the whole."""
        return tuple(self.text[start:end] for start, end in self.spans) or (self.text,)


@dataclass(frozen=True)
class Softeners:
    """What is left out of a message before it is believed."""

    pattern: re.Pattern[str]

    @classmethod
    def load(cls, path: Path) -> "Softeners":
        """Read the table; raises WordsError."""
        try:
            rules = yaml.safe_load(path.read_text())["softeners"]
            return cls(re.compile("|".join(f"(?:{rule['pattern']})" for rule in rules)))
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, re.error) as error:
            raise WordsError(f"{path} cannot be read ({error}). Restore it from the repository.") from None

    def without(self, folded: str) -> str:
        """Return the text without softeners and signs; of a text of nothing else, nothing."""
        return _SPACES.sub(" ", _LONE.sub(" ", _SIGNS.sub(" ", self.pattern.sub(" ", folded)))).strip(" ,;:")


@lru_cache(maxsize=4)
def softeners(path: Path) -> Softeners:
    """Return the table of one file, read once."""
    return Softeners.load(path)


def hear(text: str, words: Words, soft: Softeners) -> Heard:
    """Fold each piece of a message once and put them together; `text` is as typed.

    The parts are its sentences; of one sentence, its clauses.
    """
    folded = [(words.fold(piece), end) for sentence, mark in ended(text) for piece, end in _marked(sentence, mark)]
    softened = any(soft.pattern.search(piece) for piece, _ in folded)
    bare = [(soft.without(piece), end) for piece, end in folded]
    kept = [(piece, end) for piece, end in bare if any(c.isalnum() for c in piece)]
    if not kept:
        return Heard(words.fold(text), softened=softened)
    whole, spans, starts, said = "", [], [], []
    for piece, end in kept:
        starts.append(len(whole))
        spans.append((len(whole), len(whole) + len(piece)))
        whole += piece + end + " "
        if end != ",":
            said.append((starts[0], spans[-1][1]))
            starts = []
    if starts:
        said.append((starts[0], spans[-1][1]))
    return Heard(whole.rstrip(" .,"), _longest(said if len(said) > 1 else spans), softened)


def _marked(sentence: str, mark: str) -> list[tuple[str, str]]:
    found = clauses(sentence)
    return [(piece, mark if place == len(found) - 1 else ",") for place, piece in enumerate(found)]


def _longest(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans of the longest parts in their order; of one part, none."""
    if len(spans) < 2:
        return ()
    return tuple(sorted(sorted(spans, key=lambda span: span[0] - span[1])[:PARTS]))
