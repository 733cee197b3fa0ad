"""How good bodies are that follow each other in time, against the truth: before and after each step of a chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import COUNT, Joint
from posegames.body.likeness import oks
from posegames.body.pose import Floats, Pose
from posegames.body.views import COCO_17
from posegames.players.trail import SIZE_IN_TORSOS, trunks
from posegames.tools.bench.trembling import Seen, late
from posegames.tools.evaluation.points import LIMBS
from posegames.tools.identity import Claim, Score, Truth, total
from posegames.tools.looks import Look

Figures = dict[str, float | None]
Mask = NDArray[np.bool_]
Reach = tuple[float, float, Joint]
"""From when to when which hand moves."""

SHARES = (0.05, 0.1, 0.2)
"""A joint counts where it is nearer than this share of the torso's diagonal."""
NEAR = 0.5
"""OKS from which a body is somebody's, as in every exam here."""
THERE = 0.3
"""Confidence below which a joint is missing (as in likeness: what is less says nothing)."""
FEWEST = 5
"""Joints in sight, below which nobody must be found."""
REST = 0.1
"""Torso diagonals a second, below which a joint is at rest."""
PAUSE = 0.1
"""Seconds between two sightings at most from which a speed is told."""
LONG = 0.15
"""Torso diagonals a limb must measure in the picture for its length to mean anything."""

