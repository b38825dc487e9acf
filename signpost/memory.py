"""What a conversation remembers between two messages: ids and numbers, never a visitor's words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

PREFIX = "kept_"  # Rasa reads a slot that is called like an entity as one that the entity fills


@dataclass(frozen=True)
class Memory:
    """The slots of a conversation; in `domain.yml` each name has the prefix `kept_`.

    Attributes:
        audience: child, adult, professional or None when not yet said.
        speaker: who speaks, as the words or the belief have it, or None.
        subject: whom the last need was about, or None.
        needs: the needs that the last reply answered, most urgent first.
        answered: how often each need, and each act, has been answered.
        opened: the first line of the last reply, as a number that tells one from another.
        numberless: whether the visitor has asked for no more numbers.
        shown: ids of the services named last, in their order.
        more: ids of further services for the same needs, not yet shown.
        question: the last question of fact, as the statistics keep it.
        place: the place that was named, as the places keep it.
        asked: what the last reply asked for: "audience", "place", "service" or None.
        offered: ids of the choices that the last reply offered.
        noticed: whether the visitor has been told that this is an automated service.
        warned: whether the visitor has been told that figures may be hard to read.
    """

    audience: str | None = None
    speaker: str | None = None
    subject: str | None = None
    needs: list[str] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    question: dict[str, Any] | None = None
    place: dict[str, Any] | None = None
    asked: str | None = None
    offered: list[str] = field(default_factory=list)
    opened: int | None = None
    numberless: bool = False
    noticed: bool = False
    warned: bool = False

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> "Memory":
        """Read the slots of a tracker; what is missing or None keeps its default."""
        kept = {name: slots.get(PREFIX + name) for name in cls.__dataclass_fields__}
        return cls(**{name: value for name, value in kept.items() if value is not None})

    def to_slots(self) -> dict[str, Any]:
        """Return the slots as JSON values."""
        return {PREFIX + name: value for name, value in asdict(self).items()}

    def having(self, **changes: Any) -> "Memory":
        """Return a copy with the changes."""
        return replace(self, **changes)
