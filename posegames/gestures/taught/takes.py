"""Finding what is shown: which stretches of a recording are the repetitions, and what is held in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posegames.gestures.taught.dtw import Templates, weights_of
from posegames.gestures.taught.motion import Clip, Motion
from posegames.gestures.taught.spans import LOOK, RESTING, Span, all_spans, apart

SHORTEST = 0.35
"""Seconds a move takes at least: what is shorter is a twitch."""
SAME = 0.6
"""How unlike two repetitions of one move may be (see `Templates.apart`)."""
FEWEST, MOST = 3, 10
"""Repetitions that make a gesture; of more the first are taken."""
SEEDS = 24
"""Stretches that are tried as the pattern of the others."""
HELD, HELD_SHARE = 0.5, 0.3
"""Seconds, and share of the repetition, somebody rests in its midst when a pose is shown, not a move."""


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """A repetition: when it was, and what."""

    span: Span
    clip: Clip


def find_takes(motion: Motion, wanted: int | None = None) -> list[Take]:
    """Return the repetitions in a recording, in order of time: what is done most, and alike; none if nothing is.

    `wanted` is how many there should be. Of patterns that repeat the one is taken that explains most of the
    motion: halves of a move repeat as well, and so do two in a row.
    """
    takes = [
        Take(span, motion.clip(span.start, span.end))
        for span in all_spans(motion.times, motion.limbs, motion.seen)
        if span.end - span.start >= SHORTEST
    ]
    # Seconds of motion each, from home to home first.
    order = sorted(takes, key=lambda take: (not take.span.home, -take.clip.seconds))
    groups = [_like(seed, takes) for seed in _spread(order)]
    return max(groups, key=lambda group: _worth(group, wanted), default=[])[:MOST]


def _spread(order: Sequence[Take]) -> list[Take]:
    step = max(1, len(order) // SEEDS)
    return [*order[::step]]


def _worth(group: Sequence[Take], wanted: int | None) -> tuple[float, ...]:
    count, covered = len(group), sum(take.clip.seconds for take in group)
    return (
        -abs(count - wanted) if wanted else min(count, FEWEST),
        sum(take.span.home for take in group) / count > 0.5,
        round(covered / 0.7),  # much the same is the same
        count,
    )


def _like(seed: Take, takes: Sequence[Take]) -> list[Take]:
    """Return the takes that are like one, in order of time; of those that overlap, the one most like it."""
    weights, size = weights_of([seed.clip])
    pattern = Templates.of([seed.clip], weights, size)
    near = sorted(
        ((float(pattern.apart(take.clip)[0]), number) for number, take in enumerate(takes) if _tempo(seed, take)),
    )
    group: list[Take] = []
    for off, number in near:
        if off <= SAME and not any(_overlap(takes[number].span, other.span) for other in group):
            group.append(takes[number])
    return sorted(group, key=lambda take: take.span.start)


def _tempo(one: Take, other: Take) -> bool:
    return 0.5 <= one.clip.seconds / other.clip.seconds <= 2


def _overlap(one: Span, other: Span) -> bool:
    return min(one.end, other.end) - max(one.start, other.start) > 2 * LOOK


def held(motion: Motion, span: Span) -> tuple[float, float] | None:
    """Return the longest rest in the midst of a repetition, from and to; None if nothing is held in it."""
    longest, since = (0.0, 0.0), None
    bodies = list(zip(motion.times.tolist(), motion.limbs, motion.seen, strict=True))
    last = 0
    for number, (time, limbs, seen) in enumerate(bodies):
        if not span.start + LOOK < time < span.end - LOOK:
            continue
        while bodies[last + 1][0] <= time - LOOK + 1e-6 and last + 1 < number:
            last += 1
        then, *before = bodies[last]
        if apart((limbs, seen), (before[0], before[1])) > RESTING * (time - then):
            since = None
            continue
        since = then if since is None else since
        longest = max(longest, (since, time), key=lambda rest: rest[1] - rest[0])
    seconds = longest[1] - longest[0]
    return longest if seconds >= max(HELD, HELD_SHARE * (span.end - span.start)) else None


def at_rest(motion: Motion, takes: Sequence[Take]) -> list[int]:
    """Return the numbers of the looks that belong to no repetition."""
    outside = np.ones(len(motion.times), dtype=bool)
    for take in takes:
        outside &= (motion.times < take.span.start) | (motion.times > take.span.end)
    numbers: list[int] = np.flatnonzero(outside).tolist()
    return numbers
