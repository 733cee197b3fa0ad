"""How late games hear and people see what they do: from webcam to screen, beside the loop that tutorials teach.

All contenders see the same play filmed by the same webcam, in real time, and take turns. Measured is from the
moment a picture is in the driver: what a camera needs before that, and a screen after, is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from posegames.engine.window import open_window
from posegames.seeing.estimators.consent import consented
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.script import parse_play
from posegames.settings import Settings
from posegames.timing import Clock
from posegames.tools.bench import playing, tutorial
from posegames.tools.bench.contest import Progress, Standing
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.bench.tracking import read
from posegames.tools.bench.turns import Turn, onsets_of, quantile
from posegames.tools.bench.webcam import shoot
from posegames.tools.sheet import Sheet

SECONDS = 8.0
"""Of a turn that count."""
SIZE = 640, 480
"""Pixels: what OpenCV gives of a webcam if nothing else is asked for."""
PLAY = """
seconds 8
actors 1-6
loop
0.3 1 hands up seconds=1.3
2.2 1 hands up seconds=1.3
4.3 1 hands up seconds=1.3
6.2 1 hands up seconds=1.3
"""
"""The first of those there puts the hands up, four times."""
OURS = "posegames"
SLOTS = 4
"""People PoseLandmarker must be asked for, if up to four may join."""

HEADINGS = (
    "people",
    "contender",
    "capture to event, ms (95 %)",
    "ours / theirs",
    "capture to screen, ms (95 %)",
    "ours / theirs",
    "motion to event, ms (95 %)",
    "sightings/s",
    "pictures/s",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Who is there, and how many people the tutorials' loop looks for."""

    people: int
    slots: int

    @property
    def name(self) -> str:
        """As figures call it."""
        return f"{self.people} there, {self.slots} looked for"


CASES = (Case(1, 1), Case(1, SLOTS), Case(2, SLOTS), Case(4, SLOTS))
"""The first is the best that can happen to a tutorial: one person, who is all it looks for."""


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return, for each case, how late each contender was, and our ratio to the others.

    PoseLandmarker takes part where its use has been accepted (see `consented`); the same loop with our estimator
    tells what comes of the way, and not of the estimator.
    """
    figures: Figures = {}
    for number, case in enumerate(CASES):

        def tell(name: str, share: float, number: int = number, case: Case = case) -> None:
            progress(f"{case.name}: {name}", (number + share) / len(CASES))

        if plan.source is None:
            stage = StageSource(parse_play(PLAY), actors=case.people, size=SIZE, seed=plan.seed)
            with stage:
                frames = [stage.frame(i) for i in range(int(SECONDS * stage.rate))]
        else:
            frames = read(plan.source, clock, int(SECONDS * 30))
        figures[case.name] = contend(case, frames, clock, rounds=plan.rounds, seconds=SECONDS, progress=tell)
    return figures


def contend(
    case: Case, frames: Sequence[Frame], clock: Clock, *, rounds: int, seconds: float, progress: Progress
) -> Figures:
    """Return how late each contender was with what a webcam films, again and again: `frames`."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="posegames-")))
        shoot(folder, frames)
        window = stack.enter_context(open_window(Settings(headless=True)))
        makes = {"our estimator in the tutorial's loop": "blazepose"}
        if consented("mediapipe"):
            makes["tutorial's loop"] = "mediapipe"
        takes: dict[str, Callable[[], Turn]] = {
            OURS: partial(playing.play, folder, case.slots, window, clock, seconds)
        }
        for name, kind in makes.items():
            estimator = stack.enter_context(make_estimator(kind, players=case.slots))
            takes[name] = partial(tutorial.follow, estimator, folder, window, clock, seconds)
        turns = _turns(takes, rounds, progress)
    onsets = onsets_of([frame.truth for frame in frames])
    return report(turns, onsets, len(frames))


def _turns(takes: dict[str, Callable[[], Turn]], rounds: int, progress: Progress) -> dict[str, list[Turn]]:
    """Let everybody have a turn, `rounds` times; who begins changes from round to round."""
    names = list(takes)
    turns: dict[str, list[Turn]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for place, name in enumerate(names[first:] + names[:first]):
            progress(name, (number + place / len(names)) / rounds)
            turns[name].append(takes[name]())
    return turns


def report(turns: dict[str, list[Turn]], onsets: Sequence[int], length: int) -> Figures:
    """Return the figures of all turns, in milliseconds, and how ours relate to the others' (below 1: earlier)."""
    figures: Figures = {
        "contenders": {name: _contender(theirs, onsets, length) for name, theirs in turns.items()},
        "ratio": {},
    }
    for name, theirs in turns.items():
        if name != OURS:
            figures["ratio"][f"{OURS} / {name}"] = {
                "capture_to_event": _ratio(turns[OURS], theirs, lambda turn: turn.to_event),
                "capture_to_screen": _ratio(turns[OURS], theirs, lambda turn: turn.to_screen),
            }
    return figures


def _contender(turns: Sequence[Turn], onsets: Sequence[int], length: int) -> Figures:
    seconds = sum(turn.seconds for turn in turns)
    seen = [each for turn in turns for each in turn.seen]
    rules = sorted({rule for turn in turns for rule in turn.raised})
    raised = {rule: [late for turn in turns for late in turn.from_motion(rule, onsets, length)] for rule in rules}
    return {
        "capture_to_event": _spread([late for turn in turns for late in turn.to_event]),
        "capture_to_screen": _spread([late for turn in turns for late in turn.to_screen]),
        "motion_to_event": {rule: _spread(late) | {"events": len(late)} for rule, late in raised.items()},
        "sightings_a_second": round(len(seen) / max(seconds, 1e-9), 2),
        "pictures_a_second": round(sum(turn.shows for turn in turns) / max(seconds, 1e-9), 2),
        "way": {part: _spread([each.way[part] for each in seen]) for part in (seen[0].way if seen else {})},
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"p50": quantile(values, 0.5), "p95": quantile(values, 0.95)}


def _ratio(ours: Sequence[Turn], theirs: Sequence[Turn], what: Callable[[Turn], list[float]]) -> float:
    """Return the median over the rounds of the ratio of medians: neighbours in time are compared."""
    mine, others = (
        Standing(tuple(quantile(what(turn), 0.5) or float("nan") for turn in turns)) for turns in (ours, theirs)
    )
    return round(mine.ratio(others), 3)


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for case, measured in figures.items():
        for name, row in measured["contenders"].items():
            ratio = measured["ratio"].get(f"{OURS} / {name}", {})
            cells = [case, name]
            for what in ("capture_to_event", "capture_to_screen"):
                cells.append(f"{row[what]['p50']:.0f} ({row[what]['p95']:.0f})")
                cells.append(f"{ratio[what]:.2f}" if ratio else "")
            motion = row["motion_to_event"].get(tutorial.RULE)
            cells.append(f"{motion['p50']:.0f} ({motion['p95']:.0f})" if motion else "")
            cells += [f"{row['sightings_a_second']:.0f}", f"{row['pictures_a_second']:.0f}"]
            rows.append(tuple(cells))
    return Sheet(HEADINGS, rows)
