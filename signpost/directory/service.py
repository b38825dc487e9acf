"""Service: one entry of the directory as a visitor may see it. What must not be printed is not in it at all."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, cast

from signpost.directory.feed import DirectoryError, Row, attributes

Use = Literal["main", "day", "out_of_hours", "professional", "abroad", "extra"]
Policy = Literal["open", "closed", "all_day", "unstated"]
USES = frozenset({"main", "day", "out_of_hours", "professional", "abroad", "extra"})
POLICIES = frozenset({"open", "closed", "all_day", "unstated"})
NATIONS = frozenset({"ENG", "WLS", "SCT", "NIR"})
STATUSES = frozenset({"active", "inactive", "defunct", "temporarily closed"})
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NUMBER = re.compile(r"\+?[0-9][0-9 ]{1,18}\Z")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?\Z")


@dataclass(frozen=True)
class Phone:
    """A number that may be called; `use` says when or by whom."""

    number: str
    note: str
    use: Use = "main"

    @property
    def href(self) -> str:
        """The number as a link."""
        return "tel:" + self.number.replace(" ", "")


@dataclass(frozen=True)
class Text:
    """A number that may be texted, with the word to send and what a visitor reads ("Text SHOUT to 85258")."""

    number: str
    label: str
    keyword: str = ""

    @property
    def href(self) -> str:
        """The number as a link, with the word filled in."""
        return "sms:" + self.number.replace(" ", "") + (f"?body={self.keyword}" if self.keyword else "")


@dataclass(frozen=True)
class Link:
    """A page a visitor may be sent to."""

    label: str
    url: str
    kind: Literal["web", "chat"] = "web"


@dataclass(frozen=True)
class Span:
    """Weekly opening: days (0 is Monday), opening and closing wall time. Closing at or before opening: the next day."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class Service:
    """One service. Numbers and hours that may not be printed are absent, not flagged.

    Attributes:
        id: the short name routes use, for example `childline`.
        what_for: one line on what it is for.
        age, cost, confidential, anonymous, expect: visitor's sentences, None where nothing is confirmed.
        alert: a passing notice of the service, such as a closure.
        phones, texts, links, email: what may be printed.
        always_open, spans: opening hours, None and empty where they may not be printed.
        bank_holidays, nation: what happens on a bank holiday, and whose bank holidays count.
        areas: names of the places it serves.
        assured: the day a person last checked the record.
        active: whether it may be offered at all.
        gone: whether a person found that it no longer exists; copy that names it leaves that sentence out.
    """

    id: str
    name: str
    organization: str
    category: str
    what_for: str
    age: str | None
    cost: str | None
    confidential: str | None
    anonymous: str | None
    expect: str | None
    alert: str | None
    minimum_age: int | None
    maximum_age: int | None
    phones: tuple[Phone, ...]
    texts: tuple[Text, ...]
    links: tuple[Link, ...]
    email: str | None
    always_open: bool | None
    spans: tuple[Span, ...]
    bank_holidays: Policy
    nation: str
    zone: str
    areas: tuple[str, ...]
    audiences: tuple[str, ...]
    assured: date
    active: bool
    gone: bool = False

    @property
    def staffed(self) -> bool:
        """Whether it is reached by phone or text rather than only by a web page."""
        return bool(self.phones or self.texts)

    @property
    def published(self) -> bool:
        """Whether there is anything to offer: it is running and has a number, an email address or a page."""
        return self.active and bool(self.phones or self.texts or self.links or self.email)


