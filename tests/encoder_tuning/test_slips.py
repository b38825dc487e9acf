"""What the encoder meets while it is tuned: slips and polite wrapping that leave the message readable."""

import random

import pytest
from rapidfuzz.distance import OSA

from encoder_tuning.slips import slip, variant, wrap

SAID = "an older man online wants me to send photos"


@pytest.mark.parametrize("seed", range(20))
def test_slips_change_a_few_letters_and_no_more(seed: int) -> None:
    slipped = slip(SAID, random.Random(seed))
    assert OSA.distance(SAID, slipped) <= 3


def test_a_message_without_letters_is_left_alone() -> None:
    assert slip("999", random.Random(1)) == "999"


@pytest.mark.parametrize("seed", range(20))
def test_wrapping_keeps_every_word_of_the_message(seed: int) -> None:
    wrapped = wrap(SAID, random.Random(seed))
    assert SAID in wrapped
    assert wrapped != SAID


def test_the_same_seed_gives_the_same_variants() -> None:
    def four(seed: int) -> list[str]:
        chance = random.Random(seed)
        return [variant(SAID, chance, may_wrap=True) for _ in range(4)]

    assert four(3) == four(3) != four(4)


def test_what_may_not_be_wrapped_gets_no_plea() -> None:
    chance = random.Random(5)
    assert not any("please" in variant("show me the list", chance, may_wrap=False) for _ in range(200))
