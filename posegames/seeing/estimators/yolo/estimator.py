"""YOLO-pose as an estimator: a picture in, people out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from posegames.body.pose import Pose
from posegames.body.views import COCO_17
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.fitting import fitted, roomy
from posegames.seeing.estimators.nets import Net, Numbers, Plug, open_net, unfit
from posegames.seeing.estimators.sanitise import RawPose, sanitise
from posegames.seeing.estimators.yolo.decode import EXPECTED, LARGEST, YoloOptions, decode, layout_of
from posegames.seeing.sighting import Frame, Picture

OPTIONS = YoloOptions
TAKEN = ("float32", "float16")
"""Kinds of numbers an input may be of."""


def make(path: Path, *, most: int, options: YoloOptions | None = None) -> Yolo:
    """Return YOLO-pose on the net in `path` (ONNX) for up to `most` people, not yet loaded."""
    return Yolo(path, most=most, options=options or YoloOptions())


class Yolo:
    """YOLO-pose (see `Estimator`): people without identity, the surest first.

    The net takes (1, 3, H, W) numbers 0..1, RGB, in single or half precision, and gives one of `LAYOUTS`.
    """

    name = "yolo"

    def __init__(self, path: Path, *, most: int, options: YoloOptions) -> None:
        self._path, self._most, self._options = path, most, options
        self._net: Net | None = None

    def __enter__(self) -> Self:
        """Load the net and try it once.

        Raises ModelError for another net than YOLO-pose's, EstimatorError if it fails.
        """
        net = open_net(self._path)
        side = self._options.imgsz
        self._sides = self._input(net.inputs)
        width, height = self._sides or (side, side)
        outputs = _run(net, np.zeros((height, width, 3), dtype=np.uint8))
        layout = layout_of(outputs[0].shape) if len(outputs) == 1 else None
        if layout is None or outputs[0].dtype.kind != "f":
            raise unfit(self._path, f"{EXPECTED}, of real numbers", [Plug("", one.shape) for one in outputs])
        self._net, self._layout = net, layout
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the net."""
        self._net = None

    def forget(self) -> None:
        """Do nothing: every frame is looked at afresh."""

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`."""
        if self._net is None:
            raise EstimatorError("YOLO is closed.")
        height, width = frame.picture.shape[:2]
        sides = self._sides or roomy(width, height, self._options.imgsz)
        picture, fit = fitted(frame.picture, *sides)
        output = _run(self._net, picture)[0]
        if not self._layout.fits(output.shape):
            raise EstimatorError(
                f"The net {self._path} failed.",
                f"It gave {list(output.shape)}, not {self._layout.shown} as before.",
                "Check --model.",
            )
        found = decode(output, self._layout, self._options)
        xy, confidence = COCO_17.lift(fit.back(found.xy), found.confidence)
        people = zip(xy, confidence, found.score, strict=True)
        poses = (sanitise(RawPose(place, sure, score=float(of)), width, height) for place, sure, of in people)
        return tuple(pose for pose in poses if pose is not None)[: self._most]

    def _input(self, plugs: Sequence[Plug]) -> tuple[int, int] | None:
        """Return width and height of the input; None where any will do. Raises ModelError for another net's."""
        shape = plugs[0].shape if len(plugs) == 1 else (0,)
        if not shape:
            return (self._options.imgsz,) * 2  # OpenCV does not tell; files for one size have a square, usually
        batch, channels, height, width = shape if len(shape) == 4 else (0, 0, 0, 0)
        fixed = all(1 <= side <= LARGEST for side in (width, height))
        if batch not in (1, -1) or channels != 3 or not (fixed or width == height == -1):
            raise unfit(self._path, f"[1, 3, height, width] with sides of at most {LARGEST}", plugs)
        if plugs[0].dtype not in TAKEN:
            raise ModelError(
                f"{self._path} is not the net expected here.",
                f"It takes {plugs[0].dtype}, not {' or '.join(TAKEN)}.",
                "Check --model.",
            )
        return (width, height) if fixed else None


def _run(net: Net, picture: Picture) -> list[Numbers]:
    """Return what the net says of a BGR picture of the right size. Raises EstimatorError."""
    planes = picture[None, ..., ::-1].transpose(0, 3, 1, 2)
    # 0.6 ms for 640 x 640 pixels; OpenCV's blobFromImage takes 1.1.
    numbers = np.ascontiguousarray(planes, dtype=np.float32) * np.float32(1 / 255)
    return net(numbers.astype(net.inputs[0].dtype, copy=False))
