"""Live sources: the newest frame each time, what was dropped, and every way it ends."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from bodies import standing
from feeds import BEGIN, EndingFeed, LateClock, die, stop

from posegames.errors import SourceError
from posegames.seeing.sighting import Frame, Sighting
from posegames.seeing.status import FeedStatus, Phase
from posegames.settings import Settings
from posegames.tools.live import LiveReel
from posegames.tools.track import open_reel, track


class Feed(EndingFeed):
    """Every third of the frames of a camera with 30 a second, from second 1 on until `end`; then `after`."""

    def __init__(self, end: float, after: Callable[[], None] = lambda: None, phase: Phase = "ended") -> None:
        super().__init__(end, after)
        self._phase = phase

    def next(self, given: int) -> Sighting:
        due = BEGIN + 1 + given / 10
        frame = Frame(np.zeros((36, 64, 3), np.uint8), due, 3 * given)
        return Sighting(due, 3 * given, (standing(0.5),), 16 / 9, frame)

    def status(self, now: float) -> FeedStatus:
        phase = self._phase if self.over(now) else "seeing"
        frames = max(0, int((now - BEGIN - 1) * 30) + 1)
        message = "stream lost: trying again" if phase == "trouble" else ""
        return FeedStatus(phase=phase, source="hall", estimator="script", message=message, frames=frames)


def looked(feed: Feed, seconds: float | None = None) -> tuple[LiveReel, list[float]]:
    reel = LiveReel(feed, LateClock(), seconds=seconds)
    first = reel.first(lambda _words, _share: None)
    return reel, [sighting.time for sighting, size in reel.sightings(first) if size == (64, 36)]


def test_a_part_of_what_goes_on_for_ever() -> None:
    """Times count from the first picture; two of three frames were dropped."""
    reel, times = looked(Feed(99), seconds=2)
    assert times == pytest.approx([n / 10 for n in range(20)])
    assert reel.dropped == 19 * 2
    assert not reel.interrupted


@pytest.mark.parametrize(
    ("feed", "seconds", "trouble", "early"),
    [
        (Feed(2), None, "", False),
        (Feed(2, stop, "seeing"), None, "", False),
        (Feed(2, stop, "seeing"), 9, "", True),
        (Feed(2, die, "seeing"), 9, "The camera is gone.", False),
        (Feed(2, phase="trouble"), 4, "stream lost: trying again", False),
    ],
    ids=["it ends", "Ctrl-C", "Ctrl-C too soon", "it dies", "silence"],
)
def test_however_it_ends_what_there_was_is_there(
    feed: Feed, seconds: float | None, trouble: str, early: bool
) -> None:
    reel, times = looked(feed, seconds)
    assert len(times) == 10
    assert (reel.trouble, reel.interrupted) == (trouble, early)


def test_frames_nobody_looked_at_are_counted_to_the_end() -> None:
    """The estimator stands still after a second; the camera goes on for three more."""
    reel, times = looked(Feed(2, phase="seeing"), seconds=4)
    assert len(times) == 10
    assert reel.dropped == pytest.approx(4.5 * 30 - 10, abs=2)


def test_without_a_picture_it_says_so() -> None:
    with pytest.raises(SourceError, match="No picture came"):
        looked(Feed(0.5))
    with pytest.raises(SourceError, match="gone"):
        looked(Feed(0.5, die, "loading"))


def test_a_live_reel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As tracking opens it: cameras and addresses alike, with the settings of play."""
    asked: list[Settings] = []

    def opened(settings: Settings, _clock: LateClock) -> Feed:
        asked.append(settings)
        return Feed(99)

    monkeypatch.setattr("posegames.tools.track.open_feed", opened)
    with open_reel(
        "http://127.0.0.1/hall",
        LateClock(),
        players=2,
        seconds=3,
        live=True,
        pictures=True,
        progress=lambda _words, _share: None,
    ) as reel:
        assert (reel.origin.source, reel.origin.size, reel.length) == ("hall", (64, 36), None)
        looks = list(reel.looks)
        assert len(looks) == 30
        assert all(look.picture is not None and len(look.bodies) == 1 for look in looks)
        assert reel.dropped() == 29 * 2
        assert (reel.note(), reel.interrupted()) == ("", False)
    assert (asked[0].source, asked[0].players) == ("http://127.0.0.1/hall", 2)
    assert track([], []).frames == 0
