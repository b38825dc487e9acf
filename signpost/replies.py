"""Replies: reviewed copy, services as cards and as plain text, buttons. A reply is a list of Rasa messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from signpost.assistant import Assistant
from signpost.audience import UNKNOWN
from signpost.directory import Directory
from signpost.directory.card import card, plain
from signpost.directory.routes import Route
from signpost.memory import Memory

FIRST = 3  # services in a first reply
Message = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """Messages in the order they are read, and what the conversation then remembers."""

    messages: list[Message]
    memory: Memory


@dataclass
class Writer:
    """Collects one reply. `now` is an aware datetime."""

    assistant: Assistant
    memory: Memory
    now: datetime
    messages: list[Message] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.directory: Directory = self.assistant.services()

    def fill(self, text: str) -> str:
        """Return copy with its contacts filled from the directory."""
        return self.directory.fill(text)

    def say(self, *lines: str) -> None:
        """Add one message of short lines."""
        text = "\n".join(self.fill(line) for line in lines if line)
        if text:
            self.messages.append({"text": text})

    def urgent(self, *lines: str) -> None:
        """Add the lines that come before everything else."""
        self.messages.append({"text": "\n".join(self.fill(line) for line in lines), "custom": {"urgent": True}})

    def answer(self, text: str, custom: dict[str, Any]) -> None:
        """Add the answer to a question of fact; before the first of a conversation, that it may be hard to read."""
        if not self.memory.warned:
            note = self.fill(self.assistant.copy("content_note").now)
            self.messages.append({"text": note, "custom": {"note": True}})
            self.memory = self.memory.having(warned=True)
        self.messages.append({"text": text, **({"custom": custom} if custom else {})})

    def show(self, services: Sequence[tuple[str, str]], first: int = FIRST) -> None:
        """Add the services (id, why) as one message; what does not fit waits for "more"."""
        known: dict[str, str] = {}
        for service, why in services:
            if self.directory.get(service) is not None:
                known.setdefault(service, why)
        ids = list(known)
        if not ids:
            return
        cards, lines = [], []
        for service in ids[:first]:
            shown = card(self.directory.service(service), self.now, self.memory.audience or UNKNOWN)
            cards.append({**shown, "for": known[service] or shown["for"]})
            lines.append(plain(cards[-1]))
        self.messages.append({"text": "\n\n".join(lines), "custom": {"services": cards}})
        self.memory = self.memory.having(shown=ids[:first], more=ids[first:])

    def offer(self, choices: Iterable[str]) -> None:
        """Offer choices (ids) as buttons, each once."""
        for choice in choices:
            if choice not in self.buttons:
                self.buttons.append(choice)

    def ask(self, what: str | None) -> None:
        """Remember what the next message may answer."""
        self.memory = self.memory.having(asked=what)

    def finish(self, last: str, titles: Sequence[str] = ()) -> Reply:
        """End with the notice (once a conversation), the next step, and the buttons."""
        lines = [] if self.memory.noticed else [self.assistant.copy("notice").now]
        if last:
            lines.append(last)
        known = [c for c in self.buttons if c != "more_services" or self.memory.more]
        names = [self.assistant.choices[choice].title for choice in known]
        buttons = [{"title": title, "payload": title} for title in dict.fromkeys([*titles, *names])]
        closing: Message = {"text": "\n".join(self.fill(line) for line in lines)} if lines else {}
        if buttons:
            closing["buttons"] = buttons
        if closing.get("text") or not self.messages:
            self.messages.append(closing)
        elif buttons:
            self.messages[-1] = {**self.messages[-1], "buttons": buttons}
        memory = self.memory.having(noticed=True, offered=known)
        return Reply(self.messages, memory)


def services_of(routes: Sequence[Route]) -> list[tuple[str, str]]:
    """Return the services of several routes, taking turns, so that each has its first ones shown."""
    merged: list[tuple[str, str]] = []
    for rank in range(max((len(route.services) for route in routes), default=0)):
        for route in routes:
            if rank < len(route.services) and route.services[rank].id not in {m[0] for m in merged}:
                merged.append((route.services[rank].id, route.services[rank].why))
    return merged
