"""The judged sets: who is led right, who is accused, who is dismissed, who is alarmed, with every miss."""

from pathlib import Path

from benchmarks.evaluation import judging
from benchmarks.evaluation.judging import Anything, Share
from benchmarks.evaluation.scores import Counted, Hears, Miss
from signpost.understanding.needs import Needs

# How the figures are called in a table, by their field.
OF_NEEDS = {
    "lead": "the first line is about what was meant",
    "beside": "a wrong need beside it",
    "accused": "accused: refused, or told about the own behaviour, without cause",
    "accused_young": "accused, of those whose own words say that they are under 18",
    "dismissed": "dismissed: a need answered as talk",
    "together": "two needs said, both answered",
}
OF_ANYTHING = {
    "accused": "accused",
    "accused_children": "accused, of children",
    "alarmed": "answered as an emergency",
    "needs": "answered as a need (where no trouble is told)",
}


def everyday(table: Needs) -> frozenset[str]:
    """Return the needs that are no alarm: a child's everyday worries."""
    quiet = {table.family(name) for name in ("low_mood", "child_trouble", "growing_up")}
    return frozenset(name for name in table.needs if table.family(name) in quiet)


def of_needs(name: str, hear: Hears, cases: list[judging.Said]) -> Counted:
    """Judge messages of need."""
    figures: dict[str, Share] = vars(judging.judge_needs(hear, cases))
    shares = {OF_NEEDS[field]: figures[field] for field in OF_NEEDS}
    misses = [
        Miss(f"{name}: {', '.join(found)}", case.text, f"taken for {heard}")
        for case in cases
        if (found := judging.faults(heard := hear(case.text), case))
    ]
    return Counted({key: share for key, share in shares.items() if share.of}, misses)


def of_anything(name: str, hear: Hears, cases: list[Anything], table: Needs) -> Counted:
    """Judge messages about anything else."""
    quiet = everyday(table)
    figures: dict[str, Share] = vars(judging.judge_anything(hear, cases, quiet))
    misses = [
        Miss(f"{name}: {', '.join(found)}", case.text, f"taken for {heard}")
        for case in cases
        if (found := judging.alarms(heard := hear(case.text), case, quiet))
    ]
    return Counted({OF_ANYTHING[field]: figures[field] for field in OF_ANYTHING}, misses)


def open_sets(folder: Path, hear: Hears, table: Needs) -> tuple[Counted, Counted]:
    """Judge the open sets of a folder: of need, and about anything else."""
    return (
        of_needs("open", hear, judging.needs_of(folder / "needs.yml")),
        of_anything("open", hear, judging.anything_of(folder / "anything.yml"), table),
    )
