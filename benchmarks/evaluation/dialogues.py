"""Whole conversations judged turn by turn, and questions of figures judged by their last reply.

A file of conversations is a list of `{voice, turns}`; a turn has `say` and demands: `all`, `any`, `none` and `first`
(of the first line), each with a digit behind it where there are several. A file of questions has a line each, as the
acceptance cases: `group :: turn >> turn :: all=/regex/`.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from benchmarks.evaluation import sets
from benchmarks.evaluation.judging import Share
from benchmarks.evaluation.sets import Clause, Conversation

DEMANDS = ("all", "any", "none", "first")
Replies = list[list[dict[str, Any]]]
Converses = Callable[[Sequence[str]], Replies]


@dataclass(frozen=True)
class Turn:
    """What a visitor says and what the reply must and must not hold."""

    say: str
    clauses: tuple[Clause, ...]

    def holds(self, messages: list[dict[str, Any]]) -> bool:
        """Whether a reply holds to every demand."""
        return not self.faults(messages)

    def faults(self, messages: list[dict[str, Any]]) -> list[str]:
        """Return what is wrong with a reply; an empty list is a pass."""
        return Conversation("", (self.say,), self.clauses).faults(messages)


def conversations_of(path: Path) -> list[tuple[Turn, ...]]:
    """Read a file of conversations. Raises KeyError for a name that is none, ValueError for a turn without a demand."""
    return [tuple(map(_turn, row["turns"])) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _turn(row: dict[str, Any]) -> Turn:
    keys, clauses = sets.contacts(), []
    for name, items in row.items():
        kind = name.rstrip("0123456789")
        if kind in DEMANDS and items:
            clauses.append(sets.clause(kind, [str(item) for item in items], keys))
    if not clauses:
        raise ValueError("a turn demands nothing of its reply")
    return Turn(row["say"], tuple(clauses))


def of_conversations(converse: Converses, conversations: list[tuple[Turn, ...]]) -> dict[str, Share]:
    """Return how many turns and how many whole conversations are right, and how often a reply opens as the last one."""
    right: list[list[bool]] = []
    repeated: list[bool] = []
    for turns in conversations:
        replies = converse([turn.say for turn in turns])
        right.append([turn.holds(reply) for turn, reply in zip(turns, replies, strict=True)])
        openings = [sets.opening_of(reply) for reply in replies]
        repeated += [before == after for before, after in pairwise(openings)]
    every = [mark for marks in right for mark in marks]
    return {
        "every turn of a conversation is right": Share(sum(map(all, right)), len(right)),
        "a turn is right": Share(sum(every), len(every)),
        "a reply opens with the line just said": Share(sum(repeated), len(repeated)),
    }


def of_questions(converse: Converses, questions: list[Conversation]) -> dict[str, Share]:
    """Return how many questions of figures are answered right, in all and by kind."""
    marks: defaultdict[str, list[bool]] = defaultdict(list)
    for question in questions:
        marks[question.group].append(not question.faults(converse(question.turns)[-1]))
    every = [mark for found in marks.values() for mark in found]
    kinds = {f"figures, {kind}": Share(sum(found), len(found)) for kind, found in sorted(marks.items())}
    return {"a question of figures is answered right": Share(sum(every), len(every)), **kinds}
