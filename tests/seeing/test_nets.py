from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from dotnets import Tflite, tflite_constant
from onnx import TensorProto, helper

from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.nets import MOST_BYTES, Plug, open_net, unfit


def doubled(path: Path, *, sides: tuple[Any, Any] = ("h", "w")) -> Path:
    """Write a net that adds a picture of (1, 3, h, w) to itself."""
    shape = [1, 3, *sides]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("picture", "twice")]
    graph = helper.make_graph(
        [helper.make_node("Add", ["picture", "picture"], ["twice"])], "g", ends[:1], ends[1:]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.save(model, path)
    return path


def test_onnx_runs_in_any_size_its_file_allows(tmp_path: Path) -> None:
    net = open_net(doubled(tmp_path / "a.onnx"))
    assert net.inputs == (Plug("picture", (1, 3, -1, -1)),)
    assert net.outputs == (Plug("twice", (1, 3, -1, -1)),)
    for side in (4, 7, 4):
        (twice,) = net(np.full((1, 3, side, side), 1.5, dtype=np.float32))
        assert twice.shape == (1, 3, side, side)
        assert (twice == 3).all()


def test_without_onnxruntime_opencv_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    net = open_net(doubled(tmp_path / "a.onnx", sides=(4, 4)))
    (twice,) = net(np.full((1, 3, 4, 4), 1.5, dtype=np.float32))
    assert (twice == 3).all()
    with pytest.raises(EstimatorError, match="failed"):
        net(np.zeros((1, 3, 4, 4), dtype=np.float32), np.zeros(1, dtype=np.float32))


def test_tflite_of_any_size_is_laid_out_when_its_first_picture_comes(tmp_path: Path) -> None:
    net = Tflite()
    into = net.tensor((1, -1, -1, 3))
    how: dict[str, Any] = {"filterWidth": 8, "filterHeight": 8, "strideW": 8, "strideH": 8}
    pooled = net.op("AVERAGE_POOL_2D", [into], (1, -1, -1, 3), padding=1, **how)  # 1: whole windows only
    opened = open_net(net.write(tmp_path / "a.tflite", [into], [pooled]))
    assert opened.inputs[0].shape == (1, -1, -1, 3)
    for side in (16, 32, 16):
        (mean,) = opened(np.full((1, side, side, 3), 5, dtype=np.float32))
        assert mean.shape == (1, side // 8, side // 8, 3)
        assert (mean == 5).all()


def test_what_comes_out_is_the_callers_own(tmp_path: Path) -> None:
    net = open_net(tflite_constant(tmp_path / "a.tflite", np.arange(3), shape=(1, 8, 8, 3)))
    picture = np.zeros((1, 8, 8, 3), dtype=np.uint8)
    (first,) = net(picture)
    first[:] = 9
    (second,) = net(picture)
    assert second.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "given",
    [
        (np.zeros((1, 3, 4, 4)),),  # double
        (np.zeros((3, 4, 4), dtype=np.float32),),
        (),
        (np.zeros((1, 3, 4, 4), dtype=np.float32),) * 2,
    ],
)
def test_what_a_net_refuses_is_said(tmp_path: Path, given: tuple[np.ndarray[Any, Any], ...]) -> None:
    for path in (doubled(tmp_path / "a.onnx"), tflite_constant(tmp_path / "a.tflite", [1.0], dtype="float32")):
        with pytest.raises(EstimatorError, match=r"failed\.[\s\S]*Is it a net for this estimator"):
            open_net(path)(*given)


@pytest.mark.parametrize("ending", [".onnx", ".tflite", ".pb"])
@pytest.mark.parametrize("content", [b"", b"no net at all" * 100, bytes(range(256)) * 20])
def test_a_file_that_is_no_net_is_said(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be used as a net"):
        open_net(path)


def test_a_net_cut_short_is_said(tmp_path: Path) -> None:
    for path in (doubled(tmp_path / "a.onnx"), tflite_constant(tmp_path / "a.tflite", [1.0])):
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises((ModelError, EstimatorError)):
            open_net(path)(np.zeros((1, 8, 8, 3), dtype=np.uint8))


def test_an_onnx_file_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(np.arange(4, dtype=np.float32).tobytes())
    weight = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    weight.external_data.add(key="location", value="secret")
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [4]) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node("Add", ["x", "w"], ["y"])], "g", ends[:1], ends[1:], [weight])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    (tmp_path / "a.onnx").write_bytes(model.SerializeToString())
    with pytest.raises((ModelError, EstimatorError)):
        open_net(tmp_path / "a.onnx")(np.zeros(4, dtype=np.float32))


@pytest.mark.parametrize(("name", "says"), [("gone.onnx", "cannot be read"), ("a.exe", "no model file")])
def test_other_files_are_refused(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        open_net(tmp_path / name)


def test_a_file_as_large_as_no_net_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.onnx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)  # a hole: it takes no room
    with pytest.raises(ModelError, match="too large"):
        open_net(path)


def test_what_is_not_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    path = tmp_path / "a.tflite"
    path.write_bytes(b"x")
    with pytest.raises(EstimatorError, match="pip install ai-edge-litert"):
        open_net(path)


def test_another_net_is_described() -> None:
    error = unfit(Path("a.onnx"), "one of [1, 56, 8400]", [Plug("out", (1, 17, 3))])
    assert "[1, 17, 3]" in str(error)
    assert "[1, 56, 8400]" in str(error)
