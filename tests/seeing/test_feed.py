from __future__ import annotations

import pytest

from posegames.errors import SourceError, UsageError
from posegames.seeing.feed import open_feed
from posegames.seeing.processfeed import ProcessFeed
from posegames.seeing.slot import NewestSlot
from posegames.seeing.tapefeed import TapeFeed
from posegames.settings import Settings
from posegames.timing import SystemClock


def test_a_slot_holds_the_newest_only() -> None:
    slot: NewestSlot[int] = NewestSlot()
    assert slot.take() is None
    for i in range(4):
        slot.put(i)
    assert (slot.take(), slot.take(), slot.dropped) == (3, None, 3)


def test_wrong_words_are_said_before_anything_starts(tmp_path: object) -> None:
    clock = SystemClock()
    with pytest.raises(SourceError, match="There is no source 'nowhere"):
        open_feed(Settings(source="nowhere.mp4"), clock)
    with pytest.raises(UsageError, match="Did you mean 'blazepose'"):
        open_feed(Settings(source="stage", estimator="blasepose"), clock)
    with pytest.raises(UsageError, match="'x' is no camera number"):
        open_feed(Settings(source="camera:x"), clock)


def test_what_has_pictures_is_seen_by_another_process_and_a_tape_is_not(tmp_path: object) -> None:
    assert isinstance(open_feed(Settings(source="stage"), SystemClock()), ProcessFeed)
    assert isinstance(open_feed(Settings(source=f"{tmp_path}/a.tape"), SystemClock()), TapeFeed)
