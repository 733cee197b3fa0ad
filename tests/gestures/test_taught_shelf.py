from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bodies import sighting, standing
from lessons import wave

from posegames.errors import GestureError, UsageError
from posegames.gestures.posture import Posture
from posegames.gestures.taught.features import Shape
from posegames.gestures.taught.gesture import MOST_BYTES, Taught
from posegames.gestures.taught.moves import MoveModel
from posegames.gestures.taught.poses import Example, PoseModel
from posegames.gestures.taught.shelf import Broken, GestureShelf
from posegames.players.roster import Roster


def taught(name: str = "my_wave") -> Taught:
    model = MoveModel.fit([wave(), wave(1.2), wave(0.9)], [wave(limb=1)])
    return Taught(name, model, "2026-01-01T00:00:00+00:00", {"kind": "move"})


@pytest.fixture
def shelf(tmp_path: Path) -> GestureShelf:
    return GestureShelf(tmp_path / "own" / "gestures")


def test_what_is_kept_comes_back(shelf: GestureShelf) -> None:
    assert shelf.all() == ()
    path = shelf.add(taught())
    assert path.name == "my_wave.json"
    (found,) = shelf.taught()
    assert (found.name, found.kind, found.made) == ("my_wave", "move", "2026-01-01T00:00:00+00:00")
    assert found.report == {"kind": "move"}
    assert found.to_bytes() == taught().to_bytes()
    assert [row.name for row in shelf.rows()] == ["my_wave"]
    assert [path.name for path in path.parent.iterdir()] == ["my_wave.json"]  # and no part of one


def test_a_pose_is_kept_as_well(shelf: GestureShelf) -> None:
    roster = Roster()
    for number in range(15):
        players = roster.update(sighting(number / 30, standing(), number=number), number / 30)
    shape = Shape.of_posture(Posture.of(players[0]))
    shelf.add(Taught("my_stand", PoseModel.fit([Example("my_stand", shape)])))
    (found,) = shelf.taught()
    assert found.kind == "pose"
    assert isinstance(found.model, PoseModel)
    assert found.model.confidence(shape)["my_stand"] > 0.9


def test_nothing_is_replaced_unasked(shelf: GestureShelf) -> None:
    shelf.add(taught())
    with pytest.raises(UsageError, match=r"already.*--force"):
        shelf.add(taught())
    shelf.add(taught(), replace=True)
    with pytest.raises(UsageError, match="Did you mean 'my_wave'"):
        shelf.find("my_wafe")
    shelf.remove("my_wave")
    with pytest.raises(UsageError, match="no gesture called 'my_wave'"):
        shelf.remove("my_wave")


@pytest.mark.parametrize("name", ["squat", "player_left", "My", "my wave", "../my", "", "9", "a" * 41, "é"])
def test_names_that_cannot_be(shelf: GestureShelf, name: str) -> None:
    with pytest.raises(UsageError):
        shelf.path(name)


def test_a_gesture_goes_from_one_to_another_as_a_file(shelf: GestureShelf, tmp_path: Path) -> None:
    shelf.add(taught())
    shelf.export("my_wave", tmp_path / "any_name.txt")
    other = GestureShelf(tmp_path / "other")
    assert other.bring(tmp_path / "any_name.txt").name == "my_wave"
    assert other.find("my_wave").to_bytes() == taught().to_bytes()
    with pytest.raises(UsageError, match="already"):
        other.bring(tmp_path / "any_name.txt")
    with pytest.raises(GestureError, match="No such file"):
        other.bring(tmp_path / "nowhere.json")


def changed(**fields: Any) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        data = json.loads(content)
        for path, value in fields.items():
            *way, last = path.split("__")
            part = data
            for step in way:
                part = part[int(step) if step.isdecimal() else step]
            part[last] = value
        return json.dumps(data).encode()

    return change


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[: len(content) // 2], "only a part of it"),
        (lambda _: b"", "not JSON"),
        (lambda _: b"\xff\xfe\x00", "not JSON"),
        (lambda _: b"[" * 200_000, "not JSON"),
        (lambda _: b"[]", "no gesture of posegames"),
        (lambda _: b" " * (MOST_BYTES + 1), "more than"),
        (changed(version=99), r"newer posegames.*Install a newer"),
        (changed(version="1"), "no gesture of posegames"),
        (changed(kind="dance"), "no kind 'dance'"),
        (changed(kind="pose"), "it is no pose"),
        (changed(name="squat"), "comes with posegames"),
        (changed(name="../../x"), "no name for a gesture"),
        (changed(name="another"), "says its name is 'another'"),
        (changed(model=None), "it is no move"),
        (changed(model__version=7), "newer posegames"),
        (changed(model__method="magic"), "no method 'magic'"),
        (changed(model__method="lstm"), "the net is missing"),
        (changed(model__takes=[]), "0 examples"),
        (changed(model__takes__0__limbs=[1, 2]), "limbs is no table"),
        (changed(model__takes__0__seconds=float("nan")), "NaN is no number"),
        (changed(model__takes__0__seconds=-1), "seconds should be a number"),
        (changed(model__limit=True), "limit should be a number"),
        (changed(model__limit=1e300), "limit should be a number"),
    ],
)
def test_damaged_and_hostile_files_are_told_and_stop_nothing(
    shelf: GestureShelf, damage: Callable[[bytes], bytes], said: str
) -> None:
    path = shelf.add(taught())
    shelf.add(taught("my_good"))
    path.write_bytes(damage(path.read_bytes()))
    told: list[str] = []
    assert [row.name for row in shelf.rows(told.append)] == ["my_good"]
    (line,) = told
    assert line.startswith("The gesture in 'my_wave.json' cannot be used. ")
    assert [one.name for one in shelf.all() if isinstance(one, Broken)] == ["my_wave"]
    assert re.search(said, line, re.IGNORECASE)
    shelf.remove("my_wave")
    assert len(shelf.all()) == 1
