"""Messages in another language: which it is, what in it matters at once, and its line (data/words/languages.yml).

The script is looked at first, then the words; statistics only tell that a message is not English.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

OTHERS = ("fr", "de", "it", "nl", "tr", "ru", "ar", "hi", "pa", "gu", "hu", "bg", "el", "sk", "cs", "sq", "fa", "ps")
OTHER = "other"  # a language that is not English and has no line of its own: a line in plain English
KINDS = ("own", "danger")
ROW = ("name", "pattern", "why", "example", "counter_example")
NUMBERS = ("{number:emergency-999}", "{number:childline}", "{number:nspcc-helpline}")
OWN_NUMBER = "{number:stop-it-now}"
LATIN = "LATIN"
LETTER = 1.5  # words; a letter that no other language of the script has tells more than one of them
SURE = 0.85
SHORT = 4  # words; in a longer message one common word may be a name or a slip
ALONE = 5  # letters; a shorter word that stands alone may be a name or a slip
FOREIGN = 0.25  # the most of a message that may be English where only statistics tell its language
SEEN = 2  # times; another language's word that stands once in the examples is a quotation
LONG = 5  # letters; shorter words of the dictionary are words of other languages too
# vowel signs are no letters to `\w`, and an unseen joiner stands within Persian words
_MARKS = (
    "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code))[0] == "M") + "\u200c\u200d"
)
_RUN = re.compile(f"[\\w{_MARKS}]+")
_DIGITS = re.compile(r"[\d_]+")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_EXAMPLE = re.compile(r"^\s+- (.+)$", re.MULTILINE)
_ACCENTS = re.compile("([a-z\u0370-\u03ff])[\u0300-\u036f]+")
# what the same word is typed with: quotes, letters that no accent can be taken from, the forms of alef, yeh and kaf
_PLAIN = str.maketrans("łıøđ’‘`ёأإآىیةک", "liod'''еااايي\u0647ك", "\u0640") | {ord("æ"): "ae", ord("œ"): "oe"}


class LanguagesError(ValueError):
    """The file of lines is missing or damaged; the message names it and the fault."""


@dataclass(frozen=True)
class Found:
    """A message that is not English: its language, and whether it tells of the writer's own behaviour or of danger."""

    code: str
    own: bool = False
    danger: bool = False


@dataclass(frozen=True)
class _Word:
    codes: frozenset[str]  # the languages that have it
    sure: bool  # it is no word of English too
    english: bool


