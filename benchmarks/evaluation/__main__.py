"""`make evaluate`: every set of tests/understanding, run through the assistant; writes docs/evaluation."""

import sys

import click
import yaml
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from benchmarks.classifier import Examples, read_nlu, remembered_vectors
from benchmarks.evaluation import scores, sets
from benchmarks.evaluation.assistant import Evaluated
from benchmarks.evaluation.card import card
from benchmarks.evaluation.crossvalidation import cross_validate
from benchmarks.evaluation.document import readme
from benchmarks.evaluation.plot import draw_confusion
from benchmarks.evaluation.results import Results
from runtime.loading import StartError

DOCS = ROOT / "docs" / "evaluation"


def evaluate(evaluated: Evaluated, cross: bool, console: Console) -> Results:
    """Run every set, and the cross-validation if it is wanted."""
    examples, held_out, safety = read_nlu(ROOT / "data" / "nlu"), sets.heldout(), evaluated.safety_needs()
    gate_cases, published = sets.danger_gate(), sets.published()
    with console.status("Reading messages ..."):
        needs = scores.by_need(evaluated, held_out)
        blind = scores.by_need(evaluated, sets.blind())
        benign = scores.false_alarms(evaluated, sets.benign(), safety)
        outside = scores.outside(evaluated, sets.out_of_scope(), safety)
        gate = scores.gate(evaluated, gate_cases)
        urgent = scores.answered_urgently(evaluated, gate_cases)
        noise = scores.noise(evaluated, sets.noise())
    with console.status("Holding conversations ..."):
        studies = scores.studies(evaluated, published)
        acceptance = scores.conversations(evaluated, sets.acceptance())
    with console.status("Cross-validating (some minutes) ..."), remembered_vectors():
        validated = cross_validate(examples, _settings()) if cross else None
    return Results(
        examples=len(examples.texts),
        intents=len(set(examples.intents)),
        leaked=_leaked(examples, held_out),
        safety=safety,
        needs=needs,
        blind=blind,
        benign=benign,
        outside=outside,
        gate=gate,
        urgent=urgent,
        noise=noise,
        published=published,
        studies=studies,
        acceptance=acceptance,
        cross=validated,
    )


def _settings() -> dict[str, object]:
    """Return the settings of the classifier's node."""
    return dict(yaml.safe_load((ROOT / "config.yml").read_text())["nodes"]["intents"]["config"])


def _leaked(examples: Examples, held_out: list[sets.Said]) -> list[scores.Miss]:
    known = dict(zip(map(_bare, examples.texts), examples.intents, strict=True))
    # two or three common words ("help me", "thank you") are said by everybody
    own = [said for said in held_out if len(said.text.split()) > 3]
    found = [(said, known[_bare(said.text)]) for said in own if _bare(said.text) in known]
    return [scores.Miss(said.accepted[0], said.text, f"is in data/nlu as {intent}") for said, intent in found]


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _show(results: Results, verbose: bool, console: Console) -> None:
    table = Table()
    table.add_column("what")
    table.add_column("share", justify="right")
    table.add_column("of", justify="right")
    for row in results.summary():
        table.add_row(*row)
    console.print(table)
    if verbose:
        for miss in results.misses():
            console.print(f"{miss.set} :: {miss.text} :: {miss.fault}", markup=False, highlight=False, soft_wrap=True)


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Print every miss.")
@click.option("--quick", is_flag=True, help="No cross-validation, and docs/evaluation stays as it is.")
def main(verbose: bool, quick: bool) -> None:
    """Evaluate the assistant, print a summary, and write docs/evaluation."""
    console = Console()
    try:
        results = evaluate(Evaluated(), not quick, console)
    except StartError as error:
        console.print(f"Not evaluated: {error}", style="bold", highlight=False)
        sys.exit(1)
    _show(results, verbose, console)
    if not quick:
        DOCS.mkdir(parents=True, exist_ok=True)
        (DOCS / "README.md").write_text(readme(results))
        (DOCS / "model-card.md").write_text(card(results))
        draw_confusion(results.needs.confusion, DOCS / "confusion.png")
        console.print(f"Written to {DOCS}", highlight=False)


if __name__ == "__main__":
    main()
