"""From what a message was taken for (intents of its parts) to what is answered: needs, most urgent first.

The order of the design: the danger gate, then questions of fact, then intents; two needs are both kept; what was not
understood gets an intent of its own.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from signpost import thresholds as least
from signpost.assistant import Assistant
from signpost.audience import PROFESSIONAL, UNKNOWN, Speaker
from signpost.cues import aspect_of, ordinal_of
from signpost.everyday import EVERYDAY, answer_as_everyday, without_denied
from signpost.meant import needs_as_meant
from signpost.memory import Memory
from signpost.thread import REFUSED, URGENT, keep_thread

NOT_UNDERSTOOD = "nlu_fallback"
FIGURES = ("figures", "claims")

TALKING = ("unhelpful", "hostile", "leave_page", "repeat", "choose", "capabilities", "law", "privacy", "service_info")
MEANT = ("law", "human", "robot", "capabilities", "privacy", "jailbreak", "unhelpful", "hostile")  # not a figure
CRISIS = ("suicide", "suicide_other", "self_harm", "low_mood")  # never on a faint guess beside another need
DONE_TO_THEM = ("disclosure", "survivor", "survivor_images", "rape")
OWN_BEHAVIOUR = ("own_behaviour", "own_behaviour_young")
LONG = 7  # words: such a clause can stand for itself
ABOUT_SERVICES = ("anonymous", "doubts", "report")
OWN_CRISIS = {"suicide": "suicide_other"}  # what the whole message may be taken for when another person is in it
FIRST_PERSON = re.compile(
    r"\bi (?:feel|am|want|wish|will|could|might|cannot|have to|need to|think about|just want) .{0,20}"
    r"\b(?:suicid\w*|die|dead|end it|kill|hurt|harm|live|living|myself)|"
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?) myself\b"
)
THIRD_PERSON = re.compile(
    r"\b(?:himself|herself|themsel(?:f|ves)|he is|she is|they are|(?:he|she) (?:wants|says|said|will|has|took|is)|"
    r"my (?:friend|mate|ex|brother|sister|son|daughter|husband|wife|partner|mum|dad|boyfriend|girlfriend|cousin))\b"
)


def _second(item: tuple[str, float]) -> float:
    return item[1]


@dataclass(frozen=True)
class Reading:
    """What is answered: the intent, how sure it is (0 to 1), and wordless entities as (name, value)."""

    intent: str
    confidence: float
    entities: tuple[tuple[str, Any], ...] = ()


Part = tuple[str, dict[str, float]]


def read(text: str, parts: list[Part], memory: Memory, assistant: Assistant, today: date) -> Reading:
    """Read one message.

    Args:
        text: as typed.
        parts: the folded whole message, then its sentences if more than one, each with {intent: probability}.
        memory: what the conversation remembers.
        today: for "last year".
    """
    choice = assistant.choices.by_title(text)
    if choice is not None and choice.intent not in FIGURES:
        return Reading(choice.intent, 1.0, tuple(choice.entities))
    language = assistant.languages.find(text)
    if language:
        return Reading("help", 1.0, (("language", language), ("need", "help")))
    folded, whole = parts[0]
    urgent = frozenset[str]().union(*(assistant.gate.read(part) for part, _ in parts))
    speaker = assistant.audience.read(folded)
    if not speaker.certain and whole.get("survivor", 0.0) >= least.GROWN_UP:
        speaker = Speaker()
    audience = speaker.audience if speaker.audience != UNKNOWN else memory.audience or UNKNOWN
    needs = _needs(parts, assistant, speaker, audience)
    needs = without_denied(_urgent_first(needs, urgent, folded, speaker, assistant), folded, urgent)
    needs = keep_thread(needs, urgent, memory)
    entities: list[tuple[str, Any]] = [("urgent", kind) for kind in sorted(urgent)]
    if speaker.audience != UNKNOWN and (speaker.certain or "family_knock" not in dict(needs)):
        entities.append(("audience", speaker.audience))
    if speaker.about_child:
        entities.append(("about_child", True))

    services = assistant.directory.find_services(text)
    aspect = aspect_of(folded)
    about_service = bool(aspect) and (bool(services) or (bool(memory.shown) and memory.question is None))
    likely = max(sum(intents.get(intent, 0.0) for intent in FIGURES) for _, intents in parts)
    found = assistant.statistics.read(text, today, memory.question, likely=likely >= least.SURE)
    if found is not None and _is_figure_question(
        found, folded, likely, max((whole.get(intent, 0.0) for intent in MEANT), default=0.0), needs, about_service
    ):
        needs = [n for n in needs if n[1] >= least.BESIDE or n[0] in urgent]
        entities.append(("question", found.slots))
        if not needs:
            entities += [*(("service", service) for service in services if aspect)]
            intent = "claims" if _claims_only(found.slots) else "figures"
            return Reading(intent, max(found.strength, whole.get(intent, 0)), tuple(entities))

    place = assistant.places.find(text, expected=memory.asked == "place")
    if place is not None:
        entities.append(("place", place.slots()))
    entities += [("service", service) for service in services]
    if aspect:
        entities.append(("aspect", aspect))
    ordinal = ordinal_of(folded)
    if ordinal is not None:
        entities.append(("ordinal", ordinal))

    intent, confidence = _intent(
        whole,
        needs,
        speaker,
        memory,
        bool(services),
        aspect,
        place is not None,
        ordinal,
        folded.split(),
        bool(_NEAR.search(folded)),
    )
    everyday = answer_as_everyday(intent, needs, whole, folded, assistant)
    if everyday:
        intent, doubtful = everyday
        return Reading(intent, confidence, (*entities, ("doubtful", True)) if doubtful else tuple(entities))
    chosen = [n for n, _ in needs] if needs and intent == needs[0][0] else []
    entities += [("need", need) for need in chosen]
    return Reading(intent, confidence, tuple(entities))


def _needs(parts: list[Part], assistant: Assistant, speaker: Speaker, audience: str) -> list[tuple[str, float]]:
    """Return up to two safety needs with their probability, most urgent first."""
    whole = needs_as_meant(parts[0][1], assistant, speaker, audience)
    total = sum(whole.values())
    found: dict[str, float] = {}
    ranked = sorted(whole.items(), key=lambda n: -n[1])
    if ranked and ranked[0][0] in DONE_TO_THEM:
        ranked = [n for n in ranked if n[0] not in OWN_BEHAVIOUR or n[1] >= least.ACCUSED]
    other, others = max(
        ((i, p) for i, p in parts[0][1].items() if not assistant.is_need(i)), key=_second, default=("", 0.0)
    )
    asks_fact = other in FIGURES
    harmless = max(0.0 if asks_fact else others, sum(parts[0][1].get(intent, 0.0) for intent in EVERYDAY))
    talk = other in TALKING and ranked and ranked[0][1] >= least.TALK_BEST
    everyday = parts[0][1].get("benign", 0.0) >= (
        least.EVERYDAY_CRISIS if ranked and ranked[0][0] in URGENT else least.EVERYDAY_TALK
    )
    if ranked and not everyday and (ranked[0][1] >= others or total >= (least.TALK if talk else least.SAFETY)):
        found[ranked[0][0]] = ranked[0][1]
        sure = (ranked[0][1] >= least.SURE and audience != PROFESSIONAL) or (len(ranked) > 1 and ranked[1][0] in CRISIS)
        if len(ranked) > 1 and ranked[1][1] >= (least.LIKELY if sure else least.POSSIBLE):
            found[ranked[1][0]] = ranked[1][1]
    found_in_clause: set[str] = set()
    for folded, intents in parts[1:]:
        if len(folded.split()) < 3:
            continue
        own = Speaker(speaker.audience, speaker.age) if FIRST_PERSON.search(folded) else speaker
        named = needs_as_meant(intents, assistant, own, audience)
        total_in_clause = sum(named.values())
        for need, probability in named.items():
            # a clause alone says little: the whole message must not be against it
            enough = max(least.SURE, min(harmless + 0.04, 1.0)) if harmless >= least.HARMLESS else least.SURE
            if (asks_fact and total_in_clause < least.FIGURE_BESIDE) or (need == "help" and harmless >= least.SURE):
                continue
            sure_enough = least.SQUEEZED if ranked and ranked[0][0] in CRISIS else least.CERTAIN
            long = len(folded.split()) >= LONG and ranked and ranked[0][1] < least.UNDIVIDED
            supported = whole.get(need, 0.0) >= least.HINT or long or probability >= sure_enough
            if probability >= enough and (need in found or not found or supported):
                found[need] = max(found.get(need, 0.0), probability)
                if need in OWN_CRISIS and OWN_CRISIS[need] not in found_in_clause:
                    found.pop(OWN_CRISIS[need], None)  # somebody else stands in another clause
                found_in_clause.add(need)
    if not found:
        return []
    if len(found) > 1 and "help" in found:
        del found["help"]
    # what the whole message says always stays, but for a crisis that a clause knows better
    first = ranked[0][0] if ranked and ranked[0][0] in found else next(iter(found_in_clause & OWN_CRISIS.keys()), "")
    if first not in found_in_clause and sum(found[n] >= least.CERTAIN for n in found_in_clause & found.keys()) > 1:
        first = ""  # two clauses, each certain of its own, know better than the mixture
    strongest = sorted(found.items(), key=lambda n: (n[0] != first, n[0] not in found_in_clause, -n[1]))[:2]
    # who may be reporting is not blamed: that reply names the help to stop as well
    if strongest[0][0] in REFUSED and whole.get("found_material", 0.0) >= least.REPORTING:
        return [("found_material", whole["found_material"])]
    # a refusal stands alone, and never in the way of a need that is more likely
    if strongest[0][0] in REFUSED and (len(strongest) < 2 or strongest[0][1] >= strongest[1][1]):
        return strongest[:1]
    strongest = [n for n in strongest if n[0] not in REFUSED]
    return sorted(strongest, key=lambda n: assistant.urgency(n[0]))


def _urgent_first(
    needs: list[tuple[str, float]], urgent: frozenset[str], folded: str, speaker: Speaker, assistant: Assistant
) -> list[tuple[str, float]]:
    """Put what the gate found before the rest. It only adds."""
    named = dict(needs)
    if "suicide" in urgent and not {"suicide", "suicide_other"} & set(named):
        other = speaker.about_child or (
            THIRD_PERSON.search(folded) and not re.search(r"\b(?:myself|my life|i want|i am going)\b", folded)
        )
        named["suicide_other" if other else "suicide"] = 1.0
    if "danger" in urgent and not {"danger", "emergency"} & set(named):
        named["danger"] = 1.0
    first = {"danger": -2, "emergency": -1, "suicide": 0, "suicide_other": 0}
    ordered = sorted(named.items(), key=lambda n: (first.get(n[0], 1), assistant.urgency(n[0])))
    return ordered[:2]


def _claims_only(slots: dict[str, Any]) -> bool:
    """Whether a question of fact asks only for what somebody said."""
    asks = slots.get("asks") or []
    return bool(asks) and all(ask.get("op") == "claim" for ask in asks)


_COUNTS = re.compile(
    r"\b(?:how many|how much|numbers?|figures?|statistics?|stats|totals?|percent|per cent|percentage|average|rate|"
    r"rise|rose|increased?|doubled|tripled|fell|trend|chart|graph|share|proportion|data|dataset|source|counts?|"
    r"said|say|says|claim|claimed|quote|call for|calling for|convicted|prosecuted|prosecutions|suspects?)\b"
)


_SOMEBODY = re.compile(r"\b(?:i|me|my|myself|he|she|him|her|his|we|our|us|you|your|they|them|someone)\b")
_NEAR = re.compile(r"\b(?:near|nearby|close to|local|round here|around here)\b")


def _is_figure_question(
    found: Any, folded: str, likely: float, talk: float, needs: list[tuple[str, float]], about_service: bool
) -> bool:
    """Whether the facts found are asked for; a person's own story with a year or a place in it is not."""
    strongest = max((p for _, p in needs), default=0.0)
    counts = bool(_COUNTS.search(folded))
    if about_service and likely < least.SURE and not counts:
        return False
    if talk >= least.PLAIN and likely < 0.1 and not re.search(r"\d", folded):
        return False
    if found.strength >= 0.8:
        return bool(counts or likely >= 0.2 or strongest < least.SURE or not _SOMEBODY.search(folded))
    if found.follow_up:
        return bool(likely >= 0.2 or strongest < least.SURE)
    return bool(likely + found.strength / 2 >= max(0.5, strongest))


