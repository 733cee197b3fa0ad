"""What a new gesture may be mistaken for, and what is mistaken for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.table import GESTURES
from posegames.gestures.taught.gesture import Taught
from posegames.gestures.taught.live import TaughtRow
from posegames.gestures.taught.moves import MoveModel
from posegames.gestures.taught.poses import PoseModel
from posegames.gestures.taught.rivals import Act
from posegames.gestures.taught.takes import Take
from posegames.players.player import Player

Looks = Sequence[tuple[Player, ...]]
"""A recording: the players at every moment."""

LATE = 0.7
"""Seconds after a repetition in which a gesture that fires belongs to it."""
OFTEN = 0.5
"""Share of the repetitions from which a confusion is told."""


def fires(looks: Looks, takes: Sequence[Take], others: Sequence[Taught]) -> dict[str, int]:
    """Return in how many repetitions which gestures fire: posegames' own, and those taught so far."""
    recogniser = Recogniser(table=(*GESTURES, *(TaughtRow.of(other) for other in others)))
    events = [
        event
        for players in looks
        for event in recogniser.update(players, max((player.seen for player in players), default=0.0))
        if isinstance(event, Gesture) and event.phase in ("on", "pulse")
    ]
    counts: Counter[str] = Counter()
    for take in takes:
        counts.update({event.gesture for event in events if take.span.start <= event.t <= take.span.end + LATE})
    return dict(counts.most_common())


def mistaken(taught: Taught, acts: Sequence[Act], others: Sequence[Taught]) -> dict[str, int]:
    """Return which other gestures a new one fires at when they are done, and how often."""
    row, counts = TaughtRow.of(taught), Counter[str]()
    for act in acts:
        recogniser = Recogniser(table=(row,))
        events = [event for look in act.looks for event in recogniser.update((look,), look.seen)]
        counts[act.name] += any(isinstance(event, Gesture) and event.phase in ("on", "pulse") for event in events)
    for other in others:
        counts[other.name] += _alike(taught, other)
    return {name: count for name, count in counts.most_common() if count}


def _alike(taught: Taught, other: Taught) -> bool:
    match taught.model, other.model:
        case MoveModel() as mine, MoveModel() as theirs:
            return sum(mine.confidence(take) >= 0.5 for take in theirs.takes) >= OFTEN * len(theirs.takes)
        case PoseModel() as mine, PoseModel() as theirs:
            shapes = [example.shape for example in theirs.examples if example.label == other.name]
            return mine.alike(taught.name, shapes) >= OFTEN
    return False
