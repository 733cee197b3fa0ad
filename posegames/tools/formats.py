"""The files that tracking writes: a table from the ending of a name to what writes it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Protocol, Self

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.body.views import COCO_17
from posegames.errors import SourceError, UsageError
from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft
from posegames.files import replacing
from posegames.gestures.recogniser import USUAL, Recogniser
from posegames.gestures.rows import Row
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.profiles import Tuning
from posegames.players.player import Player
from posegames.seeing.sources.tape import TapeHeader
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.tools.looks import Look

STILL, STILL_BEATS = 1.0, 10
"""Seconds for which a picture without time stands, and how often a body is looked at in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the looks come from."""

    source: str
    estimator: str
    rate: float = 0.0
    size: tuple[int, int] = (0, 0)
    named: bool = False
    """Whether every frame is a picture file of its own."""


class Sink(Protocol):
    """Takes looks, in order. The file has its name only when the `with` block has ended well."""

    def __enter__(self) -> Self:
        """Open it. Raises OSError."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish it, or drop it if the block failed."""

    def put(self, look: Look) -> None:
        """Write what one frame gave."""


class TapeSink:
    """Sightings as the estimator gave them: a replay decides anew who is who."""

    def __init__(self, path: Path, origin: Origin) -> None:
        width, height = origin.size
        header = TapeHeader(
            aspect=width / height if width and height else 16 / 9,
            rate=origin.rate,
            source=origin.source,
            estimator=origin.estimator,
            size=origin.size,
        )
        self._writer = TapeWriter(path, header)

    def __enter__(self) -> Self:
        """Open it."""
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish it; after a failure what was written stays as a part."""
        self._writer.__exit__(kind, error, trace)

    def put(self, look: Look) -> None:
        """Write one sighting."""
        self._writer.write(look.sighting)


class TextSink:
    """A text file that is finished or not there."""

    def __init__(self, path: Path, origin: Origin) -> None:
        self._path, self._origin = path, origin
        self._stack = ExitStack()
        self._file: io.TextIOBase = io.StringIO()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            part = stack.enter_context(replacing(self._path))
            self._file = stack.enter_context(part.open("w", encoding="utf-8", newline=""))
            self._begin()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            with self._stack:
                self._finish()
        else:
            self._stack.__exit__(kind, error, trace)

    def _begin(self) -> None:
        """Write what comes before the first look."""

    def _finish(self) -> None:
        """Write what comes after the last."""


class CsvSink(TextSink):
    """One row a player and frame: number, time, player, then x, y (frame heights) and confidence of each joint."""

    def _begin(self) -> None:
        self._rows = csv.writer(self._file, lineterminator="\n")
        joints = [f"{joint.name.lower()}_{part}" for joint in Joint for part in ("x", "y", "confidence")]
        self._rows.writerow([*(["file"] if self._origin.named else []), "number", "time", "player", *joints])

    def put(self, look: Look) -> None:
        """Write a row for everybody in the look."""
        for player, pose in look.bodies:
            row: list[Any] = [look.name] if self._origin.named else []
            row += [look.sighting.number, f"{look.sighting.time:.4f}", player]
            for (x, y), confidence in zip(pose.xy.tolist(), pose.confidence.tolist(), strict=True):
                row += [f"{x:.5f}", f"{y:.5f}", f"{confidence:.3f}"]
            self._rows.writerow(row)


class CocoSink(TextSink):
    """COCO keypoint results, with `images` that say what each `image_id` is and `track_id` that says who."""

    def _begin(self) -> None:
        self._images: list[dict[str, Any]] = []
        self._comma = ""
        # Annotations first and as they come: an hour of video does not fit into memory twice.
        self._file.write('{"annotations": [')

    def put(self, look: Look) -> None:
        """Write an annotation for everybody in the look. Raises SourceError if the frame's size is unknown."""
        sighting, (width, height) = look.sighting, look.size
        if not height:
            what = f"{self._origin.source} does not say how large its pictures were."
            raise SourceError(what, "COCO files hold pixels.", "Write .csv or .tape instead.")
        which = {"file_name": look.name} if self._origin.named else {"frame": sighting.number}
        time = round(sighting.time, 4)
        self._images.append({"id": sighting.number, **which, "time": time, "width": width, "height": height})
        for player, pose in look.bodies:
            xy, confidence = COCO_17.of(pose)
            triples = zip((xy * height).tolist(), confidence.tolist(), strict=True)
            annotation = {
                "image_id": sighting.number,
                "category_id": 1,
                "track_id": player,
                "keypoints": [value for (x, y), c in triples for value in (round(x, 2), round(y, 2), round(c, 3))],
                "score": round(pose.score, 4),
            }
            self._file.write(f"{self._comma}\n{json.dumps(annotation, allow_nan=False)}")
            self._comma = ","

    def _finish(self) -> None:
        rest = {
            "images": self._images,
            "categories": [{"id": 1, "name": "person", "keypoints": list(COCO_17.points)}],
            "info": {"description": f"posegames track {self._origin.source}", "estimator": self._origin.estimator},
        }
        self._file.write("\n],\n" + json.dumps(rest)[1:] + "\n")


