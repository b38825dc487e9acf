"""The records of the data package, one class a table."""

from dataclasses import dataclass

from signpost.statistics.values import Value

_LONGEST_TITLE = 60


class StatisticsError(Exception):
    """The data package cannot be used; the message names the file and says what to do."""


@dataclass(frozen=True)
class Series:
    """Figures that measure the same thing in the same way. `rank` 1 is taken when nobody says which series."""

    id: str
    label: str
    definition: str
    unit: str
    publisher: str
    group: str
    rank: int
    later: tuple[str, ...]
    change_of: str
    aliases: tuple[str, ...]
    everyday: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The label, or its first other name where the label is too long for a button."""
        return self.label if len(self.label) <= _LONGEST_TITLE or not self.aliases else self.aliases[0]

    @property
    def noun(self) -> str:
        """The label as a noun within a sentence: "of offences were online" cannot follow "for"."""
        return f"the {self.title}" if self.label.startswith("of ") and not self.title.startswith("of ") else self.label

    @property
    def per_cent(self) -> bool:
        """Whether values are percentages."""
        return self.unit == "per cent"


@dataclass(frozen=True)
class Area:
    """A place. `places` are towns inside it that have no figures of their own; `members` are areas it adds up.

    `code` is the statistics office's (GSS), blank where the area is no official one.
    """

    id: str
    name: str
    in_text: str
    kind: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    members: tuple[str, ...]
    note: str
    code: str = ""

    @property
    def wide(self) -> bool:
        """Whether this is a country or more."""
        return self.kind in {"nation group", "nation", "not stated", "world"}


@dataclass(frozen=True)
class Source:
    """Where figures and claims were read. `described`: the title is ours, not the headline of the source."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    standing: str
    licence: str
    retrieved: str = ""
    described: bool = False


@dataclass(frozen=True)
class Licence:
    """Under what a source may be used, and what must be said then; `url` is blank where it has no open licence."""

    name: str
    url: str
    says: str


@dataclass(frozen=True)
class Gap:
    """Years between the first and the last figure of a line for which none is held, as their labels, and why."""

    series: str
    area: str
    kind: str
    missing: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Figure:
    """One value of one series for one area and period. Dates are ISO text, blank where the source has none."""

    id: str
    series: str
    area: str
    start: str
    end: str
    label: str
    kind: str
    value: Value
    wording: str
    status: str
    derivation: str
    source: str
    caveat: str
    confidence: str
    era: str
    qualifier: str = "exact"

    @property
    def derived(self) -> bool:
        """Whether the source does not print this value and it was worked out."""
        return self.status == "derived"

    @property
    def year(self) -> int | None:
        """The calendar year in which the period ends, or None."""
        return int(self.end[:4]) if self.end else None

    @property
    def key(self) -> tuple[str, str]:
        """Sorts figures by time."""
        return (self.end, self.start)

    @property
    def single(self) -> bool:
        """Whether the period is one calendar or financial year."""
        return self.kind in {"calendar year", "financial year"}


@dataclass(frozen=True)
class Claim:
    """What a named speaker said, in our words."""

    id: str
    speaker: str
    role: str
    topic: str
    paraphrase: str
    keywords: tuple[str, ...]
    figure: str
    source: str
    period: str


@dataclass(frozen=True)
class Speaker:
    """A person or organisation whose claims are held."""

    id: str
    name: str
    aliases: tuple[str, ...]
