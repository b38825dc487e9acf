"""The `signpost` command: for who keeps the directory, and for who wants the figures."""

import click

from signpost.directory.cli import directory
from signpost.statistics.cli import figures


@click.group()
def main() -> None:
    """Look after Signpost's data."""


main.add_command(directory)
main.add_command(figures)
