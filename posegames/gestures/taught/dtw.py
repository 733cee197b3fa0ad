"""Dynamic time warping: how unlike two moves are when each may hurry and linger a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.pose import Floats
from posegames.gestures.taught.motion import LIMBS, STEPS, Clip

BAND = 0.2
"""How far moves may be apart in time, as a share of their length (Sakoe and Chiba 1978; usual is .15 to .2)."""
UNKNOWN = 1.0
"""What a moment costs at which less than half of what matters is seen: as much as standing still."""
STILL = 0.25
"""What a limb counts that does nothing in the move, beside one that does most: moving it makes another move."""

_REACH = round(BAND * STEPS)


def _band() -> tuple[Floats, Floats, Floats]:
    """Return (2 STEPS - 1, 2 REACH + 1) rows and columns of the band, by diagonals, and which are cells."""
    diagonal, off = np.mgrid[0 : 2 * STEPS - 1, -_REACH : _REACH + 1]
    row, column = (diagonal + off) // 2, (diagonal - off) // 2
    inside = (diagonal + off) % 2 == 0
    for place in (row, column):
        inside &= (place >= 0) & (place < STEPS)
    return np.where(inside, row, 0), np.where(inside, column, 0), inside


_ROW, _COLUMN, _INSIDE = _band()


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """Moves to compare with, made ready: K of them, all by the same weights of limbs."""

    weights: Floats
    """(LIMBS,) how much each limb counts."""
    size: float
    """How large a move is that stays away 1: the root mean square of what the limbs do."""
    seen: Floats
    """(K, LIMBS, STEPS) weights where seen, else 0."""
    limbs: Floats
    """(K, LIMBS * 2, STEPS) weighted."""
    squares: Floats
    """(K, LIMBS, STEPS) weighted."""

    @classmethod
    def of(cls, clips: Sequence[Clip], weights: Floats, size: float) -> Self:
        """Return templates of `clips`, at least one."""
        limbs = np.array([clip.limbs for clip in clips])
        seen = np.array([clip.seen for clip in clips]) * weights
        weighted = (limbs * seen[..., None]).reshape(len(clips), STEPS, -1)
        squares = (limbs**2).sum(axis=-1) * seen
        return cls(weights, size, *(part.transpose(0, 2, 1) for part in (seen, weighted, squares)))

    def apart(self, clip: Clip) -> Floats:
        """Return (K,) how unlike `clip` is to each: 0 the same, 1 as unlike as standing still is.

        Symmetric steps; the whole of both is compared.
        """
        seen, squares = clip.seen, (clip.limbs**2).sum(axis=-1) * clip.seen
        limbs = (clip.limbs * seen[..., None]).reshape(STEPS, LIMBS * 2)
        known = seen @ self.seen
        costs = squares @ self.seen + seen @ self.squares - 2 * (limbs @ self.limbs)
        scale = self.size**2
        enough = known >= 0.5 * self.weights.sum()
        costs = np.where(enough, np.maximum(costs, 0) / np.where(enough, known, 1) / scale, UNKNOWN)
        return np.sqrt(_cheapest(costs) / (2 * STEPS))


def weights_of(clips: Sequence[Clip]) -> tuple[Floats, float]:
    """Return (LIMBS,) how much each limb counts in moves that are the same, and how large the move is.

    What moves most counts most; what is not seen counts as much as it is seen.
    """
    limbs, seen = np.array([clip.limbs for clip in clips]), np.array([clip.seen for clip in clips])
    count = np.maximum(seen.sum(axis=1), 1)
    middle = (limbs * seen[..., None]).sum(axis=1) / count[..., None]
    spread = (((limbs - middle[:, None]) ** 2).sum(axis=-1) * seen).sum(axis=1) / count
    moved = spread.mean(axis=0)
    weights = (STILL + np.sqrt(moved / max(moved.max(), 1e-9))) * seen.mean(axis=(0, 1))
    size = float(np.sqrt((weights * moved).sum() / max(weights.sum(), 1e-9)))
    return weights, max(size, 1e-3)


def _cheapest(costs: Floats) -> Floats:
    """Return (K,) the costs of the cheapest ways through (K, STEPS, STEPS) costs, a step aslant counted twice.

    Diagonal by diagonal: the cells of one do not ask for each other.
    """
    band = np.where(_INSIDE, costs[:, _ROW, _COLUMN], np.inf).transpose(1, 0, 2)
    # Two diagonals with no way come before, and a cell with none on either side.
    way = np.full((len(band) + 2, len(costs), 2 * _REACH + 3), np.inf)
    way[0, :, _REACH + 1] = 0
    for number, cost in enumerate(band):
        before, last = way[number], way[number + 1]
        straight = np.minimum(last[:, :-2], last[:, 2:])
        np.minimum(straight + cost, before[:, 1:-1] + 2 * cost, out=way[number + 2, :, 1:-1])
    end: Floats = way[-1, :, _REACH + 1]
    return end
