"""Writes an encoder as `../model/*-encoder.onnx`: from a sound to what the package's decoder attends to, in 8 bits.

    sound [samples], at 16 kHz → keys [layers · heads, headWidth, frames], values [layers · heads, frames, headWidth]

Beside its weights it differs from the package's encoder in how it computes: products are one node each, with a scale for
each column of a matrix instead of one for all; two of the three convolutions are such products, too; and the decoder's
projections of the encoding, which stay as they are, come with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from moonshine import HEADS, Decoder, Encoder

RUNTIME = "com.microsoft"
"""Operators of ONNX Runtime's own."""
FAR = np.iinfo(np.int64).max
STRIDES = {"conv2": 3, "conv3": 2}


class Graph:
    """A graph that grows node by node; values are named by numbers."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.tensors: list[TensorProto] = []

    def tensor(self, value: np.ndarray | Sequence[int]) -> str:
        name = f"tensor{len(self.tensors)}"
        array = value if isinstance(value, np.ndarray) else np.array(value, np.int64)
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> list[str]:
        names = [f"value{len(self.nodes)}.{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, domain=domain, **attributes))
        return names

    def node(self, operator: str, *inputs: str, **attributes: object) -> str:
        return self.add(operator, *inputs, **attributes)[0]

    def reshaped(self, value: str, *shape: int) -> str:
        return self.node("Reshape", value, self.tensor(shape))

    def turned(self, value: str, *order: int) -> str:
        return self.node("Transpose", value, perm=order)

    def product(self, value: str, matrix: np.ndarray, bias: np.ndarray | None = None) -> str:
        """value · matrix + bias, in whole numbers: of the matrix from −127 to 127, with a scale for each column."""
        scale = (np.abs(matrix).max(0) / 127).astype(np.float32)
        steps = self.tensor(np.round(matrix / scale).astype(np.int8))
        zeros = self.tensor(np.zeros(len(scale), np.int8))
        more = [] if bias is None else [self.tensor(bias)]
        return self.node("DynamicQuantizeMatMul", value, steps, self.tensor(scale), zeros, *more, domain=RUNTIME)

    def normalised(self, value: str, scale: np.ndarray) -> str:
        return self.node("LayerNormalization", value, self.tensor(scale), axis=-1, epsilon=1e-5)

    def gelu(self, value: str) -> str:
        return self.node("Gelu", value, domain=RUNTIME)

    def convolved(self, value: str, weight: np.ndarray, bias: np.ndarray, stride: int) -> str:
        """A convolution along the first axis, as a product. value: [time, channels]; weight: [out, channels, kernel]

        ONNX Runtime has one scale for all of what it multiplies: each moment gets one of its own before, or the quiet ones
        would be rounded away by the loud.
        """
        kernel = weight.shape[2]

        def every(begin: int) -> str:
            end = begin - kernel + 1
            return self.node("Slice", value, *(self.tensor([n]) for n in (begin, end or FAR, 0, stride)))

        windows = self.node("Concat", *map(every, range(kernel)), axis=1)
        most = self.node("ReduceMax", self.node("Abs", windows), axes=[-1])
        most = self.node("Max", most, self.tensor(np.full(1, 1e-6, np.float32)))
        alike = self.product(self.node("Div", windows, most), weight.transpose(2, 1, 0).reshape(-1, len(weight)))
        return self.node("Add", self.node("Mul", alike, most), self.tensor(bias))


def write_ear(encoder: Encoder, decoder: Decoder, file: Path) -> None:
    weights = {name: value.numpy() for name, value in encoder.state_dict().items()}
    width = len(weights["layer_norm.weight"])
    each = width // HEADS
    graph = Graph()

    sound = graph.reshaped("sound", 1, 1, -1)
    clicks = graph.node("Tanh", graph.node("Conv", sound, graph.tensor(weights["conv1.weight"]), strides=[64]))
    # The group normalisation is over all; its scales and shifts of channels are part of the next convolution.
    ones, zeros = graph.tensor(np.ones(1, np.float32)), graph.tensor(np.zeros(1, np.float32))
    level = graph.node("InstanceNormalization", graph.reshaped(clicks, 1, 1, -1), ones, zeros, epsilon=1e-5)
    x = graph.turned(graph.reshaped(level, width, -1), 1, 0)
    second = weights["conv2.weight"]
    bias = weights["conv2.bias"] + np.einsum("ock,c->o", second, weights["groupnorm.bias"])
    x = graph.gelu(graph.convolved(x, second * weights["groupnorm.weight"][None, :, None], bias, STRIDES["conv2"]))
    x = graph.gelu(graph.convolved(x, weights["conv3.weight"], weights["conv3.bias"], STRIDES["conv3"]))

    turn = rotation(graph, weights["frequencies"], x, each)
    for layer in range(len(encoder.layers)):
        part = {
            name.removeprefix(f"layers.{layer}."): value
            for name, value in weights.items()
            if name.startswith(f"layers.{layer}.")
        }
        query, key, value = (part[f"self_attn.{name}_proj.weight"].T for name in "qkv")
        before = graph.normalised(x, part["input_layernorm.weight"])
        heads = graph.reshaped(
            graph.product(before, np.concatenate((query / np.float32(np.sqrt(each)), key, value), 1)), -1, 3 * HEADS, each
        )
        both, value = graph.add("Split", heads, graph.tensor([2 * HEADS, HEADS]), outputs=2, axis=1)
        query, key = graph.add("Split", turn(both), graph.tensor([HEADS, HEADS]), outputs=2, axis=1)
        alike = graph.node("MatMul", graph.turned(query, 1, 0, 2), graph.turned(key, 1, 2, 0))
        seen = graph.node("MatMul", graph.node("Softmax", alike, axis=-1), graph.turned(value, 1, 0, 2))
        joined = graph.reshaped(graph.turned(seen, 1, 0, 2), -1, width)
        x = graph.node("Add", x, graph.product(joined, part["self_attn.dense.weight"].T))
        before = graph.normalised(x, part["post_attention_layernorm.weight"])
        wide = graph.gelu(graph.product(before, part["mlp.fc1.weight"].T, part["mlp.fc1.bias"]))
        x = graph.node("Add", x, graph.product(wide, part["mlp.fc2.weight"].T, part["mlp.fc2.bias"]))
    encoding = graph.normalised(x, weights["layer_norm.weight"])

    for name, order in (("keys", (1, 2, 0)), ("values", (1, 0, 2))):
        projections = [getattr(layer.encoder_attn, f"{name[0]}_proj").weight.detach().numpy().T for layer in decoder.layers]
        rows = graph.product(encoding, np.concatenate(projections, 1))
        heads = graph.turned(graph.reshaped(rows, -1, len(projections) * HEADS, each), *order)
        graph.nodes.append(helper.make_node("Identity", [heads], [name]))
    shape = {"keys": (len(decoder.layers) * HEADS, each, "frames"), "values": (len(decoder.layers) * HEADS, "frames", each)}
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "ear",
            [helper.make_tensor_value_info("sound", TensorProto.FLOAT, ("samples",))],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in shape.items()],
            graph.tensors,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(RUNTIME, 1)],
        ir_version=8,
    )
    onnx.save(model, file)


def rotation(graph: Graph, frequencies: np.ndarray, x: str, each: int):
    """The rotary position embedding of [time, heads, each], as `moonshine.turned` has it."""
    of_number = np.zeros((1, 1, each), np.float32)
    of_number[..., : 2 * len(frequencies)] = frequencies.repeat(2)
    length = graph.node("Squeeze", graph.node("Shape", x, start=0, end=1))
    count = graph.node("Range", *(graph.tensor(np.array(0)), length, graph.tensor(np.array(1))))
    position = graph.reshaped(graph.node("Cast", count, to=TensorProto.FLOAT), -1, 1, 1)
    angle = graph.node("Mul", position, graph.tensor(of_number))
    cosine, sine = graph.node("Cos", angle), graph.node("Sin", angle)
    quarter = np.zeros((each, each), np.float32)
    for at in range(0, 2 * len(frequencies), 2):
        quarter[at + 1, at], quarter[at, at + 1] = -1, 1
    matrix = graph.tensor(quarter)

    def turn(value: str) -> str:
        turned = graph.node("Mul", graph.node("MatMul", value, matrix), sine)
        return graph.node("Add", graph.node("Mul", value, cosine), turned)

    return turn
