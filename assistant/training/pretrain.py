"""Masked-language-model pretraining, for machines that cannot get MiniLM's weights."""

from __future__ import annotations

import random

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from model import MAX_TOKENS, CommandModel


def pretrain(model: CommandModel, tokenizer: Tokenizer, texts: list[str], seed: int, steps: int = 4000) -> None:
    """Teaches the encoder to fill in hidden pieces (Devlin et al. 2019: 15 % of them) of `texts`, in place. The
    output layer is the embedding itself and is not kept."""
    limit = MAX_TOKENS - 2
    lines = sorted({tuple(e.ids[:limit]) for e in tokenizer.encode_batch(texts, add_special_tokens=False)}, key=len)
    lines = [line for line in lines if line]
    start, stop, hidden = (tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]", "[MASK]"))
    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4)
    choose, size = random.Random(seed), 128
    generator = torch.Generator().manual_seed(seed)
    model.train()
    for step in range(steps):
        first = choose.randrange(max(1, len(lines) - size))
        group = lines[first : first + size]
        ids = np.zeros((len(group), len(group[-1]) + 2), dtype=np.int64)
        for i, line in enumerate(group):
            ids[i, : len(line) + 2] = [start, *line, stop]
        target = torch.from_numpy(ids)
        guess = (torch.rand(target.shape, generator=generator) < 0.15) & (target != 0) & (target != start) & (target != stop)
        if not guess.any():
            continue
        inputs = target.masked_fill(guess, hidden).to(device)
        x = model.encode(inputs, (target != 0).long().to(device), torch.zeros_like(inputs))[-1]
        loss = F.cross_entropy(x[guess.to(device)] @ model.words.weight.T, target[guess].to(device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        for group_of in optimizer.param_groups:
            group_of["lr"] = 5e-4 * min(1.0, (step + 1) / 400) * (1 - step / steps)
        optimizer.step()
        if (step + 1) % 200 == 0:
            print(f"pretraining step {step + 1}/{steps}  loss {loss.item():.3f}", flush=True)
