"""`signpost figures` answers on the command line, in words or as JSON, and writes what is served."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from signpost.cli import main

STORY = "bbc-foi-suspected-online-child-sex-offenders--cambridgeshire--2014"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["figures", *arguments])


def test_a_question_is_answered_in_words() -> None:
    result = run("ask", "how many in cambridgeshire in 2014?")
    assert result.exit_code == 0
    assert result.output.startswith("81 suspected online child sex offenders in Cambridgeshire in 2014.")


def test_a_question_is_answered_as_json_with_its_figures_and_their_licence() -> None:
    document = json.loads(run("ask", "--json", "how many in cambridgeshire in 2014?").output)
    assert document["finding"]["value"] == "81"
    assert [row["id"] for row in document["figures"]] == [STORY]
    assert document["figures"][0]["licence"] == "All rights reserved; figures used as facts"


def test_what_is_not_there_has_no_finding_and_no_number() -> None:
    document = json.loads(run("ask", "--json", "how many suspects in norfolk in 2016?").output)
    assert (document["finding"], document["figures"]) == (None, [])
    assert "do not include" in document["text"]


def test_a_chart_comes_as_rows() -> None:
    document = json.loads(run("ask", "--json", "show me a chart of suspects in cambridgeshire").output)
    assert [row["value"] for row in document["chart"]["rows"]] == [81, 155, 192]


@pytest.mark.parametrize("text", ["hello", "my uncle hurts me", ""])
def test_what_is_no_question_of_figures_fails_with_a_line_that_helps(text: str) -> None:
    result = run("ask", text)
    assert result.exit_code == 1
    assert "what figures do you have?" in result.output


def test_a_folder_without_figures_fails_with_a_line_that_helps(tmp_path: Path) -> None:
    result = run("ask", "how many in 2014?", "--folder", str(tmp_path))
    assert result.exit_code == 1
    assert "series.csv: not found. Restore the data package" in result.output


def test_what_is_served_can_be_written_to_a_folder(tmp_path: Path) -> None:
    assert run("export", str(tmp_path / "out"), "--address", "https://signpost.example").exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "datapackage.json",
        "figures.csv",
        "figures.csv-metadata.json",
        "figures.json",
    }
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert described["resources"][0]["bytes"] == (tmp_path / "out" / "figures.csv").stat().st_size
