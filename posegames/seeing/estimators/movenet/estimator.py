"""MoveNet from a file of the user's: single-pose with its crop loop, or multi-pose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from posegames.body.pose import Pose
from posegames.body.views import COCO_17
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.fitting import Fit, fitted, roomy
from posegames.seeing.estimators.movenet.crop import Crop, CropLoop
from posegames.seeing.estimators.movenet.decode import ONE, ROW, MoveNetOptions, People, decoded, is_single
from posegames.seeing.estimators.nets import Net, Numbers, Plug, open_net, unfit
from posegames.seeing.estimators.sanitise import RawPose, sanitise
from posegames.seeing.sighting import Frame, Picture

MOST_SIDE = 1024
"""Pixels; no input may be larger. Published ones have 192, 256 and up to 512."""
TYPES = ("uint8", "int32", "float32")
"""Of the input; RGB, 0..255 in each of them."""


class MoveNet:
    """See `Estimator`: one person, followed by a crop, or up to six without identity. The file says which."""

    name = "movenet"

    def __init__(self, model: Path, *, most: int, options: MoveNetOptions) -> None:
        """Use this .tflite or .onnx file, for up to `most` people."""
        self._model, self._most, self._options = model, most, options
        self._net: Net | None = None
        self._sides: tuple[int, int] | None = None  # width and height of the input; None: as the picture has it
        self._single = False
        self._loop = CropLoop(options)

    def __enter__(self) -> Self:
        """Load the net and try it. Raises ModelError, EstimatorError."""
        net = open_net(self._model)
        sides = _sides(self._model, net)
        # Not every file tells how its outputs are laid out: a black picture does.
        width, height = sides or (self._options.multi_pose_max_dimension,) * 2
        output = _run(net, np.zeros((height, width, 3), dtype=np.uint8))
        single = is_single(output.shape)
        if single is None or output.dtype.kind != "f":
            what = f"MoveNet's {list(ONE)} or [1, 6, {ROW}] of real numbers"
            raise unfit(self._model, what, [Plug("", output.shape)])
        if single and width != height:
            raise unfit(self._model, "a square", net.inputs)
        self._net, self._single = net, single
        self._sides = (width, height) if single else sides
        self.forget()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the net."""
        self._net = None

    def forget(self) -> None:
        """Look for the one person in the whole picture again."""
        self._loop.forget()

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`: one at most from single-pose; else the surest first."""
        height, width = frame.picture.shape[:2]
        if not self._single:
            sides = self._sides or roomy(width, height, self._options.multi_pose_max_dimension)
            picture, fit = fitted(frame.picture, *sides, fill=0)
            return self._poses(self._people(picture), fit, frame)
        assert self._sides is not None
        picture, fit = cut(frame.picture, self._loop.where(width, height), self._sides[0])
        people = self._people(picture)
        if len(people):
            self._loop.found(fit.back(people.xy[0]), people.confidence[0])
        else:
            self._loop.lost()
        return self._poses(people, fit, frame)

    def _people(self, picture: Picture) -> People:
        """Return who is in what the net is given, in its pixels."""
        if self._net is None:
            raise EstimatorError("MoveNet is closed.")
        output = _run(self._net, picture)
        if is_single(output.shape) is not self._single:
            raise EstimatorError(
                f"The net {self._model} failed.",
                f"It gave {list(output.shape)}, and something else before.",
                "Check --model.",
            )
        height, width = picture.shape[:2]
        people = decoded(output, self._options)
        return replace(people, xy=people.xy * np.array([width, height], dtype=np.float32))

    def _poses(self, people: People, fit: Fit, frame: Frame) -> tuple[Pose, ...]:
        height, width = frame.picture.shape[:2]
        lifted = COCO_17.lift(fit.back(people.xy), people.confidence)
        poses = (
            sanitise(RawPose(xy, confidence, score=float(score)), width, height)
            for xy, confidence, score in zip(*lifted, people.score, strict=True)
        )
        return tuple(pose for pose in poses if pose is not None)[: self._most]


def cut(picture: Picture, crop: Crop, side: int) -> tuple[Picture, Fit]:
    """Return `crop` of `picture` as (side, side, 3), black where it reaches beyond, and where it lies."""
    scale = side / crop.side
    offset = (-crop.left * scale, -crop.top * scale)
    # OpenCV counts from the middle of the first pixel, a `Fit` from its edge.
    half = (scale - 1) / 2
    affine = np.array([(scale, 0, offset[0] + half), (0, scale, offset[1] + half)])
    shown = cv2.warpAffine(picture, affine, (side, side), flags=cv2.INTER_LINEAR)
    return np.asarray(shown, dtype=np.uint8), Fit((scale, scale), offset)


def _run(net: Net, picture: Picture) -> Numbers:
    """Return the first output for this BGR picture."""
    rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
    return net(rgb[None].astype(net.inputs[0].dtype))[0]


def _sides(path: Path, net: Net) -> tuple[int, int] | None:
    """Return width and height of the input; None where any will do. Raises ModelError, EstimatorError."""
    if len(net.inputs) != 1 or len(net.outputs) != 1:
        raise unfit(path, "one input and one output", (*net.inputs, *net.outputs))
    (into,) = net.inputs
    if not into.shape:
        raise EstimatorError(
            f"OpenCV cannot run {path.name}.",
            "MoveNet's ONNX files need onnxruntime.",
            "Try: pip install posegames[onnx]",
        )
    if into.dtype not in TYPES:
        raise ModelError(
            f"{path} is not the net expected here.",
            f"It takes {into.dtype}, not {' or '.join(TYPES)}.",
            "Check --model.",
        )
    batch, height, width, channels = into.shape if len(into.shape) == 4 else (0, 0, 0, 0)
    fixed = all(1 <= side <= MOST_SIDE for side in (width, height))
    if batch not in (1, -1) or channels != 3 or not (fixed or width == height == -1):
        raise unfit(path, f"[1, height, width, 3] with sides of at most {MOST_SIDE}", net.inputs)
    return (width, height) if fixed else None
