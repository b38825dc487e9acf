"""Replies: reviewed copy, services as cards and as plain text, buttons. A reply is a list of Rasa messages."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from signpost.assistant import Assistant
from signpost.directory import Directory
from signpost.directory.card import card, plain
from signpost.directory.directory import sentences
from signpost.directory.places import near, serves
from signpost.directory.routes import Route
from signpost.memory import Memory
from signpost.understanding.evidence import Need
from signpost.understanding.speaker import UNKNOWN

FIRST = 2  # services in a first reply
BUTTONS = 4  # suggested replies under one reply
MORE = "more_services"  # the choice that unfolds what a reply leaves out
NUMBERS = "show_numbers"  # the choice that ends "no more numbers"
Message = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """Messages in the order they are read, and what the conversation then remembers."""

    messages: list[Message]
    memory: Memory


@dataclass
class Writer:
    """Collects one reply. `now` is an aware datetime.

    Who asked for no more numbers gets none, in copy or on cards, until they ask again; `loud` where a life is at risk.
    """

    assistant: Assistant
    memory: Memory
    now: datetime
    messages: list[Message] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    loud: bool = False
    about_what: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.directory: Directory = self.assistant.services()
        self.home = self.assistant.places.home(self.memory.place)

    @property
    def numberless(self) -> bool:
        """Whether contacts are left out."""
        return self.memory.numberless and not self.loud

    def fill(self, text: str) -> str:
        """Return copy with its contacts and the operator's lines filled in, or without the sentences that have one.

        A sentence with a service of another nation is left out where the nation is known and something else is said.
        """
        text = self.assistant.operator.fill(text)
        text = self.directory.without_contacts(text) if self.numberless else text
        nation = self.home.nation if self.home else None
        elsewhere = [key for key, found in self.directory.services.items() if not serves(found, nation)]
        return (elsewhere and self.directory.hide(elsewhere).fill(text)) or self.directory.fill(text)

    def say(self, *lines: str) -> None:
        """Add one message of short lines."""
        text = "\n".join(filled for line in lines if line and (filled := self.fill(line)))
        if text:
            self.messages.append({"text": text})

    def urgent(self, *lines: str) -> None:
        """Add the lines that come before everything else."""
        self.loud = True
        text = "\n".join(self.fill(line) for line in lines if line)
        self.messages.append({"text": text, "custom": {"urgent": True}})

    def fresh(self, *candidates: str) -> str:
        """Return the first line that did not open the last reply; no opening is said twice running."""
        found = [line for line in candidates if (filled := self.fill(line)) and _mark(filled) != self.memory.opened]
        return found[0] if found else candidates[0]

    def tell(self, services: Sequence[str], aspect: str) -> None:
        """Say what was asked of services, one line each."""
        self.say(*(told(card(self.directory.service(service), self.now), aspect) for service in services))

    def told(self) -> list[str]:
        """Return the texts of the messages so far."""
        return [message.get("text", "") for message in self.messages]

    def quiet(self, audience: str) -> None:
        """End with one quiet line of where help is, without what the reply names already."""
        self.say(self.unsaid(self.assistant.copy("quiet", audience).now))

    def way(self, now: str, audience: str) -> None:
        """Name who helps again, each in a few words, and then the quiet line; of no numbers, the names."""
        named = {service: kind for kind, service in reversed(self.directory.named(now))}
        names = {service: self.directory.service(service).name.split(" (")[0] for service in reversed(named)}
        if self.numberless:
            kept = ", ".join(name for service, name in names.items() if not service.startswith("emergency"))
            self.say(f"{self.assistant.copy('waiting').now} {kept}." if kept else "")
            return
        quiet = self.assistant.copy("quiet", audience).now
        also = {service for _, service in self.directory.named(quiet)}
        told = " ".join(self.told())
        lines = [
            f"{name}: {{{named[service]}:{service}}}"
            for service, name in names.items()
            if service not in also and name not in told
        ]
        self.say(*map(self.unsaid, lines), self.unsaid(quiet))

    def unsaid(self, text: str) -> str:
        """Return the sentences of copy that hold a contact which has not been said."""
        said = " ".join(self.told())
        found = sentences(text)
        return " ".join(s for s in found if any(one not in said for one in self.directory.contacts(s)))

    def about(self, needs: Sequence[Need]) -> None:
        """Note what the reply is about, for the widget, for tests, and for who evaluates it."""
        table = self.assistant.table
        families = list(dict.fromkeys(table.family(need.name) for need in needs))
        self.about_what = {
            "needs": [need.name for need in needs],
            "families": families,
            "speaker": self.memory.speaker or UNKNOWN,
            "urgent": any(self.assistant.urgent(need.name) for need in needs[:1]),
            "refused": any(family in table.alone for family in families),
        }

    def answer(self, text: str, custom: dict[str, Any]) -> None:
        """Add the answer to a question of fact; behind the first of a conversation, that it may be hard to read."""
        self.messages.append({"text": text, **({"custom": custom} if custom else {})})
        if not self.memory.warned:
            note = self.fill(self.assistant.copy("content_note").now)
            self.messages.append({"text": note, "custom": {"note": True}})
            self.memory = self.memory.having(warned=True)

    def show(self, services: Sequence[tuple[str, str]], first: int = FIRST, again: bool = True) -> None:
        """Add the services (id, why) as one message; what does not fit waits for "more".

        With `again` false, the cards that the last reply showed are not shown once more.
        """
        known: dict[str, str] = {}
        for service, why in services:
            if self.directory.get(service) is not None:
                known.setdefault(service, why)
        ids = self._there(list(known))
        if not ids:
            return
        cards, lines = [], []
        for service in ids[:first]:
            shown = card(self.directory.service(service), self.now, self.memory.audience or UNKNOWN)
            cards.append({**shown, "for": known.get(service) or shown["for"]})
            lines.append(plain(cards[-1]))
        if not self.numberless and (again or self.loud or not set(ids[:first]) <= set(self.memory.shown)):
            self.messages.append({"text": "\n\n".join(lines), "custom": {"services": cards}})
        self.memory = self.memory.having(shown=ids[:first], more=ids[first:])

    def _there(self, ids: list[str]) -> list[str]:
        """Replace services of another nation by those of the visitor's own; what was asked for by name stays."""
        home, services = self.home, self.directory.services
        kept = [id for id in ids if home is None or serves(services[id], home.nation)]
        if home is None or not kept or len(kept) == len(ids):
            return ids
        kinds = {services[id].category for id in ids if id not in kept}
        own = [id for id in near(home, self.directory) if services[id].category in kinds and id not in kept]
        return [*kept[:1], *own, *kept[1:]]

    def offer(self, choices: Iterable[str]) -> None:
        """Offer choices (ids) as buttons, each once; an empty id is none."""
        for choice in choices:
            if choice and choice not in self.buttons:
                self.buttons.append(choice)

    def ask(self, what: str | None) -> None:
        """Remember what the next message may answer."""
        self.memory = self.memory.having(asked=what)

    def finish(self, last: str, titles: Sequence[str] = ()) -> Reply:
        """End with the notice (once a conversation), the next step, and the buttons."""
        if self.messages and _opening(self.messages) == self.memory.opened:
            same = self.assistant.copy("same").now
            self.messages = [{"text": same}, *(m for m in self.messages if "services" not in m.get("custom", {}))]
        told = self.memory.noticed or self.assistant.operator.run_by in " ".join(self.told())
        lines = [] if told else [self.fill(self.assistant.copy("notice").now)]
        if last:
            lines.append(self.fill(last))
        known = self._known(BUTTONS - len(titles))
        names = [self.assistant.choices[choice].title for choice in known]
        buttons = [{"title": title, "payload": title} for title in dict.fromkeys([*titles, *names])]
        closing: Message = {"text": "\n".join(line for line in lines if line)} if any(lines) else {}
        if buttons:
            closing["buttons"] = buttons
        if closing.get("text") or not self.messages:
            self.messages.append(closing)
        elif buttons:  # on the last that a page shows: it has a note of its own
            last_shown = max(i for i, m in enumerate(self.messages) if not m.get("custom", {}).get("note"))
            self.messages[last_shown] = {**self.messages[last_shown], "buttons": buttons}
        first = self.messages[0]
        if self.about_what is not None:
            self.messages[0] = {**first, "custom": {**first.get("custom", {}), "about": self.about_what}}
        memory = self.memory.having(noticed=True, offered=known, opened=_opening(self.messages))
        return Reply(self.messages, memory)

    def _known(self, most: int) -> list[str]:
        """Return the choices that fit; "more" keeps its place, and so does the way back from no numbers."""
        offered = [NUMBERS, *self.buttons] if self.numberless else self.buttons
        known = list(dict.fromkeys(c for c in offered if c != MORE or self.memory.more))
        if len(known) > most:
            known = [*known[: most - 1], MORE if MORE in known else known[most - 1]]
        return known


