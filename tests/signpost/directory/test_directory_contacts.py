"""Cards, plain text and copy: what is printed, and what can never be."""

import dataclasses
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from directory_support import at

from signpost.directory import Directory, DirectoryError, Service, card, plain
from signpost.directory.feed import attributes, read

CARD_KEYS = {
    "id", "name", "for", "call", "text", "chat", "web", "hours", "cost", "confidential", "anonymous", "age", "expect",
}  # fmt: skip
NOT_TO_BE_PRINTED = (
    "0800 136 663", "0808 800 5005", "01635 503090", "0800 500 2222", "0808 802 9999", "0808 80 10 100", "07860 039967",
    "0808 068 4141", "01344 786543", "0845 089 6262", "03456 066167", "0300 126 1000", "0844 381 4772", "0300 102 1234",
    "0300 123 3393", "01234 223599", "88858", "0300 123 4042", "0345 045 1362", "020 7704 2040", "3188 3500",
)  # fmt: skip


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def everything_reachable(service: Service) -> str:
    return json.dumps(dataclasses.asdict(service), default=str)


def test_a_card_has_the_contract_s_keys(directory: Directory, now: datetime) -> None:
    found = card(directory.service("childline"), now)
    assert set(found) == CARD_KEYS
    assert found["call"] == [{"number": "0800 1111", "href": "tel:08001111", "note": "free"}]
    assert found["chat"] == {
        "label": "Chat online with a counsellor",
        "url": "https://www.childline.org.uk/get-support/1-2-1-counsellor-chat/",
    }
    assert found["hours"] == "Open now, day and night"
    assert found["age"] == "For anyone under 19"


def test_every_card_is_plain_data_with_safe_links(directory: Directory, now: datetime) -> None:
    for service in directory.published():
        found = json.loads(json.dumps(card(service, now)))
        assert set(found) == CARD_KEYS
        links = [c["href"] for c in found["call"]] + [t["href"] for t in found["text"]]
        links += [w["url"] for w in found["web"]] + ([found["chat"]["url"]] if found["chat"] else [])
        assert links, service.id
        assert all(link.startswith(("https://", "tel:", "sms:", "mailto:")) for link in links), service.id


def test_childline_in_plain_text(directory: Directory, now: datetime) -> None:
    assert plain(card(directory.service("childline"), now)).splitlines() == [
        "Childline: Talk to someone about anything that worries you.",
        "Call 0800 1111 (free). Chat: https://www.childline.org.uk/get-support/1-2-1-counsellor-chat/",
    ]


def test_shout_is_reached_by_text(directory: Directory, now: datetime) -> None:
    found = card(directory.service("shout"), now)
    assert found["text"] == [{"label": "Text SHOUT to 85258", "href": "sms:85258?body=SHOUT"}]
    assert found["call"] == []
    assert "Text SHOUT to 85258" in plain(found)


def test_plain_text_is_two_to_five_lines(directory: Directory, now: datetime) -> None:
    for service in directory.published():
        assert 2 <= len(plain(card(service, now)).splitlines()) <= 5, service.id


def test_a_shut_council_shows_its_out_of_hours_number_first(directory: Directory) -> None:
    oxfordshire = directory.service("csc-oxfordshire")
    assert card(oxfordshire, at("2026-11-24 12:00"))["call"][0]["number"] == "0345 050 7666"
    assert card(oxfordshire, at("2026-11-24 22:00"))["call"][0]["number"] == "0800 833 408"


def test_a_line_for_professionals_is_shown_to_them_alone(directory: Directory, now: datetime) -> None:
    norfolk = directory.service("csc-norfolk")
    assert [c["number"] for c in card(norfolk, now)["call"]] == ["0344 800 8020"]
    assert "0344 800 8021" in [c["number"] for c in card(norfolk, now, "professional")["call"]]


def test_a_passing_notice_comes_first(directory: Directory, now: datetime) -> None:
    service = dataclasses.replace(directory.service("napac"), alert="Closed this week.")
    assert card(service, now)["expect"].startswith("Closed this week. ")


def test_a_number_marked_unpublishable_cannot_be_reached(directory: Directory) -> None:
    for row in read(directory.folder):
        found = attributes(row.record)
        service = directory.services[found["slug"][0]]
        reachable = everything_reachable(service)
        if found["publish_number"] == ["false"]:
            assert service.phones == ()
            assert service.texts == ()
            assert service.email is None
        for value in found.get("withheld_phone", ()):
            assert digits(json.loads(value)["number"]) not in digits(reachable), service.id
        for value in found.get("withheld_email", ()):
            assert value not in reachable
        if found["publish_hours"] == ["false"]:
            assert service.spans == ()
            assert service.always_open is None


def test_no_stale_or_misprinted_number_can_be_reached(directory: Directory) -> None:
    numbers = {digits(p.number) for s in directory.services.values() for p in (*s.phones, *s.texts)}
    words = " ".join(everything_reachable(service) for service in directory.services.values())
    for number in NOT_TO_BE_PRINTED:
        assert digits(number) not in numbers
        assert number not in words


