"""YOLO-pose end to end: small real nets, run by the real runtimes, that find the dots somebody is made of.

They look at upright stripes of the input, one a person. Nets with a row an anchor have five for everyone, of which
the surest is right and the others are beside it; end-to-end nets have one, with corners and a class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import onnx
import pytest
from dotnets import COLOURS, ENOUGH, LITTLE, NEAR, painted, somebody
from onnx import TensorProto, helper, numpy_helper

from posegames.body.pose import Floats, Pose
from posegames.body.views import COCO_17
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators import nets
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.fitting import roomy
from posegames.seeing.estimators.yolo import OPTIONS, Yolo, make
from posegames.seeing.sighting import Frame, Picture

KINDS = MappingProxyType(
    {"float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16, "uint8": TensorProto.UINT8}
)
WRONG = (0.0, 0.15, -0.15, 0.1, -0.1)
"""By how much of a box's width each row for an anchor is beside the person; the further, the less sure."""
FORMS = ("upright", "lying", "final")


class Graph:
    """An ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.numbers: list[Any] = []

    def of(self, op: str, *inputs: Any, **how: Any) -> str:
        """Add an operation on what has these names, or on these numbers. Return the name of what comes out."""
        names = [one if isinstance(one, str) else self._number(one) for one in inputs]
        self.nodes.append(helper.make_node(op, names, [f"{op}{len(self.nodes)}"], **how))
        return str(self.nodes[-1].output[0])

    def _number(self, value: Any) -> str:
        self.numbers.append(numpy_helper.from_array(np.asarray(value), f"number{len(self.numbers)}"))
        return str(self.numbers[-1].name)

    def write(self, path: Path, outputs: Sequence[str], shape: Sequence[Any], into: str, out: str) -> Path:
        graph = helper.make_graph(
            self.nodes,
            "yolo",
            [helper.make_tensor_value_info("images", KINDS[into], shape)],
            [helper.make_tensor_value_info(name, KINDS[out], [None] * 3) for name in outputs],
            self.numbers,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())
        return path


def dots(
    path: Path,
    *,
    people: int = 2,
    size: tuple[int, int] | None = None,
    form: str = "upright",
    into: str = "float32",
    out: str = "float32",
) -> Path:
    """Write the net that finds up to so many people; `size` is the input's width and height, None: any."""
    graph = Graph()
    of = graph.of
    picture = of("Mul", of("Cast", "images", to=TensorProto.FLOAT), np.float32(255))
    columns = np.concatenate([2 * COLOURS / NEAR, np.full_like(COLOURS, -1 / NEAR)], axis=1)
    both = of("Concat", picture, of("Mul", picture, picture), axis=1)
    constant = (1 - (COLOURS**2).sum(axis=1) / NEAR).astype(np.float32)
    weight = of("Relu", of("Conv", both, columns[:, :, None, None].astype(np.float32), constant))
    weight = of("Squeeze", weight, np.array([0]))  # (17, H, W)
    across, down = (
        of(
            "Add",
            of("Range", np.float32(0), of("Cast", side, to=TensorProto.FLOAT), np.float32(1)),
            np.float32(0.5),
        )
        for side in (of("Gather", of("Shape", picture), np.int64(axis)) for axis in (3, 2))
    )
    wide = of("Cast", of("Gather", of("Shape", picture), np.int64(3)), to=TensorProto.FLOAT)
    stripe = of("Floor", of("Div", of("Mul", across, np.float32(people)), wide))
    stripes = of("Cast", of("Equal", stripe, np.arange(people, dtype=np.float32)[:, None]), to=TensorProto.FLOAT)

    def summed(weights: str) -> str:
        """The sum over each stripe, (people, 17)."""
        flat = of("ReduceSum", weights, np.array([1]), keepdims=0)
        return of("MatMul", stripes, of("Transpose", flat, perm=[1, 0]))

    mass = summed(weight)
    score = of("Clip", of("Div", mass, np.float32(ENOUGH)), np.float32(0), np.float32(1))

    def place(grid: str) -> str:
        """Of each point along an axis, (people, 17): what is not seen is put where the body is."""
        sums = summed(of("Mul", weight, grid))
        body = of(
            "Div",
            of("ReduceSum", sums, np.array([1]), keepdims=1),
            of("Add", of("ReduceSum", mass, np.array([1]), keepdims=1), LITTLE),
        )
        return of("Div", of("Add", sums, of("Mul", body, LITTLE)), of("Add", mass, LITTLE))

    x, y = place(across), place(of("Unsqueeze", down, np.array([1])))
    ends = [of(f"Reduce{end}", one, axes=[1], keepdims=1) for end in ("Min", "Max") for one in (x, y)]
    sure = of("ReduceMean", score, axes=[1], keepdims=1)

    def points(x: str) -> str:
        three = of("Concat", *(of("Unsqueeze", one, np.array([2])) for one in (x, y, score)), axis=2)
        return of("Reshape", three, np.array([people, 51]))

    if form == "final":
        row = of("Concat", *ends, sure, np.zeros((people, 1), dtype=np.float32), points(x), axis=1)
        rows = of("Concat", row, np.zeros((300 - people, 57), dtype=np.float32), axis=0)
    else:
        left, top, right, low = ends
        width, height = of("Sub", right, left), of("Sub", low, top)
        middle = [of("Mul", of("Add", *pair), np.float32(0.5)) for pair in ((left, right), (top, low))]
        all_rows = []
        for wrong in WRONG:
            step = of("Mul", width, np.float32(wrong))
            less_sure = of("Mul", sure, np.float32(1 - abs(wrong)))
            moved = of("Add", middle[0], step), middle[1], width, height, less_sure, points(of("Add", x, step))
            all_rows.append(of("Concat", *moved, axis=1))
        rows = of("Concat", *all_rows[::-1], np.zeros((9, 56), dtype=np.float32), axis=0)
    if form == "upright":
        rows = of("Transpose", rows, perm=[1, 0])
    output = of("Cast", of("Unsqueeze", rows, np.array([0])), to=KINDS[out])
    return graph.write(path, [output], [1, 3, *(size[::-1] if size else ("height", "width"))], into, out)


