"""Draws docs/benchmarks/load.png: replies a second and the slowest hundredth, by the number of clients at once."""

from pathlib import Path
from typing import Any

from benchmarks import ROOT
from benchmarks.measures import CLIENTS
from benchmarks.report import Row

DOCS = ROOT / "docs" / "benchmarks"
PANELS = (
    ("throughput", "replies a second (more is better)"),
    ("p99", "ms until 99 of 100 replies were there (less is better)"),
)
BOTS = (("ours", "Signpost", "#0b5cad", "o"), ("stock", "stock Rasa bot", "#b34700", "s"))


def draw(found: dict[str, Row], folder: Path) -> None:
    """Write load.png into `folder` from the rows of one run."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4))
    for axis, (measure, title) in zip(axes, PANELS, strict=True):
        for key, label, colour, marker in BOTS:
            values: list[Any] = [found[f"{measure}_{clients}"][key] for clients in CLIENTS]
            axis.plot(range(len(CLIENTS)), values, color=colour, marker=marker, label=label)
            for place, value in enumerate(values):
                axis.annotate(f"{value:.0f}", (place, value), textcoords="offset points", xytext=(0, 7), ha="center")
        axis.set_yscale("log")
        axis.set_xticks(range(len(CLIENTS)), [str(clients) for clients in CLIENTS])
        axis.set_xlabel("clients at once")
        axis.set_title(title, fontsize=10)
        axis.margins(y=0.2)
    axes[0].legend()
    figure.tight_layout()
    figure.savefig(folder / "load.png", dpi=120)
    pyplot.close(figure)
