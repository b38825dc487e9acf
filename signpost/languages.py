"""Messages in another language: which of the ten it is, and the one line for it (data/words/languages.yml)."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

OTHERS = ("fr", "de", "it", "nl", "tr", "ru", "ar", "hi", "pa", "gu", "hu", "bg", "el", "sk", "cs", "sq", "fa", "ps")
OTHER = "other"  # a language that is not English and has no line
SURE = 0.85
SHORT = 4  # words; in a longer message one common word may be a name or a slip
SEEN = 2  # times; another language's word that stands once in the examples is a quotation
LONG = 5  # letters; shorter words of the dictionary are words of other languages too
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_EXAMPLE = re.compile(r"^\s+- (.+)$", re.MULTILINE)


class LanguagesError(ValueError):
    """The file of lines is missing or damaged; the message names it and the fault."""


@dataclass(frozen=True)
class Languages:
    """The lines by ISO 639-1 code, `{"pl": {"name", "line", "awaiting_review"}}`, and the English used here."""

    lines: dict[str, dict[str, Any]]
    english: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path, examples: Path | None = None, dictionary: Path | None = None) -> "Languages":
        """Read the lines, and as English the words of the example sentences and the longer ones of a dictionary.

        Raises LanguagesError.
        """
        try:
            table = yaml.safe_load(path.read_text())
            lines = {str(code): dict(entry) for code, entry in table["languages"].items()}
            others = frozenset(table["others"])
            if not all(entry["line"] and entry["name"] for entry in lines.values()):
                raise KeyError("line")
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise LanguagesError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
        said = (
            (line for file in sorted(examples.glob("*.yml")) for line in _EXAMPLE.findall(file.read_text()))
            if examples
            else ()
        )
        counts = Counter(word for line in said for word in _WORD.findall(line.casefold()))
        foreign = {word for entry in lines.values() for word in entry.get("words", ())} | others
        english = {word for word, count in counts.items() if count >= SEEN or word not in foreign}
        if dictionary:
            known = (word for word in dictionary.read_text().split() if len(word) >= LONG and word.isascii())
            english |= {word for word in known if word.isalpha()} - foreign
        return cls(lines, frozenset(english), others)

    @cached_property
    def _identifier(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
        identifier.set_languages([code for code in ("en", *self.lines, *OTHERS) if code in identifier.nb_classes])
        return identifier

    def find(self, text: str) -> str | None:
        """Return the code of the language of a message, `other` if it has no line here, None if it may be English."""
        words = _WORD.findall(text.casefold())
        letters = "".join(words)
        if len(letters) < 2:
            return None
        foreign_letters = sum(ord(letter) > 0x24F for letter in letters) > len(letters) / 2
        # a letter alone is a word of every language: the j of "j'ai", the i of "i am"
        written = [word for word in words if len(word) > 1] or words
        english = sum(word in self.english for word in written) / len(written)
        if english > 0.5 and not foreign_letters:
            return None
        if told := self._told_by_words(words, text):
            return told
        if foreign_letters:
            code, _ = self._identifier.classify(text)
            return str(code) if code in self.lines else OTHER
        if len(words) < 2 or len(text.split()) < 2:
            return None
        code, probability = self._identifier.classify(text)
        if code == "en" or (probability < SURE and (english or len(words) < 3)):
            return None
        return str(code) if code in self.lines else OTHER

    def _told_by_words(self, words: list[str], text: str) -> str | None:
        """Return the language most of whose common words are here; one word is enough in a short message only."""
        said = set(words) - self.english
        hits = {code: len(said.intersection(entry.get("words", ()))) for code, entry in self.lines.items()}
        hits[OTHER] = len(said & self.others)
        most = max(hits.values())
        if not most:
            return None
        best = [code for code in hits if hits[code] == most]
        order = [str(code) for code, _ in self._identifier.rank(text)]
        best.sort(key=lambda code: order.index(code) if code in order else len(order))
        return best[0] if most > 1 or len(words) <= SHORT or best[0] == order[0] else None
