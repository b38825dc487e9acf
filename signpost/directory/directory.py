"""Directory: every service, loaded once, asked by id, by name, or filled into copy."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from signpost.directory import feed
from signpost.directory.card import Card, card
from signpost.directory.feed import DirectoryError
from signpost.directory.names import Names
from signpost.directory.service import Service, service

_PLACEHOLDER = re.compile(r"\{(\w+):([^{}\s]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Directory:
    """The services of one folder.

    Attributes:
        folder: where they were read.
        services: by id, hidden ones left out.
        names: what people call them.
        hidden: ids the operator has hidden.
    """

    folder: Path
    services: Mapping[str, Service]
    names: Names
    hidden: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def load(cls, folder: Path, hidden: frozenset[str] = frozenset()) -> "Directory":
        """Read a folder of Open Referral UK pages and its `aliases.yml`.

        Raises DirectoryError naming the file and the fault: damaged JSON, a missing field, a short name used twice,
        or a hidden id that does not exist.
        """
        directory = cls(folder, collect(feed.read(folder)), Names.load(folder / "aliases.yml"))
        named = {*directory.names.plain.values(), *directory.names.cued.values()}
        for missing in sorted(named - directory.services.keys()):
            file = folder / "aliases.yml"
            raise DirectoryError(f"{file}: no service is called {missing!r}. Remove it or correct it.")
        return directory.hide(hidden | {id for id, found in directory.services.items() if found.gone})

    def hide(self, hidden: Iterable[str]) -> "Directory":
        """Return this directory without some services. Raises DirectoryError for an id that does not exist."""
        hidden = frozenset(hidden)
        unknown = sorted(hidden - self.services.keys() - self.hidden)
        if unknown:
            raise DirectoryError(f"Cannot hide {', '.join(unknown)}: not in {self.folder}. Check the spelling.")
        kept = {key: value for key, value in self.services.items() if key not in hidden}
        return replace(self, services=kept, hidden=self.hidden | hidden)

    def service(self, id: str) -> Service:
        """Return a service. Raises DirectoryError if it does not exist or is hidden."""
        try:
            return self.services[id]
        except KeyError:
            why = "is hidden by the operator" if id in self.hidden else f"is not in {self.folder}"
            raise DirectoryError(f"The service {id!r} {why}. Use an id of the directory.") from None

    def get(self, id: str) -> Service | None:
        """Return a service that may be offered now, or None (unknown, hidden, or with nothing to print)."""
        found = self.services.get(id)
        return found if found and found.published else None

    def published(self) -> list[Service]:
        """Return every service that may be offered, in the order of the files."""
        return [found for found in self.services.values() if found.published]

    def cards(self, ids: Iterable[str], now: datetime, audience: str = "unknown") -> list[Card]:
        """Return the cards of the services that may be offered, in the order given, each once."""
        return [card(found, now, audience) for id in dict.fromkeys(ids) if (found := self.get(id))]

    def find_services(self, text: str) -> list[str]:
        """Return the ids of the services a message names, in order, each once; hidden ones are left out."""
        return [id for id in self.names.find(text) if id in self.services]

    def fill(self, text: str) -> str:
        """Replace {number:id}, {name:id}, {link:id}, {chat:id} and {text:id}; other braces stay.

        A sentence that names a hidden service is left out, so hiding one never breaks a reply. Raises DirectoryError
        for an unknown kind or id, or a value that may not be printed.
        """
        if self.hidden and any(match[2] in self.hidden for match in _PLACEHOLDER.finditer(text)):
            kept = (s for s in _SENTENCE.split(text) if not any(m[2] in self.hidden for m in _PLACEHOLDER.finditer(s)))
            text = " ".join(kept)
        return _PLACEHOLDER.sub(lambda match: self._value(match, text), text)

    def named(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return (kind, id) of each contact in a text, in their order; names and hidden services are none."""
        found = ((match[1], match[2]) for match in _PLACEHOLDER.finditer(text))
        return tuple(one for one in found if one[0] != "name" and one[1] not in self.hidden)

    def without_contacts(self, text: str) -> str:
        """Return the text without its sentences that hold a contact."""
        return " ".join(sentence for sentence in sentences(text) if not self.named(sentence))

    def contacts(self, text: str) -> tuple[str, ...]:
        """Return what the contacts of a text are, in their order; names are none."""
        found = (match for match in _PLACEHOLDER.finditer(text) if match[1] != "name" and match[2] not in self.hidden)
        return tuple(self._value(match, text) for match in found)

    def _value(self, match: re.Match[str], text: str) -> str:
        kind, id = match[1], match[2]
        found = self.service(id)
        values = {
            "name": found.name,
            "number": found.phones[0].number if found.phones else None,
            "link": found.links[0].url if found.links else None,
            "chat": next((link.url for link in found.links if link.kind == "chat"), None),
            "text": found.texts[0].label if found.texts else None,
        }
        if kind not in values:
            raise DirectoryError(f"{match[0]}: the directory fills {', '.join(values)}, not {kind!r}.")
        value = values[kind] if found.published else None
        if value is None:
            raise DirectoryError(f"{match[0]}: {id} has no {kind} that may be printed. Use another.")
        before = text[: match.start()].rstrip()
        # "Text SHOUT to 85258" starts a sentence or stands inside one.
        return value[0].lower() + value[1:] if kind == "text" and before and before[-1] not in ".!?:" else value


def sentences(text: str) -> list[str]:
    """Split copy into its sentences."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence]


def collect(rows: Iterable[feed.Row]) -> dict[str, Service]:
    """Read rows into services by id. Raises DirectoryError for a damaged row or an id that stands twice."""
    services: dict[str, Service] = {}
    for row in rows:
        found = service(row)
        if found.id in services:
            raise DirectoryError(f"{row.where}: the short name {found.id!r} is used twice. Remove one of the two.")
        services[found.id] = found
    return services
