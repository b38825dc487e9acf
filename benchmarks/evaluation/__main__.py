"""`make evaluate`: every set of tests/understanding, run through the assistant; writes docs/evaluation."""

import sys

import click
import yaml
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from benchmarks.classifier import Examples, read_nlu, remembered_vectors
from benchmarks.evaluation import judging, readings, scores, sealed, sets
from benchmarks.evaluation.assistant import Evaluated
from benchmarks.evaluation.card import card
from benchmarks.evaluation.crossvalidation import CrossValidated, cross_validate
from benchmarks.evaluation.document import readme
from benchmarks.evaluation.plot import draw_confusion
from benchmarks.evaluation.results import HEAD, Results, row
from benchmarks.evaluation.softened import softened
from benchmarks.evaluation.together import Pools, together
from runtime.loading import StartError

DOCS = ROOT / "docs" / "evaluation"
WIDE = 140  # characters of a line in a file
QUIET = frozenset({"benign", "out_of_scope"})


def evaluate(evaluated: Evaluated, quick: bool, console: Console, cross: bool = True) -> Results:
    """Run every set but the sealed ones.

    `quick` leaves out the softened messages; it and `cross` off leave out the cross-validation.
    """
    examples, held_out, blind = read_nlu(ROOT / "data" / "nlu"), sets.heldout(), sets.blind()
    table, hear, gate_cases, published = evaluated.table, evaluated.hear, sets.danger_gate(), sets.published()
    safety = table.needs
    of_need = [said.judged for said in held_out if said.need in table]
    harmless = [said for said in blind if said.need in QUIET]
    with console.status("Reading messages ..."):
        opened, anything = readings.open_sets(sets.FOLDER / "open", hear, table)
        judged = {
            "held out": readings.of_needs("held out", hear, of_need),
            "another writer's": readings.of_needs("blind", hear, [s.judged for s in blind if s.need in table]),
            "open": opened,
        }
        two = together(hear, Pools.of(held_out, sets.benign(), table), table)
        benign = scores.false_alarms(evaluated, sets.benign(), safety)
    with console.status("Holding conversations ..."):
        studies = scores.studies(evaluated, published)
        acceptance = scores.conversations(evaluated, sets.acceptance())
    with console.status("Putting laughs behind messages (some minutes) ..."):
        laughed = None if quick else softened(hear, of_need)
    return Results(
        examples=len(examples.texts),
        intents=len(set(examples.intents)),
        leaked=_leaked(examples, held_out + _open()),
        safety=safety,
        needs=scores.by_need(evaluated, held_out),
        blind=scores.by_need(evaluated, blind),
        judged=judged,
        anything=anything,
        sealed=sealed.Sealed.read(),
        softened=laughed,
        together=two,
        benign=benign,
        blind_benign=scores.false_alarms(evaluated, harmless, safety),
        outside=scores.outside(evaluated, sets.out_of_scope(), safety),
        gate=scores.gate(evaluated, gate_cases),
        urgent=scores.answered_urgently(evaluated, gate_cases),
        noise=scores.noise(evaluated, sets.noise()),
        published=published,
        studies=studies,
        acceptance=acceptance,
        cross=_cross(examples, console) if cross and not quick else None,
    )


def _cross(examples: Examples, console: Console) -> CrossValidated:
    with console.status("Cross-validating (some minutes) ..."), remembered_vectors():
        return cross_validate(examples, _settings())


def _settings() -> dict[str, object]:
    """Return the settings of the classifier's node."""
    return dict(yaml.safe_load((ROOT / "config.yml").read_text())["nodes"]["intents"]["config"])


def _open() -> list[sets.Said]:
    folder = sets.FOLDER / "open"
    needs = [sets.Said(said.text, tuple(sorted(said.lead))) for said in judging.needs_of(folder / "needs.yml")]
    return needs + [sets.Said(one.text, ("anything",)) for one in judging.anything_of(folder / "anything.yml")]


def _leaked(examples: Examples, held_out: list[sets.Said]) -> list[scores.Miss]:
    known = dict(zip(map(_bare, examples.texts), examples.intents, strict=True))
    # two or three common words ("help me", "thank you") are said by everybody
    own = [said for said in held_out if len(said.text.split()) > 3]
    found = [(said, known[_bare(said.text)]) for said in own if _bare(said.text) in known]
    return [scores.Miss(said.accepted[0], said.text, f"is in data/nlu as {intent}") for said, intent in found]


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _show(results: Results, verbose: bool, console: Console) -> None:
    _print(results.summary(), console)
    if verbose:
        for miss in results.misses():
            console.print(f"{miss.set} :: {miss.text} :: {miss.fault}", markup=False, highlight=False, soft_wrap=True)


def _print(rows: list[tuple[str, str, str, str]], console: Console) -> None:
    table = Table()
    for place, name in enumerate(HEAD):
        table.add_column(name, justify="right" if place else "left")
    for cells in rows:
        table.add_row(*cells)
    console.print(table)


def _count_sealed(evaluated: Evaluated, console: Console) -> None:
    """Count the sealed sets, print their shares and keep them; no message of theirs is shown."""
    with console.status("Counting the sealed sets ..."):
        found = sealed.count(evaluated.hear, evaluated.table, evaluated.replies)
    found.write()
    _print(
        [row(f"{name}: {what}", share) for name, rows in found.sets.items() for what, share in rows.items()], console
    )


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Print every miss (never one of the sealed sets).")
@click.option("--quick", is_flag=True, help="No laughs, no cross-validation, and docs/evaluation stays as it is.")
@click.option(
    "--sealed", "with_sealed", is_flag=True, help="Count the sealed sets too, and keep docs/evaluation/sealed.json."
)
@click.option("--cross/--no-cross", default=True, help="Cross-validate the classifier (a quarter of an hour).")
def main(verbose: bool, quick: bool, with_sealed: bool, cross: bool) -> None:
    """Evaluate the assistant, print a summary, and write docs/evaluation."""
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    try:
        evaluated = Evaluated()
    except StartError as error:
        console.print(f"Not evaluated: {error}", style="bold", highlight=False)
        sys.exit(1)
    DOCS.mkdir(parents=True, exist_ok=True)
    if with_sealed:
        _count_sealed(evaluated, console)
    results = evaluate(evaluated, quick, console, cross)
    _show(results, verbose, console)
    if not quick:
        (DOCS / "README.md").write_text(readme(results))
        (DOCS / "model-card.md").write_text(card(results))
        draw_confusion(results.needs.confusion, DOCS / "confusion.png")
        console.print(f"Written to {DOCS}", highlight=False)


if __name__ == "__main__":
    main()
