"""What a turn of the latency bench leaves behind, whoever had it, and what is to be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.tools.bench.webcam import RATE

WARM = 2.0
"""Seconds, from the first sighting on, that are not counted: caches fill, players join."""
SURE = 0.5
"""Confidence from which the tutorial's rule believes a joint."""
NEAR = 0.8
"""Seconds from the truth within which a gesture is taken to be meant by it."""


def hands_above_nose(pose: Pose) -> bool:
    """Whether both wrists are above the nose: the gesture that tutorials begin with."""
    wrists = [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]
    return pose.seen([*wrists, Joint.NOSE], SURE) and bool((pose.xy[wrists, 1] < pose.xy[Joint.NOSE, 1]).all())


@dataclass(frozen=True, slots=True)
class Seen:
    """The way of one picture that somebody was looked for in. Seconds of the clock."""

    number: int
    captured: float
    in_hand: float
    """When the game had all that follows from it: people, gestures."""
    shown: float
    """When it, and the skeletons found in it, had first been put on the screen."""
    way: dict[str, float] = field(default_factory=dict)
    """Seconds of the parts of the way, where they are known."""


@dataclass(slots=True)
class Turn:
    """What happened in one turn, after it was warm."""

    seen: list[Seen] = field(default_factory=list)
    raised: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """By rule: capture time of the picture that decided that hands are up, and when the game heard of it."""
    shows: int = 0
    """Pictures put on the screen."""
    seconds: float = 0.0

    def raise_(self, rule: str, captured: float, now: float) -> None:
        """Note that hands went up."""
        self.raised.setdefault(rule, []).append((captured, now))

    @property
    def to_event(self) -> list[float]:
        """From capture to what the game may know by it, for each picture looked at."""
        return [seen.in_hand - seen.captured for seen in self.seen]

    @property
    def to_screen(self) -> list[float]:
        """From capture to the screen, for each picture looked at."""
        return [seen.shown - seen.captured for seen in self.seen]

    def from_motion(self, rule: str, onsets: Sequence[int], length: int) -> list[float]:
        """Return seconds from the first picture in which the hands really were up to the event.

        `onsets` are the numbers of those pictures in the film, which is `length` pictures long.
        """
        if not self.seen:
            return []
        begun = median(seen.captured - seen.number / RATE for seen in self.seen)
        late = []
        for captured, now in self.raised.get(rule, []):
            number = round((captured - begun) * RATE)
            since = [(number - onset + length // 2) % length - length // 2 for onset in onsets]
            pictures = min(since, key=abs)
            if abs(pictures) <= NEAR * RATE:
                late.append(now - captured + pictures / RATE)
        return late


def onsets_of(truth: Sequence[Sequence[Pose]]) -> list[int]:
    """Return the numbers of the pictures in which somebody's hands are up, and in the one before were not."""
    up = [any(map(hands_above_nose, poses)) for poses in truth]
    return [number for number in range(len(up)) if up[number] and not up[number - 1]]


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile in milliseconds; 0 of nothing."""
    return round(float(np.quantile(values, share)) * 1000, 2) if values else 0.0
