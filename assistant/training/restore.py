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
from torch import Tensor

import tokenizer as vocabulary
from model import CommandModel, Shape, save_checkpoint

MATRICES = ("qkv", "out", "up", "down")
HEADS = ("intent", "pool", "boundary", "slot")


def restore(file: Path, pieces: list[str]) -> CommandModel:
    """The model in the ONNX `file` that quantise.py wrote; its matrices lie there in the order of their use, without
    their names.

    Raises ValueError where the file holds something else.
    """
    stored = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(file).graph.initializer}
    state = {name: value for name, value in stored.items() if not name.startswith(("onnx::", "words."))}
    layers = len({name.split(".")[1] for name in state if name.startswith("layers.")})
    unnamed = [name for name in stored if name.startswith("onnx::")]
    whole = [name for name in unnamed if not name.endswith(("_scale", "_zero_point", "_quantized"))]
    rounded = [name.removesuffix("_scale") for name in unnamed if name.endswith("_scale")]
    matrices = [f"layers.{layer}.{matrix}" for layer in range(layers) for matrix in MATRICES]
    if "words.rows" not in stored or len(rounded) != len(matrices) or len(whole) != len(HEADS):
        raise ValueError(f"{file.name} holds another kind of model")

    def of_bytes(name: str) -> Tensor:
        steps = stored[f"{name}_quantized"].float() - stored[f"{name}_zero_point"].float()
        return (steps * stored[f"{name}_scale"]).T

    state["words.weight"] = stored["words.rows"].float() * stored["words.scale"][:, None]
    state |= {f"{matrix}.weight": of_bytes(name) for matrix, name in zip(matrices, rounded, strict=True)}
    state |= {f"{head}.weight": stored[name].T for head, name in zip(HEADS, whole, strict=True)}
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
