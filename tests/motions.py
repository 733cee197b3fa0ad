"""Built bodies that move: crouching, leaning, rising, coming nearer; and what a recogniser makes of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from bodies import Moves, places, sighting

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.events import BodyEvent, Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster

Script = Callable[[float], Pose | None]
"""Who is seen at a time; None is nobody."""

HIP, FLOOR, EYE = 0.0, 1.6, -0.2
"""Heights in torso lengths below the hips, as they stand: of the hips, the ankles, the camera."""


def body(
    x: float = 0.9,
    y: float = 0.5,
    torso: float = 0.2,
    *,
    drop: float = 0.0,
    bend: float = 1.0,
    rise: float = 0.0,
    side: float = 0.0,
    lean: float = 0.0,
    nearer: float = 0.0,
    moved: Moves | None = None,
    without: tuple[str, ...] = (),
) -> Pose:
    """Return somebody whose hips would stand at (x, y), everything in torso lengths.

    `drop` lowers the hips over feet that stay, `bend` shortens the trunk, `rise` lifts all, `side` moves all to
    the own right, `lean` (degrees) tips the trunk to the own right, `nearer` (share) comes towards the camera.
    `without` names joints that are not seen.
    """
    xy = places(moved).copy()
    upper, turn = xy[: Joint.LEFT_HIP], np.radians(-lean)
    upper[:, 1] *= bend
    upper[:] = upper @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    xy[:, 1] += drop * np.clip((FLOOR - xy[:, 1]) / FLOOR, 0, 1)
    xy += (-side, -rise)
    xy = (xy - (0, EYE)) * (1 + nearer) + (0, EYE)
    confidence = np.ones(len(Joint))
    confidence[[Joint[name.upper()] for name in without]] = 0
    return Pose(xy * torso + (x, y), confidence)


def bump(time: float, start: float, seconds: float) -> float:
    """Return 0, in between once up to 1 and down again, smoothly."""
    share = np.clip((time - start) / seconds, 0, 1)
    return float(np.sin(np.pi * share) ** 2)


def plateau(time: float, start: float, seconds: float, ease: float = 0.3) -> float:
    """Return 0, in between 1, with smooth ends of `ease` seconds."""
    share = float(np.clip(min(time - start, start + seconds - time) / ease, 0, 1))
    return share * share * (3 - 2 * share)


def happenings(script: Script, seconds: float, hz: float = 30, *, mirrored: bool = False) -> list[BodyEvent]:
    """Play a script to a roster and a recogniser; return what happened."""
    roster, recogniser, events = Roster(), Recogniser(), list[BodyEvent]()
    for number in range(round(seconds * hz)):
        time = number / hz
        pose = script(time)
        if pose is not None and mirrored:
            pose = pose.flipped(16 / 9)
        players = roster.update(sighting(time, *([pose] if pose else []), number=number), time)
        events += recogniser.update(players, time)
    return events


def told(events: list[BodyEvent]) -> list[str]:
    """Return the gestures that came, went or happened, in order: 'duck on', 'squat pulse'."""
    return [f"{e.gesture} {e.phase}" for e in events if isinstance(e, Gesture) and e.phase != "value"]


def values(events: list[BodyEvent], gesture: str) -> list[float]:
    """Return what was sent of an analogue gesture, in order."""
    return [e.value for e in events if isinstance(e, Gesture) and e.gesture == gesture]
