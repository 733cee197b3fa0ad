"""MoveNet from end to end: tiny nets, run by the real runtimes, that find the dots somebody is made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import numpy as np
import onnx
import pytest
from dotnets import onnx_net, painted, somebody, tflite_constant, tflite_net
from onnx import TensorProto, helper

from posegames.body.pose import Pose
from posegames.body.views import COCO_17
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators import nets
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.movenet import MoveNetOptions, make
from posegames.seeing.sighting import Frame, Picture

WIDTH, HEIGHT = 640, 360


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("movenets")
    return {
        "lightning.onnx": onnx_net(folder / "lightning.onnx", people=1, size=(192, 192)),
        "thunder.onnx": onnx_net(folder / "thunder.onnx", people=1, size=(256, 256), dtype="uint8"),
        "lightning.tflite": tflite_net(folder / "lightning.tflite", 192),
        "thunder.tflite": tflite_net(folder / "thunder.tflite", 256, "float32"),
        "int32.tflite": tflite_net(folder / "int32.tflite", 192, "int32"),
        "multipose.onnx": onnx_net(folder / "multipose.onnx", people=2, size=None),
        "fixed.onnx": onnx_net(folder / "fixed.onnx", people=2, size=(320, 192), dtype="float32"),
        "three.onnx": onnx_net(folder / "three.onnx", people=3, size=None),
    }


def see(estimator: Estimator, picture: Picture, number: int = 0) -> tuple[Pose, ...]:
    return estimator.estimate(Frame(picture, number / 30, number))


def off(pose: Pose, truth: Pose, height: int = HEIGHT) -> float:
    """The largest distance of a point from where it is, in pixels."""
    return float(np.linalg.norm(COCO_17.of(pose)[0] - COCO_17.of(truth)[0], axis=1).max() * height)


def crop_pixel(torso: float, side: int) -> float:
    """Pixels of the picture in a pixel of the input, once somebody with this torso (pixels) is followed."""
    return 2 * 1.2 * 1.6 * torso / side


@pytest.mark.parametrize(
    ("model", "side"),
    [
        ("lightning.onnx", 192),
        ("thunder.onnx", 256),
        ("lightning.tflite", 192),
        ("thunder.tflite", 256),
        ("int32.tflite", 192),
    ],
)
def test_one_person_is_found_within_a_pixel_of_the_input(models: dict[str, Path], model: str, side: int) -> None:
    truth = somebody(0.8, 0.5, 0.2)
    picture = painted(WIDTH, HEIGHT, (truth, 0.2))
    with make(models[model], most=4) as estimator:
        (first,), (second,), (third,) = (see(estimator, picture, n) for n in range(3))
    assert off(first, truth) < WIDTH / side
    assert off(second, truth) < crop_pixel(72, side)
    assert off(third, truth) < crop_pixel(72, side)
    assert third.score == pytest.approx(1)
    # Seventeen points, and none of the others.
    assert (COCO_17.of(third)[1] > 0.9).all()
    assert (third.confidence > 0).sum() == 17


def test_what_is_hidden_is_not_seen_and_the_rest_is(models: dict[str, Path]) -> None:
    truth, hidden = somebody(0.8, 0.5, 0.2), [5, 7, 9, 15, 16]
    with make(models["lightning.tflite"], most=1) as estimator:
        for _ in range(2):
            (pose,) = see(estimator, painted(WIDTH, HEIGHT, (truth, 0.2), hidden=hidden))
    xy, confidence = COCO_17.of(pose)
    assert np.flatnonzero(confidence == 0).tolist() == hidden
    seen = confidence > 0
    apart = np.linalg.norm((xy - COCO_17.of(truth)[0])[seen], axis=1) * HEIGHT
    assert apart.max() < crop_pixel(72, 192)


def test_who_walks_is_followed_by_the_crop_from_edge_to_edge(models: dict[str, Path]) -> None:
    torso = 0.13  # the dots are 2 pixels wide in the net's look at all of the picture
    walk = [somebody(x, 0.6 - 0.1 * np.sin(4 * x), torso) for x in np.linspace(0.25, 1.5, 40)]
    pictures = [painted(WIDTH, HEIGHT, (pose, torso)) for pose in walk]
    with make(models["lightning.tflite"], most=1) as estimator:
        followed = [see(estimator, picture, n) for n, picture in enumerate(pictures)]
        glances = []
        for n, picture in enumerate(pictures[::4]):
            estimator.forget()
            glances += [pose.score for pose in see(estimator, picture, n)]
    apart = [off(pose, truth) for poses, truth in zip(followed[1:], walk[1:], strict=True) for pose in poses]
    assert len(apart) == len(walk) - 1
    assert max(apart) < crop_pixel(torso * HEIGHT, 192)
    assert min(poses[0].score for poses in followed[2:]) > 0.95
    # Without the crop the same net hardly sees this.
    assert max(glances, default=0) < 0.6


def test_who_stands_far_away_is_found_in_the_middle(models: dict[str, Path]) -> None:
    truth = somebody(0.9, 0.5, 0.09)
    picture = painted(WIDTH, HEIGHT, (truth, 0.09))
    with make(models["lightning.tflite"], most=1) as estimator:
        poses = [see(estimator, picture, n) for n in range(4)]
    assert [len(some) for some in poses] == [0, 1, 1, 1]  # too small in all of it
    assert off(poses[3][0], truth) < crop_pixel(0.09 * HEIGHT, 192)


def test_who_leaves_is_lost_and_who_comes_elsewhere_found(models: dict[str, Path]) -> None:
    left, right = somebody(0.4, 0.5, 0.2), somebody(1.5, 0.6, 0.15)
    empty = painted(WIDTH, HEIGHT)
    plan = [painted(WIDTH, HEIGHT, (left, 0.2))] * 3 + [empty] * 4 + [painted(WIDTH, HEIGHT, (right, 0.15))] * 4
    with make(models["lightning.tflite"], most=1) as estimator:
        seen = [see(estimator, picture, n) for n, picture in enumerate(plan)]
    assert [len(poses) for poses in seen[:7]] == [1, 1, 1, 0, 0, 0, 0]
    assert [len(poses) for poses in seen[8:]] == [1, 1, 1]  # at the second picture at the latest
    assert off(seen[-1][0], right) < crop_pixel(0.15 * HEIGHT, 192)


def test_who_leaps_out_of_the_crop_is_found_again_at_once(models: dict[str, Path]) -> None:
    here, there = somebody(0.3, 0.5, 0.15), somebody(1.5, 0.5, 0.15)
    with make(models["lightning.tflite"], most=1) as estimator:
        for _ in range(3):
            assert see(estimator, painted(WIDTH, HEIGHT, (here, 0.15)))
        seen = [see(estimator, painted(WIDTH, HEIGHT, (there, 0.15))) for _ in range(3)]
    assert [len(poses) for poses in seen] == [0, 1, 1]
    assert off(seen[-1][0], there) < crop_pixel(0.15 * HEIGHT, 192)


@pytest.mark.parametrize("size", [(360, 640), (300, 300), (640, 360), (641, 479)])
@pytest.mark.parametrize("model", ["multipose.onnx", "fixed.onnx"])
def test_two_people_are_found_within_a_pixel_of_the_input(
    models: dict[str, Path], model: str, size: tuple[int, int]
) -> None:
    width, height = size
    truths = [somebody(width / height * share, 0.5, 0.2) for share in (0.25, 0.75)]
    with make(models[model], most=6) as estimator:
        assert see(estimator, painted(width, height)) == ()
        found = see(estimator, painted(width, height, *((pose, 0.2) for pose in truths)))
    pixel = max(size) / 256 if model == "multipose.onnx" else max(width / 320, height / 192)
    assert len(found) == 2
    for truth, pose in zip(truths, sorted(found, key=lambda pose: float(pose.xy[0, 0])), strict=True):
        assert off(pose, truth, height) < pixel
        assert (COCO_17.of(pose)[1] > 0.2).all()


def test_of_three_people_the_surest_are_kept(models: dict[str, Path]) -> None:
    truths = [somebody(WIDTH / HEIGHT * share, 0.5, 0.15) for share in (1 / 6, 3 / 6, 5 / 6)]
    picture = painted(WIDTH, HEIGHT, (truths[0], 0.15), (truths[2], 0.15))
    half_seen = painted(WIDTH, HEIGHT, (truths[1], 0.15), hidden=range(7, 11))
    for most, places in ((6, [0, 1, 2]), (2, [0, 2]), (1, [0])):
        with make(models["three.onnx"], most=most) as estimator:
            found = see(estimator, np.maximum(picture, half_seen))
        if most == 1:
            assert min(off(found[0], truths[0]), off(found[0], truths[2])) < 2.5
            continue
        assert len(found) == len(places)
        at = sorted(found, key=lambda pose: float(pose.xy[0, 0]))
        for place, pose in zip(places, at, strict=True):
            seen = COCO_17.of(pose)[1] > 0
            assert seen.sum() == (13 if place == 1 else 17)
            apart = np.linalg.norm((COCO_17.of(pose)[0] - COCO_17.of(truths[place])[0])[seen], axis=1) * HEIGHT
            assert apart.max() < WIDTH / 256


def test_the_size_that_is_left_open_may_be_chosen(models: dict[str, Path]) -> None:
    truths = [somebody(WIDTH / HEIGHT * share, 0.5, 0.1) for share in (0.25, 0.75)]
    picture = painted(WIDTH, HEIGHT, *((pose, 0.1) for pose in truths))
    scores = []
    for most in (128, 512):
        with make(models["multipose.onnx"], most=6, options=MoveNetOptions(multi_pose_max_dimension=most)) as it:
            scores.append(sum(pose.score for pose in see(it, picture)))
    assert scores[0] < 0.5
    assert scores[1] > 1.5


def test_what_is_open_may_change_from_picture_to_picture(tmp_path: Path) -> None:
    output = np.zeros((1, 6, 56), dtype=np.float32)
    output[0, 0] = [*np.tile([0.5, 0.25, 0.9], 17), 0, 0, 1, 1, 0.8]
    with make(tflite_constant(tmp_path / "movenet.tflite", output), most=6) as estimator:
        for width, height in ((640, 360), (360, 640), (200, 200), (640, 360)):
            (pose,) = see(estimator, painted(width, height))
            x = (0.25 * 256 - (256 - 256 * width / max(width, height)) / 2) * max(width, height) / 256
            y = 0.5 * height
            if width < height:  # the input is 160 wide, of which the picture takes 144
                x = (0.25 * 160 - 8) * 640 / 256
            assert pose.score == pytest.approx(0.8)
            np.testing.assert_allclose(COCO_17.of(pose)[0] * height, np.tile([x, y], (17, 1)), atol=0.1)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 3e38, -3e38])
@pytest.mark.parametrize("single", [True, False])
def test_nets_that_say_nonsense_do_no_harm(tmp_path: Path, broken: float, single: bool) -> None:
    random = np.random.default_rng(5)
    output = random.uniform(0.3, 0.7, (1, 1, 17, 3) if single else (1, 6, 56)).astype(np.float32)
    for share in (0.1, 1.0):
        output[random.uniform(size=output.shape) < share] = broken
        shape = (1, 192, 192, 3) if single else (1, -1, -1, 3)
        with make(tflite_constant(tmp_path / "movenet.tflite", output, shape=shape), most=6) as estimator:
            for number in range(4):
                for pose in see(estimator, painted(WIDTH, HEIGHT), number):
                    assert np.isfinite(pose.xy).all()
                    assert 0 <= pose.score <= 1


def identity(path: Path, shape: tuple[int, ...], kind: int = TensorProto.FLOAT, outputs: int = 1) -> Path:
    """Write an ONNX net that gives the picture back."""
    names = [f"out{n}" for n in range(outputs)]
    graph = helper.make_graph(
        [helper.make_node("Identity", ["in"], [name]) for name in names],
        "identity",
        [helper.make_tensor_value_info("in", kind, shape)],
        [helper.make_tensor_value_info(name, kind, shape) for name in names],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())
    return path


_WRONG: MappingProxyType[str, tuple[Callable[[Path], Path], str]] = MappingProxyType(
    {
        "another output": (
            lambda folder: identity(folder / "a.onnx", (1, 64, 64, 3)),
            r"It has \[1, 64, 64, 3\], not MoveNet's \[1, 1, 17, 3\] or \[1, 6, 56\] of real numbers",
        ),
        "channels first": (
            lambda folder: identity(folder / "a.onnx", (1, 3, 640, 640)),
            r"It has \[1, 3, 640, 640\], not \[1, height, width, 3\]",
        ),
        "far too large": (
            lambda folder: identity(folder / "a.onnx", (1, 60000, 60000, 3)),
            r"It has \[1, 60000, 60000, 3\], not .* at most 1024",
        ),
        "no picture": (lambda folder: identity(folder / "a.onnx", (17,)), r"It has \[17\], not \[1, height"),
        "two outputs": (
            lambda folder: identity(folder / "a.onnx", (1, 64, 64, 3), outputs=2),
            "not one input and one output",
        ),
        "another type": (
            lambda folder: identity(folder / "a.onnx", (1, 64, 64, 3), TensorProto.INT8),
            "It takes int8, not uint8 or int32 or float32",
        ),
        "whole numbers": (
            lambda folder: tflite_constant(
                folder / "a.tflite", np.ones((1, 1, 17, 3)), shape=(1, 64, 64, 3), kind="int32"
            ),
            "of real numbers",
        ),
        "one person in what is not square": (
            lambda folder: tflite_constant(folder / "a.tflite", np.ones((1, 1, 17, 3)), shape=(1, 64, 96, 3)),
            r"It has \[1, 64, 96, 3\], not a square",
        ),
        "no net": (lambda folder: _written(folder / "a.tflite", b"TFL3" * 99), "cannot be used as a net"),
        "no onnx": (lambda folder: _written(folder / "a.onnx", b"\x08\x07" * 99), "cannot be used as a net"),
        "no file": (lambda folder: folder / "a.onnx", "cannot be read"),
        "another kind": (lambda folder: _written(folder / "a.txt", b"hello"), "is no model file"),
    }
)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("case", _WRONG)
def test_files_of_something_else_say_so(tmp_path: Path, case: str) -> None:
    write, says = _WRONG[case]
    with pytest.raises(ModelError, match=says), make(write(tmp_path), most=1):
        pass


def graph(path: Path, nodes: list[onnx.NodeProto], **numbers: np.ndarray) -> Path:
    """Write an ONNX net from pictures of any size, "in", to "out"."""
    made = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, (1, "height", "width", 3))],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
        [onnx.numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path.write_bytes(model.SerializeToString())
    return path


def test_a_net_that_fails_says_so(tmp_path: Path) -> None:
    nodes = [helper.make_node("Reshape", ["in", "shape"], ["out"])]
    path = graph(tmp_path / "a.onnx", nodes, shape=np.array([1, 1, 17, 3]))
    with pytest.raises(EstimatorError, match="failed"), make(path, most=1):
        pass


def test_a_net_that_changes_its_mind_says_so(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("Shape", ["in"], ["sides"], start=2, end=3),
        helper.make_node("Sub", ["all", "sides"], ["row"]),
        helper.make_node("Concat", ["first", "row"], ["shape"], axis=0),
        helper.make_node("ConstantOfShape", ["shape"], ["out"]),
    ]
    path = graph(tmp_path / "a.onnx", nodes, all=np.array([256 + 56]), first=np.array([1, 6]))
    with make(path, most=1) as estimator:
        assert see(estimator, painted(640, 360)) == ()
        with pytest.raises(EstimatorError, match=r"It gave \[1, 6, 152\], and something else before"):
            see(estimator, painted(360, 640))


def test_without_onnxruntime_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nets, "RUNTIMES", {".onnx": ("posegames[onnx]", (nets._OpenCV,))})
    path = identity(tmp_path / "a.onnx", (1, 3, 64, 64))
    with pytest.raises(EstimatorError, match="need onnxruntime"), make(path, most=1):
        pass


def test_a_closed_one_says_so(models: dict[str, Path]) -> None:
    estimator = make(models["lightning.tflite"], most=1)
    for _ in range(2):
        with pytest.raises(EstimatorError, match="closed"):
            see(estimator, painted(WIDTH, HEIGHT))
        with estimator:
            assert see(estimator, painted(WIDTH, HEIGHT)) == ()
