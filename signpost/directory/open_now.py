"""Open now: who can be talked to at a moment, the operator's own desk first, then services by speaker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from signpost.directory.card import Card, card
from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError
from signpost.directory.hours import status
from signpost.directory.service import DAYS, Link, Phone, Service, Span, clock_time

UNKNOWN = "unknown"
_SPAN = re.compile(r"(MO|TU|WE|TH|FR|SA|SU)(?:-(MO|TU|WE|TH|FR|SA|SU))? (\d\d?:\d\d)-(\d\d?:\d\d)\Z")
_RANK = {"open": 0, "unknown": 1, "closed": 2}


@dataclass(frozen=True)
class OpenNow:
    """Services by speaker, in order, and what is said before them.

    Attributes:
        say: the line before the services.
        people: speaker -> ids of services; `unknown` stands for every other speaker.
    """

    say: str
    people: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, file: Path, known: frozenset[str]) -> "OpenNow":
        """Read the table. Raises DirectoryError naming the file and a service that does not exist."""
        table = yaml.safe_load(file.read_text(encoding="utf-8"))
        people = {str(speaker): tuple(ids) for speaker, ids in table["people"].items()}
        missing = sorted({id for ids in people.values() for id in ids} - known)
        if missing or UNKNOWN not in people:
            raise DirectoryError(f"{file}: {', '.join(missing) or UNKNOWN} is missing. Correct the id.")
        return cls(str(table["say"]), people)

    def cards(self, directory: Directory, speaker: str, now: datetime, desk: Service | None = None) -> list[Card]:
        """Return the cards for a speaker at `now` (aware): what is open first, what is closed last.

        A desk stands before all others while it is open, and is left out while it is not.
        """
        ids = self.people.get(speaker, self.people[UNKNOWN])
        found = [service for id in ids if (service := directory.get(id))]
        found.sort(key=lambda service: _RANK[status(service, now).state])
        open_desk = [desk] if desk and status(desk, now).state == "open" else []
        return [card(service, now, speaker) for service in [*open_desk, *found]]


def desk(name: str, hours: str, address: str, today: date) -> Service | None:
    """Return the operator's own desk, or None without a name.

    Args:
        name: as visitors read it.
        hours: local opening times, "MO-FR 09:00-17:00, SA 10:00-12:00"; "" is day and night.
        address: of its chat (https:) or its number (tel:).
        today: its hours are as sure as today's settings.

    Raises:
        DirectoryError: hours or address cannot be read; the message says how they are written.
    """
    if not name:
        return None
    number = address.removeprefix("tel:") if address.startswith("tel:") else ""
    if not number and not address.startswith("https://"):
        raise DirectoryError(f"The desk's address {address!r} is neither https://... nor tel:...")
    facts: dict[str, Any] = dict.fromkeys(
        ("age", "cost", "confidential", "anonymous", "expect", "alert", "minimum_age", "maximum_age", "email")
    )
    return Service(
        **facts,
        id="desk",
        name=name,
        organization=name,
        category="desk",
        what_for="",
        phones=(Phone(number, ""),) if number else (),
        texts=(),
        links=() if number else (Link("Chat online", address, "chat"),),
        always_open=not hours,
        spans=tuple(_span(part.strip()) for part in hours.split(",")) if hours else (),
        bank_holidays="unstated",
        nation="ENG",
        zone="Europe/London",
        areas=(),
        audiences=(),
        assured=today,
        active=True,
    )


def _span(text: str) -> Span:
    match = _SPAN.match(text)
    if not match:
        raise DirectoryError(f"The desk's hours {text!r} are not written like MO-FR 09:00-17:00.")
    first = DAYS.index(match[1])
    last = DAYS.index(match[2]) if match[2] else first
    days = frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
    return Span(days, clock_time(match[3]), clock_time(match[4]))
