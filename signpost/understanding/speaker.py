"""Who is speaking, about whom, and how old they are: what the message itself states, also where it corrects itself.

The rules stand in `data/words/speaker.yml`; here is only how they bear on each other. Nothing is guessed.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from text_to_num import alpha2digit

CHILD, ADULT, PROFESSIONAL, UNKNOWN = "child", "adult", "professional", "unknown"
SURVIVOR, RELATIVE, SELF = "survivor", "relative", "self"
SPEAKERS = (CHILD, ADULT, SURVIVOR, RELATIVE, SELF, PROFESSIONAL, UNKNOWN)
UNDER = 18  # a child is under 18
AGES = range(5, 100)
OWN_AGES, OTHER_AGES = ("age_next", "age"), ("age_beside", "age_told", "other_age", "other_childhood")
CORRECTIONS = ("is_me", "child_is_me", "about_me", "not_me", "takes_back")
BESIDES = ("about_child", "grown_child", "child_or_grown_up", "school", "was_child", "done_to", "denied", "put_aside")
SAYS = frozenset((*SPEAKERS[:-1], *OWN_AGES, *OTHER_AGES, *BESIDES, *CORRECTIONS))
KEYS = {"name", "says", "pattern", "why", "example", "counter_example"}
GONE = " ~ "  # stands where something was taken out, so that its neighbours are not read as one
KEPT = Path(__file__).parent.parent.parent / "data" / "words" / "speaker.yml"


class SpeakerError(ValueError):
    """The file of rules is missing or damaged, or a rule fails its own example; the message names it and the fault."""


@dataclass(frozen=True)
class Speaker:
    """What the message says of who speaks.

    Attributes:
        who: one of `SPEAKERS`.
        age: in years, if given.
        about_child: whether a child is spoken of who is not the writer.
        certain: whether `who` is: a son or daughter of the one spoken of may be a child or grown up.
        minor: whether somebody worried about the own behaviour says, without an age, to be a child.
        corrected: whether the message takes back who the writer was taken for.
        by: the names of the rules that matched.
    """

    who: str = UNKNOWN
    age: int | None = None
    about_child: bool = False
    certain: bool = True
    minor: bool = False
    corrected: bool = False
    by: tuple[str, ...] = field(default=(), compare=False)

    @property
    def young(self) -> bool:
        """Whether the writer is known to be under 18."""
        return self.age < UNDER if self.age is not None else self.minor or (self.who == CHILD and self.certain)

    @property
    def grown(self) -> bool:
        """Whether the writer is known to be 18 or older."""
        if self.age is not None:
            return self.age >= UNDER
        return self.certain and not self.minor and self.who not in (CHILD, UNKNOWN)

    @property
    def audience(self) -> str:
        """Whom a route must be written for: child, adult, professional or unknown."""
        return CHILD if self.young else audience_of(self.who)


def audience_of(who: str) -> str:
    """Return whom a route must be written for where `who` speaks."""
    return who if who in (CHILD, PROFESSIONAL, UNKNOWN) else ADULT


@dataclass(frozen=True)
class Rule:
    """One line of the table: what a message says that the pattern matches."""

    name: str
    says: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Heard:
    """All that the rules found in one message."""

    says: frozenset[str]
    age: int | None
    by: tuple[str, ...]

    @property
    def schooled(self) -> bool:
        """Whether school is spoken of by somebody of whom nothing says that they are grown up."""
        return "school" in self.says and not self.grown

    @property
    def grown(self) -> bool:
        """Whether anything says that the writer is grown up."""
        return bool(self.says & {ADULT, "about_child"}) if self.age is None else self.age >= UNDER

    @property
    def young(self) -> bool:
        """Whether the writer says to be a child."""
        return CHILD in self.says if self.age is None else self.age < UNDER


@dataclass(frozen=True)
class Speakers:
    """The rules by what they say, in the file's order."""

    rules: dict[str, tuple[Rule, ...]]

    @classmethod
    def load(cls, path: Path) -> "Speakers":
        """Read the rules and hold each against its own example and counter-example; raises SpeakerError."""
        try:
            table = yaml.safe_load(path.read_text())
            parts, rows = _parts(table["parts"]), list(table["table"])
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise SpeakerError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
        rules = [_rule(row, parts, path) for row in rows]
        names = [rule.name for rule in rules]
        if twice := {name for name in names if names.count(name) > 1}:
            raise SpeakerError(f"{path}: two rules are called {', '.join(sorted(twice))}.")
        return cls({says: tuple(rule for rule in rules if rule.says == says) for says in SAYS})

    def read(self, folded: str, before: Speaker | None = None) -> Speaker:
        """Return what the folded message says of its speaker.

        Args:
            folded: the message in plain words.
            before: what the conversation knows; it settles what the message leaves open, and is what is corrected.
        """
        heard, before = self._hear(folded), before or Speaker()
        who, certain = _who(heard)
        about = "about_child" in heard.says
        minor = who == SELF and heard.age is None and (heard.young or (before.young and not heard.grown))
        speaker = _in_the_light_of(Speaker(who, heard.age, about, certain, minor, by=heard.by), before)
        return _corrected(speaker, heard, before)

    def own_age(self, folded: str, about_child: bool = False) -> int | None:
        """Return the age in years that the speaker gives of themself, else None.

        Args:
            folded: the message in plain words.
            about_child: whether a child is spoken of: then a bare number beside a name may be the child's.
        """
        text = self._without(alpha2digit(folded, "en"), "denied", "put_aside")
        own = self._without(text, "other_age")
        for says in OWN_AGES if about_child else (*OWN_AGES, "age_beside"):
            if age := self._age(own, says):
                return age - 1 if says == "age_next" else age
        told = self._age(text, "age_told")
        return told if told and told < UNDER else None

    def _age(self, text: str, says: str) -> int | None:
        matches = (rule.pattern.search(text) for rule in self.rules[says])
        ages = (int(next(group for group in match.groups() if group)) for match in matches if match)
        return next((age for age in ages if age in AGES), None)

    def _hear(self, folded: str) -> Heard:
        text = alpha2digit(folded, "en")
        found = self._matching(text, "denied", *CORRECTIONS)
        text = self._without(text, "denied", "put_aside")
        found += self._matching(self._without(text, "other_childhood"), "was_child", SURVIVOR)
        found += self._matching(text, "done_to", RELATIVE, SELF)
        # what was so in childhood says nothing of today, nor "my son" in "my son was arrested" of a child to protect
        text = self._without(text, "was_child")
        of_grown_ups = bool(self._matching(text, ADULT, "about_child"))
        text = self._without(text, RELATIVE, SELF)
        found += self._matching(text, PROFESSIONAL, "about_child", ADULT, CHILD, "school", "child_or_grown_up")
        says = frozenset(rule.says for rule in found) | ({ADULT} if of_grown_ups else set())
        if self._matching(text, "grown_child"):
            says = says - {"about_child"} | {ADULT}
        return Heard(says, self.own_age(folded, "about_child" in says), tuple(dict.fromkeys(r.name for r in found)))

    def _matching(self, text: str, *says: str) -> list[Rule]:
        return [rule for kind in says for rule in self.rules[kind] if rule.pattern.search(text)]

    def _without(self, text: str, *says: str) -> str:
        for rule in (rule for kind in says for rule in self.rules[kind]):
            text = rule.pattern.sub(GONE, text)
        return text


