"""What an estimator of poses is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from posegames.body.pose import Pose
from posegames.seeing.sighting import Frame


class Estimator(Protocol):
    """Finds bodies in frames. Opened by `with` (loading may take a second); used by one thread only.

    Poses are in the units of `Pose` and have passed `sanitise`. Frames come in order of time.
    """

    name: str

    def __enter__(self) -> Self:
        """Load the model. Raises ModelError or EstimatorError."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give everything back."""

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`."""

    def forget(self) -> None:
        """Drop all memory of earlier frames: the next one belongs to something else."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard an estimator works for a frame."""

    name: str
    """One word, as the HUD shows it."""
    work: float
    """What a frame with people in it costs so, as a share of what it usually costs."""


@runtime_checkable
class Adjustable(Protocol):
    """What an estimator may have besides: several ways of working, that cost more or less and see better or worse.

    One that has none is an `Estimator` all the same, and is left alone.
    """

    @property
    def efforts(self) -> Sequence[Effort]:
        """All there are here, from the most work to the least; never empty, and always the same."""

    def adjust(self, effort: Effort) -> None:
        """Work as one of `efforts` says, from the next frame on or soon after; called between two frames."""
