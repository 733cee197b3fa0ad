"""OpenPose's nets as an estimator."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from posegames.body.pose import Floats, Pose
from posegames.errors import EstimatorError
from posegames.seeing.cores import cores
from posegames.seeing.estimators.fitting import Fit, fitted
from posegames.seeing.estimators.nets import Net, open_net
from posegames.seeing.estimators.openpose import decode, ports
from posegames.seeing.estimators.openpose.decode import Found
from posegames.seeing.estimators.openpose.options import OpenPoseOptions
from posegames.seeing.estimators.openpose.ports import Input, Maps, Preprocessing
from posegames.seeing.estimators.sanitise import RawPose, sanitise
from posegames.seeing.sighting import Frame, Picture

THREADS = 4
"""At most, as many as `blazepose` has workers."""


class OpenPose:
    """A net of OpenPose's kind, from the user's own file (see `Estimator`): up to `most` people, no identity."""

    name = "openpose"

    def __init__(self, path: Path, *, most: int = 4, options: OpenPoseOptions | None = None) -> None:
        """Use this file, .pb or .onnx."""
        self._path, self._most, self._options = path, most, options or OpenPoseOptions()
        self._loaded: tuple[Net, Input, Preprocessing] | None = None

    def __enter__(self) -> Self:
        """Load the net and try it on an empty picture.

        Raises ModelError for another kind of net, EstimatorError without its runtime.
        """
        net = open_net(self._path, threads=min(THREADS, cores()))
        takes = ports.input_of(self._path, net.inputs, self._options)
        self._loaded = net, takes, ports.preprocessing_of(self._path, net.outputs, self._options)
        # Some runtimes tell only so what comes out; and the first run takes longest.
        try:
            self._people(self._maps(np.zeros((takes.height, takes.width, 3), dtype=np.uint8)))
        except BaseException:
            self._loaded = None
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the net go."""
        self._loaded = None

    def forget(self) -> None:
        """Nothing is remembered from frame to frame."""

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`, the best seen first. Raises EstimatorError if closed, or the net fails."""
        _, takes, how = self._opened()
        picture, fit = fitted(frame.picture, takes.width, takes.height, how.fill)
        maps = self._maps(picture)
        height, width = frame.picture.shape[:2]
        poses = (sanitise(_raw(found, maps, fit), width, height) for found in self._people(maps))
        return tuple(pose for pose in poses if pose is not None)[: self._most]

    def _opened(self) -> tuple[Net, Input, Preprocessing]:
        if self._loaded is None:
            raise EstimatorError("OpenPose is closed.")
        return self._loaded

    def _maps(self, picture: Picture) -> Maps:
        """Return what the net says of a picture of its input's size."""
        net, takes, how = self._opened()
        outputs = net(takes.array(picture, how))
        return ports.maps_of(self._path, outputs, net.outputs, takes, self._options)

    def _people(self, maps: Maps) -> list[Found]:
        options = self._options
        if options.people == "one" or (options.people == "auto" and maps.fields is None):
            return decode.one(maps.heat, maps.skeleton, options)
        if maps.fields is None:
            raise ports.no_fields(self._path)
        return decode.several(maps.heat, maps.fields, maps.skeleton, options)


def _raw(found: Found, maps: Maps, fit: Fit) -> RawPose:
    # A net's cell is the mean of what it covers: its middle lies half a cell from its edge.
    places: Floats = (found.xy + 0.5) * np.array(maps.stride)
    xy, confidence = maps.skeleton.view.lift(fit.back(places), found.confidence)
    return RawPose(xy=xy, confidence=confidence, score=found.score)


def make(path: Path, *, most: int, options: OpenPoseOptions | None = None) -> OpenPose:
    """Return the estimator for the net in `path`, not yet loaded, for up to `most` people."""
    return OpenPose(path, most=most, options=options)