def constant(path: Path, *outputs: Floats, shape: Sequence[Any] = (1, 3, 64, 64), into: str = "float32") -> Path:
    """Write a net that gives these, whatever picture of this shape it gets."""
    graph = Graph()
    names = [graph.of("Identity", output) for output in outputs]
    return graph.write(path, names, shape, into, outputs[0].dtype.name)


def see(path: Path, picture: Picture, *, most: int = 4, **options: Any) -> tuple[Pose, ...]:
    with make(path, most=most, options=OPTIONS(**options)) as estimator:
        checked: Estimator = estimator
        return checked.estimate(Frame(picture, 0.0, 0))


def off(pose: Pose, truth: Pose, height: int) -> float:
    """The largest distance of a point from where it is, in pixels of the picture."""
    return float(np.linalg.norm(COCO_17.of(pose)[0] - COCO_17.of(truth)[0], axis=1).max() * height)


def by_place(poses: Sequence[Pose]) -> list[Pose]:
    return sorted(poses, key=lambda pose: float(pose.xy[0, 0]))


@pytest.mark.parametrize("precision", [("float32", "float32"), ("float16", "float16"), ("float16", "float32")])
@pytest.mark.parametrize("form", FORMS)
def test_two_people_are_found_within_a_pixel_of_the_input(
    tmp_path: Path, form: str, precision: tuple[str, str]
) -> None:
    into, out = precision
    path = dots(tmp_path / "yolo.onnx", size=(320, 320), form=form, into=into, out=out)
    truths = [somebody(16 / 9 * share, 0.5, 0.2) for share in (0.25, 0.75)]
    poses = by_place(see(path, painted(640, 360, *((truth, 0.2) for truth in truths))))
    assert len(poses) == 2
    for pose, truth in zip(poses, truths, strict=True):
        assert off(pose, truth, 360) < 2  # a pixel of the input is two of the picture
        assert (COCO_17.of(pose)[1] > 0.9).all()
        assert (pose.confidence > 0).sum() == 17
        assert pose.score > 0.9


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (300, 300), (641, 479), (160, 120)])
@pytest.mark.parametrize("sides", [(320, 320), (416, 256), None])
def test_pictures_of_any_shape_fit_into_any_input(
    tmp_path: Path, size: tuple[int, int], sides: tuple[int, int] | None
) -> None:
    width, height = size
    path = dots(tmp_path / "yolo.onnx", people=1, size=sides)
    truth = somebody(width / height * 0.55, 0.45, 0.2)
    (pose,) = see(path, painted(width, height, (truth, 0.2)), imgsz=320)
    wide, high = sides or (320, 320)
    assert off(pose, truth, height) < max(width / wide, height / high, 1)


