"""What a source of pictures is."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from posegames.seeing.sighting import Frame


class Source(Protocol):
    """Pictures, one after another. Opened by `with`; used by one thread only, the one that reads.

    Opening and reading raise `SourceError` for what cannot be mended. What can be (a camera unplugged, a
    stream that stalls) is mended inside `read`, which meanwhile returns None and explains in `trouble`.
    """

    @property
    def name(self) -> str:
        """As the HUD shows it: 'camera 0', 'squats.mp4', 'stage:dance'."""

    @property
    def live(self) -> bool:
        """True: frames carry clock time and are lost if nobody reads. False: frames carry media time and wait."""

    @property
    def size(self) -> tuple[int, int]:
        """Width, height in pixels; (0, 0) before the first frame where it is not known."""

    @property
    def rate(self) -> float:
        """Frames a second it should deliver; 0 where unknown."""

    @property
    def length(self) -> int | None:
        """Number of frames in all; None where it has no end or does not know."""

    @property
    def trouble(self) -> str:
        """What is wrong at the moment, in a few words for a player; empty when all is well."""

    @property
    def ended(self) -> bool:
        """No more frames will come."""

    def __enter__(self) -> Self:
        """Open it. May take seconds; returns only when the first frame can be read."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; called by the reading thread."""

    def read(self) -> Frame | None:
        """Return the next frame, or None: ended (see `ended`), or nothing yet (see `trouble`).

        A live source never blocks longer than about a second and a half, so
        that a closing feed can join its thread.
        """
