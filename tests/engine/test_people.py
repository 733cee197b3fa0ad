"""What players set on the screen reaches the recogniser and the pointer, for those here and those who come."""

from __future__ import annotations

from posegames.engine.people import People
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.tuning.profiles import PROFILES, Tuning
from posegames.gestures.tuning.reach import SMALL
from posegames.preferences import Preferences
from posegames.seeing.sighting import Sighting
from posegames.seeing.status import FeedStatus
from posegames.testing import body

ASKED = Tuning(profile=PROFILES["seated"], sensitivity="low", learns=True)


class Room:
    def __init__(self, tuning: Tuning) -> None:
        self.people = People(4, tuning=tuning)
        self.now, self.number = 0.0, 0

    def stand(self, seconds: float, *places: float) -> None:
        for _ in range(round(seconds * 30)):
            self.number, self.now = self.number + 1, self.now + 1 / 30
            poses = tuple(body(x, height=0.6) for x in places)
            self.people.see(Sighting(self.now, self.number, poses, 16 / 9), self.now)

    def prefer(self, preferences: Preferences) -> None:
        self.people.world(self.now, FeedStatus(), preferences=preferences)

    @property
    def recogniser(self) -> Recogniser:
        return self.people._recogniser


def test_what_is_set_reaches_who_is_here_and_who_comes() -> None:
    room = Room(ASKED)
    room.stand(1.0, 0.5)
    room.prefer(Preferences(profile="left-arm"))
    assert room.recogniser.tuning(1) == Tuning(profile=PROFILES["left-arm"], sensitivity="low", learns=True)
    room.stand(1.0, 0.5, 1.2)
    assert len(room.people.players) == 2
    assert room.recogniser.tuning(2) == room.recogniser.tuning(1)
    room.prefer(Preferences(sensitivity="high"))
    assert room.recogniser.tuning(2) == Tuning(profile=PROFILES["seated"], sensitivity="high", learns=True)


def test_what_is_not_set_is_as_it_was_asked_for() -> None:
    room = Room(ASKED)
    room.stand(1.0, 0.5)
    for preferences in (Preferences(), Preferences(profile="left-arm"), Preferences(profile="of tomorrow")):
        room.prefer(preferences)
    assert room.recogniser.tuning(1) == ASKED


def test_how_far_somebody_gets_stays_known() -> None:
    room = Room(Tuning())
    room.stand(1.0, 0.5)
    room.recogniser.tune(1, Tuning(range=SMALL))
    room.prefer(Preferences(sensitivity="high"))
    assert room.recogniser.tuning(1) == Tuning(range=SMALL, sensitivity="high")


def test_the_hand_that_points_is_one_the_profile_believes() -> None:
    hand = {"right_elbow": (-0.15, 0.66), "right_wrist": (-0.23, 0.78), "right_index": (-0.23, 0.84)}
    for profile, points in (("", True), ("left-arm", False)):
        room, pointing = Room(Tuning()), []
        for _ in range(60):
            room.number, room.now = room.number + 1, room.now + 1 / 30
            raised = body(moved=hand) if room.now > 0.8 else body()
            room.people.see(Sighting(room.now, room.number, (raised,), 16 / 9), room.now)
            world = room.people.world(room.now, FeedStatus(), preferences=Preferences(profile=profile))
            pointing.append(world.pointer is not None)
        assert pointing[-1] is points


def test_the_same_again_changes_nothing() -> None:
    """Nobody is taken by surprise sixty times a second."""
    room = Room(ASKED)
    room.stand(1.0, 0.5)
    before, hands = room.recogniser.tuning(1), room.people._hands
    room.prefer(Preferences())
    assert room.recogniser.tuning(1) is before
    assert room.people._hands is hands
