"""How well an estimator repeats itself: the same still picture, again and again, under a camera's noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Frame
from posegames.tools.evaluation.accuracy import reference
from posegames.tools.evaluation.degrade import noisy
from posegames.tools.evaluation.exam import Amount
from posegames.tools.evaluation.matching import Answer
from posegames.tools.evaluation.parts import Figures, Steps, look
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Person, Scene, asked

NOISES = (0.01, 0.03)
"""Standard deviations, as shares of white: a webcam's in a bright room and in a dim one."""
RATE = 30.0
"""Pictures a second of a still film."""
STARTING = 4
"""Pictures of a film before it counts: whoever follows people has found them by then."""
LEAST = 0.5
"""Of the looks, in how many a joint must be found to have a spread: one that is hardly ever found has none."""

Track = Floats
"""(looks, K, 2) of one person: where each point was found, in diagonals of the torso; NaN where it was not."""


@dataclass(slots=True)
class _Tally:
    """What one estimator did under one noise."""

    spreads: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    looks: int = 0
    found: int = 0

    def report(self) -> dict[str, Any]:
        return {
            "spread": _summary(self.spreads),
            "steps": _summary(self.steps),
            "found": round(100 * self.found / self.looks, 2) if self.looks else None,
        }


class Repeatability:
    """Precision, as the papers call it (see `Part`)."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        points: Points,
        estimators: Mapping[str, Estimator],
        amount: Amount,
        *,
        seed: int = 0,
    ) -> None:
        """Take still pictures of people."""
        self._scenes, self._points, self._estimators = scenes, points, estimators
        self._amount, self._seed = amount, seed
        self._tallies = {name: {noise: _Tally() for noise in NOISES} for name in estimators}

    def steps(self) -> Steps:
        """Look at each picture under each noise, each time afresh, and then at a film of it."""
        every = [(scene, noise) for scene in self._scenes for noise in NOISES]
        for done, (scene, noise) in enumerate(every):
            length = self._amount.film + STARTING
            pictures = self._pictures(scene, noise, max(self._amount.seeds, length))
            film = [replace(picture, case="still") for picture in pictures[:length]]
            seen = {}
            for place, (name, estimator) in enumerate(self._estimators.items()):
                words = f"picture {done // len(NOISES) + 1}, {100 * noise:g} % of noise: {name}"
                yield words, (done + place / len(self._tallies)) / len(every)
                afresh = look(pictures[: self._amount.seeds], estimator, self._points)
                seen[name] = afresh, look(film, estimator, self._points)[STARTING:]
            # All or nobody, as for accuracy.
            for name, answers in seen.items():
                self._count(self._tallies[name][noise], *answers)

    def figures(self) -> Figures:
        """Return, by noise, the spread of joints about their mean, and what they move in a film, in per cent."""
        return {
            name: {"repeatability": {f"{100 * noise:g} %": tally.report() for noise, tally in tallies.items()}}
            for name, tallies in self._tallies.items()
        }

    def _pictures(self, scene: Scene, noise: float, count: int) -> list[Scene]:
        lots = np.random.default_rng([self._seed, round(noise * 1000), scene.frame.number])

        def one(number: int) -> Scene:
            noised = noisy(scene, noise, lots)
            return replace(noised, case="", frame=Frame(noised.frame.picture, number / RATE, number))

        return [one(number) for number in range(count)]

    def _count(self, tally: _Tally, afresh: Sequence[Answer], film: Sequence[Answer]) -> None:
        for track in tracks(afresh, self._points):
            tally.looks += len(track)
            tally.found += int(np.isfinite(track[:, :, 0]).any(axis=1).sum())
            tally.spreads += spreads(track)
        for track in tracks(film, self._points):
            tally.steps += moves(track)


def tracks(answers: Sequence[Answer], points: Points) -> list[Track]:
    """Return the track of everybody who has to be found, in pictures of the same people."""
    people = [person for person in answers[0].people if asked(person, points)] if answers else []
    return [np.stack([_placed(answer, person, points) for answer in answers]) for person in people]


def _placed(answer: Answer, person: Person, points: Points) -> Floats:
    body = next((body for one, body in answer.pairs if one is person), None)
    if body is None:
        return np.full((len(points.core), 2), np.nan)
    counts = points.core & (person.labelled > 0) & (body.confidence > 0)
    return np.where(counts[:, None], body.points, np.nan) / reference(person, points)


def spreads(track: Track) -> list[float]:
    """Return the standard deviation of each joint about its mean place, over both axes."""
    known = np.isfinite(track[:, :, 0])
    there = known.sum(axis=0) >= max(2, LEAST * len(track))
    off = track[:, there] - np.nanmean(track[:, there], axis=0)
    return [float(value) for value in np.sqrt(np.nanmean((off**2).sum(axis=2), axis=0))]


def moves(track: Track) -> list[float]:
    """Return how far each joint moves from one picture to the next, root mean square."""
    steps = np.diff(track, axis=0)
    there = np.isfinite(steps[:, :, 0]).sum(axis=0) >= max(1, LEAST * len(steps))
    return [float(value) for value in np.sqrt(np.nanmean((steps[:, there] ** 2).sum(axis=2), axis=0))]


def _summary(values: Sequence[float]) -> dict[str, Any]:
    """Return the median and the 95th percentile, in per cent of the torso's diagonal."""
    if not values:
        return {"median": None, "p95": None, "joints": 0}
    middle, high = np.percentile(values, (50, 95))
    return {"median": round(100 * float(middle), 3), "p95": round(100 * float(high), 3), "joints": len(values)}
