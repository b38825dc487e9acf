"""What a message shows, as the stages find it (`Evidence`), and what is made of it (`Reading`); nothing is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from signpost.answering.asked import Asked
from signpost.directory.choices import Choice
from signpost.languages import Found as Language
from signpost.memory import Memory
from signpost.understanding.acts import Act
from signpost.understanding.speaker import Speaker

NO_SUBJECT = "-"


@dataclass(frozen=True)
class Part:
    """One part of a message, or the whole: its folded words and the classifier's {label: probability}.

    A label is "intent/speaker/subject"; "-" where the training sentences do not say.
    """

    folded: str
    labels: Mapping[str, float]


@dataclass(frozen=True)
class Belief:
    """Calibrated probabilities.

    Attributes:
        whole: of each need and kind of talk, that the message is about it first; adds up to 1.
        parts: the same for each part that can stand alone, in the words of the message.
        said: of each need, that some part says it in so many words.
        who: of each need, {"speaker subject": probability}.
    """

    whole: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[Mapping[str, float], ...] = ()
    said: Mapping[str, float] = field(default_factory=dict)
    who: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def likeliest(self) -> str:
        """Return the need or kind of talk that is believed most."""
        return max(self.whole, key=lambda name: self.whole[name], default="")


@dataclass(frozen=True)
class Step:
    """One line of `why`: the stage and what it found, in words of ours only."""

    stage: str
    found: str


@dataclass(frozen=True)
class Evidence:
    """All that a message shows.

    Attributes:
        text: as typed. parts: the whole, then its parts, folded. memory: what the conversation remembers.
        today: for "last year".
        danger: kinds that the gate found. about: whose that danger is, "self" or "other", if words say so.
        denied: whether words that would mean danger are called off ("I am not suicidal").
        speaker: what the words say of who speaks.
        belief: what the classifier's probabilities come to.
        question: a question of fact as the statistics keep it, with how sure its reading is; None if none is asked.
        asks_figure, asks_service, asks_place: probabilities that these are asked, from 0 to 1.
        services: ids of services that are named. aspect: what is asked about a service. ordinal: which of a list.
        place: a place that is named, as the places keep it. language: of a message that is not English.
        answers: the kind of talk that the message is, where it answers what the last reply asked or offered.
        act: what a short message does in the conversation.
        choice: the suggested reply that was clicked or typed.
        asked: what is asked in so many words.
        why: what each stage found.
    """

    text: str
    parts: tuple[Part, ...]
    memory: Memory
    today: date
    danger: frozenset[str] = frozenset()
    about: str | None = None
    denied: bool = False
    speaker: Speaker = field(default_factory=Speaker)
    belief: Belief = field(default_factory=Belief)
    question: Mapping[str, Any] | None = None
    asks_figure: float = 0.0
    services: tuple[str, ...] = ()
    aspect: str | None = None
    ordinal: int | None = None
    place: Mapping[str, Any] | None = None
    asks_service: float = 0.0
    asks_place: float = 0.0
    answers: str | None = None
    act: Act | None = None
    asked: tuple[Asked, ...] = ()
    language: Language | None = None
    choice: Choice | None = None
    why: tuple[Step, ...] = ()

    @property
    def folded(self) -> str:
        """Return the whole message in plain words."""
        return self.parts[0].folded

    @property
    def thread(self) -> str | None:
        """Return the need that the conversation is about, if any."""
        return next(iter(self.memory.needs), None)

    def finding(self, stage: str, found: str, **changes: Any) -> "Evidence":
        """Return a copy with what a stage found, and its line of `why` if it found anything."""
        why = (*self.why, Step(stage, found)) if found else self.why
        return replace(self, **changes, why=why)


@dataclass(frozen=True)
class Need:
    """A need that is answered, for whom and about whom."""

    name: str
    speaker: str = "unknown"
    subject: str = NO_SUBJECT


@dataclass(frozen=True)
class Question:
    """A question of fact, as the statistics keep it."""

    slots: Mapping[str, Any]


@dataclass(frozen=True)
class About:
    """A question about services: their ids (none: those shown last) and what is asked of them."""

    services: tuple[str, ...] = ()
    aspect: str | None = None


@dataclass(frozen=True)
class Second:
    """A second question, by the name of its reviewed answers, with the probability of each."""

    asks: Mapping[str, float]


@dataclass(frozen=True)
class Place:
    """A place that help is looked for in; without slots, one has to be asked for."""

    slots: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Talk:
    """Talk about the conversation, the assistant, or something else."""

    kind: str


Ask = Need | Question | Second | About | Place | Talk


@dataclass(frozen=True)
class Reading:
    """What is answered.

    Attributes:
        asks: in the order of answering; the first need is the lead.
        taps: likely other needs, offered as buttons.
        confidence: of the lead, from 0 to 1.
        evidence: what it was read from.
        why: one line a stage.
    """

    asks: tuple[Ask, ...]
    taps: tuple[str, ...] = ()
    confidence: float = 0.0
    evidence: Evidence | None = None
    why: tuple[Step, ...] = ()

    @property
    def needs(self) -> tuple[Need, ...]:
        """Return the needs that are answered; the first is the lead."""
        return tuple(ask for ask in self.asks if isinstance(ask, Need))
