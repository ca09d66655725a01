"""The model as an ONNX graph, node by node: what PyTorch exports spells attention and 8 bits out in three times as many
nodes, which take a fifth of the time at the lengths that people speak."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from model import CommandModel

CONTRIB = "com.microsoft"
EPSILON = 1e-12
OPSET = 17
HEADS = ("intent", "pool", "boundary", "slot")


def graph_of(model: CommandModel, eight_bits: bool) -> onnx.ModelProto:
    """`model` with a free batch size and length; inputs and outputs as its `forward` has them.

    In 8 bits, matrices have one scale for each column and what goes into them one for the whole tensor; embeddings
    have one for each piece, which is half a point finer than one for the table; the heads, a twentieth of the work, keep
    their precision. Initializers bear the names of the checkpoint.
    """
    return Builder(model, eight_bits).build()


def in_bytes(weight: Tensor, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """8-bit steps of a matrix, and one scale for each of its rows or columns: the largest over `axis` becomes 127."""
    scale = weight.abs().amax(axis).clamp(min=1e-8) / 127
    steps = (weight / scale.unsqueeze(axis)).round().char()
    return steps.numpy(), scale.numpy()


class Builder:
    def __init__(self, model: CommandModel, eight_bits: bool) -> None:
        self.model, self.eight_bits = model, eight_bits
        self.state = {name: value.detach().float().cpu() for name, value in model.state_dict().items()}
        self.nodes: list[onnx.NodeProto] = []
        self.stored: dict[str, onnx.TensorProto] = {}

    def store(self, name: str, values: np.ndarray) -> str:
        self.stored[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def kept(self, name: str) -> str:
        """A weight as the checkpoint has it."""
        return self.store(name, self.state[name].numpy())

    def add(self, operation: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(operation, inputs, outputs, outputs[0], domain=domain, **attributes))
        return outputs[0]

    def matrix(self, name: str, x: str) -> str:
        """`x` times a matrix, with its bias."""
        weight = self.state[f"{name}.weight"].T
        bias = self.kept(f"{name}.bias")
        if not self.eight_bits:
            product = self.add("MatMul", [x, self.store(f"{name}.weight", weight.numpy())], [f"{name}.product"])
            return self.add("Add", [product, bias], [f"{name}.biased"])
        steps, scale = in_bytes(weight, 0)
        inputs = [x, self.store(f"{name}.weight", steps), self.store(f"{name}.scale", scale), "", bias]
        return self.add("DynamicQuantizeMatMul", inputs, [f"{name}.biased"], CONTRIB)

    def embeddings(self) -> str:
        """The sum of words, places and types, normed."""
        if self.eight_bits:
            rows, scale = in_bytes(self.state["words.weight"], 1)
            steps = self.add("Gather", [self.store("words.weight", rows), "input_ids"], ["words.steps"])
            scales = self.add("Gather", [self.store("words.scale", scale[:, None]), "input_ids"], ["words.scales"])
            floats = self.add("Cast", [steps], ["words.floats"], to=TensorProto.FLOAT)
            words = self.add("Mul", [floats, scales], ["words.out"])
        else:
            words = self.add("Gather", [self.kept("words.weight"), "input_ids"], ["words.out"])
        types = self.add("Gather", [self.kept("types.weight"), "token_type_ids"], ["types.out"])
        length = self.add("Shape", ["input_ids"], ["length"], start=1, end=2)
        first = self.store("first", np.array([0], dtype=np.int64))
        places = self.add("Slice", [self.kept("positions.weight"), first, length], ["positions.out"])
        both = self.add("Add", [types, places], ["places"])
        return self.normed("norm", words, both)

    def normed(self, name: str, x: str, y: str) -> str:
        """The norm of a sum; ONNX Runtime's one node for both (SkipLayerNormalization) takes twice as long on a CPU."""
        total = self.add("Add", [x, y], [f"{name}.sum"])
        inputs = [total, self.kept(f"{name}.weight"), self.kept(f"{name}.bias")]
        return self.add("LayerNormalization", inputs, [f"{name}.out"], axis=-1, epsilon=EPSILON)

    def attention(self, name: str, x: str) -> str:
        shape = self.model.shape
        width = shape.hidden // shape.heads
        sizes = [shape.hidden, shape.kv_heads * width, shape.kv_heads * width]
        q, k, v = (f"{name}.{part}" for part in "qkv")
        parts = self.store("parts", np.array(sizes, dtype=np.int64))
        self.add("Split", [self.matrix(f"{name}.qkv", x), parts], [q, k, v], axis=-1)
        if shape.kv_heads < shape.heads:
            columns = np.arange(shape.kv_heads * width).reshape(shape.kv_heads, 1, width)
            repeated = columns.repeat(shape.heads // shape.kv_heads, axis=1).reshape(-1)
            taken = self.store("shared", repeated)
            k, v = (self.add("Gather", [each, taken], [f"{each}.shared"], axis=2) for each in (k, v))
        attended = self.add(
            "MultiHeadAttention", [q, k, v, "", "mask"], [f"{name}.attended"], CONTRIB, num_heads=shape.heads
        )
        return self.normed(f"{name}.norm1", self.matrix(f"{name}.out", attended), x)

    def widened(self, name: str, x: str) -> str:
        active = self.add("Gelu", [self.matrix(f"{name}.up", x)], [f"{name}.active"], CONTRIB)
        return self.normed(f"{name}.norm2", self.matrix(f"{name}.down", active), x)

    def heads(self, x: str) -> None:
        """All heads in one product."""
        sizes = [len(self.state[f"{head}.bias"]) for head in HEADS]
        weight = np.concatenate([self.state[f"{head}.weight"].numpy() for head in HEADS]).T
        bias = np.concatenate([self.state[f"{head}.bias"].numpy() for head in HEADS])
        product = self.add("MatMul", [x, self.store("heads.weight", weight)], ["heads.out"])
        biased = self.add("Add", [product, self.store("heads.bias", bias)], ["heads.biased"])
        logits = [f"{head}_logits" if size > 1 else f"{head}_column" for head, size in zip(HEADS, sizes, strict=True)]
        self.add("Split", [biased, self.store("heads.sizes", np.array(sizes, dtype=np.int64))], logits, axis=-1)
        last = self.store("last", np.array([-1], dtype=np.int64))
        for name in logits:
            if name.endswith("_column"):
                self.add("Squeeze", [name, last], [name.replace("_column", "_logits")])

    def build(self) -> onnx.ModelProto:
        self.add("Cast", ["attention_mask"], ["mask"], to=TensorProto.INT32)
        x = self.embeddings()
        for layer in range(self.model.shape.layers):
            x = self.widened(f"layers.{layer}", self.attention(f"layers.{layer}", x))
        self.heads(x)
        tokens = ["batch", "tokens"]
        inputs = ["input_ids", "attention_mask", "token_type_ids"]
        widths = {"intent": [self.model.shape.intents], "pool": [], "boundary": [], "slot": [1 + 2 * self.model.shape.slots]}
        graph = helper.make_graph(
            self.nodes,
            "drivetalk",
            [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in inputs],
            [
                helper.make_tensor_value_info(f"{head}_logits", TensorProto.FLOAT, tokens + width)
                for head, width in widths.items()
            ],
            list(self.stored.values()),
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, producer_name="drivetalk", opset_imports=opsets, ir_version=8)
