"""How old the writer is, and what they tell of their own childhood."""

import pytest

from signpost.understanding.speaker import Speaker, own_age
from tests.signpost.understanding.speaking import MAYBE_SURVIVOR, SURVIVOR, UNKNOWN, adult, child, read


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("im 11", child(11)),
        ("13f", child(13)),
        ("13 f and a man wont leave me alone", child(13)),
        ("aged 9", child(9)),
        ("eleven", child(11)),
        ("sixteen.", child(16)),
        ("i'm ten!", child(10)),
        ("i am twenty-one", adult(21)),
        ("im turning 14 next week", child(13)),
        ("i turn 16 in june and he wants to meet", child(15)),
        ("im not even 13 yet", child(12)),
        ("im nearly 18", child(17)),
        ("i am 18 in a month", child(17)),
        ("18", adult(18)),
        ("im literally 12", child(12)),
        ("im only like 10 and hes at college", child(10)),
        ("as a 15 year old what can i do", child(15)),
        ("i'm a 14 year old girl", child(14)),
        ("15 year old girl here", child(15)),
        ("my age is 12", child(12)),
        ("me and him, we are both 14", child(14)),
        ("a man keeps asking what i wear, me (14f)", child(14)),
        ("he wants pics, age 12", child(12)),
        ("i have 13 years and a man is bad with me", child(13)),
        ("14/m, someone has my nudes", child(14)),
        ("im 52 and alone", adult(52)),
        ("19 here", adult(19)),
        ("year 8", child()),
        ("in y9", child()),
        ("im in year nine", child()),
        ("yr 10 and i sent something stupid", child()),
        ("primary school", child()),
        ("sixth form", child()),
        ("im in sixth form and a boy shared my pic", child()),
        ("i'm still in secondary school", child()),
        ("im doing my gcses and cant sleep", child()),
        ("im just a kid", child()),
        ("im under 16", child()),
        ("im a girl of 12", child(12)),
        ("we're both 15 and sent pics", child(15)),
        ("im sixteen on friday", child(15)),
        ("you talk to me as if im a kid", UNKNOWN),
        ("just turned 15 and im scared", child(15)),
        ("i am a minor and he knows it", child()),
    ],
)
def test_an_age_or_a_school_year_says_who_speaks(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("my sister is 9 and i am 13", child(13)),
        ("i am 13 and my sister is 9", child(13)),
        ("shes 12", UNKNOWN),
        ("he is 35 years old", UNKNOWN),
        ("a girl who turned out to be 15", UNKNOWN),
        ("a 30 yo man writes to me", UNKNOWN),
        ("talking to a 35 year old", UNKNOWN),
        ("some 40m in my dms", UNKNOWN),
        ("my boyfriend 17m hits me and im 15", child(15)),
        ("he thinks im 18", UNKNOWN),
        ("he doesnt know im 12", child(12)),
        ("i told him im 11 and he said age is just a number", child(11)),
        ("i told him im 18", UNKNOWN),
        ("kids online think im 16. i am 34", adult(34)),
        ("i dont know who to tell im 11", child(11)),
        ("he went online as a 16 year old girl", UNKNOWN),
        ("you talk as if im 5", UNKNOWN),
        ("i told him i am 19 but im 13", child(13)),
        ("he said i could do it when im 16", UNKNOWN),
        ("there was a boy, aged 12", UNKNOWN),
        ("a man of 50 came over, i am 12", child(12)),
        ("my mate is 14 and the guy is 40", UNKNOWN),
        ("i was 8 when it happened, I'm 45 now", Speaker("survivor", 45)),
        ("he touched me when i was 6 and im 15 now", child(15)),
        ("I am 30 and I swapped nudes with a girl who turned out to be 15", Speaker("self", 30)),
        ("i am 17 years older than him", UNKNOWN),
        ("im 5 minutes away", UNKNOWN),
        ("i am 14 weeks pregnant", UNKNOWN),
        ("i am 100% sure", UNKNOWN),
        ("im on the m25", UNKNOWN),
    ],
)
def test_the_age_of_somebody_else_is_not_the_writers(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("it happened when i was little", MAYBE_SURVIVOR),
        ("my uncle touched me when i was a kid", MAYBE_SURVIVOR),
        ("a priest abused me years ago, as a boy", MAYBE_SURVIVOR),
        ("when i was a child my dad did things to me and now im married", SURVIVOR),
        ("it was 30 years ago, i was raped when i was 9", SURVIVOR),
        ("i was 9, i am 52 now", Speaker("survivor", 52)),
        ("im 38. he made me do things when i was in year 7", Speaker("survivor", 38)),
        ("i am a survivor", SURVIVOR),
        ("i was sexually abused as a child", SURVIVOR),
        ("i was abused at boarding school", MAYBE_SURVIVOR),
        ("when i was little we had a dog", UNKNOWN),
        ("he was sweet when he was little", UNKNOWN),
        ("i was small for my class", child()),
        ("when i was small my uncle touched me and my teacher doesnt know", MAYBE_SURVIVOR),
        ("as a kid in the 80s my coach abused me", SURVIVOR),
        ("my grandad touched me when i was six, im in year 9", child()),
        ("he did it 2 years ago", UNKNOWN),
        ("i was hit at school today", child()),
        ("my husband doesnt know that i was molested as a little girl", SURVIVOR),
        ("i was at my nans when he did it", UNKNOWN),
        ("a lollipop man did things, years ago", MAYBE_SURVIVOR),
        ("my swimming teacher did things to me when i was young", MAYBE_SURVIVOR),
        ("told my mum as a kid and she did nothing", UNKNOWN),
        ("my hamster died while i was at school", child()),
        ("does it count as child protection", UNKNOWN),
        ("my partner was abused as a child", adult()),
    ],
)
def test_a_childhood_is_a_survivors_only_with_what_was_done_or_by_a_grown_up(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "age"),
    [
        ("i am 11", 11),
        ("me 15 him 30", 15),
        ("15m", 15),
        ("i am 61 years old", 61),
        ("i am twenty four", 24),
        ("aged 14 and scared", 14),
        ("i am nearly 18", 17),
        ("there is a video of me aged 13, i am 21", 21),
        ("removing a picture, aged 16, now 38", 38),
        ("i was 9, i am 52 now", 52),
        ("i was aged 12 when it started. i am 45", 45),
        ("i am 13, he is now 40", 13),
    ],
)
def test_an_age_of_the_speaker_is_read_and_of_two_the_one_of_today(message: str, age: int) -> None:
    assert own_age(message) == age


@pytest.mark.parametrize(
    "message",
    [
        *("i am 100 percent sure", "she is 12", "in 2014", "i am 5 minutes away", "2 men", "pe1"),
        *("a girl aged 12 in my road", "i am forty minutes away", "he was aged 9"),
    ],
)
def test_other_numbers_are_no_age_of_the_speaker(message: str) -> None:
    assert own_age(message) is None


def test_a_bare_number_beside_a_child_who_is_spoken_of_may_be_the_childs() -> None:
    assert own_age("someone has it, age 12") == 12
    assert own_age("someone has it, age 12", about_child=True) is None


@pytest.mark.parametrize(
    "message", ["my daughter aged 12 talks to a man", "my son, aged 9, was hurt", "my niece, aged 12"]
)
def test_the_age_of_a_child_that_the_speaker_is_worried_about_is_not_the_speakers(message: str) -> None:
    speaker = read(message)
    assert (speaker.audience, speaker.age) == ("adult", None)
