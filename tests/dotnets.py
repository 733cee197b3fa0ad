"""A body of coloured dots, and MoveNets that find it: real files for the real runtimes, a few numbers each.

Every keypoint has a colour of its own; the nets weigh each pixel by how near its colour is and return the weighed
mean place. A point's score is how much of its colour there is: small dots are seen badly, as small people are.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
from bodies import Moves, standing
from onnx import TensorProto, helper, numpy_helper

from posegames.body.pose import Floats, Pose
from posegames.body.views import COCO_17
from posegames.seeing.estimators.tflite import pack
from posegames.seeing.sighting import Picture

COLOURS = np.array([c for c in product((0, 128, 255), repeat=3) if max(c) == 255][-17:], dtype=np.float32)
"""RGB of the keypoints. The brightest channel is full: the darker edge of one dot is no other's colour. White is
one of them: what is around a picture must not be."""
NEAR = 60.0**2
"""Squared distance from its colour at which a pixel counts no more."""
ENOUGH = 4.0
"""Pixels of the input that make a score of 1."""
LITTLE = np.float32(1e-3)
"""Pixels of a colour that say next to nothing of where it is."""
RADIUS = 0.05
"""Of a dot, in torso lengths."""

_FACE: Moves = {
    "nose": (0, -1.35), "left_eye": (0.16, -1.55), "right_eye": (-0.16, -1.55),
    "left_ear": (0.36, -1.45), "right_ear": (-0.36, -1.45),
}  # fmt: skip
"""Wider than a face is: dots must not touch."""


def somebody(x: float, y: float, torso: float, moved: Moves | None = None) -> Pose:
    """Return who stands with the hips there, in frame heights, and is painted without dots touching."""
    return standing(x, y, torso, moved=_FACE | (moved or {}))


def painted(width: int, height: int, *people: tuple[Pose, float], hidden: Iterable[int] = ()) -> Picture:
    """Return a dark picture of `people`, each with the torso's length in frame heights, as dots.

    `hidden` are the keypoints (0..16) that are not painted.
    """
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    unseen = set(hidden)
    for pose, torso in people:
        for point, place in enumerate(COCO_17.of(pose)[0] * height):
            if point not in unseen:
                # Pixel places with eight bits behind the point; OpenCV counts from the middle of the first pixel.
                across, down = (round(float(one - 0.5) * 256) for one in place)
                blue, green, red = (float(one) for one in COLOURS[point][::-1])
                radius = round(RADIUS * torso * height * 256)
                cv2.circle(picture, (across, down), radius, (blue, green, red), -1, cv2.LINE_AA, 8)
    return picture


def onnx_net(path: Path, *, people: int, size: tuple[int, int] | None, dtype: str = "int32") -> Path:
    """Write the net that finds up to so many people (6 at most), one in each of as many upright stripes.

    One: as single-pose; more: as multi-pose, with empty boxes. `size` is the input's width and height; None: any.
    """
    nodes: list[Any] = []
    numbers: list[Any] = []

    def of(op: str, *inputs: Any, **how: Any) -> str:
        names = []
        for one in inputs:
            if not isinstance(one, str):
                numbers.append(numpy_helper.from_array(np.asarray(one), f"number{len(numbers)}"))
                names.append(numbers[-1].name)
            else:
                names.append(one)
        nodes.append(helper.make_node(op, names, [f"{op}{len(nodes)}"], **how))
        return str(nodes[-1].output[0])

    def grid(axis: int) -> str:
        """The middles of the pixels along an axis, 0..1."""
        sides = of("Cast", of("Gather", of("Shape", picture), np.int64(axis)), to=TensorProto.FLOAT)
        steps = of("Range", np.float32(0), sides, np.float32(1))
        return of("Div", of("Add", steps, np.float32(0.5)), sides)

    whole = [np.float32(0), np.float32(1)]
    picture = of("Cast", "picture", to=TensorProto.FLOAT)
    linear, square, constant = _weighing()
    near = of("Add", of("MatMul", picture, linear), of("MatMul", of("Mul", picture, picture), square))
    weight = of("Relu", of("Add", near, constant))
    weight = of("Squeeze", weight, np.array([0]))  # (H, W, 17)
    across, down = grid(2), grid(1)
    stripe = of("Floor", of("Mul", across, np.float32(people)))
    stripes = of("Cast", of("Equal", stripe, np.arange(people, dtype=np.float32)[:, None]), to=TensorProto.FLOAT)

    def summed(weights: str) -> str:
        """The sum over each stripe, (people, 17)."""
        return of("MatMul", stripes, of("ReduceSum", weights, np.array([0]), keepdims=0))

    def mean(sums: str, masses: str, otherwise: Any) -> str:
        """The mean place; where there is next to nothing, `otherwise`."""
        little = of("Mul", otherwise, LITTLE)
        return of("Div", of("Add", sums, little), of("Add", masses, LITTLE))

    def place(grid: str, axes: list[int]) -> str:
        """Of each point along an axis, (people, 17): what is not seen is put where the body is."""
        sums = summed(of("Mul", weight, of("Unsqueeze", grid, np.array(axes))))
        body = mean(
            of("ReduceSum", sums, np.array([1]), keepdims=1),
            of("ReduceSum", mass, np.array([1]), keepdims=1),
            np.float32(0.5),
        )
        return mean(sums, mass, body)

    mass = summed(weight)
    y, x = place(down, [1, 2]), place(across, [0, 2])
    score = of("Clip", of("Div", mass, np.float32(ENOUGH)), *whole)
    points = of("Concat", *(of("Unsqueeze", one, np.array([2])) for one in (y, x, score)), axis=2)
    if people == 1:
        nodes.append(helper.make_node("Unsqueeze", [points, "axis"], ["output"]))
        numbers.append(numpy_helper.from_array(np.array([0]), "axis"))
        shape: list[int] = [1, 1, 17, 3]
    else:
        flat = of("Reshape", points, np.array([people, 51]))
        sure = of("ReduceMean", score, axes=[1], keepdims=1)
        row = of("Concat", flat, np.zeros((people, 4), dtype=np.float32), sure, axis=1)
        row = of("Concat", row, np.zeros((6 - people, 56), dtype=np.float32), axis=0)
        nodes.append(helper.make_node("Unsqueeze", [row, "axis"], ["output"]))
        numbers.append(numpy_helper.from_array(np.array([0]), "axis"))
        shape = [1, 6, 56]
    width, height = size or ("width", "height")
    kind = {"int32": TensorProto.INT32, "uint8": TensorProto.UINT8, "float32": TensorProto.FLOAT}[dtype]
    graph = helper.make_graph(
        nodes,
        "dots",
        [helper.make_tensor_value_info("picture", kind, [1, height, width, 3])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, shape)],
        numbers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())
    return path


def _weighing() -> tuple[Floats, Floats, Floats]:
    """Return what makes 1 - |pixel - colour|^2 / NEAR of a pixel: (3, 17) for it and for its square, and (17,)."""
    linear = 2 * COLOURS.T / NEAR
    square = np.full_like(linear, -1 / NEAR)
    return linear, square, 1 - (COLOURS**2).sum(axis=1) / NEAR


class Tflite:
    """A TFLite file in the making: numbers and operations in order, from "picture" to what is last."""

    def __init__(self) -> None:
        from ai_edge_litert import schema_py_generated as schema

        self.s = schema
        self.tensors: list[Any] = []
        self.buffers: list[Any] = [schema.BufferT()]
        self.operators: list[Any] = []
        self.codes: list[Any] = []

    def tensor(self, shape: tuple[int, ...], dtype: str = "float32", data: Any = None) -> int:
        """Add a tensor; a side of -1 may be any. Return its number."""
        tensor = self.s.TensorT()
        tensor.name = f"t{len(self.tensors)}"
        tensor.shape = [1 if side < 0 else side for side in shape]
        if -1 in shape:
            tensor.shapeSignature = list(shape)
        tensor.type = getattr(self.s.TensorType, dtype.upper())
        if data is not None:
            buffer = self.s.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data, dtype=dtype).tobytes(), dtype=np.uint8)
            tensor.buffer = len(self.buffers)
            self.buffers.append(buffer)
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def numbers(self, values: Any, dtype: str = "float32") -> int:
        values = np.asarray(values, dtype=dtype)
        return self.tensor(values.shape, dtype, values)

    def op(self, name: str, inputs: list[int], shape: tuple[int, ...], dtype: str = "float32", **how: Any) -> int:
        """Add an operation with these options. Return the number of what comes out."""
        code = self.s.OperatorCodeT()
        code.builtinCode = code.deprecatedBuiltinCode = getattr(self.s.BuiltinOperator, name)
        operator = self.s.OperatorT()
        operator.opcodeIndex = len(self.codes)
        self.codes.append(code)
        operator.inputs, operator.outputs = inputs, [self.tensor(shape, dtype)]
        kind = {"SUM": "Reducer"}.get(name, "".join(word.capitalize() for word in name.split("_"))) + "Options"
        kind = {
            "Conv2dOptions": "Conv2DOptions",
            "TopkV2Options": "TopKV2Options",
            "AveragePool2dOptions": "Pool2DOptions",
        }.get(kind, kind)
        if hasattr(self.s, kind + "T"):
            operator.builtinOptionsType = getattr(self.s.BuiltinOptions, kind)
            operator.builtinOptions = getattr(self.s, kind + "T")()
            for key, value in how.items():
                setattr(operator.builtinOptions, key, value)
        self.operators.append(operator)
        return int(operator.outputs[0])

    def write(self, path: Path, inputs: list[int], outputs: list[int]) -> Path:
        model, graph = self.s.ModelT(), self.s.SubGraphT()
        graph.tensors, graph.operators = self.tensors, self.operators
        graph.inputs, graph.outputs = inputs, outputs
        model.version, model.subgraphs = 3, [graph]
        model.operatorCodes, model.buffers = self.codes, self.buffers
        path.write_bytes(pack(model))
        return path


def tflite_net(path: Path, side: int, dtype: str = "uint8") -> Path:
    """Write single-pose as `onnx_net` has it, for square pictures of `side`."""
    net, points = Tflite(), len(COLOURS)
    linear, square, constant = _weighing()
    into = net.tensor((1, side, side, 3), dtype)
    picture = net.op("CAST", [into], (1, side, side, 3)) if dtype != "float32" else into
    laid = (1, side, side, points)

    def mixed(what: int, mixture: Floats, added: Floats) -> int:
        filters = net.numbers(mixture.T.reshape(points, 1, 1, 3))
        return net.op("CONV_2D", [what, filters, net.numbers(added)], laid, padding=1, strideW=1, strideH=1)

    near = mixed(picture, linear, constant)
    squares = net.op("MUL", [picture, picture], (1, side, side, 3))
    # 1: RELU
    weight = net.op("ADD", [near, mixed(squares, square, 0 * constant)], laid, fusedActivationFunction=1)

    def summed(weights: int) -> int:
        return net.op("SUM", [weights, net.numbers([1, 2], "int32")], (1, points), keepDims=False)

    middles = (np.arange(side) + 0.5) / side
    mass = summed(weight)
    body = net.op("SUM", [mass, net.numbers([1], "int32")], (1, 1), keepDims=True)

    def mean(sums: int, masses: int, otherwise: int, shape: tuple[int, int]) -> int:
        added = net.op("ADD", [sums, net.op("MUL", [otherwise, net.numbers(LITTLE)], (1, 1))], shape)
        return net.op("DIV", [added, net.op("ADD", [masses, net.numbers(LITTLE)], shape)], shape)

    places = []
    for grid in (middles.reshape(1, side, 1, 1), middles.reshape(1, 1, side, 1)):
        sums = summed(net.op("MUL", [weight, net.numbers(grid)], laid))
        all_sums = net.op("SUM", [sums, net.numbers([1], "int32")], (1, 1), keepDims=True)
        centre = mean(all_sums, body, net.numbers([[0.5]]), (1, 1))
        places.append(mean(sums, mass, centre, (1, points)))
    share = net.op("DIV", [mass, net.numbers(ENOUGH)], (1, points))
    score = net.op("MINIMUM", [share, net.numbers(1)], (1, points))
    rows = net.op("PACK", [*places, score], (1, points, 3), axis=2, valuesCount=3)
    out = net.op("RESHAPE", [rows, net.numbers([1, 1, points, 3], "int32")], (1, 1, points, 3))
    return net.write(path, [into], [out])


def tflite_constant(
    path: Path,
    output: Any,
    *,
    shape: tuple[int, ...] = (1, -1, -1, 3),
    dtype: str = "uint8",
    kind: str = "float32",
) -> Path:
    """Write a net that takes pictures of `shape` and gives `output` (as `kind`), whatever they show."""
    net = Tflite()
    into = net.tensor(shape, dtype)
    picture = net.op("CAST", [into], shape, kind) if dtype != kind else into
    axes = net.numbers(list(range(len(shape))), "int32")
    nothing = net.op("MUL", [net.op("SUM", [picture, axes], (), kind), net.numbers(0, kind)], (), kind)
    values = net.numbers(output, kind)
    return net.write(path, [into], [net.op("ADD", [values, nothing], np.shape(output), kind)])
