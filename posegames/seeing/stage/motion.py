"""Moves in time: the way from stance to stance, and walking."""

from __future__ import annotations

import math

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.stage.moves import Ease, Move
from posegames.seeing.stage.play import Cue
from posegames.seeing.stage.stance import INDEX

_TURN = 62.0
"""Degrees a walking body turns to where it goes; the chest stays a little more with the audience."""
_STRIDE = 0.36
"""Body heights between two steps."""
_START = 0.40
"""Seconds to turn and get going."""


def smooth(share: float) -> float:
    """Return 0..1 eased at both ends; outside it stays at the ends."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)


def _eased(share: float, ease: Ease) -> float:
    if ease == "out":
        return 1 - (1 - share) ** 2
    if ease == "in":
        return share * share
    return smooth(share)


class Motion:
    """One cue, ready to be danced: its stances at their times, from rest to rest."""

    def __init__(self, cue: Cue, move: Move) -> None:
        self.cue = cue
        names = list(dict.fromkeys(name for key in move.keys for name in key.numbers))
        names += [name for name in move.swings if name not in names]
        self._where = [INDEX[name] for name in names]
        # However short the move, a held stance is reached by its middle.
        fit = min(1.0, cue.seconds / (2 * max((abs(key.after) for key in move.keys), default=0.0) + 1e-6))
        self._times = [0.0, *(key.share * cue.seconds + key.after * fit for key in move.keys), cue.seconds]
        self._eases: list[Ease] = ["smooth", *(key.ease for key in move.keys), "smooth"]
        values = np.zeros((len(move.keys) + 2, len(names)))
        weights = np.zeros_like(values)
        for row, key in enumerate(move.keys, start=1):
            values[row], weights[row] = values[row - 1], weights[row - 1]
            for name, number in key.numbers.items():
                values[row, names.index(name)], weights[row, names.index(name)] = number, 1.0
        for row in range(len(move.keys) - 1, -1, -1):  # out of rest, a number goes straight to its first value
            values[row] = np.where(weights[row] > 0, values[row], values[row + 1])
        values[-1] = values[-2]
        self._values, self._weights = values, weights
        self._swings = [(INDEX[name], swing) for name, swing in move.swings.items()]

    def apply(self, stance: Floats, time: float) -> None:
        """Bring `stance` (channels,) to where this move has it at `time` (of the play)."""
        local = time - self.cue.time
        row = max(1, next((i for i, at in enumerate(self._times) if at > local), len(self._times) - 1))
        start, end = self._times[row - 1], self._times[row]
        share = _eased(min(1.0, max(0.0, (local - start) / max(end - start, 1e-6))), self._eases[row])
        value = self._values[row - 1] * (1 - share) + self._values[row] * share
        weight = self._weights[row - 1] * (1 - share) + self._weights[row] * share
        stance[self._where] += (value - stance[self._where]) * weight
        if self._swings:
            grown = smooth(local / self._times[1]) * smooth((self.cue.seconds - local) / self._times[1])
            for place, swing in self._swings:
                turn = swing.hertz * (local - self._times[1]) + swing.turn
                stance[place] += grown * swing.size * math.sin(2 * math.pi * turn)


def stride(stance: Floats, time: float, seconds: float, distance: float) -> float:
    """Put the stance `time` seconds into a walk over `distance`; return how far it has come.

    Feet on the floor stay where they are: the steps follow the way, not the clock.
    """
    begun = smooth(time / _START) * smooth((seconds - time) / _START)
    come = smooth(time / seconds) * distance
    way = math.sin(math.radians(_TURN)) * 2 * _STRIDE
    cycles = max(1, math.ceil(abs(distance) / way - 0.15))
    step = abs(distance) / cycles / (2 * math.sin(math.radians(_TURN)))
    phase = abs(come) / (abs(distance) + 1e-9) * cycles + 0.25
    direction = math.copysign(1.0, distance)
    wanted = {"yaw": direction * _TURN, "twist": -direction * 14, "turn": -direction * 12, "hip_drop": 0.022}
    for side, offset in (("left", 0.0), ("right", 0.5)):
        front, up = _foot((phase + offset) % 1.0, step)
        swing = -front / max(step, 1e-6)
        wanted |= {
            f"{side}_front": front, f"{side}_up": up, f"{side}_out": 0.045, f"{side}_upper_front": 46 * swing,
            f"{side}_fore_front": 30 + 40 * swing, f"{side}_upper": 6, f"{side}_toe": 160 * up,
        }  # fmt: skip
    for name, value in wanted.items():
        stance[INDEX[name]] += (value - stance[INDEX[name]]) * begun
    return come


def _foot(phase: float, step: float) -> tuple[float, float]:
    """Return how far a foot is ahead of the hips, and above the floor; planted in the first half."""
    if phase < 0.5:
        return step * (0.5 - 2 * phase), 0.0
    share = (phase - 0.5) * 2
    return step * (smooth(share) - 0.5), 0.07 * math.sin(math.pi * share)