@dataclass(frozen=True)
class Languages:
    """The lines by ISO 639-1 code, `{"pl": {"name", "line", "awaiting_review"}}`, and the English used here.

    A language that is also written in Latin letters by those who do not read its own has a second code, `ur-Latn`.
    """

    lines: dict[str, dict[str, Any]]
    english: frozenset[str] = frozenset()
    scripts: dict[str, dict[str, str]] = field(default_factory=dict)
    patterns: dict[str, dict[str, re.Pattern[str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path, examples: Path | None = None, dictionary: Path | None = None) -> "Languages":
        """Read the lines, and as English the words of the example sentences and the longer ones of a dictionary.

        Raises LanguagesError.
        """
        try:
            table = yaml.safe_load(path.read_text(encoding="utf-8"))
            lines = {str(code): _entry(entry) for code, entry in table["languages"].items()}
            if OTHER not in lines:
                raise KeyError(OTHER)
            scripts = {str(script): _script(codes) for script, codes in table.get("scripts", {}).items()}
            patterns = {
                kind: {
                    f"{code}: {row['name']}": re.compile(bare(row["pattern"]))
                    for code, entry in lines.items()
                    for row in entry.get(kind, ())
                }
                for kind in KINDS
            }
            look_alikes = frozenset(_words_in(table.get("english", [])))
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
            raise LanguagesError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
        foreign = {word for entry in lines.values() for word in entry["words"]}
        said = _said(examples, foreign) if examples else set()
        if dictionary:
            known = (word for word in dictionary.read_text().split() if len(word) >= LONG and word.isascii())
            said |= {word for word in known if word.isalpha()} - foreign - {bare(word) for word in foreign}
        return cls(lines, look_alikes | said, scripts, patterns)

    @cached_property
    def _identifier(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
        codes = dict.fromkeys(("en", *self.lines, *OTHERS))
        identifier.set_languages([code for code in codes if code in identifier.nb_classes])
        return identifier

    @cached_property
    def _spelt(self) -> dict[str, frozenset[str]]:
        """The languages of every word as it is spelt, with its accents."""
        return self._by_word(lambda word: word)

    @cached_property
    def _bare(self) -> dict[str, frozenset[str]]:
        """The languages of every word without its accents."""
        return self._by_word(bare)

    def _by_word(self, form: Callable[[str], str]) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for code, entry in self.lines.items():
            for word in entry["words"]:
                found.setdefault(form(word), set()).add(code)
        return {word: frozenset(codes) for word, codes in found.items()}

    def find(self, text: str) -> str | None:
        """Return the code of the language of a message, `other` if it has no line here, None if it may be English."""
        text = unicodedata.normalize("NFKC", text).casefold()
        words = list(self._words(text))
        letters = [letter for word in words for letter in word if letter.isalpha()]
        if len(letters) < 2:
            return None
        scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
        if scripts[LATIN] < len(letters) / 2:
            del scripts[LATIN]
            return self._by_script(scripts.most_common(1)[0][0], text, words)
        return self._told_by_words(words, text) or self._told_by_statistics(words, text)

    def of(self, text: str) -> Found | None:
        """Return the language of a message and what in it matters at once, or None if it may be English."""
        code = self.find(text)
        if code is None:
            return None
        folded = bare(unicodedata.normalize("NFKC", text).casefold())
        # neighbours among languages are easily confused; what somebody did is told by its own words
        return Found(code, self._reads("own", folded), self._reads("danger", folded))

    def _reads(self, kind: str, folded: str) -> bool:
        return any(pattern.search(folded) for pattern in self.patterns.get(kind, {}).values())

    def _words(self, text: str) -> Iterator[str]:
        """Yield the words; a digit within one is a letter where the word is known so ("3ayez"), else it parts words."""
        for run in _RUN.findall(text):
            if run in self._spelt:
                yield run
            else:
                yield from filter(None, _DIGITS.split(run))

    def _by_script(self, script: str, text: str, words: list[str]) -> str:
        """Return the language of a script: by letters that others lack and by words, else the script's last."""
        candidates = self.scripts.get(script, {OTHER: ""})
        hits = Counter(code for word in set(words) for code in self._bare.get(bare(word), ()) if code in candidates)
        scores = {code: hits[code] + LETTER * (not set(own).isdisjoint(text)) for code, own in candidates.items()}
        best = max(scores, key=lambda code: scores[code])
        code = best if scores[best] else next(reversed(candidates))
        return code if code in self.lines else OTHER

    def _told_by_words(self, words: list[str], text: str) -> str | None:
        """Return the language most of whose words are here, if they are at least as many as the English ones."""
        # a letter alone is a word of every language: the j of "j'ai", the i of "i am"
        known = [self._known(word) for word in dict.fromkeys(word for word in words if len(word) > 1)]
        told = frozenset[str]().union(*(word.codes for word in known if word.sure))
        scores = {code: _score(code, known) for code in self.lines if code in told}
        scores = {code: score for code, score in scores.items() if score}
        if not scores or (len(words) == 1 and len(words[0]) < ALONE and words[0].isascii()):
            return None
        order = [str(code) for code, _ in self._identifier.rank(text)]
        best = max(scores, key=lambda code: (scores[code], -order.index(code) if code in order else -len(order)))
        sure = sum(word.sure for word in known if best in word.codes)
        return best if sure > 1 or len(known) <= SHORT or best == order[0] else None

    def _told_by_statistics(self, words: list[str], text: str) -> str | None:
        known = [self._known(word) for word in words if len(word) > 1]
        if len(known) < SHORT or sum(word.english for word in known) > FOREIGN * len(known):
            return None
        code, probability = self._identifier.classify(text)
        if code == "en" or probability < SURE:
            return None
        return str(code) if any(code in word.codes for word in known) else OTHER

    def _known(self, word: str) -> _Word:
        without = bare(word)
        accented = self._spelt.get(word) if word != without else None
        english = word in self.english or without in self.english
        if accented:
            return _Word(accented, True, english)
        codes = self._bare.get(without, frozenset())
        return _Word(codes, bool(codes) and not english, english)


def _score(code: str, known: list[_Word]) -> float:
    """Return how much speaks for a language: words that few others have count most; nought where English has more."""
    own = [word for word in known if code in word.codes]
    if len(own) < sum(word.english for word in known if code not in word.codes):
        return 0.0
    return sum((1.0 if word.sure else 0.5) * (1 + 1 / len(word.codes)) for word in own)


def bare(text: str) -> str:
    """Return a casefolded text without the accents of Latin and Greek letters, as it is typed in a hurry."""
    parted = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", parted))


def _said(examples: Path, foreign: set[str]) -> set[str]:
    """Return the English of the example sentences."""
    said = (line for file in sorted(examples.rglob("*.yml")) for line in _EXAMPLE.findall(file.read_text()))
    counts = Counter(word for line in said for word in _WORD.findall(line.casefold()))
    return {word for word, count in counts.items() if count >= SEEN or word not in foreign}


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Check one language's entry and return it."""
    checked = {**entry, "words": _words_in(entry["words"])}
    if not (entry["name"] and isinstance(entry["line"], str) and all(number in entry["line"] for number in NUMBERS)):
        raise ValueError(f"line of {entry['name']}")
    if "own_line" in entry and OWN_NUMBER not in entry["own_line"]:
        raise ValueError(f"own_line of {entry['name']}")
    for row in (row for kind in KINDS for row in entry.get(kind, ())):
        if not all(isinstance(row[column], str) and row[column] for column in ROW):
            raise ValueError(f"a pattern of {entry['name']}")
    return checked


def _script(codes: Mapping[str, Any]) -> dict[str, str]:
    if not codes or not all(isinstance(letters, str) for letters in codes.values()):
        raise ValueError("letters of a script")
    return {str(code): letters for code, letters in codes.items()}


def _words_in(words: Any) -> list[str]:
    """Return words that are texts; `no` and `on` without quotes are none in YAML."""
    if not isinstance(words, list):
        raise ValueError("words are no list")
    if odd := [word for word in words if not (isinstance(word, str) and word)]:
        raise ValueError(f"{odd[0]!r} is no word")
    return [unicodedata.normalize("NFKC", word).casefold() for word in words]
