"""The coach: listens to the recogniser, looks at the same bodies, and tells repetitions.

    happened = recogniser.update(players, now)
    repetitions = coach.update(recogniser.newest, happened)

A repetition counts when its gesture is told, neither more often nor less: the recogniser decides, the coach
explains. A gesture that is told when it begins counts when the body is back. What came back to rest without having
been told, and was near enough to it, is told as one that does not count. A scene that listens `only` to some
gestures must listen to those of its exercises.
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
TRY, BARELY = 0.7, 0.5
"""Share of all that is asked which makes an attempt, and of each part: less is shifting one's weight."""
STAYED, NEAR = 0.25, 0.08
"""Torso lengths within which it ends where it began, and the share of their distance to the camera by which they
may be away from home meanwhile: whoever goes elsewhere walks."""
LONG = 8.0
"""Seconds after which it is none any more: whoever stands there holds a posture."""
GRACE = 0.4
"""Seconds at rest until it is clear that no event comes: the gestures wait for 0.2, and slow trackers see ten
times a second."""
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
        self._doubtful: list[Attempt] = []
        """What was not enough, until it is clear that it was not a part of something else."""

    def see(self, posture: Posture, memory: Memory, told: dict[str, Phase]) -> Iterator[Repetition]:
        over = [attempt for watch in self._watches for attempt in watch.see(posture, memory, told)]
        for attempt in over:
            if attempt.told:
                yield self._repetition(posture.time, attempt)
        self._doubtful = [*self._doubtful, *(attempt for attempt in over if not attempt.told)]
        yield from self._decide(posture.time, [attempt for attempt in over if attempt.told])

    def _decide(self, time: float, counted: list[Attempt]) -> Iterator[Repetition]:
        """Yield the attempts that were not enough for what they most were, and not a part of what counted."""
        under_way = [a for watch in self._watches if (a := watch.attempt) and time - a.start < LONG]
        waiting = []
        for attempt in self._doubtful:
            more = (other for other in self._doubtful if other.reached > attempt.reached)
            if any(attempt.overlaps(other) for other in (*counted, *more)):
                continue
            if any(attempt.overlaps(other) for other in under_way):
                waiting.append(attempt)
            else:
                yield self._repetition(time, attempt)
        self._doubtful = waiting

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
        self.attempt: Attempt | None = None
        """What is under way."""
        self._tail = False
        """Whether it has been told, and the body is still on its way back."""
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
            yield from self._tell(posture, phase)

    def _follow(self, posture: Posture, memory: Memory, shares: list[float]) -> Iterator[Attempt]:
        attempt, time, way = self.attempt, posture.time, together(shares)
        if way < STIR:
            self._still = time
        elif attempt and self._still <= attempt.start:
            attempt.end = time
        if way >= REST and (attempt or min(shares) >= STIR):  # somebody may stand with one foot behind
            if attempt is None:
                start = max(self._still, time - SOON)
                attempt = self.attempt = Attempt(self._exercise, start, posture, posture.place, doubted=self._tail)
            attempt.take(posture, memory, shares)
            return
        self._tail = False
        if attempt and attempt.told:
            yield from self.end()
        elif attempt and time - attempt.away >= GRACE:
            self.attempt = None
            if self._tried(attempt, posture):
                yield attempt

    def _tried(self, attempt: Attempt, posture: Posture) -> bool:
        """Whether what is over without having been told was an attempt all the same, and it is known why."""
        enough = attempt.reached >= TRY and min(attempt.best) >= BARELY and attempt.faults(counts=False)
        alone = self._elsewhere < attempt.start - ECHO and not attempt.doubted
        stayed = abs(posture.place - attempt.place) / posture.torso < STAYED and attempt.advanced < NEAR
        return bool(enough) and alone and stayed and self._exercise.brief <= attempt.seconds <= LONG

    def _tell(self, posture: Posture, phase: Phase) -> Iterator[Attempt]:
        if self.attempt and self.attempt.told:
            yield from self.end()  # another one before the way back was seen
        if self.attempt is None:  # it was decided by what the coach does not look at: no legs are seen at a desk
            self.attempt = Attempt(self._exercise, posture.time, posture, posture.place, posture.time, depth=1.0)
        self.attempt.told = True
        if phase == "pulse":
            self._tail = True
            yield from self.end()

    def end(self) -> Iterator[Attempt]:
        """Yield what has counted and was not told yet; forget the rest."""
        attempt, self.attempt = self.attempt, None
        if attempt and attempt.told:
            yield attempt
