"""What the data package calls things: areas, periods, speakers and series, found through hash indexes.

Everything is made from the tables, so that a new row is understood with no change of code, and the cost of a message
does not grow with the number of figures.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from signpost.statistics.package import Package

Phrase = tuple[str, ...]
_TOKEN = re.compile(r"\d{4}/\d{2,4}|\d[\d,]*(?:\.\d+)?%?|[a-z]+(?:'[a-z]+)*")
_DEFINED = 0.25  # what a word of a definition weighs beside one of a name


@dataclass(frozen=True)
class Named:
    """A phrase of a message: its kind ("area", "place", "label", "speaker"), ids, and the tokens it spans."""

    kind: str
    ids: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """A series one of whose names is said: the words of it, their weight, and whether it was the whole label."""

    series: str
    words: frozenset[str]
    weight: float
    label: bool


@dataclass(frozen=True)
class Word:
    """A word or number of a plain text, without apostrophes, and where it stands."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Words and numbers of a plain text; "2016/17" is one, a possessive loses its "'s"."""
    return [
        Word(match[0].removesuffix("'s").replace("'", "").rstrip(","), match.start(), match.end())
        for match in _TOKEN.finditer(text.replace("&", " and "))
    ]


def tokens(text: str) -> list[str]:
    """Words and numbers of a plain text, in lower case."""
    return [word.text for word in words_of(text.casefold())]


