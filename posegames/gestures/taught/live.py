"""Taught gestures while playing: a row of the table for each, with a watch for every player."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from posegames.body.pose import Floats
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import Held, News, Watch, hushed
from posegames.gestures.taught.features import Shape
from posegames.gestures.taught.gesture import Taught
from posegames.gestures.taught.motion import Motion, limbs_of
from posegames.gestures.taught.moves import MoveModel
from posegames.gestures.taught.poses import PoseModel
from posegames.gestures.taught.spans import LONGEST, Spans

ENTER, EXIT = 0.5, 0.35
"""Confidence at which a pose goes on, and below which it goes off."""
HOLD, LINGER = 0.25, 0.1
"""Seconds a pose is held before it is believed, and a doubt is forgiven."""
CHANGE = 0.05
"""A confidence is sent when it differs by as much from the one sent last: it is only looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class TaughtRow:
    """A taught gesture as a row of the table.

    A pose goes on and off, a move is a pulse; both with the confidence as their value. Besides, each sends its
    confidence as phase "value" whenever it changes: of a pose always, of a move when one may have been done.
    """

    name: str
    blurb: str
    model: MoveModel | PoseModel
    unless: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, taught: Taught) -> Self:
        """Return the row of a gesture."""
        return cls(taught.name, taught.blurb, taught.model)

    def watch(self, louder: Sequence[Watch] = ()) -> Watch:
        """Return a fresh watch."""
        if isinstance(self.model, PoseModel):
            return _Poses(self.name, self.model, louder)
        return _Moves(self.model, louder)


class _Shown:
    """Tells a confidence when it has changed."""

    def __init__(self) -> None:
        self._sent = 0.0

    def tell(self, confidence: float) -> list[News]:
        if abs(confidence - self._sent) < CHANGE and (confidence or not self._sent):
            return []
        self._sent = confidence
        return [("value", confidence)]


class _Poses:
    """Watches for one pose."""

    def __init__(self, name: str, model: PoseModel, louder: Sequence[Watch]) -> None:
        self._name, self._model = name, model
        self._confidence, self._shown = 0.0, _Shown()
        row = Held(
            name=name, blurb="", needs=(), measure=self._measure, enter=ENTER, exit=EXIT, hold=HOLD, linger=LINGER
        )
        self._held = row.watch(louder)

    @property
    def busy(self) -> bool:
        return self._held.busy

    def see(self, posture: Posture, memory: Memory) -> list[News]:
        news = [(phase, self._confidence) for phase, _ in self._held.see(posture, memory)]
        return [*self._shown.tell(self._confidence), *news]

    def end(self) -> list[News]:
        return [*self._shown.tell(0.0), *self._held.end()]

    def _measure(self, posture: Posture, _memory: Memory) -> float:
        self._confidence = self._model.confidence(Shape.of_posture(posture))[self._name]
        return self._confidence


class _Moves:
    """Watches for one move: compares only when a motion has come to an end, or back to where it began."""

    busy = False

    def __init__(self, model: MoveModel, louder: Sequence[Watch]) -> None:
        self._model, self._louder = model, louder
        self._spans, self._shown = Spans(), _Shown()
        self._past: deque[tuple[float, Floats, Floats]] = deque()

    def see(self, posture: Posture, memory: Memory) -> list[News]:
        time, (limbs, seen) = posture.time, limbs_of(posture)
        self._past.append((time, limbs, seen))
        while self._past[0][0] < time - LONGEST - 0.5:
            self._past.popleft()
        least, most = self._model.tempo
        best, end = -math.inf, time
        for span in self._spans.see(time, (limbs, seen)):
            if least <= span.end - span.start <= most:
                sure = self._model.confidence(self._motion().clip(span.start, span.end))
                best, end = max((best, end), (sure, span.end))
        if best < 0:
            return []
        news = self._shown.tell(best)
        if best >= ENTER and not memory.startled and not hushed(self._louder):
            self._spans.forget(end)
            news.append(("pulse", best))
        return news

    def end(self) -> list[News]:
        return self._shown.tell(0.0)

    def _motion(self) -> Motion:
        times, limbs, seen = zip(*self._past, strict=True)
        return Motion(np.array(times), np.array(limbs), np.array(seen))
