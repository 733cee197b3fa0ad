"""Built bodies before a recogniser that knows them: their profile, sensitivity, range."""

from __future__ import annotations

from bodies import Moves, sighting
from motions import Script

from posegames.events import BodyEvent, Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.profiles import Tuning
from posegames.players.roster import Roster

HANGING: Moves = {"left_elbow": (0.42, -0.45), "left_wrist": (0.45, 0.05), "right_elbow": (-0.42, -0.45),
                  "right_wrist": (-0.45, 0.05)}  # fmt: skip
UP: Moves = {"left_elbow": (0.45, -1.5), "left_wrist": (0.45, -2.0), "right_elbow": (-0.45, -1.5),
             "right_wrist": (-0.45, -2.0)}  # fmt: skip


def played(script: Script, seconds: float = 4.5, tuning: Tuning | None = None, hz: int = 20) -> list[Gesture]:
    roster, recogniser, events = Roster(), Recogniser(GESTURES, tuning or Tuning()), list[BodyEvent]()
    for number in range(round(seconds * hz)):
        pose, time = script(number / hz), number / hz
        players = roster.update(sighting(time, *([pose] if pose else []), number=number), time)
        events += recogniser.update(players, time)
    return [e for e in events if isinstance(e, Gesture)]


def names(gestures: list[Gesture]) -> set[str]:
    return {
        e.gesture for e in gestures if e.phase in ("on", "pulse") or (e.phase == "value" and abs(e.value) > 0.5)
    }
