"""What the channel serves besides replies: the emergency services of every page, and pages made from data."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from signpost import clock
from signpost.assistant import Assistant
from signpost.directory.card import card
from signpost.directory.help_page import help_page
from signpost.memory import Memory
from signpost.replies import Message, Writer

CARRIED = ("emergency-999", "childline", "nspcc-helpline", "samaritans")


def emergency_services(assistant: Assistant) -> list[dict[str, str]]:
    """Return the services that a page carries itself: name, call, href, why."""
    services = []
    now = clock.now()
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
    writer = Writer(assistant, Memory(noticed=True), clock.now())
    route = assistant.copy("emergency_fallback")
    writer.urgent(route.now, *route.say)
    writer.show([(service, "") for service in CARRIED], first=len(CARRIED))
    return writer.finish(route.next).messages


def pages(assistant: Assistant) -> dict[str, Callable[[], str]]:
    """Return path -> maker of the pages and files that come from the data."""
    made: dict[str, Callable[[], Any]] = {
        "/help": lambda: help_page(assistant.services(), assistant.routes, clock.now()),
        "/data": lambda: assistant.statistics.data_page_html("/help.css"),
        "/data/figures.csv": assistant.statistics.figures_csv,
        "/data/figures.json": lambda: json.dumps(assistant.statistics.figures_json(), ensure_ascii=False),
        "/help.css": (Path(__file__).parent / "directory" / "help.css").read_text,
    }
    return made
