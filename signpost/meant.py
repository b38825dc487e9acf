"""Which need is meant: the same words mean another one when a child, an adult or a professional says them."""

from signpost import thresholds as least
from signpost.assistant import Assistant
from signpost.audience import ADULT, CHILD, PROFESSIONAL, UNKNOWN, Speaker

AS_CHILD = {
    "own_behaviour": "own_behaviour_young",
    "adult_images": "images",
    "survivor_images": "images",
    "survivor": "disclosure",
    "child_images": "images",
    "worry_online": "groomed",
    "school_images": "images",
    "worry": "disclosure",
    "professional": "disclosure",
}
AS_ADULT = {"images": "adult_images", "own_behaviour_young": "own_behaviour"}
ABOUT_A_CHILD = {
    "groomed": "worry_online",
    "images": "child_images",
    "adult_images": "child_images",
    "disclosure": "worry",
    "doubts": "worry",
    "child_trouble": "worry",
    "suicide": "suicide_other",
    "self_harm": "suicide_other",
}
AS_PROFESSIONAL = {
    "worry": "professional",
    "disclosure": "professional",
    "child_images": "school_images",
    "images": "school_images",
    "report": "professional",
}
KNOWN_SPEAKER = ("survivor", "school_images")  # the words themselves say who speaks


def needs_as_meant(
    intents: dict[str, float], assistant: Assistant, speaker: Speaker, audience: str
) -> dict[str, float]:
    """Return {need: probability}: the needs among the intents, as this speaker means them.

    `audience` is who is speaking by this message or, if it does not say, by the ones before.
    """
    needs: dict[str, float] = {}
    for intent, probability in intents.items():
        if assistant.is_need(intent):
            sure = probability >= least.PLAIN and (speaker.age is None or intent == "survivor")
            plain = sure and (speaker.audience == UNKNOWN or intent in KNOWN_SPEAKER)
            need = intent if plain else _translate(intent, speaker, audience)
            needs[need] = needs.get(need, 0.0) + probability
    return needs


def _translate(need: str, speaker: Speaker, audience: str) -> str:
    """Return the need as this speaker means it."""
    if speaker.audience == CHILD or (audience == CHILD and speaker.audience == UNKNOWN):
        return AS_CHILD.get(need, need) if speaker.age is not None or need not in ("worry", "professional") else need
    if audience == PROFESSIONAL and need in AS_PROFESSIONAL:
        return AS_PROFESSIONAL[need]
    if speaker.about_child:
        return ABOUT_A_CHILD.get(need, need)
    if audience == ADULT and speaker.age is not None:
        return AS_ADULT.get(need, need)
    return need
