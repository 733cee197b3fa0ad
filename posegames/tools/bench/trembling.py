"""How much a still body trembles, and how late a reaching hand is: against the truth, where that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from posegames.body.joints import Joint
from posegames.body.measure import torso_length
from posegames.body.pose import Floats, Pose

BLIND = 0.1
"""Seconds out of sight that spoil a reach."""
SETTLING = 60
"""Pictures that pass before trembling counts: trackers settle, players join."""
LEAP = 20.0
"""Per cent of a torso that a joint of somebody still moves from one picture to the next when it is mistaken for
something else: no trembling, and counted by itself."""
_LATEST, _STEP = 0.150, 0.001
"""Seconds: delays that are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One body at one time, as a contender has it; and as it really was, where that is known."""

    time: float
    pose: Pose
    truth: Pose | None


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

    The gain is free: a hand that is seen a little short is not late. None where the body was out of sight for
    longer than `BLIND`, or where it is not the hand that was seen (a gain below a half).
    """
    span = [s for s in seen if start <= s.time <= end and s.truth is not None]
    if max(np.diff([start, *(s.time for s in span), end])) > BLIND:
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
