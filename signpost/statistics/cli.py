"""Command line: `signpost figures ask` and `export`, for journalists and scripts."""

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from signpost.statistics import Answer, Statistics, StatisticsError, export

_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("data/statistics"),
    show_default=True,
    help="The folder with the data package.",
)


@click.group("figures")
def figures() -> None:
    """Ask the published figures, or take them away."""


@figures.command("ask")
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer, its figures and its sources as JSON.")
@_FOLDER
def ask_command(question: str, as_json: bool, folder: Path) -> None:
    """Answer QUESTION as the assistant does. Exits with 1 if it is no question of figures."""
    statistics = _load(folder)
    answer = _answer(statistics, question, datetime.now(ZoneInfo("Europe/London")).date())
    if answer is None:
        raise click.ClickException('That is not read as a question of figures. Try: "what figures do you have?"')
    if not as_json:
        click.echo(answer.text)
        return
    finding = answer.custom.get("finding")
    used = finding["figures"] if finding else []
    document = {
        "question": question,
        "text": answer.text,
        "finding": finding,
        "figures": [export.row(statistics.package.figures[key], statistics.package) for key in used],
        "chart": answer.custom.get("chart"),
        "also": list(answer.choices),
    }
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@figures.command("export")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--address", default="", help="Of the site that will serve the files, for addresses in full.")
@_FOLDER
def export_command(target: Path, address: str, folder: Path) -> None:
    """Write the figures to TARGET as they are served: CSV and JSON, with the descriptions of the CSV."""
    statistics = _load(folder)
    files = {
        "figures.csv": statistics.figures_csv(),
        "figures.json": json.dumps(statistics.figures_json(address), ensure_ascii=False),
        "datapackage.json": json.dumps(statistics.descriptor(address), ensure_ascii=False),
        "figures.csv-metadata.json": json.dumps(statistics.csvw(address), ensure_ascii=False),
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (target / name).write_text(text, encoding="utf-8", newline="")
        click.echo(target / name)


def _load(folder: Path) -> Statistics:
    try:
        return Statistics.load(folder)
    except StatisticsError as error:
        raise click.ClickException(str(error)) from error


def _answer(statistics: Statistics, question: str, today: date) -> Answer | None:
    """What the assistant answers to a message that surely asks for a figure."""
    asked = statistics.read(question, today, likely=True)
    return statistics.answer(asked.slots, today) if asked else None
