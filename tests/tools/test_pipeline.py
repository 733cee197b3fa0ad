"""Work done ahead: in order, no more than it may, and ended as if it had not been ahead at all."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import numpy as np
import pytest
from watchers import Resource

from posegames.body.pose import Pose
from posegames.players.roster import Roster
from posegames.seeing.sighting import Frame
from posegames.tools.looks import watch
from posegames.tools.pipeline import ahead


class Reel(Resource):
    """Frames, which say by their brightness which they are."""

    name, live, size, rate, trouble = "made up", False, (64, 36), 30.0, ""

    def __init__(self, count: int) -> None:
        self.length = count
        self._next = 0

    @property
    def ended(self) -> bool:
        return self._next >= self.length

    def read(self) -> Frame | None:
        number = self._next
        self._next += 1
        return Frame(np.full((36, 64, 3), number, dtype=np.uint8), number / self.rate, number)


class Script(Resource):
    """An estimator that does as it is told."""

    name = "script"

    def __init__(self, cast: Callable[[int], tuple[Pose, ...]] = lambda _number: ()) -> None:
        self._cast = cast

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        return self._cast(frame.number)

    def forget(self) -> None:
        pass


class Counted:
    """Numbers from 0, and how many were made, by whom."""

    def __init__(self, fails_at: int = -1) -> None:
        self.made = 0
        self.threads = set[int]()
        self.closed = False
        self._fails_at = fails_at
        self.reached = {number: threading.Event() for number in range(20)}

    def __iter__(self) -> Iterator[int]:
        try:
            for number in range(10):
                if number == self._fails_at:
                    raise OSError("no more")
                self.made += 1
                self.threads.add(threading.get_ident())
                self.reached[self.made].set()
                yield number
        finally:
            self.closed = True


def test_all_of_it_in_order_and_by_one_other_thread() -> None:
    items = Counted()
    assert list(ahead(items)) == list(range(10))
    assert len(items.threads) == 1
    assert threading.get_ident() not in items.threads
    assert items.closed


def test_nothing_begins_before_it_is_asked_for_and_then_only_so_much_is_made_ahead() -> None:
    items = Counted()
    with closing(ahead(items, most=3)) as numbers:
        assert items.made == 0
        assert next(numbers) == 0
        # Made while nobody asks: this waits for the thread, and would wait for ever for one more.
        assert items.reached[4].wait(10)
        assert not items.reached[5].wait(0.05)
    assert items.made == 4
    assert items.closed


def test_what_ends_it_early_comes_after_what_was_before_it() -> None:
    numbers = ahead(Counted(fails_at=4))
    assert [next(numbers) for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(OSError, match="no more"):
        next(numbers)
    assert list(numbers) == []


def test_closed_early_nobody_is_at_work_any_more() -> None:
    before = threading.active_count()
    items = Counted()
    numbers = ahead(ahead(items))
    assert next(numbers) == 0
    numbers.close()
    assert items.closed
    assert threading.active_count() == before
    assert list(numbers) == []


def test_ctrl_c_where_a_look_is_waited_for_ends_the_threads() -> None:
    """It comes to the main thread, which waits for the next item."""
    before, interval = threading.active_count(), sys.getswitchinterval()

    def interrupted(number: int) -> tuple[()]:
        if number == 30:
            raise KeyboardInterrupt
        return ()

    reel = Reel(90)
    with pytest.raises(KeyboardInterrupt):
        list(watch(reel, Script(interrupted), Roster()))
    assert threading.active_count() == before
    assert sys.getswitchinterval() == interval


def test_an_estimator_that_fails_is_heard_of_after_the_frames_before_it() -> None:
    def failing(number: int) -> tuple[()]:
        if number == 40:
            raise ValueError("a net that fails")
        return ()

    looks = watch(Reel(90), Script(failing), Roster())
    # Looks wait half a second for who is in them.
    assert [next(looks).sighting.number for _ in range(24)] == list(range(24))
    with pytest.raises(ValueError, match="a net that fails"):
        next(looks)


def test_pictures_come_with_the_looks_only_where_they_are_wanted() -> None:
    assert all(look.picture is None for look in watch(Reel(5), Script(), Roster()))
    looks = list(watch(Reel(5), Script(), Roster(), pictures=True))
    assert [int(look.picture[0, 0, 0]) for look in looks if look.picture is not None] == list(range(5))
