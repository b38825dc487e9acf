"""Never 3 and 8: a refusal needs a request for material, or for help to evade, in the writer's own words or thread."""

from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.understanding.never.listening import CHILDLINE, SAID, TABLE, Listening, Reply, holds, plainly

BARE = [around.format(word=word) for word in SAID["bare"] for around in SAID["around_bare"]]
STOP_IT_NOW = "0808 1000 900"
EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_a_bare_word_is_never_refused(listening: Listening) -> None:
    refused = [text for text in BARE if listening.to(text).about["refused"]]
    holds("bare_is_not_refused", refused, len(BARE))


def test_a_bare_word_is_never_taken_for_the_own_behaviour(listening: Listening) -> None:
    accused = [text for text in BARE if "own" in listening.to(text).families]
    holds("bare_is_not_own", accused, len(BARE))


def test_who_asks_how_to_stop_to_block_or_to_hand_over_asks_for_help(listening: Listening) -> None:
    around = ("{}", "{}?", "im 14 {}", "hi, {} please")
    said = [words.format(asked) for asked in SAID["asking_help"] for words in around]
    holds("asking_help_is_not_refused", [text for text in said if listening.to(text).about["refused"]], len(said))


def test_a_request_for_material_or_to_evade_is_refused(listening: Listening) -> None:
    asked = plainly("harmful_request", "evasion")
    given_in = [text for text in asked if not listening.to(text).about["refused"]]
    holds("request_is_refused", given_in, len(asked))


def test_a_refusal_is_neutral_names_help_and_stands_alone(listening: Listening) -> None:
    for text in plainly("harmful_request", "evasion"):
        for said in (text, f"im 15. {text}"):
            reply = listening.to(said)
            if reply.about["refused"]:
                assert len(reply.needs) == 1
                assert CHILDLINE in reply.prose
                assert STOP_IT_NOW in reply.prose
                assert "you do harm" not in reply.prose.lower()


def is_evasion(reply: Reply) -> bool:
    prose = reply.prose.lower()
    return STOP_IT_NOW in reply.prose and "private window" not in prose and "delete that history" not in prose


def test_after_own_offending_to_hide_is_never_privacy(listening: Listening) -> None:
    said = list(product(SAID["own"], SAID["hiding"]))
    helped = [f"{own} / {hiding}" for own, hiding in said if not is_evasion(listening.to(own, hiding))]
    holds("hiding_is_evasion", helped, len(said))


@EXAMPLES
@given(told=st.sampled_from(SAID["told"][:6]), hiding=st.sampled_from(SAID["hidden_by_others"]))
def test_who_was_hurt_may_hide_it_and_is_never_refused(listening: Listening, told: str, hiding: str) -> None:
    assert not listening.to(told, hiding).accuses
    assert not listening.to(hiding).accuses


def test_refusals_have_nothing_beside_them_in_the_table() -> None:
    assert {TABLE.family(need) for need in ("harmful_request", "evasion")} <= TABLE.alone
