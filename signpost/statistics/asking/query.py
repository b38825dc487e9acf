"""What is asked of the figures, as a typed query over series, areas and periods; JSON-able as slots, without words."""

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from signpost.statistics.asking.periods import Period


@dataclass(frozen=True)
class Query:
    """What every query has.

    Attributes:
        series: its id; None where nobody said it: then the chief series is meant, or the one before.
        areas: for each area named, the ids that it may stand for.
        periods: as `periods.py` makes them.
        places: towns inside an area that has figures. elsewhere: a place that the package does not know.
        missing: facets that are asked for and not there. offer: series that may have them.
        lacking: restrictions that the data lack, in the visitor's words: for this reply only, never kept.
        open: whether nobody named the series. joint: whether the areas are meant together.
        options: series that it cannot be told between.
    """

    series: str | None = None
    areas: tuple[tuple[str, ...], ...] = ()
    periods: tuple[Period, ...] = ()
    places: tuple[str, ...] = ()
    elsewhere: bool = False
    missing: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    open: bool = False
    joint: bool = False
    options: tuple[str, ...] = ()
    kinds: ClassVar[dict[str, type["Query"]]] = {}

    def __init_subclass__(cls) -> None:
        cls.kinds[cls.__name__.lower()] = cls

    @property
    def op(self) -> str:
        """The name of the operation."""
        return type(self).__name__.lower()

    def slots(self) -> dict[str, Any]:
        """The query as a conversation keeps it: ids, numbers and names of operations, and no words."""
        kept: dict[str, Any] = {"op": self.op, "series": self.series, "areas": [list(a) for a in self.areas]}
        kept["periods"] = [dict(period) for period in self.periods]
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name not in {*kept, "lacking"} and value not in (item.default, None):
                kept[item.name] = value.slots() if isinstance(value, Query) else _plain(value)
        return kept


def from_slots(slots: object) -> Query | None:
    """The query that was kept; None where it is damaged or of another version."""
    if not isinstance(slots, dict) or slots.get("op") not in Query.kinds:
        return None
    kind = Query.kinds[slots["op"]]
    known = {item.name for item in fields(kind)}
    given = {name: _tupled(name, value) for name, value in slots.items() if name in known}
    return kind(**given)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _tupled(name: str, value: Any) -> Any:
    if name == "of":
        return from_slots(value)
    if name in {"periods", "without"}:
        return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
    return tuple(_tupled("", item) for item in value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Value(Query):
    """The value of each period, or per "year", "month", "week" or "day"; `also`: shares to tell with a count."""

    per: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sum(Query):
    """Periods added up, `without` some of them, or a joint total without areas (`outside`)."""

    without: tuple[Period, ...] = ()
    outside: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Mean(Query):
    """The mean of single years."""


@dataclass(frozen=True)
class Difference(Query):
    """The change between two periods.

    Attributes:
        shown: "percent", "times" or "count". times, claimed: what is taken for granted: a multiple, per cent.
        direction: "up" or "down" where one is taken for granted. yes_no: whether yes or no is wanted.
    """

    shown: str | None = None
    times: float | None = None
    claimed: tuple[str, ...] = ()
    direction: str | None = None
    yes_no: bool = False


@dataclass(frozen=True)
class Ratio(Query):
    """A period or area as a share of a whole, or one published number (`claimed`) of another."""

    claimed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extreme(Query):
    """The highest or lowest year, or all in order; `yes_no`: whether the period named is it."""

    least: bool = False
    ranked: bool = False
    over_areas: bool = False
    yes_no: bool = False


@dataclass(frozen=True)
class Where(Query):
    """The years "above" or "below" a number, or the "missing" ones."""

    relation: str = "missing"
    claimed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check(Query):
    """Whether a number is right, or lies "above" or "below"; `nouns`: series that are named and are not counted."""

    claimed: tuple[str, ...] = ()
    relation: str | None = None
    nouns: bool = False


@dataclass(frozen=True)
class Source(Query):
    """Who published what `of` answers, and where."""

    of: Query | None = None


@dataclass(frozen=True)
class Working(Query):
    """How what `of` answers was worked out, or the number `claimed`."""

    of: Query | None = None
    claimed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition(Query):
    """What a series counts."""


@dataclass(frozen=True)
class Chart(Query):
    """A line as a chart."""


@dataclass(frozen=True)
class Years(Query):
    """Every figure of a line."""


@dataclass(frozen=True)
class Data(Query):
    """Where the data can be had."""


@dataclass(frozen=True)
class Areas(Query):
    """The areas of a series."""


@dataclass(frozen=True)
class Available(Query):
    """What there is to ask."""


@dataclass(frozen=True)
class Newer(Query):
    """Later series that count something else."""


@dataclass(frozen=True)
class Choice(Query):
    """One of `options` is meant, and it cannot be told which."""


@dataclass(frozen=True)
class Undated(Query):
    """A step from a period that nobody named."""


@dataclass(frozen=True)
class Claim(Query):
    """What somebody said; `person`: who that is; `source`: where it was said."""

    claims: tuple[str, ...] = ()
    person: bool = False
    source: bool = False


@dataclass(frozen=True)
class Asked:
    """The questions of one message, how sure it is that they are of fact (0 to 1), and whether they only go on.

    `slots` is JSON-able; feed it to `answer`. Of a visitor's words it holds at most restrictions ("retired"), for the
    one reply that names them; `answer` gives back slots without them.
    """

    queries: tuple[Query, ...]
    strength: float
    follow_up: bool
    before: tuple[Query, ...] = field(default=())

    @property
    def slots(self) -> dict[str, Any]:
        """The queries, and the ones before them, newest first."""
        return {
            "asks": [{**query.slots(), "lacking": list(query.lacking)} for query in self.queries],
            "before": [query.slots() for query in self.before],
        }
