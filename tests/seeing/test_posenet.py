"""PoseNet end to end: small real nets for the real runtimes, that know a body by the colours of its parts.

Their heat maps tell how near a pixel's colour is to each part's; all bodies they know have the same posture, whose
displacements they give everywhere. Others give what was painted for somebody, whatever they see.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
import pytest
from dotnets import COLOURS, Tflite
from onnx import TensorProto, helper, numpy_helper

from posegames.body.pose import Floats, Pose
from posegames.body.views import COCO_17
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.posenet import OPTIONS, make
from posegames.seeing.estimators.posenet.estimator import LARGEST, MEAN
from posegames.seeing.estimators.posenet.options import PoseNetOptions
from posegames.seeing.estimators.posenet.tree import MOVES
from posegames.seeing.sighting import Frame, Picture
from posegames.tools.bench.decoding import SIZE, crowd, paint_posenet

CELL = 16
POSTURE = np.array(
    [
        (3, 1), (4, 0), (2, 0), (5, 1), (1, 1), (5, 3), (1, 3), (6, 5), (0, 5),
        (6, 7), (0, 7), (4, 6), (2, 6), (4, 8), (2, 8), (4, 10), (2, 10),
    ]
)  # fmt: skip
"""(17, 2) cells, x before y."""
WRIST = COCO_17.points.index("left_wrist")
SHARP = 6.0
"""The logit of a part's own colour."""
DOMAINS = {"MobileNetV1": (1 / 127.5, (1.0, 1.0, 1.0)), "ResNet50": (1.0, MEAN), "raw": (1.0, (0.0, 0.0, 0.0))}
"""What pixels become on their way in: times this, less that."""


def convolutions(domain: str = "MobileNetV1") -> dict[str, tuple[Floats, Floats]]:
    """Return weights (C, 3) and bias (C,) of the outputs; heat maps have a second part for squares of pixels.

    SHARP (1 - |pixel - colour|^2 / near^2), with `near` a quarter of the range.
    """
    scale, mean = DOMAINS[domain]
    colours, near = COLOURS * scale - np.array(mean), 64 * scale
    still = np.zeros((1, 3))

    def way(back: int) -> tuple[Floats, Floats]:
        source, target = MOVES[MOVES[:, 3] == back, :2].T
        steps = (POSTURE[target] - POSTURE[source]) * CELL
        return np.repeat(still, 32, axis=0), np.concatenate([steps[:, 1], steps[:, 0]]).astype(float)

    return {
        "heatmap": (2 * SHARP * colours / near**2, SHARP * (1 - (colours**2).sum(axis=1) / near**2)),
        "squares": (np.full((17, 3), -SHARP / near**2), np.zeros(17)),
        "offset": (np.repeat(still, 34, axis=0), np.zeros(34)),
        "displacement_fwd": way(0),
        "displacement_bwd": way(1),
    }


OUTPUTS = ("heatmap", "offset", "displacement_fwd", "displacement_bwd")


def tflite(path: Path) -> Path:
    """Write the net as Google's: (1, 257, 257, 3) in, four outputs of 17 x 17 cells."""
    net, cells = Tflite(), (1, 17, 17)
    picture = net.tensor((1, 257, 257, 3))
    square = net.op("MUL", [picture, picture], (1, 257, 257, 3))
    made = {}
    for name, (weights, bias) in convolutions().items():
        numbers = [net.numbers(weights[:, None, None]), net.numbers(bias)]
        into = square if name == "squares" else picture
        made[name] = net.op(
            "CONV_2D", [into, *numbers], (*cells, len(bias)), strideW=CELL, strideH=CELL, padding=1
        )
    made["heatmap"] = net.op("ADD", [made["heatmap"], made["squares"]], (*cells, 17))
    return net.write(path, [picture], [made[name] for name in OUTPUTS])


