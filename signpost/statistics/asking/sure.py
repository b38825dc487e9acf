"""How sure it is that a clause is a question of fact, from 0 to 1: the one gate between talk and figures."""

from signpost.statistics.asking.clause import Clause
from signpost.statistics.asking.lexicon import Lexicon

SURE, FLOOR = 1.0, 0.4
_GOES_ON = 0.7  # the most that a message is sure that means something only after another
_ANALYSIS = frozenset({"ranked", "average", "change", "share", "most", "least", "total", "years", "chart", "where"})
_WHOLE = frozenset({"available", "areas", "data", "missing", "newer"})
_ABOUT = frozenset({"source", "working", "definition"})
_VAGUE = frozenset({"source", "available"})
_SHORT = 9  # words


class Sureness:
    """Judges clauses. `chief` is the series that is meant when nobody says which."""

    def __init__(self, lexicon: Lexicon, chief: str) -> None:
        self._lexicon = lexicon
        self._chief = chief

    def of(self, clause: Clause, conversing: bool, likely: bool, known_number: bool) -> float:
        """0: no question of fact; up to 0.7: only as a follow-up; 1: certainly one.

        `conversing`: after a figure; `likely`: the message is believed to ask for one; `known_number`: a number said
        is published.
        """
        if self._else(clause, conversing, likely) or not (likely or conversing or self._of_data(clause, known_number)):
            return 0.0
        score = self._named(clause) + self._asked(clause, conversing, known_number)
        score += 0.3 * (conversing and any(period["kind"] == "now" for period in clause.periods))
        score += 0.5 * (likely and bool(clause.facets) and clause.has("asking", "by") and not clause.has("strict"))
        score += 0.35 * likely * (score >= 0.2) + 0.3 * (conversing and len(clause.words) <= _SHORT and score > 0)
        carried = score - 0.12 * min(len(clause.rest), 5) * (not clause.matches and not clause.options)
        return min(SURE, carried) if carried >= FLOOR else 0.0

    def _else(self, clause: Clause, conversing: bool, likely: bool) -> bool:
        """Whether it is something else: a story, a telephone number, a service, a count that no figure holds."""
        if clause.matches and clause.matches[0].label:
            return False
        if clause.has("only_after") and not (conversing and likely):
            return True
        strict, long = clause.has("strict"), any(len(match.words) > 1 for match in clause.matches)
        if (clause.has("aside") and clause.has("personal", "to_you")) or (
            clause.has("service") and not (strict and clause.named)
        ):
            return True
        counted = clause.named or clause.matches or len(clause.options) == 1
        if clause.has("phone") and not (strict and counted and not clause.has("personal")):
            return True
        if not conversing and self._bare_number(clause, likely):
            return True
        if "data" in clause.operations and not clause.has("somebody_else"):
            return False
        if clause.has("personal") or (clause.has("story") and not clause.has("cue")):
            counts = strict or (likely and (clause.has("cue") or bool(clause.operations)))
            return not (counts and (clause.named or long or (likely and conversing)))
        return False

    def _of_data(self, clause: Clause, known_number: bool) -> bool:
        """Whether a first message speaks of the data at all: a name or a year alone, or "any links", may be a need."""
        if known_number or clause.has("strict", "plural", "of_data") or (clause.matches and clause.matches[0].label):
            return True
        asked = set(clause.operations)
        if clause.has("own_case") or (clause.has("told") and not clause.has("mark", "yes_no")):
            return False
        if "definition" in asked:
            chief = any(match.series == self._chief for match in clause.matches)
            return chief or bool(clause.named and clause.matches)
        if asked & _VAGUE and not clause.matches:
            return bool(clause.named or clause.numbers)
        asks = bool(asked or clause.facets or clause.has("cue"))
        if clause.areas and not clause.periods and (clause.facets if clause.matches else clause.options):
            return bool(asked) or clause.has("cue", "asking", "mark", "counts", "about")
        if clause.matches:
            return asks or clause.named or bool(clause.rate) or clause.has("asking", "mark", "counts")
        return asks or bool(clause.numbers or clause.areas or clause.options) or not clause.has("yes_no")

    @staticmethod
    def _bare_number(clause: Clause, likely: bool) -> bool:
        """Whether "the number" may be a telephone number, because nothing of the data is named with it."""
        if not clause.has("cue") or clause.has("plain_count") or clause.named or clause.numbers:
            return False
        if clause.has("number_for"):
            return not any(len(match.words) > 1 for match in clause.matches) or not clause.has("plural")
        many = clause.has("plural") and (likely or clause.text == "numbers")
        return not (clause.matches or clause.operations or clause.rate or clause.steps or clause.facets or many)

    def _named(self, clause: Clause) -> float:
        """What it names of the data."""
        dated = any(period["kind"] != "now" for period in clause.periods) or clause.has("asking", "cue", "about")
        score = 0.3 * (bool(clause.periods) and dated) + 0.3 * bool(clause.areas or clause.places or clause.elsewhere)
        if not clause.matches:
            asks = clause.has("cue", "asking") or clause.named or clause.operations or clause.rate
            return score + 0.25 * (bool(clause.options) and bool(asks))
        match = clause.matches[0]
        if match.label:
            return score + 0.8
        loose = match.words <= {
            "child",
            "abuse",
            "sexual",
            "online",
            "image",
            "offender",
            "grooming",
            "groom",
            "report",
        }
        return score + (0.25 if loose or len(match.words) == 1 else 0.45)

    def _asked(self, clause: Clause, conversing: bool, known_number: bool) -> float:
        """What it asks of them."""
        asked = set(clause.operations)
        score = 0.5 if clause.has("strict") else 0.3 if clause.has("cue") else 0.0
        score += 0.1 * clause.has("lead") + 0.1 * clause.has("mark", "asking", "by")
        if asked & _WHOLE:
            score += 0.6
        elif asked & _ANALYSIS:
            score += 0.4 + 0.1 * (len(asked & _ANALYSIS) > 1)
        elif asked & _ABOUT and (conversing or known_number or clause.matches or clause.has("this") or not clause.rest):
            score += 0.45
        score += 0.4 * (clause.without is not None) + 0.3 * bool(clause.rate) + 0.35 * bool(clause.steps)
        alone = len(clause.words) == 1
        score += (0.5 if clause.has("check") or asked or alone else 0.3) * known_number
        broken_down = {name for name, _ in clause.facets} - {"forecast", "cause"}
        chief = any(match.series == self._chief for match in clause.matches)
        if clause.facets and (clause.has("strict") or conversing or (chief and clause.has("asking") and broken_down)):
            score += 0.4
        if clause.facets and clause.has("asking") and clause.matches and not broken_down:
            score += 0.3
        return score + 0.3 * (clause.has("everything") and (chief or bool(clause.areas)))
