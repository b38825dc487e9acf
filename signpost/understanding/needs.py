"""What can be meant (`data/needs.yml`, each need once) and what a mistake costs (`data/harm.yml`, between families)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

UNKNOWN, ANY = "unknown", "any"


class NeedsError(ValueError):
    """A table is missing, damaged or incomplete; the message names the file, the entry and the fault."""


@dataclass(frozen=True)
class Kind:
    """One need, or one kind of talk.

    Attributes:
        name: the intent.
        family: the row of the table of harm.
        routes: by "speaker subject", "speaker" or "any", the route that answers; empty for talk.
        near: other needs whose reply would hurt this visitor little.
        tap: the choice that offers it as a near guess, or "".
        instead: by need of the thread, what this means there ("delete my history" after own offending).
        of_reply: talk about the reply just given ("what does that mean"): of a figure, a question of figures.
    """

    name: str
    family: str
    routes: Mapping[str, str]
    near: frozenset[str]
    tap: str
    instead: Mapping[str, str]
    of_reply: bool = False

    def route(self, speaker: str, subject: str) -> str:
        """Return the route for a speaker and a subject: the closest entry, at last the one for any."""
        keys = (f"{speaker} {subject}", f"{ANY} {subject}", speaker, ANY)
        return next(self.routes[key] for key in keys if key in self.routes)


@dataclass(frozen=True)
class Harm:
    """What it costs a visitor to be answered as one family when another was meant, from 0 (nothing) to 100.

    Attributes:
        answered: answered[a][m]: the reply was about family a, and family m was meant.
        within: the same family, but another need of it.
        near: the same, where `data/needs.yml` says that the two are near.
        beside: a second reply that nobody asked for, by its family.
        left_out: a second need that was said and got no answer, by its family.
        speakers: speakers[a][m]: spoken to as a, where m is speaking.
    """

    answered: Mapping[str, Mapping[str, float]]
    within: Mapping[str, float]
    near: float
    beside: Mapping[str, float]
    left_out: Mapping[str, float]
    speakers: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Needs:
    """Every need and kind of talk, and the harm between them."""

    kinds: Mapping[str, Kind]
    needs: frozenset[str]
    roles: Mapping[str, str]
    alone: frozenset[str]
    unoffered: frozenset[str]
    harm: Harm

    @classmethod
    def load(cls, folder: Path) -> "Needs":
        """Read `needs.yml` and `harm.yml` of a folder; raises NeedsError."""
        table = _read(folder / "needs.yml")
        try:
            kinds = {name: _kind(name, row) for part in ("needs", "talk") for name, row in table[part].items()}
            roles = dict(table["roles"])
            needs = frozenset(table["needs"])
            alone = frozenset(f for f, row in table["families"].items() if row.get("alone", False))
            unoffered = frozenset(f for f, row in table["families"].items() if not row.get("offered", True))
        except (KeyError, TypeError, AttributeError) as error:
            raise NeedsError(f"{folder / 'needs.yml'}: {error} is missing or malformed.") from None
        lacking = [name for name in needs if ANY not in kinds[name].routes]
        lacking += [role for role, name in roles.items() if name not in kinds]
        lacking += [f"{k.name}: {other}" for k in kinds.values() for other in k.near if other not in kinds]
        if lacking:
            raise NeedsError(f"{folder / 'needs.yml'}: no route for any, or no such name: {', '.join(lacking)}.")
        families = {kind.family for kind in kinds.values()}
        return cls(kinds, needs, roles, alone, unoffered, _harm(folder / "harm.yml", families))

    def __contains__(self, name: object) -> bool:
        return name in self.needs

    def family(self, name: str) -> str:
        """Return the family of a need or kind of talk; of a name that nobody knows, the family of the unknown."""
        return self.kinds[name].family if name in self.kinds else self.kinds[self.roles["unknown"]].family

    def of_role(self, role: str) -> str:
        """Return the family of the name that stands for a role."""
        return self.family(self.roles[role])

    def cost(self, answered: str, meant: str) -> float:
        """Return what it costs (0 to 100) to answer `answered` where `meant` was meant."""
        if answered == meant:
            return 0.0
        given, wanted = self.family(answered), self.family(meant)
        if meant in self.kinds and answered in self.kinds[meant].near:
            return min(self.harm.near, self.harm.answered[given][wanted] if given != wanted else self.harm.near)
        return self.harm.within[given] if given == wanted else self.harm.answered[given][wanted]

    def expected(self, answered: str, belief: Mapping[str, float]) -> float:
        """Return the harm to expect of an answer: the sum of belief times cost."""
        return sum(chance * self.cost(answered, meant) for meant, chance in belief.items())

    def check(self, routes: frozenset[str], folder: Path) -> None:
        """Raise NeedsError for a need that leads to a route which nobody wrote."""
        lacking = sorted(self.routes() - routes)
        if lacking:
            raise NeedsError(
                f"{folder / 'routes' / lacking[0]}.yml is missing, and {folder / 'needs.yml'} leads to it."
            )

    def routes(self) -> frozenset[str]:
        """Return the names of all routes that a need leads to."""
        return frozenset(route for name in self.needs for route in self.kinds[name].routes.values())


def _kind(name: str, row: Mapping[str, Any]) -> Kind:
    return Kind(
        name,
        str(row["family"]),
        {str(k): str(v) for k, v in row.get("routes", {}).items()},
        frozenset(row.get("near", ())),
        str(row.get("tap", "")),
        {str(k): str(v) for k, v in row.get("instead", {}).items()},
        bool(row.get("of_reply", False)),
    )


def _harm(path: Path, families: set[str]) -> Harm:
    table = _read(path)
    try:
        answered = {str(a): {str(m): float(c) for m, c in row.items()} for a, row in table["answered"].items()}
        harm = Harm(
            answered,
            {str(f): float(c) for f, c in table["within"].items()},
            float(table["near"]),
            {str(f): float(c) for f, c in table["beside"].items()},
            {str(f): float(c) for f, c in table["left_out"].items()},
            {str(a): {str(m): float(c) for m, c in row.items()} for a, row in table["speakers"].items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NeedsError(f"{path}: {error} is missing or no number.") from None
    lacking = [f"answered {a}: {m}" for a in families for m in families if a != m and m not in answered.get(a, {})]
    lacking += [f"within: {f}" for f in families if f not in harm.within]
    lacking += [f"{part}: {f}" for part in ("beside", "left_out") for f in families if f not in getattr(harm, part)]
    numbers = [cost for row in (*answered.values(), harm.within, harm.beside, harm.left_out) for cost in row.values()]
    if lacking:
        raise NeedsError(f"{path}: nothing is said of {', '.join(sorted(lacking))}.")
    if any(not 0 <= cost <= 100 for cost in numbers):
        raise NeedsError(f"{path}: a cost is below 0 or above 100.")
    return harm


def _read(path: Path) -> Mapping[str, Any]:
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise NeedsError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
    if not isinstance(table, dict):
        raise NeedsError(f"{path}: expected names with their contents.")
    return table
