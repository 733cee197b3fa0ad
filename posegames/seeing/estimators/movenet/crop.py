"""Where single-pose looks next: a square around the body it has just seen. Numpy alone.

The net sees 192 or 256 pixels, however large the picture: without the crop it sees little of who stands far away.
Rules and values are those of tfjs-models (pose-detection/src/movenet/crop_utils.ts, detector.ts).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.estimators.movenet.decode import MoveNetOptions

SHOULDERS, HIPS = [5, 6], [11, 12]
"""In COCO's order."""
SMALLEST = 16.0
"""Pixels; who would need a smaller crop than this is nobody. (In tfjs it may have no size at all.)"""
NEARLY = 0.9
"""A crop with more than this of the whole's side has seen the whole."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A square of the picture, in its pixels; it may reach beyond the edges."""

    left: float
    top: float
    side: float

    def towards(self, other: Crop, share: float) -> Crop:
        """Return the crop that lies `share` (0..1) of the way to `other`."""
        return Crop(
            self.left + share * (other.left - self.left),
            self.top + share * (other.top - self.top),
            self.side + share * (other.side - self.side),
        )


def around(width: float, height: float, side: float) -> Crop:
    """Return the square of `side` in the middle of a picture."""
    return Crop((width - side) / 2, (height - side) / 2, side)


def whole(width: int, height: int) -> Crop:
    """Return the square that holds the whole picture."""
    return around(width, height, max(width, height))


def middle(width: int, height: int) -> Crop:
    """Return the largest square within the picture."""
    return around(width, height, min(width, height))


def body_crop(xy: Floats, confidence: Floats, width: int, height: int, options: MoveNetOptions) -> Crop | None:
    """Return the square to look for this body in, in the next picture; None: in all of it.

    `xy` (17, 2) in pixels of the picture, `confidence` (17,). A shoulder and a hip at least must be seen; the
    square stands around the middle of the hips. A body that needs more than the picture gets all of it.
    """
    sure = confidence > options.min_crop_keypoint_score
    if not (sure[SHOULDERS].any() and sure[HIPS].any()):
        return None
    centre = xy[HIPS].mean(axis=0)
    away = np.abs(xy - centre).max(axis=1)
    # The torso counts even where it is less sure.
    half = max(
        float(away[SHOULDERS + HIPS].max()) * options.torso_expansion_ratio,
        float(away[confidence >= options.min_crop_keypoint_score].max()) * options.body_expansion_ratio,
    )
    # A place that is no number fails this, too. (tfjs first limits it to the farthest edge: that is never nearer.)
    if not SMALLEST <= 2 * half <= max(width, height):
        return None
    return Crop(float(centre[0]) - half, float(centre[1]) - half, 2 * half)


class CropLoop:
    """From what was seen to where to look, picture by picture.

    It begins with the whole picture, like TensorFlow's examples (tfjs begins in its middle): a photograph gets
    one look only. While nobody is found the middle, where people look larger, and the whole take turns.
    """

    def __init__(self, options: MoveNetOptions) -> None:
        self._options = options
        self._size = (0, 0)
        self._crop = Crop(0, 0, 0)
        self._last: Crop | None = None

    def forget(self) -> None:
        """Begin anew."""
        self._size = (0, 0)

    def where(self, width: int, height: int) -> Crop:
        """Return where to look in a picture of this size; another size than the last one's begins anew."""
        if (width, height) != self._size:
            self._size, self._last = (width, height), None
            self._crop = whole(width, height)
        return self._crop

    def found(self, xy: Floats, confidence: Floats) -> None:
        """Take in the body seen there: `xy` (17, 2) in pixels of the picture, `confidence` (17,)."""
        new = body_crop(xy, confidence, *self._size, self._options) or whole(*self._size)
        # The first one counts in full, as tfjs's filter has it.
        self._crop = self._last.towards(new, self._options.crop_filter_alpha) if self._last else new
        self._last = self._crop

    def lost(self) -> None:
        """Take in that nobody is there."""
        self._last = None
        everything = whole(*self._size)
        seen_all = self._crop.side > NEARLY * everything.side
        self._crop = middle(*self._size) if seen_all else everything
