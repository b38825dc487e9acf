"""Add: a new service, written as the directory keeps it, so that a person only fills in what they know."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from signpost.directory import feed
from signpost.directory.assure import dump
from signpost.directory.check import bad_numbers
from signpost.directory.directory import collect
from signpost.directory.feed import DirectoryError, Record, Row
from signpost.directory.files import write_atomically
from signpost.directory.service import service

UNITED_KINGDOM = {"name": "United Kingdom", "extent": "K02000001", "extent_type": "ONS code"}


@dataclass(frozen=True)
class New:
    """What must be known of a service.

    Attributes:
        id: the short name that routes use. kind: the page it goes to, `help_child` for `help_child.json`.
        name, description: as a visitor reads them. url: its own page, where `number` (or "") was read.
        age: who it is for, as a visitor reads it.
    """

    id: str
    kind: str
    name: str
    description: str
    url: str
    number: str = ""
    age: str = "Any age"


def pages(folder: Path) -> list[str]:
    """Return the kinds of help, each a page of the directory."""
    return sorted(file.stem for file in folder.glob("*.json"))


def add(new: New, by: str, folder: Path, now: datetime) -> Path:
    """Write a service that `by` read on its own page today at the end of its page; return the file.

    Opening hours, cost and what is confidential are left out until somebody confirms them. Raises DirectoryError for an
    id that is taken, an unknown kind, a number that is none, or anything a service cannot be read from; nothing is
    written then.
    """
    if new.kind not in pages(folder):
        raise DirectoryError(f"There is no {folder / new.kind}.json. Use one of {', '.join(pages(folder))}.")
    file = folder / f"{new.kind}.json"
    today = now.astimezone(ZoneInfo("Europe/London")).date().isoformat()
    record = _record(new, by, today, _terms(folder))
    rows = feed.read(folder)
    added = Row(file, len(rows) + 1, record)
    entry = service(added)
    collect([*rows, added])
    wrong = bad_numbers(entry)
    if wrong:
        raise DirectoryError(f"{wrong[0]}. Write it as its page does, with spaces.")
    page = json.loads(file.read_text(encoding="utf-8"))
    page["contents"].append(record)
    page["total_items"] = len(page["contents"])
    write_atomically(file, dump(page))
    return file


def _terms(folder: Path) -> dict[str, str]:
    taxonomy = json.loads((folder / "taxonomy" / "signpost.json").read_text(encoding="utf-8"))
    return {term["code"]: term["id"] for term in taxonomy["terms"]}


def _uuid(kind: str, of: str) -> str:
    """Return the id that the same thing always gets: version 5 of its short name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"signpost:{kind}:{of}"))


def _record(new: New, by: str, today: str, terms: dict[str, str]) -> Record:
    own, organization = _uuid("service", new.id), _uuid("organization", new.id)

    def attributes(of: str, *values: tuple[str, str]) -> list[Record]:
        return [
            {"id": _uuid(f"attribute:{of}", code), "link_type": code, "taxonomy_term_id": terms[code], "value": value}
            for code, value in values
        ]

    source = {"url": new.url, "names_page": None, "type": "own_page", "read": today, "source_date": "undated"}
    record: dict[str, Any] = {
        "id": own,
        "organization_id": organization,
        "name": new.name,
        "description": new.description,
        "status": "active",
        "url": new.url,
        "eligibility_description": new.age,
        "assured_date": today,
    }
    if new.number:
        phone = _uuid("phone", f"{new.id}:{new.number}")
        use = attributes(phone, ("use", "main"))
        record["phones"] = [
            {
                "id": phone,
                "service_id": own,
                "number": new.number,
                "type": "voice",
                "description": "",
                "attributes": use,
            }
        ]
    record |= {
        "service_areas": [{"id": _uuid("area", new.id), "service_id": own, **UNITED_KINGDOM}],
        "languages": [{"id": _uuid("language", new.id), "service_id": own, "name": "English", "code": "en"}],
        "organization": {
            "id": organization,
            "name": new.name,
            "description": new.description,
            "website": new.url,
            "attributes": attributes(organization, ("slug", new.id), ("host", urlsplit(new.url).hostname or "")),
        },
        "attributes": attributes(
            own,
            ("slug", new.id),
            ("category", new.kind),
            ("link", json.dumps({"label": new.name, "url": new.url, "kind": "web"})),
            ("publish_number", "true" if new.number else "false"),
            ("publish_hours", "false"),
            ("confidence", "high" if new.number else "low"),
            ("confidence_hours", "low"),
            ("timezone", "Europe/London"),
            ("bank_holidays", "unstated"),
            ("bank_holidays_of", "ENG"),
            ("hours_status", "unverified"),
            ("keeper_note", f"Added by {by}. Hours, cost and confidentiality are not confirmed yet."),
            ("source", json.dumps({**source, "says": "what it is for" + (", its number" if new.number else "")})),
        ),
    }
    return record
