"""Real people, real cameras: what the hand labels say happens, and what they say never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.seeing.estimators.store import ModelStore
from posegames.timing import SystemClock
from posegames.tools.track import open_reel

CLIPS = {
    # seconds of it, and which of its labels are asked for
    "squat_front_01.mp4": (5.0, "squat"),
    "jump_tuck_01a.mp4": (4.0, "jump"),
    "tpose_close_01.mp4": (4.0, "t_pose"),
    "two_squat_trainer_01.mp4": (1.9, "squat"),
    "run_in_place_01.mp4": (2.0, ""),
    "jj_portrait_01.mp4": (2.6, "jumping_jack"),
    "legraise_side_01.mp4": (1.7, "side_leg_raise"),
}
EARLY, LATE = 0.1, 0.35
"""Seconds around a label in which it may be told; a hold is part of it."""


def happened(clip: Path, seconds: float, models: ModelStore) -> list[Gesture]:
    recogniser, events = Recogniser(), list[Gesture]()
    with open_reel(
        str(clip),
        SystemClock(),
        players=2,
        model=models.folder,
        seconds=seconds,
        progress=lambda _words, _share: None,
    ) as reel:
        for look in reel.looks:
            found = recogniser.update(look.players, look.sighting.time)
            events += [e for e in found if isinstance(e, Gesture) and e.phase in ("on", "pulse")]
    return events


@pytest.mark.model
@pytest.mark.footage
@pytest.mark.parametrize("name", CLIPS)
def test_every_label_is_told_once_and_what_never_happens_never(
    name: str, models: ModelStore, footage: Path
) -> None:
    seconds, gesture = CLIPS[name]
    clip: dict[str, Any] = json.loads((footage / "labels.json").read_text())["clips"][name]
    events = happened(footage / "clips" / name, seconds, models)
    assert {e.gesture for e in events}.isdisjoint(clip["never_happens"])
    labels = [
        (label.get("crouch_start", label["start"]), label["end"])
        for label in clip["events"]
        if label["type"] == gesture and label["end"] is not None and label["end"] + LATE <= seconds
    ]
    assert bool(labels) == bool(gesture)
    times = [e.t for e in events if gesture and e.gesture.startswith(gesture)]  # of either side
    for start, end in labels:
        assert len([t for t in times if start - EARLY <= t <= end + LATE]) == 1
    assert len(times) - len(labels) <= 1  # the one that the end of the part cuts in two
