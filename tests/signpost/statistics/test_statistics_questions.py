"""A table of questions, each with exactly what its answer must say first."""

import re
from collections.abc import Callable

import pytest
from tests_statistics import TODAY

from signpost.statistics import Answer, Statistics

SUSPECTS = "suspected online child sex offenders in Cambridgeshire"
QUESTIONS = [
    # one figure
    ("How many suspects were identified in Cambridgeshire in 2014?", f"81 {SUSPECTS} in 2014."),
    ("how many in 2014", f"81 {SUSPECTS} in 2014."),
    ("nobody is hurt, just tell me the number for 2014", f"81 {SUSPECTS} in 2014."),
    ("what was the 2016 figure, and who do I call about a man messaging my niece", f"192 {SUSPECTS} in 2016."),
    ("how many in cambs in twenty fourteen", f"81 {SUSPECTS} in 2014."),
    ("how many in cambrigeshire in 2016", f"192 {SUSPECTS} in 2016."),
    ("how mny suspects in cambridgshire in 2016", f"192 {SUSPECTS} in 2016."),
    ("hi, can you please tell me how many suspects cambridgeshire had two years after 2014? thanks", f"192 {SUSPECTS}"),
    ("I need the stats for 2016 pls", f"192 {SUSPECTS}"),
    ("whats the cambs figure for 2k16", f"192 {SUSPECTS}"),
    ("what's the number for 2014 in cambridgeshire", f"81 {SUSPECTS}"),
    ("number of suspected child sex offenders in cambridgeshire in two thousand and sixteen", f"192 {SUSPECTS}"),
    ("how many paedos in cambs in 2014", f"81 {SUSPECTS}"),
    ("twenty sixteen total", f"192 {SUSPECTS}"),
    ("what's the latest figure", f"192 {SUSPECTS} in 2016."),
    ("2014?", f"81 {SUSPECTS}"),
    ("and 2016?", f"192 {SUSPECTS}"),
    # derived
    ("cambridgeshire 2015 figure", f"155 {SUSPECTS} in 2015."),
    ("how many in 2015", f"155 {SUSPECTS} in 2015."),
    ("is 1 in 2015 still ok or is it 155", "It is 155 people: "),
    ("was it 200 in 2016", "No, it is 192 people: "),
    ("is it true that there were 500 suspects in cambridgeshire", "No, it is 428 people: "),
    ("what was the rise in percentage terms between 2014 and 2016 in cambridgeshire?", "It rose: +137%"),
    ("was it 192 in 2016?", "Yes, it is 192 people: "),
    (
        "how many people were prosecuted in 2014",
        "About 2,205 or more people prosecuted for indecent images of children",
    ),
    # totals
    ("and the total for all three years?", f"428 {SUSPECTS}"),
    ("how many in cambridgeshire", f"428 {SUSPECTS}"),
    ("how many since 2014", f"428 {SUSPECTS}"),
    ("between 2014 and 2016 how many", f"428 {SUSPECTS}"),
    ("how many from 2014 to 2016", f"428 {SUSPECTS}"),
    ("how many suspects all together", f"428 {SUSPECTS}"),
    ("total", f"428 {SUSPECTS}"),
    ("how many in 2014 to 2015 in total", f"236 {SUSPECTS}, 2014 to 2015 added together."),
    ("how many since 2015", f"347 {SUSPECTS}, 2015 to 2016 added together."),
    # the joint total
    ("how many across the seven areas", "More than 4,000 suspected online child sex offenders across the seven"),
    ("how many in all the areas", "More than 4,000"),
    ("how many in the seven police forces together", "More than 4,000"),
    (
        "which areas",
        "The areas are Northamptonshire, Cambridgeshire, Thames Valley, Hertfordshire, Norfolk, Bedfordshire and",
    ),
    ("list the seven areas", "The areas are Northamptonshire, Cambridgeshire"),
    ("how many areas are there", "7 police areas"),
    # change
    ("by what percentage did it rise", "It rose: +137%, or 2.4 times as many."),
    ("has it gone up since 2014", "Yes. It rose: +137%, or 2.4 times as many."),
    ("compare 2014 and 2016", "It rose: +137%"),
    ("how many more in 2016 than in 2014", "It rose: +137%"),
    ("how much did it increase between 2014 and 2015", "It rose: +91.4%, or 1.9 times as many."),
    ("was there a rise in 2015", "Yes. It rose: +91.4%"),
    ("was there a rise in 2016", "Yes. It rose: +23.9%"),
    ("did it double", "Yes, it more than doubled. It rose"),
    ("it tripled, right?", "No, it did not triple. It rose"),
    ("it went down?", "No, it did not go down. It rose"),
    ("did the number fall in 2016", "No, it did not go down. It rose"),
    ("how much did grooming offences in thames valley rise from 2017/18 to 2018/19", "It rose: +140%, or 2.4 times"),
    ("change in iwf reports assessed between 2022 and 2024", "It rose: +13.0%, or 1.1 times".replace("13.0", "13")),
    # average, share, rate, extremes
    ("average per year", "142.7 suspected online child sex offenders a year on average"),
    ("what is the average", "142.7 suspected"),
    ("per month?", "About 11.9 suspected online child sex offenders a month"),
    ("what share of the seven area total is cambridgeshire", "Less than 10.7%"),
    ("what proportion of the seven areas is cambridgeshire", "Less than 10.7%"),
    ("what is 192 as a percentage of 428", "44.9%"),
    ("which year was the highest", "2016 was the highest: 192"),
    ("which year had the lowest number", "2014 was the lowest: 81"),
    # calls
    ("calls to the foundation each month", "700 to 800 calls a month to the Lucy Faithfull Foundation"),
    ("how many calls does the lucy faithful foundation get", "700 to 800 calls a month"),
    ("how many calls a month", "700 to 800 calls a month"),
    ("how many calls a year does the foundation get", "8,400 to 9,600 calls a year"),
    ("calls to the foundation per year", "8,400 to 9,600 calls a year"),
    ("how many missed calls a month in april 2014", "3,676 missed calls a month"),
    # prosecutions
    (
        "people prosecuted for indecent images of children",
        "More than 2,800 people prosecuted for indecent images of children",
    ),
    ("how many prosecutions were there in 2015", "More than 2,800 people prosecuted"),
    ("how much did prosecutions rise", "27%: change on the year before"),
    # claims with a number
    ("what percentage of men looked at porn first", "75% (three quarters) of men viewing indecent images"),
    ("what proportion of men watched porn first", "75% (three quarters)"),
    # other series
    ("how many IWF reports in 2023", "392,665 reports assessed by the Internet Watch Foundation"),
    ("how many reports did the internet watch foundation confirm in 2015", "68,092"),
    ("grooming offences in suffolk 2022/23", "71 offences of sexual communication with a child in Suffolk"),
    ("how many online grooming crimes in the uk in 2024/25", "7,263 offences of sexual communication"),
    ("how many online grooming crimes in the uk in FY 2023/24", "7,062 offences of sexual communication"),
    ("how many child sex offences in norfolk in 2019/20", "1,390 child sexual offences of every kind"),
    ("childline sessions 2015/16", "3,716 Childline counselling sessions about online sexual abuse"),
    ("how many grooming crimes involve snapchat", "About 40% of offences"),
    ("what percentage were against girls in 2021/22", "82% of offences of sexual communication"),
    ("how many children are abused each year", "About 500,000 children who are sexually abused in a year"),
    ("number of people arrested every month in the uk", "Nearly 1,000 arrests a month"),
    ("how many arrests a month in april 2020", "More than 500 arrests a month"),
    ("how many deepfake reports in 2023", "51 reports with criminal AI-generated imagery"),
    ("how many ai videos in 2025", "3,443 AI-generated child sexual abuse videos"),
    ("how many were arrested in operation notarise in cambridgeshire", "8 arrests in Operation Notarise"),
    ("how many image offences in cambridgeshire in 2022/23", "More than 720 child abuse image offences"),
    ("how many image offences in hertfordshire 2016/17", "309 child abuse image offences"),
    ("home office grooming offences in beds 2016/17", "17 recorded sexual grooming offences"),
    ("how many people pose a sexual risk to children in april 2020", "At least 300,000 people who pose a sexual risk"),
    ("nca estimate may 2021", "550,000 to 850,000 people who pose a sexual risk"),
    ("how many people helped by stop it now in 2023/24", "8,774 people helped by the Stop It Now helpline"),
    ("suspects arrested for downloading images in northants in 2016", "210 suspects arrested for downloading"),
    ("how many report remove reports in 2024", "1,142 reports through Report Remove"),
    ("how many adults were abused as children year ending march 2024", "About 4,300,000 adults"),
    ("what percentage of adults were abused as children in the year ending march 2024", "9.1% of adults"),
    ("how many men were abused as children", "About 709,000 men who were sexually abused as children"),
    ("ons flagged crimes in hertfordshire 2019/20", "863 crimes flagged by police as child sexual abuse"),
    ("vkpp online offences 2024", "51,672 child sexual abuse and exploitation offences that took place online"),
    ("how many people reached by stop it now in 2025", "332,458 or 330,610 people reached by Stop It Now"),
    ("how many were found guilty of possessing indecent photographs in 2012", "255 people found guilty of possessing"),
    ("how many child abuse convictions in 2015/16", "4,643 convictions in cases flagged as child abuse"),
    # the rest
    ("what is the source for this", "This is where it is from:"),
    ("whats the source", "This is where it is from:"),
    ("what does suspected mean", "Suspected online child sex offenders: People identified by police"),
    ("show me a chart", "Suspected online child sex offenders, Cambridgeshire (people)"),
    ("give me a graph of iwf reports", "Reports assessed by the Internet Watch Foundation, worldwide"),
    ("what figures do you have", "These are the chief figures that you can ask for:"),
    ("statistics", "These are the chief figures that you can ask for:"),
    ("Show the working", "No sum was needed"),
    ("Are there newer figures?", "Newer figures count something different"),
    # what people said
    ("what does the NSPCC want from police forces", "The NSPCC wants every police force to have a specialist digital"),
    ("what did Mr Findlater say about rehabilitation", "Donald Findlater said that rehabilitation is an alternative"),
    ("what did findlater say about prison", "Donald Findlater said that only locking up"),
    ("what did donald findlater say about chat rooms", "Donald Findlater said that online games and chat rooms"),
    ("what did the nspcc say about sharing images", "The NSPCC calls downloading and sharing"),
    ("what did the nspcc say about tech companies", "The NSPCC says the number of these images"),
    ("what did the home office say", "The Home Office said that more resources"),
    ("what did the government do since 2010", "The Home Office said that since 2010"),
    ("what did the home office say about justice", "The Home Office called child sexual abuse abhorrent"),
    ("is prison the answer according to findlater", "Donald Findlater said that only locking up"),
    ("tell me about the BBC investigation", "The BBC asked the police forces"),
]