def _who(heard: Heard) -> tuple[str, bool]:
    """Return who speaks and whether that is certain: what was said of oneself goes before what follows from others."""
    says = heard.says
    if SELF in says:
        return SELF, True
    if PROFESSIONAL in says and (heard.age is None or heard.grown):
        return PROFESSIONAL, True
    if heard.young:
        return CHILD, True
    if SURVIVOR in says:
        return SURVIVOR, True
    if _looks_back(heard):
        return SURVIVOR, heard.grown
    if heard.schooled:
        return CHILD, "was_child" not in says
    if RELATIVE in says:
        return RELATIVE, heard.grown
    if heard.grown:
        return ADULT, True
    # looking back, a grown-up speaks of their mum as well
    return (CHILD, False) if "child_or_grown_up" in says and "was_child" not in says else (UNKNOWN, True)


def _looks_back(heard: Heard) -> bool:
    """Whether a childhood is told of in which something was done to the writer, or by somebody who is grown up."""
    others = heard.says & {"about_child", RELATIVE}
    return "was_child" in heard.says and ("done_to" in heard.says or (heard.grown and not others))


def _in_the_light_of(speaker: Speaker, before: Speaker) -> Speaker:
    """Settle by what is known what the message leaves open: "my dad was arrested" from a child, from a grown-up."""
    if speaker.certain:
        return speaker
    if before.young:
        return replace(speaker, who=CHILD, certain=True)
    if before.grown:
        return replace(speaker, who=ADULT if speaker.who == CHILD else speaker.who, certain=True)
    return speaker


