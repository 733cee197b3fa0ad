"""A crowd: people who walk about on the stage, and a witness who sees them as an estimator does, with its faults.

Thousands of sightings a second, where real estimators give thirty. The faults are those measured with BlazePose on
painted stages: who is behind somebody is lost, regions fall onto the nearer body and stray between two, numbers go
over to the wrong one or begin anew, and now and then there is a body where nobody is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.measure import TORSO, torso_length
from posegames.body.pose import Floats, Pose
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.play import Play
from posegames.seeing.stage.script import parse_play

SECONDS = 20.0
"""Of a crowd's play."""
SIZE = 256, 144
"""Pixels of the witness's pictures: enough for the colours of clothes."""
CLOTHES = (
    ((0, 159, 230), (120, 74, 47)),
    ((233, 180, 86), (78, 58, 59)),
    ((143, 191, 47), (83, 107, 107)),
    ((66, 228, 240), (94, 88, 53)),
    ((40, 40, 45), (120, 120, 125)),
    ((225, 225, 230), (60, 45, 40)),
)
"""Blue, green, red of shirt and trousers, one row an actor."""
GRACE = 0.25
"""Seconds a lost body keeps its track."""
LOOK_OUT = 0.12
"""Seconds between two searches for people."""
MERGED, ASTRAY = 0.55, 1.2
"""Torso lengths between two torsos, below which only the nearer is seen, or a region may stray to the other."""
STRAYS = 0.8
"""Times a second it does."""


_Distances = dict[int, dict[int, float]]


def crowd(seed: int, *, actors: int, seconds: float = SECONDS) -> Play:
    """Return a play by lot, in which `actors` change places, pass each other, leave and come back on any side.

    They walk between spots, one more than there are actors; whoever is away has their own spot kept.
    """
    lots = np.random.default_rng([seed, actors])
    spots = [0.5 + 0.84 * (i / actors - 0.5) for i in range(actors + 1)]
    depths = lots.permutation(np.linspace(0, 0.18 * (actors - 1), actors))
    at = {number: number - 1 for number in range(1, actors + 1)}
    lines = [f"seconds {seconds}", f"actors {actors}"]
    lines += [f"place {n} x={spots[at[n]]:.3f} depth={depths[n - 1]:.2f}" for n in at]
    time = 2.0
    while time < seconds - 7:
        one, two = (int(n) for n in lots.choice(list(at), 2, replace=False))
        length, later = float(lots.uniform(1.2, 2.6)), float(lots.uniform(0, 0.6))
        kind = lots.choice(["swap", "walk", "leave"], p=[0.5, 0.3, 0.2])
        if kind == "leave" and at[one] == one - 1:
            away = length + float(lots.uniform(0.5, 3.5))
            lines.append(f"{time:.2f} {one} leave to={lots.choice(['left', 'right'])} seconds={length:.2f}")
            lines.append(
                f"{time + away:.2f} {one} return from={lots.choice(['left', 'right'])} seconds={length:.2f}"
            )
            time += away
        elif kind == "swap":
            at[one], at[two] = at[two], at[one]
            lines.append(f"{time + later:.2f} {two} walk to={spots[at[two]]:.3f} seconds={length:.2f}")
            lines.append(f"{time:.2f} {one} walk to={spots[at[one]]:.3f} seconds={length:.2f}")
        else:
            (at[one],) = set(range(actors + 1)) - set(at.values())
            lines.append(f"{time:.2f} {one} walk to={spots[at[one]]:.3f} seconds={length:.2f}")
        time += length + later + float(lots.uniform(0.0, 1.2))
    return parse_play("\n".join(lines), name=f"crowd {seed}")


@dataclass(slots=True)
class _Region:
    """Where the witness looks for somebody."""

    track: int
    actor: int
    seen: float


