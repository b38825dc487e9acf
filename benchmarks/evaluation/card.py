"""Writes docs/evaluation/model-card.md, after Mitchell et al. 2019, "Model Cards for Model Reporting"."""

import json
from pathlib import Path

from benchmarks import ROOT
from benchmarks.evaluation.document import table
from benchmarks.evaluation.readings import OF_ANYTHING, OF_NEEDS
from benchmarks.evaluation.results import HEAD, Results

TEMPLATE = Path(__file__).parent / "card_template.md"


def card(results: Results) -> str:
    """Return the page with this run's figures in it."""
    encoder = json.loads((ROOT / "data" / "encoder" / "encoder.json").read_text())
    recall = results.needs.recall
    weakest = sorted(recall, key=lambda need: recall[need].value)[:5]
    return TEMPLATE.read_text().format(
        intents=results.intents,
        encoder=encoder.get("name", "all-MiniLM-L6-v2"),
        sha256=encoder["model"]["sha256"],
        heldout=sum(s.of for s in recall.values()),
        blind=sum(s.of for s in results.blind.recall.values()),
        needs=len(recall),
        noisy=sum(s.of for kind, s in results.noise.shares.items() if kind != "plain"),
        gate=sum(s.of for s in results.gate.shares.values()),
        benign=results.benign.shares["need"].of,
        outside=results.outside.shares["recognised"].of,
        prompts=sum(s.of for s in results.studies.shares.values()),
        cases=sum(s.of for s in results.acceptance.shares.values()),
        leaked=len(results.leaked),
        examples=results.examples,
        open=results.judged["open"].shares[OF_NEEDS["lead"]].of + results.anything.shares[OF_ANYTHING["accused"]].of,
        summary=table(HEAD, results.summary()),
        noise=table(("kind", "share"), [(kind, share.percent) for kind, share in results.noise.shares.items()]),
        weakest=", ".join(f"`{need}` ({recall[need].percent})" for need in weakest),
    )
