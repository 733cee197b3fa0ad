"""The table of estimators: from the words of `--estimator` to an estimator with its model files at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from posegames.errors import UsageError, did_you_mean
from posegames.seeing.estimators import families
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.consent import require_consent
from posegames.seeing.estimators.families import FAMILIES, Family
from posegames.seeing.estimators.routes import Progress, silent
from posegames.seeing.estimators.store import ModelStore

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an estimator is made for."""

    most: int
    """People."""
    model: Path | None = None
    options: Sequence[str] = ()
    """NAME=VALUE each."""
    progress: Progress = silent
    tell: Tell


@dataclass(frozen=True, slots=True)
class Entry:
    """One model family."""

    blurb: str
    make: Callable[[Order], Estimator]
    endings: tuple[str, ...] = (".tflite",)
    """Of its model files."""
    family: Family | None = None
    """If its files are the user's own."""


def _nobody(_note: str) -> None:
    """Tell nobody."""


def _stored(make: Callable[[ModelStore, Order], Estimator]) -> Callable[[Order], Estimator]:
    """Return what makes an estimator of the store's files, and tells what the store has to say of them."""

    def made(order: Order) -> Estimator:
        store = ModelStore(own=order.model)
        estimator = make(store, order)
        for note in store.notes:
            order.tell(note)
        return estimator

    return made


def _blazepose(store: ModelStore, order: Order) -> Estimator:
    from posegames.seeing.estimators.blazepose import BlazePose
    from posegames.seeing.estimators.stripped import stripped

    detector, full = (store.path(name, order.progress) for name in ("pose_detection", "pose_landmark_full"))
    nets = {"full": full} | {name: path for name, path in _variants(store).items() if path != full}
    nets = {name: stripped(path, folder=store.folder) for name, path in nets.items()}
    return BlazePose(detector, nets.pop("full"), most=order.most, others=nets)


def _variants(store: ModelStore) -> dict[str, Path]:
    """Return the other landmark nets that are here; none is fetched."""
    names = {f"pose_landmark_{name}": name for name in ("lite", "heavy")}
    here = [one.model.name for one in store.check(names) if one.state in ("good", "own")]
    return {names[name]: store.path(name) for name in here}


def _mediapipe(store: ModelStore, order: Order) -> Estimator:
    from posegames.seeing.estimators.bundle import bundle
    from posegames.seeing.estimators.mediapipe import MediaPipe

    detector, landmarks = (store.path(name, order.progress) for name in ("pose_detection", "pose_landmark_full"))
    return MediaPipe(bundle(detector, landmarks, folder=store.folder), most=order.most)


def _brought(family: Family, order: Order) -> Estimator:
    return families.make(family, order.model, order.options, most=order.most)


ESTIMATORS = MappingProxyType(
    {
        "blazepose": Entry("posegames' own: several people, each followed; sends nothing", _stored(_blazepose)),
        "mediapipe": Entry(
            "MediaPipe's PoseLandmarker: the reference; tells Google of its use", _stored(_mediapipe)
        ),
    }
    | {
        name: Entry(family.what, partial(_brought, family), family.endings, family)
        for name, family in FAMILIES.items()
    }
)
"""Every estimator by name; the first is the default."""


def find_estimator(name: str) -> Entry:
    """Return the row called `name`. Raises UsageError for any other."""
    if name not in ESTIMATORS:
        raise UsageError(f"There is no estimator {name!r}.", now=did_you_mean(name, list(ESTIMATORS)))
    return ESTIMATORS[name]


def check_estimator(name: str, model: Path | None = None, options: Sequence[str] = ()) -> Entry:
    """Return the row called `name`, if it can work with this model and these options. Nothing is fetched for it.

    Raises UsageError for an unknown name or option, a value that is none, and a model file of another kind;
    ModelError where a file must be given and none is; EstimatorError where a licence is not accepted.
    """
    entry = find_estimator(name)
    if model is not None and _is_file(model) and model.suffix.lower() not in entry.endings:
        others = [other for other, row in ESTIMATORS.items() if model.suffix.lower() in row.endings]
        raise UsageError(
            f"{model} is no model file for {name}.",
            f"Its name ends in {model.suffix or 'nothing'}, not in {' or '.join(entry.endings)}.",
            f"Perhaps: --estimator {' or '.join(others)}." if others else "Check --model.",
        )
    if entry.family is None:
        if options:
            raise UsageError(f"The estimator {name!r} has no options.", now="Leave --estimator-option out.")
        return entry
    families.options_of(entry.family, options)
    families.file_of(entry.family, model)
    require_consent(name)
    return entry


def _is_file(model: Path) -> bool:
    """Whether a file is meant, be it there or not; what is not there and has no ending may be a folder."""
    return model.is_file() or (bool(model.suffix) and not model.is_dir())


def make_estimator(
    name: str,
    *,
    players: int = 4,
    model: Path | None = None,
    options: Sequence[str] = (),
    segmentation: bool = False,
    progress: Progress = silent,
    tell: Tell = _nobody,
) -> Estimator:
    """Return the estimator called `name` for up to `players` people (not yet loaded).

    Model files come from `model` (a file or a folder), else from the store, which fetches what is missing, or,
    for those of the papers' families, from where POSEGAMES_MODELS says. `options` are NAME=VALUE each. `tell`
    hears what the user should know once: that a file of their own is not the publisher's.
    Raises UsageError for an unknown name or option, and for `segmentation` (which pixels are people), which no
    estimator here tells; ModelError if a model cannot be had; EstimatorError without consent to its licence.
    """
    find_estimator(name)
    if segmentation:
        raise UsageError(
            f"The estimator {name!r} draws no masks of people.",
            "(BlazePose's net runs without the part that does: it takes 43 % of the time.)",
            "Go without: no estimator here draws them.",
        )
    entry = check_estimator(name, model, options)
    return entry.make(Order(most=players, model=model, options=options, progress=progress, tell=tell))
