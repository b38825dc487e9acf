"""Reviewed answers to second questions ("will they tell my mum"): `data/answers`, chosen by who asks and about what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ANY, UNKNOWN = "any", "unknown"
GROWN = frozenset({"adult", "survivor", "relative", "self", "professional"})
SHOWN = frozenset({"survivor", "relative"})  # speakers whom the need itself shows, where none is known
OTHERS = frozenset({"relative", "self"})  # what adults are told about a child is for them only where it fits the need
HERE, ELSEWHERE = 1.5, 0.1  # what an answer for one nation is worth there, and in another
LIKELY = 3  # questions that are looked at: the next ones are no answer to what was asked


class AnswersError(ValueError):
    """A file of answers is damaged; the message names it, the entry and the fault."""


@dataclass(frozen=True)
class Answer:
    """One answer. Texts have their {number:...} placeholders still in them.

    Attributes:
        id: of the entry. ask: the question that it answers.
        about: ids of services that it is about.
        needs, speakers, nation: for whom it is; "any" for everybody.
        answer: the first sentence answers. step: one next step.
        source, publisher, checked: where it stands, and when that was last looked at.
    """

    id: str
    ask: str
    about: tuple[str, ...]
    needs: frozenset[str]
    speakers: frozenset[str]
    nation: frozenset[str]
    answer: str
    step: str
    source: str
    publisher: str
    checked: str

    def fits(self, speaker: str, needs: Iterable[str], nation: str | None) -> tuple[bool, int, bool]:
        """Return how well it fits: the speaker, the nation, and a need of the conversation; more is better."""
        suits = speaker in self.speakers or (speaker == UNKNOWN and ANY in self.speakers)
        there = 2 if nation in self.nation else 1 if ANY in self.nation else 0
        return suits, there, bool(self.needs.intersection(needs))

    def holds(self, nation: str | None) -> float:
        """Return what it is worth in a nation: more where it is written for it, little where for another."""
        if nation is None or ANY in self.nation:
            return 1.0
        return HERE if nation in self.nation else ELSEWHERE

    def may(self, speaker: str, needs: Iterable[str], elsewhere: frozenset[str] = frozenset()) -> bool:
        """Whether it may be said to this speaker here: no child's words to a grown-up, nor the reverse.

        `elsewhere`: services of other needs alone; an answer for any need that is about them only is for others.
        """
        known = list(needs)
        near = bool(self.needs.intersection(known)) or not known
        grown = speaker in GROWN and "adult" in self.speakers and (near or speaker not in OTHERS)
        told = ANY in self.speakers or speaker in self.speakers or grown
        apart = bool(self.about) and elsewhere.issuperset(self.about)
        open_to_all = (ANY in self.needs and not apart) or bool(self.needs.intersection(known)) or not known
        meant = {UNKNOWN, "child", "adult"} | (SHOWN if self.needs.intersection(known) else frozenset())
        return open_to_all and (told or (speaker == UNKNOWN and bool(self.speakers & meant)))


@dataclass(frozen=True)
class Answers:
    """Every answer, by what is asked."""

    by_ask: Mapping[str, tuple[Answer, ...]]

    @classmethod
    def load(cls, folder: Path) -> "Answers":
        """Read every file; raises AnswersError."""
        found: dict[str, list[Answer]] = {}
        for file in sorted(folder.glob("*.yml")):
            try:
                rows: list[Mapping[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
                for row in rows:
                    answer = _answer(row)
                    found.setdefault(answer.ask, []).append(answer)
            except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
                raise AnswersError(f"{file}: an entry is malformed, or lacks {error}.") from None
        return cls({ask: tuple(entries) for ask, entries in found.items()})

    def choose(
        self,
        asks: Mapping[str, float],
        speaker: str,
        needs: Iterable[str],
        nation: str | None = None,
        elsewhere: frozenset[str] = frozenset(),
    ) -> Answer | None:
        """Return the answer that this speaker may be told to a likely question, or None; what fits counts for more.

        Args:
            asks: {question: probability}.
            speaker: who asks, or "unknown".
            needs: what the conversation is about.
            nation: code of where the visitor is, or None: then what holds everywhere comes before one nation's rules.
            elsewhere: services that help with other needs, and not with what the conversation is about.
        """
        known = list(needs)
        likely = sorted(asks.items(), key=lambda item: -item[1])[:LIKELY]
        fitting = []
        for ask, chance in likely:
            for answer in self.by_ask.get(ask, ()):
                if answer.may(speaker, known, elsewhere):
                    suits, there, needed = answer.fits(speaker, known, nation)
                    worth = chance * answer.holds(nation) * (1 + suits + needed)
                    fitting.append((worth, (suits, there, needed), answer))
        return max(fitting, key=lambda found: found[:2])[2] if fitting else None


def _answer(row: Mapping[str, Any]) -> Answer:
    def some(key: str) -> frozenset[str]:
        return frozenset(map(str, row[key]))

    def text(key: str) -> str:
        return str(row[key]).strip()

    return Answer(
        text("id"),
        text("ask"),
        tuple(map(str, row["about"])),
        some("needs"),
        some("speakers"),
        some("nation"),
        text("answer"),
        text("step"),
        text("source"),
        text("publisher"),
        text("checked"),
    )
