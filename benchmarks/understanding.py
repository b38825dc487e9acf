"""The intent classifier on a public data set: `python -m benchmarks.understanding --train A --test B --out-of-scope C`.

The files are Rasa NLU YAML. The threshold is chosen on held-out training examples, never on the test sets.
"""

from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from benchmarks.classifier import Examples, by_intent, folds, probabilities, read_nlu, remembered_vectors, trained
from benchmarks.ranking import auroc, median_ms, threshold_that_keeps

# Rasa 3.6.21's default pipeline (DIET, 100 epochs) on CLINC150 with ten examples of each of the 150 intents, tested on
# the 4,500 in-scope sentences: measured once with the stock bot's environment; a run takes over five minutes.
DEFAULT_PIPELINE = 72.6
KEPT = 0.95  # share of held-out in-scope examples that the threshold keeps


@dataclass(frozen=True)
class Result:
    """Shares from 0 to 1; `milliseconds` is the median of a message on one thread."""

    accuracy: float
    auroc: float
    threshold: float
    accuracy_at_threshold: float
    out_of_scope_recall: float
    milliseconds: float


def measure(train: Examples, test: Examples, outside: list[str], settings: dict[str, object]) -> Result:
    """Train on `train`; test in scope on `test` and out of scope on `outside`."""
    with remembered_vectors():
        threshold = held_out_threshold(train, settings)
    with trained(train, settings) as classifier:
        classes, inside = by_intent(classifier, probabilities(classifier, test.texts))
        right = np.array(classes)[inside.argmax(1)] == np.array(test.intents)
        refused = by_intent(classifier, probabilities(classifier, outside))[1].max(1)
        sample = test.texts[:: max(1, len(test.texts) // 200)]
        milliseconds = median_ms(lambda text: classifier.probabilities(classifier._hear(text)), sample)
    highest = inside.max(1)
    return Result(
        accuracy=float(right.mean()),
        auroc=auroc(highest, refused),
        threshold=threshold,
        accuracy_at_threshold=float((right & (highest >= threshold)).mean()),
        out_of_scope_recall=float((refused < threshold).mean()),
        milliseconds=milliseconds,
    )


def held_out_threshold(train: Examples, settings: dict[str, object], parts: int = 5) -> float:
    """Return the probability that keeps 95 % of training examples, each judged by a classifier that did not see it."""
    highest: list[NDArray[np.float64]] = []
    everything = np.arange(len(train.texts))
    for held_out in folds(train.intents, parts):
        with trained(train.take(np.setdiff1d(everything, held_out)), settings) as classifier:
            found = probabilities(classifier, train.take(held_out).texts)
            highest.append(by_intent(classifier, found)[1].max(1))
    return threshold_that_keeps(np.concatenate(highest), KEPT)


@click.command()
@click.option("--train", required=True, type=click.Path(exists=True, path_type=Path), help="NLU YAML to train on.")
@click.option("--test", required=True, type=click.Path(exists=True, path_type=Path), help="In-scope NLU YAML.")
@click.option("--out-of-scope", required=True, type=click.Path(exists=True, path_type=Path), help="The other NLU YAML.")
@click.option("--default-pipeline", default=DEFAULT_PIPELINE, show_default=True, help="Rasa's default, per cent.")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE", help="A setting of the node `intents`.")
def main(train: Path, test: Path, out_of_scope: Path, default_pipeline: float, changes: tuple[str, ...]) -> None:
    """Measure the classifier, as config.yml sets it, on another data set."""
    config = yaml.safe_load((ROOT / "config.yml").read_text())
    settings: dict[str, object] = dict(config["nodes"]["intents"]["config"])
    settings |= {name: yaml.safe_load(value) for name, _, value in (change.partition("=") for change in changes)}
    console = Console()
    result = measure(read_nlu(train), read_nlu(test), read_nlu(out_of_scope).texts, settings)
    table = Table()
    table.add_column("measure")
    table.add_column("Signpost", justify="right")
    table.add_column("Rasa's default pipeline", justify="right")
    table.add_row("accuracy in scope", f"{result.accuracy:.1%}", f"{default_pipeline:.1f}%")
    table.add_row("AUROC, in against out of scope", f"{result.auroc:.3f}", "")
    table.add_row(f"accuracy in scope at threshold {result.threshold:.2f}", f"{result.accuracy_at_threshold:.1%}", "")
    table.add_row("out-of-scope recall at that threshold", f"{result.out_of_scope_recall:.1%}", "")
    table.add_row("median of a message, one thread", f"{result.milliseconds:.1f} ms", "")
    console.print(table)


if __name__ == "__main__":
    main()
