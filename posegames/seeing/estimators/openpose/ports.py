"""The ports of OpenPose's nets: what each takes for a picture, and how its maps come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from posegames.body.pose import Floats
from posegames.errors import ModelError
from posegames.seeing.estimators.nets import Numbers, Plug, unfit
from posegames.seeing.estimators.openpose.options import LARGEST, OpenPoseOptions
from posegames.seeing.estimators.openpose.skeletons import SKELETONS, Skeleton
from posegames.seeing.sighting import Picture

EXPECTS_IN = "one picture [1, 3, H, W] or [1, H, W, 3] of real numbers"
EXPECTS_OUT = (
    "heat maps and fields of 19 and 38 channels, or 26 and 52, in one output or two, or heat maps alone, and no "
    "larger than the picture"
)


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """What is done to pixels 0..255: (pixel - mean) * scale."""

    mean: float
    scale: float
    swap_rb: bool
    """Red first."""
    fill: int
    """What is around a picture of another shape than the input."""


PREPROCESSING = MappingProxyType(
    {
        # cvMatToOpInput: x / 256 - .5, black around.
        "openpose": Preprocessing(128.0, 1 / 256, swap_rb=False, fill=0),
        # samples/dnn/openpose.py
        "opencv": Preprocessing(0.0, 1 / 255, swap_rb=False, fill=0),
        # As graph_opt.pb of tf-pose-estimation is used with cv2.dnn.
        "tf-pose": Preprocessing(127.5, 1.0, swap_rb=True, fill=127),
        # lightweight-human-pose-estimation.pytorch: as OpenPose, zeros around.
        "lightweight": Preprocessing(128.0, 1 / 256, swap_rb=False, fill=128),
        # Open Model Zoo's human-pose-estimation-0001: the net does the rest.
        "plain": Preprocessing(0.0, 1.0, swap_rb=False, fill=0),
    }
)
"""By name of the port."""

_NAMES = MappingProxyType({"concat_stage7": "tf-pose", "Mconv7_stage2": "plain", "stage_": "lightweight"})
"""What is in the name of an output, and whose net it is."""


def preprocessing_of(path: Path, outputs: Sequence[Plug], options: OpenPoseOptions) -> Preprocessing:
    """Return what `options` say, or what the net in `path` needs, as far as its outputs' names tell."""
    if options.preprocessing != "auto":
        return PREPROCESSING[options.preprocessing]
    known = [port for part, port in _NAMES.items() if any(part in plug.name for plug in outputs)]
    return PREPROCESSING[known[0] if known else "tf-pose" if path.suffix.lower() == ".pb" else "openpose"]


@dataclass(frozen=True, slots=True)
class Input:
    """The picture that a net takes."""

    width: int
    height: int
    channels_last: bool
    dtype: str

    def array(self, picture: Picture, how: Preprocessing) -> Numbers:
        """Return a picture (height, width, 3), BGR, as the net takes it."""
        pixels = picture[..., ::-1] if how.swap_rb else picture
        values = (pixels.astype(np.float32) - np.float32(how.mean)) * np.float32(how.scale)
        arranged = values if self.channels_last else values.transpose(2, 0, 1)
        return np.ascontiguousarray(arranged[None], dtype=self.dtype)


def input_of(path: Path, inputs: Sequence[Plug], options: OpenPoseOptions) -> Input:
    """Return the input of the net in `path`; a side that is free is as `options` say. Raises ModelError."""
    if len(inputs) != 1 or inputs[0].dtype not in {"float32", "float16"}:
        raise unfit(path, EXPECTS_IN, inputs)
    (plug,) = inputs
    shape = plug.shape or (1, 3, -1, -1)  # OpenCV takes it so, whatever the file says
    if len(shape) != 4 or shape[0] not in {1, -1} or 3 not in {shape[1], shape[3]}:
        raise unfit(path, EXPECTS_IN, inputs)
    last = shape[1] != 3
    height, width = shape[1:3] if last else shape[2:4]
    if max(height, width) > LARGEST or 0 in {height, width}:
        raise unfit(path, f"{EXPECTS_IN}, with sides up to {LARGEST}", inputs)
    return Input(options.width if width < 0 else width, options.height if height < 0 else height, last, plug.dtype)


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """What a net says of a picture: finite numbers."""

    skeleton: Skeleton
    heat: Floats
    """(K + 1, h, w): a map a part, then the background."""
    fields: Floats | None
    """(2 L, h, w), x and y of each limb; None if the net has none."""
    stride: tuple[int, int]
    """Input pixels a cell, across and down."""


def maps_of(
    path: Path, outputs: Sequence[Numbers], plugs: Sequence[Plug], taken: Input, options: OpenPoseOptions
) -> Maps:
    """Return the maps in what the net in `path` returned for an input. Raises ModelError for anything else.

    Of several stages the last counts. What has fields goes before what has none, and channels first before last:
    the fields of Open Model Zoo's net are 57 cells wide, and others' maps have 57 channels.
    """
    readings = [
        reading
        for last in (False, True)
        for skeleton in SKELETONS
        if (reading := _read(outputs, skeleton, options, last=last)) is not None
    ]
    for skeleton, heat, fields in sorted(readings, key=lambda reading: reading[2] is None):
        height, width = heat.shape[1:]
        same = fields is None or fields.shape == (skeleton.fields, height, width)
        if same and 0 < height <= taken.height and 0 < width <= taken.width:
            stride = round(taken.width / width), round(taken.height / height)
            return Maps(skeleton, _tame(heat), None if fields is None else _tame(fields), stride)
    shapes = [Plug(plug.name, out.shape) for plug, out in zip(plugs, outputs, strict=True)]
    raise unfit(path, EXPECTS_OUT, shapes)


def _read(
    outputs: Sequence[Numbers], skeleton: Skeleton, options: OpenPoseOptions, *, last: bool
) -> tuple[Skeleton, Numbers, Numbers | None] | None:
    """Return heat maps (K + 1, h, w) and fields, if any, where `outputs` have those of `skeleton`."""
    arranged = [
        output[0].transpose(2, 0, 1) if last else output[0]
        for output in outputs
        if output.ndim == 4 and len(output) == 1 and output.dtype.kind in "fiu"
    ]
    by_channels = {len(output): output for output in arranged}  # the last of its kind
    both = by_channels.get(skeleton.heat_maps + skeleton.fields)
    if both is None:
        heat = by_channels.get(skeleton.heat_maps)
        return None if heat is None else (skeleton, heat, by_channels.get(skeleton.fields))
    if options.order == "heat-maps-first":
        return skeleton, both[: skeleton.heat_maps], both[skeleton.heat_maps :]
    return skeleton, both[skeleton.fields :], both[: skeleton.fields]


def _tame(values: Numbers) -> Floats:
    """Return finite numbers; maps lie in -1..1, a little more or less, and what is no number means nothing."""
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    return np.asarray(finite.clip(-2, 2), dtype=np.float32)


def no_fields(path: Path) -> ModelError:
    """Return what to say of a net with heat maps alone where several people are asked for."""
    return ModelError(
        f"The net {path} cannot tell several people apart.",
        "It has heat maps of parts, but no fields of limbs.",
        "Give another file, or the option people=one.",
    )
