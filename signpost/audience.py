"""Who is speaking: an age, a school year, a relation or a job that the message itself states. Never a guess."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

CHILD, ADULT, PROFESSIONAL, UNKNOWN = "child", "adult", "professional", "unknown"
UNDER = 18  # a child is under 18

_SAYS = r"\b(?:i am|i'm|im|i turned|i just turned|me,?|aged?|i am a|i am only|i am just|i am nearly|i am almost|am) "
_NOT_YEARS = (
    r"(?! ?(?:%|percent|per cent|months?|weeks?|days?|hours?|minutes?|mins?|miles|pounds|"
    r"st\b|stone|kg|of\b|times|kids|children))"
)
_OWN_AGE = re.compile(
    _SAYS
    + r"(?:only |just |nearly |almost |about |a )?(?P<age>\d{1,2})"
    + r"(?: ?(?:years? old|yrs? old|yo|y o|years?|male|female|m|f|boy|girl))?\b"
    + _NOT_YEARS
)
_TAGGED = re.compile(r"(?:^|[\s(\[])(?:(?P<a>\d{1,2}) ?(?:f|m|yo f|yo m)|(?:f|m) ?(?P<b>\d{1,2}))(?=$|[\s,.)\]])")
_BARE = re.compile(r"^(?:i am )?(?P<age>\d{1,2})(?: ?(?:years? old|yo|yrs?))?[.! ]*$")
_TRAILING = re.compile(r"(?:[,.]| and| but| btw)? (?:i am|am|aged|age|im) (?P<age>\d{1,2})[.! ]*$")
_NAMES = ("six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen")
_WORDS = {name: age for age, name in enumerate((*_NAMES, "seventeen"), 6)}
_SPELT = re.compile(r"\bi am (?:only |just |nearly |a )?(?P<age>" + "|".join(_WORDS) + r")\b(?! (?:weeks|months|days))")


class AudienceError(ValueError):
    """The file of patterns is missing or damaged; the message names it and the fault."""


@dataclass(frozen=True)
class Speaker:
    """What the message says of who speaks: an audience or `unknown`, the age in years if given, and whether it is
    about a child."""

    audience: str = UNKNOWN
    age: int | None = None
    about_child: bool = False


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
        age = own_age(folded)
        if age is not None:
            # an age beats a relation: "my sister is 9 and i am 13"
            return Speaker(CHILD if age < UNDER else (found if found == PROFESSIONAL else ADULT), age, about_child)
        return Speaker(ADULT if about_child else found, None, about_child)


def own_age(folded: str) -> int | None:
    """Return the age in years that the speaker gives of themself (5 to 99), else None."""
    for pattern in (_OWN_AGE, _TAGGED, _BARE, _TRAILING, _SPELT):
        match = pattern.search(folded)
        if match:
            text = next(g for g in match.groups() if g)
            age = _WORDS.get(text) or int(text)
            if 5 <= age <= 99:
                return age
    return None
