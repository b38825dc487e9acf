"""Places: which part of the United Kingdom a message names, and which services answer there."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError
from signpost.directory.place_cues import Cues, Name, Names, tokens
from signpost.directory.postcodes import reduce_postcodes
from signpost.directory.service import Service

NATIONS = frozenset({"England", "Wales", "Scotland", "Northern Ireland"})


@dataclass(frozen=True)
class Place:
    """A place named in a message.

    Attributes:
        id: an outward postcode ("PE1") or the folded name of the table ("norwich"); never the visitor's words.
        name: what to call it.
        kind: `outward` or `name`.
        area: the council area or county of its centre, None if the name fits several.
        nation: None if the name fits several.
        councils: names of the councils that may answer; several where a boundary runs through.
        services: ids of the services for it, first things first.
        code: of the nation, as answers have it. ask: the answer about that nation. beside: needs that it goes with.
    """

    id: str
    name: str
    kind: str
    area: str | None
    nation: str | None
    councils: tuple[str, ...]
    services: tuple[str, ...]
    code: str | None = None
    ask: str | None = None
    beside: frozenset[str] = frozenset()

    @property
    def ambiguous(self) -> bool:
        """Whether the name fits several places."""
        return self.area is None

    def slots(self) -> dict[str, str]:
        """What may be remembered of it: the id alone."""
        return {"place": self.id}


@dataclass(frozen=True)
class Places:
    """The places of one folder, by id."""

    places: Mapping[str, Place]
    cues: Cues
    _names: Names = field(default_factory=lambda: Names({}))
    finder: str = ""  # id of England's finder of councils; a place without it lies elsewhere

    @classmethod
    def load(cls, folder: Path) -> "Places":
        """Read outward.csv, names.csv, councils.yml and cues.yml. Raises DirectoryError naming the file and fault."""
        try:
            councils = _Councils(yaml.safe_load((folder / "councils.yml").read_text(encoding="utf-8")))
            cues = Cues.load(folder / "cues.yml")
            places = {}
            with (folder / "outward.csv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    code, area, nation = row["outward"], row["area"], row["nation"]
                    places[code] = councils.place(code, code, "outward", (area,), (nation,))
            names = {}
            with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    folded, said = " ".join(tokens(row["name"])), row["means"] or row["name"]
                    id = "-".join(tokens(said))
                    names[folded] = Name(id, int(row["cue"]))
                    if id not in places:
                        areas, nations = row["areas"].split("|"), row["nations"].split("|")
                        places[id] = councils.place(id, said, "name", tuple(areas), tuple(nations))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise DirectoryError(f"{folder}: {error}. Correct it, or restore the last good files.") from error
        return cls(places, cues, Names(names), councils.finder)

    def find(self, text: str, expected: bool = False) -> Place | None:
        """Return the place a message names, or None. Ambiguous names need a cue, unless a place was asked for.

        An outward postcode wins over a name; of several names, the one somebody lives in, then the first.
        """
        text = reduce_postcodes(text)
        code = self.cues.outward(text, self.places, expected)
        if code:
            return self.places[code]
        name = self.cues.name(text, self._names, expected)
        return self.places[name] if name else None

    def from_slots(self, slots: Mapping[str, Any]) -> Place | None:
        """Return the place that was remembered, or None."""
        id = slots.get("place")
        return self.places.get(id) if isinstance(id, str) else None

    def home(self, slots: Mapping[str, Any] | None) -> Place | None:
        """Return the place that was remembered, also where it was only mentioned and no help near it was asked for."""
        id = (slots or {}).get("home") or (slots or {}).get("place")
        return self.places.get(id) if isinstance(id, str) else None

    def nation(self, slots: Mapping[str, Any] | None) -> str | None:
        """Return the code of the nation of the place that was remembered, or None: it is never guessed."""
        found = self.home(slots)
        return found.code if found else None


def near(place: Place, directory: Directory) -> list[str]:
    """Return the ids of the services for a place that may be offered, first things first."""
    found = [id for id in place.services if directory.get(id)]
    return found or [id for id in ("emergency-999",) if directory.get(id)]


def serves(service: Service, nation: str | None) -> bool:
    """Whether a service is for a nation, by its name; of a place outside the four nations nobody can tell."""
    own = NATIONS.intersection(service.areas)
    return not own or nation is None or nation in own


class _Councils:
    """councils.yml, read for building places."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.finder: str = data["finder"]
        self.nations: Mapping[str, Any] = data["nations"]
        self.councils: Mapping[str, Any] = data["councils"]
        self.groups: Mapping[str, list[str]] = data["groups"]
        self.shared: Mapping[str, list[str]] = data["shared"]
        self.by_area = {area: id for id, council in self.councils.items() for area in council["areas"]}
        for id in [i for ids in (*self.groups.values(), *self.shared.values()) for i in ids]:
            if id not in self.councils:
                raise ValueError(f"councils.yml: no council is called {id!r}")

    def place(self, id: str, name: str, kind: str, areas: tuple[str, ...], nations: tuple[str, ...]) -> Place:
        """Build one place from its areas and nations."""
        for nation in nations:
            if nation not in self.nations:
                raise ValueError(f"{name}: {nation!r} is no nation of councils.yml")
        ids, finder_first = self._of(id, areas)
        services: list[str] = [self.finder] if finder_first or (len(areas) > 1 and "England" in nations) else []
        for council in ids:
            services += self.councils[council]["services"]
        if len(nations) > 1 or not ids:
            for nation in nations:
                services += self.nations[nation]["services"]
        if "England" in nations:
            services.append(self.finder)
        for council in ids:
            services += self.councils[council]["police"]
        if not ids:
            for nation in nations:
                services += self.nations[nation]["police"]
        told = self.nations[nations[0]] if len(nations) == 1 else {}
        return Place(
            id=id,
            name=name,
            kind=kind,
            area=areas[0] if len(areas) == 1 else None,
            nation=nations[0] if len(nations) == 1 else None,
            councils=tuple(self.councils[council]["name"] for council in ids),
            services=tuple(dict.fromkeys(services)),
            code=told.get("code"),
            ask=told.get("ask"),
            beside=frozenset(told.get("beside", ())),
        )

    def _of(self, id: str, areas: tuple[str, ...]) -> tuple[list[str], bool]:
        """Return the councils of a place, and whether the finder must come first because nobody can tell which."""
        if id in self.shared:
            return self.shared[id], False
        if len(areas) == 1 and areas[0] in self.groups:
            return self.groups[areas[0]], True
        known = [self.by_area[area] for area in areas if area in self.by_area]
        return (known, False) if len(known) == len(areas) else ([], False)
