"""The gate: danger now, found by rules in the folded message, and what calls a finding off, by its own reach.

High in recall and deterministic. It only ever adds the urgent route. The rules stand in `data/words/gate.yml`; each is
tried on its own examples when they are loaded, so a file that would switch the gate off is refused.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

KINDS = ("police", "ambulance", "suicide")
DIRECTIONS = ("forward", "backward", "both", "whole")
_PROBES = ("x", "7", "zq vv", "zq, vv.")  # nothing is said in these: what calls them off calls everything off
_MARK = r"[.!?;:,\n]"
_WORD = re.compile(r"\S+")
_IS = re.compile(r"'s(?= (?:\w{2,12}ing|at|in|on|here|outside|inside|got|gone|not|back|just|still|taken|drunk)\b)")
_LONG = 20  # characters of a long word: how far is looked for a stop

Subject = Literal["self", "other"]


class GateError(ValueError):
    """The file of rules is missing, damaged or would switch the gate off; the message names the rule and the fault."""


@dataclass(frozen=True)
class Rule:
    """A pattern that means danger of one kind."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    example: str
    counter_example: str


@dataclass(frozen=True)
class Reach:
    """Words that say something of the words near them, as in ConText: that it is not so, or who is meant.

    Attributes:
        name: how a fault is named.
        literal: the words themselves.
        direction: whether what follows, what precedes, both with the words, or only the words themselves are meant.
        scope: how many words far; never beyond a mark.
        stops: words that end the reach before.
        kinds: the kinds of danger that are spoken of.
        only: names of rules, if no others are spoken of.
        who: who is meant, where that is what the words say.
        example: a message that the words reach.
        counter_example: a message that they do not.
    """

    name: str
    literal: re.Pattern[str]
    direction: str
    scope: int
    stops: re.Pattern[str]
    kinds: frozenset[str]
    only: frozenset[str]
    who: str
    example: str
    counter_example: str

    def regions(self, text: str) -> list[tuple[int, int]]:
        """Return the stretches of the text that the words speak of."""
        return [self._region(text, found) for found in self.literal.finditer(text)]

    def _region(self, text: str, found: re.Match[str]) -> tuple[int, int]:
        if self.direction == "whole":
            return found.span()
        start, end = found.start(), found.end()
        if self.direction == "forward":
            return end, self._after(text, end)
        if self.direction == "backward":
            return self._before(text, start), start
        return self._before(text, start), self._after(text, end)

    def _after(self, text: str, start: int) -> int:
        limit = min(len(text), start + _LONG * self.scope)
        stop = self.stops.search(text, start, limit)
        limit = stop.start() if stop else limit
        end = start
        for _, word in zip(range(self.scope), _WORD.finditer(text, start, limit), strict=False):
            end = word.end()
        return end

    def _before(self, text: str, end: int) -> int:
        start = max(0, end - _LONG * self.scope)
        for stop in self.stops.finditer(text, start, end):
            start = stop.end()
        words = list(_WORD.finditer(text, start, end))[-self.scope :]
        return words[0].start() if words else end


Found = tuple[Rule, int, int]


@dataclass(frozen=True)
class Gate:
    """What means danger, what calls it off, and what says who is meant."""

    rules: tuple[Rule, ...]
    negations: tuple[Reach, ...]
    subjects: tuple[Reach, ...]

    @classmethod
    def load(cls, path: Path) -> "Gate":
        """Read the rules and try each on its examples; raises GateError."""
        try:
            table = yaml.safe_load(path.read_text())
            parts = _parts(table["parts"])
            gate = cls(
                tuple(_rule(row, parts) for row in table["table"]),
                tuple(_reach(row, parts) for row in table["negations"]),
                tuple(_reach(row, parts) for row in table["subjects"]),
            )
        except GateError as error:
            raise GateError(f"{path}: {error} Restore it from the repository.") from None
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
            raise GateError(f"{path} cannot be read ({error!r}). Restore it from the repository.") from None
        fault = next(gate.faults(), "")
        if fault:
            raise GateError(f"{path}: {fault} Restore it from the repository.")
        return gate

    def read(self, folded: str) -> frozenset[str]:
        """Return the kinds of danger that the folded message speaks of; the empty set for nearly all messages."""
        return frozenset(rule.kind for rule, _, _ in self._found(folded))

    def why(self, folded: str) -> tuple[str, ...]:
        """Return the names of the rules that fired, in their order."""
        return tuple(rule.name for rule, _, _ in self._found(folded))

    def called_off(self, folded: str) -> tuple[str, ...]:
        """Return the names of the negations that called something off."""
        text = _IS.sub(" is", folded)
        spans = [(rule, *found.span()) for rule in self.rules for found in rule.pattern.finditer(text)]
        named = (n for n in self.negations for span in spans if _within(span, _regions([n], text)))
        return tuple(dict.fromkeys(n.name for n in named))

    def subject(self, folded: str) -> Subject | None:
        """Return whose danger is meant, the writer's before another's; None where nothing fired or nothing says."""
        text = _IS.sub(" is", folded)
        found = self._found(text)
        found = [f for f in found if f[0].kind == "suicide"] or found
        meant = {
            reach.who
            for reach in self.subjects
            for start, end in reach.regions(text)
            for rule, first, last in found
            if rule.kind in reach.kinds and first < end and start < last
        }
        return "self" if "self" in meant else "other" if "other" in meant else None

    def _found(self, folded: str, rules: Iterable[Rule] = ()) -> list[Found]:
        """Return the first match of each rule that nothing calls off."""
        text = _IS.sub(" is", folded)  # "someone's outside" is "someone is outside"
        said = [(rule, found) for rule in rules or self.rules if (found := rule.pattern.search(text))]
        regions = _regions(self.negations, text) if said else []
        kept = (_first(rule, text, found, regions) for rule, found in said)
        return [found for found in kept if found]

    def faults(self) -> Iterator[str]:
        """Name what is wrong with the rules; nothing in a sound file."""
        present = {rule.kind for rule in self.rules}
        yield from (f"the kind {kind!r} has no rules." for kind in KINDS if kind not in present)
        for rule in self.rules:
            yield from self._rule_faults(rule)
        for negation in self.negations:
            yield from self._negation_faults(negation)
        for subject in self.subjects:
            if self.subject(subject.example) != subject.who or self.subject(subject.counter_example) == subject.who:
                yield f"the subject {subject.name!r} does not tell its example from its counter-example."

    def _rule_faults(self, rule: Rule) -> Iterator[str]:
        if not self._found(rule.example, [rule]):
            by = ", ".join(self.called_off(rule.example))
            yield f"the rule {rule.name!r} does not find its own example{by and f' (called off by {by})'}."
        if rule.kind in self.read(rule.counter_example):
            yield f"the rule {rule.name!r}: its counter-example is taken for {rule.kind}."

    def _negation_faults(self, negation: Reach) -> Iterator[str]:
        if not negation.only <= {rule.name for rule in self.rules}:
            yield f"the negation {negation.name!r} is for a rule that there is not."
        if self.read(negation.example):
            yield f"the negation {negation.name!r} does not call off its own example."
        if not self.read(negation.counter_example):
            yield f"the negation {negation.name!r} calls off its counter-example."


