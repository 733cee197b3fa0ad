"""OpenPose's nets of every port, from file to pose: tiny nets made here, run by what runs the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from openposed import body, painted

from posegames.body.pose import Floats, Pose
from posegames.body.views import OPENPOSE_18, OPENPOSE_25
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.nets import Numbers, Plug
from posegames.seeing.estimators.openpose import OPTIONS, OpenPose, make, ports
from posegames.seeing.estimators.openpose.options import OpenPoseOptions
from posegames.seeing.sighting import Frame

PEOPLE = [body(x, 200, 50) for x in (80, 290)]
MAPS = painted(PEOPLE)[None]
HEAT, FIELDS = MAPS[:, :19], MAPS[:, 19:]
WIDE = painted([body(150, 130, 45), body(320, 130, 45)], (456, 256))[None]


def saying(path: Path, outputs: Mapping[str, Numbers], shape: Sequence[int | str] = (1, 3, "h", "w")) -> Path:
    """Write an ONNX net that takes any picture, and always says this."""
    graph = helper.make_graph(
        [
            helper.make_node("Constant", [], [name], value=numpy_helper.from_array(array))
            for name, array in outputs.items()
        ],
        "tiny",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
            for name, array in outputs.items()
        ],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), str(path))
    return path


def frame(width: int = 368, height: int = 368) -> Frame:
    return Frame(np.zeros((height, width, 3), dtype=np.uint8), 0.0, 0)


def seen(path: Path, picture: Frame | None = None, **options: Any) -> tuple[Pose, ...]:
    with make(path, most=4, options=OPTIONS(**options)) as estimator:
        return estimator.estimate(picture or frame())


def assert_there(poses: Sequence[Pose], people: Sequence[Floats], high: int = 368) -> None:
    """Assert that these people (K, 2), in pixels, are seen, within a pixel."""
    assert len(poses) == len(people)
    view = OPENPOSE_18
    real = [source is not None and len(source) == 1 for source in view.sources]  # a neck is no joint of ours
    for person in people:
        near = min(poses, key=lambda pose: np.nanmedian(np.abs(view.of(pose)[0] * high - person)))
        xy, confidence = view.of(near)
        there = np.isfinite(person[:, 0]) & real
        np.testing.assert_array_equal(confidence[real] > 0, there[real])
        assert np.abs(xy[there] * high - person[there]).max() <= 1
        assert near.score > 0.9


@pytest.mark.parametrize(
    ("outputs", "options"),
    [
        ({"net_output": MAPS}, {}),
        ({"Openpose/concat_stage7:0": MAPS.transpose(0, 2, 3, 1)}, {}),
        ({"out": np.concatenate([FIELDS, HEAT], axis=1)}, {"order": "fields-first"}),
        ({"Mconv7_stage2_L1": FIELDS, "Mconv7_stage2_L2": HEAT}, {}),
        ({"a": HEAT.transpose(0, 2, 3, 1), "b": FIELDS.transpose(0, 2, 3, 1)}, {}),
        (
            {
                "stage_0_output_1_heatmaps": np.zeros_like(HEAT),
                "stage_0_output_0_pafs": np.zeros_like(FIELDS),
                "stage_1_output_1_heatmaps": HEAT,
                "stage_1_output_0_pafs": FIELDS,
            },
            {},
        ),
    ],
    ids=["caffe", "tf-pose", "fields first", "open model zoo", "two, channels last", "stages"],
)
def test_the_maps_of_every_port_are_read(
    tmp_path: Path, outputs: dict[str, Numbers], options: dict[str, Any]
) -> None:
    assert_there(seen(saying(tmp_path / "net.onnx", outputs), **options), PEOPLE)


def test_fields_57_cells_wide_are_not_taken_for_57_channels(tmp_path: Path) -> None:
    path = saying(tmp_path / "omz.onnx", {"paf": WIDE[:, 19:], "heat": WIDE[:, :19]}, (1, 3, 256, 456))
    assert_there(seen(path, frame(456, 256)), [body(150, 130, 45), body(320, 130, 45)], 256)


def test_19_rows_of_channels_last_are_not_taken_for_19_heat_maps(tmp_path: Path) -> None:
    people = [body(x, 75, 30) for x in (90, 270)]
    maps = painted(people, (368, 152))[None].transpose(0, 2, 3, 1)
    assert maps.shape == (1, 19, 46, 57)
    assert_there(
        seen(saying(tmp_path / "net.onnx", {"out": maps}, (1, 152, 368, 3)), frame(368, 152)), people, 152
    )


def test_body_25_tells_of_feet_too(tmp_path: Path) -> None:
    person = body(184, 180, 70, view=OPENPOSE_25)
    path = saying(tmp_path / "net.onnx", {"net_output": painted([person], view=OPENPOSE_25)[None]})
    (pose,) = seen(path)
    xy, confidence = OPENPOSE_25.of(pose)
    foot = OPENPOSE_25.points.index("left_big_toe")
    assert confidence[foot] > 0.9
    np.testing.assert_allclose(xy[foot] * 368, person[foot], atol=1)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (480, 640), (368, 368)])
def test_people_stand_in_the_frame_whatever_its_shape(tmp_path: Path, width: int, height: int) -> None:
    scale = 368 / max(width, height)
    offset = [(368 - round(width * scale)) // 2, (368 - round(height * scale)) // 2]
    path = saying(tmp_path / "net.onnx", {"out": painted([body(184, 184, 45)])[None]})
    (pose,) = seen(path, frame(width, height))
    xy, _ = OPENPOSE_18.of(pose)
    np.testing.assert_allclose(xy * height, (body(184, 184, 45) - offset) / scale, atol=1 / scale)


def test_a_net_of_heat_maps_alone_sees_one_person(tmp_path: Path) -> None:
    path = saying(tmp_path / "net.onnx", {"out": painted(PEOPLE[:1])[None, :19]})
    assert_there(seen(path), PEOPLE[:1])
    with pytest.raises(ModelError, match=r"cannot tell several people apart.*people=one"):
        seen(path, people="several")


def test_one_person_can_be_asked_of_any_net(tmp_path: Path) -> None:
    assert len(seen(saying(tmp_path / "net.onnx", {"out": MAPS}), people="one")) == 1


def test_no_more_people_than_asked_for(tmp_path: Path) -> None:
    whole, half = body(80, 200, 50), body(290, 200, 50, without=("left_knee", "left_ankle", "right_ankle"))
    path = saying(tmp_path / "net.onnx", {"out": painted([half, whole])[None]})
    with make(path, most=1) as estimator:
        estimator.forget()
        assert_there(estimator.estimate(frame()), [whole])


def test_numbers_that_are_none_do_no_harm(tmp_path: Path) -> None:
    maps = MAPS.copy()
    maps[:, :, ::11, ::13] = np.nan
    maps[:, ::3, 1, 1], maps[:, ::3, 40, 2], maps[:, 30, 44] = np.inf, -np.inf, 3e38
    for pose in seen(saying(tmp_path / "net.onnx", {"out": maps})):
        assert np.isfinite(pose.xy).all()
    for value in (np.nan, np.inf, -3e38, 0.0):
        assert seen(saying(tmp_path / "net.onnx", {"out": np.full_like(MAPS, value)})) == ()


def test_maps_of_doubles_and_of_halves_are_read(tmp_path: Path) -> None:
    assert_there(seen(saying(tmp_path / "a.onnx", {"out": MAPS.astype(np.float64)})), PEOPLE)
    assert_there(seen(saying(tmp_path / "b.onnx", {"out": MAPS.astype(np.float16)})), PEOPLE)


@pytest.mark.parametrize(
    "outputs",
    [
        {"out": np.zeros((1, 17, 46, 46), np.float32)},
        {"out": np.zeros((57, 46, 46), np.float32)},
        {"out": np.zeros((2, 57, 46, 46), np.float32)},
        {"out": np.zeros((1, 57, 0, 46), np.float32)},
        {"out": np.zeros((1, 57, 369, 46), np.float32)},
        {"out": np.zeros((1, 57, 46, 46), bool)},
        {"heat": HEAT, "paf": FIELDS[..., :40]},
        {"paf": FIELDS},
        {"out": np.float32(1.0).reshape(())},
    ],
)
def test_other_maps_are_refused(tmp_path: Path, outputs: dict[str, Numbers]) -> None:
    shape = next(iter(outputs.values())).shape
    path = saying(tmp_path / "net.onnx", outputs)
    with pytest.raises(ModelError, match=r"is not the net expected here. It has \[.*, not heat maps") as caught:
        seen(path)
    assert str(list(shape)) in str(caught.value)


@pytest.mark.parametrize(
    "shape", [(1, 4, 368, 368), (1, 3, 368), (2, 3, 368, 368), (1, 3, 0, 368), (1, 3, 4096, 64)]
)
def test_other_inputs_are_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    path = saying(tmp_path / "net.onnx", {"out": MAPS}, shape)
    with pytest.raises(ModelError, match=r"It has \[.*, not one picture"):
        seen(path)


@pytest.mark.parametrize("name", ["net.onnx", "net.pb"])
@pytest.mark.parametrize("content", [b"", b"<html>404</html>", b"\x08\x07\x12\xff\xff\xff\xff\x0f" * 20])
def test_files_that_are_no_nets_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises((ModelError, EstimatorError), match="net"), OpenPose(tmp_path / name):
        pass


def test_closed_it_says_so(tmp_path: Path) -> None:
    estimator = make(saying(tmp_path / "net.onnx", {"out": MAPS}), most=2)
    for _ in range(2):
        with pytest.raises(EstimatorError, match="closed"):
            estimator.estimate(frame())
        with estimator:
            assert len(estimator.estimate(frame())) == 2


@pytest.mark.parametrize(
    ("how", "reference"),
    [
        ("opencv", {"scalefactor": 1 / 255}),
        ("tf-pose", {"scalefactor": 1.0, "mean": (127.5, 127.5, 127.5), "swapRB": True}),
        ("openpose", {"scalefactor": 1 / 256, "mean": (128, 128, 128)}),
        ("lightweight", {"scalefactor": 1 / 256, "mean": (128, 128, 128)}),
        ("plain", {}),
    ],
)
def test_pixels_are_prepared_as_opencv_does_it(how: str, reference: dict[str, Any]) -> None:
    picture = np.random.default_rng(3).integers(0, 256, (16, 24, 3), dtype=np.uint8)
    blob = cv2.dnn.blobFromImage(picture, **reference)
    first = ports.Input(24, 16, channels_last=False, dtype="float32").array(picture, ports.PREPROCESSING[how])
    np.testing.assert_allclose(first, blob, rtol=1e-5, atol=1e-6)
    last = ports.Input(24, 16, channels_last=True, dtype="float16").array(picture, ports.PREPROCESSING[how])
    assert last.dtype.name == "float16"
    np.testing.assert_allclose(last.transpose(0, 3, 1, 2), blob, rtol=1e-2, atol=1e-2)


@pytest.mark.parametrize(
    ("file", "output", "port"),
    [
        ("graph_opt.pb", "", "tf-pose"),
        ("a.onnx", "Openpose/concat_stage7:0", "tf-pose"),
        ("a.onnx", "Mconv7_stage2_L1", "plain"),
        ("a.onnx", "stage_1_output_0_pafs", "lightweight"),
        ("a.onnx", "net_output", "openpose"),
        ("a.onnx", "Mconv7_stage6_L1", "openpose"),
    ],
)
def test_what_a_net_needs_is_told_by_its_names(file: str, output: str, port: str) -> None:
    plugs = [Plug(output, ())]
    assert ports.preprocessing_of(Path(file), plugs, OpenPoseOptions()) is ports.PREPROCESSING[port]
    asked = OpenPoseOptions(preprocessing="opencv")
    assert ports.preprocessing_of(Path(file), plugs, asked) is ports.PREPROCESSING["opencv"]
