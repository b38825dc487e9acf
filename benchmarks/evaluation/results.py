"""Everything that one run of the evaluation found."""

from dataclasses import dataclass

from benchmarks.evaluation import sets
from benchmarks.evaluation.crossvalidation import CrossValidated
from benchmarks.evaluation.judging import ALARMING, Share
from benchmarks.evaluation.readings import OF_ANYTHING, OF_NEEDS
from benchmarks.evaluation.scores import Counted, Miss, Needs
from benchmarks.evaluation.sealed import Sealed
from benchmarks.evaluation.sets import Study

Row = tuple[str, str, str, str]
HEAD = ("what", "share", "95 % interval", "of")
SHORT = ("lead", "beside", "accused", "accused_young", "dismissed")  # of each set of need, in the summary


@dataclass(frozen=True)
class Results:
    """The figures of every set.

    Attributes:
        examples, intents: how many are taught.
        leaked: held-out messages that are also training examples.
        safety: the needs with a route to a service.
        needs, blind: recall of each need; held out, and of another writer.
        judged: the lead of the reply and what goes wrong with it, by set: held out, of another writer, open.
        anything: the open messages about something else.
        sealed: the last figures of the sealed sets, or None.
        softened: what was told, with a laugh behind it; None if it was left out.
        together: two things said in one message.
    """

    examples: int
    intents: int
    leaked: list[Miss]
    safety: frozenset[str]
    needs: Needs
    blind: Needs
    judged: dict[str, Counted]
    anything: Counted
    sealed: Sealed | None
    softened: Counted | None
    together: Counted
    benign: Counted
    blind_benign: Counted
    outside: Counted
    gate: Counted
    urgent: Counted
    noise: Counted
    published: list[Study]
    studies: Counted
    acceptance: Counted
    cross: CrossValidated | None

    def summary(self) -> list[Row]:
        """Return (what, share or number, interval, of how many) for the headlines."""
        return [*self._understood(), *self._judged(), *self._alarms(), *self._whole(), *self._alone()]

    def _understood(self) -> list[Row]:
        safety, urgent = self.needs.total(self.safety), self.needs.total(ALARMING & self.needs.recall.keys())
        return [
            row("held-out messages: an accepted need is answered", self.needs.total()),
            ("... mean over the needs", f"{self.needs.macro():.1%}", "", str(len(self.needs.recall))),
            row("... of these, the needs with a route to a service", safety),
            row("... of these, danger, emergency and suicide", urgent),
            row("another writer's: an accepted need is answered", self.blind.total(self.safety)),
            row("untidy variants: an accepted need is answered", total(self.noise, only=sets.NOISE_KINDS)),
        ]

    def _judged(self) -> list[Row]:
        rows = [
            row(f"{name}: {OF_NEEDS[field]}", counted.shares[OF_NEEDS[field]])
            for field in SHORT
            for name, counted in self.judged.items()
            if OF_NEEDS[field] in counted.shares
        ]
        if self.softened is not None:
            rows.append(row("held out, with a laugh or a softener behind: dismissed", total(self.softened)))
        return rows + [row(f"two in one message: {kind}", share) for kind, share in self.together.shares.items()]

    def _alarms(self) -> list[Row]:
        return [
            row("alarming words without a need: answered as an emergency", self.benign.shares["urgent"]),
            row("alarming words without a need: answered as any need", self.benign.shares["need"]),
            row("another writer's harmless messages: answered as any need", self.blind_benign.shares["need"]),
            row("other topics: recognised", self.outside.shares["recognised"]),
            row("other topics: not answered as a need", self.outside.shares["no need"]),
            *(row(f"open, anything else: {what}", self.anything.shares[what]) for what in OF_ANYTHING.values()),
        ]

    def _whole(self) -> list[Row]:
        danger = ("danger", "suicide")
        return [
            row("danger gate: danger and suicide let through", total(self.gate, only=danger)),
            row("danger gate: look-alikes left alone", self.gate.shares["left alone"]),
            row("danger and suicide answered urgently by the whole chain", total(self.urgent, only=danger)),
            row("a child speaking: answered as a child", self.urgent.shares["child"]),
            row("published prompts: the reply holds to the rule", total(self.studies)),
            row("acceptance conversations: the last reply holds to every demand", total(self.acceptance)),
        ]

    def _alone(self) -> list[Row]:
        if self.cross is None:
            return []
        cross, name = self.cross, f"classifier alone, {self.cross.folds}-fold"
        return [
            (f"{name}: accuracy", f"{cross.accuracy:.1%}", "", str(cross.examples)),
            (f"{name}: accuracy with speaker and subject", f"{cross.labels:.1%}", "", str(cross.examples)),
            (f"{name}: mean F1", f"{cross.macro_f1:.3f}", "", str(len(cross.f1))),
            (f"{name}: calibration error", f"{cross.calibration:.3f}", "", ""),
        ]

    def misses(self) -> list[Miss]:
        """Return every message that came out wrong, by set; never one of the sealed sets."""
        counted = [*self.judged.values(), self.anything, self.together, self.benign, self.blind_benign, self.outside]
        counted += [self.gate, self.urgent, self.noise, self.studies, self.acceptance]
        counted += [self.softened] if self.softened is not None else []
        return self.leaked + self.needs.misses + self.blind.misses + [miss for one in counted for miss in one.misses]


def row(what: str, share: Share) -> Row:
    """Return a line of a table."""
    return what, share.percent, share.interval, str(share.of)


def total(counted: Counted, only: tuple[str, ...] = ()) -> Share:
    """Return the shares of these names (of all) as one."""
    shares = [share for name, share in counted.shares.items() if not only or name in only]
    return sum(shares, Share(0, 0))
