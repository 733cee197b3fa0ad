"""A film on its way: drawn a frame a step, then packed and written beside the game."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from posegames.engine.photo.moments import RATE
from posegames.engine.photo.reel import Reel
from posegames.engine.scene import Moment
from posegames.engine.text import Typesetter
from posegames.engine.theme import Theme
from posegames.errors import PosegamesError
from posegames.seeing.keepsake import Keepsake, gif

DRAWN = 0.6
"""Share of the work that is drawing; the rest is packing and writing."""


class Making:
    """Makes a film of moments; asked like a `Keepsake`, and stepped like a game."""

    def __init__(self, stem: str, moments: Sequence[Moment], theme: Theme, letters: Typesetter) -> None:
        """Make it of `moments`, at even steps; `stem` begins the file's name."""
        self._stem = stem
        self._reel: Reel | None = Reel(moments, theme, letters)
        self._kept: Keepsake | None = None

    def step(self) -> None:
        """Draw the next frame; after the last hand all of them on."""
        if self._reel is None:
            return
        self._reel.step()
        if self._reel.done:
            self._kept = Keepsake(self._stem, ".gif", gif(self._reel.frames, 1 / RATE))
            self._reel = None

    @property
    def share(self) -> float:
        """How much of it is made, 0..1."""
        if self._reel:
            return DRAWN * self._reel.share
        return DRAWN + (1 - DRAWN) * (self._kept.share if self._kept else 1.0)

    @property
    def done(self) -> bool:
        """Whether it is over, well or not."""
        return self._kept is not None and self._kept.done

    @property
    def path(self) -> Path | None:
        """Where it is, once it is there."""
        return self._kept.path if self._kept else None

    @property
    def trouble(self) -> PosegamesError | None:
        """Why it could not be written; None while all is well."""
        return self._kept.trouble if self._kept else None

    def wait(self) -> bool:
        """Wait for what is being written, if anything is; return whether nothing more is to be waited for."""
        return self._kept is None or self._kept.wait()
