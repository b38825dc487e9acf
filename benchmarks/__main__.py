"""`make bench`: Signpost and a stock Rasa bot, measured side by side in one run."""

import sys
import time

import click
from rich.console import Console

from benchmarks import OUT, BenchmarkError, report
from benchmarks.bots import Bot, ours, stock
from benchmarks.load_plot import DOCS, draw
from benchmarks.measures import QUICK, WARM, Plan, Rounds, environment, run_round, train
from benchmarks.processes import end_with_this_process


@click.command()
@click.option("--quick", is_flag=True, help="One short round and no training time.")
@click.option("--only", type=click.Choice(["ours"]), help="Leave the stock bot out.")
def main(quick: bool, only: str | None) -> None:
    """Measure, print a table, and write benchmarks/out/latest.json."""
    end_with_this_process()
    console = Console()
    begun = time.perf_counter()
    try:
        bots = _bots(only, console)
        found = _measure(bots, QUICK if quick else Plan(), console)
    except BenchmarkError as error:
        console.print(f"Not measured: {error}", style="bold", highlight=False)
        sys.exit(1)
    table = report.rows(found["signpost"], found.get("stock", {}))
    report.show(table, console)
    report.write(table, OUT / "latest.json")
    if "stock" in found and not quick:
        draw(table, DOCS)
        report.document(table, DOCS / "README.md")
    console.print(f"{time.perf_counter() - begun:.0f} s in all; written to {OUT / 'latest.json'}", highlight=False)


def _bots(only: str | None, console: Console) -> list[Bot]:
    bots: list[Bot] = [ours()]
    if only is None:
        other = stock()
        if isinstance(other, Bot):
            bots.append(other)
        else:
            console.print(other, highlight=False)
    return bots


def _measure(bots: list[Bot], plan: Plan, console: Console) -> dict[str, dict[str, float]]:
    """Return the medians of each bot; the bots take turns, so that what disturbs one disturbs both."""
    rounds = {bot.name: Rounds() for bot in bots}
    for bot in bots:
        console.print(f"{bot.name}: model", highlight=False)
        bot.prepare(OUT / f"{bot.name}-training.log")
        if plan.train:
            rounds[bot.name].add("training", train(bot))
        run_round(bot, WARM, Rounds())  # a first run writes bytecode and fills the disk cache; it is not counted
    for number in range(1, plan.rounds + 1):
        for bot in bots:
            console.print(f"{bot.name}: round {number} of {plan.rounds}", highlight=False)
            run_round(bot, plan, rounds[bot.name])
    for bot in bots:
        rounds[bot.name].add("environment", environment(bot))
    return {name: values.medians() for name, values in rounds.items()}


if __name__ == "__main__":
    main()