def onnx_net(
    path: Path,
    *,
    size: tuple[int, int] | None = None,
    outputs: Sequence[str] = OUTPUTS,
    named: bool = True,
    last: bool = False,
    domain: str = "MobileNetV1",
    dtype: str = "float32",
    bad: float = 0.0,
) -> Path:
    """Write the net as (1, 3, H, W), or channels `last`; for pictures of any size or of this width and height.

    `bad` is added to the bias of all; outputs have the names, or just numbers.
    """
    kind = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8}[dtype]
    nodes = [helper.make_node("Cast", ["picture"], ["numbers"], to=TensorProto.FLOAT)]
    nodes.append(helper.make_node("Transpose", ["numbers"], ["laid"], perm=[0, 3, 1, 2] if last else [0, 1, 2, 3]))
    nodes.append(helper.make_node("Mul", ["laid", "laid"], ["square"]))
    numbers = []
    for name, (weights, bias) in convolutions(domain).items():
        numbers += [
            numpy_helper.from_array(weights[:, :, None, None].astype(np.float32), f"{name}/weights"),
            numpy_helper.from_array((bias + bad).astype(np.float32), f"{name}/bias"),
        ]
        into = ["square" if name == "squares" else "laid", f"{name}/weights", f"{name}/bias"]
        nodes.append(helper.make_node("Conv", into, [f"{name}/conv"], strides=[CELL, CELL]))
    nodes.append(helper.make_node("Add", ["heatmap/conv", "squares/conv"], ["heatmap/sum"]))
    infos = []
    for number, name in enumerate(outputs):
        made, called = f"{name}/{'sum' if name == 'heatmap' else 'conv'}", name if named else f"out{number}"
        nodes.append(helper.make_node("Transpose", [made], [called], perm=[0, 2, 3, 1] if last else [0, 1, 2, 3]))
        infos.append(helper.make_tensor_value_info(called, TensorProto.FLOAT, [None] * 4))
    width, height = size or ("width", "height")
    shape = [1, height, width, 3] if last else [1, 3, height, width]
    return _written(path, nodes, [helper.make_tensor_value_info("picture", kind, shape)], infos, numbers)


def constant_net(path: Path, shape: Sequence[int | str], *outputs: Floats) -> Path:
    """Write a net that gives these, whatever picture of this shape it gets."""
    kinds = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8}
    numbers = [numpy_helper.from_array(output, f"n{i}") for i, output in enumerate(outputs)]
    nodes = [helper.make_node("Identity", [f"n{i}"], [f"out{i}"]) for i in range(len(outputs))]
    infos = [
        helper.make_tensor_value_info(f"out{i}", kinds[one.dtype.name], one.shape) for i, one in enumerate(outputs)
    ]
    return _written(
        path, nodes, [helper.make_tensor_value_info("picture", TensorProto.FLOAT, shape)], infos, numbers
    )


def _written(path: Path, nodes: Any, inputs: Any, outputs: Any, numbers: Any) -> Path:
    graph = helper.make_graph(nodes, "posenet", inputs, outputs, numbers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
    return path


def places(origin: tuple[int, int], scale: float = 1.0, pad: tuple[int, int] = (0, 0)) -> Floats:
    """Return where the parts (17, 2) of who stands at this cell are, in pixels of a picture.

    It is `scale` times as large as the input, that has `pad` left and above it.
    """
    placed: Floats = ((POSTURE + origin) * CELL + 0.5 - np.array(pad)) * scale
    return placed


def painted(width: int, height: int, *people: Floats, scale: float = 1.0, hidden: Sequence[int] = ()) -> Frame:
    picture: Picture = np.zeros((height, width, 3), dtype=np.uint8)
    for body in people:
        for part in np.setdiff1d(np.arange(17), hidden):
            x, y = (round((float(one) - 0.5) * 256) for one in body[part])
            red, green, blue = (float(one) for one in COLOURS[part])
            cv2.circle(picture, (x, y), round(5 * scale * 256), (blue, green, red), -1, cv2.LINE_8, 8)
    return Frame(picture, 0.0, 0)


def estimate(path: Path, frame: Frame, *, most: int = 4, **options: Any) -> tuple[Pose, ...]:
    with make(path, most=most, options=PoseNetOptions(**options)) as estimator:
        checked: Estimator = estimator
        return checked.estimate(frame)


def off(poses: Sequence[Pose], people: Sequence[Floats], frame: Frame) -> float:
    """The distance in pixels of the worst part of the worst found; each of `people` must be found once."""
    found = np.stack([COCO_17.of(pose)[0] * frame.picture.shape[0] for pose in poses])
    far = np.linalg.norm(found[:, None] - np.stack(people)[None], axis=-1).max(axis=-1)
    assert sorted(far.argmin(axis=1)) == list(range(len(people)))
    return float(far.min(axis=1).max())


def test_a_tflite_net_finds_two_people(tmp_path: Path) -> None:
    people = places((0, 1)), places((9, 5))
    frame = painted(257, 257, *people)
    poses = estimate(tflite(tmp_path / "posenet.tflite"), frame)
    assert off(poses, people, frame) < 0.01
    for pose in poses:
        assert (COCO_17.of(pose)[1] > 0.9).all()
        assert (pose.confidence > 0).sum() == 17
        assert pose.score > 0.9


@pytest.mark.parametrize(("size", "pad"), [((514, 386), (0, 32)), ((322, 514), (48, 0))])
def test_pictures_that_are_not_square_are_fitted_into_it(
    tmp_path: Path, size: tuple[int, int], pad: tuple[int, int]
) -> None:
    people = [places((4, 3), 2.0, pad)]
    frame = painted(*size, *people, scale=2)
    assert off(estimate(tflite(tmp_path / "posenet.tflite"), frame), people, frame) < 0.5


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("factor", [0.5, 1.0])
def test_an_onnx_net_for_any_size_gets_the_picture_by_the_scale_factor(
    tmp_path: Path, factor: float, *, last: bool
) -> None:
    people = [places(origin, 1 / factor) for origin in ((1, 1), (10, 3), (22, 12))]
    frame = painted(round(513 / factor), round(385 / factor), *people, scale=1 / factor)
    path = onnx_net(tmp_path / "posenet.onnx", last=last)
    assert off(estimate(path, frame, image_scale_factor=factor), people, frame) < 1 / factor


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    ("order", "named"),
    [
        (("offset", "displacement_fwd", "displacement_bwd", "heatmap"), False),
        (("displacement_fwd", "displacement_bwd", "offset", "heatmap"), False),  # ResNet's
        (("displacement_bwd", "heatmap", "offset", "displacement_fwd"), True),
    ],
)
def test_outputs_are_told_by_their_channels_in_whatever_order(
    tmp_path: Path, order: tuple[str, ...], *, named: bool, last: bool
) -> None:
    people = places((0, 1)), places((9, 5))
    frame = painted(257, 257, *people)  # 17 cells across, 17 parts: shapes alone hardly tell
    path = onnx_net(tmp_path / "posenet.onnx", size=(257, 257), outputs=order, named=named, last=last)
    assert off(estimate(path, frame), people, frame) < 0.01


