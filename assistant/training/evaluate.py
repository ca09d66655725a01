"""Scores while training, and calibration. What the shipped model is measured with is `npx drivetalk evaluate`, which
reads utterances through the run-time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from data import Encoded, Example, Labels, collate, ordered_batches
from decode import OPPOSITE, OUT_OF_SCOPE, Outputs, Reading, decide, decode, read, softmax
from model import CommandModel

ONTOLOGY = Path(__file__).parent.parent / "understanding" / "ontology.yaml"

LEAST_LIKELIHOOD = 1e-4
"""One answer that was given for certain and is wrong counts no more than this likelihood."""
MOST_LOST = 0.005
"""Share of right answers that rejecting doubtful ones may cost."""

Predict = Callable[[tuple[np.ndarray, np.ndarray, np.ndarray]], list[np.ndarray]]
"""(input_ids, attention_mask, token_type_ids) → (intent, pool, boundary, slot) logits."""


def torch_predict(model: CommandModel) -> Predict:
    device = next(model.parameters()).device

    def predict(inputs: tuple[np.ndarray, np.ndarray, np.ndarray]) -> list[np.ndarray]:
        with torch.inference_mode():
            return [out.float().cpu().numpy() for out in model(*(torch.from_numpy(i).to(device) for i in inputs))]

    return predict


def onnx_session(file: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def onnx_predict(session: onnxruntime.InferenceSession) -> Predict:
    names = ["intent_logits", "pool_logits", "boundary_logits", "slot_logits"]

    def predict(inputs: tuple[np.ndarray, np.ndarray, np.ndarray]) -> list[np.ndarray]:
        return session.run(names, dict(zip(["input_ids", "attention_mask", "token_type_ids"], inputs, strict=True)))

    return predict


def run(predict: Predict, rows: list[Encoded], size: int = 1) -> list[Outputs]:
    """The logits of every row's own tokens. One by one as in the car unless told otherwise: an 8-bit model gives all
    rows of a batch one scale, so that neighbours would change the answer."""
    results: list[Outputs | None] = [None] * len(rows)
    for indices, group in ordered_batches(rows, size):
        logits = predict(tuple(tensor.numpy() for tensor in collate(group).inputs))
        for i, (index, row) in enumerate(zip(indices, group, strict=True)):
            results[index] = Outputs(*(head[i, 1 : row.utterance + 1] for head in logits))
    return [r for r in results if r is not None]


def gold(example: Example) -> list[Reading]:
    return [
        Reading(c.intent, 1.0, c.start, c.end, frozenset((s.name, s.start, s.end) for s in c.slots), 0.0)
        for c in example.commands
    ]


def frames(readings: Iterable[Reading]) -> list[tuple[str, frozenset[tuple[str, int, int]]]]:
    return [(r.intent, r.slots) for r in readings]


def intents(readings: Iterable[Reading]) -> list[str]:
    return [r.intent for r in readings]


def share(hits: int, total: int) -> float:
    return round(100 * hits / total, 2) if total else float("nan")


def is_opposite(right: str, said: str) -> bool:
    """The worst error: the same target with the opposite operation."""
    (target, operation), (other, wrong) = right.rsplit(".", 1), said.rsplit(".", 1)
    return target == other and OPPOSITE.get(operation) == wrong


def calibration_error(confidences: list[float], right: list[bool], bins: int = 15) -> float:
    """Expected calibration error (Guo et al. 2017): gap between confidence and accuracy, over equal-width bins."""
    place = np.minimum((np.array(confidences) * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            gap = np.array(confidences)[inside].mean() - np.array(right)[inside].mean()
            total += inside.mean() * abs(gap)
    return round(float(total), 4)


def score(examples: list[Example], predicted: list[list[Reading]]) -> dict[str, float]:
    """Percentages over utterances, unless the name says otherwise."""
    tally: Counter[str] = Counter()
    confidences: list[float] = []
    right: list[bool] = []
    for example, said in zip(examples, predicted, strict=True):
        wanted = gold(example)
        exact, same = frames(wanted) == frames(said), intents(wanted) == intents(said)
        kinds = ["all"]
        kinds += ["several"] if len(wanted) > 1 else []
        kinds += ["context"] if example.context else []
        for kind in kinds:
            tally[kind] += 1
            tally[f"{kind}_exact"] += exact
            tally[f"{kind}_intents"] += same
        outside = wanted[0].intent == OUT_OF_SCOPE
        tally["outside"] += outside
        tally["outside_found"] += outside and said[0].intent.startswith("none.")
        tally["inside_rejected"] += (not wanted[0].intent.startswith("none.")) and said[0].intent == OUT_OF_SCOPE
        for w, s in zip(wanted, said, strict=False):
            tally["commands"] += 1
            tally["opposites"] += is_opposite(w.intent, s.intent)
            confidences.append(s.confidence)
            right.append(w.intent == s.intent)
        want = {slot for r in wanted for slot in r.slots}
        have = {slot for r in said for slot in r.slots}
        tally["slots_right"] += len(want & have)
        tally["slots_said"] += len(have)
        tally["slots_wanted"] += len(want)
    precision = tally["slots_right"] / max(1, tally["slots_said"])
    recall = tally["slots_right"] / max(1, tally["slots_wanted"])
    return {
        "utterances": tally["all"],
        "exact": share(tally["all_exact"], tally["all"]),
        "intents": share(tally["all_intents"], tally["all"]),
        "slot_f1": round(200 * precision * recall / max(1e-9, precision + recall), 2),
        "several_n": tally["several"],
        "several_exact": share(tally["several_exact"], tally["several"]),
        "context_n": tally["context"],
        "context_exact": share(tally["context_exact"], tally["context"]),
        "opposites_per_1000": round(1000 * tally["opposites"] / max(1, tally["commands"]), 2),
        "out_of_scope_n": tally["outside"],
        "out_of_scope_recall": share(tally["outside_found"], tally["outside"]),
        "in_scope_rejected": share(tally["inside_rejected"], tally["all"] - tally["outside"]),
        "calibration_error": calibration_error(confidences, right),
    }


def measure(
    model: CommandModel, examples: list[Example], rows: list[Encoded], labels: Labels, temperature: float = 1.0
) -> dict[str, float]:
    """Scores of a PyTorch model, nothing rejected."""
    outputs = run(torch_predict(model.eval()), rows, size=64)
    return score(examples, [decode(o, r, labels, temperature, 0.0) for o, r in zip(outputs, rows, strict=True)])


def calibrate(examples: list[Example], rows: list[Encoded], outputs: list[Outputs], labels: Labels) -> tuple[float, float]:
    """(temperature, rejection threshold) from development data, of which the lines written by hand, the way people
    talk, weigh as much as all others together.

    The temperature makes the confidence of what is read tell best whether it is right (least log loss). The threshold
    is the highest that costs at most half a point of the utterances with exactly the right intents.
    """
    by_hand = np.array([example.source == "corpus" for example in examples])
    weight = np.where(by_hand, 0.5 / max(1, by_hand.sum()), 0.5 / max(1, (~by_hand).sum()))

    @cache
    def loss(temperature: float) -> float:
        losses: list[float] = []
        counts: list[float] = []
        for example, row, output, own in zip(examples, rows, outputs, weight, strict=True):
            for wanted, said in zip(example.commands, read(output, row, labels, temperature), strict=False):
                likelihood = said.confidence if said.intent == wanted.intent else 1 - said.confidence
                losses.append(-math.log(max(likelihood, LEAST_LIKELIHOOD)))
                counts.append(own)
        return float(np.average(losses, weights=counts))

    temperature = lowest(loss, 0.6, 1.8)
    readings = [read(o, r, labels, temperature) for o, r in zip(outputs, rows, strict=True)]
    spoken = [[c.intent for c in example.commands] for example in examples]

    def right(threshold: float) -> float:
        hits = [intents(decide(r, threshold)) == s for r, s in zip(readings, spoken, strict=True)]
        return float(np.average(hits, weights=weight))

    shares = {float(threshold): right(threshold) for threshold in np.arange(0.1, 0.81, 0.025)}
    threshold = max(t for t, share_right in shares.items() if share_right >= max(shares.values()) - MOST_LOST)
    return temperature, round(threshold, 3)


def lowest(value: Callable[[float], float], low: float, high: float, fine: float = 0.02) -> float:
    """Where `value`, which has one valley between `low` and `high`, is lowest: golden-section search (Kiefer 1953)."""
    golden = (math.sqrt(5) - 1) / 2
    while high - low > fine:
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if value(left) < value(right) else (left, high)
    return round((low + high) / 2, 3)


def write(example: Example, readings: list[Reading]) -> str:
    return " + ".join(
        r.intent + "".join(f" [{example.text[a:b]}]({name})" for name, a, b in sorted(r.slots, key=lambda s: s[1]))
        for r in readings
    )
