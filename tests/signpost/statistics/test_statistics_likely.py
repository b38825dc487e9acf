"""When it is sure that a figure or a claim is asked for, naming any part of the data is enough."""

import pytest
from tests_statistics import TODAY

from signpost.statistics import Answer, Statistics, wording

SUSPECTS = "suspected online child sex offenders in Cambridgeshire"
SEVEN = "More than 4,000 suspected online child sex offenders across the seven"
# (turns, what the answer says, whether it is plain enough to be answered without being told that it is likely)
ASKED: list[tuple[str, tuple[str, ...], bool]] = [
    ("northamptonshire arrests 2014", ("33 suspects arrested",), False),
    ("rank the cambridgeshire years", ("1. 2016: 192", "2. 2015: 155", "3. 2014: 81"), True),
    ("put the cambs years in order", ("1. 2016: 192", "3. 2014: 81"), True),
    ("order the years from highest to lowest", ("1. 2016: 192",), True),
    ("im dying to know the 2015 number for cambs", (f"155 {SUSPECTS}",), True),
    (
        "child sexual abuse image offences recorded by police in england and wales 2023/24",
        ("38,685 child sexual abuse image offences",),
        True,
    ),
    ("tell me everything you have on cambridgeshire suspects", ("81", "155", "192", "428"), True),
    ("all you have on cambs", ("81", "155", "192", "428"), True),
    ("what ages were the offenders", ("do not include how old",), True),
    ("what is the ethnicity of suspects", ("do not include anyone's ethnic group",), True),
    ("what jobs did the suspects have", ("do not include what work",), True),
    ("breakdown by age", ("do not include how old",), False),
    ("do you have it by ethnicity", ("do not include anyone's ethnic group",), False),
    ("were they convicted", ("do not include what happened afterwards",), False),
    ("thames valley's own share of the 4000", ("do not include Thames Valley", "no published figure of its own"), True),
    ("norfolk's own number", ("do not include Norfolk",), False),
    ("my coursework is killing me, average per year in cambridgeshire?", ("142.7", "428 / 3 = 142.7"), False),
    ("dead simple question, cambs 2016?", (f"192 {SUSPECTS}",), False),
    ("im not in danger i just want the cambs 2014 number", (f"81 {SUSPECTS}",), False),
    ("my teacher asked how many in cambridgeshire in 2016", (f"192 {SUSPECTS}",), False),
    ("need stats for my dissertation, cambs 2016", (f"192 {SUSPECTS}",), True),
    ("no one is in any danger, I only want the 2016 figure", (f"192 {SUSPECTS}",), True),
    ("how many got hurt lol just kidding how many suspects in cambs 2016", (f"192 {SUSPECTS}",), True),
    (
        "how many people in cambridgeshire attacked the report, kidding, what was the percentage rise 2014 to 2016",
        ("+137%",),
        True,
    ),
    ("what about 2015 in cambs, the article doesnt say", ("155", "428 - 81 - 192 = 155"), True),
    ("How many people were identified by all seven forces together?", (SEVEN,), True),
    ("deadline tonight, need the seven force total", (SEVEN,), True),
    ("which forces were included >> how many did they find between them", (SEVEN,), True),
    ("what was found across Northamptonshire, Beds, Herts and the rest in total", (SEVEN,), True),
    ("what's the grand total for the seven counties", (SEVEN,), True),
    ("which counties were in the investigation", ("Thames Valley", "Bedfordshire", "Suffolk"), True),
    ("what areas did the story cover", ("Northamptonshire", "Hertfordshire", "Norfolk"), True),
    ("which county has the most", ("do not include a fair way", "does not mean that an area is worse"), True),
    ("northamptonshire rise from 2014 to 2016", ("+536%", "33 in 2014", "210 in 2016", "six"), True),
    ("how many in northants in 2014", ("33 suspects arrested", "counts something else"), True),
    ("herts rise 2014 to 2016", ("more than doubled", "counts something else"), True),
    ("norfolk rise from 2014 to 2016", ("do not include Norfolk",), True),
    ("how many of the 2024 offences were online in england and wales", ("51,672", "42%"), False),
    ("what number of offences in 2024 happened online in england and wales", ("51,672", "42%"), False),
    ("how much higher was 2016 than 2014", ("+137%",), True),
    ("how many people ring the stop it now helpline in a year", ("8,400 to 9,600",), True),
    ("how busy is the stop it now helpline each month according to the bbc story", ("700", "800"), True),
    ("how many calls does the helpline get a month, according to the bbc story", ("700", "800"), True),
    ("according to the bbc, how many people were prosecuted", ("2,8",), True),
    ("according to the article how many suspects were found in cambridgeshire in 2014", ("81",), True),
    ("figures for the whole uk", ("do not include UK",), True),
    # claims
    ("findlater on prison", ("only locking up",), True),
    ("home office on resources", ("more resources than ever before",), True),
    ("what age do offenders claim to be", ("13 or 14", "Donald Findlater"), True),
    ("how old do offenders say they are in chat rooms", ("13 or 14",), True),
    ("who is Donald Findlater", ("Donald Findlater of the Lucy Faithfull Foundation", "said"), True),
    ("whos findlater", ("Donald Findlater of the Lucy Faithfull Foundation",), True),
    ("what does the charity say", ("The NSPCC wants", "Donald Findlater said"), True),
    ("what does the charity say about prison", ("only locking up",), True),
    ("what does the nspcc say about the pictures", ("a crime scene", "suffering"), True),
    ("who said it needs industry and government to work together", ("It wants industry",), True),
    ("what did the experts say", ("The NSPCC", "The Home Office", "Donald Findlater"), False),
    ("did any chief constable respond", ("do not include what was said",), False),
    ("what does the nspcc reckon", ("The NSPCC",), False),
    ("did the home office defend itself", ("The Home Office",), False),
    ("who came up with 75 percent", ("three quarters",), True),
    ("who used the word abhorrent", ("The NSPCC",), True),
    ("what is the nspcc calling for", ("specialist",), True),
    # follow-ups
    ("prosecutions in 2015 >> how much was that up by", ("27%",), False),
    ("prosecutions in 2015 >> was that a rise on the year before", ("27%",), False),
    ("cambridgeshire 2014 >> by what percentage had it changed by 2016", ("+137%",), True),
    ("cambs 2014 >> how much had it gone up by 2015", ("+91.4%",), True),
    ("cambs 2014 >> was there a rise in 2016", ("+23.9%",), True),
    ("cambs 2015 >> how do you know that", ("This is where it is from", "428 - 81 - 192 = 155"), False),
    ("cambs 2015 >> says who", ("This is where it is from",), False),
    ("cambs 2015 >> prove it", ("This is where it is from",), False),
    ("cambs 2015 >> where did you get that", ("This is where it is from",), False),
    ("cambs 2015 >> who told you that", ("This is where it is from",), False),
]


