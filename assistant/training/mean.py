"""The mean of the weights of several runs that began from the same weights (model soups, Wortsman et al. 2022).

    python3 mean.py RUN_DIR RUN_DIR ... --out DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from model import load_checkpoint, save_checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", help="folders of checkpoints")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoint")
    arguments = parser.parse_args()

    loaded = [load_checkpoint(run) for run in arguments.runs]
    model, pieces = loaded[0]
    if any(other.shape != model.shape or words != pieces for other, words in loaded):
        parser.error("The runs differ in size or vocabulary: only those that began from the same weights have a mean.")
    states = [other.state_dict() for other, _ in loaded]
    model.load_state_dict({name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]})
    arguments.out.mkdir(parents=True, exist_ok=True)
    save_checkpoint(arguments.out / "checkpoint.pt", model, pieces, torch.optim.AdamW(model.parameters()), 0)


if __name__ == "__main__":
    main()