_COUNTED = np.isin(np.arange(COUNT), [joint for source in COCO_17.sources if source for joint in source])
_BONES = np.array([(near, far) for _, near, far in LIMBS[4:]])


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Who really is there."""

    pose: Pose
    """Confidence above 0 where a joint is in sight, or labelled; `track` is who it is, None where nobody knows."""
    diagonal: float
    """Of the torso, in frame heights."""


@dataclass(slots=True)
class Record:
    """What one chain made of one take, held against the truth."""

    off: list[Floats] = field(default_factory=list)
    """Of every person in every picture: (joints,) torso diagonals from the truth; inf where one is missing."""
    speeds: list[Floats] = field(default_factory=list)
    """Of joints at rest: squares of the speeds they have all the same."""
    lengths: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    """Of each limb of each actor: how long it was found, of how long it was."""
    hands: list[Seen] = field(default_factory=list)
    score: Score | None = None
    reaches: Sequence[Reach] = ()
    _before: dict[int, tuple[float, Floats, Floats, Mask]] = field(default_factory=dict)

    def add(self, actors: Sequence[Actor], look: Look) -> None:
        """Compare what is known of one picture."""
        time = look.sighting.time
        here = dict(_pairs(actors, [pose for _, pose in look.bodies]))
        for place, actor in enumerate(actors):
            counted = (actor.pose.confidence > 0) & _COUNTED
            if counted.sum() < FEWEST:
                continue
            body = here.get(place)
            if body is None:
                self.off.append(np.full(int(counted.sum()), np.inf))
                continue
            there = counted & (body.confidence >= THERE)
            away = np.hypot(*(body.xy - actor.pose.xy).T) / actor.diagonal
            self.off.append(np.where(there, away, np.inf)[counted])
            if actor.pose.track is not None:
                self._in_time(actor, actor.pose.track, body, there, time)
        if actors and all(actor.pose.track is not None for actor in actors):
            self.score = self.score or Score()
            self.score.add(Truth.of([actor.pose for actor in actors], time), _claims(look))

    def _in_time(self, actor: Actor, who: int, body: Pose, there: Mask, time: float) -> None:
        off = (body.xy - actor.pose.xy) / actor.diagonal
        real = actor.pose.xy / actor.diagonal
        then = self._before.get(who)
        if then is not None and 0 < time - then[0] <= PAUSE:
            dt = time - then[0]
            rest = there & then[3] & (np.hypot(*(real - then[2]).T) < REST * dt)
            self.speeds.append((((off - then[1])[rest] / dt) ** 2).sum(axis=1))
        self._before[who] = time, off, real, there
        if who == 1 and self.reaches:
            self.hands.append(Seen(time, body, actor.pose))
        for limb, (near, far) in enumerate(_BONES):
            real_length = float(np.hypot(*(real[far] - real[near])))
            if there[near] and there[far] and real_length >= LONG:
                length = float(np.hypot(*(body.xy[far] - body.xy[near]))) / actor.diagonal
                self.lengths.setdefault((who, limb), []).append(length / real_length)


def _pairs(actors: Sequence[Actor], bodies: Sequence[Pose]) -> Iterable[tuple[int, Pose]]:
    """Yield which actor has which body, the likest pairs first."""
    likeness = {
        (i, j): oks(actor.pose, body, actor.diagonal * SIZE_IN_TORSOS / 2, THERE)
        for i, actor in enumerate(actors)
        for j, body in enumerate(bodies)
    }
    taken: set[int] = set()
    found: set[int] = set()
    for (i, j), value in sorted(likeness.items(), key=lambda item: -item[1]):
        if value >= NEAR and i not in found and j not in taken:
            found.add(i)
            taken.add(j)
            yield i, bodies[j]


def _claims(look: Look) -> list[Claim]:
    """Return who a look says is where."""
    people = {player.number: player.person for player in look.players}
    bodies = trunks([pose for _, pose in look.bodies])
    rows = zip(look.bodies, bodies, strict=True)
    return [Claim(body.place, people.get(number, number), number) for (number, _), body in rows]


def figures(records: Sequence[Record]) -> Figures:
    """Return the figures of several takes together; None where there is nothing to tell them from.

    `PCK@...` in per cent, of all joints in sight, missing ones among them; `error`: mean distance in per cent of
    the torso's diagonal; `gaps`: joints missing, in per cent; `jitter`: standard deviation of the speed at rest,
    in per cent of the diagonal a second; `lag_ms` and `peak` of fast reaches: by how much they come later than the
    truth, and how far they get, in per cent; `bones`: standard deviation of the lengths of limbs, in per cent of
    what they are in the picture; `switches`: how often somebody was taken for somebody else.
    """
    off = np.concatenate([row for record in records for row in record.off] or [np.zeros(0)])
    speeds = np.concatenate([row for record in records for row in record.speeds] or [np.zeros(0)])
    found = off[np.isfinite(off)]
    spreads = [float(np.std(row)) for record in records for row in record.lengths.values() if len(row) > 1]
    lags = [late(record.hands, record.reaches) for record in records if record.reaches]
    peaks = [peak for record in records for peak in _peaks(record)]
    scores = [record.score for record in records if record.score is not None]
    told: dict[str, Any] = {
        **{f"PCK@{share}": _percent((off < share).mean()) if off.size else None for share in SHARES},
        "error": _percent(found.mean()) if found.size else None,
        "gaps": _percent(1 - found.size / off.size) if off.size else None,
        "jitter": _percent(np.sqrt(speeds.mean())) if speeds.size else None,
        "lag_ms": _middle([lag["lag_ms"] for lag in lags if lag["reaches"]]),
        "peak": _middle([100 * peak for peak in peaks]),
        "bones": _percent(np.mean(spreads)) if spreads else None,
        "switches": int(total(scores)["clear_switches"]) if scores else None,
    }
    return told


def _peaks(record: Record) -> Iterable[float]:
    """Yield how far each hand was seen to get, of how far it got."""
    for start, end, hand in record.reaches:
        span = [seen for seen in record.hands if start - PAUSE <= seen.time <= end + PAUSE]
        pairs = [(seen.pose.xy[hand], seen.truth.xy[hand]) for seen in span if seen.truth is not None]
        if len(pairs) > 2:
            mine, real = (np.array(way, dtype=float) for way in zip(*pairs, strict=True))
            real_way, way = (float(np.hypot(*(w - w[0]).T).max()) for w in (real, mine))
            if real_way > 0:
                yield way / real_way


def _percent(share: float | np.floating[Any]) -> float:
    return round(100 * float(share), 2)


def _middle(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None
