"""Rasa extension point: none; what a transcript may ask of an answer, and in words what is wrong with one."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from runtime.terminal.answer import Answer, folded


class TranscriptError(ValueError):
    """A transcript cannot be read; the message names the file and the line."""


def _any(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s\|\s", value)]


def _all(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,|]", value) if part.strip() != "none"]


def _has(text: str, wanted: str) -> bool:
    if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":
        return re.search(wanted[1:-1], text, re.IGNORECASE | re.DOTALL) is not None
    return folded(wanted) in folded(text)


def _must(answer: Answer, value: str) -> str:
    return "" if any(_has(answer.readable(), wanted) for wanted in _any(value)) else "did not come"


def _must_not(answer: Answer, value: str) -> str:
    came = [wanted for wanted in _any(value) if _has(answer.readable(), wanted)]
    return f"{', '.join(came)} came" if came else ""


def _first(answer: Answer, value: str) -> str:
    line = answer.first_line
    return "" if any(_has(line, wanted) for wanted in _any(value)) else f"the first line is {line!r}"


def _among(what: str, find: Callable[[Answer], list[str]]) -> Callable[[Answer, str], str]:
    def fault(answer: Answer, value: str) -> str:
        found, wanted = find(answer), _all(value)
        right = set(wanted) <= set(found) if wanted else not found
        return "" if right else f"{what}: {_list(found)}"

    return fault


def _without(what: str, find: Callable[[Answer], list[str]]) -> Callable[[Answer, str], str]:
    def fault(answer: Answer, value: str) -> str:
        found = find(answer)
        return f"{what}: {_list(found)}" if set(_all(value)) & set(found) else ""

    return fault


def _leading(answer: Answer, value: str) -> str:
    return "" if answer.services[:1] and answer.services[0] in _any(value) else f"shown: {_list(answer.services)}"


def _one_of(name: str) -> Callable[[Answer, str], str]:
    def fault(answer: Answer, value: str) -> str:
        is_so = answer.about.get(name)
        found = {True: "yes", False: "no"}.get(is_so, is_so) if isinstance(is_so, bool) else str(is_so or "none")
        return "" if found in _any(value) else f"it is {found}"

    return fault


def _at_most(count: Callable[[Answer], int]) -> Callable[[Answer, str], str]:
    def fault(answer: Answer, value: str) -> str:
        return f"it has {count(answer)}" if count(answer) > int(value) else ""

    return fault


def _choices(answer: Answer, value: str) -> str:
    missing = [wanted for wanted in _any(value) if folded(wanted) not in map(folded, answer.choices)]
    return f"offered: {_list(answer.choices)}" if missing else ""


def _needs(answer: Answer) -> list[str]:
    return list(answer.about.get("needs", []))


def _list(found: Iterable[str]) -> str:
    return ", ".join(found) or "none"


KINDS: dict[str, Callable[[Answer, str], str]] = {
    "must": _must,
    "must not": _must_not,
    "first": _first,
    "service": _among("shown", lambda answer: answer.services),
    "first service": _leading,
    "no service": _without("shown", lambda answer: answer.services),
    "need": _among("about", _needs),
    "no need": _without("about", _needs),
    "speaker": _one_of("speaker"),
    "urgent": _one_of("urgent"),
    "refused": _one_of("refused"),
    "choice": _choices,
    "words": _at_most(lambda answer: answer.words),
    "cards": _at_most(lambda answer: len(answer.services)),
}


@dataclass(frozen=True)
class Expectation:
    """One line of a transcript: what kind of thing, and what. Raises ValueError for one that cannot be judged."""

    kind: str
    value: str

    def __post_init__(self) -> None:
        if self.kind in ("words", "cards") and not self.value.isdigit():
            raise ValueError(f"{self.kind}: is a whole number, not {self.value!r}.")
        if self.kind in ("urgent", "refused") and self.value not in ("yes", "no"):
            raise ValueError(f"{self.kind}: is yes or no, not {self.value!r}.")
        for wanted in _any(self.value):
            if self.kind.startswith(("must", "first")) and wanted[:1] == "/" == wanted[-1:]:
                try:
                    re.compile(wanted[1:-1])
                except re.error as error:
                    raise ValueError(f"{wanted} is no regular expression: {error}.") from None

    def fault(self, answer: Answer) -> str:
        """Return what is wrong with an answer, in words; "" when it holds."""
        found = KINDS[self.kind](answer, self.value)
        return f"{self.kind}: {self.value} ({found})" if found else ""
