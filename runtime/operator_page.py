"""Rasa extension point: none; the page on the private port: how the assistant is running, in figures and plots.

Made anew at each view, without script; nothing on it is about one person (runtime/metrics.py says how).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from runtime.history import Minute
from runtime.metrics import STEP, URGENT, Metrics
from runtime.plots import Series, bars, over_time
from signpost.assistant import NOT_UNDERSTOOD

WHY = {
    "too_many": "Over a client's limit (429)",
    "busy": "Too many at once (503)",
    "stopping": "While stopping (503)",
    "paused": "While paused (503)",
    "long_text": "Too long (422)",
}


@dataclass(frozen=True)
class State:
    """How the process stands: `fault` is what is wrong with the operator's file, `open` None where it is not known."""

    ready: bool
    paused: bool
    stopping: bool
    hidden: tuple[str, ...]
    fault: str | None
    model: str
    open: int | None
    under_way: int
    most: int


def page(metrics: Metrics, state: State, now: datetime | None = None) -> str:
    """Return the page as HTML. `now` is an aware datetime."""
    now = now or datetime.now(UTC)
    hour = metrics.history.hour()
    parts = [_status(state), _tiles(metrics, state, hour), *_plots(metrics, hour), _notes(state)]
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Signpost: how it is running</title>'
        '<link rel="stylesheet" href="/operator.css"></head><body><header><h1>Signpost</h1>'
        f"<p>How this process is running, {now:%A %-d %B %Y, %H:%M} UTC. "
        f'<a href="/operator">Show it as it is now</a></p></header><main>{"".join(parts)}</main></body></html>'
    )


def _status(state: State) -> str:
    if state.stopping:
        look, text = "warn", "Stopping: turns under way are being finished, new ones are refused."
    elif state.paused:
        look, text = "warn", "Paused: visitors see the help page only. Switched in operator.yml or SIGNPOST_PAUSED."
    elif state.ready:
        look, text = "good", "Ready: messages are answered."
    else:
        look, text = "bad", "Not ready: no message is answered."
    lines = [f'<p class="status {look}"><strong>{escape(text)}</strong></p>']
    if state.fault:
        lines.append(f'<p class="status bad"><strong>operator.yml is not in force.</strong> {escape(state.fault)}</p>')
    if state.hidden:
        lines.append(f'<p class="status warn">Hidden services: {escape(", ".join(state.hidden))}</p>')
    return "".join(lines)


def _tiles(metrics: Metrics, state: State, hour: list[Minute]) -> str:
    answered = sum(m.answered for m in hour)
    lost = sum(m.unanswered for m in hour)
    unclear = sum(m.not_understood for m in hour)
    median, slow = metrics.history.quantile(hour, 0.5), metrics.history.quantile(hour, 0.99)
    errors = sum(m.errors for m in hour)
    memory = metrics.memory() / 1e6
    hourly, crowded = "in the last hour", state.under_way >= state.most
    tiles = [
        ("Messages answered", f"{answered:,}", hourly, False),
        ("Half answered within", _ms(median), hourly, False),
        ("99 of 100 within", _ms(slow), hourly, bool(slow and slow >= 1)),
        ("Not understood", _share(unclear, answered), "of them", answered >= 50 and unclear > answered / 4),
        ("Emergency text instead", f"{lost:,}", "turns that failed", lost > 0),
        ("Refused", f"{sum(m.refused for m in hour):,}", hourly, False),
        ("Errors logged", f"{errors:,}", hourly, errors > 0),
        ("Turns under way", f"{state.under_way:,}", f"of {state.most:,}", crowded),
        ("Conversations", "-" if state.open is None else f"{state.open:,}", _where(state), False),
        ("Memory", f"{memory:,.0f} MB", "of this process", False),
    ]
    made = "".join(
        f'<div class="tile{" bad" if bad else ""}"><dt>{escape(name)}</dt>'
        f"<dd>{escape(value)} <span>{escape(note)}</span></dd></div>"
        for name, value, note, bad in tiles
    )
    return f'<dl class="tiles" aria-label="Key figures">{made}</dl>'


