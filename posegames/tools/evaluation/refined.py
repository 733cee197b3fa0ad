"""Post-processing, step by step: what each one is worth where the truth is known, and what it costs.

An estimator looks at every take once; every chain works on what it found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats, Pose
from posegames.players.roster import Roster
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.sources.stage import StageSource, parse_stage
from posegames.seeing.stage.script import parse_play
from posegames.tools.bench.contest import Progress
from posegames.tools.chain.table import NONE, Chain
from posegames.tools.evaluation.accuracy import reference
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.refining import SHARES, Actor, Reach, Record, figures
from posegames.tools.evaluation.truth import Labels, Person
from posegames.tools.looks import Look, who_is_who
from posegames.tools.sheet import Sheet

RATE = 30.0
"""Pictures a second, of labelled ones that follow each other."""
USUAL = 4.0
"""Seconds of a play, if nobody says another number."""
REACHES = """
title   Fast reaches
seconds 9
actors  1
1   1 punch left
2   1 punch right
3   1 raise left  seconds=1.4
4.6 1 hands up    seconds=1.4
6.2 1 punch left  seconds=0.7
7   1 punch right seconds=0.7
7.8 1 raise right seconds=1
"""
_HANDS = {"left": Joint.LEFT_WRIST, "right": Joint.RIGHT_WRIST}
_CORNERS = ((Joint.LEFT_SHOULDER, Joint.RIGHT_HIP), (Joint.RIGHT_SHOULDER, Joint.LEFT_HIP))
DROPPED = 0.06
"""How likely a gap begins at any picture without one, ..."""
DROPS = (2, 9)
"""... and how many pictures long it is, at least and less than."""
BAR = 0.12
"""Width of the bar that people stand behind, as a share of the picture's."""
SEED = 7
GREY = 90


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """Pictures that follow each other, and who is in them."""

    name: str
    moments: Callable[[], Iterator[tuple[Frame, Sequence[Actor]]]]
    length: int
    drops: frozenset[int] = frozenset()
    """Pictures of which nothing is heard."""
    reaches: Sequence[Reach] = ()


def stage_takes(words: str, *, seconds: float) -> list[Take]:
    """Return what is looked at for `stage` (all that follows) or `stage:PLAY`, `seconds` of each play.

    Raises UsageError and SourceError as the stage does.
    """
    if words != "stage":
        return [_take(words, parse_stage(words), seconds)]
    reaching = parse_play(REACHES, name="reaches")
    crowd = "stage:dance?actors=2&size=640x480"
    return [
        _take("still, noise", parse_stage("stage:still?actors=1&size=640x480&noise=0.03"), seconds),
        _take(
            "fast reaches, noise",
            StageSource(reaching, actors=1, size=(640, 480), rate=RATE, noise=0.015),
            reaching.seconds * min(1.0, seconds / USUAL),
            reaches=reaches(),
        ),
        _take("dance, noise and dark", parse_stage(f"{crowd}&noise=0.06&dark=0.5"), seconds, begin=4),
        _take("dance, pictures missed", parse_stage(f"{crowd}&noise=0.015"), seconds, begin=4, drops=True),
        _take("dance behind a bar", parse_stage(f"{crowd}&noise=0.015"), seconds, begin=8, cover=_barred),
        _take("crossing", parse_stage("stage:crossing?size=640x480&noise=0.015"), 1.5 * seconds, begin=1),
    ]


def reaches() -> list[Reach]:
    """Return when which hand reaches in `REACHES`."""
    return [
        (cue.time, cue.end, hand)
        for cue in parse_play(REACHES, name="reaches").cues
        for side, hand in _HANDS.items()
        if side in cue.move or cue.move == "hands_up"
    ]


def label_take(labels: Labels, images: Path) -> Take:
    """Return the labelled pictures of `images` as a take, `RATE` a second, in the order of the file.

    Raises SourceError as `Labels.scenes` does.
    """

    def moments() -> Iterator[tuple[Frame, Sequence[Actor]]]:
        for number, scene in enumerate(labels.scenes(images)):
            height = scene.frame.picture.shape[0]
            actors = [_labelled(p, labels.points, height) for p in scene.people if not p.crowd]
            yield replace(scene.frame, time=number / RATE, number=number), actors

    return Take(images.name, moments, len(labels.files))


def _take(
    name: str,
    source: StageSource,
    seconds: float,
    *,
    begin: float = 0.0,
    drops: bool = False,
    cover: Callable[[Frame], Frame] | None = None,
    reaches: Sequence[Reach] = (),
) -> Take:
    first = round(begin * source.rate)
    length = max(1, math.ceil(min(seconds * source.rate, (source.length or math.inf) - first)))

    def moments() -> Iterator[tuple[Frame, Sequence[Actor]]]:
        with source:
            for number in range(first, first + length):
                frame = source.frame(number)
                yield (cover(frame) if cover else frame), [actor(pose) for pose in frame.truth]

    return Take(name, moments, length, _dropped(length) if drops else frozenset(), reaches)


def _dropped(length: int) -> frozenset[int]:
    """Return pictures, counted from 0, in gaps that chance has laid; the first second has none."""
    lots, gone, place = np.random.default_rng(SEED), set[int](), round(RATE)
    while place < length:
        if lots.random() < DROPPED:
            count = int(lots.integers(*DROPS))
            gone |= set(range(place, min(place + count, length)))
            place += count
        place += 1
    return frozenset(gone)


def _barred(frame: Frame) -> Frame:
    """Return the picture with a grey bar that goes from side to side in four seconds."""
    picture = frame.picture.copy()
    width = picture.shape[1]
    left = round((frame.time / 4 % 1) * width)
    picture[:, left : left + round(BAR * width)] = GREY
    return replace(frame, picture=picture)


