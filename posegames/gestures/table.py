"""The gestures there are: a row each. Adding one adds a row, and a function that measures it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from posegames.body.joints import Joint
from posegames.players.player import Player

J = Joint


@dataclass(frozen=True, slots=True)
class Row:
    """A held gesture: on when its measure has stayed above `enter` for `hold` seconds, off below `exit`.

    The measure is in torso lengths; two thresholds and a hold keep a shaky hand from switching it on and off.
    """

    name: str
    blurb: str
    needs: tuple[Joint, ...]
    """Joints without which nothing can be said."""
    measure: Callable[[Player], float]
    enter: float
    exit: float
    hold: float
    """Seconds."""
    rest: float
    """Seconds after it went off in which it does not come on again."""
    unless: tuple[str, ...] = ()
    """Rows that say more: while one of them is on, or about to be, this one stays silent."""


def _raised(player: Player, wrist: Joint, elbow: Joint, shoulder: Joint) -> float:
    """Return how far a hand is above the nose, and the elbow near or above the shoulder, in torso lengths."""
    y = player.pose.xy[:, 1]
    hand = y[J.NOSE] - y[wrist]
    # An elbow far below the shoulder is a hand at the face, not a raised arm (allowed: .2 below; enter is at .1).
    arm = y[shoulder] + 0.3 * player.torso - y[elbow]
    return float(min(hand, arm)) / player.torso


def left_raised(player: Player) -> float:
    """Measure the left hand above the nose."""
    return _raised(player, J.LEFT_WRIST, J.LEFT_ELBOW, J.LEFT_SHOULDER)


def right_raised(player: Player) -> float:
    """Measure the right hand above the nose."""
    return _raised(player, J.RIGHT_WRIST, J.RIGHT_ELBOW, J.RIGHT_SHOULDER)


def both_raised(player: Player) -> float:
    """Measure the lower of both hands."""
    return min(left_raised(player), right_raised(player))


LEFT_ARM = (J.NOSE, J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST)
RIGHT_ARM = (J.NOSE, J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST)

GESTURES: tuple[Row, ...] = (
    Row(
        "hands_up",
        "both hands above the head",
        (*LEFT_ARM, *RIGHT_ARM[1:]),
        both_raised,
        enter=0.1,
        exit=-0.1,
        hold=0.10,
        rest=0.3,
    ),
    # One hand waits 0.12 s longer than both: two hands hardly ever come up in the same picture.
    Row(
        "hand_up_left",
        "the left hand above the head",
        LEFT_ARM,
        left_raised,
        enter=0.1,
        exit=-0.1,
        hold=0.22,
        rest=0.3,
        unless=("hands_up",),
    ),
    Row(
        "hand_up_right",
        "the right hand above the head",
        RIGHT_ARM,
        right_raised,
        enter=0.1,
        exit=-0.1,
        hold=0.22,
        rest=0.3,
        unless=("hands_up",),
    ),
)
"""In order of precedence: a row comes after those it gives way to."""
