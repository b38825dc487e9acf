"""Who is speaking: an age, a school year, a relation or a job that the message itself states. Never a guess."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

CHILD, ADULT, PROFESSIONAL, UNKNOWN = "child", "adult", "professional", "unknown"
UNDER = 18  # a child is under 18

_NOT_YEARS = (
    r"(?! ?(?:%|percent|per cent|months?|weeks?|days?|hours?|minutes?|mins?|miles|pounds|"
    r"st\b|stone|kg|of\b|times|kids|children))"
)
_MODEST = r"(?:now |only |just |nearly |almost |about |a )?"
_AFTER = r"(?: ?(?:years? old|yrs? old|yo|y o|years?|male|female|m|f|boy|girl))?\b" + _NOT_YEARS
_TEENS = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS = {name: age for age, name in enumerate((*_TEENS, "seventeen", "eighteen", "nineteen"), 6)}
_WORDS |= {name: age for age, name in zip(range(20, 90, 10), _TENS, strict=True)}
_WORDS |= {f"{ten} {one}": _WORDS[ten] + n for ten in _TENS for n, one in enumerate(_ONES, 1)}
_SPELT = "|".join(sorted(_WORDS, key=len, reverse=True))
# Of several, what somebody is now goes before what they were, or what stands beside them.
_OWN_AGE = (
    re.compile(r"\b(?:i am|i'm|im|i turned|i just turned|am) (?:a )?" + _MODEST + r"(?P<age>\d{1,2})" + _AFTER),
    re.compile(r"\bi am " + _MODEST + r"(?P<age>" + _SPELT + r")\b" + _NOT_YEARS),
    re.compile(r"\b(?:me|i was)\b.{1,40}[,.;]? now (?P<age>[2-9]\d)(?=$|[,.;)])"),
    re.compile(r"\baged? \d{1,2}[,.;] now (?P<age>[2-9]\d)(?=$|[,.;)])"),
    re.compile(r"^(?:i am )?(?P<age>\d{1,2})(?: ?(?:years? old|yo|yrs?))?[.! ]*$"),
)
_NOT_YET = re.compile(
    r"\b(?:nearly|almost|not yet|turning) (?:18|eighteen)\b|\b(?:18|eighteen) (?:next|tomorrow|soon|in a)\b"
)
# A bare number beside a name may be anybody's, so these count only where the message is not about a child.
_BESIDE = (
    re.compile(r"(?:^|\bme,? )(?:girl |boy |female |male )?aged? (?P<age>\d{1,2})" + _AFTER),
    re.compile(r"\bme,? " + _MODEST + r"(?P<age>\d{1,2})" + _AFTER),
    re.compile(r"(?:^|[\s(\[])(?:(?P<a>\d{1,2}) ?(?:f|m|yo f|yo m)|(?:f|m) ?(?P<b>\d{1,2}))(?=$|[\s,.)\]])"),
    re.compile(r"(?:[,.]| and| but| btw) (?:am|aged|age|im) (?P<age>\d{1,2})[.! ]*$"),
)


class AudienceError(ValueError):
    """The file of patterns is missing or damaged; the message names it and the fault."""


@dataclass(frozen=True)
class Speaker:
    """What the message says of who speaks: an audience or `unknown`, the age in years if given, whether it is about a
    child, and whether a child is certain: a parent's son or daughter may be grown up."""

    audience: str = UNKNOWN
    age: int | None = None
    about_child: bool = False
    certain: bool = True


@dataclass(frozen=True)
class Audience:
    """Compiled patterns, in order."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def load(cls, path: Path) -> "Audience":
        """Read the patterns; raises AudienceError."""
        try:
            table = yaml.safe_load(path.read_text())
            return cls(tuple((kind, re.compile("|".join(f"(?:{p})" for p in found))) for kind, found in table.items()))
        except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError, re.error) as error:
            raise AudienceError(f"{path} cannot be read ({error}). Restore it from the repository.") from None

    def read(self, folded: str) -> Speaker:
        """Return what the folded message says of its speaker."""
        found = next((kind for kind, pattern in self.patterns if pattern.search(folded)), UNKNOWN)
        about_child = found == "adult_about_child"
        age = own_age(folded, about_child)
        if age is not None:
            # an age beats a relation: "my sister is 9 and i am 13"
            return Speaker(CHILD if age < UNDER else (found if found == PROFESSIONAL else ADULT), age, about_child)
        if found == "child_or_grown_up":
            return Speaker(CHILD, certain=False)
        return Speaker(ADULT if about_child else found, None, about_child)


def own_age(folded: str, about_child: bool = False) -> int | None:
    """Return the age in years that the speaker gives of themself (5 to 99), else None."""
    for pattern in _OWN_AGE if about_child else (*_OWN_AGE, *_BESIDE):
        match = pattern.search(folded)
        if match:
            text = next(g for g in match.groups() if g)
            age = _WORDS.get(text) or int(text)
            if 5 <= age <= 99:
                return UNDER - 1 if age == UNDER and _NOT_YET.search(folded) else age
    return None
