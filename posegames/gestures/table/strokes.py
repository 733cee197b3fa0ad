"""Gestures of hands that move: swipes, punches, claps, waving."""

from __future__ import annotations

from posegames.body.measure import SHOULDERS
from posegames.gestures.measures import strokes as measure
from posegames.gestures.measures.sided import SIDES, of
from posegames.gestures.posture import LEFT, RIGHT, Side
from posegames.gestures.rows import Held, Measure, Pulse, Row


def _swipe(way: str, words: str, measured: Measure) -> Row:
    """Return a row for either hand: the one that swipes is seen; beyond it, shoulders are all that is needed."""
    held = Held(
        name=f"swipe_{way}",
        blurb=f"a hand wiping {words}",
        needs=SHOULDERS,
        measure=measured,
        enter=0.6,
        exit=0.2,
        ease=0.1,
        unless=("punch_left", "punch_right", "clap", "wave"),
    )
    return Pulse(held=held, at="begin", echo=0.5)


def _punch(way: str, side: Side) -> Row:
    held = Held(
        name=f"punch_{way}",
        blurb=f"a punch with the {way} fist",
        needs=side.arm,
        measure=of(side, measure.punch),
        enter=1.0,
        exit=0.2,
        rest=0.2,
        ease=0.2,
    )
    return Pulse(held=held, at="begin", echo=0.5)


ROWS: tuple[Row, ...] = (
    *(_punch(way, side) for way, side in SIDES.items()),
    Pulse(
        held=Held(
            name="clap",
            blurb="clapping hands",
            needs=(*LEFT.arm, *RIGHT.arm),
            measure=measure.clap,
            enter=1.0,
            exit=0.2,
            rest=0.15,
            ease=0.1,
        ),
        at="begin",
        echo=0.5,
    ),
    # By the third turn: to, fro, and to again.
    Pulse(
        held=Held(
            name="wave",
            blurb="waving a hand",
            needs=SHOULDERS,
            measure=measure.wave,
            enter=3,
            exit=1,
            rest=0.5,
            unless=("punch_left", "punch_right"),
        ),
        at="begin",
    ),
    _swipe("left", "to the left", measure.swipe_left),
    _swipe("right", "to the right", measure.swipe_right),
    _swipe("up", "up", measure.swipe_up),
    _swipe("down", "down", measure.swipe_down),
)
