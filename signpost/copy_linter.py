"""Copy linter: what may not stand in anything a visitor reads. `python -m signpost.copy_linter` says file: fault.

No blame, no probing, no promise, no contact typed by hand, the right services for the age, and words a child can read.
"""

import csv
import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from signpost.directory.choices import Choices, RoutesError
from signpost.directory.directory import Directory
from signpost.directory.feed import DirectoryError
from signpost.directory.routes import Route, Routes
from signpost.directory.service import Service
from signpost.operator import PLACEHOLDER

ROOT = Path(__file__).parent.parent
REFUSALS = frozenset({"harmful_request", "evasion"})  # a plain refusal and Stop It Now, nothing else
FRAGMENTS = frozenset({"notice", "content_note", "quiet", "same", "here", "waiting"})  # said beside a reply
EMERGENCY = "emergency-999"
PUBLISHED = {"series": ("label", "definition"), "claims": ("paraphrase",)}  # columns that a visitor reads
TITLE = 47  # letters of a suggested reply; a button of 320 pixels holds it on two lines
SAY, CHOICES, WORDS = 4, 5, 34  # sentences between, suggested replies, words of one sentence
READING_AGE, CHILD_READING_AGE = 11.0, 9.0  # years; the oldest a reply may be written for
BUDGET = {"hear": 16, "now": 30, "safe": 18}  # words of each part of a first reply
FIRST_REPLY = 60  # words of all three
ENOUGH = 20  # words; the score of a shorter text says little

