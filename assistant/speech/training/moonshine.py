"""Moonshine (Jeffries et al. 2024, arXiv 2410.15608) in PyTorch, with the weights of its 8-bit ONNX files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import GraphProto, TensorProto, numpy_helper
from torch import Tensor, nn

HEADS = 8
ROUNDED = ("conv1.weight", "conv2.weight", "conv3.weight")
"""Weights that are rounded in the file, but multiplied as floats."""


def turned(x: Tensor, frequencies: Tensor) -> Tensor:
    """Rotary position embedding of neighbouring numbers; those without a frequency stay.

    x: (batch, heads, time, width)
    """
    count = 2 * len(frequencies)
    positions = torch.arange(x.shape[-2], dtype=x.dtype)
    angles = (positions[:, None] * frequencies).repeat_interleave(2, -1)
    pairs = x[..., :count].unflatten(-1, (-1, 2))
    quarter = torch.stack((-pairs[..., 1], pairs[..., 0]), -1).flatten(-2)
    return torch.cat((x[..., :count] * angles.cos() + quarter * angles.sin(), x[..., count:]), -1)


class Attention(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.q_proj, self.k_proj, self.v_proj, self.dense = (nn.Linear(width, width, bias=False) for _ in range(4))

    def forward(
        self, x: Tensor, source: Tensor | None = None, frequencies: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        def by_head(y: Tensor) -> Tensor:
            return y.unflatten(-1, (HEADS, -1)).transpose(1, 2)

        source = x if source is None else source
        q, k, v = by_head(self.q_proj(x)), by_head(self.k_proj(source)), by_head(self.v_proj(source))
        if frequencies is not None:
            q, k = turned(q, frequencies), turned(k, frequencies)
        return self.dense(F.scaled_dot_product_attention(q, k, v, is_causal=causal).transpose(1, 2).flatten(-2))


def norm(width: int) -> nn.LayerNorm:
    return nn.LayerNorm(width, bias=False)


class EncoderMlp(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(x)))


class EncoderLayer(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.input_layernorm, self.post_attention_layernorm = norm(width), norm(width)
        self.self_attn, self.mlp = Attention(width), EncoderMlp(width)

    def forward(self, x: Tensor, frequencies: Tensor) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), frequencies=frequencies)
        return x + self.mlp(self.post_attention_layernorm(x))


class Encoder(nn.Module):
    def __init__(self, width: int, layers: int, frequencies: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(1, width, 127, 64, bias=False)
        self.groupnorm = nn.GroupNorm(1, width)
        self.conv2 = nn.Conv1d(width, 2 * width, 7, 3)
        self.conv3 = nn.Conv1d(2 * width, width, 3, 2)
        self.layers = nn.ModuleList(EncoderLayer(width) for _ in range(layers))
        self.layer_norm = norm(width)
        self.register_buffer("frequencies", torch.zeros(frequencies))

    def forward(self, sounds: Tensor) -> Tensor:
        """sounds: (batch, samples at 16 kHz), all equally long → (batch, frames, width)"""
        x = self.groupnorm(self.conv1(sounds[:, None]).tanh())
        x = F.gelu(self.conv3(F.gelu(self.conv2(x)))).transpose(1, 2)
        for layer in self.layers:
            x = layer(x, self.frequencies)
        return self.layer_norm(x)


class DecoderMlp(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.up_proj, self.down_proj = nn.Linear(width, 8 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.up_proj(x).chunk(2, -1)
        return self.down_proj(F.silu(gate) * value)


class DecoderLayer(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.input_layernorm, self.post_attention_layernorm, self.final_layernorm = (norm(width) for _ in range(3))
        self.self_attn, self.encoder_attn, self.mlp = Attention(width), Attention(width), DecoderMlp(width)

    def forward(self, x: Tensor, source: Tensor, frequencies: Tensor) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), frequencies=frequencies, causal=True)
        x = x + self.encoder_attn(self.post_attention_layernorm(x), source)
        return x + self.mlp(self.final_layernorm(x))


class Decoder(nn.Module):
    def __init__(self, tokens: int, width: int, layers: int, frequencies: int) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(tokens, width)
        self.layers = nn.ModuleList(DecoderLayer(width) for _ in range(layers))
        self.norm = norm(width)
        self.register_buffer("frequencies", torch.zeros(frequencies))

    def forward(self, tokens: Tensor, encoding: Tensor) -> Tensor:
        """tokens: (batch, time) → logarithms of the next tokens' likelihoods: (batch, time, tokens)"""
        x = self.embed_tokens(tokens)
        for layer in self.layers:
            x = layer(x, encoding, self.frequencies)
        return (self.norm(x) @ self.embed_tokens.weight.T).log_softmax(-1)


