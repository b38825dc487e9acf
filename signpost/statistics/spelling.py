"""Misspelt words of the package's own vocabulary, found by an index of deletions; nothing is scanned."""

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from signpost.statistics.text import word_set

# Real words that lie one or two letters from the vocabulary; they are never "corrected".
_REAL = word_set(
    """
    persecuted persecution reported reporter sessions missions sensual causal essence missing passing county country
    counties countries contract contracts content contents contest context charger changes charges change images
    imagine imaged offended offender offends defence offers affected suspend suspense arresting wrestling arrived
    accounts account victims friend friends another mother brother father sister daughter children childhood person
    persons parents partner teacher school police officer police-station internet website websites videos contact
    contacts pictures picture secret secrets scared worried worries abused abuser touched nothing something anything
    someone anyone everyone message messages massages charity clarity parity nation notion nations nominal rational
    natural international irrational wherever however whatever weather whether worldly stolen reading beading
    bedding wording working warning warming calling called caller killing listen letter better getting setting
    sitting worked works worker workers worded wanted protecting protects accused seeking talked walked counts
    counted counter protect protected protection projection stage stages states statement statements
    """
)


def _deletions(word: str, depth: int) -> set[str]:
    found = {word}
    edge = {word}
    for _ in range(depth):
        edge = {item[:i] + item[i + 1 :] for item in edge for i in range(len(item))}
        found |= edge
    return found


def _depth(word: str) -> int:
    return 0 if len(word) < 6 else 1 if len(word) < 9 else 2


class Spelling:
    """Knows words; `of` gives the known word that a misspelt one stands for, or the word as it is."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._index: dict[str, list[str]] = {}
        self._longest = max(map(len, self._known), default=0)
        for word in sorted(self._known):
            if word.isalpha() and len(word) > 5:
                for shape in _deletions(word, _depth(word)):
                    self._index.setdefault(shape, []).append(word)

    def of(self, word: str) -> str:
        """The known word within one letter (two from nine letters on), when there is exactly one nearest."""
        if word in self._known or word in _REAL or len(word) < 6 or not word.isalpha():
            return word
        if len(word) > self._longest + 2:  # its shapes would grow with the square of its length
            return word
        near: dict[str, int] = {}
        for shape in _deletions(word, _depth(word)):
            for known in self._index.get(shape, ()):
                if known not in near and known[0] == word[0]:
                    distance = DamerauLevenshtein.distance(word, known)
                    if distance <= max(1, min(_depth(word), _depth(known))):
                        near[known] = distance
        if not near:
            return word
        best = min(near.values())
        names = [known for known, distance in near.items() if distance == best]
        return names[0] if len(names) == 1 else word
