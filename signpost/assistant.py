"""Everything the assistant knows, loaded once: statistics, services, routes, places and words."""

import logging
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from signpost.answering.answers import Answers
from signpost.answering.asked import AskedTable
from signpost.directory import Directory
from signpost.directory.choices import Choices
from signpost.directory.open_now import OpenNow
from signpost.directory.places import Places
from signpost.directory.routes import Route, Routes
from signpost.directory.switch import Switch
from signpost.languages import Languages
from signpost.operator import Operator
from signpost.statistics import Statistics
from signpost.understanding.acts import Acts
from signpost.understanding.calibration import Calibration
from signpost.understanding.cues import Cues
from signpost.understanding.gate import Gate
from signpost.understanding.needs import Needs
from signpost.understanding.speaker import UNKNOWN, Speakers, audience_of

NOT_UNDERSTOOD = "nlu_fallback"  # Rasa's own name for a message that nobody understands
AUDIENCES = ("child", "adult", "professional", "unknown")
URGENT = 10  # of a route's urgency: up to here it is an emergency
logger = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Assistant:
    """What answers are made from. Read-only but for the operator's switch, which is looked at in every turn."""

    statistics: Statistics
    directory: Directory
    routes: Routes
    answers: Answers
    choices: Choices
    table: Needs
    calibration: Calibration
    places: Places
    open_now: OpenNow
    gate: Gate
    speakers: Speakers
    cues: Cues
    asked: AskedTable
    languages: Languages
    acts: Acts
    switch: Switch
    operator: Operator

    @classmethod
    def load(cls, data: Path = ROOT / "data", operator_file: Path = Path("operator.yml")) -> "Assistant":
        """Load everything below `data`. Raises the error of the part that is missing or damaged, naming the file."""
        choices = Choices.load(data / "choices.yml")
        paused = os.environ.get("SIGNPOST_PAUSED", "").lower() in {"1", "true", "yes", "on"}
        directory = Directory.load(data / "services")
        routes = Routes.load(data / "routes", data / "copy", data / "copy" / "acts", choices=data / "choices.yml")
        table = Needs.load(data)
        table.check(frozenset(routes), data)
        known = frozenset(service.id for service in directory.published())
        return cls(
            statistics=Statistics.load(data / "statistics"),
            directory=directory,
            routes=routes,
            answers=Answers.load(data / "answers"),
            choices=choices,
            table=table,
            calibration=Calibration.load(data / "belief.yml"),
            places=Places.load(data / "places"),
            open_now=OpenNow.load(data / "open_now.yml", known),
            gate=Gate.load(data / "words" / "gate.yml"),
            speakers=Speakers.load(data / "words" / "speaker.yml"),
            cues=Cues.load(data / "words" / "cues.yml"),
            asked=AskedTable.load(data / "words" / "asks.yml"),
            languages=Languages.load(data / "words" / "languages.yml", data / "nlu", data / "encoder" / "vocab.txt"),
            acts=Acts.load(data / "words" / "acts.yml"),
            switch=Switch(operator_file, paused=paused, known=known, say=logger.warning),
            operator=Operator.of(os.environ),
        )

    def services(self) -> Directory:
        """Return the directory without what the operator has hidden."""
        hidden = self.switch.state().hidden
        return self.directory.hide(hidden) if hidden else self.directory

    @property
    def needs(self) -> frozenset[str]:
        """Return the names of all needs."""
        return self.table.needs

    def is_need(self, intent: str) -> bool:
        """Whether an intent is a need with a route, and not one answered by fixed copy."""
        return intent in self.table

    def route(self, need: str, speaker: str = "unknown", subject: str = "-", audience: str | None = None) -> Route:
        """Return the route of a need for a speaker and a subject, in the words for an audience (the speaker's own)."""
        name = self.table.kinds[need].route(speaker, subject)
        return self.routes.route(name, audience or audience_of(speaker))

    @cached_property
    def routed(self) -> frozenset[str]:
        """Return the ids of the services that any need leads to."""
        routes = (self.routes.route(name, audience) for name in self.table.routes() for audience in AUDIENCES)
        return frozenset(service.id for route in routes for service in route.services)

    def urgent(self, need: str) -> bool:
        """Whether a need is answered before everything else, as an emergency."""
        return self.urgency(need) <= URGENT

    def tap(self, need: str, audience: str) -> str:
        """Return the choice that offers a need as a near guess to an audience, or "" where none fits."""
        choice = self.table.kinds[need].tap
        if choice not in self.choices:
            return ""
        given = dict(self.choices[choice].entities)
        said = given.get("speaker") or given.get("audience") or audience
        return choice if audience in (UNKNOWN, audience_of(said)) else ""

    def urgency(self, need: str) -> int:
        """Return the urgency of a need; lower is answered first."""
        return self.route(need).urgency

    def copy(self, intent: str, audience: str = "any") -> Route:
        """Return the fixed copy of an intent."""
        return self.routes.route(intent, audience)


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """Return the one assistant of this process, loaded at first use."""
    return Assistant.load(operator_file=Path(os.environ.get("SIGNPOST_OPERATOR_FILE", "operator.yml")))
