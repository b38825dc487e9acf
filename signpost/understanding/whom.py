"""For whom a need is answered, and about whom: the words first, then the conversation, then the classifier's belief."""

from collections.abc import Mapping

from signpost.assistant import Assistant
from signpost.understanding.evidence import NO_SUBJECT, Evidence
from signpost.understanding.speaker import ADULT, CHILD, RELATIVE, SELF, SURVIVOR, UNKNOWN

ABOUT, ME = "child", "me"  # the subject where a grown-up speaks about a child, and where it is the writer


def whom(name: str, evidence: Evidence, assistant: Assistant) -> tuple[str, str]:
    """Return the speaker and the subject of a need; wrong ones cost what `data/harm.yml` says."""
    believed = evidence.belief.who.get(name, {})
    said = evidence.speaker
    speaker = said.who if said.who != UNKNOWN and said.certain else UNKNOWN
    if said.young:
        speaker = CHILD
    if speaker == UNKNOWN:
        speaker = evidence.memory.speaker or UNKNOWN
    likely = _least_harm(believed, assistant)
    if speaker == UNKNOWN or (speaker == ADULT and likely in (SURVIVOR, RELATIVE, SELF)):
        speaker = likely
    if said.who == RELATIVE and not said.certain and evidence.memory.speaker is None:
        speaker = CHILD if likely == CHILD else UNKNOWN  # a son or daughter may be grown up or not
    elif speaker == UNKNOWN and said.who != UNKNOWN:
        speaker = said.who  # a guess is better than nothing where nothing speaks against it
    return speaker, _subject(speaker, evidence, believed, assistant)


def _least_harm(believed: Mapping[str, float], assistant: Assistant) -> str:
    """Return the speaker that it costs least to speak to."""
    chances: dict[str, float] = {}
    for key, chance in believed.items():
        speaker = key.split(" ")[0]
        speaker = UNKNOWN if speaker == NO_SUBJECT else speaker
        chances[speaker] = chances.get(speaker, 0.0) + chance
    costs = assistant.table.harm.speakers

    def cost(answered: str) -> tuple[float, bool]:
        return sum(p * costs[answered].get(meant, 0.0) for meant, p in chances.items()), answered != UNKNOWN

    return min(costs, key=cost)


def _subject(speaker: str, evidence: Evidence, believed: Mapping[str, float], assistant: Assistant) -> str:
    """Return whom a need is about, as the routes know it."""
    if evidence.speaker.about_child and speaker != CHILD:
        return ABOUT
    chances: dict[str, float] = {}
    for key, chance in believed.items():
        subject = key.split(" ")[1]
        chances[subject] = chances.get(subject, 0.0) + chance
    subject = max(chances, key=lambda name: chances[name], default=NO_SUBJECT)
    if subject == NO_SUBJECT and assistant.cues.has("of_me", evidence.folded):
        return ME
    return NO_SUBJECT if subject == ABOUT and speaker == CHILD else subject
