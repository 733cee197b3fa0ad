"""An estimator against pictures whose people were labelled by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from posegames.errors import SourceError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sources.images import ImagesSource
from posegames.tools.accuracy import Found, accuracy, found
from posegames.tools.bench.contest import Progress
from posegames.tools.truth import Truth


def evaluate(truth: Truth, images: Path, estimator: Estimator, *, progress: Progress) -> dict[str, Any]:
    """Return the figures of an opened `estimator` on the labelled pictures of the folder `images`.

    Raises SourceError if a labelled picture is missing or cannot be read.
    """
    wanted = {name: image for image, name in truth.files.items()}
    bodies: dict[int, list[Found]] = {}
    with ImagesSource(images) as source:
        while not source.ended:
            frame = source.read()
            if frame is None:
                continue
            name = source.names[frame.number]
            if name not in wanted:
                continue
            progress(name, len(bodies) / len(wanted))
            estimator.forget()
            height = frame.picture.shape[0]
            bodies[wanted[name]] = [found(pose, height) for pose in estimator.estimate(frame)]
    if missing := sorted(wanted.keys() - {truth.files[image] for image in bodies}):
        raise SourceError(
            f"{len(missing)} of the labelled pictures are not in {images}.", f"The first is {missing[0]}."
        )
    return {"pictures": len(bodies), **accuracy(truth, bodies)}
