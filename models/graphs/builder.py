"""An ONNX graph, node by node."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

FUSED = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""

Array: TypeAlias = npt.NDArray[Any]


class GraphBuilder:
    """Nodes and constants of a graph. Each method adds some, and returns the name of its output.

    A subclass lists its `outputs`: (name, shape). All of them are float32.
    """

    outputs: tuple[tuple[str, list[Any]], ...]

    def __init__(self) -> None:
        from onnx import TensorProto, helper, numpy_helper

        self._types, self._make, self._from_array = TensorProto, helper, numpy_helper.from_array
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def model(self, title: str, name: str, kind: int, shape: list[Any]) -> bytes:
        """The bytes of the ONNX model with one input: its `name`, `kind` (of `TensorProto`) and shape."""
        make, types = self._make, self._types
        graph = make.make_graph(
            self._nodes,
            title,
            [make.make_tensor_value_info(name, kind, shape)],
            [make.make_tensor_value_info(output, types.FLOAT, of) for output, of in self.outputs],
            self._constants,
        )
        opsets = [make.make_opsetid("", 17), make.make_opsetid(FUSED, 1)]
        model: bytes = make.make_model(graph, opset_imports=opsets, ir_version=9).SerializeToString()
        return model

    def constant(self, name: str, value: Array) -> str:
        """A tensor that does not change."""
        self._constants.append(self._from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = FUSED, **settings: Any) -> str:
        """An operator. `output`: names of its outputs with spaces between; the first is returned."""
        outputs = output.split()
        self._nodes.append(self._make.make_node(kind, inputs, outputs, domain=domain, **settings))
        return outputs[0]

    def int8(self, name: str, weight: Array) -> tuple[str, str, str]:
        """Symmetric per-channel int8 of a float (inputs, outputs) matrix: names of values, scales, zeros.

        It uses 7 of the 8 bits: with 8, AVX2 without VNNI saturates its 16-bit sums, and the same text gets different
        vectors on different machines. The 8th bit is worth .0016 of cosine to fp32.
        """
        scale = np.maximum(np.abs(weight).max(axis=0), np.finfo(np.float32).tiny) / 63
        values = np.clip(np.rint(weight / scale), -63, 63).astype(np.int8)
        return (
            self.constant(name + ".int8", values),
            self.constant(name + ".scale", scale.astype(np.float32)),
            self.constant(name + ".zero", np.zeros(scale.shape, np.int8)),
        )

    def short_tokens(self, state: str, mean: Array, basis: Array) -> str:
        """The states (batch, tokens, 384) as vectors of tokens: centred, projected, of length 1."""
        centre = self.constant("tokens.mean", mean.astype(np.float32))
        axes = self.constant("tokens.basis", basis.astype(np.float32))
        unit = self.node("LpNormalization", [state], "tokens.unit", "", axis=-1, p=2)
        centred = self.node("Sub", [unit, centre], "tokens.centred", "")
        short = self.node("MatMul", [centred, axes], "tokens.short", "")
        return self.node("LpNormalization", [short], "tokens", "", axis=-1, p=2)
