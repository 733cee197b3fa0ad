"""Who is who: our roster beside other ways of keeping people apart, on the same sightings, against the truth.

A witness sees simulated crowds with the faults of an estimator (`tools.crowd`), so that a hundred runs take
minutes; on the stage the real estimator looks at painted pictures. How fast the machine is changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from posegames.body.pose import Pose
from posegames.errors import UsageError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.consent import consented
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.sources.stage import StageSource, parse_stage
from posegames.timing import Clock
from posegames.tools.bench.contenders import contenders, listed
from posegames.tools.bench.contest import Progress
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.crowd import Witness, crowd
from posegames.tools.identity import Score, Truth, total, watch
from posegames.tools.sheet import Sheet

RUNS = 20
"""Simulated crowds a round, of two, three and four people in turn."""
STAGED = 2
"""Plays a round before the real estimator."""
PLAYS = ("swap", "crossing", "crowd")
"""What is played there, in turn; a crowd is by lot."""
SIZE = (640, 360)
"""Pixels of the stage."""
LISTED = "PoseLandmarker's list"
"""The contender who takes the place in that list for who it is."""

Scores = dict[str, list[Score]]


def measure(plan: Plan, _clock: Clock, progress: Progress) -> Figures:
    """Return, for each case, the figures of each contender (see `Score`).

    The order of PoseLandmarker's list takes part on the stage where its use has been accepted (see `consented`).
    Raises UsageError for a source that does not know who is in it.
    """
    if plan.source is not None:
        name = plan.source
        if name.partition("?")[0].partition(":")[0] != "stage":
            raise UsageError(
                f"Nobody knows who is who in {name}.",
                "Mistakes are counted against the truth, and only plays of the stage come with it.",
                "Say --source stage:swap, or leave it out.",
            )
        return {name: _staged(plan, progress, lambda run: parse_stage(name, actors=2, seed=plan.seed + run))}

    def part(begin: float, end: float) -> Progress:
        return lambda name, share: progress(name, begin + (end - begin) * share)

    return {
        "simulated, shirts of their own": _simulated(plan, part(0, 0.35), equal=False),
        "simulated, equal shirts": _simulated(plan, part(0.35, 0.7), equal=True),
        "stage, real estimator": _staged(plan, part(0.7, 1), lambda run: _play(plan.seed + run)),
    }


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for case, contenders_ in figures.items():
        for name, row in contenders_.items():
            counts = (f"{row[what]}" for what in ("switches", "clear_switches"))
            mistaken = f"{row['mistaken']} of {row['meetings']}"
            shares = (f"{row['idf1']:.3f}", f"{row['held']:.3f}", f"{row['known_again']:.2f} of {row['returns']}")
            seconds = f"{row['known_again_s']:.1f}, {row['known_again_max_s']:.1f}"
            rows.append((f"{case} ({row['runs']})", name, *counts, mistaken, *shares, seconds))
    return Sheet(
        (
            "case (runs)", "contender", "switches", "CLEAR", "mistaken after meetings", "IDF1", "held",
            "known again", "s: median, max",
        ),
        rows,
    )  # fmt: skip


def simulated(run: int, *, rate: float = 30.0, equal: bool = False, colours: bool = True) -> dict[str, Score]:
    """Return what each contender makes of one crowd (see `Witness`); `run` is its seed."""
    actors = 2 + run % 3
    witness = Witness(crowd(run, actors=actors), actors=actors, rate=rate, seed=run, equal=equal, colours=colours)
    return watch(witness.moments(), contenders(actors))


def _simulated(plan: Plan, progress: Progress, *, equal: bool) -> Figures:
    runs = RUNS * plan.rounds
    scores: Scores = {}
    for run in range(runs):
        progress(f"crowd {plan.seed + run}{', equal shirts' if equal else ''}", run / runs)
        _enter(scores, simulated(plan.seed + run, equal=equal))
    return _totals(scores)


def _play(run: int) -> StageSource:
    name = PLAYS[run % len(PLAYS)]
    actors = 2 if name != "crowd" else 2 + run // len(PLAYS) % 3
    return StageSource(crowd(run, actors=actors) if name == "crowd" else name, actors=actors, size=SIZE, seed=run)


def _staged(plan: Plan, progress: Progress, play: Callable[[int], StageSource]) -> Figures:
    runs = STAGED * plan.rounds
    scores: Scores = {}
    for run in range(runs):
        with ExitStack() as stack:
            source = stack.enter_context(play(run))
            seeing = stack.enter_context(make_estimator("blazepose", players=source.choreography.cast))
            other = (
                make_estimator("mediapipe", players=source.choreography.cast) if consented("mediapipe") else None
            )
            if other is not None:
                stack.enter_context(other)

            def tell(share: float, source: StageSource = source, run: int = run) -> None:
                progress(f"{source.name}, run {run + 1}", (run + share) / runs)

            _enter(scores, staged(source, seeing, other, tell))
    return _totals(scores)


def staged(
    source: StageSource, seeing: Estimator, other: Estimator | None, tell: Callable[[float], None]
) -> dict[str, Score]:
    """Return what each contender makes of one pass of an opened play, as an opened estimator sees it.

    The poses of `other` are taken in the order it lists them.
    """
    beside = Score()
    seconds = source.choreography.play.seconds

    def moments() -> Iterator[tuple[Sighting, Sequence[Pose]]]:
        while not source.ended:
            frame = source.read()
            if frame is None or frame.time >= seconds:
                return
            tell(frame.time / seconds)
            if other is not None:
                beside.add(Truth.of(frame.truth, frame.time), listed(_seen(frame, other)))
            yield _seen(frame, seeing), frame.truth

    scores = watch(moments(), contenders(source.choreography.cast))
    return scores if other is None else {**scores, LISTED: beside}


def _seen(frame: Frame, estimator: Estimator) -> Sighting:
    return Sighting(frame.time, frame.number, estimator.estimate(frame), frame.aspect, frame)


def _enter(scores: Scores, run: dict[str, Score]) -> None:
    for name, score in run.items():
        scores.setdefault(name, []).append(score)


def _totals(scores: Scores) -> Figures:
    return {name: total(runs) for name, runs in scores.items()}
