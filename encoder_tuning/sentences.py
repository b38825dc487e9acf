"""Step one, in the project's own environment: every training sentence, folded, with folded variants, as JSON lines."""

import json
import random
import sys
from pathlib import Path

from benchmarks.classifier import read_nlu
from encoder_tuning.slips import variant
from runtime.intents import DICTIONARY, WORDS, spoken
from signpost.assistant import assistant
from signpost.words import Words, spelt_right

ROOT = Path(__file__).parent.parent
VARIANTS = 6
UNWRAPPED = frozenset({"help", "harmful_request"})  # a plea around these would change what they are


def main(out: Path) -> None:
    """Write {"intent", "texts": [folded, variant, ...]} for each sentence of data/nlu to `out`."""
    examples = read_nlu(ROOT / "data" / "nlu")
    words = Words.load(WORDS, spelt_right(DICTIONARY), examples.texts)
    needs, chance = assistant().needs - UNWRAPPED, random.Random(7)
    with out.open("w") as file:
        for text, intent in zip(examples.texts, examples.intents, strict=True):
            others = [spoken(words.fold(variant(text, chance, intent in needs))) for _ in range(VARIANTS)]
            file.write(json.dumps({"intent": intent, "texts": [spoken(words.fold(text)), *others]}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