@pytest.mark.parametrize("stride", [8, 16, 32])
def test_what_was_painted_comes_back_from_the_net_within_a_pixel(tmp_path: Path, stride: int) -> None:
    people = [(body - body.min(axis=0)) * 2.5 + (60 + 280 * i, 60) for i, body in enumerate(crowd(2))]
    fields = [field[None] for field in paint_posenet(np.array(people), SIZE, stride)]
    path = constant_net(tmp_path / "posenet.onnx", (1, SIZE[1], SIZE[0], 3), *fields)
    for times in (1, 2):
        frame = Frame(np.zeros((times * SIZE[1], times * SIZE[0], 3), dtype=np.uint8), 0.0, 0)
        assert off(estimate(path, frame), [times * (body + 0.5) for body in people], frame) < times


def test_a_huge_picture_is_made_smaller_than_asked(tmp_path: Path) -> None:
    people = [places((10, 13), 3, (0, 192))]
    frame = painted(3 * LARGEST, 579, *people, scale=3)
    poses = estimate(onnx_net(tmp_path / "posenet.onnx"), frame, image_scale_factor=1)
    assert off(poses, people, frame) < 1


def test_resnet_takes_its_pixels_less_the_mean(tmp_path: Path) -> None:
    people = [places((0, 1))]
    frame, path = painted(257, 257, *people), onnx_net(tmp_path / "posenet.onnx", domain="ResNet50")
    assert off(estimate(path, frame, architecture="ResNet50", image_scale_factor=1), people, frame) < 0.01
    assert estimate(path, frame, image_scale_factor=1) == ()


def test_a_net_of_bytes_gets_the_pixels_themselves(tmp_path: Path) -> None:
    people = [places((0, 1))]
    path = onnx_net(tmp_path / "posenet.onnx", size=(257, 257), domain="raw", dtype="uint8", last=True)
    frame = painted(257, 257, *people)
    assert off(estimate(path, frame), people, frame) < 0.01


def test_hidden_parts_are_not_seen(tmp_path: Path) -> None:
    frame = painted(257, 257, places((0, 1)), hidden=[WRIST])
    (pose,) = estimate(tflite(tmp_path / "posenet.tflite"), frame)
    seen = COCO_17.of(pose)[1] > 0
    assert not seen[WRIST]
    assert seen.sum() == 16


def test_an_empty_picture_has_nobody(tmp_path: Path) -> None:
    assert estimate(tflite(tmp_path / "posenet.tflite"), painted(640, 480)) == ()


def test_flipped_places_are_those_of_the_mirrored_picture(tmp_path: Path) -> None:
    body = places((0, 1))
    frame = painted(257, 257, body)
    poses = estimate(tflite(tmp_path / "posenet.tflite"), frame, flip_horizontal=True)
    assert off(poses, [body * (-1, 1) + (257, 0)], frame) < 0.01


