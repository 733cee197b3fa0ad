"""PoseNet as an estimator: a picture in, people out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import cv2
import numpy as np

from posegames.body.pose import Floats, Pose
from posegames.body.views import COCO_17
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.fitting import fitted
from posegames.seeing.estimators.nets import Net, Numbers, Plug, open_net, unfit
from posegames.seeing.estimators.posenet.decode import decode, valid_size
from posegames.seeing.estimators.posenet.layout import EXPECTED, Layout
from posegames.seeing.estimators.posenet.options import STRIDES, Architecture, PoseNetOptions
from posegames.seeing.estimators.sanitise import RawPose, sanitise
from posegames.seeing.sighting import Frame, Picture

OPTIONS = PoseNetOptions
TRIAL = 257
"""Pixels: the size on which a net for any size is tried first. All three strides fit into it."""
LARGEST = 2049
"""Pixels an input side may have; those of published files have 161 to 513."""
MEAN = (123.15, 115.9, 103.06)
"""Of ImageNet's red, green and blue, as in `resnet.ts` of tfjs-models/posenet."""
TAKEN = ("float32", "float16", "uint8")
"""Kinds of numbers an input may be of."""


def _mobilenet(rgb: Picture) -> Floats:
    scaled: Floats = rgb.astype(np.float32) * np.float32(1 / 127.5) - 1
    return scaled


def _resnet(rgb: Picture) -> Floats:
    centred: Floats = rgb.astype(np.float32) - np.array(MEAN, dtype=np.float32)
    return centred


PREPROCESSING: MappingProxyType[Architecture, Callable[[Picture], Floats]] = MappingProxyType(
    {"MobileNetV1": _mobilenet, "ResNet50": _resnet}
)
"""What becomes of pixels 0..255."""


def make(path: Path, *, most: int, options: PoseNetOptions | None = None) -> PoseNet:
    """Return PoseNet on the net in `path` (TFLite or ONNX) for up to `most` people."""
    return PoseNet(path, most=most, options=options or PoseNetOptions())


class PoseNet:
    """PoseNet (see `Estimator`): people without identity, those first that have the surest part.

    The net takes (1, H, W, 3) or (1, 3, H, W) numbers, or raw pixels as uint8, and gives maps in any order.
    """

    name = "posenet"

    def __init__(self, path: Path, *, most: int = 4, options: PoseNetOptions) -> None:
        asked = options.max_pose_detections
        wanted = most if asked == OPTIONS().max_pose_detections else min(most, asked)
        self._path, self._options = path, replace(options, max_pose_detections=wanted)
        self._net: Net | None = None

    def __enter__(self) -> Self:
        """Load the net and try it once.

        Raises ModelError for another net than PoseNet's, EstimatorError if it fails.
        """
        net = open_net(self._path)
        self._axis, self._size = self._input(net.inputs)
        height, width = (TRIAL if n is None else n for n in self._size)
        outputs = self._run(net, np.zeros((height, width, 3), dtype=np.uint8))
        layout = Layout.of((height, width), outputs, [plug.name for plug in net.outputs])
        if layout is None or any(output.dtype.kind != "f" for output in outputs):
            raise self._unfit(outputs)
        if layout.displacements is None and self._options.decoding == "multi-person":
            raise ModelError(
                f"{self._path} can find one person only.",
                "It has no displacements from part to part.",
                "Choose decoding=single-person.",
            )
        if self._options.output_stride not in (layout.stride, OPTIONS().output_stride):
            raise ModelError(
                f"{self._path} does not have the output stride asked for.",
                f"It has {layout.stride}, not {self._options.output_stride}.",
                "Leave output_stride out, or give another file.",
            )
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
        """Return the people in `frame`.

        Raises EstimatorError if closed or the net fails, ModelError if its maps do not go with the picture's size.
        """
        if self._net is None:
            raise EstimatorError("PoseNet is closed.")
        height, width = frame.picture.shape[:2]
        high, wide = (self._side(*pair) for pair in zip(self._size, (height, width), strict=True))
        # Black around it, as its publisher has it.
        picture, fit = fitted(frame.picture, wide, high, fill=0)
        outputs = self._run(self._net, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).astype(np.uint8, copy=False))
        if not self._layout.fits((high, wide), outputs):
            raise self._unfit(outputs)
        options, stride = self._options, self._layout.stride
        found = decode(self._layout.maps(outputs, logits=options.logits), options, stride=stride)
        # PoseNet's places are those of pixels' middles, by their numbers; ours begin at the picture's edge.
        xy, confidence = COCO_17.lift(fit.back(found.xy + 0.5), found.confidence)
        if options.flip_horizontal:
            xy = xy * np.array([-1, 1], dtype=np.float32) + np.array([width, 0], dtype=np.float32)
        people = zip(xy, confidence, found.score, strict=True)
        poses = (sanitise(RawPose(place, sure, score=float(of)), width, height) for place, sure, of in people)
        return tuple(pose for pose in poses if pose is not None)

    def _side(self, own: int | None, of_picture: int) -> int:
        """Return how high or wide the input is: what the net says, else by the picture's height or width."""
        if own is not None:
            return own
        scaled = round(of_picture * self._options.image_scale_factor)
        return valid_size(min(scaled, LARGEST), self._layout.stride)

    def _run(self, net: Net, rgb: Picture) -> list[Numbers]:
        """Return the net's outputs for a picture of the right size. Raises EstimatorError."""
        plug = net.inputs[0]
        numbers = rgb if plug.dtype == "uint8" else PREPROCESSING[self._options.architecture](rgb)
        laid = np.moveaxis(numbers[None], 3, self._axis)
        return net(np.ascontiguousarray(laid, dtype=plug.dtype))

    def _input(self, plugs: Sequence[Plug]) -> tuple[int, tuple[int | None, int | None]]:
        """Return the axis of the colours, and height and width of the input: None where any will do.

        Raises ModelError for an input that is no picture.
        """
        shape = plugs[0].shape if len(plugs) == 1 else ()
        if len(plugs) == 1 and not shape:
            return 1, (None, None)  # OpenCV's engine does not tell; this is how it takes pictures
        for axis, sides in ((3, shape[1:3]), (1, shape[2:4])):
            if len(shape) == 4 and shape[axis] == 3 and shape[0] in (1, -1) and plugs[0].dtype in TAKEN:
                size = [None if n < 0 else n for n in sides]
                if all(n is None or STRIDES[0] < n <= LARGEST for n in size):
                    return axis, (size[0], size[1])
        raise unfit(self._path, f"one picture [1, height, width, 3] of {' or '.join(TAKEN)}", plugs)

    def _unfit(self, outputs: Sequence[Numbers]) -> ModelError:
        kinds = {output.dtype.name for output in outputs if output.dtype.kind != "f"}
        if kinds:
            return ModelError(
                f"{self._path} cannot be used for PoseNet.",
                f"It gives {' and '.join(sorted(kinds))}, not float32.",
                "Give a file whose outputs are not quantised.",
            )
        return unfit(self._path, EXPECTED, [Plug("", output.shape) for output in outputs])
