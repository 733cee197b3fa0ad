"""Bodies drawn on the pictures they were found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import BONES, Joint
from posegames.body.pose import Pose
from posegames.seeing.sighting import Picture

Bgr = tuple[int, int, int]

SURE = 0.5
"""Confidence from which a joint is drawn boldly; below, and above 0, its bones are thin."""
STROKE = 180
"""A bone is this part of the picture's height wide: 4 pixels of 720."""
LETTER = 26.0
"""A number's height likewise."""
_BITS = 4
"""Bits of a place within a pixel."""
_FAR = 1 << 14
"""Pixels from the corner beyond which nothing is drawn where it is: farther, OpenCV's sums run over."""
_FONT, _FONT_HEIGHT = cv2.FONT_HERSHEY_SIMPLEX, 21.0
"""OpenCV's plainest letters, and their height in pixels at scale 1."""
_EDGE: Bgr = (16, 16, 16)


@dataclass(frozen=True, slots=True)
class Marked:
    """A body, and how it is to be drawn."""

    pose: Pose
    colour: Bgr
    label: str


def paint(picture: Picture, bodies: Iterable[Marked]) -> Picture:
    """Return a copy of `picture` (H, W, 3), BGR, with the skeleton and the label of each of `bodies`."""
    canvas = picture.copy()
    bold = max(1, round(canvas.shape[0] / STROKE))
    for body in bodies:
        places = (body.pose.xy * canvas.shape[0]).clip(-_FAR, _FAR)
        _skeleton(canvas, places, body, bold)
        _label(canvas, places, body, bold)
    return canvas


def _skeleton(canvas: Picture, places: NDArray[np.floating], body: Marked, bold: int) -> None:
    fixed = np.rint(places * (1 << _BITS)).astype(int).tolist()
    confidence = body.pose.confidence.tolist()
    bones = [(a, b, min(confidence[a], confidence[b])) for a, b in BONES if confidence[a] and confidence[b]]
    # The dark edge of all first: where bones meet it must not cut them.
    for colour, wider in ((_EDGE, 2 * max(1, bold // 2)), (body.colour, 0)):
        for a, b, sure in bones:
            width = (bold if sure >= SURE else 1) + wider
            cv2.line(canvas, fixed[a], fixed[b], colour, width, cv2.LINE_AA, _BITS)
        for joint in Joint:
            if confidence[joint]:
                size = (bold * 3 // 4 if confidence[joint] >= SURE else bold // 2) + wider // 2
                cv2.circle(canvas, fixed[joint], size << _BITS, colour, cv2.FILLED, cv2.LINE_AA, _BITS)


def _label(canvas: Picture, places: NDArray[np.floating], body: Marked, bold: int) -> None:
    """Write the label above the highest joint seen, or as near to it as the picture reaches."""
    seen = places[body.pose.confidence > 0]
    if not body.label or not len(seen):
        return
    height, width = canvas.shape[:2]
    scale = max(0.3, height / LETTER / _FONT_HEIGHT)
    (wide, high), _ = cv2.getTextSize(body.label, _FONT, scale, bold)
    middle, top = seen[:, 0].mean(), seen[:, 1].min() - high / 2
    x = int(np.clip(middle - wide / 2, 0, max(0, width - wide)))
    y = int(np.clip(top, high + bold, max(high + bold, height - 1 - bold)))
    # On a dark label of its own: clothes may have the colour.
    cv2.rectangle(canvas, (x - bold, y - high - bold), (x + wide + bold, y + bold), _EDGE, cv2.FILLED)
    cv2.putText(canvas, body.label, (x, y), _FONT, scale, body.colour, bold, cv2.LINE_AA)