def actor(pose: Pose) -> Actor:
    """Return one who really is there, as the stage tells."""
    diagonals = [float(np.hypot(*(pose.xy[a] - pose.xy[b]))) for a, b in _CORNERS]
    return Actor(pose, max(1e-3, *diagonals))


def _labelled(person: Person, points: Points, height: int) -> Actor:
    """Return a labelled person as an actor of whom nobody knows who it is."""
    xy: Floats = np.zeros((COUNT, 2))
    confidence: Floats = np.zeros(COUNT)
    for place, source in enumerate(points.view.sources):
        if source and len(source) == 1:
            xy[source[0]], confidence[source[0]] = person.points[place] / height, person.labelled[place]
    return Actor(Pose(xy, confidence), reference(person, points) / height)


def refined(
    takes: Sequence[Take], chain: Chain, estimators: Mapping[str, Estimator], *, players: int, progress: Progress
) -> dict[str, Any]:
    """Return by estimator the figures of the chain as it grows: in all, and for every take.

    Raises what reading the takes raises.
    """
    chains = chain.prefixes
    whole = max(1, sum(take.length for take in takes)) * len(estimators)
    done = 0
    told: dict[str, Any] = {}
    for name, estimator in estimators.items():
        records: dict[str, list[Record]] = {str(one): [] for one in chains}
        for take in takes:
            truths: list[Sequence[Actor]] = []

            def tell(number: int, take: Take = take, name: str = name, done: int = done) -> None:
                progress(f"{name}: {take.name}", (done + number) / whole)

            looks = list(_looks(take, estimator, players, truths, tell))
            for one in chains:
                record = Record(reaches=take.reaches)
                for actors, look in zip(truths, one.refine(looks), strict=True):
                    record.add(actors, look)
                records[str(one)].append(record)
            done += take.length
        told[name] = {
            "chains": {words: figures(rows) for words, rows in records.items()},
            "takes": {
                take.name: {words: figures([rows[place]]) for words, rows in records.items()}
                for place, take in enumerate(takes)
            },
        }
    return told


def _looks(
    take: Take, estimator: Estimator, players: int, truths: list[Sequence[Actor]], tell: Callable[[int], None]
) -> Iterator[Look]:
    """Yield the looks of a take, with what is true of each put into `truths`."""
    estimator.forget()

    def sightings() -> Iterable[tuple[Sighting, tuple[int, int]]]:
        for number, (frame, actors) in enumerate(take.moments()):
            tell(number)
            truths.append(actors)
            poses = estimator.estimate(frame)
            height, width = frame.picture.shape[:2]
            kept = () if number in take.drops else poses
            yield Sighting(frame.time, frame.number, kept, frame.aspect, frame), (width, height)

    return who_is_who(sightings(), Roster(most=players, living=False))


_LESS = frozenset({"error", "gaps", "jitter", "lag_ms", "bones", "switches"})
"""What is better when it is less; of the others more is, and of peaks what is nearer to 100."""
_SHORT = MappingProxyType(
    {f"PCK@{share}": f"@{share:g}".replace("0.", ".") for share in SHARES} | {"lag_ms": "lag", "switches": "swaps"}
)
"""Headings that leave room on the terminal."""
EXPLAINED = """\
Each row is the chain with a step more; ! marks a figure that is worse than in the row above. @.05/.1/.2: joints
in sight nearer than that share of the torso's diagonal (PCK), in per cent, missing ones wrong. error: mean
distance of joints that are there, in per cent of the diagonal; gaps: per cent that are missing (confidence below
.3). jitter: standard deviation of the speed of joints at rest, in per cent of the diagonal a second. lag and peak:
by how many milliseconds fast reaches come late, and how far they get, in per cent. bones: standard deviation of
the lengths of limbs, in per cent. swaps: times that somebody was taken for another person than before (in the
rows before identity: by the estimator).
"""


def sheets(told: Mapping[str, Any]) -> dict[str, Sheet]:
    """Return the tables by title."""
    tables: dict[str, Sheet] = {}
    for name, row in told.items():
        tables[f"{name}: in all"] = _sheet(row["chains"])
        if len(row["takes"]) > 1:
            tables |= {f"{name}: {take}": _sheet(figures_) for take, figures_ in row["takes"].items()}
    return tables


def _sheet(rows: Mapping[str, Mapping[str, float | None]]) -> Sheet:
    names = [name for name in next(iter(rows.values())) if any(row[name] is not None for row in rows.values())]
    above: list[Mapping[str, float | None] | None] = [None, *rows.values()]
    return Sheet(
        ("chain", *(_SHORT.get(name, name) for name in names)),
        [
            (_step(words), *(_cell(name, row[name], before[name] if before else None) for name in names))
            for (words, row), before in zip(rows.items(), above, strict=False)
        ],
    )


def _step(words: str) -> str:
    """Return what a chain has more than the one above it."""
    return words if words == NONE else f"+{words.rpartition(',')[2]}"


def _cell(name: str, value: float | None, before: float | None) -> str:
    """Return a figure as it is shown; what only the places not shown tell is not marked."""
    if value is None:
        return "-"
    worse = before is not None and _goodness(name, round(value, 1)) < _goodness(name, round(before, 1))
    return f"{value:.{0 if isinstance(value, int) else 1}f}{'!' * worse}"


def _goodness(name: str, value: float) -> float:
    if name == "peak":
        return -abs(100 - value)
    return -value if name in _LESS else value
