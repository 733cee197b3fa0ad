"""Something said for long enough to be read, however quickly the reason changes."""

from __future__ import annotations

import math
from typing import Generic, TypeVar

T = TypeVar("T")


class Steady(Generic[T]):
    """Takes what is due at every moment, and gives what is shown: no flicker, no haste.

    Two things are the same to it if `same` (their keys) are equal; then the newer is shown at once.
    """

    def __init__(self, *, after: float, least: float, hide: float) -> None:
        """Show what has been due for `after` seconds, something else after `least`, nothing after `hide`."""
        self._after, self._least, self._hide = after, least, hide
        self.shown: T | None = None
        self.age = math.inf
        """Seconds since `shown` came."""
        self._key: object = None
        self._next: object = None
        self._waited = 0.0

    def update(self, due: T | None, key: object, dt: float) -> None:
        """Go on by `dt` seconds in which `due`, told from others by `key`, was to be said; None is nothing."""
        key = None if due is None else key
        self.age += dt
        self._waited = self._waited + dt if key == self._next else 0.0
        self._next = key
        if due is not None and key == self._key:
            self.shown = due
        elif key != self._key:
            patience = self._hide if due is None else self._after
            if self._waited >= patience and (due is None or self.shown is None or self.age >= self._least):
                self.shown, self._key, self.age = due, key, 0.0

    def clear(self) -> None:
        """Say nothing from now on."""
        self.shown, self._key, self._next, self._waited, self.age = None, None, None, 0.0, math.inf