def _where(state: State) -> str:
    return "in the shared store" if state.open is None else "remembered here"


def _plots(metrics: Metrics, hour: list[Minute]) -> list[str]:
    times = [datetime.fromtimestamp(minute.start * 60, UTC).strftime("%H:%M") for minute in hour]
    history = metrics.history

    def milliseconds(share: float) -> list[float | None]:
        found = [history.quantile([minute], share) if minute.slow else None for minute in hour]
        return [None if value is None else value * 1000 for value in found]

    unclear = [100 * m.not_understood / m.answered if m.answered else None for m in hour]
    memory = [m.memory / 1e6 if m.memory else None for m in hour]
    needs = sorted(metrics.needs.shown().items(), key=lambda n: (-n[1], n[0]))
    counted = [(_name(name), float(count), f"{count:,} or more") for name, count in needs if count and name != URGENT]
    few = sum(1 for name, count in needs if not count and name != URGENT)
    urgent = dict(needs).get(URGENT, 0)
    refused = sorted(metrics.all_of("signpost_refused_total", "reason").items())
    helped = metrics.all_of("signpost_feedback_total", "helped")
    answers = [("Yes", helped.get("yes", 0.0)), ("No", helped.get("no", 0.0))]
    errors = sorted(metrics.all_of("signpost_errors_total", "part").items())
    return [
        over_time(
            "Messages a minute",
            "Answered and refused; a refused one in danger is answered.",
            times,
            [
                Series("answered", "a", [float(m.answered) for m in hour]),
                Series("refused", "b", [m.refused or None for m in hour]),
                Series("emergency text instead", "c", [m.unanswered or None for m in hour]),
            ],
        ),
        over_time(
            "Time to answer",
            "Milliseconds, to the next bound of the histogram.",
            times,
            [
                Series("half within", "a", milliseconds(0.5)),
                Series("99 of 100 within", "b", milliseconds(0.99)),
            ],
        ),
        over_time(
            "Not understood",
            "Per cent of the messages of a minute.",
            times,
            [Series("not understood", "a", unclear)],
            "{:.0f}",
        ),
        over_time("Memory", "Megabytes of this process.", times, [Series("memory", "a", memory)], "{:.0f}"),
        bars(
            "Needs",
            f"Since the start, in tens, renewed every quarter of an hour. {few} more have been asked for fewer than "
            f"{STEP} times. In danger and answered while others were refused: {urgent or f'fewer than {STEP}'}.",
            counted,
        ),
        bars("Refused", "Since the start.", [_bar(WHY.get(name, name), count) for name, count in refused]),
        bars("Did this help?", "Answers since the start.", [_bar(*answer) for answer in answers]),
        bars("Errors", "Since the start, by the part that logged them; none is best.", [_bar(*e) for e in errors]),
    ]


def _name(need: str) -> str:
    return "not understood" if need == NOT_UNDERSTOOD else need.replace("_", " ")


def _bar(name: str, count: float) -> tuple[str, float, str]:
    return name, count, f"{count:,.0f}"


def _notes(state: State) -> str:
    return (
        '<section class="notes"><h2>What this page cannot show</h2><p>No words, no addresses, no single visitor. '
        "A need is shown in tens and only every quarter of an hour, because one rare need with its minute could "
        "point at one person. Each process has a page of its own, and what it counted ends with it.</p>"
        f"<p>Model <code>{escape(state.model or 'unknown')}</code></p>"
        '<p>Prometheus reads the same from <a href="/metrics">/metrics</a>. What to do when something is wrong: '
        "<code>docs/runbooks/</code>. Turning it off: <code>docs/turning-it-off.md</code>.</p></section>"
    )


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:g} ms"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"
