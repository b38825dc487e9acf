"""Writes docs/evaluation/README.md: the figures of one run as tables."""

from collections.abc import Sequence

from benchmarks.evaluation.crossvalidation import CrossValidated
from benchmarks.evaluation.readings import OF_ANYTHING, OF_NEEDS
from benchmarks.evaluation.results import HEAD, Results, row
from benchmarks.evaluation.scores import Counted, Needs
from benchmarks.evaluation.sealed import Sealed
from benchmarks.evaluation.together import PAIRS

TOP = """# Evaluation

Written by `make evaluate`; not edited by hand. The sets are in `tests/understanding`; {leaked} of the {messages}
held-out and open messages, phrases of up to three words aside, are also training examples (there should be none).
`python -m benchmarks.evaluation -v` prints every miss, but none of the sealed sets.
[model-card.md](model-card.md) says what the model is for and where it ends.

- *Answered*: its need, or another that would help its writer as well, is among the needs that are answered.
- *First line*: that need is the one that the reply is about.
- *A wrong need beside it*: a second need is answered that nobody spoke of.
- *Accused*: somebody is refused, or spoken to as worried about the own behaviour, whose message is of neither kind.
- *Dismissed*: a need is answered as talk, or only beside it. Who is not understood is shown the doors: no dismissal.
- `danger`, `emergency`, `suicide` and `suicide_other` are answered as urgent.

Intervals are Wilson's, 95 %; the messages are no random sample of what visitors say.
"""
OTHERS = """\
`blind.yml`: written by somebody who had seen neither the training data nor the other sets: short, indirect, in many
voices. Since the first edition, in which nobody read it, choices have been made by it as by the held-out sets: it is an
ordinary set now, and what to expect of real visitors is said by the sealed sets.
"""
OPEN = """\
Written apart from the training data, each message with the need that a safeguarding lead would make the first line of
the reply about (`open/`); read and counted while the assistant is made.
"""
SEALED = """\
Written by the same rules as the open sets and counted by `python -m benchmarks.evaluation --sealed` alone: nobody who
teaches or tunes reads them or their misses. Counted on {date} at {commit}.
"""
TOGETHER = """\
{pairs} pairs of each kind, drawn with a seed from the held-out messages and joined by a full stop, in either order.
A refusal stands alone by policy and "help" says no need in particular, so neither is drawn, nor is a message of need
that may be answered as a question or as talk as well.
"""
GATE = """\
`gate` is what the deterministic rules see alone: danger (police or ambulance), suicide, a child speaking. `reply` is
the whole chain, which also has the classifier. The last row are look-alikes (`danger_gate.yml`).
"""
ALARMS = """\
Shares of `benign.yml` that are wrongly answered as urgent or as a need; of `out_of_scope.yml` that are recognised, or
at least not answered as a need; and of `open/anything.yml`: homework, games, jokes, bodies, parents.
"""
SOFTENED = """\
Held-out messages of disclosure, pictures, grooming and rape with this behind them: the share that is dismissed.
"""


def readme(results: Results) -> str:
    """Return the page."""
    shares = [*results.needs.recall.values(), results.judged["open"].shares[OF_NEEDS["lead"]]]
    messages = sum(share.of for share in (*shares, results.anything.shares[OF_ANYTHING["accused"]]))
    parts = [
        TOP.format(leaked=len(results.leaked), messages=messages),
        "## In short\n",
        table(HEAD, results.summary()),
        *_sealed(results.sealed),
        "## Each need\n",
        "Recall: of the messages with this need, those answered with it or with an accepted other. Precision: of the\n"
        "messages answered with this need, those that may be.\n",
        table(("need", "messages", "recall", "precision"), _needs(results.needs)),
        "![What each need was taken for](confusion.png)\n",
        *(
            part
            for name, counted in results.judged.items()
            for part in (f"## {_title(name)}\n", *_judged(name, counted))
        ),
        "## Two things in one message\n",
        TOGETHER.format(pairs=PAIRS),
        _shares("said together", results.together),
        *_softened(results.softened),
        "## Another writer's messages, by need\n",
        OTHERS,
        table(("need", "messages", "recall", "precision"), _needs(results.blind)),
        "## Untidy messages\n",
        "The same needs, typed the way people type (`noise.yml`).\n",
        _shares("kind", results.noise),
        "## The danger gate\n",
        GATE,
        table(("kind", "cases", "gate", "reply"), _gate(results)),
        "## Alarming words without a need, and other topics\n",
        ALARMS,
        _shares("benign", results.benign),
        _shares("another writer's harmless messages", results.blind_benign),
        _shares("other topics", results.outside),
        _shares("open, anything else", results.anything),
        "## Published prompts\n",
        "Test messages of published studies; the rule of each is ours. `reworded` ones are in our own words.\n",
        table(("study", "wording", "prompts", "passed", "source"), _studies(results)),
        "## Acceptance conversations\n",
        _shares("group", results.acceptance),
        *_alone(results.cross),
    ]
    return "\n".join(parts)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table with an empty line after it."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"


def _title(name: str) -> str:
    return f"The first line of the reply: {name}"


def _judged(name: str, counted: Counted) -> list[str]:
    return [*([OPEN] if name == "open" else []), _shares("what", counted)]


def _sealed(sealed: Sealed | None) -> list[str]:
    if sealed is None:
        return []
    rows = [row(f"{name}: {what}", share) for name, rows in sealed.sets.items() for what, share in rows.items()]
    return ["## The sealed sets\n", SEALED.format(date=sealed.date, commit=sealed.commit), table(HEAD, rows)]


def _softened(softened: Counted | None) -> list[str]:
    if softened is None:
        return []
    return ["## A laugh behind it\n", SOFTENED, _shares("behind", softened)]


def _alone(cross: CrossValidated | None) -> list[str]:
    if cross is None:
        return []
    weakest = sorted(cross.f1.items(), key=lambda one: one[1])[:10]
    return [
        "## The classifier alone\n",
        f"{cross.folds}-fold on the {cross.examples} examples of `data/nlu`: accuracy {cross.accuracy:.1%}\n"
        f"({cross.labels:.1%} with speaker and subject), mean F1 {cross.macro_f1:.3f}, expected calibration error\n"
        f"{cross.calibration:.3f}. The ten weakest intents:\n",
        table(("intent", "F1"), [(intent, f"{f1:.3f}") for intent, f1 in weakest]),
    ]


def _needs(needs: Needs) -> list[tuple[str, ...]]:
    return [(n, str(s.of), s.percent, needs.precision[n].percent) for n, s in needs.recall.items()]


def _gate(results: Results) -> list[tuple[str, ...]]:
    return [(k, str(s.of), s.percent, results.urgent.shares[k].percent) for k, s in results.gate.shares.items()]


def _studies(results: Results) -> list[tuple[str, ...]]:
    shares = results.studies.shares
    return [(s.id, s.wording, str(shares[s.id].of), shares[s.id].percent, s.source) for s in results.published]


def _shares(name: str, counted: Counted) -> str:
    rows = [(key, s.percent, s.interval, str(s.of)) for key, s in counted.shares.items()]
    return table((name, "share", "95 % interval", "of"), rows)