def test_no_more_people_than_asked_for(tmp_path: Path) -> None:
    people = [places((x, y)) for y in (0, 11, 22) for x in (1, 9)]
    frame, path = painted(257, 545, *people), onnx_net(tmp_path / "posenet.onnx", size=(257, 545))
    assert len(estimate(path, frame, most=2)) == 2
    assert len(estimate(path, frame, most=6)) == 6  # the papers' default of 5 makes way
    assert len(estimate(path, frame, most=6, max_pose_detections=3)) == 3


def test_one_person_is_found_without_displacements(tmp_path: Path) -> None:
    people = [places((4, 3))]
    path = onnx_net(tmp_path / "posenet.onnx", size=(257, 257), outputs=("offset", "heatmap"))
    frame = painted(257, 257, *people)
    assert off(estimate(path, frame, decoding="single-person"), people, frame) < 0.01
    with pytest.raises(ModelError, match="one person only"):
        estimate(path, frame)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf"), 1e38])
def test_a_net_that_gives_no_numbers_finds_nobody(tmp_path: Path, bad: float) -> None:
    frame, path = painted(257, 257, places((0, 1))), onnx_net(tmp_path / "posenet.onnx", size=(257, 257), bad=bad)
    for decoding in ("multi-person", "single-person"):
        for pose in estimate(path, frame, decoding=decoding):
            assert np.isfinite(pose.xy).all()


def _maps(*channels: int, cells: int = 17, dtype: str = "float32") -> list[Floats]:
    return [np.zeros((1, cells, cells, n), dtype=dtype) for n in channels]


PICTURE = (1, 257, 257, 3)


@pytest.mark.parametrize(
    ("shape", "outputs", "says"),
    [
        (PICTURE, _maps(17, 34, 32, 32, cells=20), "It has \\[1, 20, 20, 17\\].* 8, 16 or 32 pixels apart"),
        (PICTURE, _maps(17, 32, 32), "It has \\[1, 17, 17, 17\\].*, not .*offsets of 34"),
        (PICTURE, _maps(17) + _maps(34, 32, 32, cells=9), "not .*heat maps of 17"),
        (PICTURE, _maps(17, 34, 64), "one person only"),
        (PICTURE, [np.zeros((1, 6, 56), dtype=np.float32)], "It has \\[1, 6, 56\\], not"),  # MoveNet's
        (PICTURE, _maps(17, 34, 32, 32, dtype="uint8"), "It gives uint8, not float32"),
        ((1, 257, 257, 4), _maps(17, 34, 32, 32), "It has \\[1, 257, 257, 4\\], not one picture"),
        ((2, 257, 257, 3), _maps(17, 34, 32, 32), "It has \\[2, 257, 257, 3\\], not one picture"),
        ((1, 3), _maps(17, 34, 32, 32), "It has \\[1, 3\\], not one picture"),
        ((1, 3, 8, 8), _maps(17, 34, 32, 32), "not one picture"),
        ((1, 200_000, 200_000, 3), _maps(17, 34, 32, 32), "not one picture"),
    ],
)
def test_a_net_that_is_another_is_said(
    tmp_path: Path, shape: tuple[int, ...], outputs: list[Floats], says: str
) -> None:
    path = constant_net(tmp_path / "posenet.onnx", shape, *outputs)
    with pytest.raises(ModelError, match=says):
        estimate(path, painted(257, 257))


def test_a_net_whose_maps_do_not_follow_the_picture_is_said(tmp_path: Path) -> None:
    path = constant_net(tmp_path / "posenet.onnx", (1, "height", "width", 3), *_maps(17, 34, 32, 32))
    with pytest.raises(ModelError, match="It has \\[1, 17, 17, 17\\]"):
        estimate(path, painted(1000, 800))


def test_the_output_stride_asked_for_must_be_the_files(tmp_path: Path) -> None:
    path, frame = tflite(tmp_path / "posenet.tflite"), painted(257, 257, places((0, 1)))
    with pytest.raises(ModelError, match="It has 16, not 8"):
        estimate(path, frame, output_stride=8)


def test_what_is_no_net_is_said_and_closed_is_closed(tmp_path: Path) -> None:
    text = tmp_path / "posenet.tflite"
    text.write_text("not a net")
    with pytest.raises(ModelError, match="cannot be used as a net"):
        estimate(text, painted(257, 257))
    with make(tflite(tmp_path / "whole.tflite"), most=4) as estimator:
        estimator.forget()
    with pytest.raises(EstimatorError, match="closed"):
        estimator.estimate(painted(257, 257))
    assert OPTIONS is PoseNetOptions