def answers(statistics: Statistics, turns: str, likely: bool) -> tuple[Answer, float]:
    previous = None
    for turn in turns.split(" >> "):
        asked = statistics.read(turn, TODAY, previous, likely=likely)
        assert asked is not None, turn
        answer = statistics.answer(asked.slots, TODAY)
        previous = answer.slots
        strength = asked.strength
    return answer, strength


@pytest.mark.parametrize(("turns", "says"), [row[:2] for row in ASKED], ids=[row[0] for row in ASKED])
def test_what_is_surely_a_question_is_answered(statistics: Statistics, turns: str, says: tuple[str, ...]) -> None:
    answer, strength = answers(statistics, turns, likely=True)
    assert strength >= 0.8
    for words in says:
        assert words in answer.text


PLAIN = [row[:2] for row in ASKED if row[2]]


@pytest.mark.parametrize(("turns", "says"), PLAIN, ids=[turns for turns, _ in PLAIN])
def test_a_plain_question_is_answered_without_being_told(
    statistics: Statistics, turns: str, says: tuple[str, ...]
) -> None:
    answer, strength = answers(statistics, turns, likely=False)
    assert strength >= 0.5
    for words in says:
        assert words in answer.text


NEVER = """
son 15 being sextorted on snapchat, they want money
a streamer asks underage fans for pictures, who wants to know
nspcc line for staff who want to speak out
what age is report remove for
whats the number
whats the number for the police
can i have the number
Would the school find out that it was another parent who reported?
Number for women's aid or similar please
I'd prefer to pass on this information in confidence
what is stop it now
what is the nspcc
lucy faithfull foundation
he wants more pics or hell post the first one
he said its a special game just for us
dads gone missing and he said he wants to end it
a man claims to be 14 and talks to my daughter
the charity said they would call me back
which charity can i talk to
i was abused in cambridgeshire in 2015
my ex was arrested in northamptonshire in 2016
my daughter is 14 and a 2016 video of her is online
he went to prison in 2014
put it all in order i cant cope
a child was abused in norfolk in 2014
what happens on a stop it now call
what is report remove for
how much for a 14 year old
so low today
i just want it to stop
i'm dying to talk to someone
""".strip().splitlines()