@pytest.mark.parametrize(
    ("size", "longer", "sides"),
    [
        ((640, 480), 640, (640, 480)),
        ((1280, 720), 640, (640, 384)),
        ((720, 1280), 320, (192, 320)),
        ((100, 100), 640, (640, 640)),
        ((4000, 3), 64, (64, 32)),
    ],
)
def test_where_a_net_takes_any_size_no_more_is_filled_than_its_stride_asks(
    size: tuple[int, int], longer: int, sides: tuple[int, int]
) -> None:
    assert roomy(*size, longer) == sides


def echo(path: Path, *, size: tuple[int, int], into: str = "float32") -> Path:
    """Write a net that tells of its input: point n is at 50 R + 10 B, 60 G of the middle row's pixel n."""
    graph = Graph()
    picture = graph.of("Cast", "images", to=TensorProto.FLOAT)
    line = graph.of("Gather", picture, np.int64(size[1] // 2), axis=2)  # (1, 3, W)
    line = graph.of("Slice", line, np.array([0]), np.array([17]), np.array([2]))
    red, green, blue = (graph.of("Gather", line, np.int64(channel), axis=1) for channel in range(3))
    x = graph.of("Add", graph.of("Mul", red, np.float32(50)), graph.of("Mul", blue, np.float32(10)))
    y = graph.of("Mul", green, np.float32(60))
    places = (graph.of("Unsqueeze", one, np.array([2])) for one in (x, y))
    three = graph.of("Concat", *places, np.full((1, 17, 1), 0.9, dtype=np.float32), axis=2)
    points = graph.of("Reshape", three, np.array([1, 1, 51]))
    box = np.array([[[0, 0, 50, 50, 0.9, 0]]], dtype=np.float32)
    row = graph.of("Concat", box, points, axis=2)
    return graph.write(path, [row], [1, 3, *size[::-1]], into, "float32")


@pytest.mark.parametrize("into", ["float32", "float16"])
def test_a_net_gets_red_green_and_blue_from_0_to_1_and_grey_around(tmp_path: Path, into: str) -> None:
    path = echo(tmp_path / "yolo.onnx", size=(64, 64), into=into)
    colours = np.random.default_rng(3).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    (pose,) = see(path, colours)
    blue, green, red = colours[32, :17].T.astype(float) / 255
    expected = np.stack([50 * red + 10 * blue, 60 * green], axis=1) / 64
    np.testing.assert_allclose(COCO_17.of(pose)[0], expected, atol=2e-3)
    # A narrow picture in the middle of the input: the left edge is what is around it.
    (pose,) = see(path, np.zeros((64, 16, 3), dtype=np.uint8))
    grey = 60 * 114 / 255
    np.testing.assert_allclose(COCO_17.of(pose)[0] * 64, [(grey - 24, grey)] * 17, atol=0.1)


@pytest.mark.parametrize("form", FORMS)
def test_hidden_parts_are_not_seen_and_the_rest_is(tmp_path: Path, form: str) -> None:
    truth, hidden = somebody(0.8, 0.5, 0.2), [5, 7, 9, 15, 16]
    path = dots(tmp_path / "yolo.onnx", people=1, size=(320, 320), form=form)
    (pose,) = see(path, painted(640, 360, (truth, 0.2), hidden=hidden))
    xy, confidence = COCO_17.of(pose)
    assert np.flatnonzero(confidence == 0).tolist() == hidden
    apart = np.linalg.norm((xy - COCO_17.of(truth)[0])[confidence > 0], axis=1) * 360
    assert apart.max() < 2


def test_the_surest_come_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    path = dots(tmp_path / "yolo.onnx", people=3, size=(480, 288))
    truths = [somebody(16 / 9 * share, 0.5, 0.15) for share in (1 / 6, 3 / 6, 5 / 6)]
    picture = painted(640, 360, (truths[1], 0.15))
    for who, hidden in ((0, range(7, 11)), (2, [0])):
        picture = np.maximum(picture, painted(640, 360, (truths[who], 0.15), hidden=hidden))
    for options, order in (({"most": 6}, [1, 2, 0]), ({"most": 2}, [1, 2]), ({"max_det": 1}, [1])):
        poses = see(path, picture, **options)
        assert len(poses) == len(order)
        for pose, who in zip(poses, order, strict=True):
            # A point that is not seen is somewhere else.
            apart = np.linalg.norm(pose.xy[11:13] - truths[who].xy[11:13], axis=1)
            assert apart.max() * 360 < 640 / 480


def test_what_is_asked_is_done(tmp_path: Path) -> None:
    path = dots(tmp_path / "yolo.onnx", people=1, size=(320, 320))
    half = painted(640, 360, (somebody(0.8, 0.5, 0.2), 0.2), hidden=range(8))
    assert [len(see(path, half, conf=conf)) for conf in (0.25, 0.6)] == [1, 0]
    # The rows beside it overlap it by 0.74 and 0.82.
    everybody = painted(640, 360, (somebody(0.8, 0.5, 0.2), 0.2))
    assert [len(see(path, everybody, most=9, iou=iou)) for iou in (0.45, 0.78, 0.99)] == [1, 3, 5]


def test_an_empty_picture_has_nobody(tmp_path: Path) -> None:
    for form in FORMS:
        assert see(dots(tmp_path / f"{form}.onnx", form=form), painted(640, 360), imgsz=320) == ()


def test_without_onnxruntime_opencv_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = np.zeros((1, 300, 57), dtype=np.float32)
    truth = np.column_stack([np.linspace(10, 50, 17), np.linspace(5, 60, 17), np.full(17, 0.9)])
    row[0, 0] = [5, 5, 60, 60, 0.9, 0, *truth.ravel()]
    graph = Graph()
    zero = graph.of("Mul", graph.of("GlobalAveragePool", "images"), np.zeros((1, 3, 1, 1), dtype=np.float32))
    none = graph.of("Reshape", graph.of("ReduceSum", zero, np.array([1, 2, 3]), keepdims=1), np.array([1, 1, 1]))
    path = graph.write(tmp_path / "yolo.onnx", [graph.of("Add", none, row)], [1, 3, 64, 64], "float32", "float32")
    with_it = see(path, painted(64, 64))
    monkeypatch.setattr(nets, "RUNTIMES", {".onnx": ("", (nets._OpenCV,))})
    (pose,) = see(path, painted(64, 64), imgsz=64)
    np.testing.assert_allclose(COCO_17.of(pose)[0] * 64, truth[:, :2], atol=1e-3)
    np.testing.assert_array_equal(pose.xy, with_it[0].xy)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 1e38, -1e38])