def test_lines_that_may_have_closed_are_never_offered(directory: Directory) -> None:
    for id in ("nspcc-report-abuse-in-education", "safeline-male-survivor"):
        assert directory.get(id) is None
        assert directory.service(id) not in directory.published()


@pytest.mark.parametrize("id", ["ceop-safety-centre", "iwf-report", "report-remove", "csc-west-berkshire", "elms-sarc"])
def test_without_a_number_the_page_is_offered(directory: Directory, now: datetime, id: str) -> None:
    found = card(directory.service(id), now)
    assert found["call"] == []
    assert found["web"]


def test_copy_is_filled_from_the_directory(directory: Directory) -> None:
    copy = "Call {number:childline} or {text:shout}. {text:shout}. {name:childline}: {link:ceop-safety-centre} {area}"
    assert directory.fill(copy) == (
        "Call 0800 1111 or text SHOUT to 85258. Text SHOUT to 85258. Childline: "
        "https://www.ceop.police.uk/Safety-Centre/ {area}"
    )


@pytest.mark.parametrize(
    "copy",
    [
        "{number:chidline}",
        "{nummer:childline}",
        "{number:ceop-safety-centre}",
        "{number:safeline-male-survivor}",
        "{link:safeline-male-survivor}",
        "{text:childline}",
        "{chat:samaritans}",
        "{number:}",
    ],
)
def test_copy_that_asks_for_what_may_not_be_printed_is_refused(directory: Directory, copy: str) -> None:
    with pytest.raises(DirectoryError, match=r"\{|No|not"):
        directory.fill(copy)


def test_hiding_a_service_takes_it_out_everywhere_and_breaks_nothing(directory: Directory, now: datetime) -> None:
    without = directory.hide(["childline"])
    assert without.get("childline") is None
    assert without.find_services("is childline open") == []
    assert [c["id"] for c in without.cards(["childline", "samaritans"], now)] == ["samaritans"]
    assert without.fill("You matter. Call {number:childline} now. Or {number:samaritans}.") == "You matter. Or 116 123."
    assert directory.get("childline") is not None
    with pytest.raises(DirectoryError, match="hidden"):
        without.service("childline")


def test_hiding_a_service_that_does_not_exist_is_refused(directory: Directory) -> None:
    with pytest.raises(DirectoryError, match="chidline"):
        directory.hide(["chidline"])


def test_cards_come_in_order_and_once(directory: Directory, now: datetime) -> None:
    ids = ["samaritans", "childline", "samaritans", "no-such-service", "safeline-male-survivor"]
    assert [c["id"] for c in directory.cards(ids, now)] == ["samaritans", "childline"]


def test_every_published_service_says_what_it_is_for_in_few_words(directory: Directory) -> None:
    for service in directory.published():
        assert len(service.what_for.split()) <= 20, service.id
        for sentence in filter(None, (service.expect, service.confidential, service.anonymous)):
            assert len(sentence.split()) <= 34, (service.id, sentence)


def test_nothing_a_visitor_reads_promises_secrecy_or_uses_barred_words(directory: Directory, now: datetime) -> None:
    barred = re.compile(
        r"paedo|monster|pornograph|commit suicide|victim of|\bsecret\b|totally|24/7 help", re.IGNORECASE
    )
    for service in directory.published():
        text = json.dumps(card(service, now)).replace("revengepornhelpline", "")
        assert not barred.search(text), service.id


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("crisis.json", lambda text: text[:-20], "crisis.json: not JSON"),
        ("crisis.json", lambda _: "7", "expected a list"),
        ("crisis.json", lambda _: "[7]", "row 1 is not an object"),
        ("crisis.json", lambda text: text.replace('"status": "active"', '"status": "open"', 1), "status"),
        ("crisis.json", lambda text: text.replace('"116 123"', '"116 one"'), "116 one"),
        ("crisis.json", lambda text: text.replace("MO,TU", "MO,XX", 1), "weekly"),
        ("crisis.json", lambda text: text.replace('"closes_at": "24:00"', '"closes_at": "25:00"', 1), "25:00"),
        ("crisis.json", lambda text: text.replace("2026-11-22", "2026-13-22", 1), "crisis.json, row 1"),
        ("crisis.json", lambda text: text.replace("https://www.samaritans", "http://www.samaritans"), "https"),
        ("crisis.json", lambda text: text.replace('"value": "samaritans"', '"value": "shout"'), "twice"),
        ("aliases.yml", lambda text: text + "  no-such-service:\n    names: [zzz]\n", "no-such-service"),
        ("aliases.yml", lambda text: text + "  galop:\n    names: [childline]\n", "names another service"),
        ("aliases.yml", lambda _: "{", "aliases.yml"),
        ("aliases.yml", lambda _: "services: 3", "aliases.yml"),
    ],
)
def test_a_damaged_file_is_named_with_its_fault(folder: Path, file: str, change, words: str) -> None:
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DirectoryError, match=re.escape(words)):
        Directory.load(folder)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DirectoryError, match="no services found"):
        Directory.load(tmp_path)


def test_a_page_that_is_not_text_is_named(folder: Path) -> None:
    (folder / "crisis.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DirectoryError, match=r"crisis\.json: cannot be read"):
        Directory.load(folder)
