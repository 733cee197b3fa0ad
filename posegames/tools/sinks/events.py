"""What players did, a line each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft
from posegames.gestures.recogniser import USUAL, Recogniser
from posegames.gestures.rows import Row
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.profiles import Tuning
from posegames.players.player import Player
from posegames.tools.looks import Look
from posegames.tools.sinks.base import Origin, TextSink

STILL, STILL_BEATS = 1.0, 10
"""Seconds for which a picture without time stands, and how often a body is looked at in them."""


class EventsSink(TextSink):
    """What the players did, a line each: time from the first picture, player, gesture, phase, value.

    Pictures of a folder have no time: each stands for `STILL` seconds in which nobody moves, and only what is
    held in it is told.
    """

    def __init__(self, path: Path, origin: Origin, taught: tuple[Row, ...] = (), tuning: Tuning = USUAL) -> None:
        super().__init__(path, origin)
        self._table, self._tuning = (*GESTURES, *taught), tuning

    def _begin(self) -> None:
        self._recogniser = Recogniser(self._table, self._tuning)
        self._start: float | None = None

    def put(self, look: Look) -> None:
        """Write what happened by this frame."""
        time = look.sighting.time
        self._start = time if self._start is None else self._start
        if not self._origin.named:
            self._write(self._recogniser.update(look.players, time))
            return
        for number, pose in look.bodies:
            self._write(_held_in(time, number, pose, Recogniser(self._table, self._tuning)))

    def _write(self, events: Iterable[BodyEvent]) -> None:
        for event in events:
            match event:
                case Gesture(gesture=name, phase=phase, value=value):
                    pass
                case PlayerJoined():
                    name, phase, value = "player_joined", "pulse", 1.0
                case PlayerLeft():
                    name, phase, value = "player_left", "pulse", 1.0
            line = {
                "t": round(event.t - (self._start or 0.0), 3),
                "player": event.player,
                "gesture": name,
                "phase": phase,
                "value": round(value, 3),
            }
            self._file.write(json.dumps(line, allow_nan=False) + "\n")


def _held_in(time: float, number: int, pose: Pose, recogniser: Recogniser) -> Iterator[Gesture]:
    """Yield the gestures held in a picture: on, and off before the next."""
    torso, still = torso_length(pose), np.zeros_like(pose.xy)
    held: list[Gesture] = []
    for beat in range(STILL_BEATS):
        seen = time + beat * STILL / STILL_BEATS
        player = Player(number, pose, pose, still, torso, seen)
        happened = recogniser.update((player,), seen)
        held += [event for event in happened if isinstance(event, Gesture) and event.phase == "on"]
    yield from (replace(event, t=time) for event in held)
    yield from (replace(event, t=time + STILL, phase="off") for event in held)
