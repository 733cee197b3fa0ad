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

    detector, full = (store.path(name, progress) for name in ("pose_detection", "pose_landmark_full"))
    nets = {"full": full} | {name: path for name, path in _variants(store).items() if path != full}
    nets = {name: stripped(path, folder=store.folder) for name, path in nets.items()}
    return BlazePose(detector, nets.pop("full"), most=most, others=nets)


def _variants(store: ModelStore) -> dict[str, Path]:
    """Return the other landmark nets that are here; none is fetched."""
    names = {f"pose_landmark_{name}": name for name in ("lite", "heavy")}
    here = [one.model.name for one in store.check(names) if one.state in ("good", "own")]
    return {names[name]: store.path(name) for name in here}


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
    segmentation: bool = False,
    progress: Progress = silent,
    tell: Callable[[str], None] = _nobody,
) -> Estimator:
    """Return the estimator called `name` for up to `players` people (not yet loaded).

    Model files come from `model` (a file or a folder), else from the store, which fetches what is missing.
    `tell` hears what the user should know once: that a file of their own is not the publisher's.
    Raises UsageError for an unknown name, and for `segmentation` (which pixels are people), which no
    estimator here tells; ModelError if a model cannot be had.
    """
    entry = find_estimator(name)
    if segmentation:
        raise UsageError(
            f"The estimator {name!r} draws no masks of people.",
            "(BlazePose's net runs without the part that does: it takes 43 % of the time.)",
            "Go without: no estimator here draws them.",
        )
    store = ModelStore(own=model)
    estimator = entry.make(store, players, progress)
    for note in store.notes:
        tell(note)
    return estimator
