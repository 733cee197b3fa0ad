from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.chooser import BACK, DWELL, FINAL, FRESH, MOVED, PATIENCE, TICKS, Chooser, Target
from posegames.engine.scene import Cue, World
from posegames.engine.theme import THEATRE
from posegames.events import Event, KeyPressed, PointerMoved, PointerPressed
from posegames.gestures.pointing.pointer import Pointing

HZ = 60
LEFT = Target(key="left", rect=(100, 100, 300, 200))
RIGHT = Target(key="right", rect=(420, 100, 300, 200))
BELOW = Target(key="below", rect=(100, 400, 300, 200))
FAR = Target(key="far", rect=(900, 500, 300, 150), dwell=FINAL)
ALL = (LEFT, RIGHT, BELOW, FAR)
NOWHERE = (800.0, 60.0)

Script = Callable[[float], Pointing | None]


def at(x: float, y: float, *, player: int = 1, sure: bool = True) -> Pointing:
    return Pointing(player, x / 1280, y / 720, sure)


class Table:
    """A chooser, its time, and what comes of it."""

    def __init__(self, targets: Sequence[Target] = ALL, **how: float) -> None:
        self.chooser = Chooser(targets, **how)
        self.now = 0.0
        self.cues: list[Cue] = []
        self.chosen: list[str] = []

    def world(self, pointer: Pointing | None = None) -> World:
        return World(now=self.now, pointer=pointer, cue=self.cues.append)

    def hold(self, seconds: float, pointer: Pointing | Script | None = None) -> float | None:
        """Let a hand point for a while; return when something was chosen first, counted from now."""
        first = None
        for step in range(round(seconds * HZ)):
            given = pointer(step / HZ) if callable(pointer) else pointer
            key = self.chooser.update(self.world(given), 1 / HZ)
            self.now += 1 / HZ
            if key:
                self.chosen.append(key)
                first = (step + 1) / HZ if first is None else first
        return first

    def do(self, *events: Event) -> list[str | None]:
        return [self.chooser.handle(event, self.world()) for event in events]

    def heard(self, sound: str) -> list[Cue]:
        return [cue for cue in self.cues if cue.sound == sound]


def ready(targets: Sequence[Target] = ALL, **how: float) -> Table:
    """Return a table whose screen is not new any more, and at which nobody points."""
    table = Table(targets, **how)
    table.hold(FRESH + 0.1)
    return table


@pytest.mark.parametrize("dwell", [0.3, DWELL, 2.0])
def test_a_hand_that_stays_chooses(dwell: float) -> None:
    table = ready(dwell=dwell)
    assert table.hold(dwell + 0.2, at(250, 200)) == pytest.approx(dwell, abs=0.03)
    assert table.chosen == ["left"]
    assert [cue.sound for cue in table.cues] == ["hover", *["dwell"] * (TICKS - 1), "choose"]
    assert [cue.step for cue in table.heard("dwell")] == [0, 1, 2, 3]
    assert table.cues[0].player == 1


def test_what_cannot_be_undone_takes_longer() -> None:
    table = ready()
    assert table.hold(FINAL - 0.1, at(1000, 560)) is None
    assert table.hold(0.2, at(1000, 560)) is not None
    assert table.chosen == ["far"]


def test_the_ring_fills_and_the_target_rises_at_once() -> None:
    table = ready()
    table.hold(0.1, at(250, 200))
    assert table.chooser.focus == "left"
    assert table.chooser.lift("left") > 0.8
    left, _, width, _ = table.chooser.rect("left")
    assert (left, left + width) == pytest.approx((92.5, 407.5), abs=2)
    table.hold(0.3, at(250, 200))
    assert table.chooser.share == pytest.approx(0.5, abs=0.05)
    table.hold(0.2, None)
    assert table.chooser.share == 0
    assert table.chooser.focus == "left"  # it stays where it was


def test_a_new_screen_is_looked_at_first() -> None:
    """A hand that is already there chooses nothing, until it moves or has been elsewhere."""
    table = Table()
    assert table.hold(5.0, at(250, 200)) is None
    assert table.chooser.focus == "left"  # it sees where it is
    assert table.hold(2.0, at(250 + MOVED + 5, 200)) == pytest.approx(DWELL, abs=0.03)
    table = Table()
    table.hold(0.2, at(*NOWHERE))
    assert table.hold(2.0, at(250, 200)) == pytest.approx(DWELL + FRESH - 0.2, abs=0.05)


def test_after_a_choice_the_hand_must_move_before_the_next() -> None:
    table = ready()
    table.hold(4.0, at(250, 200))
    assert table.chosen == ["left"]
    table.hold(0.1, at(*NOWHERE))
    table.hold(1.0, at(250, 200))
    assert table.chosen == ["left", "left"]


def test_after_a_choice_there_is_a_moment_without_another() -> None:
    """However far the hand goes on at once."""
    table = ready()
    assert table.hold(DWELL, at(250, 200)) is not None
    assert table.hold(2.0, at(500, 200)) == pytest.approx(FRESH + DWELL, abs=0.06)


def test_a_screen_that_was_covered_is_new_again() -> None:
    table = ready()
    table.hold(0.4, at(250, 200))
    table.now += 3.0
    assert table.hold(3.0, at(250, 200)) is None
    assert table.hold(1.0, at(350, 200)) == pytest.approx(DWELL, abs=0.03)


def test_targets_laid_out_anew_are_looked_at_first() -> None:
    table = ready()
    table.hold(0.5, at(250, 200))
    table.chooser.show([replace(LEFT, key="other"), FAR], focus="far")
    assert table.chooser.focus == "far"
    assert table.hold(3.0, at(250, 200)) is None
    assert table.chooser.focus == "other"
    table.chooser.show([LEFT], focus="gone")
    assert table.chooser.focus is None


