"""Step one, in the project's own environment: every training sentence as it is heard, with variants, as JSON lines."""

import json
import random
import sys
from pathlib import Path

from benchmarks.classifier import read_nlu
from encoder_tuning.slips import variant
from runtime.intents import DICTIONARY, WORDS
from signpost.assistant import assistant
from signpost.understanding.words import hear, softeners
from signpost.words import Words, spelt_right

ROOT = Path(__file__).parent.parent
VARIANTS = 3
UNWRAPPED = frozenset({"help", "harmful_request"})  # a plea around these would change what they are


def main(out: Path) -> None:
    """Write {"label", "texts": [{"text", "spans"}, ...]} for each sentence of data/nlu to `out`, plain one first."""
    examples = read_nlu(ROOT / "data" / "nlu")
    words = Words.load(WORDS, spelt_right(DICTIONARY), examples.texts)
    soft = softeners(WORDS / "softeners.yml")
    needs, chance = assistant().needs - UNWRAPPED, random.Random(7)
    with out.open("w") as file:
        for text, label in zip(examples.texts, examples.labels, strict=True):
            others = [variant(text, chance, label.split("/")[0] in needs) for _ in range(VARIANTS)]
            heard = [hear(one, words, soft) for one in (text, *others)]
            row = {"label": label, "texts": [{"text": h.text, "spans": h.spans} for h in heard]}
            file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
