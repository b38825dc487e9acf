"""Two things said in one message: held-out messages joined by a full stop, drawn with a seed."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.evaluation.judging import Heard, Share
from benchmarks.evaluation.scores import Counted, Hears, Miss
from benchmarks.evaluation.sets import Said
from signpost.understanding.needs import Needs

PAIRS = 400  # of each kind
FACT, SERVICE, TALK = "need + question of fact", "need + question about a service", "need + talk, the need kept"
NEED, CRISIS, CRISIS_KEPT = "need + need", "crisis + need", "crisis + need, the crisis kept"

Apart = Callable[[Said, Said], bool]


@dataclass(frozen=True)
class Pair:
    """Two messages as one; `need` are the accepted needs of the first meaning, `beside` those of the second."""

    text: str
    need: frozenset[str]
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pools:
    """The messages that pairs are drawn from.

    `needs` are without refusals, which stand alone by policy, without "help", which says no need in particular, without
    crises, and without messages that may be answered as a question or as talk as well.
    """

    needs: list[Said]
    crises: list[Said]
    facts: list[Said]
    services: list[Said]
    talk: list[Said]

    @classmethod
    def of(cls, held_out: Iterable[Said], talk: list[Said], table: Needs) -> "Pools":
        """Sort the held-out messages."""
        roles, crisis = table.roles, table.of_role("police")
        said = [(one, table.family(one.need)) for one in held_out]
        needs = [one for one, family in said if set(one.accepted) <= table.needs and family not in table.alone]
        return cls(
            [one for one in needs if table.family(one.need) != crisis and one.need != roles["unclear"]],
            [one for one in needs if table.family(one.need) == crisis],
            [one for one, _ in said if one.need == roles["figures"]],
            [one for one, _ in said if one.need == roles["service"]],
            talk,
        )


def pairs(first: list[Said], second: list[Said], count: int, seed: str, apart: Apart) -> list[Pair]:
    """Draw pairs whose meanings are apart, in either order."""
    chance, found = random.Random(seed), list[Pair]()
    while len(found) < count:
        one, other = chance.choice(first), chance.choice(second)
        if apart(one, other):
            said = [one.text, other.text]
            chance.shuffle(said)
            found.append(Pair(_joined(*said), frozenset(one.accepted), frozenset(other.accepted)))
    return found


def together(hear: Hears, pools: Pools, table: Needs, pairs_of_each: int = PAIRS) -> Counted:
    """Return, by kind, the share of messages in which both were answered."""

    def families(one: Said, other: Said) -> bool:
        return table.family(one.need) != table.family(other.need) and not set(one.accepted) & set(other.accepted)

    def drawn(kind: str, first: list[Said], second: list[Said], apart: Apart = lambda *_: True) -> list[Pair]:
        return pairs(first, second, pairs_of_each, kind, apart)

    needs, crises = pools.needs, drawn(CRISIS, pools.crises, pools.needs, families)
    counted = [
        _count(NEED, hear, drawn(NEED, needs, needs, families), _both),
        _count(CRISIS, hear, crises, _both),
        _count(CRISIS_KEPT, hear, crises, _kept),
        _count(FACT, hear, drawn(FACT, needs, pools.facts), lambda heard, pair: _kept(heard, pair) and heard.question),
        _count(
            SERVICE, hear, drawn(SERVICE, needs, pools.services), lambda heard, pair: _kept(heard, pair) and heard.about
        ),
        _count(TALK, hear, drawn(TALK, needs + pools.crises, pools.talk), _kept),
    ]
    shares = {name: share for one in counted for name, share in one.shares.items()}
    return Counted(shares, [miss for one in counted for miss in one.misses])


def _kept(heard: Heard, pair: Pair) -> bool:
    return bool(set(heard.needs) & pair.need)


def _both(heard: Heard, pair: Pair) -> bool:
    return _kept(heard, pair) and bool(set(heard.needs) & pair.beside)


def _count(kind: str, hear: Hears, drawn: list[Pair], holds: Callable[[Heard, Pair], bool]) -> Counted:
    misses = []
    for pair in drawn:
        heard = hear(pair.text)
        if not holds(heard, pair):
            misses.append(Miss(f"together: {kind}", pair.text, f"taken for {heard}"))
    return Counted({kind: Share(len(drawn) - len(misses), len(drawn))}, misses)


def _joined(first: str, second: str) -> str:
    return f"{first}{'' if first[-1] in '.!?' else '.'} {second}"
