"""Help page: the whole directory as one page of HTML that needs no script and no bot, to read or to print."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from signpost.directory import hours
from signpost.directory.directory import Directory
from signpost.directory.json_ld import json_ld
from signpost.directory.routes import Routes
from signpost.directory.service import Phone, Service

URGENT = "emergency-999"
LEAVE = "https://www.bbc.co.uk/weather"
CATEGORIES = {
    "emergency": "Emergency help",
    "help_child": "Help for children and young people",
    "help_adult": "Help for adults worried about a child",
    "report": "Places to report",
    "remove_images": "Getting images taken down",
    "crisis": "Someone to talk to in a crisis",
    "help_survivor": "Help for survivors",
    "help_own_behaviour": "Worried about your own thoughts or behaviour",
    "help_family_of_offender": "Help for families of someone who has offended",
    "help_parent": "Help for parents and carers",
    "help_professional": "Help for people who work with children",
    "information": "Information",
    "ask_police": "Asking the police about someone",
    "complain": "Places to complain to",
    "abroad": "Outside the United Kingdom",
}
# heading, and the blocks of a route that are for them, the first that there is
AUDIENCES = {
    "child": ("If you are under 18", ("child", "any", "unknown")),
    "adult": ("If you are an adult", ("adult", "any", "unknown")),
    "professional": ("If you work with children", ("professional",)),
}
Need = tuple[str, str, list[tuple[Service, str]]]  # its name, its title, and its services with why
_NOTES = {"professional": "professionals only", "abroad": "from outside the UK"}


def help_page(directory: Directory, routes: Routes, now: datetime) -> str:
    """Return the page: 999, then for each audience what to do by need, then every service. `now` is aware.

    All but the first is folded, and needs no script to open. Usual hours are printed, not "open now", because a page
    may be read long after it was made; services whose check is older than 90 days lose their hours.
    """
    today = now.astimezone(ZoneInfo("Europe/London"))
    groups = _groups(directory)
    needs = {audience: _needs(directory, routes, blocks) for audience, (_, blocks) in AUDIENCES.items()}
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
        "<title>Help and reporting services</title>",
        '<link rel="stylesheet" href="/help.css">',
        '<script type="module" src="/widget/exit.js"></script>',
        f'<script type="application/ld+json">{json_ld(directory.published(), today.date())}</script>',
        '</head>\n<body>\n<a class="skip" href="#main">Skip to the services</a>',
        '<header><a href="/"><strong>Signpost</strong></a>',
        f'<a class="exit" data-signpost-exit href="{LEAVE}" rel="noreferrer">Exit this page</a></header>',
        '<main id="main" tabindex="-1">',
        "<h1>Help and reporting services</h1>",
        _urgent(directory),
        "<p>These services are in the United Kingdom. Nobody watches this page, and reading it makes no report.</p>",
        _contents(needs),
        *(_audience(audience, needs[audience]) for audience in AUDIENCES if needs[audience]),
        '<section aria-labelledby="all"><h2 id="all">All the services</h2>',
        *(_group(id, title, services, today) for id, title, services in groups),
        "</section>\n</main>\n<footer>",
        f"<p>This page was made on {_day(today)}. Please check a service's own page before you rely on its hours.</p>",
        "<p>Your browser keeps a record of pages you have visited.</p>",
        "</footer>\n</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _needs(directory: Directory, routes: Routes, blocks: tuple[str, ...]) -> list[Need]:
    """Return the needs of an audience, in the words of the first of its blocks that a route has."""
    found = []
    for need in routes.by_urgency():
        route = next((routes.routes[need][block] for block in blocks if block in routes.routes[need]), None)
        if route is None or not route.title:
            continue
        services = [(s, directory.fill(item.why)) for item in route.services if (s := directory.get(item.id))]
        if services:
            found.append((need, route.title, services))
    return found


def _groups(directory: Directory) -> list[tuple[str, str, list[Service]]]:
    by_category: dict[str, list[Service]] = {}
    for service in directory.published():
        # The council lines are many and alike: they stand together, at the end of what they belong to.
        category = "councils" if service.id.startswith("csc-") else service.category
        by_category.setdefault(category, []).append(service)
    titles = {**CATEGORIES, "councils": "Children's services by area"}
    order = [*titles, *sorted(by_category.keys() - titles.keys())]
    return [(c, titles.get(c, "Other services"), by_category[c]) for c in order if c in by_category]


def _urgent(directory: Directory) -> str:
    service = directory.get(URGENT)
    if not service or not service.phones:
        return ""
    phone = service.phones[0]
    return (
        '<section class="urgent" aria-labelledby="urgent"><h2 id="urgent">In danger now?</h2>'
        f'<p>Call <a href="{escape(phone.href)}">{escape(phone.number)}</a>. It is free. Say where you are.</p>'
        "</section>"
    )


def _contents(needs: Mapping[str, list[Need]]) -> str:
    links = [
        f'<li><a href="#for-{audience}">{AUDIENCES[audience][0]}</a></li>' for audience in needs if needs[audience]
    ]
    return f'<nav aria-label="On this page"><ul>{"".join(links)}<li><a href="#all">All the services</a></li></ul></nav>'


def _audience(audience: str, needs: list[Need]) -> str:
    folds = "\n".join(_need(f"{audience}-{need}", title, services) for need, title, services in needs)
    heading = f'<h2 id="for-{audience}">{AUDIENCES[audience][0]}</h2>'
    return f'<section aria-labelledby="for-{audience}">{heading}\n{folds}\n</section>'


def _need(key: str, title: str, services: list[tuple[Service, str]]) -> str:
    rows = []
    for service, why in services:
        contact = _short(service)
        name = f'<a href="#{escape(service.id)}">{escape(service.name)}</a>'
        rows.append(f"<li>{name}{': ' + contact if contact else ''}<br>{escape(why)}</li>")
    return f'<details id="{escape(key)}"><summary>{escape(title)}</summary><ol>{"".join(rows)}</ol></details>'


def _short(service: Service) -> str:
    ways = [f'<a href="{escape(p.href)}">{escape(p.number)}</a>' for p in service.phones if p.use in ("main", "day")]
    ways += [f'<a href="{escape(text.href)}">{escape(text.label)}</a>' for text in service.texts]
    if not ways and service.links:
        link = service.links[0]
        ways = [f'<a href="{escape(link.url)}">{escape(link.label)}</a>']
    return " or ".join(ways)


def _group(id: str, title: str, services: list[Service], today: datetime) -> str:
    articles = "\n".join(_article(service, today) for service in services)
    return f'<details id="all-{id}"><summary>{escape(title)}</summary>\n{articles}\n</details>'


def _article(service: Service, today: datetime) -> str:
    ways = [_call(phone) for phone in service.phones]
    ways += [f'<li><a href="{escape(text.href)}">{escape(text.label)}</a></li>' for text in service.texts]
    for link in service.links:
        # The address is printed too, for paper.
        where = urlsplit(link.url)
        shown = (where.netloc + where.path).removeprefix("www.").rstrip("/")
        ways.append(
            f'<li><a href="{escape(link.url)}">{escape(link.label)}</a> <span class="url">{escape(shown)}</span></li>'
        )
    if service.email:
        ways.append(f'<li>Email <a href="mailto:{escape(service.email)}">{escape(service.email)}</a></li>')
    lines = [
        ("Notice", service.alert),
        ("Open", hours.usual(service, today.date())),
        ("Cost", service.cost),
        ("Who for", service.age),
        ("Your name", service.anonymous),
        ("Private?", service.confidential),
        ("What happens", service.expect),
    ]
    facts = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in lines if value)
    checked = f'<p class="checked">Checked on {_day(datetime.combine(service.assured, today.time()))}</p>'
    key, details = escape(service.id), f"<dl>{facts}</dl>" if facts else ""
    return (
        f'<article aria-labelledby="{key}"><h3 id="{key}">{escape(service.name)}</h3>'
        f"<p>{escape(service.what_for)}</p><ul>{''.join(ways)}</ul>{details}{checked}</article>"
    )


def _call(phone: Phone) -> str:
    note = phone.note or _NOTES.get(phone.use, "")
    said = f" ({escape(note)})" if note else ""
    return f'<li>Call <a href="{escape(phone.href)}">{escape(phone.number)}</a>{said}</li>'


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
