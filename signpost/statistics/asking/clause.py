"""One clause of a message as read: what it names of the data and what it asks."""

from dataclasses import dataclass, field

from signpost.statistics.asking.lexicon import Match, Named, Word
from signpost.statistics.asking.periods import Period


@dataclass
class Clause:
    """One clause as read. `areas` holds a tuple of possible ids for each place named; `steps` are relative periods."""

    text: str
    words: list[Word] = field(default_factory=list)
    areas: list[tuple[str, ...]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    speakers: list[Named] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    steps: list[Period] = field(default_factory=list)
    operations: list[str] = field(default_factory=list)
    facets: list[tuple[str, str]] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    rate: str | None = None
    cues: frozenset[str] = frozenset()
    rest: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    asking: frozenset[str] = frozenset()  # the folded words of its operations
    topic: bool = False
    elsewhere: bool = False
    without: "Clause | None" = None

    @property
    def named(self) -> bool:
        """Whether a period or place is named."""
        return bool(self.periods or self.areas or self.places or self.elsewhere)

    @property
    def empty(self) -> bool:
        """Whether nothing of the data is named and nothing is asked."""
        asked = self.operations or self.facets or self.rate or self.steps or self.numbers or "cue" in self.cues
        return not (self.named or self.matches or self.speakers or asked)

    @property
    def idle(self) -> bool:
        """Whether it neither names nor asks anything, so that after an answer it would only say it again."""
        asks = self.operations or self.options or self.rate or self.facets or self.without or self.has("strict", "cue")
        return not (self.named or self.matches or self.steps or self.numbers or asks)

    @property
    def bare(self) -> bool:
        """Whether it names nothing at all."""
        return not (self.named or self.matches or self.steps or self.rest or self.numbers)

    def has(self, *cues: str) -> bool:
        """Whether it has any of some cues."""
        return any(cue in self.cues for cue in cues)
