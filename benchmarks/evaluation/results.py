"""Everything that one run of the evaluation found."""

from dataclasses import dataclass

from benchmarks.evaluation import sets
from benchmarks.evaluation.assistant import URGENT
from benchmarks.evaluation.crossvalidation import CrossValidated
from benchmarks.evaluation.scores import Counted, Miss, Needs, Share
from benchmarks.evaluation.sets import Study


@dataclass(frozen=True)
class Results:
    """The figures of every set. `leaked` are held-out messages that are also training examples."""

    examples: int
    intents: int
    leaked: list[Miss]
    safety: frozenset[str]
    needs: Needs
    blind: Needs
    benign: Counted
    outside: Counted
    gate: Counted
    urgent: Counted
    noise: Counted
    published: list[Study]
    studies: Counted
    acceptance: Counted
    cross: CrossValidated | None

    def summary(self) -> list[tuple[str, str, str]]:
        """Return (what, share or number, of how many) for the headlines."""
        safety, urgent = self.needs.total(self.safety), self.needs.total(URGENT & self.needs.recall.keys())
        messages = self.needs.total()
        rows = [
            ("held-out messages: an accepted need is answered", messages),
            ("... of these, the needs with a route to a service", safety),
            ("... of these, danger, emergency and suicide", urgent),
            ("messages nobody looked at: an accepted need is answered", self.blind.total(self.safety)),
            ("untidy variants: an accepted need is answered", _sum(self.noise, only=sets.NOISE_KINDS)),
            ("danger gate: danger and suicide let through", _sum(self.gate, only=("danger", "suicide"))),
            ("danger gate: look-alikes left alone", self.gate.shares["left alone"]),
            ("danger and suicide answered urgently by the whole chain", _sum(self.urgent, only=("danger", "suicide"))),
            ("a child speaking: answered as a child", self.urgent.shares["child"]),
            ("alarming words without a need: answered as an emergency", self.benign.shares["urgent"]),
            ("alarming words without a need: answered as any need", self.benign.shares["need"]),
            ("other topics: recognised", self.outside.shares["recognised"]),
            ("published prompts: the reply holds to the rule", _sum(self.studies)),
            ("acceptance conversations: the last reply holds to every demand", _sum(self.acceptance)),
        ]
        table = [(what, str(share), str(share.of)) for what, share in rows]
        table.insert(1, ("... mean over the needs", f"{self.needs.macro():.1%}", str(len(self.needs.recall))))
        if self.cross is not None:
            cross = self.cross
            table += [
                (f"classifier alone, {cross.folds}-fold: accuracy", f"{cross.accuracy:.1%}", str(cross.examples)),
                (f"classifier alone, {cross.folds}-fold: mean F1", f"{cross.macro_f1:.3f}", str(len(cross.f1))),
                (f"classifier alone, {cross.folds}-fold: calibration error", f"{cross.calibration:.3f}", ""),
            ]
        return table

    def misses(self) -> list[Miss]:
        """Return every message that came out wrong, by set."""
        counted = (self.benign, self.outside, self.gate, self.urgent, self.noise, self.studies, self.acceptance)
        return self.leaked + self.needs.misses + [miss for one in counted for miss in one.misses]


def _sum(counted: Counted, only: tuple[str, ...] = ()) -> Share:
    shares = [share for name, share in counted.shares.items() if not only or name in only]
    return Share(sum(s.right for s in shares), sum(s.of for s in shares))
