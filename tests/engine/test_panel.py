"""Controls on a panel: by keys, by the mouse, and by a hand that sees late and trembles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pygame
import pytest

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.chooser import BACK, DWELL, FRESH, REPEAT, Target
from posegames.engine.choosing.controls import END, Choice, Control, Slider, Toggle
from posegames.engine.choosing.panel import Panel
from posegames.engine.scene import Cue, World
from posegames.engine.theme import HIGH_CONTRAST, THEATRE, Theme
from posegames.events import Event, KeyPressed, PointerMoved, PointerPressed, PointerReleased
from posegames.gestures.pointing.pointer import Pointing
from posegames.preferences import Preferences

HZ = 60
LOUD = Slider(key="loud", rect=(40, 100, 700, 110), label="Loudness", value=0.5)
LOOK = Choice(key="look", rect=(40, 220, 700, 110), label="Look", names=("one", "two", "three"), value=0)
HELP = Toggle(key="help", rect=(40, 340, 700, 110), label="Help", value=True)
AWAY = Target(key=BACK, rect=(40, 596, 250, 104), label="Back")
PLUS, MINUS = (740 - END / 2, 155.0), (40 + END / 2, 155.0)
NOWHERE = (1100.0, 400.0)


class Table:
    def __init__(self, controls: Sequence[Control] = (LOUD, LOOK, HELP), *, dwell: float = DWELL) -> None:
        self.panel, self.now = Panel(), 0.0
        self.cues: list[Cue] = []
        self.preferences = Preferences(dwell=dwell)
        self.panel.show(controls, (AWAY,))

    def world(self, hand: tuple[float, float] | None = None) -> World:
        pointer = Pointing(1, hand[0] / 1280, hand[1] / 720) if hand else None
        return World(now=self.now, pointer=pointer, cue=self.cues.append, preferences=self.preferences)

    def hold(self, seconds: float, hand: tuple[float, float] | None = None) -> list[str]:
        told = []
        for _ in range(round(seconds * HZ)):
            if key := self.panel.update(self.world(hand), 1 / HZ):
                told.append(key)
            self.now += 1 / HZ
        return told

    def do(self, *events: Event) -> list[str | None]:
        return [self.panel.handle(event, self.world()) for event in events]

    def press(self, *keys: str) -> list[str | None]:
        return self.do(*(KeyPressed(key) for key in keys))

    @property
    def values(self) -> tuple[object, ...]:
        return tuple(self.panel[key].value for key in ("loud", "look", "help"))


def test_a_hand_that_stays_at_an_end_goes_on_step_by_step() -> None:
    table = Table()
    table.hold(FRESH + 0.1)
    assert table.hold(DWELL + 2 * REPEAT + 0.1, PLUS) == ["loud"] * 3
    assert table.values[0] == pytest.approx(0.8)
    assert [cue.sound for cue in table.cues].count("tick") == 3
    assert table.hold(3 * REPEAT, PLUS) == ["loud"] * 2
    assert table.values[0] == 1.0
    assert table.panel.chooser.focus == "loud less"  # the other end can be chosen still
    assert table.hold(3.0, PLUS) == []
    assert table.hold(3.0, (PLUS[0], 205)) == []  # the end of the row below does not take the hand
    table.hold(0.2, NOWHERE)
    assert table.hold(DWELL + 0.1, MINUS) == ["loud"]


def test_a_hand_that_sees_late_and_trembles_sets_what_it_wants() -> None:
    """It sees a quarter of a second late, takes 0.3 s to be away, and is 12 pixels off now and then."""
    for wanted in (0.6, 0.8, 0.2):
        rng, table = random.Random(round(10 * wanted)), Table((LOUD,))
        table.hold(FRESH + 0.1)
        place, seen, leaves = PLUS if wanted > 0.5 else MINUS, [0.5], None
        while leaves is None or table.now < leaves + 1.5:
            late = seen[max(0, len(seen) - 1 - round(0.25 * HZ))]
            if leaves is None and abs(late - wanted) < 0.01:
                leaves = table.now
            gone = 0.0 if leaves is None else min(1.0, (table.now - leaves) / 0.3)
            table.hold(1 / HZ, (place[0] + rng.gauss(0, 12), place[1] + rng.gauss(0, 12) + 190 * gone))
            seen.append(float(table.panel["loud"].value))
            assert table.now < 8
        assert seen[-1] == pytest.approx(wanted)


def test_a_hand_picks_and_flips() -> None:
    table = Table()
    table.hold(FRESH + 0.1)
    assert table.hold(DWELL + REPEAT + 0.1, (115, 275)) == ["look"] * 2
    assert table.values[1] == 1  # from the first to the last, and one before it
    table.hold(0.2, NOWHERE)
    assert table.hold(4.0, (300, 395)) == ["help"]  # a switch does not flicker under a hand that stays
    assert table.values[2] is False


def test_the_dwell_is_what_players_prefer() -> None:
    for dwell in (0.3, 1.5, 0.0, 9.0):
        table = Table((HELP,), dwell=dwell)
        table.hold(FRESH + 0.1)
        within = min(max(dwell, 0.3), 2.0)
        assert table.hold(within - 0.05, (300, 395)) == []
        assert table.hold(0.1, (300, 395)) == ["help"]


def test_arrows_set_and_go_from_row_to_row() -> None:
    table = Table()
    assert table.press("tab", "right", "right", "left") == [None, "loud", "loud", "loud"]
    assert table.values[0] == pytest.approx(0.6)
    assert table.press("down", "right", "right", "right", "right") == [None, *["look"] * 4]
    assert table.values[1] == 1
    assert table.press("down", "right", "left", "left", "right") == [None, None, "help", None, "help"]
    assert table.press("return", "space") == ["help", "help"]
    assert table.press("down", "return", "up", "up", "up", "return") == [None, BACK, None, None, None, "loud"]
    assert table.press("escape") == [BACK]
    assert table.press(*["right"] * 9)[-1] is None
    assert table.values[0] == 1.0
    assert table.press("left") == ["loud"]


def test_tab_goes_round_all_that_can_be_chosen() -> None:
    table = Table((replace(LOUD, value=1.0), HELP))
    seen = []
    for _ in range(5):
        table.press("tab")
        seen.append(table.panel.focus)
    assert seen == ["loud", "help", BACK, "loud", "help"]


def test_the_mouse_pulls_the_knob_until_it_lets_go() -> None:
    table = Table()
    left, top, width, height = LOUD.bar
    y = top + height / 2

    def at(share: float) -> float:
        return left + share * width

    assert table.do(PointerPressed(at(0.2), y), PointerMoved(at(0.21), y), PointerMoved(at(0.7), 700)) == [
        "loud", None, "loud",
    ]  # fmt: skip
    assert table.values[0] == pytest.approx(0.7)
    assert table.do(PointerMoved(5000, y), PointerMoved(-50, y)) == ["loud", "loud"]
    assert table.values[0] == 0
    assert table.do(PointerReleased(at(0.4), y), PointerMoved(at(0.4), y)) == [None, None]
    assert table.do(PointerPressed(at(0.5), y, button=3), PointerPressed(*PLUS)) == [None, "loud"]
    assert table.values[0] == pytest.approx(0.1)
    assert table.do(PointerPressed(300, 395), PointerPressed(115, 275)) == ["help", "look"]


def test_what_cannot_be_changed_is_not_in_the_way() -> None:
    table = Table((replace(LOOK, names=("only",), value=0), HELP))
    table.hold(FRESH + 0.1)
    assert table.hold(3.0, (115, 275)) == []
    assert table.do(PointerPressed(115, 275)) == [None]
    table.press("tab")
    assert table.panel.focus == "help"


def test_laid_out_anew_the_hand_goes_on() -> None:
    table = Table()
    table.hold(FRESH + 0.1)
    table.hold(DWELL / 2, PLUS)
    table.panel.keep((replace(LOUD, label="Lautstärke"), LOOK, HELP), (AWAY,))
    assert table.hold(DWELL / 2 + 0.05, PLUS) == ["loud"]


@pytest.mark.parametrize(
    "wrong",
    [{"least": 1.0}, {"step": 0.0}, {"step": 2.0}],
)
def test_a_slider_goes_from_less_to_more(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="less to more"):
        replace(LOUD, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one of 3"):
        replace(LOOK, value=3)


def test_a_value_between_steps_is_kept_until_it_is_changed() -> None:
    odd = replace(LOUD, value=0.37)
    assert odd.share == pytest.approx(0.37)
    assert odd.pushed(1).value == pytest.approx(0.5)
    assert odd.pushed(-1).value == pytest.approx(0.3)


@pytest.mark.parametrize("theme", [THEATRE, HIGH_CONTRAST])
def test_what_is_set_is_seen(theme: Theme) -> None:
    for control in (LOUD, LOOK, HELP):
        other = control.pushed(1) if control is not HELP else HELP.pushed(-1)
        pictures = []
        for shown in (control, other):
            drawn = Canvas(pygame.Surface((1280, 720), depth=32), theme=theme)
            panel = Panel()
            panel.show((shown,))
            panel.draw(drawn, World(now=0.0))
            pictures.append(drawn.pixels()[..., :3].astype(int))
        assert (abs(pictures[0] - pictures[1]).max(axis=2) > 60).sum() > 150
