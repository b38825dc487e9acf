"""Which services a message names."""

import pytest

from signpost.directory import Directory


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("is childline open on sunday night", ["childline"]),
        ("chidline", ["childline"]),
        ("what is the CHILD LINE number??", ["childline"]),
        ("can i text childlinee", ["childline"]),
        ("nspcc", ["nspcc-helpline"]),
        ("whats the N.S.P.C.C number", ["nspcc-helpline"]),
        ("what does Stop It Now do", ["stop-it-now"]),
        ("is stop it now confidential", ["stop-it-now"]),
        ("stopitnow helpline hours", ["stop-it-now"]),
        ("lucy faithfull", ["stop-it-now"]),
        ("the lucy faithful foundation", ["stop-it-now"]),
        ("call the samaritans", ["samaritans"]),
        ("samaratins phone", ["samaritans"]),
        ("how do i tell the iwf", ["iwf-report"]),
        ("internet watch foundation", ["iwf-report"]),
        ("what happens after I report to CEOP", ["ceop-safety-centre"]),
        ("does report remove cost anything", ["report-remove"]),
        ("crime stoppers or crimstoppers", ["crimestoppers"]),
        ("napac", ["napac"]),
        ("text shout", ["shout"]),
        ("is shout free", ["shout"]),
        ("papyruss", ["papyrus-hopeline247"]),
        ("do i ring 101 or 999", ["police-101"]),
        ("call 999", ["emergency-999"]),
        ("can i text 999", ["emergency-sms-999"]),
        ("what is Take It Down", ["take-it-down"]),
        ("childline or nspcc or childline again", ["childline", "nspcc-helpline"]),
        ("what’s the survivor’s trust", ["survivors-trust"]),
        ("thinkuknow", ["ceop-education"]),
        ("do social services tell my mum", ["gov-uk-report-child-abuse"]),
        ("norfolk children’s services number", ["csc-norfolk"]),
        ("SHOUT", ["shout"]),
    ],
)
def test_a_named_service_is_found(directory: Directory, message: str, ids: list[str]) -> None:
    assert directory.find_services(message)[: len(ids)] == ids


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "🙂🙂",
        "my dad will shout at me",
        "he shouts and i hate it",
        "I SHOUTED AT MUM",
        "i want him to stop it now",
        "please make it stop it now i cant",
        "can they take it down please",
        "its childlike behaviour",
        "room 101 is scary",
        "the clock says 999 minutes",
        "one in four children",
        "never mind",
        "a horse at a gallop",
        "he is posh and i refuge to go",
        "we are missing people in our team",
    ],
)
def test_an_ordinary_message_names_none(directory: Directory, message: str) -> None:
    assert directory.find_services(message) == []


def test_every_name_in_the_file_is_understood(directory: Directory) -> None:
    for name, id in directory.names.plain.items():
        assert directory.find_services(f"tell me about {name} please") == [id], name
    for name, id in directory.names.cued.items():
        assert directory.find_services(f"what is {name}") == [id], name
        assert directory.find_services(name) == [id], name


def test_every_service_has_a_name(directory: Directory) -> None:
    assert {*directory.names.plain.values(), *directory.names.cued.values()} == set(directory.services)