def _mark(line: str) -> int:
    """Return a number that tells one opening line from another."""
    return zlib.crc32(line.split("\n")[0].encode())


def _opening(messages: Sequence[Message]) -> int:
    return _mark(messages[0].get("text", ""))


TOLD = {
    "hours": ("hours", "I do not have its opening hours confirmed. Please check its website."),
    "cost": ("cost", "I do not have its cost confirmed. Please check its website."),
    "anonymous": (
        "anonymous",
        "I cannot say for sure whether you must give a name. You can ask before you say anything else.",
    ),
    "confidential": ("confidential", "I cannot say for sure where its confidentiality ends. You can ask that first."),
    "expect": ("expect", "You can ask them what will happen before you say anything else."),
}


def told(shown: Mapping[str, Any], aspect: str | None) -> str:
    """Return what is known of a service where hours, cost, name, limits or the call are asked about; else ""."""
    if aspect in TOLD:
        key, unknown = TOLD[aspect]
        return f"{shown['name']}: {shown[key] or unknown}"
    if aspect == "text" and not (shown["text"] or shown["chat"]):
        return f"{shown['name']}: I have no text or chat for it. Here is how to reach it."
    return ""


def services_of(routes: Sequence[Route]) -> list[tuple[str, str]]:
    """Return the services of several routes, taking turns, so that each has its first ones shown."""
    merged: list[tuple[str, str]] = []
    for rank in range(max((len(route.services) for route in routes), default=0)):
        for route in routes:
            if rank < len(route.services) and route.services[rank].id not in {m[0] for m in merged}:
                merged.append((route.services[rank].id, route.services[rank].why))
    return merged
