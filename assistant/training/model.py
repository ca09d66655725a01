"""The language model: a BERT encoder with four heads, in plain PyTorch.

One forward pass answers four questions about every token: which command it speaks for (`intent`), how much its
vote counts (`pool`), whether a new command begins here (`boundary`) and which slot it belongs to (`slot`).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

MAX_TOKENS = 64


@dataclass(frozen=True)
class Shape:
    """Sizes of a model; MiniLM-L6's unless told otherwise."""

    vocabulary: int
    intents: int
    slots: int
    layers: int = 3
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    kv_heads: int = 12
    """Fewer than `heads`: several queries share one key and value (Ainslie et al. 2023)."""

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def half_precision(device: torch.device) -> torch.autocast:
    """To count in bfloat16 where that is faster: half the bits take half the time on a processor that counts in them, and
    three times as long on one that does not."""
    abilities = torch.cpu.get_capabilities()
    counts_so = device.type == "cuda" or any(abilities.get(name) for name in ("avx512_bf16", "amx_bf16"))
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=counts_so)


class Matrix(nn.Linear):
    """A linear layer that can train under the rounding which it will run with: ONNX Runtime gives all inputs of an
    8-bit matrix one scale, so a single outlier makes the others coarse. `rounding` teaches the model to bear it."""

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(as_bytes(x) if self.rounding else x)


def as_bytes(x: Tensor) -> Tensor:
    """`x` [B,T,H] rounded to 256 steps per row of the batch; the gradient passes straight through."""
    low = x.detach().amin((1, 2), keepdim=True).clamp(max=0).float()
    high = x.detach().amax((1, 2), keepdim=True).clamp(min=0).float()
    step = (high - low).clamp(min=1e-6) / 255
    rounded = (x.detach().float() / step).round() * step
    return x + (rounded.to(x.dtype) - x.detach())


