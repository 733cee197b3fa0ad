"""How calm a still person is and how late a fast reach: our presets beside PoseLandmarker with its own smoothing.

Times are those of the pictures, so it makes no difference how busy the machine is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.body.smooth import BALANCED, PRESETS
from posegames.errors import SourceError
from posegames.players.roster import Roster
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.consent import consented
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.sources.opening import open_source
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.script import parse_play
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.bench.trembling import Seen, late, trembling
from posegames.tools.sheet import Sheet

OURS, THEIRS, RAW, DRAWN = "blazepose", "mediapipe, 1 slot", "not smoothed", "drawn, balanced"
AHEAD = 0.05
"""Seconds between a picture and the display of who is in it: prediction makes up for them, at a price."""
SIZES = ((640, 480), (1280, 720))
RATE = 30.0
NOISE = 0.015
"""Standard deviation of the pictures' noise, as a share of white: a webcam's in a living room, 4 of 255."""
STILL = 240
"""Pictures of somebody still."""
REACHES = """
title   Fast reaches
seconds 16
actors  1
1   1 punch left
2.5 1 punch right
4   1 raise left  seconds=1.4
6   1 raise right seconds=1.4
8   1 hands up    seconds=1.4
10  1 swipe right
12  1 punch left  seconds=0.7
13  1 punch right seconds=0.7
14  1 raise left  seconds=1
15  1 raise right seconds=1
"""
_HANDS = {"left": (Joint.LEFT_WRIST,), "right": (Joint.RIGHT_WRIST,)}
Progressing = Callable[[float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Something to look at: pictures, and what is measured on them."""

    name: str
    frames: Callable[[], Iterator[Frame]]
    length: int
    reaches: Sequence[tuple[float, float, Joint]] = ()
    """From when to when which hand moves; without any, somebody stands still."""


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return jitter and lag of each contender in each case: the middle of as many seeds as the plan has rounds.

    Another seed is another actor and other noise. PoseLandmarker takes part where its use has been accepted (see
    `consented`). A source in the plan is taken for somebody still: its first picture, with noise.
    """
    seeds = range(plan.seed, plan.seed + plan.rounds)
    every = [[frozen(plan.source, clock, seed)] if plan.source else list(own(clock, seed)) for seed in seeds]
    cases = [case for of_a_seed in every for case in of_a_seed]
    rounds: dict[str, list[Figures]] = {}
    for number, case in enumerate(cases):

        def tell(name: str, share: float, number: int = number, case: Case = case) -> None:
            progress(f"{case.name}: {name}", (number + share) / len(cases))

        rounds.setdefault(case.name, []).append(_case(case, tell))
    return {name: {"seeds": len(seeds), **_middle(found)} for name, found in rounds.items()}


def _middle(rounds: Sequence[Figures]) -> Figures:
    """Return the median of every figure, and of how ours stood to theirs in each round."""
    tables = {
        table: {
            name: {what: round(median(found[table][name][what] for found in rounds), 4) for what in row}
            for name, row in rounds[0][table].items()
        }
        for table in ("contenders", "against")
    }
    return {**tables, "rounds": list(rounds)}


def own(clock: Clock, seed: int) -> Iterator[Case]:
    """Yield what is looked at if no source is named."""
    for width, height in SIZES:
        yield frozen(f"stage:still?actors=1&size={width}x{height}&seed={seed}", clock, seed, f"still {height}p")
    for width, height in SIZES:
        yield _breathing((width, height), seed)
    for width, height in SIZES:
        yield reaching((width, height), seed)


def frozen(source: str, clock: Clock, seed: int, name: str = "") -> Case:
    """Return a picture of somebody, the same all the time but for the noise: whatever moves is jitter.

    Raises SourceError for a source without a picture.
    """

    def frames() -> Iterator[Frame]:
        with open_source(source, clock) as opened:
            first = None
            while first is None and not opened.ended:
                first = opened.read()
        if first is None:
            raise SourceError(f"{source} has no picture.", now="Name a picture of somebody, or a play.")
        lots = np.random.default_rng(seed)
        for number in range(STILL):
            noisy = first.picture + lots.normal(0, NOISE * 255, first.picture.shape)
            yield Frame(np.clip(noisy, 0, 255).astype(np.uint8), number / RATE, number)

    return Case(name or f"still {source}", frames, STILL)


def _breathing(size: tuple[int, int], seed: int) -> Case:
    def frames() -> Iterator[Frame]:
        with StageSource("still", actors=1, size=size, rate=RATE, seed=seed, noise=NOISE) as stage:
            yield from (stage.frame(number) for number in range(STILL))

    return Case(f"breathing {size[1]}p", frames, STILL)


def reaching(size: tuple[int, int], seed: int) -> Case:
    """Return somebody who reaches fast, with one hand and with both."""
    play = parse_play(REACHES, name="reaches")
    length = round(play.seconds * RATE)

    def frames() -> Iterator[Frame]:
        with StageSource(play, actors=1, size=size, rate=RATE, seed=seed, noise=NOISE) as stage:
            yield from (stage.frame(number) for number in range(length))

    reaches = [
        (cue.time, cue.end, hand)
        for cue in play.cues
        for side, hands in _HANDS.items()
        for hand in hands
        if side in cue.move or cue.move == "hands_up"
    ]
    return Case(f"reaching {size[1]}p", frames, length, reaches)


def _case(case: Case, progress: Progress) -> Figures:
    contenders = {RAW: list[Seen]()} | {f"ours, {name}": list[Seen]() for name in PRESETS}
    # Whether a picture of somebody is somebody is another question.
    rosters = {name: Roster(1, smoothing=row, living=False) for name, row in PRESETS.items()}
    for frame, poses in _watched(OURS, 4, case, lambda share: progress(OURS, share / 2)):
        sighting = Sighting(frame.time, frame.number, poses, frame.aspect)
        truth = frame.truth[0] if frame.truth else None
        for name, roster in rosters.items():
            players = roster.update(sighting, frame.time + AHEAD)
            if players and not players[0].hidden:
                contenders[f"ours, {name}"].append(Seen(frame.time, players[0].pose, truth))
                if name == BALANCED.name and not case.reaches:
                    contenders.setdefault(DRAWN, []).append(Seen(frame.time, players[0].shown, truth))
        if poses:
            contenders[RAW].append(Seen(frame.time, poses[0], truth))
    if consented("mediapipe"):
        contenders[THEIRS] = [
            Seen(frame.time, poses[0], frame.truth[0] if frame.truth else None)
            for frame, poses in _watched("mediapipe", 1, case, lambda share: progress(THEIRS, (1 + share) / 2))
            if poses
        ]
    judge = (lambda seen: late(seen, case.reaches)) if case.reaches else trembling
    found: dict[str, Any] = {name: judge(seen) for name, seen in contenders.items()}
    return {"contenders": found, "against": _against(found)}


def _against(found: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return how each of ours stands to PoseLandmarker: share of its jitter, milliseconds more of lag."""
    theirs = found.get(THEIRS)
    if theirs is None:
        return {}
    sums: dict[str, Callable[[dict[str, float]], float]] = {
        "jitter": lambda row: round(row["jitter"] / theirs["jitter"], 3),
        "lag_ms": lambda row: round(row["lag_ms"] - theirs["lag_ms"], 1),
    }
    return {
        name: {what: of(row) for what, of in sums.items() if what in row}
        for name, row in found.items()
        if name != THEIRS
    }


