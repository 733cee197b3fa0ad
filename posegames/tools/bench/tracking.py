"""How long a frame takes: our tracker beside PoseLandmarker, on the stage or on a clip, one to four people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median

from posegames.errors import SourceError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.consent import consented
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.opening import open_source
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress, compared, contest
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

OURS = "blazepose"
FRAMES = 60
"""Frames kept in memory; they are shown forwards and backwards, so that nobody ever jumps."""
BLOCK = 30
"""Frames of one turn."""
SLOTS = 4
"""People PoseLandmarker must be asked for, if up to four may join."""
STAGES = tuple((people, size) for size in ("640x480", "1280x720") for people in (1, 2, 4))
"""What is measured if no source is named."""


@dataclass(frozen=True, slots=True)
class Case:
    """One source."""

    source: str
    people: int | None = None
    """How many are in it; None: as many as ours finds."""


CASES = tuple(Case(f"stage:dance?actors={people}&size={size}", people) for people, size in STAGES)


class Runner:
    """An estimator at work on frames that are at hand: what it costs is itself alone."""

    def __init__(self, estimator: Estimator, frames: Sequence[Frame], clock: Clock) -> None:
        self._estimator, self._clock = estimator, clock
        self._frames = _there_and_back(frames)
        self._looked = self._found = 0

    def __call__(self) -> list[float]:
        """Work through the next block; return seconds of each frame."""
        times = []
        for _ in range(BLOCK):
            frame = next(self._frames)
            began = self._clock.now()
            self._found += len(self._estimator.estimate(frame))
            times.append(self._clock.now() - began)
            self._looked += 1
        return times

    @property
    def people(self) -> float:
        """Bodies found in a frame, on average: who finds fewer is faster, and no better."""
        return self._found / max(1, self._looked)


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return, for each source, the time a frame of each contender, and our ratio to the others.

    PoseLandmarker takes part where its use has been accepted (see `consented`).
    """
    cases = CASES if plan.source is None else (Case(plan.source),)
    figures: Figures = {}
    for number, case in enumerate(cases):

        def tell(name: str, share: float, number: int = number, case: Case = case) -> None:
            progress(f"{case.source}: {name}", (number + share) / len(cases))

        figures[case.source] = _case(case, clock, rounds=plan.rounds, progress=tell)
    return figures


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for source, measured in figures.items():
        for name, row in measured["contenders"].items():
            ratio = next((f"{r:.2f}" for pair, r in measured["ratio"].items() if pair.endswith(f"/ {name}")), "")
            rows.append((source, name, f"{row['people']:.1f}", f"{row['ms']:.1f}", ratio))
    return Sheet(("source", "contender", "people", "ms a frame", "ours / theirs"), rows)


def _case(case: Case, clock: Clock, *, rounds: int, progress: Progress) -> Figures:
    frames = read(case.source, clock, FRAMES)
    people = case.people or _counted(frames)
    makes: dict[str, Callable[[], Estimator]] = {OURS: partial(make_estimator, OURS, players=SLOTS)}
    if consented("mediapipe"):
        makes |= {
            f"mediapipe, {slots} slots": partial(make_estimator, "mediapipe", players=slots)
            for slots in sorted({SLOTS, people})
        }
    with ExitStack() as stack:
        runners = {name: Runner(stack.enter_context(make()), frames, clock) for name, make in makes.items()}
        standings = contest(runners, rounds=rounds, progress=progress)
        figures = compared(standings, OURS)
    for name, runner in runners.items():
        figures["contenders"][name]["people"] = round(runner.people, 2)
    return {"people": people, "frames": BLOCK * rounds, **figures}


def _counted(frames: Sequence[Frame]) -> int:
    """Return how many people are in most of the frames, one at least."""
    with make_estimator(OURS, players=SLOTS) as estimator:
        return max(1, round(median(len(estimator.estimate(frame)) for frame in frames)))


def read(spec: str, clock: Clock, most: int) -> list[Frame]:
    """Return the first frames of a source that waits. Raises SourceError for one without two frames."""
    frames: list[Frame] = []
    with open_source(spec, clock) as source:
        while len(frames) < most and not source.ended:
            if frame := source.read():
                frames.append(frame)
    if len(frames) < 2:
        raise SourceError(f"{spec} is too short to be measured.", now="Name a video, or a play of the stage.")
    return frames


def _there_and_back(frames: Sequence[Frame]) -> Iterator[Frame]:
    """Yield frames for ever, forwards and backwards, the times going on."""
    spacing = max(frames[1].time - frames[0].time, 1e-3)
    order = [*range(len(frames)), *range(len(frames) - 2, 0, -1)]
    count = 0
    while True:
        for i in order:
            yield Frame(frames[i].picture, count * spacing, count, frames[i].truth)
            count += 1
