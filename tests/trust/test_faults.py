"""Each quick fault of the fault table keeps its promises; `python -m benchmarks.faults` makes them all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.trouble import turning
from benchmarks.trouble.fault import ANSWER, EMERGENCY, NOTHING, Fault
from benchmarks.trouble.fault import FAULTS as ALL

QUICK = [fault for fault in ALL if fault.make.__module__ == turning.__name__]


@pytest.fixture(scope="module", autouse=True)
def shared(model: Path) -> Iterator[None]:
    yield
    turning.end_shared()


@pytest.mark.parametrize("fault", QUICK, ids=[fault.name for fault in QUICK])
def test_a_fault_loses_nothing(fault: Fault, tmp_path: Path) -> None:
    outcome = fault.make(tmp_path)
    assert outcome.lost.startswith(NOTHING)
    assert outcome.seen.startswith((ANSWER, EMERGENCY, "400", "what had arrived"))
