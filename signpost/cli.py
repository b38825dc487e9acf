"""The `signpost` command: for who keeps the directory, signs for it, or wants the figures."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signpost import safeguarding as papers
from signpost.directory.cli import directory
from signpost.need import need
from signpost.statistics.cli import figures


@click.group()
def main() -> None:
    """Look after Signpost's data."""


@click.group()
def safeguarding() -> None:
    """Keep the papers of docs/safeguarding true."""


@safeguarding.command("report")
@click.option("--update", is_flag=True, help="Write the figures of today into the papers.")
def report_command(update: bool) -> None:
    """Print the figures that the papers quote. Exits with 1 if a paper quotes an old one."""
    root = Path.cwd()
    try:
        figures = papers.report(root, datetime.now(UTC))
        texts = {paper: paper.read_text(encoding="utf-8") for paper in papers.papers(root)}
        fresh = {paper: papers.update(text, figures) for paper, text in texts.items()}
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    for name, value in figures.items():
        click.echo(f"{value:>8}  {name}")
    old = [paper for paper in texts if texts[paper] != fresh[paper]]
    if update:
        for paper in old:
            paper.write_text(fresh[paper], encoding="utf-8")
    for paper in old:
        click.echo(f"{paper.relative_to(root)}: {'updated' if update else 'quotes an old figure: --update'}")
    if old and not update:
        raise click.exceptions.Exit(1)


main.add_command(directory)
main.add_command(figures)
main.add_command(safeguarding)
main.add_command(need)
