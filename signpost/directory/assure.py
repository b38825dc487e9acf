"""Assure: put on record that a person checked a service, and when."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from signpost.directory import feed
from signpost.directory.feed import DirectoryError
from signpost.directory.files import write_atomically
from signpost.directory.service import slug

LOG = "assurance.csv"
_HEADER = ("date", "service", "by", "result", "note")


@dataclass(frozen=True)
class Opened:
    """Who opened a service's page last, and when."""

    date: date
    by: str


def assure(folder: Path, id: str, by: str, now: datetime) -> Path:
    """Set a service's assured_date to today and append to `assurance.csv`; return the file that was changed.

    Raises DirectoryError for an unknown id or an empty name; nothing is written then.
    """
    row = next((row for row in feed.read(folder) if slug_of(row) == id), None)
    if row is None:
        raise DirectoryError(f"No service is called {id!r} in {folder}. Check the spelling.")
    page = json.loads(row.file.read_text(encoding="utf-8"))
    records = page["contents"] if isinstance(page, dict) else page
    records[row.number - 1]["assured_date"] = _today(now).isoformat()
    log(folder, [(id, "assured", "")], by, now)
    write_atomically(row.file, dump(page))
    return row.file


def log(folder: Path, found: Iterable[tuple[str, str, str]], by: str, now: datetime) -> None:
    """Append (service, result, note) to the log with the day and who found it. Raises DirectoryError without a name."""
    by = " ".join(by.split())
    if not by or by[0] in "=+-@":
        raise DirectoryError("Say who checked it: --by needs a name.")
    file = folder / LOG
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    if not file.exists():
        writer.writerow(_HEADER)
    writer.writerows((_today(now).isoformat(), id, by, result, note.lstrip("=+-@")) for id, result, note in found)
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    write_atomically(file, before + lines.getvalue())


def opened(folder: Path) -> dict[str, Opened]:
    """Return who opened each service's page last and found it true, by service."""
    file = folder / LOG
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as log_file:
        rows = [row for row in csv.DictReader(log_file) if (row.get("result") or "assured") == "assured"]
    return {row["service"]: Opened(date.fromisoformat(row["date"]), row["by"]) for row in rows}


def dump(page: object) -> str:
    """Return a page as it is kept in the folder: one value a line, so that changes read well."""
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def slug_of(row: feed.Row) -> str:
    """Return the short name of a record, "" where it is damaged."""
    try:
        return slug(row.record)
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo("Europe/London")).date()
