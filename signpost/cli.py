"""The `signpost` command of the people who keep the data."""

import click

from signpost.directory.cli import directory
from signpost.need import need


@click.group()
def main() -> None:
    """Look after Signpost's data."""


main.add_command(directory)
main.add_command(need)
