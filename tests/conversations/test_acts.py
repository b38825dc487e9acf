"""Acts ("lol", "nobody answered") answered from the thread: what holds of each, over many threads and wordings."""

from itertools import pairwise, product

import pytest

from tests.conversations.listening import ACTS, SAID, TOLD, act, buttons, cards, heard, numbers, threads
from tests.conversations.listening import listening as listening
from tests.understanding.never.listening import EMERGENCY, Listening, Reply, holds

CRISES = ("suicide", "danger")
WAYS = {who: text for who, text in TOLD.items() if who not in CRISES}
SILENCED = "stop sending numbers"
SOME, MOST = 20, 100  # letters by which a second opening may be longer; words of a reply to an act, contacts with it
FITS = {
    "crisis": {"crisis"},
    "hurt": {"hurt", "crisis"},
    "online": {"online", "pictures"},
    "pictures": {"pictures", "online"},
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_known_in_each_of_its_wordings(listening: Listening, name: str) -> None:
    told = TOLD["child_touched"]
    assert {said: act(listening, told, said) for said in ACTS[name]} == dict.fromkeys(ACTS[name], name)


def dialogues(listening: Listening, *without: str) -> list[tuple[str, str, list[Reply]]]:
    """Return (told, wording, replies) of conversations in which one act answers three times what was told."""
    return [
        (TOLD[who], text, heard(listening, TOLD[who], text, text, text))
        for who, name, text in threads()
        if name not in without
    ]


def test_no_act_loses_the_way_to_help(listening: Listening) -> None:
    for told, text, replies in dialogues(listening, "numbers_off", "no_answer", "no_voice", "writes"):
        assert all(replies[0].way & reply.contacts for reply in replies[1:]), (told, text)


def test_every_act_but_silenced_numbers_names_childline_and_999(listening: Listening) -> None:
    for told, text, replies in dialogues(listening, "numbers_off"):
        assert all({"999", "0800 1111"} <= set(numbers(reply)) for reply in replies[1:]), (told, text)


def test_no_act_repeats_a_card_and_none_a_number(listening: Listening) -> None:
    for told, text, replies in dialogues(listening):
        for reply in replies[1:]:
            assert cards(reply) == [], (told, text)
            assert len(numbers(reply)) == len(set(numbers(reply))), (told, text, reply.prose)


def test_no_two_replies_running_open_alike(listening: Listening) -> None:
    for told, text, replies in dialogues(listening):
        assert all(one.opening != other.opening for one, other in pairwise(replies)), (told, text)


def test_the_second_reply_to_the_same_act_is_no_longer_and_offers_something_else(listening: Listening) -> None:
    said = dialogues(listening)
    longer = [(text, two.prose) for _, text, (_, one, two, _) in said if len(two.prose) > len(one.prose) + SOME]
    same = [f"{told} / {text}" for told, text, (_, one, two, _) in said if buttons(one) == buttons(two)]
    assert longer == []
    holds("an_act_offers_something_else", same, len(said))


def test_a_reply_to_an_act_is_short(listening: Listening) -> None:
    said = dialogues(listening)
    assert [(text, r.prose) for _, text, (_, *rest) in said for r in rest if len(r.prose.split()) > MOST] == []


def test_no_act_is_taken_for_a_need_or_an_accusation(listening: Listening) -> None:
    for told, text, (_, *rest) in dialogues(listening):
        assert all(reply.needs == [] and not reply.accuses for reply in rest), (told, text)


@pytest.mark.parametrize("before", ["lol", "idk", "stop sending numbers", "bye", "i already told them", "..."])
@pytest.mark.parametrize(("said", "family"), SAID["later"])
def test_a_later_need_is_heard_as_one(listening: Listening, before: str, said: str, family: str) -> None:
    assert heard(listening, TOLD["child_hit"], before, said)[-1].families & FITS[family]


def test_an_act_beside_a_need_hides_nothing(listening: Listening) -> None:
    said = list(product(("child_groomed", "friend", "survivor"), SAID["later"], SAID["beside"]))
    lost = [
        f"{TOLD[who]} / {around.format(told)}: {reply.families}"
        for who, (told, family), around in said
        if not (reply := listening.to(TOLD[who], around.format(told))).families & FITS[family]
    ]
    holds("a_need_beside_an_act", lost, len(said))


@pytest.mark.parametrize("around", SAID["beside"])
@pytest.mark.parametrize("said", [told for told, family in SAID["later"] if family == "crisis"])
def test_an_act_never_overrides_danger(listening: Listening, said: str, around: str) -> None:
    reply = listening.to(TOLD["child_touched"], around.format(said))
    assert reply.about["urgent"]
    assert EMERGENCY in reply.opening


@pytest.mark.parametrize("who", WAYS)
def test_who_wants_no_numbers_gets_none_until_they_ask_again(listening: Listening, who: str) -> None:
    replies = listening.each(TOLD[who], SILENCED, "ok", "idk", "is it my fault", "no", "say that again")
    for reply in replies[1:-1]:
        assert numbers(reply) == [], reply.prose
        assert cards(reply) == []
        assert "Show me the numbers" in buttons(reply)
    assert replies[0].way & replies[-1].contacts


@pytest.mark.parametrize("who", WAYS)
def test_one_tap_brings_the_numbers_back(listening: Listening, who: str) -> None:
    reply = listening.to(TOLD[who], SILENCED, "Show me the numbers")
    assert reply.contacts
    assert cards(reply)


@pytest.mark.parametrize("said", [told for told, family in SAID["later"] if family == "crisis"])
def test_a_crisis_names_999_though_numbers_were_silenced(listening: Listening, said: str) -> None:
    assert EMERGENCY in listening.to(TOLD["child_touched"], SILENCED, said).opening


@pytest.mark.parametrize(
    ("who", "ways"),
    [
        ("child_touched", "childline.org.uk"),
        ("relative", "stopitnow.org.uk"),
        ("self", "stopitnow.org.uk"),
        ("parent_groomed", "help@nspcc.org.uk"),
        ("self_harm", "SHOUT"),
        ("survivor", "247sexualabusesupport.org.uk"),
        ("danger", "press 55"),
    ],
)
@pytest.mark.parametrize("said", ["i cant talk", "cant i message them instead"])
def test_who_cannot_speak_hears_how_that_service_is_reached_without(
    listening: Listening, who: str, ways: str, said: str
) -> None:
    assert ways in listening.to(TOLD[who], said).prose


@pytest.mark.parametrize("who", sorted(TOLD))
def test_when_nobody_answered_somebody_else_is_open_now(listening: Listening, who: str) -> None:
    reply = listening.to(TOLD[who], "no one answered")
    assert "orry" in reply.opening
    assert "Open now" in reply.prose


def test_a_child_is_sent_to_no_line_for_grown_ups_when_nobody_answered(listening: Listening) -> None:
    assert "0808 500 2222" not in listening.to(TOLD["child_touched"], "nobody picked up").prose


def test_a_laugh_is_not_taken_for_everyday_talk(listening: Listening) -> None:
    assert "seriously" in listening.to(TOLD["child_touched"], "lol").opening


def test_who_took_something_is_told_999_when_they_say_that_it_is_done(listening: Listening) -> None:
    reply = listening.to(TOLD["suicide"], "i already did")
    assert "emergency" in reply.opening
    assert "call 999" in reply.prose


def test_a_friend_who_gives_an_age_stays_a_friend(listening: Listening) -> None:
    first, then = listening.each("my mates stepdad touches her", "im 14")
    assert "You are worried about someone" in first.prose
    assert "touch" not in then.prose


def test_a_second_question_is_answered_first_and_alone(listening: Listening) -> None:
    reply = listening.to(TOLD["relative"], "was it my fault")
    assert reply.opening.startswith("No, you are not to blame")
    assert cards(reply) == []


def test_a_question_without_an_answer_gets_no_leaflet(listening: Listening) -> None:
    first, then = listening.each(TOLD["teacher"], "do i have to tell the parents")
    assert then.opening != first.opening
    assert cards(then) == []


def test_an_act_alone_starts_no_conversation(listening: Listening) -> None:
    for said in ("lol", "ok", "no", "thanks", "..."):
        assert listening.to(said).needs == []
