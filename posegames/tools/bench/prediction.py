"""How near the drawn skeleton is to the body, by the moment it is drawn: with prediction, and without.

On the stage, where the truth is known for every moment. The delay between a picture and its sighting is given, not
measured, and no clock is read: the same figures come out on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.errors import UsageError
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.stage import StageSource, parse_stage
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

DELAYS = (0.033, 0.050, 0.066, 0.080)
"""Seconds from a picture to its sighting, and none of waiting for the screen: up to 33 ms more of that follow."""
HZ = 60
"""Pictures a second on the screen."""
PLAYS = (
    "stage:dance?actors=2&size=640x480",
    "stage:gestures?size=640x480",
    "stage:tag?actors=2&size=640x480",
)
"""Nobody crosses in them, so that it is plain who is who."""
STILL = "stage:still?actors=1&size=640x480"
SURE = 0.5
"""Confidence from which a joint is compared, and is one that is seen."""
SHORTEST = 2 * HZ
"""Pictures on the screen with fewer than which nothing is said."""


@dataclass(slots=True)
class Off:
    """What is drawn against the truth, in torso lengths: squares of distances, joint by joint."""

    plain: float = 0.0
    predicted: float = 0.0
    joints: int = 0
    drawn: dict[int, list[tuple[Floats, Floats]]] = field(default_factory=dict)
    """By player: all that was drawn, without prediction and with it, in torso lengths."""

    def add(self, player: Player, truth: Pose) -> None:
        """Compare what is drawn of `player` with where they are by now."""
        both = (player.pose.confidence >= SURE) & (truth.confidence >= SURE)
        plain, predicted = (
            float(((pose.xy[both] - truth.xy[both]) ** 2).sum()) / player.torso**2
            for pose in (player.pose, player.shown)
        )
        self.plain += plain
        self.predicted += predicted
        self.joints += int(both.sum())
        self.drawn.setdefault(player.number, []).append(
            (player.pose.xy / player.torso, player.shown.xy / player.torso)
        )

    def jitter(self) -> tuple[float, float]:
        """Return by how much a joint moves from picture to picture, without prediction and with it (RMS)."""
        moved = np.concatenate([np.diff(np.array(pictures), axis=0) for pictures in self.drawn.values()])
        plain, predicted = (float((moved[:, which] ** 2).sum(axis=-1).mean() ** 0.5) for which in (0, 1))
        return plain, predicted

    def figures(self) -> Figures:
        """Return the errors in torso lengths (RMS), and their ratio."""
        without, with_ = _rms(self.plain, self.joints), _rms(self.predicted, self.joints)
        return {
            "without": round(without, 4),
            "with": round(with_, 4),
            "with / without": round(with_ / max(without, 1e-9), 3),
            "joints": self.joints,
        }


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:  # noqa: ARG001 - it needs none
    """Return the errors for each play and delay, all plays together, and how calm somebody who stands still is.

    Raises UsageError for a source that is no stage: nobody knows the truth about it.
    """
    plays = PLAYS if plan.source is None else (plan.source,)
    figures: Figures = {"plays": {}, "all": {}, "still": {}}
    total = {delay: Off() for delay in DELAYS}
    for number, spec in enumerate((*plays, STILL)):
        source = _stage(spec, plan.seed)
        sightings = list(_sightings(source, spec, progress, number, len(plays) + 1))
        for delay, off in compare(source, sightings).items():
            name = f"{round(delay * 1000)} ms"
            if spec == STILL:
                figures["still"][name] = dict(zip(("without", "with"), _rounded(off.jitter()), strict=True))
                continue
            figures["plays"].setdefault(spec, {})[name] = off.figures()
            total[delay].plain += off.plain
            total[delay].predicted += off.predicted
            total[delay].joints += off.joints
    figures["all"] = {f"{round(delay * 1000)} ms": off.figures() for delay, off in total.items()}
    return figures


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = [
        (play, delay, f"{row['without']:.3f}", f"{row['with']:.3f}", f"{row['with / without']:.2f}")
        for play, delays in (*figures["plays"].items(), ("all", figures["all"]))
        for delay, row in delays.items()
    ]
    rows += [
        ("standing still: from picture to picture", delay, f"{row['without']:.4f}", f"{row['with']:.4f}", "")
        for delay, row in figures["still"].items()
    ]
    headings = ("off by, in torso lengths", "delay", "without prediction", "with it", "with / without")
    return Sheet(headings, rows)


def compare(source: StageSource, sightings: Sequence[Sighting]) -> dict[float, Off]:
    """Return, for each delay, how far what a screen of 60 Hz shows of `sightings` is off the truth."""
    ticks = np.arange(sightings[0].time, sightings[-1].time, 1 / HZ)
    truths = [source.choreography.at(float(now)) for now in ticks]
    return {delay: _delayed(sightings, ticks, truths, delay) for delay in DELAYS}


def _delayed(sightings: Sequence[Sighting], ticks: Floats, truths: Sequence[Sequence[Pose]], delay: float) -> Off:
    off, roster, given = Off(), Roster(), 0
    for now, truth in zip(ticks.tolist(), truths, strict=True):
        newest = None
        while given < len(sightings) and sightings[given].time + delay <= now:
            newest, given = sightings[given], given + 1
        for player in roster.update(newest, now):
            if truth and not player.hidden:
                middle = player.pose.middle(TORSO)
                off.add(player, min(truth, key=lambda pose: float(np.hypot(*(pose.middle(TORSO) - middle)))))
    return off


def _sightings(source: StageSource, spec: str, progress: Progress, number: int, of: int) -> Iterator[Sighting]:
    """Yield what our estimator sees of the play, once; without pictures, which would fill the memory."""
    seconds = source.choreography.play.seconds
    with source, make_estimator("blazepose") as estimator:
        for _ in range(int(seconds * source.rate)):
            if (frame := source.read()) is None:
                return
            progress(spec, (number + frame.time / seconds) / of)
            yield Sighting(frame.time, frame.number, estimator.estimate(frame), frame.aspect)


def _stage(spec: str, seed: int) -> StageSource:
    if spec.partition(":")[0].partition("?")[0] != "stage":
        raise UsageError(f"{spec!r} does not know who really stands where.", now="Name a play: stage:dance")
    return parse_stage(spec, seed=seed)


def _rms(squares: float, count: int) -> float:
    return float(np.sqrt(squares / max(1, count)))


def _rounded(values: tuple[float, float]) -> list[float]:
    return [round(value, 5) for value in values]