@pytest.mark.parametrize("likely", [False, True])
@pytest.mark.parametrize("message", NEVER)
def test_a_story_or_a_call_for_help_is_no_question_of_fact(statistics: Statistics, message: str, likely: bool) -> None:
    assert statistics.read(message, TODAY, likely=likely) is None


# First messages of need that name a body, a year, a place or a number, and ask for no figure.
NEEDS = """
does anyone believe men
lost my rag at work again. went home and punched the wall till my hand bled
AI pictures only, no real child, so nobody is hurt, so why do I feel like dirt every morning
did time for it in 2015, been good since
What counts as county lines? My nephew in Hull has been selling
got any links lol
can't phone, deaf, text only. what have you got?
IWF report
Been on hold to 101 for an hour
do people believe boys
does anybody believe women who drink
did time in 2012, never again
was inside till 2019, clean since
is it over now
got a link for that
any website for lads
what have you got for me
what counts as grooming? my niece is 13
what does sextortion mean
NSPCC report
ceop report
its only cartoons, no actual kid, so why do i feel sick
grooming on snapchat. she is 12
stuck on hold to 111 for 2 hours
live in Norfolk, need help
bedfordshire, girl 14, met a man online
arrested in 2016 and my life is over
punched a wall, hand bled, increasing rage
it has got worse since 2022
how do you work
image offences charge next week
court in 2027 for image offences
what is the source of his anger
""".strip().splitlines()


@pytest.mark.parametrize("message", NEEDS)
def test_a_first_message_of_need_is_no_question_of_figures(statistics: Statistics, message: str) -> None:
    assert statistics.read(message, TODAY, None, likely=False) is None


def test_the_areas_asked_for_come_from_the_count_of_areas(statistics: Statistics) -> None:
    answer, _ = answers(statistics, "which counties were in the investigation", likely=False)
    assert answer.custom["finding"]["series"] == "police areas in the BBC's seven-area total"
    assert answer.custom["finding"]["figures"] == ["bbc-foi-areas-covered--seven-areas--2014-to-2016"]


def test_figures_of_another_series_are_not_passed_off_as_the_ones_named(statistics: Statistics) -> None:
    answer, _ = answers(statistics, "suspected online child sex offenders in northamptonshire in 2014", likely=True)
    assert "do not include Northamptonshire" in answer.text
    assert answer.custom == {}


@pytest.mark.parametrize("message", ["how many offences in zanzibar bottomwhistle", "cambridgeshire burglaries 2014"])
def test_another_topic_gets_no_number(statistics: Statistics, message: str) -> None:
    answer, _ = answers(statistics, message, likely=True)
    assert "finding" not in answer.custom


def test_every_short_title_of_a_series_is_understood(statistics: Statistics) -> None:
    for series in statistics.package.series.values():
        for area in (None, statistics.figures.place(statistics.figures.areas(series.id)[0])):
            title = wording.question(series, area)
            answer, _ = answers(statistics, title, likely=False)
            assert answer.custom["finding"]["figures"][0].startswith(series.id), title
            assert len(series.title) <= 60
