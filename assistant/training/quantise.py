"""Turns a checkpoint into the shipped model: ONNX with 8-bit weights, tokenizer, calibrated labels.

    python3 quantise.py --checkpoint RUN_DIR --data DIR --out ../model
    python3 quantise.py --checkpoint RUN_DIR --data DIR --out FP32_DIR --fp32   # the same, not quantised

Writes `flips.json` beside the model: how many utterances of dev.jsonl and test.jsonl were compared, and every one that
fp32 and 8 bits read differently.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import onnx

import tokenizer as vocabulary
from data import encode, read_examples, read_labels
from decode import BOUNDARY, decode
from evaluate import ONTOLOGY, calibrate, frames, onnx_predict, onnx_session, run, torch_predict, write
from graph import graph_of
from model import load_checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder that train.py wrote")
    parser.add_argument("--data", type=Path, required=True, help="folder with dev.jsonl and test.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true", help="do not quantise")
    arguments = parser.parse_args()

    model, pieces = load_checkpoint(arguments.checkpoint)
    labels = read_labels(ONTOLOGY)
    tokenizer = vocabulary.wordpiece(pieces)
    examples = {name: read_examples(arguments.data / f"{name}.jsonl") for name in ("dev", "test")}
    rows = {name: [encode(e, tokenizer, labels) for e in found] for name, found in examples.items()}
    exact = {name: run(torch_predict(model.eval()), found, size=64) for name, found in rows.items()}

    arguments.out.mkdir(parents=True, exist_ok=True)
    file = arguments.out / "model.onnx"
    onnx.save(graph_of(model, eight_bits=not arguments.fp32), file)
    vocabulary.save(pieces, arguments.out / "tokenizer.json")
    predict = onnx_predict(onnx_session(file, threads=2))
    small = {name: run(predict, found) for name, found in rows.items()}
    temperature, threshold = calibrate(examples["dev"], rows["dev"], small["dev"], labels)
    settings = {
        "version": 1,
        "intents": labels.intents,
        "slots": labels.slots,
        "temperature": temperature,
        "thresholds": {"boundary": BOUNDARY, "rejection": threshold},
    }
    (arguments.out / "labels.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")

    flips = []
    for name, found in rows.items():
        for example, row, before, after in zip(examples[name], found, exact[name], small[name], strict=True):
            was, now = (decode(o, row, labels, temperature, threshold) for o in (before, after))
            if frames(was) != frames(now):
                flips.append({"id": example.id, "text": example.text, "fp32": write(example, was), "int8": write(example, now)})
    lines = ",\n".join(json.dumps(flip, ensure_ascii=False) for flip in flips)
    total = sum(len(found) for found in rows.values())
    told = f'{{"compared": {total}, "flips": [\n{lines}\n]}}\n'
    (arguments.out / "flips.json").write_text(told, encoding="utf-8")
    size = sum(f.stat().st_size for f in arguments.out.iterdir()) / 1e6
    print(f"{size:.1f} MB, temperature {temperature}, rejection below {threshold}, {len(flips)} of {total} frames flip")


if __name__ == "__main__":
    main()
