"""Other ways to make a gesture, for those of whom less is seen, or who do it otherwise.

Rows here have the names of rows of the table and take their place: see `posegames.gestures.tuning.profiles`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS
from posegames.gestures.measures import arms
from posegames.gestures.measures import substitutes as measure
from posegames.gestures.measures.sided import Sided, of
from posegames.gestures.posture import LEFT, RIGHT, Side
from posegames.gestures.rows import Analogue, Held, Measure, Pulse
from posegames.gestures.tuning.either import Way

BUST = (*SHOULDERS, Joint.NOSE)
HEAD = (*BUST, Joint.LEFT_EAR, Joint.RIGHT_EAR)
ARMS = (*LEFT.arm, *RIGHT.arm)

_DIP = Held(
    name="duck",
    blurb="head and shoulders down, as long as it lasts",
    needs=BUST,
    measure=measure.sunk,
    enter=0.3,
    exit=0.2,
    hold=0.08,
    rest=0.2,
    ease=0.05,
)
_HOP = Held(
    name="jump",
    blurb="head and shoulders fly up",
    needs=BUST,
    measure=measure.hop,
    enter=1.0,
    exit=0.4,
    rest=0.4,
    ease=0.15,
)
_SHIFT = Held(
    name="step_right",
    blurb="the shoulders aside, to the right",
    needs=BUST,
    measure=measure.shift,
    enter=0.6,
    exit=0.35,
    hold=0.08,
    ease=0.1,
)
_SWAY = Held(
    name="lean_right",
    blurb="shoulders leaning to the right",
    needs=BUST,
    measure=measure.sway,
    enter=13,
    exit=8,
    hold=0.1,
    ease=3,
)
_WALK = Analogue(
    name="step", blurb="the shoulders to the left or right", needs=BUST, measure=measure.shift, dead=0.1, full=0.6
)
_NEARER = Analogue(
    name="advance",
    blurb="head and shoulders nearer or farther",
    needs=HEAD,
    measure=measure.nearer,
    dead=0.04,
    full=0.15,
)


def _left(row: Held, mirrored: Measure) -> Held:
    return replace(
        row,
        name=row.name.replace("right", "left"),
        blurb=row.blurb.replace("right", "left"),
        measure=mirrored,
    )


_HEAD_AND_SHOULDERS: tuple[Way, ...] = (
    _DIP,
    Pulse(
        held=replace(_DIP, name="squat", blurb="head and shoulders down, and up again", enter=0.35, linger=0.15),
        at="end",
        longest=8.0,
    ),
    Pulse(held=_HOP, at="begin", echo=0.8),
    _SHIFT,
    _left(_SHIFT, measure.left_shift),
    _WALK,
    _SWAY,
    _left(_SWAY, measure.left_sway),
    Analogue(
        name="lean", blurb="shoulders leaning left or right", needs=BUST, measure=measure.sway, dead=5, full=20
    ),
    _NEARER,
    Held(
        name="arms_crossed",
        blurb="arms crossed before the chest",
        needs=ARMS,
        measure=measure.crossed,
        enter=0.09,
        exit=0.0,
        hold=0.2,
        linger=0.2,
        ease=0.04,
    ),
)


def _one_arm(side: Side, other: Side, name: str) -> tuple[Way, ...]:
    """Return what one arm does for both. It does it longer: an arm is across the chest, or out, by chance, too."""
    needs = (*side.arm, other.shoulder)

    def held(gesture: str, blurb: str, shape: Sided, enter: float, exit_: float) -> Held:
        return Held(
            name=gesture, blurb=blurb, needs=needs, measure=of(side, shape), enter=enter, exit=exit_, hold=0.5
        )

    return (
        replace(
            held("hands_up", f"the {name} arm stretched up", arms.raised, 0.35, 0.15),
            needs=(Joint.NOSE, *needs),
            hold=0.1,
            ease=0.1,
        ),
        replace(held("t_pose", f"the {name} arm straight out to the side", arms.aside, 1.0, 0.0), ease=0.2),
        replace(
            held("arms_crossed", f"the {name} arm across the chest", measure.across, 0.12, 0.0),
            linger=0.2,
            ease=0.04,
        ),
        Pulse(
            held=Held(
                name="clap",
                blurb=f"the {name} hand claps the other shoulder",
                needs=needs,
                measure=measure.tap(side, other),
                enter=1.0,
                exit=0.2,
                ease=0.2,
            ),
            at="begin",
        ),
    )


def _by_name(*rows: Way) -> Mapping[str, tuple[Way, ...]]:
    return MappingProxyType({row.name: tuple(r for r in rows if r.name == row.name) for row in rows})


LESS_SEEN = _by_name(*_HEAD_AND_SHOULDERS, *_one_arm(LEFT, RIGHT, "left"), *_one_arm(RIGHT, LEFT, "right"))
"""By name, best first: what takes over where joints are not seen, whoever it is."""

SEATED = _by_name(
    _DIP,
    *(row for row in _HEAD_AND_SHOULDERS if row.name == "squat"),
    Pulse(
        held=replace(_HOP, blurb="hands thrown up", needs=SHOULDERS, measure=measure.throw), at="begin", echo=0.8
    ),
    replace(_SHIFT, enter=0.35, exit=0.2, ease=0.08),
    replace(_left(_SHIFT, measure.left_shift), enter=0.35, exit=0.2, ease=0.08),
    replace(_WALK, full=0.4),
    _NEARER,
)
"""By name: how somebody does it who does not leave their seat. They lean with the trunk, as others do."""
