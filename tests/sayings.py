"""Model files of the papers' families that always say the same: somebody whose joints are known is there.

Each is a real file for the real runtime, decoded by the real decoder; it just does not look at the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from bodies import standing
from onnx import TensorProto, helper, numpy_helper

from posegames.body.pose import Floats
from posegames.body.views import COCO_17, OPENPOSE_18
from posegames.tools.bench.decoding import paint_openpose, paint_posenet, paint_yolo

SOMEBODY = standing(0.5, 0.5, 0.22)
"""In a square picture."""
FAMILIES = ("posenet", "movenet", "openpose", "yolo")


def saying(path: Path, outputs: Mapping[str, Floats], shape: Sequence[int]) -> Path:
    """Write an ONNX net that takes pictures of this shape, and gives these outputs."""
    numbers = {name: array.astype(np.float32) for name, array in outputs.items()}
    graph = helper.make_graph(
        [
            helper.make_node("Constant", [], [name], value=numpy_helper.from_array(array))
            for name, array in numbers.items()
        ],
        "saying",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape) for name, array in numbers.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), str(path))
    return path


def files(folder: Path) -> Path:
    """Write one for each family, that says `SOMEBODY`; return the folder."""
    points, parts = COCO_17.of(SOMEBODY)[0], OPENPOSE_18.of(SOMEBODY)[0]
    maps = paint_posenet(points[None] * 257, (257, 257), 16)
    names = ("heatmap", "offset", "displacement_fwd", "displacement_bwd")
    shape = (1, 257, 257, 3)
    saying(folder / "posenet.onnx", {name: one[None] for name, one in zip(names, maps, strict=True)}, shape)
    row = np.zeros((1, 6, 56))
    row[0, 0, :51] = np.concatenate([points[:, ::-1], np.full((17, 1), 0.9)], axis=1).ravel()
    row[0, 0, 51:] = *points.min(axis=0)[::-1], *points.max(axis=0)[::-1], 0.9
    saying(folder / "movenet.onnx", {"output_0": row}, (1, 256, 256, 3))
    heat, fields = paint_openpose(parts[None] * 368, (368, 368))
    saying(folder / "openpose.onnx", {"net_output": np.concatenate([heat, fields])[None]}, (1, 3, 368, 368))
    boxes = paint_yolo(points[None] * 320, 320, np.random.default_rng(0))
    saying(folder / "yolo-pose.onnx", {"output0": boxes}, (1, 3, 320, 320))
    return folder