def _intent(
    whole: dict[str, float],
    needs: list[tuple[str, float]],
    speaker: Speaker,
    memory: Memory,
    names_service: bool,
    aspect: str | None,
    names_place: bool,
    ordinal: int | None,
    whole_words: list[str],
    asks_near: bool,
) -> tuple[str, float]:
    """Choose the one intent that Rasa's rules see."""
    top, confidence = max(whole.items(), key=lambda i: i[1])
    strongest = max((p for _, p in needs), default=0.0)
    urgent = bool(needs) and needs[0][0] in URGENT
    if not urgent:
        if (
            aspect
            and (names_service or memory.shown)
            and (
                whole.get("service_info", 0) >= max(0.3, strongest)
                or (names_service and (strongest < least.SURE or (bool(needs) and needs[0][0] in ABOUT_SERVICES)))
                or (len(whole_words) <= 6 and strongest < least.SURE)
            )
        ):
            return "service_info", whole.get("service_info", 0.5)
        if names_place and (
            whole.get("near", 0) >= max(0.25, strongest)
            or (asks_near and strongest < least.SURE)
            or ((memory.asked == "place" or len(whole_words) <= 2) and strongest < least.SURE)
        ):
            return "near", whole.get("near", 0.5)
        if (
            asks_near
            and not names_place
            and whole.get("near", 0) >= least.LIKELY
            and [n for n, _ in needs] in ([], ["help"])
        ):
            return "near", whole["near"]
        if ordinal is not None and (memory.offered or memory.shown) and strongest < least.SURE:
            return "choose", whole.get("choose", 0.5)
        bare = speaker.audience != UNKNOWN and strongest < least.SURE
        if bare and (top == "audience" or memory.asked == "audience" or whole.get("audience", 0) >= 0.3):
            return "audience", whole.get("audience", 0.5)
    if needs:
        return needs[0][0], needs[0][1]
    if names_service and confidence < least.SURE:
        return "service_info", confidence
    if confidence < least.UNDERSTOOD:
        return NOT_UNDERSTOOD, confidence
    return top, confidence
