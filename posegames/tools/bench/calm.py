"""How calm a still person is and how late a fast reach: our presets beside PoseLandmarker with its own smoothing.

Times are those of the pictures, so it makes no difference how busy the machine is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import torso_length
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import PRESETS
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
from posegames.tools.sheet import Sheet

OURS, THEIRS, RAW = "blazepose", "mediapipe, 1 slot", "not smoothed"
SIZES = ((640, 480), (1280, 720))
RATE = 30.0
NOISE = 0.015
"""Standard deviation of the pictures' noise, as a share of white: a webcam's in a living room, 4 of 255."""
STILL, SETTLING = 240, 60
"""Pictures of somebody still, and how many of them pass before it counts: trackers settle, players join."""
LEAP = 20.0
"""Per cent of a torso that a joint of somebody still moves from one picture to the next when it is mistaken for
something else: no trembling, and counted by itself."""
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
_LATEST, _STEP = 0.150, 0.001
"""Seconds: delays that are tried."""
Progressing = Callable[[float], None]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One body at one time, as a contender has it; and as it really was, where that is known."""

    time: float
    pose: Pose
    truth: Pose | None


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Something to look at: pictures, and what is measured on them."""

    name: str
    frames: Callable[[], Iterator[Frame]]
    length: int
    reaches: Sequence[tuple[float, float, Joint]] = ()
    """From when to when which hand moves; without any, somebody stands still."""


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return jitter and lag of each contender in each case.

    PoseLandmarker takes part where its use has been accepted (see `consented`). A source in the plan is taken for
    somebody still: its first picture, with noise.
    """
    cases = [frozen(plan.source, clock, plan.seed)] if plan.source else list(own(clock, plan.seed))
    figures: Figures = {}
    for number, case in enumerate(cases):

        def tell(name: str, share: float, number: int = number, case: Case = case) -> None:
            progress(f"{case.name}: {name}", (number + share) / len(cases))

        figures[case.name] = _case(case, tell)
    return figures


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
    rosters = {name: Roster(1, smoothing=row) for name, row in PRESETS.items()}
    for frame, poses in _watched(OURS, 4, case, lambda share: progress(OURS, share / 2)):
        # Whether a picture of somebody is somebody is another question.
        here = tuple(replace(pose, alive=True) for pose in poses)
        sighting = Sighting(frame.time, frame.number, here, frame.aspect)
        truth = frame.truth[0] if frame.truth else None
        for name, roster in rosters.items():
            players = roster.update(sighting, frame.time)
            if players and not players[0].hidden:
                contenders[f"ours, {name}"].append(Seen(frame.time, players[0].pose, truth))
        if poses:
            contenders[RAW].append(Seen(frame.time, poses[0], truth))
    if consented():
        contenders[THEIRS] = [
            Seen(frame.time, poses[0], frame.truth[0] if frame.truth else None)
            for frame, poses in _watched("mediapipe", 1, case, lambda share: progress(THEIRS, (1 + share) / 2))
            if poses
        ]
    judge = (lambda seen: late(seen, case.reaches)) if case.reaches else trembling
    found: dict[str, Any] = {name: judge(seen) for name, seen in contenders.items()}
    return {"kind": "reach" if case.reaches else "still", "contenders": found, "against": _against(found)}


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


def trembling(seen: Sequence[Seen]) -> dict[str, float]:
    """Return how a still body's joints move from picture to picture, in per cent of the torso.

    True motion is taken off. `jitter` is the root mean square over the joints that are seen, of the middle
    picture; `std` the spread of each joint about its mean; `leaps` counts joints that go `LEAP` in a picture,
    per minute. NaN where there is too little to tell.
    """
    kept = seen[SETTLING:] if len(seen) > 2 * SETTLING else seen[len(seen) // 2 :]
    if len(kept) < 3:
        return {"jitter": float("nan"), "std": float("nan"), "leaps": float("nan")}
    torso = median(torso_length(s.truth or s.pose) for s in kept)
    off = np.stack([s.pose.xy - (s.truth.xy if s.truth else 0) for s in kept]) / torso * 100
    sure = np.stack([s.pose.confidence >= 0.5 for s in kept])
    sure &= np.stack([s.truth.confidence > 0 if s.truth else np.ones(sure.shape[1], bool) for s in kept])
    both, moved = sure[1:] & sure[:-1], np.hypot(*np.moveaxis(np.diff(off, axis=0), 2, 0))
    each = [float(np.sqrt((row[here] ** 2).mean())) for row, here in zip(moved, both, strict=True) if here.any()]
    always = sure.all(axis=0)
    spread = float(np.sqrt(off[:, always].var(axis=0).sum(axis=1).mean()))
    minutes = (kept[-1].time - kept[0].time) / 60
    leaps = int(((moved > LEAP) & both).sum()) / minutes
    return {"jitter": round(median(each), 4), "std": round(spread, 3), "leaps": round(leaps, 1)}


def late(seen: Sequence[Seen], reaches: Sequence[tuple[float, float, Joint]]) -> dict[str, float]:
    """Return by how many milliseconds hands come after the true ones: the middle of all reaches, and the worst."""
    delays = sorted(delay for start, end, hand in reaches if (delay := _delay(seen, start, end, hand)) is not None)
    if not delays:
        return {"lag_ms": float("nan"), "most_ms": float("nan"), "reaches": 0}
    return {"lag_ms": round(median(delays), 1), "most_ms": round(delays[-1], 1), "reaches": len(delays)}


def _delay(seen: Sequence[Seen], start: float, end: float, hand: Joint) -> float | None:
    """Return the delay (ms) at which the true way of a hand is most like the one that was seen.

    The gain is free: a hand that is seen a little short is not late. None where the hand was not seen in at least
    nine of ten pictures, or where it is not the hand that was seen (a gain below a half).
    """
    span = [s for s in seen if start <= s.time <= end and s.truth is not None]
    if len(span) < 0.9 * (end - start) * RATE:
        return None
    times = np.array([s.time for s in seen if s.truth is not None])
    truth = np.array([s.truth.xy[hand] for s in seen if s.truth is not None])
    way = _centred(np.array([s.pose.xy[hand] for s in span]))
    best = (np.inf, 0.0, 0.0)
    for delay in np.arange(-0.03, _LATEST, _STEP):
        then = np.array([s.time for s in span]) - delay
        real = _centred(np.stack([np.interp(then, times, truth[:, axis]) for axis in (0, 1)], axis=1))
        gain = float((real * way).sum() / max(float((real * real).sum()), 1e-12))
        best = min(best, (float(((way - gain * real) ** 2).sum()), float(delay), gain))
    return 1000 * best[1] if best[2] >= 0.5 else None


def _centred(way: Floats) -> Floats:
    centred: Floats = way - way.mean(axis=0)
    return centred


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
