"""Turns a shipped model back into a checkpoint, to train it further: with more lines, or with a product's own.

    python3 restore.py --model ../model --out runs/shipped
    python3 train.py --data runs/data --init runs/shipped --teacher runs/shipped --out runs/student

The weights are those that the 8-bit model computes with, so the checkpoint reads as the model does.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import numpy_helper

import tokenizer as vocabulary
from graph import HEADS
from model import CommandModel, Shape, save_checkpoint


def restore(file: Path, pieces: list[str]) -> CommandModel:
    """The model in the ONNX `file` that quantise.py wrote; its matrices lie there in the order of their use, without
    their names.

    Raises ValueError where the file holds something else.
    """
    stored = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(file).graph.initializer}
    scaled = [name.removesuffix(".scale") for name in stored if name.endswith(".scale")]
    if "words" not in scaled or "heads.sizes" not in stored:
        raise ValueError(f"{file.name} holds another kind of model")
    state = {name: value for name, value in stored.items() if name.startswith(("layers.", "norm.", "positions.", "types."))}
    for name in scaled:
        weight = stored[f"{name}.weight"].float() * stored.pop(f"{name}.scale")
        state.pop(f"{name}.scale", None)
        state[f"{name}.weight"] = weight if name == "words" else weight.T
    sizes = stored["heads.sizes"].tolist()
    for head, weight, bias in zip(HEADS, stored["heads.weight"].T.split(sizes), stored["heads.bias"].split(sizes), strict=True):
        state |= {f"{head}.weight": weight, f"{head}.bias": bias}
    layers = len({name.split(".")[1] for name in state if name.startswith("layers.")})
    hidden = len(state["norm.weight"])
    kv = (len(state["layers.0.qkv.bias"]) - hidden) // 2
    heads = Shape.heads
    shape = Shape(
        vocabulary=len(pieces),
        intents=len(state["intent.bias"]),
        slots=(len(state["slot.bias"]) - 1) // 2,
        layers=layers,
        hidden=hidden,
        inner=len(state["layers.0.up.bias"]),
        kv_heads=kv // (hidden // heads),
    )
    model = CommandModel(shape)
    model.load_state_dict(state)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder with model.onnx and tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    arguments = parser.parse_args()

    for name in ("model.onnx", "tokenizer.json"):
        if not (arguments.model / name).is_file():
            parser.error(f"{arguments.model} holds no {name}: take the folder of a model that quantise.py wrote.")
    try:
        pieces = vocabulary.pieces_of(vocabulary.load(arguments.model / "tokenizer.json"))
        model = restore(arguments.model / "model.onnx", pieces)
    except (OSError, DecodeError, ValueError) as error:
        parser.error(f"{arguments.model} cannot be restored ({error}): take the folder of a model that quantise.py wrote, 8-bit.")
    arguments.out.mkdir(parents=True, exist_ok=True)
    save_checkpoint(arguments.out / "checkpoint.pt", model, pieces, torch.optim.AdamW(model.parameters()), 0)


if __name__ == "__main__":
    main()
