"""The script that everybody writes: read a frame, look for people, say who they are, write a row; and again.

    python -m posegames.tools.bench.plainscript FOLDER VIDEO...

It has the same estimator, roster and columns as `posegames track`, so its files must be the same to the byte.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from posegames.players.roster import Roster
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame, Sighting
from posegames.tools.looks import who_is_who
from posegames.tools.sinks.base import Origin
from posegames.tools.sinks.rows import CsvSink

PLAYERS = 4


def main(folder: Path, videos: list[Path]) -> None:
    """Write the poses in each of `videos` to a CSV in `folder`, one video after the other."""
    with make_estimator("blazepose", players=PLAYERS) as estimator:
        for video in videos:
            estimator.forget()
            roster = Roster(most=PLAYERS, living=False)
            path = folder / f"{video.stem}.csv"
            with CsvSink(path, Origin(source=video.name, estimator=estimator.name)) as rows:
                for look in who_is_who(sightings(video, estimator), roster):
                    rows.put(look)


def sightings(video: Path, estimator: Estimator) -> Iterator[tuple[Sighting, tuple[int, int]]]:
    """Yield who is seen in each frame, and its size."""
    capture = cv2.VideoCapture(str(video))
    number, begun = 0, 0.0
    while True:
        good, picture = capture.read()
        if not good:
            capture.release()
            return
        stamp = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        begun = begun if number else stamp
        frame = Frame(np.asarray(picture, dtype=np.uint8), stamp - begun, number)
        height, width = frame.picture.shape[:2]
        yield Sighting(frame.time, number, estimator.estimate(frame), frame.aspect, frame), (width, height)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]])
