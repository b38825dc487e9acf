"""Acts: each pattern holds its example and not its counter-example, and nothing that tells something is an act."""

from pathlib import Path

import pytest
import yaml

from signpost.assistant import assistant
from signpost.understanding.acts import Acts, ActsError

TABLE = Path(__file__).parents[3] / "data" / "words" / "acts.yml"
ROWS = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["acts"]
ACTS = Acts.load(TABLE)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_an_act_has_a_reason_its_copy_and_a_kind_of_talk(row: dict[str, str]) -> None:
    assert row["why"]
    assert f"act_{row['name']}" in assistant().routes
    assert row["intent"] in assistant().table.kinds
    assert row["intent"] not in assistant().table


@pytest.mark.parametrize("name", ["silence", *ACTS.talk.values(), *(row["name"] for row in ROWS)])
def test_every_act_has_an_opening_for_each_time_it_comes(name: str) -> None:
    for route in assistant().routes.routes[f"act_{name}"].values():
        assert len({route.now, *route.say}) >= 2


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_what_tells_something_is_never_an_act(row: dict[str, str]) -> None:
    for told in ("he touches me", "i took pills", "my dad hits me", "he is outside", "i want to die"):
        assert ACTS.read(f"{row['example']} {told}") is None
        assert ACTS.read(f"{told}, {row['example']}") is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ok thanks bye", "goodbye"),
        ("no sorry", "sorry"),
        ("ok but no", "no"),
        ("lol i do not know", "unsure"),
        ("its busy", "no_answer"),
        ("", "silence"),
        ("...", "silence"),
    ],
)
def test_of_several_acts_the_one_that_says_most_counts(said: str, name: str) -> None:
    assert ACTS.name(said) == name


def test_a_long_message_is_no_act_however_it_is_made() -> None:
    assert ACTS.read("no " * 15) is None
    assert ACTS.read("ha" * 100) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda rows: rows[0].update(example="hello"), "numbers_off"),
        (lambda rows: rows[0].update(counter_example="stop sending numbers"), "numbers_off"),
        (lambda rows: rows[0].update(pattern="("), "cannot be read"),
        (lambda rows: rows[0].pop("intent"), "cannot be read"),
    ],
)
def test_a_damaged_table_is_named_with_its_fault(change: object, fault: str, tmp_path: Path) -> None:
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    change(table["acts"])  # type: ignore[operator]
    (tmp_path / "acts.yml").write_text(yaml.safe_dump(table), encoding="utf-8")
    with pytest.raises(ActsError, match=fault):
        Acts.load(tmp_path / "acts.yml")


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ActsError, match=r"acts\.yml"):
        Acts.load(tmp_path / "acts.yml")
