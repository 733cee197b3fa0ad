"""Whether a body is alive: people sway, breathe and look about; posters, mannequins and coats on stands never do.

Joints cannot tell: on a picture under camera noise they wander by .01 to .07 torso lengths a second, those of
people who stand still by .007 to .03. Pixels can: points in and around the body are followed from a first look at
it (Lucas and Kanade 1981, pyramids of Bouguet 2000), and the motion of the camera, a similarity that most points
agree on, is taken off. What is left in photographs of people under noise, bumps of the camera and a hand that
holds it is .02 to .2 pixels, .5 at the very most; of 275 bodies in real clips, from any moment on, 95 % have shown
life within a second, 98 % within two.

A film of a person passes for a person, and so does a picture that somebody carries about.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import BONES, Joint
from posegames.body.measure import torso_length
from posegames.body.pose import Floats, Pose
from posegames.seeing.sighting import Picture

EVERY = 0.095
"""Seconds between two looks, about."""
EAGER, SELDOM = 5.0, 0.5
"""After so many seconds without a sign of life looks are as far apart as this: what they cost, a poster costs all
evening. (1.3 ms each, whatever the size of the picture.)"""
PROOF, TOGETHER = 2, 5
"""Looks with motion that are proof; and so many where others are near, who may pass before a poster."""
SIDE = 192
"""Pixels; what is looked at is made no larger than this."""
MARGIN = 0.3
"""How far around the body is looked, as a share of its size: the wall beside it shows how the camera moves."""
POINTS, FEWEST, ANCHORS = 90, 4, 8
"""Points that are followed at most; at least so many on the body; and so many around it, to go by these alone."""
BODY, CLOTHES = 0.3, 0.6
"""Torso lengths from its bones that a body reaches; and that somebody else's points are left out."""
STILL, DOUBT, NOISE = 0.3, 0.6, 2.5
"""Pixels a still body's points can be off: at least, at most, and in shares of those around it."""
MOST = 0.7
"""Share of the body's points that are less off than is said: one reflection, or a hand before it, is no life."""
WILD = 18.0
"""Grey levels by which a patch can differ and still be the same."""
GONE, THERE = 0.5, 0.8
"""A body moves when fewer of its points are found again than the one, and more of those around than the other."""

_BONES = ((Joint.NOSE, Joint.NOSE), *BONES)
_FROM, _TO = [bone[0] for bone in _BONES], [bone[1] for bone in _BONES]
_SEEN = 0.5
"""Confidence of joints that bound the body."""
_CONTRAST = 50.0
"""Grey levels; the standard deviation pictures are brought to, so that a lamp changes nothing."""


class Liveness:
    """Watches one body until it has moved."""

    def __init__(self) -> None:
        self.alive = False
        """Whether it has moved as only the living do."""
        self._first: _Reference | None = None
        self._began = self._looked = -math.inf
        self._signs, self._near = 0, False

    def watch(self, picture: Picture, pose: Pose, time: float, others: Sequence[Pose], *, near: bool) -> None:
        """Look at the body `pose` in a BGR picture, if it is time to.

        `others` are the other bodies in it; `near` says that one of them may be before this one.
        """
        if self.alive:
            return
        if self._began == -math.inf:
            self._began = time
        if time - self._looked < (EVERY if time - self._began < EAGER else SELDOM):
            return
        self._looked = time
        if self._near and not near:  # what came by is gone
            self._first, self._signs = None, 0
        self._near = near
        moved = None if self._first is None else self._first.moved(picture, hidden=near)
        if moved is None:  # nothing to compare with, or no longer
            self._first = _Reference.of(picture, pose, others)
            return
        self._signs = self._signs + 1 if moved else max(0, self._signs - 1)
        self.alive = self._signs >= (TOGETHER if near else PROOF)


