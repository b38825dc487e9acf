"""A reading as Rasa's rules see it: one intent, and entities without a word of the visitor's."""

from typing import Any

from signpost.assistant import Assistant
from signpost.understanding.evidence import About, Evidence, Need, Place, Question, Reading, Second, Talk
from signpost.understanding.speaker import UNKNOWN

FEWEST = 2  # words of a message that tells something
AGE_ALONE = 4  # words; who says more than an age says who they are, and may correct it
Entities = list[tuple[str, Any]]


def wordless(reading: Reading, assistant: Assistant) -> tuple[str, Entities]:
    """Return the intent of what is answered first, and every ask as entities.

    A need is three entities in a row, `need`, `speaker`, `subject`; the first three are the lead's.
    """
    entities: Entities = []
    for ask in reading.asks:
        match ask:
            case Need(name, speaker, subject):
                entities += [("need", name), ("speaker", speaker), ("subject", subject)]
            case Question(slots):
                entities.append(("question", dict(slots)))
            case Second(asks):
                entities.append(("ask", {name: round(chance, 3) for name, chance in asks.items()}))
            case About(services, aspect):
                entities += [("service", service) for service in services]
                entities += [("aspect", aspect)] if aspect else []
            case Place(slots):
                entities += [("place", dict(slots))] if slots else []
    entities += [("tap", name) for name in reading.taps]
    intent = _intent(reading, assistant)
    if reading.evidence is not None:
        entities += _told(reading.evidence, entities)
        if reading.evidence.act is None and _tells(reading.evidence, intent, assistant):
            entities.append(("act", assistant.acts.told.name))
    return intent, entities


def _tells(evidence: Evidence, intent: str, assistant: Assistant) -> bool:
    """Whether a message that was not understood tells more of what the conversation is about, and asks nothing."""
    unclear = assistant.acts.of_talk(intent) == assistant.acts.of_talk(assistant.table.roles["unknown"])
    tells = len(evidence.folded.split()) >= FEWEST and not assistant.cues.has("asks", evidence.folded)
    return bool(evidence.thread) and unclear and tells and evidence.choice is None


def _told(evidence: Evidence, sofar: Entities) -> Entities:
    """Return what the message tells beside what is asked: danger, a language, who speaks, a choice from a list."""
    found: Entities = [("urgent", kind) for kind in sorted(evidence.danger)]
    if evidence.language is not None:
        found.append(("language", evidence.language.code))
    speaker = evidence.speaker
    if speaker.who != UNKNOWN and (speaker.certain or speaker.corrected):
        found.append(("audience", speaker.audience))
        if not any(name == "speaker" for name, _ in sofar):
            found.append(("speaker", speaker.who))
    if speaker.corrected or (evidence.answers is not None and len(evidence.folded.split()) > AGE_ALONE):
        found.append(("corrected", True))
    if speaker.about_child:
        found.append(("about_child", True))
    if evidence.act is not None and evidence.choice is None:
        found.append(("act", evidence.act.name))
    if evidence.place is not None and not any(name == "place" for name, _ in sofar):
        found.append(("place", {"home": evidence.place["place"]}))  # kept for the nation; no help near it was asked for
    if evidence.ordinal is not None:
        found.append(("ordinal", evidence.ordinal))
    if evidence.choice is not None:
        found += [entity for entity in evidence.choice.entities if entity[0] in ("audience", "about_child")]
    return found


def _intent(reading: Reading, assistant: Assistant) -> str:
    roles = assistant.table.roles
    match reading.asks[0]:
        case Need(name):
            return name
        case Question(slots):
            asks = slots.get("asks") or []
            claims = bool(asks) and all(ask.get("op") == "claim" for ask in asks)
            return roles["claims"] if claims else roles["figures"]
        case Second():
            return roles["ask"]
        case About():
            return roles["service"]
        case Place():
            return roles["place"]
        case Talk(kind):
            return kind