@pytest.mark.parametrize("shape", [(1, 56, 84), (1, 84, 56), (1, 300, 57)])
def test_nets_that_say_nonsense_do_no_harm(tmp_path: Path, shape: tuple[int, ...], broken: float) -> None:
    everything = np.full(shape, broken, dtype=np.float32)
    assert see(constant(tmp_path / "all.onnx", everything), painted(64, 64)) == ()
    # A sound box and score, and points that are none.
    rows = everything[0].T if shape[1] == 56 else everything[0]
    rows[:, :6] = (10, 10, 40, 40, 0.9, 0)
    assert see(constant(tmp_path / "points.onnx", everything), painted(64, 64)) == ()


def zeros(*shape: int, dtype: str = "float32") -> Floats:
    return np.zeros(shape, dtype=dtype)


@pytest.mark.parametrize(
    ("outputs", "says"),
    [
        ([zeros(1, 84, 84)], r"It has \[1, 84, 84\], not just one of \[1, 56, anchors\]"),
        ([zeros(1, 17, 3)], r"It has \[1, 17, 3\], not"),
        ([zeros(1, 56, 56)], r"It has \[1, 56, 56\], not"),
        ([zeros(1, 56, 57)], r"It has \[1, 56, 57\], not"),
        ([zeros(1, 25500, 57)], r"It has \[1, 25500, 57\], not .* 1000 people at most"),
        ([zeros(2, 56, 84)], r"It has \[2, 56, 84\], not"),
        ([zeros(1, 6, 56), zeros(1, 6, 56)], r"It has \[1, 6, 56\], \[1, 6, 56\], not just one"),
        ([zeros(1, 56, 84, dtype="uint8")], r"It has \[1, 56, 84\], not .* of real numbers"),
    ],
)
def test_a_net_that_is_another_is_said(tmp_path: Path, outputs: list[Floats], says: str) -> None:
    with pytest.raises(ModelError, match=says), make(constant(tmp_path / "yolo.onnx", *outputs), most=1):
        pass


