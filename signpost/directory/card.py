"""Card: one service as the visitor reads it, as data for the page and as plain text."""

from datetime import datetime
from typing import Any

from signpost.directory import hours
from signpost.directory.service import Phone, Service

Card = dict[str, Any]
OPEN = ("Open now", "Online")  # how the hours of a service that answers begin
_SHOWN = {"main": 0, "day": 0, "out_of_hours": 1}


def card(service: Service, now: datetime, audience: str = "unknown") -> Card:
    """Return the card of a service at `now` (aware).

    Keys: id, name, for, call, text, chat, web, hours, cost, confidential, anonymous, age, expect. Lines for
    professionals only appear when the audience is `professional`.
    """
    state = hours.status(service, now)
    chats = [link for link in service.links if link.kind == "chat"]
    web = [{"label": link.label, "url": link.url} for link in service.links if link.kind == "web"]
    if service.email:
        web.append({"label": f"Email {service.email}", "url": f"mailto:{service.email}"})
    return {
        "id": service.id,
        "name": service.name,
        "for": service.what_for,
        "call": [{"number": p.number, "href": p.href, "note": p.note} for p in _calls(service, state, audience)],
        "text": [{"label": text.label, "href": text.href} for text in service.texts],
        "chat": {"label": chats[0].label, "url": chats[0].url} if chats else None,
        "web": web,
        "hours": state.text,
        "cost": service.cost,
        "confidential": service.confidential,
        "anonymous": service.anonymous,
        "age": service.age,
        # A passing notice comes before what usually happens.
        "expect": " ".join(filter(None, (service.alert, service.expect))) or None,
    }


def _calls(service: Service, state: hours.Hours, audience: str) -> list[Phone]:
    shown = [p for p in service.phones if p.use in _SHOWN or (p.use == "professional" and audience == "professional")]
    # When the office is known to be shut, the number that answers now comes first.
    shut = state.text is not None and state.text.startswith("Office closed")
    return sorted(shown, key=lambda p: -_SHOWN.get(p.use, 0)) if shut else shown


def plain(card: Card) -> str:
    """Return the card as two or three short lines: name and purpose, the ways to reach it, and when it is shut.

    Hours, cost and limits come when they are asked for; the card on the page has them all.
    """
    lines = [f"{card['name']}: {card['for']}"]
    calls = "; or ".join(f"{c['number']} ({c['note']})" if c["note"] else c["number"] for c in card["call"])
    ways = [f"Call {calls}"] if calls else []
    ways += [text["label"] for text in card["text"]]
    ways += [f"Chat: {card['chat']['url']}"] if card["chat"] else []
    web = [link["url"] for link in card["web"] if not link["url"].startswith("mailto:")]
    if web and not ways:
        ways.append(f"Web: {web[0]}")
    if ways:
        lines.append(". ".join(ways))
    if card["hours"] and not card["hours"].startswith(OPEN):
        lines.append(_stop(card["hours"]))
    return "\n".join(lines)


def ways(card: Card, voice: bool) -> str:
    """Return how a service is reached, in one phrase: with a voice its first way, without one all that need none."""
    texts = [text["label"][0].lower() + text["label"][1:] for text in card["text"]]
    if voice:
        return next(iter([*(f"call {one['number']}" for one in card["call"]), *texts]), "")
    mail = [link["label"] for link in card["web"] if link["url"].startswith("mailto:")]
    chat = [f"chat online at {card['chat']['url']}"] if card["chat"] else []
    return ", or ".join([*texts, *chat] or [label[0].lower() + label[1:] for label in mail])


def _stop(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else words + "."