def stem(word: str) -> str:
    """A rough stem, so that plural and singular meet."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Lexicon:
    """Finds named things in the tokens of a message.

    `stop` are words that say nothing of which series is meant; `carriers` say it only where they stand in a name.
    """

    def __init__(self, package: Package, stop: frozenset[str], carriers: frozenset[str] = frozenset()) -> None:
        self._stop = stop | {stem(word) for word in stop}
        self._carriers = carriers
        self._words = {word: tuple(meaning.split()) for word, meaning in package.words.items() if " " not in word}
        self._compounds: dict[str, list[tuple[Phrase, Phrase]]] = defaultdict(list)
        for word, meaning in package.words.items():
            if " " in word:
                parts = tuple(word.split())
                self._compounds[parts[0]].append((parts, tuple(meaning.split())))
        for options in self._compounds.values():
            options.sort(key=lambda item: -len(item[0]))
        self._phrases: dict[str, list[tuple[Phrase, str, list[str]]]] = defaultdict(list)
        self._build_phrases(package)
        self._aliases: dict[str, list[tuple[frozenset[str], str, bool]]] = defaultdict(list)
        self._weights: dict[str, float] = {}
        self.bags: dict[str, frozenset[str]] = {}
        self.spoken: dict[str, frozenset[str]] = {}  # the bag and the words of everyday wordings
        self.defined: dict[str, frozenset[str]] = {}
        self._holders: dict[str, dict[str, float]] = defaultdict(dict)
        self._wordings: list[tuple[frozenset[str], str]] = []  # every name and everyday wording, with its series
        self._worded: dict[str, list[int]] = defaultdict(list)  # by word
        self._build_series(package)
        self.known = frozenset(self._vocabulary(package))

    def _build_phrases(self, package: Package) -> None:
        names: dict[tuple[Phrase, str], list[str]] = defaultdict(list)
        for name, kind, item in _names(package):
            phrase = tuple(tokens(name))
            if phrase and item not in names[phrase, kind]:
                names[phrase, kind].append(item)
        for (phrase, kind), ids in names.items():
            self._phrases[phrase[0]].append((phrase, kind, ids))
        for options in self._phrases.values():
            options.sort(key=lambda item: -len(item[0]))

    def _build_series(self, package: Package) -> None:
        aliases: dict[frozenset[str], list[tuple[str, bool]]] = defaultdict(list)
        holders: Counter[str] = Counter()
        named = {
            w for s in package.series.values() for name in (s.label, *s.aliases) for w in self.content(tokens(name))
        }
        loose = self._carriers - named
        for series in package.series.values():
            bag: set[str] = set()
            for position, name in enumerate((series.label, *series.aliases)):
                words = frozenset(self.content(tokens(name)))
                if position == 0 and series.label.startswith("of "):
                    words |= {"share"}
                bag |= words
                if words:
                    aliases[words].append((series.id, position == 0))
                self._wordings.append((words, series.id))
            bag |= set(self.content(tokens(series.unit)))
            self.bags[series.id] = frozenset(bag)
            everyday = [frozenset(self.content(tokens(said))) - loose for said in series.everyday]
            self._wordings += [(words, series.id) for words in everyday]
            self.spoken[series.id] = self.bags[series.id].union(*everyday)
            self.defined[series.id] = frozenset(self.content(tokens(f"{series.definition} {series.publisher}")))
            holders.update(bag)
        total = len(package.series)
        spoken = Counter(word for words in self.spoken.values() for word in words)
        self._weights = {word: math.log(1 + total / held) for word, held in spoken.items()}
        self._weights |= {word: math.log(1 + total / held) for word, held in holders.items()}
        for item, bag_of in self.bags.items():
            for word in self.defined[item]:
                self._holders[word][item] = _DEFINED
            for word in bag_of:
                self._holders[word][item] = 1.0
        for at, (words, item) in enumerate(self._wordings):
            for word in words:
                self._holders[word][item] = 1.0
                self._worded[word].append(at)
        for words, ids in aliases.items():
            rarest = min(words, key=lambda word: (holders[word], word))
            self._aliases[rarest].extend((words, item, label) for item, label in ids)

    def _vocabulary(self, package: Package) -> Iterable[str]:
        for phrases in self._phrases.values():
            for phrase, _, _ in phrases:
                yield from phrase
        for series in package.series.values():
            for name in (series.label, *series.aliases, *series.everyday):
                yield from tokens(name)
        for word in package.words:
            yield from word.split()
        for claim in package.claims.values():
            for key in claim.keywords:
                yield from tokens(key)

    def fold(self, words: Sequence[str]) -> list[str]:
        """Each word as its meaning: "kids" is "child", "Lucy Faithfull Foundation" is "lff"."""
        result: list[str] = []
        at = 0
        while at < len(words):
            word = words[at]
            for parts, meaning in self._compounds.get(word, ()):
                if tuple(words[at : at + len(parts)]) == parts:
                    result.extend(meaning)
                    at += len(parts)
                    break
            else:
                result.extend(self._words.get(word) or self._words.get(stem(word)) or (stem(word),))
                at += 1
        return result

    def content(self, words: Sequence[str]) -> list[str]:
        """Folded words that can say which series is meant, in order."""
        return [word for word in self.fold(words) if word not in self._stop and not word[0].isdigit()]

    def named(self, words: Sequence[str]) -> list[Named]:
        """Areas, places, period labels and speakers, longest first, not overlapping except speakers."""
        found: list[Named] = []
        at = 0
        while at < len(words):
            step = self._compound(words, at)
            if words[at] == "the" and step == 1 and at + 1 < len(words) and self._compound(words, at + 1) > 1:
                at += 1
                continue
            compound = step > 1  # "National Crime Agency" is no place called "national"
            for phrase, kind, ids in self._phrases.get(words[at], ()):
                if tuple(words[at : at + len(phrase)]) == phrase and (kind == "speaker" or not compound):
                    found.append(Named(kind, tuple(ids), at, at + len(phrase)))
                    if kind != "speaker":
                        step = len(phrase)
                        break
            at += step
        return found

    def compounds(self, words: Sequence[str]) -> set[int]:
        """The places of words that are a name together: "stop it now", "Internet Watch Foundation"."""
        steps = {at: self._compound(words, at) for at in range(len(words))}
        return {place for at, step in steps.items() if step > 1 for place in range(at, at + step)}

    def _compound(self, words: Sequence[str], at: int) -> int:
        for parts, _ in self._compounds.get(words[at], ()):
            if tuple(words[at : at + len(parts)]) == parts:
                return len(parts)
        return 1

    def matches(self, content: Iterable[str]) -> list[Match]:
        """Series one of whose names is said in full (its words in any order), heaviest first."""
        said = frozenset(content)
        best: dict[str, Match] = {}
        for word in said:
            for words, series, label in self._aliases.get(word, ()):
                if words <= said:
                    weight = sum(self._weights[w] for w in words) + (0.5 if label else 0.0)
                    if series not in best or weight > best[series].weight:
                        best[series] = Match(series, words, weight, label)
        return sorted(best.values(), key=lambda match: -match.weight)

    def near(self, content: Iterable[str]) -> list[tuple[str, float]]:
        """Series by how well they fit what was said, from 0 to 1, by the weight of its words.

        Half of it is how much of what was said the series explains at all, half how like its likest wording is.
        """
        said = [word for word in dict.fromkeys(content) if word in self._holders]
        weights = {word: self._weights.get(word, 1.0) for word in said}
        scores: dict[str, float] = defaultdict(float)
        for word in said:
            for item, share in self._holders[word].items():
                scores[item] += share * weights[word]
        whole = sum(weights.values()) or 1.0
        likest = self._likest(weights)
        found = {item: (score / whole + likest.get(item, 0.0)) / 2 for item, score in scores.items()}
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def _likest(self, weights: Mapping[str, float]) -> dict[str, float]:
        """How like the likest wording of each series is: the words that both have, beside all that either has."""
        whole = sum(weights.values())
        best: dict[str, float] = {}
        for at in {at for word in weights for at in self._worded[word]}:
            words, item = self._wordings[at]
            shared = sum(weights[word] for word in words if word in weights)
            like = shared / math.sqrt(whole * sum(self._weights[word] for word in words))
            best[item] = max(best.get(item, 0.0), like)
        return best

    def holding(self, word: str) -> set[str]:
        """Series in whose names a folded word stands."""
        return {item for item in self._holders.get(word, ()) if word in self.bags[item]}

    def weight(self, word: str) -> float:
        """How telling a folded word is: rare words weigh more, and one of no series nothing."""
        return self._weights.get(word, 0.0)


def _names(package: Package) -> Iterable[tuple[str, str, str]]:
    """Every name of an area, place, speaker or period: the name, its kind and its id."""
    for area in package.areas.values():
        for name in (area.name, *area.aliases):
            yield name, "area", area.id
            yield f"the {name}", "area", area.id
        for name in area.places:
            yield name, "place", area.id
    for speaker in package.speakers.values():
        yield from ((name, "speaker", speaker.id) for name in speaker.aliases)
    for figure in package.figures.values():
        if not figure.single or len(tokens(figure.label)) > 3:
            yield figure.label, "label", figure.label