def service(row: Row) -> Service:
    """Read one record. Raises DirectoryError naming the row and the fault."""
    try:
        return _service(row.record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise DirectoryError(f"{row.where}: {fault}. Correct it, or restore the last good file.") from error


def slug(record: Mapping[str, Any]) -> str:
    """Return the record's short name; a foreign record without one gets its name, folded."""
    given = attributes(dict(record)).get("slug", [])
    plain = unicodedata.normalize("NFKD", str(record["name"])).encode("ascii", "ignore").decode().casefold()
    made = given[0] if given else re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not _SLUG.match(made):
        raise ValueError(f"the short name {made!r} may hold small letters, digits and single hyphens only")
    return made


def _service(record: Mapping[str, Any]) -> Service:
    found = attributes(dict(record))
    if record["status"] not in STATUSES:
        raise ValueError(f"status {record['status']!r} is none of {', '.join(sorted(STATUSES))}")
    # A foreign feed has no flags of ours: its own assurance stands for them (see docs/directory.md).
    numbers = _flag(found, "publish_number", default="assured_date" in record)
    hours = _flag(found, "publish_hours", default="assured_date" in record)
    spans = tuple(_span(schedule) for schedule in record.get("schedules") or ()) if hours else ()
    email = record.get("email") if numbers and found.get("email", ["publish"])[0] == "publish" else None
    return Service(
        id=slug(record),
        name=_words(record["name"], "name"),
        organization=_words((record.get("organization") or {}).get("name", record["name"]), "organization"),
        category=_one(found, "category") or "other",
        what_for=_words(record["description"], "description"),
        age=record.get("eligibility_description"),
        cost=record.get("fees_description"),
        confidential=_one(found, "confidentiality"),
        anonymous=_one(found, "anonymous"),
        expect=record.get("application_process"),
        alert=record.get("alert"),
        minimum_age=_age(record.get("minimum_age")),
        maximum_age=_age(record.get("maximum_age")),
        phones=tuple(_phones(record.get("phones") or ())) if numbers else (),
        texts=tuple(_texts(record.get("phones") or ())) if numbers else (),
        links=_links(record, found),
        email=email,
        always_open=_always(found, spans) if hours and (spans or found.get("always_open")) else None,
        spans=spans,
        bank_holidays=cast(Policy, _choice(found, "bank_holidays", POLICIES, "unstated")),
        nation=_choice(found, "bank_holidays_of", NATIONS, "ENG"),
        zone=_one(found, "timezone") or "Europe/London",
        areas=tuple(area["name"] for area in record.get("service_areas") or ()),
        audiences=tuple(found.get("audience", ())),
        assured=_date(record.get("assured_date")),
        active=record["status"] == "active",
        gone=record["status"] == "defunct",
    )


def _phones(phones: Sequence[Mapping[str, Any]]) -> list[Phone]:
    kept = []
    for phone in phones:
        if phone.get("type", "voice") not in ("text", "fax"):
            use = _choice(attributes(dict(phone)), "use", USES, "main")
            kept.append(Phone(_number(phone["number"]), str(phone.get("description", "")), cast(Use, use)))
    return kept


def _texts(phones: Sequence[Mapping[str, Any]]) -> list[Text]:
    kept = []
    for phone in phones:
        if phone.get("type") == "text":
            number, keyword = _number(phone["number"]), attributes(dict(phone)).get("keyword", [""])[0]
            kept.append(Text(number, str(phone.get("description") or f"Text {number}"), keyword))
    return kept


def _links(record: Mapping[str, Any], found: Mapping[str, list[str]]) -> tuple[Link, ...]:
    links = []
    for value in found.get("link", ()):
        link = json.loads(value)
        if link["kind"] not in ("web", "chat"):
            raise ValueError(f"link kind {link['kind']!r} is neither web nor chat")
        links.append(Link(str(link["label"]), _url(link["url"]), link["kind"]))
    if not links and record.get("url"):
        links.append(Link(str(record["name"]), _url(record["url"])))
    return tuple(links)


def _url(url: Any) -> str:
    if not isinstance(url, str) or not re.match(r"https://[\w.-]+\.[a-z]+(?:[/?#]|\Z)", url):
        raise ValueError(f"the link {url!r} is not an https address")
    return url


def _number(number: Any) -> str:
    if not isinstance(number, str) or not _NUMBER.match(number):
        raise ValueError(f"the number {number!r} is not digits and spaces")
    return number


def _span(schedule: Mapping[str, Any]) -> Span:
    days = [day.strip() for day in str(schedule["byday"]).split(",")]
    if schedule.get("freq", "WEEKLY") != "WEEKLY" or unknown_days(days):
        raise ValueError(f"the schedule for {schedule['byday']!r} is not weekly on named days")
    opens, closes = clock_time(schedule["opens_at"]), clock_time(schedule["closes_at"])
    return Span(frozenset(DAYS.index(day) for day in days), opens, closes)


def unknown_days(days: Sequence[str]) -> list[str]:
    """Return the day codes that are none of MO to SU."""
    return [day for day in days if day not in DAYS]


def clock_time(text: str) -> time:
    """Read a wall time such as 09:30; 24:00 is midnight. Raises ValueError."""
    if text == "24:00":
        return time(0)
    match = _TIME.match(text)
    if not match:
        raise ValueError(f"the time {text!r} is not written like 09:30")
    return time(int(match[1]), int(match[2]))


def _always(found: Mapping[str, list[str]], spans: Sequence[Span]) -> bool:
    if "always_open" in found:
        return _flag(found, "always_open", default=False)
    return any(len(s.days) == 7 and s.opens == s.closes == time(0) for s in spans)


def _date(text: Any) -> date:
    # Without an assurance the oldest date stands: nothing that needs a fresh one is ever printed.
    return date.fromisoformat(text) if text else date.min


def _age(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 120:
        raise ValueError(f"the age {value!r} is not between 0 and 120")
    return int(value)


def _words(text: Any, what: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"the {what} is empty")
    return text


def _one(found: Mapping[str, list[str]], code: str) -> str | None:
    return found[code][0] if found.get(code) else None


def _flag(found: Mapping[str, list[str]], code: str, *, default: bool) -> bool:
    value = _one(found, code)
    if value not in (None, "true", "false"):
        raise ValueError(f"{code} is {value!r}, which is neither true nor false")
    return default if value is None else value == "true"


def _choice(found: Mapping[str, list[str]], code: str, allowed: frozenset[str], default: str) -> str:
    value = _one(found, code) or default
    if value not in allowed:
        raise ValueError(f"{code} is {value!r}, which is none of {', '.join(sorted(allowed))}")
    return value
