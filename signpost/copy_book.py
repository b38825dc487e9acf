"""Copy book: every reply on one page that can be printed, as cards for a reviewer. `python -m signpost.copy_book FILE`.

Each need for each speaker, each answer to a second question, each act, and what is said beside them.
"""

import html
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from signpost.answering.answers import Answer
from signpost.assistant import Assistant
from signpost.directory.routes import Route
from signpost.understanding.evidence import NO_SUBJECT

SPEAKERS = ("child", "adult", "survivor", "relative", "self", "professional", "unknown")
STYLE = (Path(__file__).parent / "copy_book.css").read_text(encoding="utf-8")


def book(assistant: Assistant) -> str:
    """Return the page."""
    acts = [name for name in assistant.routes if name.startswith("act_")]
    talk = [name for name in assistant.routes if name not in {*acts, *assistant.table.routes()}]
    parts = {
        "Needs": [_need(name, assistant) for name in sorted(assistant.table.needs)],
        "Second questions": [_answers(entries, assistant) for _, entries in sorted(assistant.answers.by_ask.items())],
        "Acts in a conversation": [_copy(name, assistant) for name in acts],
        "Talk, and what is said beside a reply": [_copy(name, assistant) for name in talk],
    }
    shown = "".join(f"<h2>{html.escape(title)}</h2>{''.join(cards)}" for title, cards in parts.items())
    return (
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Copy book</title>'
        f"<style>{STYLE}</style><h1>Copy book</h1><p>Every reply, with its contacts as they are now. "
        f"Mark what is wrong, and say which card.</p>{shown}</html>\n"
    )


def spoken_to(need: str, assistant: Assistant) -> Mapping[tuple[str, str], list[str]]:
    """Return who gets which block of copy for a need: {(route, audience): ["child", "adult child", ...]}."""
    keys = assistant.table.kinds[need].routes
    subjects = dict.fromkeys((NO_SUBJECT, *(key.split(" ")[1] for key in keys if " " in key)))
    found: dict[tuple[str, str], list[str]] = {}
    for speaker in SPEAKERS:
        for subject in subjects:
            route = assistant.route(need, speaker, subject)
            found.setdefault((route.need, route.audience), []).append(f"{speaker} {subject}".removesuffix(" -"))
    return found


def _need(name: str, assistant: Assistant) -> str:
    cards = (
        _card(f"{name}: {', '.join(who)}", _route(assistant.routes.routes[key][audience], assistant))
        for (key, audience), who in spoken_to(name, assistant).items()
    )
    return "".join(cards)


def _copy(name: str, assistant: Assistant) -> str:
    blocks = assistant.routes.routes[name]
    return "".join(_card(f"{name}: {audience}", _route(route, assistant)) for audience, route in blocks.items())


def _answers(entries: Iterable[Answer], assistant: Assistant) -> str:
    return "".join(
        _card(
            f"{entry.id}: {', '.join(sorted(entry.speakers))}; {', '.join(sorted(entry.nation))}",
            [
                _line(entry.answer, assistant),
                _line(entry.step, assistant),
                f'<p class="why">{html.escape(f"{entry.publisher}, {entry.checked}: {entry.source}")}</p>',
            ],
        )
        for entry in entries
    )


def _route(route: Route, assistant: Assistant) -> Iterator[str]:
    """Return the lines, the services in their order, and the choices; what waits behind "More help" is marked."""
    yield from (_line(line, assistant) for line in (route.hear, route.now, route.safe) if line)
    yield from (_line(line, assistant, "later") for line in route.say)
    yield from (_line(line, assistant) for line in (route.next,) if line)
    for service in route.services:
        found = assistant.directory.get(service.id)
        name = found.name if found else service.id
        yield f'<p class="why">{html.escape(f"{name}: {service.why}")}</p>'
    titles = [assistant.choices[choice].title for choice in route.choices]
    yield "".join(f"<kbd>{html.escape(title)}</kbd> " for title in titles)


def _line(text: str, assistant: Assistant, kind: str = "said") -> str:
    return f'<p class="{kind}">{html.escape(assistant.directory.fill(text))}</p>'


def _card(title: str, lines: Iterable[str]) -> str:
    return f"<section><h3>{html.escape(title)}</h3>{''.join(lines)}</section>"


def main(arguments: list[str]) -> int:
    """Write the page to a file, or to the terminal where none is named."""
    page = book(Assistant.load())
    if arguments:
        Path(arguments[0]).write_text(page, encoding="utf-8")
    else:
        sys.stdout.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
