"""The table of estimators: from the words of `--estimator` to an estimator with its model files at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from posegames.errors import UsageError, did_you_mean
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.routes import Progress, silent
from posegames.seeing.estimators.store import ModelStore


@dataclass(frozen=True, slots=True)
class Entry:
    """One model family."""

    blurb: str
    make: Callable[[ModelStore, int, Progress], Estimator]


def _nobody(_note: str) -> None:
    """Tell nobody."""


def _blazepose(store: ModelStore, most: int, progress: Progress) -> Estimator:
    from posegames.seeing.estimators.blazepose import BlazePose
    from posegames.seeing.estimators.stripped import stripped

    detector = store.path("pose_detection", progress)
    landmarks = stripped(store.path("pose_landmark_full", progress), folder=store.folder)
    return BlazePose(detector, landmarks, most=most)


def _mediapipe(store: ModelStore, most: int, progress: Progress) -> Estimator:
    from posegames.seeing.estimators.bundle import bundle
    from posegames.seeing.estimators.mediapipe import MediaPipe

    detector, landmarks = (store.path(name, progress) for name in ("pose_detection", "pose_landmark_full"))
    return MediaPipe(bundle(detector, landmarks, folder=store.folder), most=most)


ESTIMATORS = MappingProxyType(
    {
        "blazepose": Entry("posegames' own: several people, each followed; sends nothing", _blazepose),
        "mediapipe": Entry("MediaPipe's PoseLandmarker: the reference; reports its use to Google", _mediapipe),
    }
)
"""Every estimator by name; the first is the default."""


def find_estimator(name: str) -> Entry:
    """Return the row called `name`. Raises UsageError for any other."""
    if name not in ESTIMATORS:
        raise UsageError(f"There is no estimator {name!r}.", now=did_you_mean(name, list(ESTIMATORS)))
    return ESTIMATORS[name]


def make_estimator(
    name: str,
    *,
    players: int = 4,
    model: Path | None = None,
    progress: Progress = silent,
    tell: Callable[[str], None] = _nobody,
) -> Estimator:
    """Return the estimator called `name` for up to `players` people (not yet loaded).

    Model files come from `model` (a file or a folder), else from the store, which fetches what is missing.
    `tell` hears what the user should know once: that a file of their own is not the publisher's.
    Raises UsageError for an unknown name, ModelError if a model cannot be had.
    """
    store = ModelStore(own=model)
    estimator = find_estimator(name).make(store, players, progress)
    for note in store.notes:
        tell(note)
    return estimator
