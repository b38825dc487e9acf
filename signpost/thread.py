"""What a conversation is about stays first when the next message, read by itself, is only a guess."""

from signpost import thresholds as least
from signpost.memory import Memory

URGENT = ("danger", "emergency", "suicide", "suicide_other")
OWN = ("own_behaviour", "own_behaviour_young")
REFUSED = ("harmful_request", "evasion")

Needs = list[tuple[str, float]]  # (need, probability from 0 to 1), the first answered first


def keep_thread(needs: Needs, urgent: frozenset[str], memory: Memory) -> Needs:
    """Put the need that the last reply answered before a guess: "15. where do I send him" goes on about him.

    Args:
        needs: what the message says by itself, at most two.
        urgent: kinds of danger that the gate found; with any, nothing changes.
        memory: of this conversation.

    Returns:
        At most two needs. A crisis that is likely, and a need that is sure, are never put second.
    """
    kept = [need for need in memory.needs if need not in (*REFUSED, "help")]
    if not kept or not needs or urgent or any(need in kept for need, _ in needs):
        return needs
    guess, probability = needs[0]
    sure = {True: least.GUESSED_REFUSAL, False: least.SURE}[guess in REFUSED]
    if guess == "doubts" and len(needs) == 1:
        # "is it my fault" and "will I go to prison" are asked about what was said before, which keeps its help
        both = [*needs, (kept[0], probability)]
        return both[::-1] if kept[0] in OWN else both
    if probability >= (least.GUESSED_CRISIS if guess in URGENT else sure):
        return needs
    return [(kept[0], probability)] + [n for n in needs[:1] if n[0] not in REFUSED]