class Witness:
    """Sees a play as an estimator would (see the module). The same seed always sees the same."""

    def __init__(
        self,
        play: Play,
        *,
        actors: int,
        rate: float = 30.0,
        seed: int = 0,
        equal: bool = False,
        colours: bool = True,
        hints: bool = True,
    ) -> None:
        """`equal` dresses all alike; without `colours` there are no pictures, without `hints` no track numbers."""
        self._stage = Choreography(play, actors=actors, seed=seed)
        self._seconds, self._rate = play.seconds, rate
        self._lots = np.random.default_rng([seed, 7])
        dressed = self._lots.permutation(len(CLOTHES))
        self._clothes = [CLOTHES[dressed[0 if equal else number]] for number in range(self._stage.cast)]
        self._colours, self._hints = colours, hints
        self._regions: list[_Region] = []
        self._count = 0
        self._looked = -math.inf
        self._ghost: tuple[float, Pose] | None = None
        width, height = SIZE
        tiles = self._lots.integers(90, 150, (height // 8, width // 8, 3)).astype(np.uint8)
        self._wall = tiles.repeat(8, axis=0).repeat(8, axis=1)

    def moments(self) -> Iterator[tuple[Sighting, tuple[Pose, ...]]]:
        """Yield every sighting, with the truth about it."""
        for number in range(int(self._seconds * self._rate)):
            time = number / self._rate
            actors = self._stage.actors(time)
            truth = tuple(self._stage.poses(actors))
            people = {pose.track or 0: pose for pose in truth}
            near = [actor.number for actor in reversed(actors) if actor.number in people]
            poses = self._see(people, near, time)
            frame = Frame(self._picture(people, near, time), time, number) if self._colours else None
            yield Sighting(time, number, poses, self._stage.view.aspect, frame), truth

    def _see(self, people: dict[int, Pose], near: list[int], time: float) -> tuple[Pose, ...]:
        visible = {number for number, pose in people.items() if (pose.confidence > 0).mean() >= 0.4}
        apart = _distances(people)
        held: set[int] = set()
        seen: list[_Region] = []
        for region in sorted(self._regions, key=lambda region: region.track):
            region.actor = self._astray(region.actor, apart, near)
            if region.actor in visible and region.actor not in held and self._lots.random() > 0.015:
                held.add(region.actor)
                region.seen = time
                seen.append(region)
        self._regions = [region for region in self._regions if time - region.seen < GRACE]
        if time - self._looked >= LOOK_OUT:
            self._looked = time
            found = [n for n in sorted(visible - held) if self._lots.random() < _chance(apart[n], held)]
            seen += [self._region(number, time) for number in found]
            held.update(found)
        alone = {one: {two: far for two, far in row.items() if two not in held} for one, row in apart.items()}
        poses = [self._drawn(region, people, alone) for region in seen]
        poses += self._imagined(people, time)
        return tuple(poses[i] for i in self._lots.permutation(len(poses)))

    def _astray(self, actor: int, apart: _Distances, near: list[int]) -> int:
        """Return whom the net takes for `actor`'s body, in what is left of their region."""
        for other, distance in apart.get(actor, {}).items():
            behind = near.index(other) < near.index(actor)
            if (distance < MERGED and behind) or (distance < ASTRAY and self._lots.random() < STRAYS / self._rate):
                return other
        return actor

    def _region(self, number: int, time: float) -> _Region:
        """Return where `number` was lost, or a new region."""
        region = next((r for r in self._regions if r.actor == number and r.seen < time), None)
        if region is None:
            self._count += 1
            region = _Region(self._count, number, time)
            self._regions.append(region)
        region.seen = time
        return region

    def _drawn(self, region: _Region, people: dict[int, Pose], apart: _Distances) -> Pose:
        """Return the body in `region` as it is given out: shaken, drawn to others near whom no region holds."""
        pose, lots = people[region.actor], self._lots
        torso = max(torso_length(pose), 0.02)
        xy = pose.xy + lots.normal(0, 0.015, 2) * torso + lots.normal(0, 0.012, pose.xy.shape) * torso
        for other, distance in apart[region.actor].items():
            if distance < ASTRAY and lots.random() < 0.15:
                xy += (people[other].xy - pose.xy) * lots.uniform(0.1, 0.6)
        sure = np.where(pose.confidence > 0, lots.uniform(0.75, 1.0, len(xy)), lots.uniform(0.05, 0.6, len(xy)))
        return Pose(xy, sure, track=region.track if self._hints else None)

    def _imagined(self, people: dict[int, Pose], time: float) -> list[Pose]:
        """Return a body where nobody is, now and then, for a moment."""
        lots = self._lots
        if self._ghost is None and people and lots.random() < 0.15 / self._rate:
            model = people[int(lots.choice(sorted(people)))]
            shift = (lots.uniform(-0.5, 0.5), lots.uniform(-0.1, 0.1))
            self._count += 1
            ghost = Pose(model.xy + shift, np.full(len(model.xy), 0.6), track=self._count if self._hints else None)
            self._ghost = time + float(lots.uniform(0.02, 0.25)), ghost
        if self._ghost is not None and time > self._ghost[0]:
            self._ghost = None
        return [] if self._ghost is None else [replace(self._ghost[1])]

    def _picture(self, people: dict[int, Pose], near: list[int], time: float) -> Picture:
        """Return a small picture: a wall, and the clothes of people, the nearer before the farther."""
        picture = self._wall.copy()
        light = 1 + 0.15 * math.sin(time * 0.7) + self._lots.normal(0, 0.02)
        for number in reversed(near):
            shirt, trousers = self._clothes[number - 1]
            xy = people[number].xy * SIZE[1]
            thick = torso_length(people[number]) * SIZE[1] * 0.14
            for hip, knee in ((Joint.LEFT_HIP, Joint.LEFT_KNEE), (Joint.RIGHT_HIP, Joint.RIGHT_KNEE)):
                self._fill(picture, xy[[hip, knee]], thick, trousers, light)
            self._fill(picture, xy[list(TORSO)], thick, shirt, light)
        return picture

    def _fill(
        self, picture: Picture, points: Floats, thick: float, colour: tuple[int, int, int], light: float
    ) -> None:
        low = np.maximum(points.min(axis=0) - thick, 0).astype(int)
        high = np.maximum(points.max(axis=0) + thick, 0).astype(int)
        patch: NDArray[np.uint8] = picture[low[1] : high[1], low[0] : high[0]]
        grain = self._lots.normal(0, 7, (*patch.shape[:2], 1))
        patch[:] = np.clip(np.array(colour) * light + grain, 0, 255)


def _distances(people: dict[int, Pose]) -> _Distances:
    """Return how far everybody is from everybody else, in torso lengths."""
    if not people:
        return {}
    trunks = np.stack([pose.xy[list(TORSO)] for pose in people.values()])
    middles = trunks.mean(axis=1)
    sizes = np.maximum(np.linalg.norm((trunks[:, :2] - trunks[:, 2:]).mean(axis=1), axis=1), 1e-3)
    apart = np.linalg.norm(middles[:, None] - middles, axis=2) / np.maximum(sizes[:, None], sizes)
    numbers = list(people)
    return {
        one: {two: float(apart[i, j]) for j, two in enumerate(numbers) if i != j} for i, one in enumerate(numbers)
    }


def _chance(apart: dict[int, float], held: set[int]) -> float:
    """Return how likely somebody nobody holds is found, so far from those who are."""
    nearest = min((apart[other] for other in held), default=math.inf)
    return 0.7 if nearest > ASTRAY else 0.25 if nearest > MERGED else 0.0
