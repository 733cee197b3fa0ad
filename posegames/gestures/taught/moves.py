"""Moves by example: a few repetitions of one move, and what tells it from all else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from posegames.body.pose import Floats
from posegames.gestures.taught.dtw import Templates, weights_of
from posegames.gestures.taught.lstm import Net
from posegames.gestures.taught.motion import STEPS, Clip

Method = Literal["dtw", "lstm"]
METHODS: tuple[Method, ...] = ("dtw", "lstm")

LEAST, MOST = 0.45, 0.6
"""Between these lies the limit, whatever the examples say of it.

Taught from real clips of squats, jacks, leg raises, punches and running in place, nothing was told in any clip of
something else up to 0.55, and from 0.45 on jumping jacks of other people were."""
RIVAL = 0.8
"""The limit is at most this share of the way to the nearest other move."""
TEMPO = (0.6, 1.7)
"""How much of the time of the shortest and the longest example a move may take: 0.7 to 1.4, and more, for where it
begins and ends is not quite sure."""
KEPT = 8
"""Other moves that are remembered: the nearest ones."""
FAR = 1.5
"""Other moves that are farther away cannot be mistaken for it."""


@dataclass(frozen=True, eq=False)
class MoveModel:
    """What was learnt of one move: plain arrays. The same examples give the same model."""

    method: Method
    takes: tuple[Clip, ...]
    """The repetitions that were shown."""
    rivals: tuple[Clip, ...]
    """Other moves, those that are nearest to it."""
    either_side: bool
    """Whether the mirror image of the move is the move, too."""
    limit: float
    """How unlike the nearest example it may be (see `Templates.apart`)."""
    net: Net | None = None
    """Of the method "lstm"."""

    @classmethod
    def fit(
        cls,
        takes: Sequence[Clip],
        rivals: Sequence[Clip],
        *,
        method: Method = "dtw",
        either_side: bool = False,
        seed: int = 0,
    ) -> MoveModel:
        """Learn from `takes`, at least one, and from other moves, which may be none."""
        own = _sides(takes, both=either_side)
        templates = _templates(own)
        distances = [float(templates.apart(rival).min()) for rival in rivals]
        near = sorted(range(len(rivals)), key=distances.__getitem__)[:KEPT]
        near = [number for number in near if distances[number] < FAR]
        limit = _limit(takes, [distances[number] for number in near])
        net = Net.train(own, _others(own, rivals, both=either_side), seed=seed) if method == "lstm" else None
        return cls(method, tuple(takes), tuple(rivals[number] for number in near), either_side, limit, net)

    @cached_property
    def _own(self) -> Templates:
        return _templates(_sides(self.takes, both=self.either_side))

    @cached_property
    def _other(self) -> Templates | None:
        return Templates.of(self.rivals, self._own.weights, self._own.size) if self.rivals else None

    @property
    def tempo(self) -> tuple[float, float]:
        """Least and most seconds the move may take."""
        seconds = [take.seconds for take in self.takes]
        return TEMPO[0] * min(seconds), TEMPO[1] * max(seconds)

    def apart(self, clip: Clip) -> float:
        """Return how unlike `clip` is to the nearest example: 0 the same, 1 as unlike as standing still."""
        return float(self._own.apart(clip).min())

    def confidence(self, clip: Clip) -> float:
        """Return how sure it is that `clip` is the move, 0..1; from .5 it is."""
        least, most = self.tempo
        if not least <= clip.seconds <= most:
            return 0.0
        if self.net is not None:
            return self.net.probability(clip)
        off = self.apart(clip)
        sure = max(0.0, 1 - 0.5 * off / self.limit)
        if sure >= 0.5 and self._other is not None:
            rival = float(self._other.apart(clip).min())
            # As near to another move is undecided.
            sure = min(sure, 0.5 * rival / max(off, 1e-9))
        return sure


def leave_one_out(model: MoveModel) -> list[float]:
    """Return for each example how sure a model is that was learnt from the others (none from a single one)."""
    takes = model.takes
    if len(takes) < 2:
        return []
    return [
        MoveModel.fit(
            [*takes[:left], *takes[left + 1 :]], model.rivals, method=model.method, either_side=model.either_side
        ).confidence(take)
        for left, take in enumerate(takes)
    ]


def _sides(clips: Sequence[Clip], *, both: bool) -> list[Clip]:
    return [*clips, *(clip.mirrored() for clip in clips)] if both else [*clips]


def _templates(clips: Sequence[Clip]) -> Templates:
    weights, size = weights_of(clips)
    return Templates.of(clips, weights, size)


def _limit(takes: Sequence[Clip], rivals: Sequence[float]) -> float:
    """Return the limit: what the examples differ by (mean and two standard deviations), within bounds."""
    templates = _templates(takes)
    alike = np.array([templates.apart(take) for take in takes])
    np.fill_diagonal(alike, np.inf)
    nearest: Floats = alike.min(axis=1) if len(takes) > 1 else np.zeros(1)
    own = float(nearest.mean() + 2 * nearest.std())
    limit = min(max(own, LEAST), MOST)
    # What the examples themselves need is not taken from them: what cannot be told apart is told elsewhere.
    return max(min(limit, RIVAL * min(rivals, default=np.inf)), min(float(nearest.max()), MOST), 0.1)


def _others(own: Sequence[Clip], rivals: Sequence[Clip], *, both: bool) -> list[Clip]:
    """Return what a net learns to refuse: other moves, stillness, halves of the move, and its mirror image."""
    others = [*_sides(rivals, both=True)]
    for clip in own:
        half = STEPS // 2
        for part in (slice(0, half), slice(half, STEPS)):
            at = np.linspace(*((0, half - 1) if part.start == 0 else (half, STEPS - 1)), STEPS).round().astype(int)
            others.append(Clip(clip.limbs[at], clip.seen[at], clip.seconds))
        still = np.repeat(clip.limbs[:1], STEPS, axis=0)
        others.append(Clip(still, clip.seen, clip.seconds))
        if not both and _templates(own).apart(clip.mirrored()).min() > MOST:
            others.append(clip.mirrored())
    return others