@pytest.mark.parametrize(
    ("shape", "into", "says"),
    [
        ((1, 64, 64, 3), "float32", r"It has \[1, 64, 64, 3\], not \[1, 3, height, width\]"),
        ((1, 1, 64, 64), "float32", r"It has \[1, 1, 64, 64\], not"),
        ((2, 3, 64, 64), "float32", r"It has \[2, 3, 64, 64\], not"),
        ((1, 3, 64, "width"), "float32", r"It has \[1, 3, 64, -1\], not"),
        ((1, 3, 64, 4096), "float32", r"It has \[1, 3, 64, 4096\], not .* at most 2048"),
        ((1, 3), "float32", r"It has \[1, 3\], not"),
        ((1, 3, 64, 64), "uint8", "It takes uint8, not float32 or float16"),
    ],
)
def test_a_net_that_takes_something_else_is_said(tmp_path: Path, shape: Any, into: str, says: str) -> None:
    path = constant(tmp_path / "yolo.onnx", zeros(1, 56, 84), shape=shape, into=into)
    with pytest.raises(ModelError, match=says), make(path, most=1):
        pass


@pytest.mark.parametrize(
    "spoil",
    [lambda _: b"", lambda _: b"no net", lambda whole: whole[: len(whole) // 2], lambda whole: whole[::-1]],
    ids=["empty", "text", "half", "backwards"],
)
def test_files_that_are_no_nets_are_said(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = dots(tmp_path / "yolo.onnx", size=(64, 64))
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(ModelError, match="cannot be used as a net"), make(path, most=1):
        pass


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"), make(tmp_path / "yolo.onnx", most=1):
        pass


def test_a_net_that_changes_its_mind_says_so(tmp_path: Path) -> None:
    """One that gives the input's width as rows: 64 at first, and too many of something else later."""
    graph = Graph()
    sides = graph.of("Gather", graph.of("Shape", "images"), np.array([2]))  # the height
    shape = graph.of("Concat", np.array([1]), sides, np.array([57]), axis=0)
    path = graph.write(
        tmp_path / "yolo.onnx",
        [graph.of("ConstantOfShape", shape)],
        [1, 3, "height", "width"],
        "float32",
        "float32",
    )
    with make(path, most=1, options=OPTIONS(imgsz=64)) as estimator:
        assert estimator.estimate(Frame(painted(64, 64), 0.0, 0)) == ()
        estimator._options = OPTIONS(imgsz=1024)
        with pytest.raises(EstimatorError, match=r"It gave \[1, 1024, 57\], not \[1, people, 57\]"):
            estimator.estimate(Frame(painted(64, 64), 0.0, 1))


def test_a_closed_one_says_so(tmp_path: Path) -> None:
    estimator = make(dots(tmp_path / "yolo.onnx", size=(64, 64)), most=1)
    frame = Frame(painted(64, 64), 0.0, 0)
    with pytest.raises(EstimatorError, match="closed"):
        estimator.estimate(frame)
    with estimator:
        estimator.forget()
        assert estimator.estimate(frame) == ()
    with pytest.raises(EstimatorError, match="closed"):
        estimator.estimate(frame)
    assert isinstance(estimator, Yolo)
    assert estimator.name == "yolo"
