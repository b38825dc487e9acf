"""Stage `belief`: from the probabilities of labels, for each part, to what the message is believed to mean.

Segment, classify, aggregate: the parts come from `words`, their probabilities from the classifier, and are brought
together here with a few calibrated numbers (`data/belief.yml`, fitted on messages that are kept for that alone).
"""

import math
from collections.abc import Mapping
from dataclasses import replace

from signpost.assistant import Assistant
from signpost.understanding.calibration import Calibration
from signpost.understanding.evidence import NO_SUBJECT, Belief, Evidence, Part
from signpost.understanding.speaker import SELF

LEAST = 1e-6  # of a probability, before its logarithm


def stage(evidence: Evidence, assistant: Assistant) -> Evidence:
    """Bring the parts together."""
    parts = evidence.parts
    if evidence.thread is None and not evidence.memory.shown:
        parts = _weighed(parts, assistant.table.roles["ask"], assistant.calibration.opening)
    elif evidence.thread is not None:
        parts = _weighed(parts, assistant.table.roles["ask"], assistant.calibration.going_on)
    belief = believe(parts, assistant.calibration)
    uncued = {
        family: share
        for family, share in assistant.calibration.uncued.items()
        if not assistant.cues.has(family, evidence.folded)
    }
    if evidence.denied:
        uncued[assistant.table.of_role("police")] = assistant.calibration.denied
    if evidence.speaker.who == SELF and evidence.speaker.certain:
        shares = {**assistant.calibration.told, **{f: 0.0 for f in uncued if f in assistant.table.alone}}
        belief = replace(belief, whole=_told(belief.whole, shares, assistant))
    belief = _doubted(belief, uncued, assistant)
    ranked = sorted(belief.whole.items(), key=lambda item: -item[1])[:3]
    return evidence.finding("belief", ", ".join(f"{name} {chance:.2f}" for name, chance in ranked), belief=belief)


def _told(chances: Mapping[str, float], shares: Mapping[str, float], assistant: Assistant) -> dict[str, float]:
    """Give to the own behaviour, which the words tell of, what is easily confused with it."""
    own = assistant.table.roles["own"]
    kept = {name: chance * shares.get(assistant.table.family(name), 1.0) for name, chance in chances.items()}
    kept[own] = kept.get(own, 0.0) + sum(chances.values()) - sum(kept.values())
    return kept


def _weighed(parts: tuple[Part, ...], name: str, share: float) -> tuple[Part, ...]:
    """Lessen what is a second question, where there was no first; where there was, they are what comes next."""
    return tuple(
        Part(
            part.folded,
            {label: p * (share if label.split("/")[0] == name else 1.0) for label, p in part.labels.items()},
        )
        for part in parts
    )


def believe(parts: tuple[Part, ...], calibration: Calibration) -> Belief:
    """Return what the whole (first) and its parts come to."""
    whole, *others = [_by_name(part.labels, calibration.sharpness) for part in parts]
    names = whole.keys() | {name for part in others for name in part}
    if not others:
        return Belief(whole, (), dict(whole), _who(parts))
    strongest = {name: max(part.get(name, 0.0) for part in others) for name in names}
    total = sum(strongest.values()) or 1.0
    share = calibration.whole
    together = {name: share * whole.get(name, 0.0) + (1 - share) * strongest[name] / total for name in names}
    lead = max(together, key=lambda name: together[name])
    said = {name: max(_said(part, name, lead, calibration) for part in others) for name in names}
    return Belief(together, tuple(others), said, _who(parts))


def _by_name(labels: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Return the probability of each need and kind of talk, whoever speaks."""
    found: dict[str, float] = {}
    for label, chance in labels.items():
        name = label.split("/")[0]
        found[name] = found.get(name, 0.0) + chance
    sharpened = {name: chance**sharpness for name, chance in found.items()}
    total = sum(sharpened.values()) or 1.0
    return {name: chance / total for name, chance in sharpened.items()}


def _said(part: Mapping[str, float], name: str, lead: str, calibration: Calibration) -> float:
    """Return the probability that a part says a need in so many words, and not only what the lead says already."""
    if name != max(part, key=lambda other: part[other]):
        return 0.0
    intercept, of_need, of_lead = calibration.said
    odds = intercept + of_need * _log_odds(part[name]) + of_lead * _log_odds(part.get(lead, 0.0))
    return 1 / (1 + math.exp(-odds))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))


def _who(parts: tuple[Part, ...]) -> dict[str, dict[str, float]]:
    """Return {need: {"speaker subject": probability}}, from the whole and every part."""
    found: dict[str, dict[str, float]] = {}
    for part in parts:
        for label, chance in part.labels.items():
            name, *who = label.split("/")
            speaker, subject = who if len(who) == 2 else (NO_SUBJECT, NO_SUBJECT)
            key = f"{speaker} {subject}"
            row = found.setdefault(name, {})
            row[key] = row.get(key, 0.0) + chance
    return {name: {key: c / (sum(row.values()) or 1.0) for key, c in row.items()} for name, row in found.items()}


def _doubted(belief: Belief, uncued: Mapping[str, float], assistant: Assistant) -> Belief:
    """Give to the unknown what a family loses because no words ask for it or tell of it."""
    unknown, family = assistant.table.roles["unknown"], assistant.table.family

    def less(chances: Mapping[str, float]) -> dict[str, float]:
        kept = {name: chance * uncued.get(family(name), 1.0) for name, chance in chances.items()}
        kept[unknown] = kept.get(unknown, 0.0) + sum(chances.values()) - sum(kept.values())
        return kept

    said = {name: chance * uncued.get(family(name), 1.0) for name, chance in belief.said.items()}
    return Belief(less(belief.whole), tuple(map(less, belief.parts)), said, belief.who)
