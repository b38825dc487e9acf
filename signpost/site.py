"""What the channel serves besides replies: the emergency services of every page, and pages made from data."""

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from signpost import clock
from signpost.assistant import Assistant
from signpost.directory.card import card, plain
from signpost.directory.help_page import help_page
from signpost.directory.service import Service
from signpost.memory import Memory
from signpost.replies import Message, Writer
from signpost.statistics.data_page import no_figure_page

CARRIED = ("emergency-999", "childline", "nspcc-helpline", "samaritans")
FIGURES = "/data/figures/"
STYLE = "/data.css"


def emergency_services(assistant: Assistant) -> list[dict[str, str]]:
    """Return the services that a page carries itself: name, call, href, why."""
    services = []
    now = clock.now()
    for service in CARRIED:
        found = assistant.directory.get(service)
        if found is None:
            continue
        shown = card(found, now)
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


def signed(page: str, assistant: Assistant) -> str:
    """Return a page of HTML that says at its end who runs this, how to complain, and where the privacy notice is."""
    operator = assistant.operator
    lines = [escape(line) for line in (operator.run_by, operator.complain) if line]
    if operator.privacy:
        address = escape(operator.privacy_notice)
        lines.append(f'<a href="{address}" rel="noreferrer">Privacy notice</a>')
    note = f'<p class="operator">{" ".join(lines)}</p>\n'
    place = next((end for end in ("</footer>", "</main>", "</body>") if end in page), None)
    return page.replace(place, note + place) if place else page + note


def people_now(assistant: Assistant, speaker: str, desk: Service | None = None) -> list[Message]:
    """Return who can be talked to now, as messages like those of a reply: who is open first, an open desk before all.

    Args:
        assistant: everything it knows.
        speaker: who asks (child, adult, ...); any other word is "unknown".
        desk: the operator's own.
    """
    cards = assistant.open_now.cards(assistant.services(), speaker, clock.now(), desk)
    return [
        {"text": assistant.open_now.say},
        {"text": "\n\n".join(plain(one) for one in cards), "custom": {"services": cards}},
    ]


def pages(assistant: Assistant, address: str = "") -> dict[str, Callable[[], str]]:
    """Return path -> maker of the pages and files that come from the data.

    Args:
        address: of the site, without a slash at its end, for the addresses that must be absolute.
    """
    figures, here = assistant.statistics, Path(__file__).parent
    made: dict[str, Callable[[], Any]] = {
        "/help": lambda: signed(help_page(assistant.services(), assistant.routes, clock.now()), assistant),
        "/data": lambda: signed(figures.data_page_html(address, STYLE), assistant),
        "/data/figures.csv": figures.figures_csv,
        "/data/figures.json": lambda: _json(figures.figures_json(address)),
        "/data/datapackage.json": lambda: _json(figures.descriptor(address)),
        "/data/figures.csv-metadata.json": lambda: _json(figures.csvw(address)),
        "/about.json": lambda: _json(assistant.operator.as_json()),
        "/help.css": (here / "directory" / "help.css").read_text,
        STYLE: (here / "statistics" / "data.css").read_text,
    }
    return made


def figure(assistant: Assistant, path: str) -> tuple[int, str, str] | None:
    """Return what is at the address of one figure: status, text and suffix; None for an address of another kind."""
    key = path.removeprefix(FIGURES)
    if key == path:
        return None
    if key.endswith(".json"):
        text = assistant.statistics.figure_json(key.removesuffix(".json"))
        return (200, text, ".json") if text else None
    text = assistant.statistics.figure_html(key, STYLE)
    return (200, text, ".html") if text else (404, no_figure_page(STYLE), ".html")


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False)
