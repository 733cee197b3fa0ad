"""Exams on the stage, where every joint's true place is known, in the picture and in space."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from posegames.body.pose import Floats, Pose
from posegames.body.views import BLAZEPOSE_33
from posegames.seeing.sources.stage import StageSource, parse_stage
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.figure import CROWN, HEAD
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import HEAD_SHARE, Person, Scene


@dataclass(frozen=True, slots=True)
class Case:
    """A piece of a play."""

    play: str
    begin: float = 0.0
    """Seconds of the play before it."""

    def __str__(self) -> str:
        return f"{self.play} from {self.begin:g} s" if self.begin else self.play


CASES = (
    Case("stage:dance?actors=1&size=640x480", 4),
    Case("stage:dance?actors=3&size=640x480", 4),
    Case("stage:dance?actors=3&size=1280x720", 12),
    Case("stage:dance?actors=6&size=1280x720", 4),
    Case("stage:dance?actors=2&size=640x480&dark=0.5&noise=0.05&blur=1", 4),
    Case("stage:poses?actors=2&size=1280x720", 5),
    Case("stage:gestures?size=640x480", 35),
    Case("stage:gestures?size=640x480", 78),
    Case("stage:crossing?size=640x480", 2),
    Case("stage:parade?actors=4&size=1280x720", 2),
)
"""What is played when the stage is named without a play: few and many, large and small, bad light, punches and
kicks towards the camera, people who cross, who come in."""
STAGE = Points.of(BLAZEPOSE_33)
"""The points the stage knows."""
BODY_SHARE = 0.53
"""A body's area, of its box (what CrowdPose's evaluation reckons with where nobody drew the outline)."""
LEAST_SEEN = 5
"""Fewer joints in sight are nobody who must be found: so few `sanitise` takes for no body."""
_HEAD_DIAGONAL = 2 * math.hypot(1.0, 0.8)
"""Of the box of a head whose half height is 1, as it is painted."""


def is_stage(words: str) -> bool:
    """Whether `words` name the stage and no file."""
    return words.partition("?")[0].partition(":")[0] == "stage"


def cases(words: str) -> tuple[Case, ...]:
    """Return what `words` mean: `stage` alone means all of `CASES`."""
    return CASES if words == "stage" else (Case(words),)


def varied(play: str, **values: object) -> str:
    """Return the words of `play` with these parameters set, whatever they were."""
    head, _, query = play.partition("?")
    given = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    return f"{head}?{'&'.join(f'{key}={value}' for key, value in (given | values).items())}"


def scenes(cases: Sequence[Case], *, seconds: float) -> Iterator[Scene]:
    """Return every picture of `seconds` of each case, or as many as there are.

    Raises UsageError for words the stage does not know, SourceError for a play that cannot be had.
    """
    return _scenes([(case, parse_stage(case.play)) for case in cases], seconds)


def _scenes(cases: Sequence[tuple[Case, StageSource]], seconds: float) -> Iterator[Scene]:
    for number, (case, source) in enumerate(cases):
        first = round(case.begin * source.rate)
        count = max(1, math.ceil(min(seconds * source.rate, (source.length or math.inf) - first)))
        with source:
            for done in range(count):
                frame = source.frame(first + done)
                heads = _heads(source, frame.time)
                height = frame.picture.shape[0]
                people = tuple(_person(pose, heads[pose.track or 0], frame.aspect, height) for pose in frame.truth)
                yield Scene(frame, people, str(case), (number + (done + 1) / count) / len(cases))


def _heads(source: StageSource, time: float) -> dict[int, float]:
    """Return the length of every actor's head segment in frame heights, as MPII takes it: from the head's box."""

    def length(actor: Actor) -> float:
        radius = float(np.linalg.norm(actor.space[CROWN] - actor.space[HEAD])) * actor.scale
        return HEAD_SHARE * _HEAD_DIAGONAL * radius

    return {actor.number: length(actor) for actor in source.choreography.actors(time)}


def _person(pose: Pose, head: float, aspect: float, height: int) -> Person:
    xy: Floats = pose.xy.astype(np.float64)
    inside = np.clip(xy, 0, (aspect, 1))
    (left, top), (right, bottom) = inside.min(axis=0) * height, inside.max(axis=0) * height
    labelled = (pose.confidence > 0).astype(float)
    if (labelled * STAGE.core).sum() < LEAST_SEEN:
        labelled[:] = 0
    box = (float(left), float(top), float(right - left), float(bottom - top))
    world = None if pose.world is None else pose.world.astype(np.float64)
    return Person(xy * height, labelled, box, BODY_SHARE * box[2] * box[3], False, head * height, world)
