"""SECURITY.md names files and settings that are there, and every suite of attacks is named in it."""

import re

from tests.runtime.server import ROOT

TEXT = (ROOT / "SECURITY.md").read_text()


def test_every_file_that_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:tests|docs|runtime|contract_checks|deploy|data)/[\w./-]*)`", TEXT))
    assert len(named) > 12
    for name in sorted(named):
        assert (ROOT / name).exists(), name


def test_every_suite_of_attacks_is_named() -> None:
    suites = {f"tests/security/{file.name}" for file in (ROOT / "tests" / "security").glob("test_*.py")}
    assert suites - {"tests/security/test_security_document.py", "tests/security/test_openapi.py"} <= set(
        re.findall(r"`([\w./-]+)`", TEXT)
    )


def test_every_threat_has_something_that_shows_it() -> None:
    rows = [line for line in TEXT.splitlines() if re.match(r"\| [STRIDE] \|", line)]
    assert {row[2] for row in rows} == set("STRIDE")
    for row in rows:
        assert "`" in row.split("|")[-2], row


def test_every_setting_that_it_names_is_a_setting() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text()
    for name in re.findall(r"`(SIGNPOST_\w+)`", TEXT):
        assert f"`{name}`" in settings, name


def test_it_says_how_to_tell_us_and_what_is_left() -> None:
    for heading in ("Telling us of a weakness", "What is left", "Who may do harm", "Where they come in"):
        assert f"## {heading}" in TEXT