def _watched(
    estimator: str, players: int, case: Case, progress: Progressing
) -> Iterator[tuple[Frame, tuple[Pose, ...]]]:
    """Yield each picture of a case and whom the estimator sees in it."""
    with make_estimator(estimator, players=players) as looking:
        yield from _looks(looking, case, progress)


def _looks(looking: Estimator, case: Case, progress: Progressing) -> Iterator[tuple[Frame, tuple[Pose, ...]]]:
    for frame in case.frames():
        progress(frame.number / case.length)
        yield frame, looking.estimate(frame)


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for case, measured in figures.items():
        for name, row in measured["contenders"].items():
            against = measured["against"].get(name, {})
            jitter = f"{row['jitter']:.3f}" if "jitter" in row else ""
            share = f"{against['jitter']:.2f}" if "jitter" in against else ""
            lag = f"{row['lag_ms']:.0f}" if "lag_ms" in row else ""
            more = f"{against['lag_ms']:+.0f}" if "lag_ms" in against else ""
            leaps = f"{row['leaps']:.0f}" if "leaps" in row else ""
            rows.append((case, name, jitter, share, leaps, lag, more))
    headings = (
        "case",
        "contender",
        "jitter, % of torso",
        "of theirs",
        "leaps a minute",
        "lag, ms",
        "more than theirs",
    )
    return Sheet(headings, rows)
