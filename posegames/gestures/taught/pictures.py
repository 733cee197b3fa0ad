"""Bodies in photographs: each picture stands by itself, and the largest body in it is the one that is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from posegames.body.measure import box
from posegames.body.pose import Pose
from posegames.errors import PosegamesError, SourceError
from posegames.gestures.taught.dataset import Labelled, readable
from posegames.gestures.taught.telling import Part, Tell
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.images import ImagesSource


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a folder of pictures gave."""

    rows: list[Labelled] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    """Pictures that gave no body, and why."""


def gather(folder: Path, estimator: Estimator, tell: Tell) -> Gathered:
    """Return the bodies in the pictures of a folder: a folder in it for each class, called like it.

    `estimator` is opened. Raises PosegamesError where there are no such folders, or nobody is in any picture.
    """
    folders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if not folders:
        raise PosegamesError(
            f"There are no folders in {folder}.",
            "Every class is a folder of pictures, and its name is the folder's.",
            "Make one for each pose, and put pictures of it there.",
        )
    gathered = Gathered()
    for place, one in enumerate(folders):
        _gather_class(one, estimator, gathered, Part(tell, place, len(folders)))
    if not gathered.rows:
        raise PosegamesError(
            f"Nobody was found in the pictures of {folder}.", now="Take pictures that show a whole body each."
        )
    return gathered


def _gather_class(folder: Path, estimator: Estimator, gathered: Gathered, tell: Part) -> None:
    source = ImagesSource(folder)
    try:
        with source:
            while frame := source.read():
                name = readable(f"{folder.name}/{source.names[frame.number]}")
                tell(name, frame.number / (source.length or 1))
                pose = body_in(frame, estimator)
                if pose is None:
                    gathered.passed_over.append((name, "nobody was found in it"))
                else:
                    gathered.rows.append(Labelled(readable(folder.name), pose, name))
    except SourceError:
        if not source.skipped:
            gathered.passed_over.append((readable(folder.name), "there is no picture in it"))
    gathered.passed_over.extend((readable(f"{folder.name}/{path.name}"), why) for path, why in source.skipped)


def body_in(frame: Frame, estimator: Estimator) -> Pose | None:
    """Return the largest body in a picture that has nothing to do with those before; None if nobody is found."""
    estimator.forget()
    return largest(estimator.estimate(frame))


def largest(poses: Sequence[Pose]) -> Pose | None:
    """Return the body that takes up the most of the picture; None of none."""

    def area(pose: Pose) -> float:
        left, top, right, bottom = box(pose) or (0.0, 0.0, 0.0, 0.0)
        return (right - left) * (bottom - top)

    return max(poses, key=area, default=None)
