"""Stage `acts`: what a short message does in a conversation, such as a laugh or a no (`data/words/acts.yml`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from signpost.assistant import Assistant
    from signpost.understanding.evidence import Evidence

LONGEST, LETTERS = 14, 120  # words, characters; a longer message tells something


class ActsError(ValueError):
    """The table is missing or damaged, or an act fails its own example; the message names it and the fault."""


@dataclass(frozen=True)
class Act:
    """One act.

    Attributes:
        name: of the act, and of its copy. intent: the kind of talk that Rasa's rules see.
        shows: what its reply says beside the way to help: "step", "again", "silent", "others", "new" or nothing.
        ask: the second question whose reviewed answer is its reply, if there is one for who speaks.
        numbers: whether it asks for numbers (True), for none (False), or says nothing of them.
        unless: by family of the thread, words that tell something there.
    """

    name: str
    intent: str
    shows: str = ""
    ask: str = ""
    numbers: bool | None = None
    unless: tuple[tuple[str, re.Pattern[str]], ...] = ()

    def tells(self, folded: str, family: str) -> bool:
        """Whether the same words tell something in a thread of this family."""
        return any(of == family and pattern.search(folded) for of, pattern in self.unless)


@dataclass(frozen=True)
class Acts:
    """Every act with its pattern, the one that counts most first.

    Attributes:
        beside: words that may stand with an act. spelt: spellings that folding leaves, and the words meant.
        silence: what a message without a letter is.
        talk: by kind of talk that the classifier believes in, the act that it is.
        told: the act of a message that tells more and asks nothing.
    """

    acts: tuple[tuple[Act, re.Pattern[str]], ...]
    beside: re.Pattern[str]
    spelt: Mapping[str, str]
    silence: Act
    talk: Mapping[str, str]
    told: Act

    @classmethod
    def load(cls, path: Path) -> "Acts":
        """Read the table and hold each act against its examples; raises ActsError."""
        try:
            table = yaml.safe_load(path.read_text())
            rows = table["acts"]
            acts = tuple((_act(row), re.compile(row["pattern"])) for row in rows)
            silence = Act("silence", table["silent"])
            beside, told = re.compile(table["beside"]), Act(str(table["told"]["name"]), "", str(table["told"]["shows"]))
            found = cls(acts, beside, dict(table["spelt"]), silence, dict(table["talk"]), told)
            failing = [
                row["name"]
                for row in rows
                if found.name(row["example"]) != row["name"] or found.name(row["counter_example"]) == row["name"]
            ]
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, re.error) as error:
            raise ActsError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
        if failing:
            raise ActsError(f"{path}: {', '.join(failing)}: the pattern fails its own example.")
        return found

    def read(self, folded: str) -> Act | None:
        """Return the act that a folded message is, if acts and words beside them are all of it."""
        plain = " ".join(self.spelt.get(word, word) for word in re.findall(r"[\w'/]+", folded))
        words = plain.split()
        if not words:
            return self.silence
        if len(words) > LONGEST or len(folded) > LETTERS:
            return None
        found: list[int] = []
        start = 0
        while start < len(words):
            step, place = self._longest(words[start:])
            if not step:
                return None
            if place is not None:
                found.append(place)
            start += step
        return self.acts[min(found)][0] if found else None

    def name(self, folded: str) -> str | None:
        """Return the name of the act that a folded message is, or None."""
        act = self.read(folded)
        return act.name if act else None

    def named(self, name: str) -> Act:
        """Return the act of a name; one that no pattern finds shows nothing of its own."""
        known = (self.told, *(act for act, _ in self.acts))
        return next((act for act in known if act.name == name), Act(name, ""))

    def of_talk(self, intent: str) -> str | None:
        """Return the act that a kind of talk is, or None."""
        return self.talk.get(intent)

    def _longest(self, words: list[str]) -> tuple[int, int | None]:
        """Return how many words an act (and which), or something beside one, takes from the start; 0 for neither."""
        for length in range(len(words), 0, -1):
            said = " ".join(words[:length])
            place = next((place for place, (_, pattern) in enumerate(self.acts) if pattern.fullmatch(said)), None)
            if place is not None:
                return length, place
            if self.beside.fullmatch(said):
                return length, None
        return 0, None


def _act(row: Mapping[str, Any]) -> Act:
    return Act(
        str(row["name"]),
        str(row["intent"]),
        str(row.get("shows", "")),
        str(row.get("ask", "")),
        row.get("numbers"),
        tuple((str(family), re.compile(pattern)) for family, pattern in row.get("unless", {}).items()),
    )


def stage(evidence: "Evidence", assistant: "Assistant") -> "Evidence":
    """Find the act where something was told or shown before; danger, and what answers a question of ours, go first."""
    if not (evidence.memory.needs or evidence.memory.shown) or evidence.answers is not None or evidence.danger:
        return evidence
    act = assistant.acts.read(evidence.folded)
    if act and evidence.thread and act.tells(evidence.folded, assistant.table.family(evidence.thread)):
        return evidence
    return evidence.finding("acts", act.name, act=act) if act else evidence
