"""Places: finding them, not finding them, and the services near them."""

import json
import re
import shutil
from pathlib import Path

import pytest
from directory_support import DATA
from hypothesis import given
from hypothesis import strategies as st

from signpost.directory import Directory, DirectoryError
from signpost.directory.places import Places, near
from signpost.directory.postcodes import AREAS, INWARD, OUTWARD, reduce_postcodes

FINDER = "gov-uk-report-child-abuse"
CAMBS = "cambridgeshire-constabulary"


@pytest.mark.parametrize(
    ("message", "services"),
    [
        ("PE1", ["csc-peterborough", FINDER, CAMBS]),
        ("cb2", ["csc-cambridgeshire", FINDER, CAMBS]),
        ("my postcode is CB2 1TN", ["csc-cambridgeshire", FINDER, CAMBS]),
        ("cb21tn", ["csc-cambridgeshire", FINDER, CAMBS]),
        ("PE7", ["csc-cambridgeshire", "csc-peterborough", FINDER, CAMBS]),
        ("Peterborough", ["csc-peterborough", FINDER, CAMBS]),
        ("South Cambs", ["csc-cambridgeshire", FINDER, CAMBS]),
        ("huntingdonshire", ["csc-cambridgeshire", FINDER, CAMBS]),
        ("I live in Norwich", ["csc-norfolk", FINDER, "police-101"]),
        ("king's lynn", ["csc-norfolk", FINDER, "police-101"]),
        ("KINGS LYNN", ["csc-norfolk", FINDER, "police-101"]),
        ("bury st edmunds", ["csc-suffolk", FINDER, "police-101"]),
        ("im in lowestoft", ["csc-suffolk", FINDER, "police-101"]),
        ("i live in st albans", ["csc-hertfordshire", FINDER, "police-101"]),
        ("herts", ["csc-hertfordshire", FINDER, "police-101"]),
        ("Kettering", ["csc-northamptonshire", FINDER, "police-101"]),
        ("West Northamptonshire", ["csc-northamptonshire", FINDER, "police-101"]),
        ("luton", ["csc-luton", FINDER, "police-101"]),
        ("Leighton Buzzard", ["csc-central-bedfordshire", FINDER, "police-101"]),
        ("bedford", ["csc-bedford-borough", FINDER, "police-101"]),
        ("Bedfordshire", [FINDER, "csc-luton", "csc-central-bedfordshire", "csc-bedford-borough", "police-101"]),
        ("Oxford", ["csc-oxfordshire", FINDER, "police-101"]),
        ("aylesbury", ["csc-buckinghamshire", FINDER, "police-101"]),
        ("Milton Keynes", ["csc-milton-keynes", FINDER, "police-101"]),
        ("i live in reading", ["csc-reading", "csc-berkshire-out-of-hours", FINDER, "police-101"]),
        ("newbury", ["csc-west-berkshire", "csc-berkshire-out-of-hours", FINDER, "police-101"]),
        ("Slough", [FINDER, "csc-berkshire-out-of-hours", "police-101"]),
        ("im in wokingham", [FINDER, "csc-berkshire-out-of-hours", "police-101"]),
        ("RG12", [FINDER, "csc-berkshire-out-of-hours", "police-101"]),
        ("SL6 1AA", [FINDER, "csc-berkshire-out-of-hours", "csc-buckinghamshire", "police-101"]),
        ("Thames Valley", [FINDER, "police-101"]),
        ("Leeds", [FINDER, "police-101"]),
        ("london", [FINDER, "police-101"]),
        (
            "im in glasgow",
            ["children-first-scotland", "nspcc-helpline", "scotland-domestic-abuse-helpline", "police-101"],
        ),
        ("EH1", ["children-first-scotland", "nspcc-helpline", "scotland-domestic-abuse-helpline", "police-101"]),
        ("Cardiff", ["nspcc-helpline", "live-fear-free-wales", "police-101"]),
        ("LL57 2DG", ["nspcc-helpline", "live-fear-free-wales", "police-101"]),
        (
            "belfast",
            [
                "ni-gateway",
                "ni-emergency-social-work",
                "nspcc-helpline",
                "ni-domestic-sexual-abuse-helpline",
                "ni-lifeline",
                "police-101",
            ],
        ),
        ("I live in Newport", [FINDER, "nspcc-helpline", "live-fear-free-wales", "police-101"]),
        ("I live in Boston", [FINDER, "police-101"]),
        ("IM1", ["emergency-999"]),
    ],
)
def test_a_place_brings_the_services_near_it(
    places: Places, directory: Directory, message: str, services: list[str]
) -> None:
    place = places.find(message)
    assert place is not None
    assert near(place, directory) == services


