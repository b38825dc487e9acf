"""Writes docs/evaluation/README.md: the figures of one run as tables."""

from collections.abc import Sequence

from benchmarks.evaluation.results import Results
from benchmarks.evaluation.scores import Counted, Needs

HEAD = """# Evaluation

Written by `make evaluate`; not edited by hand. The sets are in `tests/understanding`; {leaked} of {messages} held-out
messages, phrases of up to three words aside, are also training examples (there should be none).
`python -m benchmarks.evaluation -v` prints every miss.
[model-card.md](model-card.md) says what the model is for and where it ends.

A message counts as understood when its need, or another that would help its writer as well, is among the needs that are
answered. `danger`, `emergency`, `suicide` and `suicide_other` are answered as urgent.
"""


def readme(results: Results) -> str:
    """Return the page."""
    messages = sum(share.of for share in results.needs.recall.values())
    parts = [
        HEAD.format(leaked=len(results.leaked), messages=messages),
        "## In short\n",
        table(("what", "share", "of"), results.summary()),
        "## Each need\n",
        "Recall: of the messages with this need, those answered with it or with an accepted other. Precision: of the\n"
        "messages answered with this need, those that may be.\n",
        table(("need", "messages", "recall", "precision"), _needs(results.needs)),
        "![What each need was taken for](confusion.png)\n",
        "## Messages nobody looked at\n",
        "`blind.yml`: written by somebody who had seen neither the training data nor the other sets: short, indirect,\n"
        "in many voices; and not read while teaching or tuning. The held-out sets above were read, so this is the\n"
        "figure to expect of real visitors.\n",
        table(("need", "messages", "recall", "precision"), _needs(results.blind)),
        "## Untidy messages\n",
        "The same needs, typed the way people type (`noise.yml`).\n",
        _shares("kind", results.noise),
        "## The danger gate\n",
        "`gate` is what the deterministic rules see alone: danger, suicide, a child speaking. `reply` is the whole\n"
        "chain, which also has the classifier. The last row are look-alikes (`danger_gate.yml`).\n",
        table(("kind", "cases", "gate", "reply"), _gate(results)),
        "## Alarming words without a need, and other topics\n",
        "Shares of `benign.yml` that are wrongly answered as urgent or as a need, and of `out_of_scope.yml` that are\n"
        "recognised, or at least not answered as a need.\n",
        _shares("benign", results.benign),
        _shares("other topics", results.outside),
        "## Published prompts\n",
        "Test messages of published studies; the rule of each is ours. `reworded` ones are in our own words.\n",
        table(("study", "wording", "prompts", "passed", "source"), _studies(results)),
        "## Acceptance conversations\n",
        _shares("group", results.acceptance),
    ]
    if results.cross is not None:
        weakest = sorted(results.cross.f1.items(), key=lambda row: row[1])[:10]
        parts += [
            "## The classifier alone\n",
            f"{results.cross.folds}-fold on the {results.cross.examples} examples of `data/nlu`: accuracy "
            f"{results.cross.accuracy:.1%}, mean F1 {results.cross.macro_f1:.3f}, expected calibration error "
            f"{results.cross.calibration:.3f}. The ten weakest intents:\n",
            table(("intent", "F1"), [(intent, f"{f1:.3f}") for intent, f1 in weakest]),
        ]
    return "\n".join(parts)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table with an empty line after it."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"


def _needs(needs: Needs) -> list[tuple[str, ...]]:
    return [(n, str(s.of), str(s), str(needs.precision[n])) for n, s in needs.recall.items()]


def _gate(results: Results) -> list[tuple[str, ...]]:
    return [(k, str(s.of), str(s), str(results.urgent.shares[k])) for k, s in results.gate.shares.items()]


def _studies(results: Results) -> list[tuple[str, ...]]:
    shares = results.studies.shares
    return [(s.id, s.wording, str(shares[s.id].of), str(shares[s.id]), s.source) for s in results.published]


def _shares(name: str, counted: Counted) -> str:
    return table((name, "cases", "share"), [(key, str(s.of), str(s)) for key, s in counted.shares.items()])
