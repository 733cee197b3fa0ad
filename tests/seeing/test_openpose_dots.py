"""From the pixels to the joints: a tiny net that knows eighteen colours, as ONNX and as a TensorFlow graph.

It shows that pictures reach the net as they should: their shape, their colours' order and scale, and what is
around them. The TensorFlow graph is written byte by byte: TensorFlow itself is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from posegames.body.pose import Floats
from posegames.body.views import OPENPOSE_18
from posegames.seeing.estimators.nets import open_net
from posegames.seeing.estimators.openpose import OPTIONS, make
from posegames.seeing.sighting import Frame, Picture

PARTS = len(OPENPOSE_18.points)
STRIDE = 8
STRONG = 120.0
"""How far from grey, in levels, the middle of a dot is."""
LEAST = 0.7
"""What a colour must be like one of the eighteen, 0..1, to be seen as it: no two of them are as like."""


def colours() -> Floats:
    """Return eighteen directions of colour (18, 3), red first, spread over all there are (a Fibonacci sphere)."""
    n = np.arange(PARTS)
    up = 1 - (2 * n + 1) / PARTS
    turn = np.pi * (1 + 5**0.5) * n
    round_ = np.sqrt(1 - up**2)
    return np.stack([round_ * np.cos(turn), round_ * np.sin(turn), up], axis=-1)


def weights() -> tuple[Floats, Floats]:
    """Return the kernels (19, 3, 8, 8) and offsets (19,): the mean of a cell, and how like each colour it is."""
    kernels = np.zeros((PARTS + 1, 3, STRIDE, STRIDE), dtype=np.float32)
    kernels[:PARTS] = (colours() / (STRONG * (1 - LEAST) * STRIDE**2))[:, :, None, None]
    offsets = np.full(PARTS + 1, -LEAST / (1 - LEAST), dtype=np.float32)
    return kernels, offsets


def as_onnx(path: Path) -> Path:
    kernels, offsets = weights()
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["image", "kernels", "offsets"], ["likeness"], strides=[STRIDE, STRIDE]),
            helper.make_node("Relu", ["likeness"], ["Openpose/concat_stage7"]),
        ],
        "dots",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, (1, 3, "h", "w"))],
        [helper.make_tensor_value_info("Openpose/concat_stage7", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(kernels, "kernels"), numpy_helper.from_array(offsets, "offsets")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), str(path))
    return path


def varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def message(*fields: tuple[int, int | bytes | str]) -> bytes:
    """Return a protobuf message of these fields: number, and a whole number, a text or a message."""
    written = b""
    for number, value in fields:
        if isinstance(value, int):
            written += varint(number << 3) + varint(value)
        else:
            content = value.encode() if isinstance(value, str) else value
            written += varint(number << 3 | 2) + varint(len(content)) + content
    return written


FLOAT = message((6, 1))
"""AttrValue.type = DT_FLOAT."""


def node(name: str, op: str, inputs: Sequence[str] = (), attributes: Mapping[str, bytes] | None = None) -> bytes:
    """Return one node of a GraphDef; attributes are messages, AttrValue."""
    attr = ((5, message((1, key), (2, value))) for key, value in ({"T": FLOAT} | dict(attributes or {})).items())
    return message((1, name), (2, op), *((3, one) for one in inputs), *attr)


def constant(name: str, values: Floats) -> bytes:
    shape = message(*((2, message((1, size))) for size in values.shape))
    tensor = message((1, 1), (2, shape), (4, values.astype("<f4").tobytes()))
    return node(name, "Const", (), {"dtype": FLOAT, "value": message((8, tensor))})


def as_tensorflow(path: Path) -> Path:
    kernels, offsets = weights()
    strides = message((1, message((3, bytes([1, STRIDE, STRIDE, 1])))))
    how = {"strides": strides, "padding": message((2, "VALID")), "data_format": message((2, "NHWC"))}
    nodes = (
        node("image", "Placeholder", (), {"dtype": FLOAT}),
        constant("kernels", kernels.transpose(2, 3, 1, 0)),
        node("conv", "Conv2D", ["image", "kernels"], how),
        constant("offsets", offsets),
        node("likeness", "BiasAdd", ["conv", "offsets"], {"data_format": message((2, "NHWC"))}),
        node("Openpose/concat_stage7", "Relu", ["likeness"]),
    )
    path.write_bytes(message(*((1, one) for one in nodes)))
    return path


def dotted(places: Floats, width: int, height: int, size: float) -> Picture:
    """Return a grey picture, BGR, with a soft dot of its colour at the place (18, 2) of each part."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    picture = np.full((height, width, 3), 127.5)
    for place, colour in zip(places, colours(), strict=True):
        bell = np.exp(-((x - place[0]) ** 2 + (y - place[1]) ** 2) / (2 * size**2))
        picture += STRONG * bell[..., None] * colour[::-1]
    return picture.round().astype(np.uint8)


@pytest.mark.parametrize(("width", "height"), [(552, 276), (184, 368)])
@pytest.mark.parametrize("written", [as_onnx, as_tensorflow])
def test_what_is_in_the_picture_is_where_it_is(
    written: Callable[[Path], Path], tmp_path: Path, width: int, height: int
) -> None:
    path = written(tmp_path / ("graph_opt.pb" if written is as_tensorflow else "net.onnx"))
    scale = 368 / max(width, height)
    columns, rows = (6, 3) if width > height else (3, 6)
    random = np.random.default_rng(5)
    grid = np.array([(i % columns, i // columns) for i in range(PARTS)]) + random.uniform(0.35, 0.65, (PARTS, 2))
    places = grid * [width / columns, height / rows]
    frame = Frame(dotted(places, width, height, 14 / scale), 0.0, 0)
    with make(path, most=1) as estimator:
        (pose,) = estimator.estimate(frame)
    xy, confidence = OPENPOSE_18.of(pose)
    joints = [part for part, source in enumerate(OPENPOSE_18.sources) if source and len(source) == 1]
    assert len(joints) == 17
    assert confidence[joints].min() > 0.5
    np.testing.assert_allclose(xy[joints] * height * scale, places[joints] * scale, atol=1)


def test_pixels_prepared_for_another_port_are_another_picture(tmp_path: Path) -> None:
    places = np.array([(i % 6, i // 6) for i in range(PARTS)]) * 60.0 + 30
    frame = Frame(dotted(places, 368, 184, 14), 0.0, 0)
    with make(as_onnx(tmp_path / "net.onnx"), most=1, options=OPTIONS(preprocessing="plain")) as estimator:
        poses = estimator.estimate(frame)
    assert not any(np.abs(OPENPOSE_18.of(pose)[0] * 184 - places).max() < 5 for pose in poses)


def test_the_two_files_are_the_same_net(tmp_path: Path) -> None:
    image = np.random.default_rng(1).uniform(-127, 128, (1, 3, 32, 48)).astype(np.float32)
    (one,) = open_net(as_onnx(tmp_path / "net.onnx"))(image)
    (other,) = open_net(as_tensorflow(tmp_path / "net.pb"))(image)
    assert one.shape == (1, PARTS + 1, 4, 6)
    np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)