class Dropout(nn.Dropout):
    """Dropout that takes its masks from a store on a processor, where drawing them anew takes an eighth of a training
    step: one core draws bit by bit."""

    SIZE = 1 << 24
    masks: dict[float, Tensor] = {}
    """By the share that is dropped: 0 where a value is, 1 / (1 - p) elsewhere."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or x.device.type != "cpu" or x.numel() >= self.SIZE:
            return super().forward(x)
        mask = self.masks.get(self.p)
        if mask is None:
            mask = self.masks[self.p] = F.dropout(torch.ones(self.SIZE), self.p)
        first = int(torch.randint(self.SIZE - x.numel(), ()))
        return x * mask[first : first + x.numel()].view_as(x)


class Layer(nn.Module):
    """Post-norm transformer layer, as in BERT. Attention is spelled out: PyTorch's fused bf16 kernel is slower
    on CPUs at our lengths (measured: 31 ms against 2 ms per backward pass of 64 x 14 tokens)."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.kv_heads = shape.heads, shape.kv_heads
        self.width = shape.hidden // shape.heads
        self.qkv = Matrix(shape.hidden, (shape.heads + 2 * shape.kv_heads) * self.width)
        self.out = Matrix(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = Matrix(shape.hidden, shape.inner)
        self.down = Matrix(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, tokens, hidden = x.shape
        heads = self.qkv(x).view(batch, tokens, -1, self.width).transpose(1, 2)
        q, k, v = heads.split([self.heads, self.kv_heads, self.kv_heads], dim=1)
        if self.kv_heads < self.heads:
            k, v = (each.repeat_interleave(self.heads // self.kv_heads, dim=1) for each in (k, v))
        scores = q @ k.transpose(-1, -2) / math.sqrt(self.width) + bias
        mixed = scores.softmax(-1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, hidden)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class CommandModel(nn.Module):
    """`forward` takes int64 `input_ids`, `attention_mask`, `token_type_ids` [B,T] and gives `intent_logits`
    [B,T,L], `pool_logits` [B,T], `boundary_logits` [B,T], `slot_logits` [B,T,1+2S]."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(MAX_TOKENS, shape.hidden)
        self.types = nn.Embedding(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.intent = nn.Linear(shape.hidden, shape.intents)
        self.pool = nn.Linear(shape.hidden, 1)
        self.boundary = nn.Linear(shape.hidden, 1)
        self.slot = nn.Linear(shape.hidden, 1 + 2 * shape.slots)
        for module in self.modules():
            if isinstance(module, nn.Linear | nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def embed(self, input_ids: Tensor) -> Tensor:
        return self.words(input_ids)

    def encode(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> list[Tensor]:
        """What every layer makes of the text, [B,T,H] each."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.embed(input_ids) + self.positions(places) + self.types(token_type_ids)
        x = self.dropout(self.norm(x))
        bias = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -10_000.0
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return states

    def read(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The four heads' answers to the last layer's output."""
        x = self.dropout(x)
        return self.intent(x), self.pool(x).squeeze(-1), self.boundary(x).squeeze(-1), self.slot(x)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        return self.read(self.encode(input_ids, attention_mask, token_type_ids)[-1])


def load_minilm(model: CommandModel, folder: Path, pieces: list[str], layers: list[int]) -> None:
    """Copies MiniLM-L6's weights into `model`: the named `layers`, and the rows of `pieces` (the pruned vocabulary,
    in the order of its ids). `[USER]` and `[CAR]` start as those words."""
    weights = load_file(folder / "model.safetensors")
    prefix = "bert." if any(name.startswith("bert.") for name in weights) else ""
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    row = {piece: index for index, piece in enumerate(vocabulary)}
    stand_ins = {"[USER]": "user", "[CAR]": "car"}
    rows = [row[stand_ins.get(piece, piece)] for piece in pieces]

    def get(name: str) -> Tensor:
        return weights[prefix + name].float()

    with torch.no_grad():
        model.words.weight.copy_(get("embeddings.word_embeddings.weight")[rows])
        model.positions.weight.copy_(get("embeddings.position_embeddings.weight")[:MAX_TOKENS])
        model.types.weight.copy_(get("embeddings.token_type_embeddings.weight"))
        copy_pair(model.norm, get, "embeddings.LayerNorm")
        for target, source in zip(model.layers, layers, strict=True):
            at = f"encoder.layer.{source}"
            for part in ("weight", "bias"):
                q, k, v = (get(f"{at}.attention.self.{name}.{part}") for name in ("query", "key", "value"))
                getattr(target.qkv, part).copy_(torch.cat([q, shared(k, model.shape), shared(v, model.shape)]))
            copy_pair(target.out, get, f"{at}.attention.output.dense")
            copy_pair(target.norm1, get, f"{at}.attention.output.LayerNorm")
            copy_pair(target.up, get, f"{at}.intermediate.dense")
            copy_pair(target.down, get, f"{at}.output.dense")
            copy_pair(target.norm2, get, f"{at}.output.LayerNorm")


def shared(weight: Tensor, shape: Shape) -> Tensor:
    """Keys or values of all `heads` [heads x width, ...] as the means of neighbours, one for each of `kv_heads`."""
    return weight.unflatten(0, (shape.kv_heads, shape.heads // shape.kv_heads, -1)).mean(1).flatten(0, 1)


def load_teacher(model: CommandModel, teacher: CommandModel, layers: list[int]) -> None:
    """Copies the teacher's weights into its student: embeddings, heads, and the named `layers`."""
    inside = {name: value for name, value in teacher.state_dict().items() if not name.startswith("layers.")}
    model.load_state_dict(inside, strict=False)
    hidden = model.shape.hidden
    with torch.no_grad():
        for target, source in zip(model.layers, layers, strict=True):
            state = teacher.layers[source].state_dict()
            for part in ("weight", "bias"):
                q, k, v = state[f"qkv.{part}"].split(hidden)
                state[f"qkv.{part}"] = torch.cat([q, shared(k, model.shape), shared(v, model.shape)])
            target.load_state_dict(state)


def copy_pair(module: nn.Module, get, name: str) -> None:
    module.weight.copy_(get(f"{name}.weight"))
    module.bias.copy_(get(f"{name}.bias"))


def pool_segments(intent_logits: Tensor, pool_logits: Tensor, segments: Tensor) -> Tensor:
    """Intent logits of every command, [C,L], in reading order.

    `segments` [B,T] says which command of its utterance a token belongs to, -1 for none. The weights are the
    softmax of the pool logits over the command's tokens.
    """
    commands = int(segments.max()) + 1
    member = segments[:, None, :] == torch.arange(commands, device=segments.device)[None, :, None]
    scores = pool_logits[:, None, :].float().masked_fill(~member, -1e4)
    weights = scores.softmax(-1) * member
    pooled = weights @ intent_logits.float()
    return pooled[member.any(-1)]


def save_checkpoint(
    file: Path, model: CommandModel, pieces: list[str], optimizer: torch.optim.Optimizer, step: int
) -> None:
    state = {
        "model": model.state_dict(),
        "shape": model.shape.as_dict(),
        "pieces": pieces,
        "optimizer": optimizer.state_dict(),
        "step": step,
    }
    torch.save(state, file.with_suffix(".part"))
    file.with_suffix(".part").replace(file)


def load_checkpoint(folder: Path) -> tuple[CommandModel, list[str]]:
    """A trained model and the pieces of its vocabulary."""
    state = torch.load(folder / "checkpoint.pt", weights_only=True, map_location="cpu")
    model = CommandModel(Shape(**state["shape"]))
    model.load_state_dict(state["model"])
    return model, state["pieces"]
