"""Who speaks, and about whom, is read from what the message states, and from nothing else."""

import pytest

from signpost.understanding.speaker import SPEAKERS, Speaker
from tests.signpost.understanding.speaking import (
    ABOUT_A_CHILD,
    MAYBE_CHILD,
    MAYBE_RELATIVE,
    PROFESSIONAL,
    RELATIVE,
    SELF,
    SURVIVOR,
    UNKNOWN,
    adult,
    child,
    read,
)


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("my husband was arrested", RELATIVE),
        ("police took my husbands laptop this morning", RELATIVE),
        ("i found child abuse images on my partner's phone", RELATIVE),
        ("my son was arrested for indecent images", RELATIVE),
        ("my husband has been charged and i have two kids", Speaker("relative", about_child=True)),
        ("my dad is on the register", MAYBE_RELATIVE),
        ("they arrested my brother", MAYBE_RELATIVE),
        ("my dad is a sex offender", MAYBE_RELATIVE),
        ("my partner looks at images of children", RELATIVE),
        ("they arrested my stepdad, im 13", child(13)),
        ("they came and took my dad's computer, im 12", child(12)),
        ("i saw things on my brothers computer, kids. im 16", child(16)),
        ("my dad got arrested and everyone at school knows", child()),
        ("i am 34 and my brother was convicted", Speaker("relative", 34)),
        ("im 41, police raided my dad", Speaker("relative", 41)),
        ("the man next door was arrested", UNKNOWN),
        ("would they arrest my dad if i said", UNKNOWN),
        ("i want my uncle arrested", UNKNOWN),
        ("my friend got arrested", UNKNOWN),
        ("my partner looks after the children", adult()),
    ],
)
def test_who_has_an_offender_in_the_family_is_a_relative_and_never_the_offender(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("i am attracted to children", SELF),
        ("i have been looking at images of children", SELF),
        ("how do i stop looking at pictures of kids", SELF),
        ("i have urges about little girls", SELF),
        ("im worried about my own behaviour", SELF),
        ("i touched my niece", SELF),
        ("i got arrested for downloading images", SELF),
        ("i have been sexting with underage girls", SELF),
        ("im 15 and im attracted to kids", Speaker("self", 15)),
        ("im in year 10 and i keep looking at videos of kids", Speaker("self", minor=True)),
        ("i am 44 and i watched videos of children", Speaker("self", 44)),
        ("my uncle is attracted to children", MAYBE_RELATIVE),
        ("a man touched my niece", ABOUT_A_CHILD),
        ("how do i stop him looking at kids", UNKNOWN),
        ("im worried about his behaviour", UNKNOWN),
        ("i found him looking at images of children", UNKNOWN),
    ],
)
def test_the_own_behaviour_needs_the_writer_to_have_done_or_wanted(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("I'm a teacher", PROFESSIONAL),
        ("im a nurse on a childrens ward", PROFESSIONAL),
        ("i am the DSL here", PROFESSIONAL),
        ("I'm a TA in reception", PROFESSIONAL),
        ("im a scout leader and a lad told me something", PROFESSIONAL),
        ("as a GP what must I do", PROFESSIONAL),
        ("I work in a nursery", PROFESSIONAL),
        ("one of my pupils told me", PROFESSIONAL),
        ("my pupil has bruises", PROFESSIONAL),
        ("a client told me in therapy that he views child images", PROFESSIONAL),
        ("a child in my class disclosed today", PROFESSIONAL),
        ("i teach year 4", PROFESSIONAL),
        ("im a year 9 teacher", PROFESSIONAL),
        ("one of my year 8s showed me her phone", PROFESSIONAL),
        ("i volunteer at a youth club", PROFESSIONAL),
        ("we are foster carers", PROFESSIONAL),
        ("my year 9s are obsessed with an app", PROFESSIONAL),
        ("i am filipino nurse in a school", PROFESSIONAL),
        ("a member of staff made me uneasy", PROFESSIONAL),
        ("i'm a football coach", PROFESSIONAL),
        ("i am the school nurse", PROFESSIONAL),
        ("im 29 and im a youth worker", Speaker("professional", 29)),
        ("DSL at a secondary, a pupil is being blackmailed", PROFESSIONAL),
        ("youth worker here, one of the lads told me", PROFESSIONAL),
        ("my teacher is creepy", child()),
        ("i am scared of my teacher", child()),
        ("im in love with my teacher", child()),
        ("i got a weird text from my teacher", child()),
        ("a pupil at my school hits me", child()),
        ("my year 9 teacher touches me", child()),
        ("i am the teacher's daughter", UNKNOWN),
        ("he works as a teacher", UNKNOWN),
        ("teacher kissed me", UNKNOWN),
        ("my headteacher knows", MAYBE_CHILD),
        ("i told my therapist", UNKNOWN),
    ],
)
def test_a_job_is_a_professionals_and_a_teacher_of_ones_own_is_a_childs(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("my son wont come out of his room", ABOUT_A_CHILD),
        ("my daughter is 12 and talks to a man", ABOUT_A_CHILD),
        ("my daughter aged 12 talks to a man", ABOUT_A_CHILD),
        ("our grandson has changed", ABOUT_A_CHILD),
        ("my niece told me something about her coach", ABOUT_A_CHILD),
        ("daughter is 10 and someone sent her a picture", ABOUT_A_CHILD),
        ("my 9 year old saw something", ABOUT_A_CHILD),
        ("my boy is 8", ABOUT_A_CHILD),
        ("im her mum", ABOUT_A_CHILD),
        ("as a grandparent what can i do", ABOUT_A_CHILD),
        ("the little boy next door is left alone", ABOUT_A_CHILD),
        ("my neighbours kid cries all night", ABOUT_A_CHILD),
        ("im 36 and my stepson is being blackmailed", Speaker("adult", 36, about_child=True)),
        ("my son is bullied at school", ABOUT_A_CHILD),
        ("i have two kids and a worry", ABOUT_A_CHILD),
        ("im 15 and my baby is being taken away", Speaker("child", 15, about_child=True)),
        ("i am 34 and want to stop", adult(34)),
        ("my husband shouts", adult()),
        ("i am a grown man", adult()),
        ("im in my 60s", adult()),
        ("a man at work has shared a picture of me", adult()),
        ("a woman from work keeps on", adult()),
        ("im at uni", adult()),
        ("i am talking to a grown man", UNKNOWN),
        ("i am with my mum", UNKNOWN),
    ],
)
def test_a_grown_up_speaks_of_a_child_or_of_themself(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        ("my friend, shes 13", UNKNOWN),
        ("my friend is being groomed", UNKNOWN),
        ("my friend from school, shes 13", child()),
        ("my friend in my class, shes 13", child()),
        ("a girl in my year got sent something", child()),
        ("everyone at school has seen it", child()),
        ("head of year at school keeps me behind on my own", child()),
        ("im on the school chromebook", UNKNOWN),
        ("my dad hits me", MAYBE_CHILD),
        ("my mum hits me", MAYBE_CHILD),
        ("my step mum locks me in", MAYBE_CHILD),
        ("my mums boyfriend comes in my room", MAYBE_CHILD),
        ("i cant tell my mum", MAYBE_CHILD),
        ("my mum will kill me", MAYBE_CHILD),
        ("my dad hits me, im 12", child(12)),
        ("my dad hits me and my teacher saw", child()),
        ("my dad hits me and my husband knows", adult()),
        ("sum1 keeps askin my sis 4 pics shes 12", UNKNOWN),
        ("somebody is blackmailing me", UNKNOWN),
        ("he touches me when mum is at work", UNKNOWN),
        ("how many in 2014", UNKNOWN),
        ("my uncle touches me", UNKNOWN),
        ("hello", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_what_may_be_anybodys_stays_open(message: str, speaker: Speaker) -> None:
    assert read(message) == speaker


@pytest.mark.parametrize(
    ("speaker", "audience"),
    [
        (child(), "child"),
        (MAYBE_CHILD, "child"),
        (ABOUT_A_CHILD, "adult"),
        (SURVIVOR, "adult"),
        (RELATIVE, "adult"),
        (SELF, "adult"),
        (Speaker("self", 15), "child"),
        (Speaker("self", 18), "adult"),
        (Speaker("self", minor=True), "child"),
        (PROFESSIONAL, "professional"),
        (UNKNOWN, "unknown"),
    ],
)
def test_the_audience_follows_from_the_speaker(speaker: Speaker, audience: str) -> None:
    assert speaker.audience == audience
    assert speaker.who in SPEAKERS


@pytest.mark.parametrize(
    ("message", "audience"),
    [
        ("an older man wants me to send photos, im 14", "child"),
        ("14f need help", "child"),
        ("im in year 9 and someone has my pics", "child"),
        ("i am twelve", "child"),
        ("my husband was arrested", "adult"),
        ("it happened when i was little", "adult"),
        ("i am 34 and want to stop", "adult"),
        ("teacher at my school texts me at night, im in yr 9", "child"),
        ("my sister is 9 and i am 13", "child"),
    ],
)
def test_the_audience_is_what_the_message_says(message: str, audience: str) -> None:
    assert read(message).audience == audience


def test_a_son_or_daughter_may_be_grown_up_unless_an_age_or_a_school_is_named() -> None:
    assert not read("my dad is on the register").certain
    assert read("my dad is on the register, im 12").certain
    assert read("my dad is on the register and my school knows").certain


def test_a_reading_says_by_which_rules() -> None:
    assert read("my husband was arrested").by == ("somebody of mine arrested",)


@pytest.mark.parametrize(
    "message",
    [
        "my 20 year old daughter was raped at uni",
        "my daughter is 24 and someone shared her nudes",
        "our son, 22, is being blackmailed",
        "my grown up daughter is hit by her husband",
        "my niece is at university and a tutor touched her",
    ],
)
def test_a_son_or_daughter_of_18_or_over_is_no_child(message: str) -> None:
    found = read(message)
    assert (found.who, found.about_child) == ("adult", False)


@pytest.mark.parametrize(
    "message", ["my daughter is 12", "my 8 year old son", "my son 30 mins ago told me", "my niece is at school"]
)
def test_one_who_is_younger_or_whose_age_is_not_told_is_one(message: str) -> None:
    assert read(message).about_child