class _Reference:
    """A body as it was at a first look, and the points in and around it."""

    def __init__(self, place: tuple[slice, slice], scale: float) -> None:
        self._place, self._scale = place, scale
        self._grey: Picture
        self._points: Floats
        self._body: NDArray[np.bool_]

    @classmethod
    def of(cls, picture: Picture, pose: Pose, others: Sequence[Pose]) -> _Reference | None:
        """Return the look of `pose` in `picture`; None where hardly a point of it can be followed."""
        height, width = picture.shape[:2]
        xy = pose.xy * height
        seen = xy[pose.confidence >= _SEEN]
        if len(seen) < FEWEST:
            return None
        low, high = seen.min(axis=0), seen.max(axis=0)
        margin = MARGIN * (high - low).max()
        left, top = (int(v) for v in np.maximum(low - margin, 0))
        right, bottom = (int(v) for v in np.minimum(high + margin, (width, height)))
        if min(right - left, bottom - top) < 16:
            return None
        self = cls((slice(top, bottom), slice(left, right)), min(1.0, SIDE / max(right - left, bottom - top)))
        self._grey = self._look(picture)
        found: Any = cv2.goodFeaturesToTrack(self._grey, POINTS, 0.01, 5, blockSize=5)
        if found is None:
            return None
        points = found.reshape(-1, 2).astype(np.float32)
        frame = points / (self._scale * height) + np.array([left, top], np.float32) / height
        body = _near(frame, pose, BODY)
        strange = [_near(frame, other, CLOTHES) for other in others]
        kept = body | ~np.any([np.zeros_like(body), *strange], axis=0)
        self._points, self._body = points[kept], body[kept]
        return self if self._body.sum() >= FEWEST else None

    def moved(self, picture: Picture, *, hidden: bool) -> bool | None:
        """Return whether the body moved against what is around it, or within itself; None if nobody can say.

        `hidden` says that somebody may be before it: then what is not found again says nothing.
        """
        now, status, error = cv2.calcOpticalFlowPyrLK(
            self._grey, self._look(picture), self._points, np.empty(0, np.float32), winSize=(13, 13), maxLevel=2,
            criteria=(cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 15, 0.01),
        )  # fmt: skip
        found = (status[:, 0] > 0) & (error[:, 0] < WILD)
        body, around = found & self._body, found & ~self._body
        anchored = around.sum() >= ANCHORS
        if body.sum() < max(FEWEST, GONE * self._body.sum()):
            return True if anchored and not hidden and around.sum() >= THERE * (~self._body).sum() else None
        base = around if anchored else found
        camera: Any = cv2.estimateAffinePartial2D(
            self._points[base], now[base], method=cv2.RANSAC, ransacReprojThreshold=0.5, maxIters=200
        )[0]
        if camera is None:
            return None
        off = np.hypot(*(now - self._points @ camera[:, :2].T - camera[:, 2]).T)
        noise = NOISE * float(np.quantile(off[around], MOST)) if anchored else DOUBT
        return float(np.quantile(off[body], MOST)) > min(max(noise, STILL), DOUBT)

    def _look(self, picture: Picture) -> Picture:
        grey = cv2.cvtColor(picture[self._place], cv2.COLOR_BGR2GRAY)
        if self._scale < 1:
            grey = cv2.resize(grey, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA)
        mean, spread = (float(v[0, 0]) for v in cv2.meanStdDev(grey))
        gain = _CONTRAST / max(spread, 5.0)
        return np.asarray(cv2.convertScaleAbs(grey, alpha=gain, beta=128 - gain * mean), dtype=np.uint8)


def _near(points: Floats, pose: Pose, reach: float) -> NDArray[np.bool_]:
    """Return which of `points` (n, 2), in frame heights, are within `reach` torso lengths of a bone."""
    seen = np.minimum(pose.confidence[_FROM], pose.confidence[_TO]) >= _SEEN
    start = pose.xy[_FROM][seen]
    way = pose.xy[_TO][seen] - start
    apart = points[:, None] - start
    share = (apart * way).sum(axis=2) / np.maximum((way * way).sum(axis=1), 1e-9)
    apart -= np.clip(share, 0, 1)[..., None] * way
    near = np.hypot(apart[..., 0], apart[..., 1]) < reach * torso_length(pose)
    return np.asarray(near.any(axis=1))
