"""The shipped model beside the fp32 six-layer model that it came from, on the same utterances in the same run.

    python3 compare.py --model ../model --data DIR/test.jsonl

The six layers have MiniLM-L6's sizes and our heads; their weights are random, which costs the same time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx

import tokenizer as vocabulary
from data import collate, encode, ordered_batches, read_examples, read_labels
from evaluate import ONTOLOGY, onnx_predict, onnx_session
from graph import graph_of
from model import CommandModel, Shape


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="JSONL file")
    arguments = parser.parse_args()

    labels = read_labels(ONTOLOGY)
    tokenizer = vocabulary.load(arguments.model / "tokenizer.json")
    short = [e for e in read_examples(arguments.data) if len(e.text.split()) <= 16][:600]
    rows = [encode(e, tokenizer, labels) for e in short]
    with tempfile.TemporaryDirectory() as folder:
        six = Path(folder) / "six.onnx"
        shape = Shape(tokenizer.get_vocab_size(), len(labels.intents), len(labels.slots), layers=6)
        onnx.save(graph_of(CommandModel(shape), eight_bits=False), six)
        files = {"shipped": arguments.model / "model.onnx", "six_layers_fp32": six}
        one = {name: onnx_predict(onnx_session(file, threads=1)) for name, file in files.items()}
        two = {name: onnx_predict(onnx_session(file, threads=2)) for name, file in files.items()}

    report: dict[str, dict[str, float]] = {name: {} for name in files}
    times: dict[str, list[float]] = {name: [] for name in files}
    for row in rows[:50] + rows:
        inputs = tuple(tensor.numpy() for tensor in collate([row]).inputs)
        for name, predict in one.items():
            began = time.perf_counter()
            predict(inputs)
            times[name].append((time.perf_counter() - began) * 1000)
    for name in files:
        report[name]["p50_ms"] = round(float(np.percentile(times[name][50:], 50)), 3)
        report[name]["p99_ms"] = round(float(np.percentile(times[name][50:], 99)), 3)
    for name, predict in two.items():
        began = time.perf_counter()
        for _, group in ordered_batches(rows, 32):
            predict(tuple(tensor.numpy() for tensor in collate(group).inputs))
        report[name]["utterances_per_second_two_threads"] = round(len(rows) / (time.perf_counter() - began))
    ratio = report["six_layers_fp32"]["p50_ms"] / report["shipped"]["p50_ms"]
    print(json.dumps(report | {"times_faster": round(ratio, 2)}, indent=1))


if __name__ == "__main__":
    main()
