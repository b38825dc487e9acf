"""`signpost need add`: a new need in every file that must name it, and what a person writes next."""

import re
from collections.abc import Sequence
from pathlib import Path

import click
import yaml

from signpost.understanding.needs import Needs, NeedsError

_NAME = re.compile(r"(?!_)[a-z_]+(?<!_)\Z")
AUDIENCES = ("child", "adult", "professional", "unknown")
BLOCK = """{audience}:
  hear: "WRITE: one sentence that says back what was told."
  now: "WRITE: what to do now, with its contact: {{number:childline}}."
  safe: "If anyone is in danger now, call {{number:emergency-999}}."
  services:
    - {{id: childline, why: "WRITE: why it fits, in one line."}}
  choices: [more_services]
"""
NEXT = """{name} stands in data/needs.yml, domain.yml and data/rules/rules.yml. Write next:
  {nlu}: at least 60 sentences as people type them ({said} are there)
  {route}: each WRITE, for each audience; `make lint` names them until none is left
  {held_out}: messages that judge it, and that stand nowhere else
  data/needs.yml: a tap, and routes for each speaker, where they differ
Then: make lint, make train, make why SAY="...", and one conversation in tests/conversations."""


class NeedError(ValueError):
    """A need cannot be added; the message says why, and nothing is written."""


def add(name: str, family: str, title: str, said: Sequence[str], root: Path) -> str:
    """Write a need into every file that must name it; return what to write next.

    Args:
        name: small letters and underscores. family: one of `data/harm.yml`.
        title: of its reply, as a visitor reads it.
        said: at least two sentences as people type them.
        root: where `domain.yml` and `data/` are.

    Raises:
        NeedError, NeedsError: for a name that is taken, an unknown family, or a damaged table.
    """
    table = Needs.load(root / "data")
    families = sorted({table.family(need) for need in table.needs})
    lines = [" ".join(line.split()) for line in said if line.strip()]
    if not _NAME.match(name) or name in table.kinds:
        raise NeedError(f"{name!r} is taken, or not of small letters and underscores. Use another.")
    if family not in families:
        raise NeedError(f"There is no family {family!r}. Use one of {', '.join(families)}.")
    if len(lines) < 2:
        raise NeedError("Give at least two sentences as people type them: --say '...' --say '...'.")
    nlu = Path("data", "nlu", family, f"{name}.yml")
    route = Path("data", "routes", f"{name}.yml")
    held_out = Path("tests", "understanding", "heldout", f"{name}.yml")
    changed = {
        Path("data", "needs.yml"): ("\ntalk:\n", f"\n  {name}: {{family: {family}, routes: {{any: {name}}}}}\ntalk:\n"),
        Path("domain.yml"): ("\nintents:\n", f"\nintents:\n  - {name}\n"),
        Path("data", "rules", "rules.yml"): (
            "\nrules:\n",
            f"\nrules:\n  - rule: {name}\n    steps:\n      - intent: {name}\n      - action: action_need\n",
        ),
    }
    examples = "".join(f"      - {line}\n" for line in lines)
    made = {
        nlu: f'version: "3.1"\nnlu:\n  - intent: {name}\n    examples: |\n{examples}',
        route: _route(name, title, root / "data" / "routes"),
        held_out: f"need: {name}\nmessages: []\n",
    }
    _write(root, changed, made)
    return NEXT.format(name=name, nlu=nlu, said=len(lines), route=route, held_out=held_out)


def _route(name: str, title: str, folder: Path) -> str:
    """Return a route for every audience, less urgent than those that threaten a life, its words still to be written."""
    taken = {yaml.safe_load(file.read_text(encoding="utf-8"))["urgency"] for file in folder.glob("*.yml")}
    urgency = next(number for number in range(40, 1000) if number not in taken)
    head = yaml.safe_dump({"need": name, "title": title, "urgency": urgency}, sort_keys=False, width=1000)
    return head + "".join(BLOCK.format(audience=audience) for audience in AUDIENCES)


def _write(root: Path, changed: dict[Path, tuple[str, str]], made: dict[Path, str]) -> None:
    """Write all or nothing."""
    whole: dict[Path, str] = {}
    for file, (old, new) in changed.items():
        text = (root / file).read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise NeedError(f"{file} has no single line {old.strip()!r}. Add the need by hand.")
        whole[file] = text.replace(old, new)
    for file, text in made.items():
        if (root / file).exists():
            raise NeedError(f"{file} is there already. Use another name, or remove it.")
        whole[file] = text
    for file, text in whole.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")


@click.group("need")
def need() -> None:
    """Look after what visitors come for."""


@need.command("add")
@click.argument("name")
@click.option("--family", prompt="Its family, a row of data/harm.yml (hurt, online, pictures ...)")
@click.option("--title", prompt="The title of its reply, as a visitor reads it")
@click.option("--say", "said", multiple=True, required=True, help="A sentence as people type it; several times.")
@click.option("--root", type=click.Path(path_type=Path, exists=True, file_okay=False), default=Path(), hidden=True)
def add_command(name: str, family: str, title: str, said: tuple[str, ...], root: Path) -> None:
    """Write the need NAME into every file that must name it, and say what to write next."""
    try:
        click.echo(add(name, family, title, said, root))
    except (NeedError, NeedsError, OSError) as error:
        raise click.ClickException(str(error)) from None
