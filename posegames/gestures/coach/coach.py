"""The coach: listens to the recogniser, looks at the same bodies, and tells repetitions.

    happened = recogniser.update(players, now)
    repetitions = coach.update(recogniser.newest, happened)

A repetition counts when its gesture is told, neither more often nor less: the recogniser decides, the coach
explains. A gesture that is told when it begins counts when the body is back. What came back to rest without having
been told, and was near enough to it, is told as one that does not count.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from posegames.events import BodyEvent, BodySide, Gesture, Phase, PlayerLeft, Repetition
from posegames.gestures.coach.attempt import Attempt, Exercise, alike, together
from posegames.gestures.coach.exercises import EXERCISES
from posegames.gestures.memory import Memory
from posegames.gestures.posture import Posture
from posegames.gestures.rows import UNSEEN, Pulse
from posegames.gestures.table import legs

REST = 0.35
"""Share of what is asked above which a body is on its way: above where the gestures let go (a squat: 0.31)."""
STIR, SOON = 0.1, 0.5
"""Share at which it has left rest, and seconds before `REST` in which it did so at the earliest: somebody may
stand with their feet apart all the time."""
TRY = 0.6
"""Share of all that is asked which makes an attempt: less is shifting one's weight."""
BRIEF = 0.2
"""Seconds that an attempt takes at least: less is a stumble."""
LONG = 8.0
"""Seconds after which it is none any more: whoever stands there holds a posture."""
GRACE = 0.25
"""Seconds at rest until it is clear that no event comes: longer than the gestures wait (0.15)."""
ECHO = 0.8
"""Seconds after another gesture of the legs in which no attempt begins: whoever jumped lands in a crouch."""
OTHERS = frozenset(row.name for row in legs.ROWS if isinstance(row, Pulse))
"""The gestures that tell what legs did."""


class Coach:
    """Tells the repetitions of `exercises` of all players."""

    def __init__(self, exercises: Iterable[Exercise] = EXERCISES) -> None:
        self._exercises = tuple(exercises)
        self._trainees: dict[int, _Trainee] = {}

    def update(
        self, newest: Iterable[tuple[int, Posture, Memory]], happened: Iterable[BodyEvent]
    ) -> list[Repetition]:
        """Return the repetitions that are over, from whom the recogniser has just seen and what it has told."""
        told: list[Repetition] = []
        gestures: list[Gesture] = []
        for event in happened:
            match event:
                case PlayerLeft():
                    told += self._trainees.pop(event.player, _Trainee(event.player, ())).end(event.t)
                case Gesture(phase="pulse" | "on"):
                    gestures.append(event)
        for number, posture, memory in newest:
            if number not in self._trainees:
                self._trainees[number] = _Trainee(number, self._exercises)
            mine = {gesture.gesture: gesture.phase for gesture in gestures if gesture.player == number}
            told += self._trainees[number].see(posture, memory, mine)
        return told

    def end(self, now: float) -> list[Repetition]:
        """Return the repetitions whose way back nobody will see any more."""
        return [repetition for trainee in self._trainees.values() for repetition in trainee.end(now)]


class _Trainee:
    """One player: what is on its way, and how many there have been."""

    def __init__(self, number: int, exercises: tuple[Exercise, ...]) -> None:
        self._number = number
        self._watches = [_Watch(exercise) for exercise in exercises]
        self._counted = Counter[str]()
        self._depths: dict[tuple[str, BodySide], float] = {}
        """How far each side went when it last counted."""

    def see(self, posture: Posture, memory: Memory, told: dict[str, Phase]) -> Iterator[Repetition]:
        for watch in self._watches:
            for attempt in watch.see(posture, memory, told):
                yield self._repetition(posture.time, attempt)

    def end(self, now: float) -> Iterator[Repetition]:
        for watch in self._watches:
            for attempt in watch.end():
                yield self._repetition(now, attempt)

    def _repetition(self, time: float, attempt: Attempt) -> Repetition:
        name, counts = attempt.exercise.name, attempt.told
        self._counted[name] += counts
        side, symmetry = attempt.exercise.side(attempt.bottom), attempt.symmetry
        if side and counts:
            self._depths[name, side] = attempt.depth
        if side:
            other = self._depths.get((name, "left" if side == "right" else "right"), attempt.depth)
            symmetry = alike(attempt.depth, other)
        return Repetition(
            time,
            self._number,
            name,
            self._counted[name],
            counts,
            max(attempt.depth, 0.0),
            symmetry,
            attempt.faults(counts=counts),
            attempt.seconds,
            side,
        )


class _Watch:
    """One exercise of one player."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._others = OTHERS - {exercise.gesture}
        self._attempt: Attempt | None = None
        self._seen = -math.inf
        """When its joints were last seen."""
        self._elsewhere = -math.inf
        """When another gesture was last told."""
        self._still = -math.inf
        """When nothing stirred."""

    def see(self, posture: Posture, memory: Memory, told: dict[str, Phase]) -> Iterator[Attempt]:
        """Take a sighting, and the gestures told of it; yield the attempts that are over."""
        time = posture.time
        if not self._others.isdisjoint(told):
            self._elsewhere = time
        if posture.seen(self._exercise.needs):
            self._seen = time
            shares = [part.share(posture, memory) for part in self._exercise.parts]
            yield from self._follow(posture, memory, shares)
        elif time - self._seen > UNSEEN:
            yield from self.end()
        if phase := told.get(self._exercise.gesture):
            yield from self._tell(posture, memory, phase)

    def _follow(self, posture: Posture, memory: Memory, shares: list[float]) -> Iterator[Attempt]:
        attempt, time, way = self._attempt, posture.time, together(shares)
        if way < STIR:
            self._still = time
        elif attempt and self._still < attempt.start:
            attempt.end = time
        if way >= REST:
            start = max(self._still, time - SOON)
            self._attempt = attempt = attempt or Attempt(self._exercise, start, posture)
            attempt.take(posture, memory, shares)
        elif attempt and attempt.told:
            yield from self.end()
        elif attempt and time - attempt.away >= GRACE:
            self._attempt = None
            alone = self._elsewhere < attempt.start - ECHO
            if attempt.reached >= TRY and BRIEF <= attempt.seconds <= LONG and alone and not attempt.doubted:
                yield attempt

    def _tell(self, posture: Posture, memory: Memory, phase: Phase) -> Iterator[Attempt]:
        if self._attempt and self._attempt.told:
            yield from self.end()  # another one before the way back was seen
        if self._attempt is None:  # it was decided by what the coach does not look at
            self._attempt = Attempt(self._exercise, posture.time, posture)
            self._attempt.take(posture, memory, [1.0] * len(self._exercise.parts))
        self._attempt.told = True
        if phase == "pulse":
            yield from self.end()

    def end(self) -> Iterator[Attempt]:
        """Yield what has counted and was not told yet; forget the rest."""
        attempt, self._attempt = self._attempt, None
        if attempt and attempt.told:
            yield attempt
