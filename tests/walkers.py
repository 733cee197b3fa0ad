"""People who walk about by a plain script, sampled at any rate: the same world for every one of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from bodies import standing
from numpy.typing import NDArray

from posegames.body.measure import TORSO
from posegames.body.pose import Pose
from posegames.seeing.sighting import Frame, Picture, Sighting

ASPECT = 16 / 9
HEIGHT, WIDTH = 90, 160
BEHIND = 0.6
"""Torso lengths between two, below which the farther one is not seen."""
SWAY = 0.025
"""Frame heights; nobody stands quite still."""
SHIRTS = ((40, 40, 200), (200, 90, 40), (60, 170, 50), (40, 200, 220), (30, 30, 35), (230, 230, 235))
"""Blue, green, red."""


@dataclass(frozen=True)
class Walker:
    """Somebody, and where they are when; a lower index stands nearer the camera."""

    shirt: int
    stops: tuple[tuple[float, float], ...]
    """(seconds, x in frame heights), in order; they walk straight from one to the next."""
    away: tuple[tuple[float, float], ...] = ()
    """From when until when they are not in sight."""
    torso: float = 0.2

    def place(self, time: float) -> float | None:
        """Return x, or None while they are away or outside the picture."""
        if any(begin <= time < end for begin, end in self.away):
            return None
        times, places = zip(*self.stops, strict=True)
        x = float(np.interp(time, times, places)) + SWAY * math.sin(2 * math.pi * time + self.shirt)
        return x if 0 <= x <= ASPECT else None


def picture(bodies: Sequence[tuple[Pose, int]]) -> Picture:
    """Return a small picture of people in patterned clothes before a wall, the last one nearest."""
    made = _pattern(99) + 130
    for pose, shirt in bodies:
        left, top = np.maximum(np.rint(pose.xy[list(TORSO)].min(axis=0) * HEIGHT), 0).astype(int)
        right, bottom = np.maximum(np.rint(pose.xy[[25, 26]].max(axis=0) * HEIGHT), 0).astype(int)
        there = made[top : bottom + 1, max(0, left - 1) : right + 2]
        there[:] = np.clip(np.array(SHIRTS[shirt]) + _pattern(shirt)[: len(there), : there.shape[1]], 0, 255)
    return made.astype(np.uint8)


@cache
def _pattern(seed: int) -> NDArray[np.int16]:
    """Return blocks of light and shade (HEIGHT, WIDTH, 3)."""
    blocks = np.random.default_rng(seed).integers(-30, 31, (HEIGHT // 5, WIDTH // 5, 1)).astype(np.int16)
    return blocks.repeat(5, axis=0).repeat(5, axis=1).repeat(3, axis=2)


def seen(walkers: Sequence[Walker], time: float) -> dict[int, float]:
    """Return who is in sight at `time`: index and x."""
    here = {i: x for i, walker in enumerate(walkers) if (x := walker.place(time)) is not None}
    return {
        i: x
        for i, x in here.items()
        if all(abs(x - y) > BEHIND * walkers[j].torso for j, y in here.items() if j < i)
    }


def moments(walkers: Sequence[Walker], rate: float, seconds: float, *, colours: bool = True) -> Iterator[Sighting]:
    """Yield what an estimator that makes no mistakes, and follows nobody, would see."""
    for number in range(round(seconds * rate)):
        time = number / rate
        here = seen(walkers, time)
        bodies = [
            (standing(here[i], torso=walkers[i].torso), walkers[i].shirt) for i in sorted(here, reverse=True)
        ]
        frame = Frame(picture(bodies), time, number) if colours else None
        yield Sighting(time, number, tuple(pose for pose, _ in bodies), ASPECT, frame)


def clear(walkers: Sequence[Walker], time: float, *, since: float, apart: float) -> list[int]:
    """Return who has been in sight for `since` seconds with nobody within `apart` torso lengths."""
    found = []
    for i, walker in enumerate(walkers):
        moments_ = [time - step * since / 10 for step in range(11)]
        places = [seen(walkers, moment) for moment in moments_]
        if all(
            i in here
            and all(
                abs(here[i] - x) >= apart * walker.torso
                for j, other in enumerate(walkers)
                if j != i and (x := other.place(moment)) is not None
            )
            for moment, here in zip(moments_, places, strict=True)
        ):
            found.append(i)
    return found


def nearest(places: dict[int, float], x: float) -> int:
    """Return which of `places` is the nearest to `x`."""
    return min(places, key=lambda key: math.fabs(places[key] - x))
