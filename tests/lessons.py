"""Somebody on the stage who shows a gesture, seen by whoever, however: what teaching is tested with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
from bodies import sighting

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.taught.gesture import Taught
from posegames.gestures.taught.live import TaughtRow
from posegames.gestures.taught.motion import LIMBS, STEPS, Clip
from posegames.gestures.taught.rivals import Act, acts
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

Change = Callable[[Pose], Pose]

TUCK = ("pose left_upper=130 left_fore=60 trunk=10 seconds=1.1",
        "pose left_upper=124 left_fore=66 trunk=12 seconds=1.2",
        "pose left_upper=136 left_fore=55 trunk=8 seconds=1")  # fmt: skip
SHAPE = ("pose left_upper=160 left_fore=40 right_upper=40 right_fore=130 seconds=2",
         "pose left_upper=152 left_fore=48 right_upper=46 right_fore=123 seconds=2",
         "pose left_upper=165 left_fore=40 right_upper=35 right_fore=136 seconds=2.2")  # fmt: skip


def script(moves: Sequence[str], times: int = 4, gap: float = 3.0) -> str:
    """Return a play of `times` repetitions, by turns of `moves`, `gap` seconds from one to the next."""
    lines = (f"{1.2 + number * gap} 1 {moves[number % len(moves)]}" for number in range(times))
    return f"seconds {1 + times * gap}\nactors 1\n" + "\n".join(lines)


def seen(
    text: str, hz: float = 15, change: Change = lambda pose: pose, speed: float = 1.0
) -> list[tuple[Player, ...]]:
    """Return the players in a play as a roster knows them, after `change` has been done to every body.

    `speed` is how many times faster than it should be it is played.
    """
    play = parse_play(text)
    stage, roster, looks = Choreography(play, actors=1), Roster(1), []
    for number in range(int(play.seconds * hz / speed)):
        time = number / hz
        looks.append(roster.update(sighting(time, *map(change, stage.at(time * speed)), number=number), time))
    return looks


@cache
def everything() -> tuple[Act, ...]:
    """Return the acts to tell taught gestures from: two seconds of work, done once a process."""
    return acts()


def told(taught: Taught, looks: Sequence[tuple[Player, ...]]) -> list[Gesture]:
    """Return what a recogniser tells of a taught gesture, without the confidences in between."""
    recogniser, events = Recogniser((TaughtRow.of(taught),)), []
    for players in looks:
        events += recogniser.update(players, max((player.seen for player in players), default=0))
    return [event for event in events if isinstance(event, Gesture) and event.phase != "value"]


def mirrored(pose: Pose) -> Pose:
    """Return the body with left and right exchanged, as in a picture a camera has mirrored."""
    return pose.flipped(16 / 9)


def child(pose: Pose) -> Pose:
    """Return the body half as large, elsewhere, with shorter legs and arms beside its trunk, and a larger head."""
    parts = {"SHOULDER": ("ELBOW", 0.85), "ELBOW": ("WRIST", 0.85), "HIP": ("KNEE", 0.75), "KNEE": ("ANKLE", 0.75)}
    xy = pose.xy.astype(float)
    for side in ("LEFT", "RIGHT"):
        for start, (end, share) in parts.items():
            one, other = Joint[f"{side}_{start}"], Joint[f"{side}_{end}"]
            xy[other] = xy[one] + share * (pose.xy[other] - pose.xy[one])
    return replace(pose, xy=(xy - (0.9, 0.5)) * 0.5 + (1.2, 0.6))


def trembling(hz_seed: int = 0) -> Change:
    """Return what makes joints tremble as real estimates do: by 0.2 % of the picture's height."""
    rng = np.random.default_rng(hz_seed)
    return lambda pose: replace(pose, xy=pose.xy + rng.normal(0, 0.002, pose.xy.shape))


def wave(speed: float = 1.0, limb: int = 0, size: float = 1.0, late: float = 0.0) -> Clip:
    """One limb goes round, the others hang."""
    limbs = np.zeros((STEPS, LIMBS, 2))
    limbs[..., 1] = -1
    turn = size * np.sin(np.pi * np.clip(np.linspace(0, 1, STEPS) ** speed - late, 0, 1))
    limbs[:, limb] = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    return Clip(limbs, np.ones((STEPS, LIMBS)), 1.0)


def apart(events: Sequence[Gesture], least: float) -> bool:
    """Whether each came at least `least` seconds after the one before."""
    return all(later.t - earlier.t >= least for earlier, later in pairwise(events))