def _corrected(speaker: Speaker, heard: Heard, before: Speaker) -> Speaker:
    says = heard.says
    if says & {"is_me", "child_is_me"}:
        return _turned_out_to_be(speaker, before, "child_is_me" in says)
    if "about_me" in says:
        who = before.who if speaker.who == UNKNOWN or speaker.about_child else speaker.who
        age = before.age if speaker.age is None else speaker.age
        certain = before.certain if who == before.who else speaker.certain
        return replace(speaker, who=who, age=age, about_child=False, certain=certain, corrected=True)
    if not says & {"takes_back", "not_me", "denied"}:
        return speaker
    if speaker.who != UNKNOWN:
        return replace(speaker, corrected=bool(says & {"takes_back", "not_me"}))
    if "denied" in says and before.who not in (UNKNOWN, PROFESSIONAL):
        # who denies to be his mum may still be grown up
        return replace(speaker, who=before.who, age=before.age, certain=before.age is not None, corrected=True)
    return replace(speaker, corrected="denied" in says or "not_me" in says)


def _turned_out_to_be(speaker: Speaker, before: Speaker, child: bool) -> Speaker:
    """Return the writer in the place of the one who was spoken of."""
    age = before.age if speaker.age is None else speaker.age
    about = speaker.about_child or before.about_child or before.who == PROFESSIONAL
    known = before if speaker.who == UNKNOWN or speaker.about_child else speaker
    who, certain = known.who, known.certain
    if age is not None:
        who, certain = (CHILD if age < UNDER else ADULT if who in (CHILD, UNKNOWN) else who), True
    elif about or (child and who == UNKNOWN):
        who, certain = CHILD, speaker.young  # the one spoken of was a child, or has grown up since
    return replace(speaker, who=who, age=age, about_child=False, certain=certain, corrected=True)


def _parts(table: dict[str, str]) -> dict[str, str]:
    """Return the parts with those above them spelt out."""
    parts: dict[str, str] = {}
    for name, text in table.items():
        parts[name] = _spelt_out(str(text), parts)
    return parts


def _spelt_out(pattern: str, parts: dict[str, str]) -> str:
    if not parts:
        return pattern
    # parts may stand side by side, so the longest name goes first and letters may follow
    names = "|".join(sorted(parts, key=len, reverse=True))
    return re.sub(names, lambda m: parts[m[0]], pattern)


def _rule(row: Any, parts: dict[str, str], path: Path) -> Rule:
    if not isinstance(row, dict) or set(row) != KEYS or not all(isinstance(v, str) and v for v in row.values()):
        raise SpeakerError(f"{path}: a rule needs {', '.join(sorted(KEYS))} and nothing else: {row!r}")
    name, says = row["name"], row["says"]
    if says not in SAYS:
        raise SpeakerError(f"{path}: rule {name!r} says {says!r}, which is none of {', '.join(sorted(SAYS))}.")
    try:
        pattern = re.compile(_spelt_out(row["pattern"], parts))
    except re.error as error:
        raise SpeakerError(f"{path}: rule {name!r} has no valid pattern ({error}).") from None
    if says.startswith("age") and not pattern.groups:
        raise SpeakerError(f"{path}: rule {name!r} reads an age but has no group for it.")
    if not pattern.search(alpha2digit(row["example"], "en")):
        raise SpeakerError(f"{path}: rule {name!r} does not match its example {row['example']!r}.")
    if pattern.search(alpha2digit(row["counter_example"], "en")):
        raise SpeakerError(f"{path}: rule {name!r} matches its counter-example {row['counter_example']!r}.")
    return Rule(name, says, pattern)


@cache
def _kept() -> Speakers:
    return Speakers.load(KEPT)


def own_age(folded: str, about_child: bool = False) -> int | None:
    """Return the age in years that the speaker gives of themself (5 to 99), else None."""
    return _kept().own_age(folded, about_child)
