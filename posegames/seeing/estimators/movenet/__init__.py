"""MoveNet (Google, 2021): one person in a net that follows them by a crop, or up to six at once."""

from __future__ import annotations

from pathlib import Path

from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.movenet.decode import MoveNetOptions
from posegames.seeing.estimators.movenet.estimator import MoveNet

OPTIONS = MoveNetOptions
DEFAULTS = MoveNetOptions()

__all__ = ["DEFAULTS", "OPTIONS", "MoveNet", "MoveNetOptions", "make"]


def make(path: Path, *, most: int, options: MoveNetOptions = DEFAULTS) -> Estimator:
    """Return the estimator of the MoveNet file `path` for up to `most` people, not yet loaded."""
    return MoveNet(path, most=most, options=options)
