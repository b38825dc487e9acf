"""Folding: what a visitor typed, brought to the plain words that were meant, before anything reads it.

Spaced and stretched letters, missing spaces, text-speak, and slips of the finger are folded; the words themselves
are never stored.
"""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from itertools import pairwise
from math import log
from pathlib import Path

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ´`＇", "'"))
_WORD = re.compile(r"[^\W_]+(?:['/][^\W_]+)*", re.UNICODE)
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s.\-_*]{1,2}){2,}[^\W\d_](?![^\W_])", re.UNICODE)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
# strokes, enclosing marks and invisible characters on a letter, a digit or a mark: a keycap, struck-through letters
_MARKS = re.compile(
    r"([!-\u052f])[\u00ad\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2064\u2066-\u2069\u20d0-\u20f0\ufe00-\ufe0f\ufeff]+"
)
_LATIN = re.compile("[a-zA-Z]")
_TOKEN = re.compile(r"\w+")
_NINES = re.compile(
    r"(?<![\w.,-])(?<!\d )(?:9[ .,-]{1,2}9[ .,-]{1,2}9(?![ .,-]?\d)|nine[ .,-]{0,2}nine[ .,-]{0,2}nine"
    r"|(?:triple|treble) (?:9|nine))(?!\w)"
)
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_LEET_WORD = re.compile(
    r"(?<!\S)(?=\S{0,40}[a-z])(?=\S{0,40}[013457@$!])[a-z013457@$!]{2,40}[a-z013457@$](?=[!?.,;:]{0,9}(?!\S))"
)
_SIGN_WITHIN = re.compile(r"(?<=[a-z0-9])[@$!](?=[a-z0-9])|^\$(?=[a-z])")
_SENTENCE = re.compile(r"[.!?\n;]+(?:\s+|$)|\s+(?:-|\u2013|\u2014)\s+|\n+")
_CLAUSE = re.compile(
    r"\s*[,;:]\s+|\s+(?:but|anyway|also|plus|because|asking because|and)"
    r"(?=\s)",
    re.IGNORECASE,
)
_FOR = re.compile(r"(?<=[a-z] )4(?= (?:my|a|me|her|him|them|pic|nude|help|money|sex|it|more|some))")
_TO = re.compile(
    r"(?<=[a-z] )2(?= (?:do|go|meet|be|me|my|see|send|get|tell|talk|him|her|school|the|"
    r"hurt|kill|hit|come|touch))"
)
_RUN = re.compile(r"[a-z]+|[0-9]+")
_NUMBERED = re.compile(r"^[a-z]+[0-9]{1,4}(?:[a-z]+(?:[0-9]{1,4})?)?")
CLAUSE_WORDS = 4  # a shorter clause belongs to its neighbour
MENDED = 40  # unknown words of one message that are looked up at most: gibberish must not hold up the others
LONGEST = 4000  # characters of plain text: one character may become eighteen
NUMBERED_FROM = 9  # letters and digits; shorter ones are postcodes, makes and user names
SEGMENT_FROM = 6  # letters; a shorter unknown word is taken for a slip, not for missing spaces


def plain(text: str) -> str:
    """Return the text in one Unicode form, lower case, single spaces, no control characters, and without disguise.

    Apostrophes become straight, keycaps digits, struck-through and look-alike letters the letters that are meant, and
    "nine nine nine" the number. At most 4,000 characters are returned.
    """
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8")).casefold()
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)  # a capital may fall into a letter and a mark
    text = _MARKS.sub(r"\1", text)
    if not text.isascii():
        text = _TOKEN.sub(lambda m: m[0].translate(_lookalikes()) if _LATIN.search(m[0]) else m[0], text)
    text = "".join(c if c.isprintable() or c.isspace() else " " for c in text)
    text = _NINES.sub("999", " ".join(text.casefold().split()))
    return text[:LONGEST].rstrip()


@lru_cache(maxsize=1)
def _lookalikes() -> dict[int, str]:
    table = _table(Path(__file__).parent.parent / "data" / "words" / "lookalikes.yml")
    return {ord(letter): meant for meant, letters in table.items() for letter in letters.split()}


def sentences(text: str) -> list[str]:
    """Split into sentences and lines; a message without marks stays one."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def ended(text: str) -> list[tuple[str, str]]:
    """Split into sentences as `sentences` does, each with the mark that ends it: "?" or "."."""
    found, start = [], 0
    for end in [*_SENTENCE.finditer(text), None]:
        piece = text[start : end.start() if end else len(text)].strip()
        marks = (end[0] if end else "") + piece[-2:]
        if piece:
            found.append((piece, "?" if "?" in marks else "."))
        start = end.end() if end else start
    return found


def clauses(sentence: str) -> list[str]:
    """Split a sentence where a new thought begins; a clause of a few words stays with the one before it."""
    starts = [0] + [m.start() for m in _CLAUSE.finditer(sentence)] + [len(sentence)]
    found: list[str] = []
    for start, end in pairwise(starts):
        piece = sentence[start:end].strip(" ,;:")
        if found and (len(piece.split()) < CLAUSE_WORDS or len(found[-1].split()) < CLAUSE_WORDS):
            found[-1] = f"{found[-1]} {piece}".strip()
        elif piece:
            found.append(piece)
    return found


RARE_ENGLISH = 50  # uses in the library's corpus: what has no more is there by rule, not because somebody wrote it


def spelt_right(encoder_words: Path) -> frozenset[str]:
    """Return English words that are no slips: the encoder's own (a text file) and a spelling library's common ones."""
    library = resources.files("spellchecker") / "resources" / "en.json.gz"
    counted = json.loads(gzip.decompress(library.read_bytes()))
    return frozenset(encoder_words.read_text().split()).union(w for w, n in counted.items() if n > RARE_ENGLISH)


def _table(path: Path) -> dict[str, str]:
    try:
        return {str(key): str(value) for key, value in yaml.safe_load(path.read_text()).items()}
    except (OSError, yaml.YAMLError, AttributeError) as error:
        raise ValueError(f"{path} cannot be read ({error}). Restore it from the repository.") from None


RARE, FAR_MORE = 3, 40  # uses in the examples: fewer may be a slip, of a word that has as many


@dataclass(frozen=True)
class Words:
    """What is known of spelling.

    Attributes:
        textspeak: written word to meant words.
        vocabulary: known words with how often the examples use them; a word outside it and of no dictionary is a slip.
        dictionary: further words that are spelt right but rare here.
        signs: emoji to the words that a message of signs alone means.
    """

    textspeak: dict[str, str]
    vocabulary: Counter[str] = field(default_factory=Counter)
    dictionary: frozenset[str] = frozenset()
    signs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, dictionary: Iterable[str] = (), examples: Iterable[str] = ()) -> "Words":
        """Read the two tables; count the examples' words. Raises ValueError naming the file if one is damaged."""
        textspeak, meanings = _table(folder / "textspeak.yml"), _table(folder / "signs.yml")
        signs = {sign: meant for meant, written in meanings.items() for sign in written.split()}
        words = cls(textspeak, dictionary=frozenset(w for w in dictionary if w.isalpha() and len(w) > 1), signs=signs)
        counts = Counter(word for example in examples for word in _WORD.findall(words._spell_out(plain(example))))
        return replace(words, vocabulary=counts - replace(words, vocabulary=counts)._slips())

    def _slips(self) -> Counter[str]:
        """Return the examples' rare words that are slips: two letters of a common word swapped, or spaces left out."""
        rare = [w for w, n in self.vocabulary.items() if n < RARE and len(w) > 3 and w.isalpha()]
        rare = [w for w in rare if w not in self.dictionary]
        common = Words({}, self.vocabulary - Counter(dict.fromkeys(self.vocabulary, RARE - 1)))
        near = {word: common._within(word, 1) for word in rare}
        slips = {w for w, n in near.items() if sorted(w) == sorted(n) and self.vocabulary[n] >= FAR_MORE}
        slips |= {w for w in rare if len(w) >= NUMBERED_FROM and len(common._segment(w).split()) > 2}
        return Counter({w: self.vocabulary[w] for w in slips})

    def fold(self, text: str) -> str:
        """Return the message in plain words: "sum1 keeps askin 4 pics" becomes "someone keeps asking for pictures"."""
        text = plain(text)
        if not _WORD.search(text):
            return next((self.signs[c] for c in text if c in self.signs), text)
        text = _SPACED.sub(lambda m: re.sub(r"[\W_]+", "", m[0]) + " ", text)
        text = _LEET_WORD.sub(self._unleet, text)
        text = _STRETCHED.sub(self._unstretch, text)
        mended: dict[str, str] = {}  # of this message only: what a visitor typed is not kept for the next
        return _WORD.sub(lambda m: self._mend(m[0], mended), self._spell_out(text))

    def knows(self, folded: str) -> bool:
        """Whether a folded message has any known word or a number in it; always so where no words are known."""
        found = _WORD.findall(folded)
        return not self.vocabulary or any(
            w in self.vocabulary or w in self.dictionary or any(c.isdigit() for c in w) for w in found
        )

    def _unleet(self, match: re.Match[str]) -> str:
        word = match[0]
        if word in self.textspeak or re.fullmatch(
            r"[a-z]{1,2}\d{1,2}[a-z]?|\d+(?:st|nd|rd|th|am|pm|yo|yr|yrs|s)?", word
        ):
            return word
        turned = word.translate(_LEET)
        # signs within a word are no digits of a name: with "@" or "$" it is a disguise, known or not
        signs = _SIGN_WITHIN.findall(word)
        disguised = set(signs) & {"@", "$"} and (len(signs) > 1 or not self.vocabulary)
        return turned if disguised or turned in self.vocabulary or turned in self.dictionary else word

    def _unstretch(self, match: re.Match[str]) -> str:
        return match[1] * 2 if match[1] in "eosl" else match[1]

    def _spell_out(self, text: str) -> str:
        text = _TO.sub("to", _FOR.sub("for", text))
        return _WORD.sub(lambda m: self.textspeak.get(m[0].replace("'", ""), m[0]), text)

    def _mend(self, word: str, mended: dict[str, str]) -> str:
        if len(word) >= NUMBERED_FROM and _NUMBERED.fullmatch(word) and self.vocabulary:
            return self._with_numbers(word)
        if len(word) < 4 or not word.isalpha() or not word.isascii() or not self.vocabulary:
            return word
        if word in self.vocabulary or word in self.dictionary:
            return word
        if word not in mended:
            mended[word] = self._nearest(word) if len(mended) < MENDED else word
        return mended[word]

    def _nearest(self, word: str) -> str:
        single = re.sub(r"(.)\1+", r"\1", word)
        if single in self.vocabulary:
            return single
        near = self._within(word, 1)
        if near:
            return near
        parts = self._segment(word) if len(word) >= SEGMENT_FROM else ""
        return parts or (self._within(word, 2) if len(word) >= 6 else "") or word

    def _within(self, word: str, slips: int) -> str:
        found = process.extract(word, self._choices(len(word)), scorer=OSA.distance, score_cutoff=slips, limit=5)
        # a slip rarely touches the first letter
        ranked = sorted(found, key=lambda f: (f[1], f[0][0] != word[0], -self.vocabulary[f[0]]))
        return str(ranked[0][0]) if ranked and (ranked[0][0][0] == word[0] or len(word) >= 6) else ""

    @lru_cache(maxsize=64)  # noqa: B019
    def _choices(self, length: int) -> tuple[str, ...]:
        return tuple(w for w in self.vocabulary if w.isalpha() and abs(len(w) - length) <= 2 and len(w) > 2)

    @cached_property
    def _short_forms(self) -> dict[str, int]:
        """Return how common the "dont" and "im" of words without spaces are: as their rarest word."""
        forms = {written: meant.split() for written, meant in self.textspeak.items() if written.isalpha()}
        counts = {w: min(self.vocabulary[m] for m in ms) for w, ms in forms.items() if len(w) > 2 or len(ms) > 1}
        return {written: count for written, count in counts.items() if count}

    def _with_numbers(self, word: str) -> str:
        """Split "im15andscared" where every run of letters is known or can be split; else return it as it is."""
        runs = [run if run.isdigit() else self._known_run(run) for run in _RUN.findall(word)]
        return " ".join(runs) if all(runs) else word

    def _known_run(self, run: str) -> str:
        if run in self.vocabulary:
            return run
        return self.textspeak.get(run) or self._segment(run)

    def _segment(self, word: str) -> str:
        """Split "ineedhelp" into known words by the likeliest path, or return "" where there is none."""
        total = sum(self.vocabulary.values()) or 1
        best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 14), end):
                part = word[start:end]
                count = self.vocabulary.get(part, 0) or self._short_forms.get(part, 0)
                if not count or (len(part) == 1 and part not in "ai") or best[start][0] == float("inf"):
                    continue
                cost = best[start][0] + log(total / count) + 2.0
                if cost < best[end][0]:
                    best[end] = (cost, start)
        if best[-1][0] == float("inf") or best[-1][0] / len(word) > 3.0:
            return ""
        parts, end = [], len(word)
        while end:
            start = best[end][1]
            part = word[start:end]
            parts.append(part if part in self.vocabulary else self.textspeak[part])
            end = start
        return " ".join(reversed(parts))

    def __hash__(self) -> int:
        return id(self)
