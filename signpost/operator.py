"""Operator: who runs this installation, as visitors read it. The settings are the operator's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from signpost.directory.choices import fold

LONGEST = 120  # characters of one setting: it stands in one line of a chat
DEMONSTRATION = "This is a demonstration, not run by a charity."
_BARRED = re.compile(r"[<>{}\x00-\x1f]")
PLACEHOLDER = re.compile(r"\{(operator|complaints|privacy_notice)\}")


class OperatorError(ValueError):
    """A setting about the operator cannot be shown; the message names it and what is allowed."""


@dataclass(frozen=True)
class Operator:
    """Who runs this. Empty values are unknown; without all four it is a demonstration.

    Attributes:
        name: of the organisation that answers for it. contact: how to reach it.
        complaints: where a complaint goes. privacy_notice: https address of its privacy notice.
    """

    name: str = ""
    contact: str = ""
    complaints: str = ""
    privacy_notice: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Operator":
        """Read the settings. Raises OperatorError for one that is too long, holds markup, or is no https address."""
        read = {name: " ".join(environment.get(variable(name), "").split()) for name in cls.__dataclass_fields__}
        for name, value in read.items():
            if len(value) > LONGEST or _BARRED.search(value):
                raise OperatorError(f"{variable(name)}: at most {LONGEST} characters, without < > {{ }}.")
        notice = read["privacy_notice"]
        if notice and (urlsplit(notice).scheme != "https" or not urlsplit(notice).netloc or " " in notice):
            raise OperatorError(f"{variable('privacy_notice')}: {notice!r} is not an https address.")
        if read["name"] and not fold(read["name"]):
            raise OperatorError(f"{variable('name')}: {read['name']!r} is no name.")
        return cls(**read)

    @property
    def missing(self) -> list[str]:
        """Return the settings that are not set."""
        return [variable(field.name) for field in fields(self) if not getattr(self, field.name)]

    @property
    def demonstration(self) -> bool:
        """Whether nobody answers for it: visitors are told so."""
        return bool(self.missing)

    @property
    def run_by(self) -> str:
        """Who runs this, in one sentence or two."""
        return DEMONSTRATION if self.demonstration else f"{self.name} runs this chat. Contact: {self.contact}."

    @property
    def complain(self) -> str:
        """Where a complaint about this chat goes."""
        return "Nobody takes complaints about it." if self.demonstration else f"To complain: {self.complaints}."

    @property
    def privacy(self) -> str:
        """Where its privacy notice stands."""
        return "" if self.demonstration else f"Privacy notice: {self.privacy_notice}"

    def fill(self, text: str) -> str:
        """Replace {operator}, {complaints} and {privacy_notice} in copy by the operator's sentences."""
        said = {"operator": self.run_by, "complaints": self.complain, "privacy_notice": self.privacy}
        return PLACEHOLDER.sub(lambda match: said[match[1]], text).strip()

    def as_json(self) -> dict[str, object]:
        """Return what a page or the widget shows: demonstration, name, contact, complaints, privacy_notice, lines."""
        kept = "" if self.demonstration else None
        given = {field.name: getattr(self, field.name) if kept is None else kept for field in fields(self)}
        lines = [line for line in (self.run_by, self.complain, self.privacy) if line]
        return {"demonstration": self.demonstration, **given, "lines": lines}

    def warning(self) -> str:
        """Return what the start says loudly, or "" where nothing is missing."""
        if not self.demonstration:
            return ""
        return f"NOT RUN BY ANYBODY: {', '.join(self.missing)} not set. Every page and chat says: {DEMONSTRATION}"


def variable(name: str) -> str:
    """Return the setting that an attribute is read from."""
    return {"name": "SIGNPOST_RUN_BY", "privacy_notice": "SIGNPOST_PRIVACY_NOTICE"}.get(
        name, f"SIGNPOST_{name.upper()}"
    )
