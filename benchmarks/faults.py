"""`python -m benchmarks.faults`: every fault made against the real server; prints and writes the fault table."""

import subprocess
import tempfile
import time
from pathlib import Path

import click
import httpx
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT, BenchmarkError
from benchmarks.processes import end_with_this_process
from benchmarks.trouble import ending, turning
from benchmarks.trouble.fault import FAULTS, Outcome

KINDS = (turning, ending)  # each enters its faults into the table, in this order
DOCUMENT = ROOT / "docs" / "faults.md"
HEAD = """# What happens when something breaks

Written by `python -m benchmarks.faults`, which makes each fault against the real server and fails when a promise is
broken; `tests/trust` makes the quick ones at every `make test`.

**Acknowledged** is a reply that has reached the page. A crash loses none: it stays on the page, and the page keeps what
was typed until it is answered. With memory in the process the conversation's memory is gone with it; the page then gets
404, begins a new conversation and says the unanswered message again. With Redis memory and answers survive, and a
message that is sent again is answered once.

| fault | what the visitor saw | what was lost |
| --- | --- | --- |
"""


def table(found: dict[str, Outcome]) -> str:
    """Return the document."""
    rows = [f"| {name} | {outcome.seen} | {outcome.lost} |" for name, outcome in found.items()]
    return HEAD + "\n".join(rows) + "\n"


def make_all(only: str, console: Console) -> tuple[dict[str, Outcome], list[str]]:
    """Make every fault whose name contains `only`; returns outcomes by name, and the broken promises."""
    found: dict[str, Outcome] = {}
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="signpost-faults-") as folder:
        Path(folder).chmod(0o755)
        try:
            for number, fault in enumerate(f for f in FAULTS if only in f.name):
                begun = time.perf_counter()
                own = Path(folder) / str(number)
                own.mkdir()
                try:
                    found[fault.name] = fault.make(own)
                except (BenchmarkError, OSError, httpx.HTTPError, subprocess.SubprocessError) as error:
                    broken.append(f"{fault.name}: {type(error).__name__}: {error}")
                console.print(f"{time.perf_counter() - begun:5.1f} s  {fault.name}", highlight=False)
        finally:
            turning.end_shared()
    return found, broken


@click.command()
@click.option("--only", default="", help="Faults whose name contains this; the document is not written.")
def main(only: str) -> None:
    """Make every fault, print the table, and write docs/faults.md; ends with 1 when a promise is broken."""
    end_with_this_process()
    console = Console()
    found, broken = make_all(only, console)
    shown = Table("fault", "what the visitor saw", "what was lost")
    for name, outcome in found.items():
        shown.add_row(name, outcome.seen, outcome.lost)
    console.print(shown)
    for line in broken:
        console.print(line, style="bold", highlight=False)
    if broken:
        raise SystemExit(1)
    if not only:
        DOCUMENT.write_text(table(found))


if __name__ == "__main__":
    main()