class EventsSink(TextSink):
    """What the players did, a line each: time from the first picture, player, gesture, phase, value.

    Pictures of a folder have no time: each stands for `STILL` seconds in which nobody moves, and only what is
    held in it is told.
    """

    def __init__(self, path: Path, origin: Origin, taught: tuple[Row, ...] = (), tuning: Tuning = USUAL) -> None:
        super().__init__(path, origin)
        self._table, self._tuning = (*GESTURES, *taught), tuning

    def _begin(self) -> None:
        self._recogniser = Recogniser(self._table, self._tuning)
        self._start: float | None = None

    def put(self, look: Look) -> None:
        """Write what happened by this frame."""
        time = look.sighting.time
        self._start = time if self._start is None else self._start
        if not self._origin.named:
            self._write(self._recogniser.update(look.players, time))
            return
        for number, pose in look.bodies:
            self._write(_held_in(time, number, pose, Recogniser(self._table, self._tuning)))

    def _write(self, events: Iterable[BodyEvent]) -> None:
        for event in events:
            match event:
                case Gesture(gesture=name, phase=phase, value=value):
                    pass
                case PlayerJoined():
                    name, phase, value = "player_joined", "pulse", 1.0
                case PlayerLeft():
                    name, phase, value = "player_left", "pulse", 1.0
            line = {
                "t": round(event.t - (self._start or 0.0), 3),
                "player": event.player,
                "gesture": name,
                "phase": phase,
                "value": round(value, 3),
            }
            self._file.write(json.dumps(line, allow_nan=False) + "\n")


def _held_in(time: float, number: int, pose: Pose, recogniser: Recogniser) -> Iterator[Gesture]:
    """Yield the gestures held in a picture: on, and off before the next."""
    torso, still = torso_length(pose), np.zeros_like(pose.xy)
    held: list[Gesture] = []
    for beat in range(STILL_BEATS):
        seen = time + beat * STILL / STILL_BEATS
        player = Player(number, pose, pose, still, torso, seen)
        happened = recogniser.update((player,), seen)
        held += [event for event in happened if isinstance(event, Gesture) and event.phase == "on"]
    yield from (replace(event, t=time) for event in held)
    yield from (replace(event, t=time + STILL, phase="off") for event in held)


FORMATS: MappingProxyType[str, Callable[[Path, Origin], Sink]] = MappingProxyType(
    {".tape": TapeSink, ".tape.gz": TapeSink, ".csv": CsvSink, ".json": CocoSink}
)
"""Which ending means which format."""


def format_of(path: Path) -> Callable[[Path, Origin], Sink]:
    """Return what writes `path`, by its ending.

    Raises UsageError for an ending that means nothing, and where no file can be written.
    """
    make = next((make for ending, make in FORMATS.items() if path.name.lower().endswith(ending)), None)
    if make is None:
        raise UsageError(f"{path} does not say what to write.", now=f"End its name in {', '.join(FORMATS)}.")
    refuse_unwritable(path)
    return make


def refuse_unwritable(path: Path) -> None:
    """Raise UsageError where no file can be written: before the work, so that an hour of it is not lost."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", now="Name a file in it.")
    trial = path.with_name(f"{path.name}.try")
    try:
        trial.touch()
        trial.unlink()
    except OSError as error:
        why = f"The system says: {error.strerror}."
        raise UsageError(f"{path} cannot be written.", why, "Name a folder that is there and yours.") from error