@pytest.mark.parametrize(("question", "first"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_a_question_is_answered_exactly(say: Callable[..., Answer], question: str, first: str) -> None:
    assert say(question).text.startswith(first)


def test_the_table_has_at_least_a_hundred_questions() -> None:
    assert len({question for question, _ in QUESTIONS}) >= 100


def test_a_derived_value_shows_its_sum(say: Callable[..., Answer]) -> None:
    answer = say("how many in cambridgeshire in 2015")
    assert "Worked out, not printed in the source: 428 - 81 - 192 = 155." in answer.text
    assert answer.custom["finding"]["status"] == "derived"
    assert "Show the working" in answer.choices


def test_a_value_comes_with_what_it_counts_its_source_and_what_it_does_not_mean(say: Callable[..., Answer]) -> None:
    answer = say("how many in cambridgeshire in 2014")
    assert "BBC" in answer.text
    assert "Freedom of Information" in say("how many in cambridgeshire in 2014", "What does this count?").text
    assert "Suspected is not charged or convicted" in answer.text
    assert answer.custom["finding"]["value"] == "81"
    assert answer.custom["finding"]["period"] == "2014"


def test_people_prosecuted_come_with_the_rise(say: Callable[..., Answer]) -> None:
    answer = say("people prosecuted for indecent images of children")
    assert "27% more than the year before." in answer.text
    assert "Prosecuted is not convicted" in answer.text
    assert "Home Office" in answer.text


def test_the_seven_areas_are_named_with_their_total(say: Callable[..., Answer]) -> None:
    text = say("how many across the seven areas").text
    for area in (
        "Northamptonshire",
        "Cambridgeshire",
        "Thames Valley",
        "Hertfordshire",
        "Norfolk",
        "Bedfordshire",
        "Suffolk",
    ):
        assert area in text


def test_a_chart_has_a_row_for_each_year_and_bars_of_text(say: Callable[..., Answer]) -> None:
    answer = say("show me a chart")
    assert [(row["label"], row["value"]) for row in answer.custom["chart"]["rows"]] == [
        ("2014", 81.0),
        ("2015 (worked out)", 155.0),
        ("2016", 192.0),
    ]
    assert re.search(r"^2016 +#{24} 192$", answer.text, re.M)


def test_a_link_is_given_where_there_is_one(say: Callable[..., Answer]) -> None:
    assert "https://www.eadt.co.uk/news/23723298" in say("grooming offences in suffolk 2022/23").text


def test_several_questions_in_one_message_are_all_answered(say: Callable[..., Answer]) -> None:
    text = say("how many suspects were there in 2014? and in 2016? what did findlater say about prison?").text
    assert f"81 {SUSPECTS} in 2014." in text
    assert f"192 {SUSPECTS} in 2016." in text
    assert "only locking up" in text


def test_two_counts_that_were_made_differently_are_not_compared(say: Callable[..., Answer]) -> None:
    text = say("how much did iwf reports assessed rise from 2013 to 2023").text
    assert "do not include a fair comparison" in text
    assert not re.search(r"\d+%|times as many", text)


def test_areas_are_shown_side_by_side_with_a_warning(say: Callable[..., Answer]) -> None:
    text = say("compare cambridgeshire and norfolk child sexual offences 2022/23").text
    assert "1,364" in text
    assert "1,667" in text
    assert "does not mean that an area is worse" in text


def test_an_open_question_asks_one_short_question_with_buttons(statistics: Statistics) -> None:
    asked = statistics.read("how many offences", TODAY)
    assert asked is not None
    answer = statistics.answer(asked.slots, TODAY)
    assert answer.text.startswith("Which of these do you mean?")
    assert answer.text.count("?") == 1
    assert 2 <= len(answer.choices) <= 4
    assert answer.custom == {}


@pytest.mark.parametrize(
    "aside",
    [
        "anyway",
        "out of interest",
        "if you don't mind",
        "for the record",
        "moving on",
        "i'm writing a piece",
        "dear sir or madam",
        "hmm",
        "cheers pal",
    ],
)
def test_a_side_remark_is_no_topic(say: Callable[..., Answer], aside: str) -> None:
    asked = "what was the cambridgeshire number for 2014"
    assert f"81 {SUSPECTS} in 2014." in say(f"{aside} {asked}").text
    assert f"81 {SUSPECTS} in 2014." in say(f"{asked} {aside}").text


def test_an_unknown_topic_stays_unknown_beside_a_side_remark(say: Callable[..., Answer]) -> None:
    assert "81" not in say("anyway what was the cambridgeshire burglary number for 2014").text