@pytest.mark.parametrize(
    "message",
    [
        "", "🙂", "reading a book", "im reading a book", "i like reading", "interested in reading books", "reading",
        "In reading this I felt sick", "i feel deal", "deal", "no deal", "ware", "beware", "sandwich",
        "i had a sandwich", "chat", "can we chat", "hope", "i hope so", "in hope", "street", "in the street",
        "he is on my street", "over", "its over", "in March he hit me", "from March till May", "in the bath",
        "im in bath", "when im in bath he", "a stone", "wells", "he gets messages from Bradley", "my friend Chelsea",
        "Ashley", "sandy is my friend", "eye", "he looked me in the eye", "battle", "m8 leave me alone",
        "b4 he came home", "the M25 was shut", "ne1 there?", "co2 emissions", "gr8", "l8r m8", "he is in a sale",
        "nelson", "he hit me in the head", "I AM SCARED AND I NEED HELP NOW", "help",
        "he took pics of me in the shower", "washington dc",
    ],
)  # fmt: skip
def test_an_ordinary_message_is_no_place(places: Places, message: str) -> None:
    assert places.find(message) is None


@pytest.mark.parametrize(
    ("message", "id"),
    [
        ("I'm in Reading", "reading"),
        ("near Reading", "reading"),
        ("near reading", "reading"),
        ("Im from Reading", "reading"),
        ("he lives in reading and goes to my school", "reading"),
        ("I live in Sandwich", "sandwich"),
        ("I live in March", "march"),
        ("in Deal", "deal"),
        ("from kent", "kent"),
        ("corby", "corby"),
        ("my postcode is pe1 and i need help", "PE1"),
        ("I LIVE IN BATH", "bath"),
        ("i live in b4", "B4"),
        ("in M8", "M8"),
        ("my postcode is n1", "N1"),
        ("E1", "E1"),
        ("we’re in Stoke-on-Trent", "stoke-on-trent"),
        ("he lives in Leeds but i live in Norwich", "leeds"),
        ("norwich is where he is but I live in Ely", "ely"),
    ],
)
def test_a_name_that_is_also_a_word_counts_with_a_cue(places: Places, message: str, id: str) -> None:
    place = places.find(message)
    assert place is not None
    assert place.id == id


def test_a_place_that_was_asked_for_needs_no_cue(places: Places) -> None:
    for answer, id in (("reading", "reading"), ("Deal", "deal"), ("march", "march"), ("m8", "M8")):
        found = places.find(answer, expected=True)
        assert found is not None
        assert found.id == id
    assert places.find("no thanks", expected=True) is None


def test_a_name_that_fits_several_places_is_said_to_be_so(places: Places) -> None:
    newport = places.find("I live in Newport")
    assert newport is not None
    assert newport.ambiguous
    assert newport.area is None
    assert newport.nation is None


