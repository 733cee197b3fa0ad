"""The matrix: every gesture of the stage by bodies of all sizes, near and far, at all rates, mirrored, shaken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster
from posegames.seeing.sighting import Sighting
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.play import Cue
from posegames.tools.gesturetest.bodies import ASPECT, BODIES, DISTANCES, Body, Trajectory
from posegames.tools.gesturetest.matching import Verdict, anything, judge, told
from posegames.tools.gesturetest.staged import labels, mirrored

RATES = (15.0, 30.0, 60.0)
"""Sightings a second."""
NOISES = (0.0, 0.004)
"""Standard deviations, as shares of the body's height: a joint of somebody 400 pixels tall is 1.6 pixels off."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell of the matrix."""

    body: Body
    distance: float
    rate: float
    mirrored: bool
    noise: float

    def __str__(self) -> str:
        """Say it in a line, as reports have it."""
        mirror = ", mirrored" if self.mirrored else ""
        return f"{self.body.name} at {self.distance:g} m, {self.rate:g} Hz{mirror}, noise {self.noise:.1%}"


def settings() -> list[Setting]:
    """Return all of them."""
    return [Setting(*each) for each in product(BODIES, DISTANCES, RATES, (False, True), NOISES)]


def happenings(truth: Trajectory, setting: Setting, *, seed: int) -> Iterator[Gesture]:
    """Yield what is told of a motion in a `setting`, through the roster: smoothed as in every game."""
    roster, recogniser = Roster(1, living=False), Recogniser()
    poses = truth.built(setting.body).seen(setting.distance, noise=setting.noise, seed=seed)
    for number, (time, pose) in enumerate(zip(truth.times.tolist(), poses, strict=True)):
        shown = pose.flipped(ASPECT) if setting.mirrored else pose
        players = roster.update(Sighting(time, number, (shown,), ASPECT), time)
        yield from told(recogniser.update(players, time))


def truth_of(stage: Choreography, seconds: float) -> Trajectory:
    """Return the truth of a play's one actor, as often as the fastest of `RATES`."""
    return Trajectory.of(stage, np.arange(round(seconds * RATES[-1])) / RATES[-1])


def cell(
    truth: Trajectory, cues: Sequence[Cue], moments: Mapping[Cue, float], setting: Setting, *, seed: int
) -> Verdict:
    """Return what becomes of `cues` in a `setting`: of all that `truth` (see `truth_of`) shows of them."""
    start, end = float(truth.times[0]), float(truth.times[-1])
    asked = labels([cue for cue in cues if start <= cue.time and cue.end <= end], moments)
    if setting.mirrored:
        asked = [mirrored(label) for label in asked]
    seen = truth.at(setting.rate, start, end + 1e-6)
    return judge(asked, happenings(seen, setting, seed=seed), anything)


def covering(seed: int) -> list[Setting]:
    """Return few settings, among which every two values of different kinds occur together; chosen by lot."""
    left = settings()
    np.random.default_rng(seed).shuffle(left)
    open_ = {pair for setting in left for pair in _pairs(setting)}
    chosen = []
    while open_:
        best = max(left, key=lambda setting: len(open_ & _pairs(setting)))
        open_ -= _pairs(best)
        chosen.append(best)
    return chosen


def _pairs(setting: Setting) -> set[frozenset[tuple[int, object]]]:
    values = enumerate((setting.body.name, setting.distance, setting.rate, setting.mirrored, setting.noise))
    return {frozenset(pair) for pair in combinations(values, 2)}
