"""Everything the assistant knows, loaded once: statistics, services, routes, places and words."""

import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from signpost.audience import Audience
from signpost.danger import DangerGate
from signpost.directory import Directory
from signpost.directory.choices import Choices
from signpost.directory.places import Places
from signpost.directory.routes import Route, Routes
from signpost.directory.switch import Switch
from signpost.languages import Languages
from signpost.statistics import Statistics

logger = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Assistant:
    """What answers are made from. Read-only but for the operator's switch, which is looked at in every turn."""

    statistics: Statistics
    directory: Directory
    routes: Routes
    choices: Choices
    needs: frozenset[str]
    places: Places
    gate: DangerGate
    audience: Audience
    languages: Languages
    switch: Switch

    @classmethod
    def load(cls, data: Path = ROOT / "data", operator_file: Path = Path("operator.yml")) -> "Assistant":
        """Load everything below `data`. Raises the error of the part that is missing or damaged, naming the file."""
        choices = Choices.load(data / "choices.yml")
        paused = os.environ.get("SIGNPOST_PAUSED", "").lower() in {"1", "true", "yes", "on"}
        directory = Directory.load(data / "services")
        known = frozenset(service.id for service in directory.published())
        return cls(
            statistics=Statistics.load(data / "statistics"),
            directory=directory,
            routes=Routes.load(data / "routes", data / "copy", choices=data / "choices.yml"),
            choices=choices,
            needs=frozenset(file.stem for file in (data / "routes").glob("*.yml")),
            places=Places.load(data / "places"),
            gate=DangerGate.load(data / "words" / "danger.yml"),
            audience=Audience.load(data / "words" / "audience.yml"),
            languages=Languages.load(data / "words" / "languages.yml", data / "nlu", data / "encoder" / "vocab.txt"),
            switch=Switch(operator_file, paused=paused, known=known, say=logger.warning),
        )

    def services(self) -> Directory:
        """Return the directory without what the operator has hidden."""
        hidden = self.switch.state().hidden
        return self.directory.hide(hidden) if hidden else self.directory

    def is_need(self, intent: str) -> bool:
        """Whether an intent is a need with a route, and not one answered by fixed copy."""
        return intent in self.needs

    def urgency(self, need: str) -> int:
        """Return the urgency of a need; lower is answered first."""
        return self.routes.route(need).urgency

    def copy(self, intent: str, audience: str = "any") -> Route:
        """Return the fixed copy of an intent."""
        return self.routes.route(intent, audience)


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """Return the one assistant of this process, loaded at first use."""
    return Assistant.load(operator_file=Path(os.environ.get("SIGNPOST_OPERATOR_FILE", "operator.yml")))
