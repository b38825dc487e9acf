"""Stage `names`: services and places that are named, what is asked about a service, and "the second one"."""

from signpost.assistant import Assistant
from signpost.cues import aspect_of, ordinal_of
from signpost.understanding.evidence import Evidence

# What words are worth as evidence, as probabilities, beside the classifier's.
NAMED_AND_ASKED, SHOWN_AND_ASKED, NAMED = 0.6, 0.5, 0.2
PLACE_ASKED_FOR, PLACE_AND_NEAR, NEAR, PLACE_ALONE = 0.9, 0.7, 0.2, 0.6
FEW = 6  # words; so short a message may be about what stands on the screen
BARE = 2  # words; a place alone


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Find what is named, and how likely a service or help near a place is asked for."""
    services = tuple(assistant.directory.find_services(evidence.text))
    aspect, ordinal = aspect_of(evidence.folded), ordinal_of(evidence.folded)
    choice = assistant.choices.by_title(evidence.text)
    if choice is not None and assistant.table.family(choice.intent) == assistant.table.of_role("figures"):
        choice = None  # read like any typed question
    expected = evidence.memory.asked == "place"
    nearby = [part.folded for part in evidence.parts[1:] if assistant.cues.has("near", part.folded)]
    places = (assistant.places.find(words, expected=expected) for words in (*nearby, evidence.text))
    place = next((found for found in places if found is not None), None)
    found = evidence.finding(
        "names",
        ", ".join([*services, *([f"asks {aspect}"] if aspect else []), *(["a place"] if place else [])]),
        services=services,
        aspect=aspect,
        ordinal=ordinal,
        place=place.slots() if place else None,
    )
    return found.finding(
        "names",
        "",
        choice=choice,
        asks_service=_either(_of(found, assistant.table.roles["service"]), _service(found)),
        asks_place=_either(_of(found, assistant.table.roles["place"]), _place(found, assistant)),
    )


def _of(evidence: Evidence, name: str) -> float:
    """Return the most that the whole or a part is believed to be this kind of talk."""
    return max(chances.get(name, 0.0) for chances in (evidence.belief.whole, *evidence.belief.parts))


def _either(one: float, other: float) -> float:
    return 1 - (1 - one) * (1 - other)


def _service(evidence: Evidence) -> float:
    few = len(evidence.folded.split()) <= FEW
    if evidence.services:
        return NAMED_AND_ASKED if evidence.aspect or few else NAMED
    return SHOWN_AND_ASKED if evidence.aspect and evidence.memory.shown and few else 0.0


def _place(evidence: Evidence, assistant: Assistant) -> float:
    near = assistant.cues.has("near", evidence.folded)
    if evidence.place is None:
        return NEAR if near else 0.0
    if evidence.memory.asked == "place":
        return PLACE_ASKED_FOR
    if near:
        return PLACE_AND_NEAR
    return PLACE_ALONE if len(evidence.folded.split()) <= BARE else 0.0
