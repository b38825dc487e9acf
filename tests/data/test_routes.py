"""The routes: which services each need gets, for whom, and in what order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from signpost.answering.answers import Answers
from signpost.copy_linter import REFUSALS
from signpost.directory.choices import Choices
from signpost.directory.directory import Directory
from signpost.directory.routes import AUDIENCES, Route, Routes
from signpost.understanding.needs import Needs

DATA = Path(__file__).parents[2] / "data"
ROUTES = Routes.load(DATA / "routes", choices=DATA / "choices.yml")
COPY = Routes.load(DATA / "copy", DATA / "copy" / "acts", choices=DATA / "choices.yml")
TABLE = Needs.load(DATA)
CHOICES = Choices.load(DATA / "choices.yml")
DIRECTORY = Directory.load(DATA / "services")
ANSWERS = Answers.load(DATA / "answers")
SAFETY = sorted(set(ROUTES) - REFUSALS)
FIRST = 3

WRITTEN = """
danger disclosure groomed images doubts child_trouble worry worry_online report_grooming child_images report
found_material found_device own_behaviour own_behaviour_young family_knock survivor survivor_images adult_images
professional school_images whistleblowing anonymous suicide suicide_other self_harm low_mood domestic_abuse rape
running_away exploitation emergency online_safety help growing_up parents_privacy harmful_request evasion
"""
NEEDS = sorted(ROUTES)


def replies() -> Iterator[tuple[str, Route]]:
    """Every need with its reply to each audience, as a visitor of that audience gets it."""
    for need in ROUTES:
        for audience in AUDIENCES:
            yield f"{need} to {audience}", ROUTES.route(need, audience)


def text(route: Route) -> str:
    return DIRECTORY.fill(" ".join(route.lines))


def first(route: Route) -> list[str]:
    return [service.id for service in route.services[:FIRST]]


def ids(route: Route) -> list[str]:
    return [service.id for service in route.services]


def named(id: str) -> str:
    return DIRECTORY.fill(f"{{number:{id}}}")


def test_no_route_is_lost_and_a_need_leads_to_each() -> None:
    assert set(WRITTEN.split()) <= set(ROUTES) == TABLE.routes()


def test_no_two_needs_are_equally_urgent() -> None:
    urgencies = [ROUTES.route(need).urgency for need in ROUTES]
    assert len(set(urgencies)) == len(urgencies)


def test_what_threatens_a_life_is_answered_before_anything_else() -> None:
    order = [need for need in ROUTES.by_urgency() if need in NEEDS]
    assert order[:5] == ["danger", "emergency", "suicide", "suicide_other", "rape"]


@pytest.mark.parametrize("need", NEEDS)
def test_every_audience_gets_an_answer_written_for_it(need: str) -> None:
    blocks = set(ROUTES.routes[need])
    assert blocks == {"any"} if need in REFUSALS else blocks == set(AUDIENCES)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("need", ["danger", "emergency"])
def test_danger_starts_with_999(need: str, audience: str) -> None:
    route = ROUTES.route(need, audience)
    assert named("emergency-999") in DIRECTORY.fill(route.now)
    assert ids(route)[0] == "emergency-999"
    assert {"silent-solution-55", "emergency-sms-999"} <= set(ids(route))


@pytest.mark.parametrize(
    ("audience", "then"), [("child", "childline"), ("adult", "nspcc-helpline"), ("unknown", "childline")]
)
def test_after_999_danger_names_the_line_for_the_speaker(audience: str, then: str) -> None:
    assert ids(ROUTES.route("danger", audience))[1] == then
    assert named(then) in text(ROUTES.route("danger", audience))


@pytest.mark.parametrize("need", SAFETY)
def test_a_child_is_always_offered_childline_first_hand(need: str) -> None:
    route = ROUTES.route(need, "child")
    assert "childline" in first(route)
    assert named("childline") in text(route) or need == "emergency"


@pytest.mark.parametrize("need", SAFETY)
def test_when_it_cannot_be_told_who_speaks_a_child_can_still_find_childline(need: str) -> None:
    route = ROUTES.route(need, "unknown")
    assert "childline" in ids(route)
    assert "childline" in first(route) or named("childline") in text(route) or need == "emergency"


@pytest.mark.parametrize(
    "need", ["danger", "disclosure", "groomed", "worry", "worry_online", "child_images", "report", "help"]
)
def test_when_it_cannot_be_told_who_speaks_an_adult_finds_the_nspcc_at_once(need: str) -> None:
    route = ROUTES.route(need, "unknown")
    assert "nspcc-helpline" in first(route)
    assert named("nspcc-helpline") in text(route)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("need", SAFETY)
def test_every_safety_answer_says_what_to_do_in_danger(need: str, audience: str) -> None:
    assert named("emergency-999") in text(ROUTES.route(need, audience))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("need", NEEDS)
def test_every_answer_has_something_that_is_open_now_whatever_the_hour(need: str, audience: str) -> None:
    services = [DIRECTORY.service(id) for id in ids(ROUTES.route(need, audience))]
    assert any(service.always_open for service in services)


@pytest.mark.parametrize(("name", "route"), replies(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_answer_offers_a_service_that_may_not_be_offered(name: str, route: Route) -> None:
    assert [id for id in ids(route) if DIRECTORY.get(id) is None] == []


@pytest.mark.parametrize("need", SAFETY)
def test_a_child_is_sent_to_no_adults_service(need: str) -> None:
    route = ROUTES.route(need, "child")
    for_adults = [
        s for s in route.services if (found := DIRECTORY.get(s.id)) and found.minimum_age and found.minimum_age >= 18
    ]
    assert all("grown-up" in service.why for service in for_adults)
    assert "stopncii" not in ids(route)
    assert "revenge-porn-helpline" not in ids(route)


@pytest.mark.parametrize("audience", ["adult", "professional"])
@pytest.mark.parametrize("need", SAFETY)
def test_an_adult_is_not_sent_first_to_a_childrens_service(need: str, audience: str) -> None:
    assert ids(ROUTES.route(need, audience))[0] not in ("childline", "report-remove", "lff-inform-young-people")


@pytest.mark.parametrize(
    ("need", "audience", "services"),
    [
        ("groomed", "child", {"childline", "ceop-safety-centre"}),
        ("images", "child", {"childline", "report-remove", "ceop-safety-centre"}),
        ("images", "unknown", {"childline", "report-remove", "ceop-safety-centre"}),
        ("worry", "adult", {"nspcc-helpline", "gov-uk-report-child-abuse", "police-101"}),
        ("worry_online", "adult", {"nspcc-helpline", "ceop-safety-centre", "police-101"}),
        ("worry_online", "unknown", {"nspcc-helpline", "ceop-safety-centre", "childline"}),
        ("child_images", "adult", {"nspcc-helpline", "report-remove", "ceop-safety-centre"}),
        ("report_grooming", "unknown", {"ceop-safety-centre", "police-101", "nspcc-helpline"}),
        ("report", "adult", {"nspcc-helpline", "gov-uk-report-child-abuse", "police-101"}),
        ("found_material", "child", {"iwf-report", "childline", "report-remove"}),
        ("found_device", "child", {"childline", "police-101"}),
        ("found_device", "adult", {"police-101", "stop-it-now"}),
        ("own_behaviour", "adult", {"stop-it-now", "stop-it-now-self-help"}),
        ("own_behaviour_young", "child", {"childline", "lff-inform-young-people"}),
        ("family_knock", "adult", {"stop-it-now", "lff-inform-families", "samaritans"}),
        ("survivor", "adult", {"napac", "survivors-trust", "rape-crisis-247"}),
        ("survivor_images", "adult", {"take-it-down", "iwf-report", "napac"}),
        ("adult_images", "adult", {"revenge-porn-helpline", "stopncii"}),
        ("adult_images", "unknown", {"revenge-porn-helpline", "stopncii", "report-remove"}),
        ("rape", "adult", {"rape-crisis-247", "nhs-sarc-finder", "emergency-999"}),
        ("rape", "unknown", {"rape-crisis-247", "nhs-sarc-finder", "childline"}),
        ("professional", "professional", {"gov-uk-report-child-abuse", "nspcc-helpline"}),
        ("school_images", "professional", {"professionals-online-safety-helpline", "report-remove"}),
        ("anonymous", "unknown", {"crimestoppers", "nspcc-helpline", "iwf-report"}),
        ("suicide", "adult", {"emergency-999", "samaritans", "nhs-111-mental-health"}),
        ("suicide", "child", {"emergency-999", "samaritans", "childline"}),
        ("low_mood", "unknown", {"samaritans", "nhs-111-mental-health", "childline"}),
        ("domestic_abuse", "unknown", {"emergency-999", "national-domestic-abuse-helpline", "childline"}),
        ("running_away", "child", {"runaway-helpline", "childline", "emergency-999"}),
        ("exploitation", "unknown", {"modern-slavery-helpline", "childline"}),
        ("online_safety", "adult", {"ceop-education", "internet-matters", "nspcc-helpline"}),
    ],
)
def test_the_first_answer_shows_the_services_that_matter_most(need: str, audience: str, services: set[str]) -> None:
    assert services <= set(first(ROUTES.route(need, audience)))


def test_the_first_service_is_the_one_the_need_is_for() -> None:
    assert ids(ROUTES.route("found_material", "adult"))[0] == "iwf-report"
    assert ids(ROUTES.route("report_grooming", "adult"))[0] == "ceop-safety-centre"
    assert ids(ROUTES.route("own_behaviour", "unknown"))[0] == "stop-it-now"
    assert ids(ROUTES.route("own_behaviour_young", "unknown"))[0] == "childline"
    assert ids(ROUTES.route("whistleblowing", "professional"))[0] == "nspcc-whistleblowing"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_suicide_names_every_way_to_reach_someone(audience: str) -> None:
    wanted = {"emergency-999", "samaritans", "shout", "papyrus-hopeline247", "nhs-111-mental-health"}
    assert wanted <= set(ids(ROUTES.route("suicide", audience)))


@pytest.mark.parametrize("need", sorted(REFUSALS))
def test_a_refusal_names_stop_it_now_and_nothing_else(need: str) -> None:
    route = ROUTES.route(need)
    assert set(ids(route)) == {"stop-it-now", "stop-it-now-self-help"}
    assert "I can't help with that" in route.now
    assert named("emergency-999") not in text(route)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_on_a_device_goes_to_the_police_and_not_to_those_who_take_web_addresses(audience: str) -> None:
    route = ROUTES.route("found_device", audience)
    assert "iwf-report" not in ids(route)
    assert "web address" not in text(route)
    assert named("police-101") in text(route)


def test_a_colleague_is_reported_to_the_lado_at_the_local_council() -> None:
    for audience in ("adult", "professional", "unknown"):
        words = text(ROUTES.route("whistleblowing", audience))
        assert "LADO" in words
        assert "local council" in words


@pytest.mark.parametrize("need", ["groomed", "report_grooming", "worry_online"])
def test_ceop_is_never_offered_as_anonymous_or_for_emergencies(need: str) -> None:
    for audience in AUDIENCES:
        route = ROUTES.route(need, audience)
        said = text(route) + " ".join(s.why for s in route.services if s.id == "ceop-safety-centre")
        assert "not for emergencies" in said
        assert any(
            words in said for words in ("how to reach you", "needs your name", "need your name", "not anonymous")
        )


@pytest.mark.parametrize("need", ["images", "adult_images", "child_images"])
def test_who_is_threatened_hears_not_to_pay_and_to_keep_the_account(need: str) -> None:
    for audience in ("child", "adult", "unknown"):
        said = text(ROUTES.route(need, audience)).lower()
        assert "do not pay" in said
        assert "keep your account" in said or "keep the account" in said


def test_an_adult_who_wants_to_stop_hears_where_confidentiality_ends() -> None:
    said = text(ROUTES.route("own_behaviour", "adult"))
    assert "change is possible" in said
    assert "need not give your name" in said
    assert "pass that on" in said


def test_every_service_that_may_be_offered_is_reached_by_some_need_question_or_place() -> None:
    reached = {id for need in ROUTES for route in ROUTES.routes[need].values() for id in ids(route)}
    by_place = {service.id for service in DIRECTORY.published() if service.id.startswith("csc-")}
    assert by_place
    answered = {id for entries in ANSWERS.by_ask.values() for entry in entries for id in entry.about}
    assert {service.id for service in DIRECTORY.published()} - reached - by_place - answered == set()


def test_every_choice_means_an_intent_and_is_offered_somewhere() -> None:
    blocks = [route for routes in (ROUTES, COPY) for need in routes for route in routes.routes[need].values()]
    offered = {choice for route in blocks for choice in route.choices}
    offered |= {kind.tap for kind in TABLE.kinds.values() if kind.tap}
    assert {choice.id for choice in CHOICES} == offered
    assert {choice.intent for choice in CHOICES} <= set(TABLE.kinds)


@pytest.mark.parametrize("need", SAFETY)
def test_when_it_cannot_be_told_who_speaks_the_visitor_can_say_so(need: str) -> None:
    choices = ROUTES.route(need, "unknown").choices
    routes_or_audience = [c for c in choices if c.startswith("audience_") or c == "young_person"]
    assert routes_or_audience or need in ("danger", "emergency", "online_safety")


def test_the_three_routes_stand_where_a_visitor_starts() -> None:
    three = {"young_person", "worried_about_child", "own_thoughts"}
    for reply in ("greet", "not_understood", "start_over", "out_of_scope", "benign", "capabilities"):
        assert three <= set(COPY.route(reply, "any").choices)
    assert three <= set(ROUTES.route("help", "unknown").choices)
