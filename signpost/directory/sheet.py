"""Sheet: the pages that a person must open, as a table to fill in, and what they found, read back."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from signpost.directory import feed
from signpost.directory.assure import dump, log, opened
from signpost.directory.assure import slug_of as _slug
from signpost.directory.feed import DirectoryError, attributes
from signpost.directory.files import write_atomically
from signpost.directory.hours import usual
from signpost.directory.service import service

COLUMNS = ("service", "name", "shown", "page", "compare", "hours", "known from", "result", "note")
ASSURED, CHANGED, GONE = "assured", "changed", "gone"
CHANGED_CODE = "changed"  # the attribute that holds what a person found changed, until the record is corrected
_TERM = "0d6b1f0c-6c5b-5a0e-9d0b-1c7f6f0d6a11"


@dataclass(frozen=True)
class Found:
    """What a person found on one page."""

    service: str
    result: str
    note: str


def make(folder: Path, now: datetime) -> str:
    """Return the sheet as CSV: every service whose page no person has opened since it was last changed, and stale ones.

    `result` and `note` are empty, to be filled in: assured, changed (say what), gone; an empty one is left as it is.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    seen = opened(folder)
    for row in feed.read(folder):
        entry = service(row)
        if entry.id in seen and seen[entry.id].date >= entry.assured and (now.date() - entry.assured).days <= 90:
            continue
        by = f"{seen[entry.id].by}, {seen[entry.id].date}" if entry.id in seen else f"stored copies, {entry.assured}"
        numbers = [p.number for p in entry.phones] + [text.label for text in entry.texts]
        withheld = [json.loads(value)["number"] for value in attributes(row.record).get("withheld_phone", [])]
        compare = [f"shown: {', '.join(numbers)}"] if numbers else []
        compare += [f"not shown: {', '.join(withheld)}"] if withheld else []
        page = row.record.get("url") or _source(row.record)
        shown = "yes" if entry.published else "no"
        hours = usual(entry, entry.assured) or "none shown"
        writer.writerow((entry.id, entry.name, shown, page, "; ".join(compare), hours, by, "", ""))
    return table.getvalue()


def read(text: str, folder: Path) -> list[Found]:
    """Read a filled-in sheet; rows without a result are left out.

    Raises DirectoryError naming every row that cannot be used: an unknown service or result, `changed` without a note.
    """
    known = {_slug(row) for row in feed.read(folder)}
    found, wrong = [], []
    for number, row in enumerate(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))), start=2):
        id, result, note = (" ".join((row.get(key) or "").split()) for key in ("service", "result", "note"))
        result = result.casefold()
        if not result:
            continue
        if id not in known:
            wrong.append(f"row {number}: no service is called {id!r}")
        elif result not in (ASSURED, CHANGED, GONE):
            wrong.append(f"row {number} ({id}): {result!r} is none of {ASSURED}, {CHANGED}, {GONE}")
        elif result == CHANGED and not note:
            wrong.append(f"row {number} ({id}): say in note what has changed")
        found.append(Found(id, result, note))
    if wrong:
        raise DirectoryError("\n  ".join(["Nothing was recorded:", *wrong]))
    return found


def record(folder: Path, found: list[Found], by: str, now: datetime) -> None:
    """Put what was found into the records and the log: assured dates, what changed, what is gone.

    Raises DirectoryError for an empty name; nothing is written then.
    """
    results = {each.service: each for each in found}
    log(folder, [(each.service, each.result, each.note) for each in found], by, now)
    for file in sorted({row.file for row in feed.read(folder) if _slug(row) in results}):
        page = json.loads(file.read_text(encoding="utf-8"))
        for row in feed.parse(file.read_text(encoding="utf-8"), file):
            if _slug(row) in results:
                contents = page["contents"] if isinstance(page, dict) else page
                contents[row.number - 1] = _changed(row.record, results[_slug(row)], now)
        write_atomically(file, dump(page))


def _changed(entry: feed.Record, found: Found, now: datetime) -> dict[str, Any]:
    kept = [a for a in entry.get("attributes", []) if a.get("link_type") != CHANGED_CODE]
    if found.result == GONE:
        return {**entry, "status": "defunct", "attributes": kept}
    if found.result == ASSURED:
        return {**entry, "assured_date": now.date().isoformat(), "attributes": kept}
    id = entry["id"][:-1] + ("0" if entry["id"][-1] != "0" else "1")
    note = {"id": id, "link_type": CHANGED_CODE, "taxonomy_term_id": _TERM, "value": f"{now.date()}: {found.note}"}
    return {**entry, "attributes": [*kept, note]}


def _source(entry: feed.Record) -> str:
    sources = (json.loads(value) for value in attributes(entry).get("source", []))
    return next(filter(None, (source["url"] or source["names_page"] for source in sources)), "")