Regions = list[tuple[Reach, list[tuple[int, int]]]]


def _regions(reaches: Iterable[Reach], text: str) -> Regions:
    return [(reach, regions) for reach in reaches if (regions := reach.regions(text))]


def _first(rule: Rule, text: str, found: re.Match[str] | None, regions: Regions) -> Found | None:
    """Return the first match that is not called off; each start is tried once, so the time stays in proportion."""
    while found and _within((rule, *found.span()), regions):
        found = rule.pattern.search(text, found.start() + 1)
    return (rule, *found.span()) if found else None


def _within(found: Found, regions: Regions) -> bool:
    rule, start, end = found
    for reach, stretches in regions:
        if rule.kind in reach.kinds and (not reach.only or rule.name in reach.only):
            at = bisect_right(stretches, (start, sys.maxsize))
            if at and end <= stretches[at - 1][1]:
                return True
    return False


def _parts(table: dict[str, str]) -> dict[str, str]:
    """Return the parts; each may use those before it."""
    parts: dict[str, str] = {}
    for name, written in table.items():
        parts[name] = f"(?:{_spelt_out(written, parts)})"
    return parts


def _spelt_out(pattern: str, parts: dict[str, str]) -> str:
    if not parts:
        return pattern
    names = "|".join(sorted(parts, key=len, reverse=True))
    return re.sub(f"(?<![A-Z])(?:{names})(?![A-Z])", lambda m: parts[m[0]], pattern)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that begins and ends between words."""
    return re.compile(rf"\b(?:{pattern})(?!\w)")


def _rule(row: dict[str, Any], parts: dict[str, str]) -> Rule:
    name, pattern = row["name"], _spelt_out(row["pattern"], parts)
    if row["kind"] not in KINDS:
        raise GateError(f"the rule {name!r} has a kind that there is not ({row['kind']}).")
    compiled = _compiled(pattern)
    if not pattern.strip() or re.search(f"^(?:{pattern})$", "") or any(compiled.search(p) for p in _PROBES):
        raise GateError(f"the rule {name!r} has an empty pattern or one that finds everything.")
    return Rule(name, row["kind"], compiled, row["example"], row["counter_example"])


def _reach(row: dict[str, Any], parts: dict[str, str]) -> Reach:
    name, written = row["name"], _spelt_out(row["literal"], parts)
    literal = _compiled(written)
    if not written.strip() or re.search(f"^(?:{written})$", "") or any(literal.search(p) for p in _PROBES):
        raise GateError(f"the words of {name!r} are empty or match everything.")
    if row["direction"] not in DIRECTIONS or not 0 <= row["scope"] <= 20:
        raise GateError(f"{name!r} has a direction or a scope that there is not.")
    stops = "|".join(_spelt_out(stop, parts) for stop in row["stops"])
    return Reach(
        name,
        literal,
        row["direction"],
        row["scope"],
        re.compile(rf"{_MARK}|\b(?:{stops})\b" if stops else _MARK),
        frozenset(row.get("kinds", KINDS)),
        frozenset(row.get("only", ())),
        row.get("who", ""),
        row["example"],
        row["counter_example"],
    )