def test_only_an_id_is_remembered(places: Places) -> None:
    for message in ("I live at PE1 1AA with my mum", "i live in norwich ok"):
        place = places.find(message)
        assert place is not None
        slots = json.loads(json.dumps(place.slots()))
        assert set(slots) == {"place"}
        assert slots["place"] in ("PE1", "norwich")
        assert places.from_slots(slots) == place
    assert places.from_slots({}) is None
    assert places.from_slots({"place": None}) is None
    assert places.from_slots({"place": "nowhere"}) is None


def test_every_place_has_services_that_may_be_offered(places: Places, directory: Directory) -> None:
    for place in places.places.values():
        ids = near(place, directory)
        assert ids, place.id
        assert all(directory.get(id) for id in ids)
        assert len(ids) == len(set(ids))
        if place.nation == "England":
            assert FINDER in ids, place.id
        elif place.nation in ("Scotland", "Wales", "Northern Ireland"):
            assert FINDER not in ids, place.id


def test_hidden_services_are_not_near_and_something_always_is(places: Places, directory: Directory) -> None:
    place = places.find("Leeds")
    assert place is not None
    assert near(place, directory.hide([FINDER])) == ["police-101"]
    assert near(place, directory.hide([FINDER, "police-101"])) == ["emergency-999"]


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("councils.yml", lambda text: text.replace("PE7: [cambridgeshire,", "PE7: [camelot,"), "camelot"),
        ("councils.yml", lambda _: "finder: x", "nations"),
        ("outward.csv", lambda text: text.replace("England", "Albion", 1), "Albion"),
        ("outward.csv", lambda _: "a,b\n1,2\n", "outward"),
        ("names.csv", lambda text: text.replace(",0,", ",none,", 1), "none"),
        ("cues.yml", lambda _: "place: [in]", "into"),
    ],
)
def test_a_damaged_file_of_places_is_named_with_its_fault(tmp_path: Path, file: str, change, words: str) -> None:
    folder = Path(shutil.copytree(DATA / "places", tmp_path / "places"))
    (folder / file).write_text(change((folder / file).read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DirectoryError, match=words):
        Places.load(folder)


@pytest.mark.parametrize(
    ("text", "reduced"),
    [
        ("PE1 1AA", "PE1"),
        ("pe11aa", "pe1"),
        ("PE11 1AA", "PE11"),
        ("I live at CB2 1TN, ok?", "I live at CB2, ok?"),
        ("sw1a-1aa", "sw1a"),
        ("EC1A1BB", "EC1A"),
        ("M1  1AE and b33 8th", "M1 and b33"),
        ("pe1 oaa", "pe1"),
        ("see me b4 5pm", "see me b4 5pm"),
        ("no postcode here", "no postcode here"),
        ("call 0800 1111", "call 0800 1111"),
        ("", ""),
    ],
)
def test_a_full_postcode_is_cut_to_its_outward_part(text: str, reduced: str) -> None:
    assert reduce_postcodes(text) == reduced


full = st.tuples(
    st.from_regex(rf"\A(?:{AREAS})[0-9][0-9A-Z]?\Z"),
    st.sampled_from(["", " ", "  ", "-", "."]),
    st.from_regex(rf"\A{INWARD}\Z"),
    st.booleans(),
).map(lambda parts: (s := "".join(parts[:3])) and (s.lower() if parts[3] else s))


@given(st.lists(st.one_of(full, st.sampled_from(["i live at", "ok", "1AA", "2nd", "call 101", "b4", ","]))))
def test_no_full_postcode_is_ever_left(parts: list[str]) -> None:
    reduced = reduce_postcodes(" ".join(parts))
    assert not re.search(rf"(?<![A-Z0-9]){OUTWARD}[\s.,_-]{{0,3}}{INWARD}(?![A-Z0-9])", reduced, re.IGNORECASE)
    assert reduce_postcodes(reduced) == reduced


@given(st.text())
def test_reducing_and_finding_take_any_text(text: str) -> None:
    assert len(reduce_postcodes(text)) <= len(text)
    PLACES.find(text)


PLACES = Places.load(DATA / "places")
