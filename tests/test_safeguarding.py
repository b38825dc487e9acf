"""The safeguarding papers are true: each test, file and setting that they name exists, and each figure is today's."""

import ast
import re
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from runtime.settings import table
from signpost import safeguarding
from signpost.cli import main
from signpost.safeguarding import QUOTED, PaperError, update

ROOT = Path(__file__).parents[1]
PAPERS = safeguarding.papers(ROOT)
EACH = pytest.mark.parametrize("paper", PAPERS, ids=[paper.stem for paper in PAPERS])
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
RISK = re.compile(r"(\d) x (\d) = (\d+)")
ROW = re.compile(r"^\| (\d+) \| ", re.MULTILINE)
ADOPTER = "**[adopter]**"


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def figures() -> dict[str, str]:
    return safeguarding.report(ROOT, datetime.now(UTC))


def rows(name: str) -> list[list[str]]:
    text = (ROOT / "docs" / "safeguarding" / f"{name}.md").read_text(encoding="utf-8")
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if ROW.match(line)]


def level(risk: int) -> str:
    return "low" if risk < 5 else "medium" if risk < 10 else "high" if risk < 15 else "not acceptable"


@EACH
def test_each_test_that_a_paper_names_exists(paper: Path) -> None:
    for file, name in NAMED.findall(paper.read_text(encoding="utf-8")):
        assert name in functions_of(file), f"{file}::{name}"


@EACH
def test_each_figure_is_todays(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    assert update(text, figures()) == text


@EACH
def test_each_file_command_and_setting_that_a_paper_names_exists(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (paper.parent / link).exists(), link
    for name in re.findall(r"`((?:data|docs|signpost|tests)/[\w./-]+|[A-Z]+\.md)`", text):
        assert (ROOT / name).exists(), name
    assert set(re.findall(r"SIGNPOST_\w+", text)) <= {setting["name"] for setting in table()}
    for command in re.findall(r"`signpost ([^`]+)`", text):
        asked = [word for word in command.split() if re.fullmatch(r"[a-z]+", word)][:2]
        assert CliRunner().invoke(main, [*asked, "--help"]).exit_code == 0, command


@EACH
def test_each_paper_says_what_the_adopter_has_to_add(paper: Path) -> None:
    assert ADOPTER in paper.read_text(encoding="utf-8")


def test_each_hazard_has_a_control_that_a_test_or_a_figure_shows() -> None:
    hazards = rows("hazards")
    assert [row[0] for row in hazards] == [str(number) for number in range(1, len(hazards) + 1)]
    for row in hazards:
        assert len(row) == 8, row[0]
        assert NAMED.search(row[5]) or QUOTED.search(row[5]), row[1]


def test_each_risk_is_the_product_and_is_called_what_it_is() -> None:
    for row in rows("hazards"):
        before, after = RISK.fullmatch(row[4]), RISK.fullmatch(row[6])
        assert before, row[0]
        assert after, row[0]
        for likely, severe, risk in (before.groups(), after.groups()):
            assert int(likely) * int(severe) == int(risk), row[0]
        assert int(after[3]) <= int(before[3]), row[0]
        assert row[7].startswith(level(int(after[3]))), row[0]


def test_all_fifteen_standards_of_the_childrens_code_are_answered() -> None:
    standards = rows("childrens-code")
    assert [row[0] for row in standards] == [str(number) for number in range(1, 16)]
    assert all(NAMED.search(row[3]) for row in standards)


def test_every_line_of_the_checklist_waits_for_a_name() -> None:
    assert all(row[3] == ADOPTER for row in rows("checklist"))


def test_an_old_figure_or_one_that_does_not_exist_is_noticed() -> None:
    name = "open: the first line is about what was meant"
    assert update(f"**1.0%** (`{name}`)", {name: "82.5%"}) == f"**82.5%** (`{name}`)"
    with pytest.raises(PaperError, match="no figure"):
        update("**1** (`made up`)", {})


def test_the_command_fails_on_an_old_figure_and_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("data/services", "data/answers", "docs/safeguarding", "docs/evaluation"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in ("data/needs.yml", "data/harm.yml"):
        shutil.copy(ROOT / file, tmp_path / file)
    paper = tmp_path / "docs" / "safeguarding" / "atrs.md"
    right = paper.read_text(encoding="utf-8")
    paper.write_text(re.sub(r"\*\*[\d.]+%\*\*", "**12.3%**", right), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    old = CliRunner().invoke(main, ["safeguarding", "report"])
    assert old.exit_code == 1
    assert "atrs.md: quotes an old figure" in old.output
    assert CliRunner().invoke(main, ["safeguarding", "report", "--update"]).exit_code == 0
    assert paper.read_text(encoding="utf-8") == right
