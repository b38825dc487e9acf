"""What can be meant and what a mistake costs: two tables that are whole, and refused where they are not."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from signpost.understanding.needs import Needs, NeedsError

DATA = Path(__file__).parent.parent.parent.parent / "data"
TABLE = Needs.load(DATA)
FAMILIES = sorted({kind.family for kind in TABLE.kinds.values()})
HARMFUL_TO_VICTIMS = ("own", "refused")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copies of the two tables, to be damaged."""
    for name in ("needs.yml", "harm.yml"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def damage(file: Path, what: str, by: str) -> None:
    text = file.read_text()
    assert re.search(what, text), what
    file.write_text(re.sub(what, by, text, count=1))


@pytest.mark.parametrize("need", sorted(TABLE.needs))
def test_a_need_leads_to_a_route_that_there_is_whoever_speaks(need: str) -> None:
    for speaker in ("child", "adult", "survivor", "relative", "self", "professional", "unknown", "nobody known"):
        for subject in ("-", "child", "me", "other", "device"):
            assert (DATA / "routes" / f"{TABLE.kinds[need].route(speaker, subject)}.yml").is_file()


@pytest.mark.parametrize(
    ("need", "speaker", "subject", "route"),
    [
        ("disclosure", "child", "-", "disclosure"),
        ("disclosure", "unknown", "-", "disclosure"),
        ("disclosure", "adult", "-", "survivor"),
        ("disclosure", "adult", "child", "worry"),
        ("disclosure", "survivor", "-", "survivor"),
        ("disclosure", "professional", "child", "professional"),
        ("pictures", "child", "-", "images"),
        ("pictures", "adult", "me", "adult_images"),
        ("pictures", "adult", "child", "child_images"),
        ("pictures", "professional", "-", "school_images"),
        ("grooming", "adult", "child", "worry_online"),
        ("grooming", "unknown", "other", "report_grooming"),
        ("grooming", "unknown", "-", "groomed"),
        ("own_behaviour", "child", "-", "own_behaviour_young"),
        ("own_behaviour", "self", "-", "own_behaviour"),
        ("found_material", "adult", "device", "found_device"),
        ("suicide", "adult", "child", "suicide_other"),
        ("suicide", "child", "-", "suicide"),
    ],
)
def test_the_closest_entry_is_the_route(need: str, speaker: str, subject: str, route: str) -> None:
    assert TABLE.kinds[need].route(speaker, subject) == route


def test_every_route_of_a_need_is_counted() -> None:
    assert {"images", "child_images", "survivor", "worry_online"} <= TABLE.routes()
    assert all((DATA / "routes" / f"{route}.yml").is_file() for route in TABLE.routes())


def test_needs_are_needs_and_talk_is_talk() -> None:
    assert "disclosure" in TABLE
    assert "benign" not in TABLE
    assert "no such name" not in TABLE
    assert TABLE.family("no such name") == TABLE.of_role("unknown")


def test_every_role_stands_for_a_name_that_there_is() -> None:
    assert set(TABLE.roles.values()) <= set(TABLE.kinds)


@pytest.mark.parametrize(
    ("answered", "meant", "cost"),
    [
        ("disclosure", "disclosure", 0),
        ("rape", "disclosure", TABLE.harm.near),
        ("disclosure", "rape", TABLE.harm.near),
        ("exploitation", "anonymous", TABLE.harm.within["hurt"]),
        ("pictures", "disclosure", TABLE.harm.answered["pictures"]["hurt"]),
        ("own_behaviour", "disclosure", TABLE.harm.answered["own"]["hurt"]),
        ("benign", "no such name", TABLE.harm.answered["talk"]["unknown"]),
    ],
)
def test_a_mistake_costs_what_the_tables_say(answered: str, meant: str, cost: float) -> None:
    assert TABLE.cost(answered, meant) == cost


def test_needs_that_are_near_never_cost_more_than_what_their_families_do() -> None:
    for kind in TABLE.kinds.values():
        for other in kind.near:
            far = TABLE.harm.answered[TABLE.family(other)].get(kind.family, TABLE.harm.near)
            assert TABLE.cost(other, kind.name) <= max(far, TABLE.harm.near)


def test_the_harm_to_expect_is_belief_times_cost() -> None:
    belief = {"disclosure": 0.75, "benign": 0.25}
    dismissed = 0.75 * TABLE.cost("benign", "disclosure")
    answered = 0.25 * TABLE.cost("disclosure", "benign")
    assert TABLE.expected("benign", belief) == pytest.approx(dismissed)
    assert TABLE.expected("disclosure", belief) == pytest.approx(answered)
    assert TABLE.expected("disclosure", {}) == 0


@pytest.mark.parametrize("accused", HARMFUL_TO_VICTIMS)
@pytest.mark.parametrize("hurt", ["hurt", "online", "pictures"])
def test_nothing_costs_who_was_hurt_more_than_to_be_taken_for_who_hurts(accused: str, hurt: str) -> None:
    others = [TABLE.harm.answered[family][hurt] for family in FAMILIES if family not in (accused, hurt)]
    assert TABLE.harm.answered[accused][hurt] >= max(others)


@pytest.mark.parametrize("family", ["own", "refused", "figures", "service", "talk"])
def test_to_turn_away_a_crisis_costs_more_than_a_false_alarm(family: str) -> None:
    assert TABLE.harm.answered[family]["crisis"] > TABLE.harm.answered["crisis"][family]


def test_a_crisis_that_was_said_is_never_cheap_to_leave_out() -> None:
    assert TABLE.harm.left_out["crisis"] == max(TABLE.harm.left_out.values())
    assert TABLE.harm.beside["refused"] == max(TABLE.harm.beside.values())


def test_a_refusal_stands_alone_and_neither_it_nor_own_behaviour_is_offered() -> None:
    assert TABLE.alone == {"refused"}
    assert TABLE.unoffered >= {"refused", "own"}


@pytest.mark.parametrize(
    ("what", "by", "fault"),
    [
        (r"(?s)^.*$", "- a\n- b", "expected names"),
        (r"(?s)^.*$", "needs: [", "cannot be read"),
        (r"(?m)^talk:", "chat:", "talk"),
        (r"(?m)^roles:", "parts:", "roles"),
        (r"(?m)^families:", "kinds_of:", "families"),
        (r"family: crisis, ", "", "family"),
        (r"routes: \{any: danger\}", "routes: {child: danger}", "danger"),
        (r"near: \[self_harm\]", "near: [self_ham]", "self_ham"),
        (r"(?m)^  police: danger", "  police: dangr", "police"),
    ],
)
def test_a_damaged_table_of_needs_is_refused_by_its_name(folder: Path, what: str, by: str, fault: str) -> None:
    damage(folder / "needs.yml", what, by)
    with pytest.raises(NeedsError, match=fault) as error:
        Needs.load(folder)
    assert "needs.yml" in str(error.value)


@pytest.mark.parametrize(
    ("what", "by", "fault"),
    [
        (r"(?s)^.*$", "42", "expected names"),
        (r"(?s)^.*$", "answered: {", "cannot be read"),
        (r"(?m)^near: 3", "nearly: 3", "near"),
        (r"(?m)^near: 3", "near: three", "no number"),
        (r"(?m)^  hurt: .*\n", "", "answered hurt"),
        (r"(?m)^(  crisis:.*)hurt: \d+", r"\1hrt: 1", "answered crisis: hurt"),
        (r"(?m)^(within:.*)hurt: \d+", r"\1hrt: 1", "within: hurt"),
        (r"(?m)^(beside:.*)refused: \d+", r"\1rfused: 1", "beside: refused"),
        (r"(?m)^(left_out:.*)crisis: \d+", r"\1crises: 1", "left_out: crisis"),
        (r"(?m)^(left_out:.*)crisis: \d+", r"\1crisis: -1", "below 0"),
        (r"(?m)^(  crisis:.*)hurt: \d+", r"\1hurt: 101", "above 100"),
        (r"(?m)^speakers:", "talkers:", "speakers"),
    ],
)
def test_a_damaged_table_of_harm_is_refused_by_its_fault(folder: Path, what: str, by: str, fault: str) -> None:
    damage(folder / "harm.yml", what, by)
    with pytest.raises(NeedsError, match=fault) as error:
        Needs.load(folder)
    assert "harm.yml" in str(error.value)


@pytest.mark.parametrize("name", ["needs.yml", "harm.yml"])
def test_a_missing_table_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(NeedsError, match=name):
        Needs.load(folder)


def test_the_tables_hold_what_the_code_relies_on() -> None:
    assert set(yaml.safe_load((DATA / "needs.yml").read_text())) >= {"needs", "talk", "families", "roles"}
    for answered in FAMILIES:
        assert set(TABLE.harm.answered[answered]) >= set(FAMILIES) - {answered}
    speakers = set(TABLE.harm.speakers)
    assert all(set(row) == speakers for row in TABLE.harm.speakers.values())
    assert all(TABLE.harm.speakers[who][who] == 0 for who in speakers)
