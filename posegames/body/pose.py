"""One body as it was seen: points, how sure they are, and nothing about pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from posegames.body.joints import COUNT, MIRROR

Floats = NDArray[np.floating[Any]]
"""Arrays of real numbers; those of a `Pose` are float32."""

_NEGATED_X = np.array([-1, 1, 1], dtype=np.float32)


def _frozen(name: str, value: ArrayLike, shape: tuple[int, ...]) -> Floats:
    array = np.array(value, dtype=np.float32)
    if array.shape != shape:
        raise ValueError(f"Pose.{name} must have shape {shape}, got {array.shape}.")
    if not np.isfinite(array).all():
        raise ValueError(f"Pose.{name} must be finite.")
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """A body: 33 joints in the order of `Joint`; arrays are float32, checked at birth and read-only.

    `xy` (33, 2) in frame heights on both axes: 0..1 from top to bottom, 0..aspect from left to right of the
    unmirrored picture, so that angles are true. `confidence` (33,) 0..1, where 0 means not seen (and `xy`
    there means nothing). `z` (33,) in frame heights from the hips, smaller is nearer the camera. `world`
    (33, 3) in metres from the middle of the hips, y down.
    """

    xy: Floats
    confidence: Floats
    z: Floats | None = None
    world: Floats | None = None
    score: float = 1.0
    """How sure the estimator is that this is a person, 0..1."""
    track: int | None = None
    """The estimator's own idea of who this is, if it follows people; never used again within a run."""
    alive: bool = True
    """False while an estimator that watches for it has seen no sign of life: a poster, or somebody quite still.

    It asks only who joins a game. An estimator that does not watch, and a tape, give everybody the benefit.
    """

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "xy", _frozen("xy", self.xy, (COUNT, 2)))
        set_(self, "confidence", _sure(self.confidence, (COUNT,)))
        if self.z is not None:
            set_(self, "z", _frozen("z", self.z, (COUNT,)))
        if self.world is not None:
            set_(self, "world", _frozen("world", self.world, (COUNT, 3)))

    def __reduce__(self) -> tuple[type[Pose], tuple[object, ...]]:
        """Pickle so that it is checked, and its arrays are read-only, at every birth."""
        return Pose, (self.xy, self.confidence, self.z, self.world, self.score, self.track, self.alive)

    def moved(self, xy: ArrayLike) -> Pose:
        """Return the same body with its joints at `xy` (33, 2). Raises ValueError as at birth.

        What stays is not copied and checked again: sixty times a second for each player that tells.
        """
        return all_moved([self], np.asarray(xy)[None])[0]

    def flipped(self, aspect: float) -> Pose:
        """Return the mirror image in a frame `aspect` heights wide: x reversed, left and right renamed."""
        order = list(MIRROR)
        xy = self.xy[order] * _NEGATED_X[:2] + np.array([aspect, 0], dtype=np.float32)
        world = None if self.world is None else self.world[order] * _NEGATED_X
        return replace(
            self,
            xy=xy,
            confidence=self.confidence[order],
            z=None if self.z is None else self.z[order],
            world=world,
        )

    def seen(self, joints: Iterable[int], least: float = 0.5) -> bool:
        """Whether every one of `joints` has at least the confidence `least`."""
        sure = self.confidence
        return all(sure[joint] >= least for joint in joints)  # of a few numbers, quicker one by one

    def middle(self, joints: Iterable[int]) -> Floats:
        """Return the mean place (2,) of `joints`, seen or not."""
        mean: Floats = self.xy[list(joints)].mean(axis=0)
        return mean


def all_moved(poses: Sequence[Pose], xy: ArrayLike, confidence: ArrayLike | None = None) -> list[Pose]:
    """Return the same bodies with their joints at `xy` (n, 33, 2), and as sure as `confidence` (n, 33) says.

    All are checked at once, and as at birth: of a few small arrays each look costs more than what it looks at.
    Raises ValueError as at birth.
    """
    count, set_ = len(poses), object.__setattr__
    places = _frozen("xy", xy, (count, COUNT, 2))
    sure = None if confidence is None else _sure(confidence, (count, COUNT))
    found = []
    for i, pose in enumerate(poses):
        other = object.__new__(Pose)
        for name in _STAYING:
            set_(other, name, getattr(pose, name))
        set_(other, "xy", places[i])
        set_(other, "confidence", pose.confidence if sure is None else sure[i])
        found.append(other)
    return found


def _sure(value: ArrayLike, shape: tuple[int, ...]) -> Floats:
    confidence = _frozen("confidence", value, shape)
    if confidence.size and (confidence.min() < 0 or confidence.max() > 1):
        raise ValueError("Pose.confidence must lie in 0..1.")
    return confidence


_STAYING = tuple(field.name for field in fields(Pose) if field.name not in ("xy", "confidence"))
