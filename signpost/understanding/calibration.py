"""The few fitted numbers that join the parts of a message (`data/belief.yml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml


class BeliefError(ValueError):
    """The file of calibration is missing or damaged; the message names it and the fault."""


@dataclass(frozen=True)
class Calibration:
    """What joins the parts.

    Attributes:
        sharpness: the power that a distribution is raised to; below 1 it is made less sure.
        whole: the share of the whole message beside its strongest parts, from 0 to 1.
        said: intercept, and weights of the log odds of a need and of the lead in the part that says it, if any does.
        thread: the share of what the conversation is about, beside what a message says by itself.
        uncued: what is left of a refusal's probability where no words ask for anything, of own behaviour's where none
            tell of it.
        opening: what is left of a second question where nothing was told before it.
        going_on: how many times as likely one is where something was.
        told: what is left of a family where the words tell of own behaviour; the rest goes to that.
        denied: what is left of a crisis that the gate found called off.
    """

    sharpness: float
    whole: float
    said: tuple[float, float, float]
    thread: float
    uncued: Mapping[str, float]
    denied: float
    opening: float
    going_on: float
    told: Mapping[str, float]

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read the numbers; raises BeliefError."""
        try:
            table = yaml.safe_load(path.read_text())
            intercept, part, lead = map(float, table["said"])
            uncued = {str(family): float(share) for family, share in table["uncued"].items()}
            told = {str(family): float(share) for family, share in table["told"].items()}
            numbers = [float(table[name]) for name in ("sharpness", "whole", "thread", "denied", "opening", "going_on")]
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise BeliefError(f"{path} cannot be read ({error}). Restore it from the repository.") from None
        return cls(
            numbers[0],
            numbers[1],
            (intercept, part, lead),
            numbers[2],
            uncued,
            numbers[3],
            numbers[4],
            numbers[5],
            told,
        )
