"""A pose on the screen, and what every way to draw it needs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from posegames.body.joints import STAND_INS, Joint
from posegames.body.pose import Pose
from posegames.engine.canvas import FAR, Point
from posegames.engine.theme import Colour, Theme, mix
from posegames.engine.view import View

J = Joint
UNSURE = 0.15
"""Confidence below which a joint is not drawn at all."""
FULL_TORSO = 170.0
"""Torso length in logical pixels at which limbs have the theme's width."""

LEGS = (
    (J.LEFT_HIP, J.LEFT_KNEE, J.LEFT_ANKLE, J.LEFT_FOOT_INDEX),
    (J.RIGHT_HIP, J.RIGHT_KNEE, J.RIGHT_ANKLE, J.RIGHT_FOOT_INDEX),
)
ARMS = ((J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST), (J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST))
HANDS = ((J.LEFT_WRIST, J.LEFT_INDEX), (J.RIGHT_WRIST, J.RIGHT_INDEX))
TRUNK = (J.LEFT_SHOULDER, J.RIGHT_SHOULDER, J.RIGHT_HIP, J.LEFT_HIP)


@dataclass(frozen=True)
class Body:
    """A pose on the screen: plain numbers, because drawing asks for each of them many times."""

    points: list[Point]
    confidence: list[float]
    """0, too, for what lies too far off the screen to be drawn."""

    @classmethod
    def of(cls, pose: Pose, view: View) -> Self:
        """Place `pose` as `view` shows it."""
        placed = view.to_screen(pose.xy)
        near = (np.abs(placed) < FAR).all(axis=1)
        return cls([(x, y) for x, y in placed.tolist()], (pose.confidence * near).tolist())

    def seen(self, *joints: int, least: float = UNSURE) -> bool:
        """Whether all of `joints` can be drawn."""
        return min(map(self.confidence.__getitem__, joints)) >= least

    def end(self, joint: int) -> int:
        """Return `joint`, or what stands in for the end of its limb where that is not seen."""
        return joint if self.seen(joint) else STAND_INS.get(joint, joint)

    def chains(self, *chains: tuple[int, ...]) -> list[list[Point]]:
        """Return the lines through the joints of each chain, interrupted where one is not seen."""
        lines: list[list[Point]] = []
        for chain in chains:
            line: list[Point] = []
            for joint in chain:
                if self.seen(joint):
                    line.append(self.points[joint])
                else:
                    lines.append(line)
                    line = []
            lines.append(line)
        return [line for line in lines if len(line) > 1]

    def middle(self, *joints: int) -> Point:
        """Return the middle of `joints`."""
        x = y = 0.0
        for joint in joints:
            point = self.points[joint]
            x, y = x + point[0], y + point[1]
        return x / len(joints), y / len(joints)

    @cached_property
    def torso(self) -> float:
        """Torso length in logical pixels; from the shoulders' width where the hips are not seen; at least 8."""
        if self.seen(*TRUNK):
            length = math.dist(self.middle(*TRUNK[:2]), self.middle(*TRUNK[2:]))
        elif self.seen(*TRUNK[:2]):
            length = 1.3 * math.dist(self.points[TRUNK[0]], self.points[TRUNK[1]])
        else:
            length = 0.0
        return max(8.0, length)

    @property
    def head(self) -> Point | None:
        """The middle of the head, or None where it is not seen."""
        if self.seen(J.LEFT_EAR, J.RIGHT_EAR):
            return self.middle(J.LEFT_EAR, J.RIGHT_EAR)
        return self.points[J.NOSE] if self.seen(J.NOSE) else None

    @property
    def neck(self) -> Point | None:
        """The middle of the shoulders, or None where they are not seen."""
        return self.middle(*TRUNK[:2]) if self.seen(*TRUNK[:2]) else None

    @property
    def waist(self) -> Point | None:
        """The middle of the hips, or None where they are not seen."""
        return self.middle(*TRUNK[2:]) if self.seen(*TRUNK[2:]) else None

    def palm(self, side: int) -> Point | None:
        """Return the middle of a hand, 0 the left and 1 the right; None where it is not seen."""
        hand = HANDS[side]
        return between(self.points[hand[0]], self.points[hand[1]], 0.55) if self.seen(*hand) else None

    @property
    def crown(self) -> Point | None:
        """A place a little above the head, for a tag; None where no head is seen."""
        head = self.head
        return (head[0], head[1] - 0.62 * self.torso) if head else None

    @property
    def foot(self) -> Point | None:
        """The place between the feet, at the height of the lower one; None where no foot is seen."""
        ends = map(self.end, (J.LEFT_FOOT_INDEX, J.RIGHT_FOOT_INDEX))
        feet = [self.points[joint] for joint in ends if self.seen(joint)]
        if not feet:
            return None
        return sum(x for x, _ in feet) / len(feet), max(y for _, y in feet)


@dataclass(frozen=True, slots=True)
class Paint:
    """What a figure is painted with."""

    colour: Colour
    shade: Colour
    """Of what lies behind."""
    bright: Colour
    """Of what lies in front."""
    cut: Colour
    """Of outlines, and of what is on the chest."""
    unit: float
    """Its size on the screen: 1 for somebody near."""
    limb: float
    """Width of its limbs in logical pixels."""
    emblem: str = ""
    """Shape it bears; none if empty."""

    @classmethod
    def of(cls, body: Body, colour: Colour, theme: Theme, *, emblem: str = "", faint: bool = False) -> Self:
        """Mix them for `body`; a `faint` one is all but gone."""
        unit = min(1.25, max(0.3, body.torso / FULL_TORSO))
        paper = mix(colour, theme.boards, 0.65) if faint else colour
        shade, cut = mix(paper, theme.stage, 0.20), mix(paper, theme.stage, 0.60)
        return cls(paper, shade, mix(paper, theme.text, 0.10), cut, unit, theme.limb * unit, emblem)


def between(a: Point, b: Point, share: float) -> Point:
    """Return the place `share` (0..1) of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
