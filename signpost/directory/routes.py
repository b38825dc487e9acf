"""Routes: for one need and audience, what to do now, what to say, and the services in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from signpost.directory.choices import Choices, RoutesError, _mapping, _words
from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError

AUDIENCES = ("child", "adult", "professional", "unknown")
_FALLBACK = ("any", "unknown", "adult", "child")
_BLOCK = {"hear", "now", "safe", "say", "services", "next", "choices"}
_TOP = {"need", "intent", "title", "urgency", "any", *AUDIENCES}


@dataclass(frozen=True)
class RouteService:
    """A service of a route and why it is there, in one line."""

    id: str
    why: str


@dataclass(frozen=True)
class Route:
    """One reply: texts with their {number:...} placeholders still in them (see Directory.fill).

    Attributes:
        need: the need or intent it answers.
        audience: the block it was taken from, which may be another than was asked for.
        urgency: lower is answered first.
        hear: one sentence that says back what was told, or nothing.
        now: what to do now, with its contact.
        safe: at most one more line that safety needs.
        say: further sentences; of a need they wait under "More help".
        next: the last line of a reply that is no need's.
        services, choices: in order; choices are ids.
    """

    need: str
    audience: str
    title: str
    urgency: int
    now: str
    say: tuple[str, ...]
    services: tuple[RouteService, ...]
    next: str
    choices: tuple[str, ...]
    hear: str = ""
    safe: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return every line of the reply, in the order of reading."""
        return tuple(line for line in (self.hear, self.now, self.safe, *self.say, self.next) if line)


@dataclass(frozen=True)
class Routes:
    """Every route, by need and audience."""

    routes: Mapping[str, Mapping[str, Route]]
    choices: Choices | None = field(default=None)

    @classmethod
    def load(cls, *folders: Path, choices: Path | None = None) -> "Routes":
        """Read every `*.yml` of some folders (routes have `need`, replies `intent`), and the choices file.

        Raises RoutesError naming the file, the need and the fault: an unknown key, a need that stands twice or is not
        called like its file, a missing line, or a choice that does not exist.
        """
        known = Choices.load(choices) if choices else None
        routes: dict[str, dict[str, Route]] = {}
        for file in sorted(file for folder in folders for file in folder.glob("*.yml")):
            need, blocks = _read(file, known)
            if need in routes:
                raise RoutesError(f"{file}: {need}: stands in two files. Remove one.")
            routes[need] = blocks
        return cls(routes, known)

    def __contains__(self, need: object) -> bool:
        return need in self.routes

    def __iter__(self) -> Iterator[str]:
        return iter(self.routes)

    def route(self, need: str, audience: str = "unknown") -> Route:
        """Return the route for a need: exactly for the audience, else for any, unknown, adult, child.

        Raises RoutesError if there is no such need.
        """
        try:
            blocks = self.routes[need]
        except KeyError:
            raise RoutesError(f"There is no route for {need!r}. Add a file for it.") from None
        for key in (audience, *_FALLBACK):
            if key in blocks:
                return blocks[key]
        return next(iter(blocks.values()))

    def by_urgency(self) -> list[str]:
        """Return the needs, the most urgent first."""
        return sorted(self.routes, key=lambda need: (next(iter(self.routes[need].values())).urgency, need))

    def faults(self, directory: Directory) -> list[str]:
        """Return what the directory cannot serve: services that are unknown or may not be offered, bad placeholders."""
        found = []
        for need, blocks in self.routes.items():
            for audience, route in blocks.items():
                where = f"{need} ({audience})"
                for service in route.services:
                    if service.id not in directory.hidden and not directory.get(service.id):
                        found.append(f"{where}: the service {service.id!r} is unknown or may not be offered")
                for text in (*route.lines, *(s.why for s in route.services)):
                    try:
                        directory.fill(text)
                    except DirectoryError as error:
                        found.append(f"{where}: {error}")
        return found


def _read(file: Path, known: Choices | None) -> tuple[str, dict[str, Route]]:
    data = _mapping(file)
    need = data.get("need", data.get("intent"))
    if need != file.stem:
        raise RoutesError(f"{file}: {need}: need (or intent) must be {file.stem!r}, like the file.")
    unknown = sorted(set(map(str, data)) - _TOP)
    if unknown:
        raise RoutesError(f"{file}: {need}: unknown key {', '.join(unknown)}. Use {', '.join(sorted(_TOP))}.")
    title, urgency = data.get("title", ""), data.get("urgency", 100)
    if not isinstance(title, str) or isinstance(urgency, bool) or not isinstance(urgency, int):
        raise RoutesError(f"{file}: {need}: title must be text and urgency a whole number.")
    blocks = {}
    for audience in ("any", *AUDIENCES):
        if audience in data:
            try:
                blocks[audience] = _route(need, audience, title, urgency, data[audience], known)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                fault = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
                raise RoutesError(f"{file}: {need}: {audience}: {fault}.") from error
    if not blocks:
        raise RoutesError(f"{file}: {need}: has no audience. Use any, or {', '.join(AUDIENCES)}.")
    return need, blocks


def _route(need: str, audience: str, title: str, urgency: int, block: Any, known: Choices | None) -> Route:
    unknown = sorted(set(map(str, block)) - _BLOCK)
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}")
    say = block.get("say", ())
    choices = tuple(map(str, block.get("choices", ())))
    for choice in choices:
        if known is not None and choice not in known:
            raise ValueError(f"the choice {choice!r} does not exist")
    services = tuple(RouteService(_words(s["id"]), str(s.get("why", ""))) for s in block.get("services", ()))
    if len({service.id for service in services}) < len(services):
        raise ValueError("a service stands twice")
    return Route(
        need=need,
        audience=audience,
        title=title,
        urgency=urgency,
        now=_words(block["now"]),
        hear=str(block.get("hear", "")).strip(),
        safe=str(block.get("safe", "")).strip(),
        say=(_words(say),) if isinstance(say, str) else tuple(_words(text) for text in say),
        services=services,
        next=str(block.get("next", "")).strip(),
        choices=choices,
    )
