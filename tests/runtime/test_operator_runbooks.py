"""The runbooks are true: each command, file, setting, metric and link that they name exists."""

import re
import shutil
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from runtime.metrics import ErrorCounter, Metrics
from runtime.settings import table
from signpost.assistant import assistant
from signpost.cli import main

ROOT = Path(__file__).parent.parent.parent
BOOKS = sorted((ROOT / "docs" / "runbooks").glob("*.md"))
PAGES = [*BOOKS, ROOT / "docs" / "operating.md", ROOT / "docs" / "turning-it-off.md"]
MADE_LATER = {"operator.yml", "/tmp/signpost-before.tar.gz", "models/signpost.tar.gz"}
SHELL = {"cp", "sha256sum", "grep", "curl", "redis-cli", "uv"}
PATHS = re.compile(
    r"(?<![\w/.-])(?:data|docs|tests|models|runtime|deploy)/[\w./-]*\w/?|\b[\w-]+\.(?:yml|toml|lock|md)\b"
)
NAMED = re.compile(r"`([^`\n]+)`")


def commands() -> list[tuple[str, str]]:
    """Every line of every sh block, with its runbook."""
    found = []
    for book in BOOKS:
        for block in re.findall(r"```sh\n(.*?)```", book.read_text(), re.DOTALL):
            found += [(book.name, line.strip()) for line in block.splitlines() if line.strip()]
    return found


def program(command: str) -> list[str]:
    """The words of a command without the settings before it."""
    words = command.split(" | ")[0].split()
    while re.fullmatch(r"[A-Z_]+=\S*", words[0]):
        words.pop(0)
    return words


@pytest.mark.parametrize("page", BOOKS, ids=lambda p: p.stem)
def test_a_runbook_has_signs_steps_and_how_to_know_that_it_worked(page: Path) -> None:
    if page.name == "README.md":
        assert all(f"({book.name})" in page.read_text() for book in BOOKS if book != page)
        return
    headings = re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE)
    assert headings == ["Signs", "What to do", "It worked when"]


@pytest.mark.parametrize(("book", "command"), commands())
def test_each_command_exists(book: str, command: str) -> None:
    words = program(command)
    makefile = (ROOT / "Makefile").read_text()
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE), f"{book}: {command}"
    elif words[0] == ".venv/bin/signpost":
        group = main.commands[words[1]]
        assert words[2] in group.commands  # type: ignore[attr-defined]
        options = {option for p in group.commands[words[2]].params for option in p.opts}  # type: ignore[attr-defined]
        assert {word for word in words if word.startswith("--")} <= options
    elif words[0] == ".venv/bin/python":
        assert words[1] == "-m"
        place = ROOT / words[2].replace(".", "/")
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()
    elif words[0] == ".venv/bin/pytest":
        assert all((ROOT / word).exists() for word in words[1:] if not word.startswith("-"))
    else:
        assert words[0] in SHELL, f"{book}: {command}"
        if words[0] == "redis-cli":
            assert shutil.which("redis-cli")
        for word in words[1:]:
            if re.fullmatch(r"(?:data|models)/\S+|uv\.lock", word) and word not in MADE_LATER:
                assert (ROOT / word).exists(), f"{book}: {command}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_each_file_that_is_named_exists(page: Path) -> None:
    text = page.read_text()
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (page.parent / link).exists(), link
    for name in {path for named in NAMED.findall(text) for path in PATHS.findall(named)} - MADE_LATER:
        assert (ROOT / name).exists() or (ROOT / "docs" / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_each_setting_and_metric_that_is_named_exists(page: Path) -> None:
    metrics = Metrics(["worry"])
    metrics.model.labels("a").set(1)
    metrics.error("runtime.turns")
    assert ErrorCounter(metrics).level
    known = set(
        re.findall(
            r"^(signpost_\w+?)(?:_bucket|_sum|_count)?(?:\{| )", generate_latest(metrics.registry).decode(), re.M
        )
    )
    text = page.read_text()
    settings = {row["name"] for row in table()}
    assert set(re.findall(r"\bSIGNPOST_[A-Z_]+\b", text)) <= settings
    named = set(re.findall(r"\bsignpost_[a-z_]+\b", text))
    assert named <= known, named - known
    if page.name == "operating.md":
        assert known <= named, known - named


def test_each_service_that_is_named_is_in_the_directory() -> None:
    for page in BOOKS:
        for service in re.findall(r"\b(family-lives)\b", page.read_text()):
            assert assistant().directory.get(service) is not None


def test_what_a_sign_says_is_in_the_log_is_said_there() -> None:
    said = "\n".join(file.read_text() for file in (ROOT / "runtime").glob("*.py"))
    for line in ("Redis answers again", "Signpost cannot start:", "failed to save"):
        assert line in said
    assert re.search(r"Redis does not\s+answer", said)