Stored = dict[str, TensorProto]



def array(stored: Stored, name: str) -> np.ndarray:
    return numpy_helper.to_array(stored[name]).astype(np.float32)


def matrices(graph: GraphProto, prefix: str) -> dict[str, str]:
    """By the module's weight: the name of the matrix that its node multiplies with, without `_quantized`."""
    return {
        node.name.removeprefix(prefix).removesuffix("/MatMul_quant").strip("/").replace("/", ".") + ".weight": node.input[
            1
        ].removesuffix("_quantized")
        for node in graph.node
        if node.op_type == "MatMulInteger"
    }


def unrounded(stored: Stored, matrix: str) -> np.ndarray:
    steps = array(stored, f"{matrix}_quantized") - array(stored, f"{matrix}_zero_point")
    return (steps * array(stored, f"{matrix}_scale")).T


def loaded(module: type[nn.Module], shape: tuple[int, ...], weights: dict[str, np.ndarray]) -> nn.Module:
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    made = module(*shape, layers, len(weights["frequencies"]))
    made.load_state_dict({name: torch.tensor(value) for name, value in weights.items()})
    return made


def read_encoder(file: Path) -> Encoder:
    """The encoder of `encoder_model.onnx`, as its 8-bit weights compute."""
    graph = onnx.load(file).graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    weights = {name: unrounded(stored, matrix) for name, matrix in matrices(graph, "").items()}
    for name, tensor in stored.items():
        if name.endswith(("layernorm.weight", "layer_norm.weight", ".bias")):
            weights[name] = array(stored, name)
        elif name.startswith(("onnx::Mul_", "onnx::Add_")) and len(tensor.dims) == 2:
            weights["groupnorm.weight" if "Mul" in name else "groupnorm.bias"] = array(stored, name)[:, 0]
    for name in ROUNDED:
        steps, scale, middle = (array(stored, f"{name}_{part}") for part in ("quantized", "scale", "zero_point"))
        weights[name] = steps * scale + middle
    weights["frequencies"] = array(stored, "/rotary_emb/Cast_1_output_0").ravel()
    return loaded(Encoder, (len(weights["conv1.weight"]),), weights)


def read_decoder(file: Path) -> Decoder:
    """The decoder of `decoder_model_merged.onnx`, as its 8-bit weights compute."""
    graph = onnx.load(file).graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    branch = next(a.g for node in graph.node for a in node.attribute if a.name == "else_branch")
    weights = {name: unrounded(stored, matrix) for name, matrix in matrices(branch, "/model/decoder/").items()}
    table = "model.decoder.embed_tokens.weight"
    for name, tensor in stored.items():
        plain = name.removeprefix("model.decoder.").removesuffix("_merged_0")
        if name.startswith("model.decoder.") and plain.endswith(("norm.weight", ".bias")) and len(tensor.dims) == 1:
            weights[plain] = array(stored, name)
    weights["embed_tokens.weight"] = unrounded(stored, f"{table}_merged_0").T
    weights["frequencies"] = array(stored, "/model/decoder/rotary_emb/Cast_1_output_0").ravel()
    return loaded(Decoder, weights["embed_tokens.weight"].shape, weights)