_PLACEHOLDER = re.compile(r"\{(\w+):([^{}\s]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLAUSE = re.compile(r"[.;:!?]\s|, (?:but|and then)\b")
_NAME = re.compile(r"(?<=[a-z,;:(] )[A-Z][\w']*(?:(?: and| It| a)? [A-Z][\w']*)*")


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


SURVIVOR = "say 'survivor', or name the person"  # 'victim' is for the law, and so for what was published
WORDING: Mapping[str, re.Pattern[str]] = {
    "blames or labels": _any(
        r"\bp(?:a?e)?do(?:s|ph\w*)?\b",
        r"\b(?:monster|beast|nonce|predator)s?\b",
        r"\bpervert\w*",
        r"\battention.seek\w*",
    ),
    "say 'child sexual abuse material'": _any(r"\b(?:child|kiddie|kid) porn\w*", r"\bchild prostitut\w*"),
    "say 'died by suicide' or 'end their life'": _any(r"\bcommit\w* suicide", r"\b(?:failed|successful) suicide"),
    "say 'non-recent'": _any(r"\bhistoric(?:al)?\b[^.]{0,20}\babuse"),
    SURVIVOR: _any(r"\bvictims?\b(?! support)"),
    "is still to be written": re.compile(r"\bWRITE:"),
    "a foreign number": _any(r"\b(?:988|911)\b", r"\b1[- ]8(?:00|88)\b"),
}
PROMISES: Mapping[str, re.Pattern[str]] = {
    "promises secrecy": _any(
        r"\b(?:is|are|stays?|remains?|kept|be) (?:a |our |your |always |completely |totally )*secret\b",
        r"\bbetween (?:us|you and (?:me|them|us))\b",
        r"\b(?:completely|totally|fully|entirely|strictly|100%) (?:confidential|private|anonymous|safe|secret)\b",
        r"\b(?:no ?one|nobody) (?:will|would) (?:ever )?(?:know|find out|tell)\b",
        r"\b(?:will not|won't|will never|would never|never) (?:ever )?tell (?:any|your|the|a )",
        r"\byour secret\b",
    ),
    "promises an outcome": _any(
        r"\bpromise (?:you|that)\b",
        r"\bI promise\b",
        r"\byou (?:will not|won't|cannot|can't) (?:be|get) (?:in|into|arrested)\b",
        r"\bthey will (?:be )?(?:arrest|catch|caught|stop|remove|delete)\w*",
        r"\bwill (?:definitely|certainly)\b",
        r"\byou are safe (?:now|here)\b",
        r"\bnothing (?:bad )?will happen\b",
    ),
    "asks what happened": _any(
        r"\bwhat (?:has )?happened\b",
        r"\bwho (?:did|hurt|touched|is it|was it)\b",
        r"\b(?:when|where|how|why) did",
        r"\b(?:tell me more|more details?|describe)\b",
        r"\bhow old (?:were|was)\b",
        r"\bdid (?:he|she|they|you|anyone)\b",
    ),
}
_IMAGE = r"(?:images?|pictures?|photos?|videos?|nudes?|pics?|messages|chats?|screenshots?|web pages?)"
_KEEP = r"(?:(?:re)?send|save|keep|record|download|forward|copy|print|show|share|search|look|find|screen ?shots?)"
_KEEPING = _any(
    rf"\b{_KEEP}\b(?:\s+(?!again\b)[\w']+){{0,4}}?\s+{_IMAGE}\b",
    r"\btake (?:a )?(?:screenshots?|screen shots?|pictures? of)\b",
    r"\b(?:save|gather|collect) (?:the |any |some |all )*(?:evidence|proof|chats?|messages)\b",
)
_NOT = _any(r"\b(?:not|never|no|without|stop|nobody|cannot)\b", r"n't\b", r"\bstays?\b")
_TYPED = _any(
    r"\b(?:999|112|101|111|105|116 ?\d{3})\b",
    r"\+\d",
    r"\b\d[\d ]{4,}\d\b",
    r"https?:",
    r"\bwww\.",
    r"\b(?!gov\.uk\b)[\w-]+\.(?:org|com|uk|net|gov)\b",
    r"\S@\S",
)
_HOURS = _any(
    r"\b\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b",
    r"\b24/7\b",
    r"\b24 ?hours?\b",
    r"\bround the clock\b",
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b",
    r"\bweek(?:day|end)s?\b",
)
_ALWAYS = _any(r"\bday (?:or|and) night\b", r"\bany hour\b")
_FOR_WHOM = _any(
    r"\b(?:adults?|grown-up|parents?|carers?|child's?|teenager|young|women)\b",
    r"\b(?:under|over|aged?|work|you were|1[6-9])\b",
)


@dataclass(frozen=True)
class Fault:
    """One thing to mend. `where` is the file, and the audience where there is one."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def sentences(text: str) -> list[str]:
    """Split copy into sentences."""
    return [part for part in _SENTENCE.split(text.strip()) if part]


def wording(text: str) -> list[str]:
    """Return what is wrong with any text a visitor reads: banned words and foreign numbers."""
    return _found(WORDING, text)


def sentence_faults(text: str) -> list[str]:
    """Return what is wrong with a sentence of copy: wording, promises, probing, images, typed contacts and hours."""
    bare = PLACEHOLDER.sub("", _PLACEHOLDER.sub("", text))
    found = wording(bare) + _found(PROMISES, bare)
    for clause in _CLAUSE.split(bare):
        for match in _KEEPING.finditer(clause):
            if not _NOT.search(clause[: match.end()]):
                found.append(f"tells people to keep or pass on images: {match[0]!r}")
    if typed := _TYPED.search(bare):
        found.append(f"a contact typed by hand: {typed[0]!r}")
    if re.search(r"\{link:[^}]*\}\S", text):
        found.append("a link that runs into what follows: end the line with it")
    if hours := _HOURS.search(bare):
        found.append(f"an opening hour typed by hand: {hours[0]!r}")
    if len(bare.split()) > WORDS:
        found.append(f"a sentence of {len(bare.split())} words: {bare[:40]!r}")
    return found


def reading_age(text: str) -> float | None:
    """Return the reading age of copy in years (Automated Readability Index + 5), or None for fewer than 20 words.

    The index counts letters and sentences, so it needs no pronouncing dictionary. Contacts count as one word, and so do
    names of services, which nobody can shorten.
    """
    # A development library: the running bot never measures itself.
    textstat = importlib.import_module("textstat")
    plain = _NAME.sub("Jo", _PLACEHOLDER.sub("one", PLACEHOLDER.sub("", text)))
    if len(plain.split()) < ENOUGH:
        return None
    return float(textstat.automated_readability_index(plain)) + 5


def route_faults(route: Route, directory: Directory, need: bool = True) -> list[str]:
    """Return the faults of one reply.

    Args:
        route: the reply for one audience.
        directory: the services it may use.
        need: whether it answers a safety need (stricter) or another intent.
    """
    lines = list(route.lines)
    found = [fault for line in (*lines, *(s.why for s in route.services)) for fault in _line_faults(line, directory)]
    found += [f"asks the visitor something: {line!r}" for line in lines if "?" in line]
    if not route.next and not need and route.need not in FRAGMENTS:
        found.append("has no next step")
    found += list(_length_faults(route, directory)) if need else []
    if len(route.say) > SAY or len(route.choices) > CHOICES:
        found.append(f"says more than {SAY} things between, or offers more than {CHOICES} choices")
    if need and route.need not in REFUSALS and f"{{number:{EMERGENCY}}}" not in " ".join(lines):
        found.append("never says what to do in danger")
    age = reading_age(" ".join(lines))
    if age is not None and age > (CHILD_READING_AGE if need and route.audience == "child" else READING_AGE):
        found.append(f"is written for readers of {age:.0f}")
    return found + list(_open_faults(route, directory)) + list(_age_faults(route, directory))


def _length_faults(route: Route, directory: Directory) -> Iterator[str]:
    """A first reply fits on a phone: what was heard, the next step, and one line for safety."""
    try:
        words = {part: len(directory.fill(getattr(route, part)).split()) for part in BUDGET}
    except DirectoryError:
        return  # told by the line itself
    for part, most in BUDGET.items():
        if words[part] > most:
            yield f"{part} has {words[part]} words, more than {most}"
    if sum(words.values()) > FIRST_REPLY:
        yield f"a first reply of {sum(words.values())} words, more than {FIRST_REPLY}"


def _line_faults(line: str, directory: Directory) -> Iterator[str]:
    for sentence in sentences(line):
        yield from sentence_faults(sentence)
    try:
        rest = directory.fill(PLACEHOLDER.sub("", line))
    except DirectoryError as error:
        yield str(error)
    else:
        if "{" in rest or "}" in rest:
            yield f"a brace that nothing fills: {line[:40]!r}"


def _open_faults(route: Route, directory: Directory) -> Iterator[str]:
    """Nothing is called open day and night but what the directory has confirmed."""
    texts = [(sentence, None) for line in route.lines for sentence in sentences(line)]
    for text, id in [*texts, *((s.why, s.id) for s in route.services)]:
        said = _ALWAYS.search(text)
        if not said:
            continue
        named = [match[2] for match in _PLACEHOLDER.finditer(text)]
        before = [match[2] for match in _PLACEHOLDER.finditer(text[: said.start()])]
        about = id or (before or named or [""])[-1 if before else 0]
        service = directory.get(about)
        if service is None or service.always_open is not True:
            yield f"calls {about or 'nothing named'} open {said[0]}, which the directory does not confirm"


def _age_faults(route: Route, directory: Directory) -> Iterator[str]:
    """The right services for the age: no adults' service for a child, no children's service first for an adult."""
    if route.need in REFUSALS:
        return
    served = [(s, found) for s in route.services if (found := directory.get(s.id))]
    for position, (entry, service) in enumerate(served):
        if route.audience == "child" and _adults_only(service) and (position == 0 or "grown-up" not in entry.why):
            yield f"offers a child {service.id}, which is for adults"
        if route.audience in ("adult", "professional") and _children_only(service) and position == 0:
            yield f"offers an adult {service.id} first, which is for children"
        limited = _adults_only(service) or _children_only(service)
        if route.audience in ("unknown", "any") and limited and not _FOR_WHOM.search(entry.why):
            yield f"does not say for whom {service.id} is"
    if route.audience == "child":
        for match in _PLACEHOLDER.finditer(" ".join(route.lines)):
            service_or_none = directory.get(match[2])
            if service_or_none and _adults_only(service_or_none):
                yield f"sends a child to {match[2]}, which is for adults"


def _adults_only(service: Service) -> bool:
    return service.minimum_age is not None and service.minimum_age >= 18


def _children_only(service: Service) -> bool:
    return service.maximum_age is not None and service.maximum_age <= 18


def lint(data: Path = ROOT / "data") -> list[Fault]:
    """Return every fault of the routes, the copy, the choices, the directory, the languages and the statistics' words.

    Raises DirectoryError or RoutesError if the files cannot be read at all.
    """
    directory = Directory.load(data / "services")
    found: list[Fault] = []
    for folder, need in ((data / "routes", True), (data / "copy", False), (data / "copy" / "acts", False)):
        for name, blocks in Routes.load(folder, choices=data / "choices.yml").routes.items():
            seen: set[str] = set()
            for audience, route in blocks.items():
                # Two audiences may share a block: its faults are said once.
                fresh = [fault for fault in route_faults(route, directory, need) if fault not in seen]
                seen.update(fresh)
                found += [Fault(f"{folder.name}/{name}.yml ({audience})", fault) for fault in fresh]
    found += _choice_faults(Choices.load(data / "choices.yml"))
    found += _other_copy(data, directory)
    return found


def _choice_faults(choices: Choices) -> list[Fault]:
    return [
        Fault("choices.yml", f"{choice.id}: {fault}")
        for choice in choices
        for fault in [
            *wording(choice.title),
            *([f"a title of {len(choice.title)} letters"] if len(choice.title) > TITLE else []),
            *(["a contact typed by hand"] if _TYPED.search(choice.title) else []),
        ]
    ]


def _other_copy(data: Path, directory: Directory) -> Iterator[Fault]:
    for service in directory.published():
        lines = (service.name, service.what_for, service.cost, service.confidential, service.anonymous, service.expect)
        yield from _worded(f"services ({service.id})", (line for line in lines if line))
    languages = data / "words" / "languages.yml"
    for code, entry in yaml.safe_load(languages.read_text(encoding="utf-8"))["languages"].items():
        where = f"words/{languages.name} ({code})"
        if entry.get("awaiting_review") not in (True, False):
            yield Fault(where, "does not say whether it awaits review")
        yield from (Fault(where, fault) for fault in _line_faults(entry["line"], directory))
    for table, columns in PUBLISHED.items():
        with (data / "statistics" / f"{table}.csv").open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows), start=2):
                faults = (fault for column in columns for fault in wording(row[column]))
                where = f"statistics/{table}.csv:{number}"
                yield from (Fault(where, fault) for fault in faults if not fault.startswith(SURVIVOR))


def _worded(where: str, texts: Iterable[str]) -> Iterator[Fault]:
    for text in texts:
        yield from (Fault(where, fault) for fault in wording(text))


def _found(rules: Mapping[str, re.Pattern[str]], text: str) -> list[str]:
    return [f"{why}: {match[0]!r}" for why, rule in rules.items() if (match := rule.search(text))]


def main() -> int:
    """Print every fault, one a line. Returns 1 if there is any."""
    try:
        found = lint()
    except (DirectoryError, RoutesError) as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
