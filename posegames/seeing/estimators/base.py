"""What an estimator of poses is."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

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
