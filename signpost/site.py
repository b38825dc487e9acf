"""What the channel serves besides replies: the emergency services of every page, and pages made from data."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from signpost.assistant import Assistant
from signpost.directory.card import card, plain
from signpost.directory.help_page import help_page
from signpost.directory.service import Service
from signpost.memory import Memory
from signpost.replies import Message, Writer

CARRIED = ("emergency-999", "childline", "nspcc-helpline", "samaritans")
LONDON = ZoneInfo("Europe/London")


def emergency_services(assistant: Assistant) -> list[dict[str, str]]:
    """Return the services that a page carries itself: name, call, href, why."""
    services = []
    now = datetime.now(LONDON)
    for service in CARRIED:
        shown = card(assistant.directory.service(service), now)
        call = shown["call"][0]
        services.append(
            {
                "name": shown["name"].partition(" (")[0],
                "call": call["number"],
                "href": call["href"],
                "why": shown["for"],
            }
        )
    return services


def emergency_messages(assistant: Assistant) -> list[Message]:
    """Return what is said when a turn failed: the emergency services and what to do next."""
    writer = Writer(assistant, Memory(noticed=True), datetime.now(LONDON))
    route = assistant.copy("emergency_fallback")
    writer.urgent(route.now, *route.say)
    writer.show([(service, "") for service in CARRIED], first=len(CARRIED))
    return writer.finish(route.next).messages


def people_now(assistant: Assistant, speaker: str, desk: Service | None = None) -> list[Message]:
    """Return who can be talked to now, as messages like those of a reply: who is open first, an open desk before all.

    Args:
        assistant: everything it knows.
        speaker: who asks (child, adult, ...); any other word is "unknown".
        desk: the operator's own.
    """
    cards = assistant.open_now.cards(assistant.services(), speaker, datetime.now(LONDON), desk)
    return [
        {"text": assistant.open_now.say},
        {"text": "\n\n".join(plain(one) for one in cards), "custom": {"services": cards}},
    ]


def pages(assistant: Assistant) -> dict[str, Callable[[], str]]:
    """Return path -> maker of the pages and files that come from the data."""
    made: dict[str, Callable[[], Any]] = {
        "/help": lambda: help_page(assistant.services(), assistant.routes, datetime.now(LONDON)),
        "/data": lambda: assistant.statistics.data_page_html("/help.css"),
        "/data/figures.csv": assistant.statistics.figures_csv,
        "/data/figures.json": lambda: json.dumps(assistant.statistics.figures_json(), ensure_ascii=False),
        "/help.css": (Path(__file__).parent / "directory" / "help.css").read_text,
    }
    return made
