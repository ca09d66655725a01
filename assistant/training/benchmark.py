"""The same recipe on public benchmarks: fine-tunes a distilled student on the labels of a set's own train split, and
measures it on its dev split.

    python3 benchmark.py --checkpoint RUN_DIR --public DIR --set snips      # intents, slot F1, both at once
    python3 benchmark.py --checkpoint RUN_DIR --public DIR --set clinc150   # in scope, out of scope at one threshold
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

import tokenizer as vocabulary
from data import Command, Encoded, Example, Labels, Span, collate, encode, training_batches
from decode import find_slots, intent_distribution
from evaluate import run, share, torch_predict
from losses import against_labels, answer
from model import CommandModel, Shape, half_precision, load_checkpoint
from public import read_rows
from train import parameter_groups, rate

FILES = {
    "snips": (["train/snips/train.jsonl"], ["dev/snips/validate.jsonl"]),
    "clinc150": (
        ["train/clinc150/train.jsonl", "train/clinc150/oos_train.jsonl"],
        ["dev/clinc150/val.jsonl", "dev/clinc150/oos_val.jsonl"],
    ),
}
OUTSIDE = "oos"
FOUND = 0.75


def read(folder: Path, files: list[str]) -> list[Example]:
    examples = []
    for row in (row for file in files for row in read_rows(folder / file)):
        slots = tuple(Span(s["name"], s["start"], s["end"]) for s in row["slots"])
        end = len(row["text"].encode("utf-16-le")) // 2
        examples.append(Example(row["id"], row["text"], (), (Command(row["intent"], 0, end, slots),), "benchmark"))
    return examples


def labels_of(examples: list[Example]) -> Labels:
    allowed: dict[str, set[str]] = {}
    for example in examples:
        for command in example.commands:
            allowed.setdefault(command.intent, set()).update(slot.name for slot in command.slots)
    slots = tuple(sorted(set().union(*allowed.values())))
    return Labels(tuple(sorted(allowed)), slots, {intent: frozenset(own) for intent, own in allowed.items()})


def with_labels(model: CommandModel, labels: Labels) -> CommandModel:
    """The same encoder under new heads for `labels`."""
    shape = Shape(**model.shape.as_dict() | {"intents": len(labels.intents), "slots": len(labels.slots)})
    other = CommandModel(shape)
    kept = {n: v for n, v in model.state_dict().items() if not n.startswith(("intent.", "slot."))}
    other.load_state_dict(kept, strict=False)
    return other


def tune(model: CommandModel, rows: list[Encoded], epochs: float, batch: int, peak: float, seed: int) -> None:
    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW(parameter_groups(model, 0.4), lr=peak, betas=(0.9, 0.98), fused=True)
    steps = round(epochs * len(rows) / batch)
    no_contraries = torch.arange(len(model.intent.bias), device=device)
    evenly = np.full(len(rows), 1 / len(rows))
    model.train()
    for step, picked in enumerate(
        tqdm(training_batches(rows, evenly, batch, steps, seed), total=steps, disable=not sys.stderr.isatty())
    ):
        for group in optimizer.param_groups:
            group["lr"] = group["share"] * peak * rate(step, step / steps, 100)
        seen = collate([rows[i] for i in picked]).to(device)
        with half_precision(device):
            loss = sum(against_labels(answer(model, seen), seen, no_contraries).values())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if not sys.stderr.isatty() and (step + 1) % max(1, steps // 10) == 0:
            print(f"{step + 1} of {steps} steps", file=sys.stderr, flush=True)


def measure(model: CommandModel, examples: list[Example], rows: list[Encoded], labels: Labels) -> dict[str, float]:
    outputs = run(torch_predict(model.eval()), rows, size=64)
    wanted = [e.commands[0].intent for e in examples]
    sure = np.stack([intent_distribution(o, 0, r.utterance, 1.0) for o, r in zip(outputs, rows, strict=True)])
    said = [labels.intents[i] for i in sure.argmax(-1)]
    scores: dict[str, float] = {"utterances": len(rows), "intents": share(sum(map(str.__eq__, wanted, said)), len(rows))}
    if labels.slots:
        want = [frozenset((s.name, s.start, s.end) for s in e.commands[0].slots) for e in examples]
        have = [
            find_slots(o.slot, r, 0, r.utterance, labels, labels.allowed[intent])
            for o, r, intent in zip(outputs, rows, said, strict=True)
        ]
        hits = sum(len(a & b) for a, b in zip(want, have, strict=True))
        scores["slot_f1"] = round(200 * hits / (sum(map(len, want)) + sum(map(len, have))), 2)
        both = sum(a == b and i == j for a, b, i, j in zip(want, have, wanted, said, strict=True))
        scores["both"] = share(both, len(rows))
    if OUTSIDE in labels.intents:
        scores |= rejection(sure, wanted, labels)
    return scores


def rejection(sure: np.ndarray, wanted: list[str], labels: Labels) -> dict[str, float]:
    """In-scope accuracy and out-of-scope recall where an utterance is rejected when its likeliest intent is less likely
    than a threshold. The threshold is chosen on each half of the rows, as the least that finds three in four of what is
    out of scope there, and used on the other."""
    outside = labels.intents.index(OUTSIDE)
    truth = np.array([labels.intents.index(intent) for intent in wanted])
    inside = sure.copy()
    inside[:, outside] = 0
    best, confidence = inside.argmax(-1), inside.max(-1)

    def right(threshold: float, rows: np.ndarray) -> tuple[float, float]:
        kept = confidence[rows] >= threshold
        within = truth[rows] != outside
        return float((kept & (best[rows] == truth[rows]))[within].mean()), float((~kept)[~within].mean())

    halves = [np.arange(len(truth)) % 2 == part for part in (0, 1)]
    chosen = [next(t for t in np.arange(0.05, 1.01, 0.01) if right(t, rows)[1] >= FOUND) for rows in halves]
    told = [right(threshold, rows) for threshold, rows in zip(chosen, reversed(halves), strict=True)]
    return {
        "in_scope": round(100 * float(np.mean([t[0] for t in told])), 2),
        "out_of_scope_recall": round(100 * float(np.mean([t[1] for t in told])), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder that train.py wrote")
    parser.add_argument("--public", type=Path, required=True, help="folder with train/ and dev/ of the public sets")
    parser.add_argument("--set", choices=list(FILES), required=True)
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate (default %(default)s)")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    train, dev = (read(arguments.public, files) for files in FILES[arguments.set])
    labels = labels_of(train)
    earlier, pieces = load_checkpoint(arguments.checkpoint)
    model = with_labels(earlier, labels).to(device)
    tokenizer = vocabulary.wordpiece(pieces)
    rows, dev_rows = ([encode(e, tokenizer, labels) for e in examples] for examples in (train, dev))
    tune(model, rows, arguments.epochs, arguments.batch, arguments.rate, arguments.seed)
    print(json.dumps({"set": arguments.set, **measure(model, dev, dev_rows, labels)}))


if __name__ == "__main__":
    main()
