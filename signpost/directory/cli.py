"""Command line: `signpost directory check`, `add`, `assure` and `import`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signpost.directory.add import New, add
from signpost.directory.assure import assure as record_assurance
from signpost.directory.check import FAULTS, check, checklist
from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError
from signpost.directory.feed_import import import_feed
from signpost.directory.files import write_atomically
from signpost.directory.sheet import ASSURED, CHANGED, GONE, record
from signpost.directory.sheet import make as make_sheet
from signpost.directory.sheet import read as read_sheet

_FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("data/services"),
    show_default=True,
    help="The folder with the directory's files.",
)


@click.group("directory")
def directory() -> None:
    """Keep the directory of services true."""


@directory.command("check")
@_FOLDER
@click.option(
    "--sheet", type=click.Path(path_type=Path), help="Write the pages that a person must open to this CSV file."
)
@click.option("--all", "everything", is_flag=True, help="Also list contradictions and numbers that are not printed.")
def check_command(folder: Path, everything: bool, sheet: Path | None) -> None:
    """List what a person must check. Exits with 1 if a check is overdue, or a number or link is wrong."""
    try:
        services = Directory.load(folder)
        findings = check(services, datetime.now(UTC))
    except DirectoryError as error:
        raise click.ClickException(str(error)) from error
    if sheet:
        write_atomically(sheet, make_sheet(folder, datetime.now(UTC)))
    wrong = [finding for finding in findings if finding.kind in FAULTS]
    unopened = [finding for finding in findings if finding.kind == "unopened"]
    click.echo(checklist(services, findings if everything else wrong))
    if len(findings) > len(wrong) and not everything:
        rest = len(findings) - len(wrong) - len(unopened)
        click.echo(f"{rest} contradictions and withheld contacts are on record: see them with --all.")
    if unopened:
        click.echo(f"No person has opened the page of {len(unopened)} services yet. --sheet FILE makes the list.")
    if sheet:
        click.echo(f"Fill in result (assured, changed, gone), then: signpost directory record {sheet} --by NAME")
    if wrong:
        raise click.exceptions.Exit(1)


@directory.command("add")
@click.argument("id")
@click.option("--kind", prompt="Kind of help, a page of the directory (help_child, help_parent, report ...)")
@click.option("--name", prompt="Its name", help="As a visitor reads it.")
@click.option("--description", prompt="What it is for, in one short sentence")
@click.option("--url", prompt="Its own page, where you read this")
@click.option("--number", default="", prompt="Its telephone number (none: only a link)")
@click.option("--age", default="Any age", help="Who it is for, as a visitor reads it.")
@click.option("--by", prompt="Who read it there today")
@_FOLDER
def add_command(
    id: str, kind: str, name: str, description: str, url: str, number: str, age: str, by: str, folder: Path
) -> None:
    """Add the service ID, read on its own page today. Asks for what is not given, and says what to write next."""
    now = datetime.now(UTC)
    try:
        file = add(New(id, kind, name, description, url, number, age), by, folder, now)
        record_assurance(folder, id, by, now)
    except (DirectoryError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{id} stands at the end of {file}. Next:\n"
        f"  names that people use for it: {folder / 'aliases.yml'}\n"
        f"  where it is offered: data/routes/*.yml, as - {{id: {id}, why: ...}} or {{number:{id}}}\n"
        f"  hours, cost, confidentiality, once confirmed: {file} (docs/directory.md)\n"
        f"  then: make lint"
    )


@directory.command("assure")
@click.argument("id")
@click.option("--by", required=True, help="Who checked it.")
@_FOLDER
def assure_command(id: str, by: str, folder: Path) -> None:
    """Record that the service ID was checked today against its own page."""
    try:
        file = record_assurance(folder, id, by, datetime.now(UTC))
    except (DirectoryError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{id} is recorded as checked today in {file}.")


@directory.command("record")
@click.argument("sheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", required=True, help="Who opened the pages.")
@_FOLDER
def record_command(sheet: Path, by: str, folder: Path) -> None:
    """Read back a sheet that was filled in: all of it or none of it."""
    try:
        found = read_sheet(sheet.read_text(encoding="utf-8"), folder)
        record(folder, found, by, datetime.now(UTC))
    except (DirectoryError, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    for result in (ASSURED, CHANGED, GONE):
        ids = [each.service for each in found if each.result == result]
        click.echo(f"{result}: {len(ids)}" + (f" ({', '.join(ids)})" if ids and result != ASSURED else ""))
    if any(each.result == CHANGED for each in found):
        click.echo("Correct the changed records, then assure them; until then operator.yml can hide them.")


@directory.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_FOLDER
def import_command(file: Path, folder: Path) -> None:
    """Take in another Open Referral UK feed, all of it or none of it."""
    try:
        ids = import_feed(file, folder)
    except (DirectoryError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(ids)} services imported: {', '.join(ids)}.")
