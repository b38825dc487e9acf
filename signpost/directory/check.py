"""Check: what a person must look at so that the directory stays true."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from signpost.directory import feed
from signpost.directory.assure import Opened, opened
from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError, Record, attributes
from signpost.directory.hours import FRESH
from signpost.directory.service import Service, service

FAULTS = ("stale", "number", "link", "changed")  # these fail the command; the others are for a person to weigh


@dataclass(frozen=True)
class Finding:
    """One thing to look at: `stale`, `number`, `link`, `changed`, `unopened`, `conflict` or `withheld`."""

    service: str
    kind: str
    text: str


def check(directory: Directory, now: datetime) -> list[Finding]:
    """Return what is to be looked at, service by service, hidden ones included.

    Raises DirectoryError if the files are damaged or `phonenumbers` is not installed.
    """
    found: list[Finding] = []
    seen = opened(directory.folder)
    for row in feed.read(directory.folder):
        entry = service(row)
        for kind, texts in (
            ("stale", _stale(entry, now.date(), seen.get(entry.id))),
            ("unopened", [] if entry.id in seen else ["no person has opened its page: it is known from stored copies"]),
            ("changed", attributes(row.record).get("changed", [])),
            ("number", bad_numbers(entry)),
            ("link", _links(entry, row.record)),
            ("conflict", attributes(row.record).get("conflict", [])),
            ("withheld", _withheld(row.record)),
        ):
            found += [Finding(entry.id, kind, text) for text in texts]
    return found


def checklist(directory: Directory, findings: Iterable[Finding]) -> str:
    """Return the findings as a list to work through: per service the page to open and what to compare."""
    by_service: dict[str, list[Finding]] = {}
    for finding in findings:
        by_service.setdefault(finding.service, []).append(finding)
    lines = []
    for id, found in by_service.items():
        entry = directory.services.get(id)
        lines.append(f"[ ] {id}" + (f" ({entry.name})" if entry else " (hidden)"))
        if entry and entry.links:
            lines.append(f"    open     {entry.links[0].url}")
        if entry and entry.staffed:
            lines.append(
                "    compare  " + ", ".join([p.number for p in entry.phones] + [t.number for t in entry.texts])
            )
        lines += [f"    {finding.kind:8} {finding.text}" for finding in found]
    if not lines:
        return "Nothing to check."
    lines.append(f"{len(by_service)} services to check. When one is checked: signpost directory assure ID --by NAME")
    return "\n".join(lines)


def bad_numbers(entry: Service) -> list[str]:
    """Return the printed numbers that are no valid number of the United Kingdom, short codes included."""
    try:
        # A development tool: the running bot never needs it.
        import phonenumbers
    except ImportError as error:
        raise DirectoryError("Checking numbers needs phonenumbers: install the development group first.") from error
    bad = []
    for number in [phone.number for phone in entry.phones] + [text.number for text in entry.texts]:
        try:
            # A number behind the prefix of the text relay is a number of its own.
            parsed = phonenumbers.parse(number.removeprefix("18001 "), "GB")
        except phonenumbers.NumberParseException:
            bad.append(f"{number} is not a telephone number")
            continue
        digits = number.removeprefix("18001 ").replace(" ", "")
        short = len(digits) <= 6 and phonenumbers.is_valid_short_number_for_region(parsed, "GB")
        if not short and not phonenumbers.is_valid_number_for_region(parsed, "GB"):
            bad.append(f"{number} is not a valid United Kingdom number")
    return bad


def _stale(entry: Service, today: date, by: Opened | None) -> list[str]:
    if entry.assured == date.min:
        return ["was never checked: it has no assured_date"]
    age = today - entry.assured
    who = f"by {by.by}" if by else "from stored copies"
    return [f"was last checked on {entry.assured}, {age.days} days ago, {who}"] if age > FRESH else []


def _links(entry: Service, record: Record) -> list[str]:
    hosts = set(attributes(record.get("organization") or {}).get("host", []))
    found = []
    for link in entry.links:
        where = urlsplit(link.url)
        if where.scheme != "https" or where.username or where.port:
            found.append(f"{link.url} is not a plain https address")
        elif hosts and where.hostname not in hosts:
            # GOV.UK pages, such as the council finder, are linked to by everybody.
            if where.hostname != "www.gov.uk":
                found.append(f"{link.url} is not on a host of {entry.organization} ({', '.join(sorted(hosts))})")
        elif not hosts and where.hostname != "www.gov.uk":
            found.append(f"{link.url}: no host is recorded for {entry.organization}")
    return found


def _withheld(record: Record) -> list[str]:
    found = attributes(record)
    texts = []
    for value in found.get("withheld_phone", ()):
        phone = json.loads(value)
        texts.append(f"{phone['number']} is not printed: {phone.get('note') or 'not confirmed'}")
    return texts + [f"{value} is not printed: not confirmed" for value in found.get("withheld_email", ())]