def test_an_unsure_hand_chooses_nothing() -> None:
    table = ready()
    assert table.hold(5.0, at(250, 200, sure=False)) is None
    table.hold(0.4, at(250, 200))
    table.hold(PATIENCE - 0.1, at(250, 200, sure=False))
    assert table.chooser.share == pytest.approx(0.5, abs=0.05)  # it waits,
    table.hold(0.2, at(250, 200, sure=False))
    assert table.chooser.share == 0  # but not for ever
    assert not table.chosen


def test_another_player_s_hand_begins_its_own_ring() -> None:
    table = ready()
    table.hold(0.6, at(250, 200, player=1))
    assert table.hold(1.0, at(250, 200, player=2)) == pytest.approx(DWELL, abs=0.03)


def test_a_target_draws_the_hand_in_and_keeps_it() -> None:
    table = ready()
    table.hold(0.1, at(250, 350))  # 50 below the one, 50 above the other: the first
    assert table.chooser.focus == "left"
    table.hold(0.1, at(250, 372))
    assert table.chooser.focus == "below"
    table.hold(0.1, at(*NOWHERE))
    before = len(table.cues)
    trembling = [at(410 + 12 * math.sin(9 * t), 200) for t in range(60)]  # across the gap between two
    for pointing in trembling:
        table.hold(1 / HZ, pointing)
    assert [cue.sound for cue in table.cues[before:]].count("hover") == 1


def test_a_hand_far_from_everything_chooses_nothing() -> None:
    table = ready()
    assert table.hold(3.0, at(*NOWHERE)) is None
    assert table.chooser.focus is None


def test_arrows_go_where_they_point_and_return_chooses() -> None:
    table = ready()
    seen = []
    for key in ("right", "right", "left", "down", "up", "up", "left", "down", "right"):
        table.do(KeyPressed(key))
        seen.append(table.chooser.focus)
    assert seen == ["left", "right", "left", "below", "left", "left", "left", "below", "far"]
    assert [table.do(KeyPressed(key)) for key in ("return", "space", "enter")] == [["far"]] * 3
    assert len(table.heard("choose")) == 3
    assert table.do(KeyPressed("x"), KeyPressed("escape")) == [None, BACK]
    assert [cue.sound for cue in table.cues][-1] == "back"


def test_return_chooses_nothing_where_nothing_is_in_focus() -> None:
    assert ready().do(KeyPressed("return")) == [None]
    assert ready(targets=()).do(KeyPressed("left"), KeyPressed("return")) == [None, None]


def test_the_mouse_focuses_and_clicks() -> None:
    table = ready()
    assert table.do(PointerMoved(500, 200), PointerMoved(800, 60)) == [None, None]
    assert table.chooser.focus == "right"
    assert table.do(PointerPressed(150, 450)) == ["below"]
    assert table.do(PointerPressed(800, 60), PointerPressed(150, 450, button=3)) == [None, None]
    assert len(table.heard("hover")) == 1


def test_keys_take_the_focus_until_the_hand_moves() -> None:
    table = ready()
    table.hold(0.3, at(250, 200))
    table.do(KeyPressed("right"))
    assert table.hold(3.0, at(250, 200)) is None
    assert table.chooser.focus == "right"
    assert table.hold(1.5, at(250 - MOVED - 10, 200)) == pytest.approx(DWELL, abs=0.03)
    assert table.chosen == ["left"]


def test_a_resting_mouse_does_not_disturb_the_hand() -> None:
    table = ready()
    table.do(PointerMoved(500, 200))
    assert table.hold(1.5, lambda t: at(250 + 100 * min(t, 1), 180)) is not None
    assert table.chosen == ["left"]


@pytest.mark.parametrize(
    ("rect", "dwell"),
    [
        ((0, 0, 149, 200), None), ((0, 0, 200, 99), None), ((math.nan, 0, 200, 200), None),
        ((0, math.inf, 200, 200), None), ((0, 0, math.nan, 200), None), ((0, 0, 200, math.nan), None),
        ((0, 0, 1e9, 200), None), ((0, 0, 200, 200), 0.2), ((0, 0, 200, 200), 2.1), ((0, 0, 200, 200), math.nan),
    ],
)  # fmt: skip
def test_what_no_hand_can_choose_is_refused(rect: tuple[float, float, float, float], dwell: float | None) -> None:
    with pytest.raises(ValueError, match="hand"):
        Target(key="x", rect=rect, dwell=dwell)


def test_keys_are_told_apart_and_dwell_is_in_range() -> None:
    with pytest.raises(ValueError, match="same key"):
        Chooser([LEFT, LEFT])
    with pytest.raises(ValueError, match="not 9"):
        Chooser(dwell=9)


def test_the_hand_is_drawn_in_its_player_s_colour_where_it_is_drawn_in() -> None:
    table = ready()
    table.hold(0.3, at(250, 340, player=2))
    canvas = Canvas(pygame.Surface((1280, 720), depth=32))
    table.chooser.draw(canvas, table.world(at(250, 340, player=2)))
    drawn = canvas.pixels()[..., :3].astype(int)
    blue = cast("Any", abs(drawn - THEATRE.look(2).colour[::-1]).max(axis=2) < 40).nonzero()
    assert len(blue[0]) > 300
    assert blue[0].mean() == pytest.approx(294, abs=8)  # on the target's edge, not 40 below it
    assert blue[1].mean() == pytest.approx(250, abs=8)
    empty = Canvas(pygame.Surface((1280, 720), depth=32))
    table.chooser.draw(empty, table.world())
    assert not empty.pixels()[..., :3].any()
