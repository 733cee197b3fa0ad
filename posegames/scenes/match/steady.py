"""Something said for long enough to be read, however quickly the reason changes."""

from __future__ import annotations

import math
from typing import Generic, TypeVar

T = TypeVar("T")


class Steady(Generic[T]):
    """Takes what is due at every moment, and gives what is shown: no flicker, no haste.

    Two things of the same key are the same: then the newer is shown at once.
    """

    def __init__(self, *, after: float, least: float, hide: float) -> None:
        """Show something `after` seconds, something else after `least` more, nothing `hide` after it is undue."""
        self._after, self._least, self._hide = after, least, hide
        self.shown: T | None = None
        self.age = math.inf
        """Seconds since `shown` came."""
        self._key: object = None
        self._waited = 0.0
        """Seconds since something, or nothing, began to be due."""
        self._was_due = False

    def update(self, due: T | None, key: object, dt: float) -> None:
        """Go on by `dt` seconds in which `due`, told from others by `key`, was to be said; None is nothing."""
        self.age += dt
        self._waited = self._waited + dt if (due is not None) == self._was_due else 0.0
        self._was_due = due is not None
        if due is None:
            if self._waited >= self._hide:
                self.shown = self._key = None
        elif self.shown is not None and key == self._key:
            self.shown = due
        elif self._waited >= self._after if self.shown is None else self.age >= self._least:
            self.shown, self._key, self.age = due, key, 0.0
