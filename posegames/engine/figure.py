"""Bodies on the screen: a paper figure, and a skeleton for the mirror."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from posegames.body.joints import BONES, Joint
from posegames.body.pose import Pose
from posegames.engine.canvas import FAR, Canvas, Point
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour, mix
from posegames.engine.view import View

J = Joint
SURE, UNSURE = 0.6, 0.15
"""Confidences from which a joint is drawn in full, and below which not at all."""
FULL_TORSO = 170.0
"""Torso length in logical pixels at which limbs have the theme's width."""

_LEGS = (
    (J.LEFT_HIP, J.LEFT_KNEE, J.LEFT_ANKLE, J.LEFT_FOOT_INDEX),
    (J.RIGHT_HIP, J.RIGHT_KNEE, J.RIGHT_ANKLE, J.RIGHT_FOOT_INDEX),
)
_ARMS = ((J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST), (J.RIGHT_SHOULDER, J.RIGHT_ELBOW, J.RIGHT_WRIST))
_HANDS = ((J.LEFT_WRIST, J.LEFT_INDEX), (J.RIGHT_WRIST, J.RIGHT_INDEX))
_TRUNK = (J.LEFT_SHOULDER, J.RIGHT_SHOULDER, J.RIGHT_HIP, J.LEFT_HIP)
_BONES = tuple((int(a), int(b)) for a, b in (*BONES, *_HANDS))
_KNOBS = tuple(sorted({joint for bone in BONES for joint in bone}))


@dataclass(frozen=True, slots=True)
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

    @property
    def torso(self) -> float:
        """Torso length in logical pixels; from the shoulders' width where the hips are not seen; at least 8."""
        if self.seen(*_TRUNK):
            length = math.dist(self.middle(*_TRUNK[:2]), self.middle(*_TRUNK[2:]))
        elif self.seen(*_TRUNK[:2]):
            length = 1.3 * math.dist(self.points[_TRUNK[0]], self.points[_TRUNK[1]])
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
    def crown(self) -> Point | None:
        """A place a little above the head, for a tag; None where no head is seen."""
        head = self.head
        return (head[0], head[1] - 0.62 * self.torso) if head else None

    @property
    def foot(self) -> Point | None:
        """The place between the feet, at the height of the lower one; None where no foot is seen."""
        feet = [self.points[j] for j in (J.LEFT_FOOT_INDEX, J.RIGHT_FOOT_INDEX) if self.seen(j)]
        if not feet:
            return None
        return sum(x for x, _ in feet) / len(feet), max(y for _, y in feet)


def draw_figure(canvas: Canvas, body: Body, colour: Colour, *, emblem: str = "", faint: bool = False) -> None:
    """Draw a paper figure: bright rounded limbs, the arms cut out in front; `emblem` (a shape) on its chest."""
    theme = canvas.theme
    unit = min(1.25, max(0.3, body.torso / FULL_TORSO))
    limb = theme.limb * unit
    paper = mix(colour, theme.boards, 0.65) if faint else colour
    shade, bright = mix(paper, theme.stage, 0.20), mix(paper, theme.text, 0.10)
    cut = mix(paper, theme.stage, 0.60)

    canvas.strokes(body.chains(*_LEGS), shade, limb * 1.12)
    if body.seen(*_TRUNK):
        corners = [body.points[j] for j in _TRUNK]
        canvas.strokes([[*corners, corners[0]]], paper, limb * 1.35)
        canvas.polygon(corners, paper)
    else:
        canvas.strokes(body.chains(_TRUNK[:2]), paper, limb * 1.35)
    _head(canvas, body, bright, cut, limb)
    if emblem and body.seen(*_TRUNK):
        chest = _between(body.middle(*_TRUNK[:2]), body.middle(*_TRUNK[2:]), 0.36)
        draw_shape(canvas, emblem, chest, 0.15 * body.torso, cut)
    for chain, hand in zip(_ARMS, _HANDS, strict=True):
        arm = body.chains(chain)
        palm = _between(body.points[hand[0]], body.points[hand[1]], 0.55) if body.seen(*hand) else None
        for colour_, more in ((cut, 3 * unit), (bright, 0.0)):
            canvas.strokes(arm, colour_, limb + 2 * more)
            if palm:
                canvas.disc(palm, limb * 0.74 + more, colour_)


def _head(canvas: Canvas, body: Body, paper: Colour, cut: Colour, limb: float) -> None:
    head = body.head
    if head is None:
        return
    if body.seen(*_TRUNK[:2]):
        canvas.capsule(body.middle(*_TRUNK[:2]), head, mix(paper, cut, 0.25), limb)
    radius = 0.25 * body.torso
    canvas.disc(head, radius + 2.5, cut)
    canvas.disc(head, radius, paper)


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body to be drawn as bones and joints."""

    body: Body
    colour: Colour
    faint: bool = False
    pulse: float = 0.0
    """0..1; swells it, for something just achieved."""

    @property
    def unit(self) -> float:
        """Its size on the screen, 1 for somebody near."""
        return min(1.2, max(0.4, self.body.torso / FULL_TORSO)) * (1 + 0.5 * self.pulse)

    @property
    def sureness(self) -> list[int]:
        """How fully each joint is drawn: 2 as it is, 1 by half, 0 darkly, -1 not at all."""
        confidence = np.array(self.body.confidence)
        share = np.clip((confidence - UNSURE) / (SURE - UNSURE), 0, 1) * (0.4 if self.faint else 1.0)
        levels: list[int] = np.where(confidence >= UNSURE, np.rint(2 * share), -1).astype(int).tolist()
        return levels


def draw_skeletons(canvas: Canvas, skeletons: Sequence[Skeleton]) -> None:
    """Draw bones and joints over a picture; what the tracker is unsure of is thinner and darker.

    All of them at once: each stroke lets the tracking threads run, and waits until it may go on.
    """
    theme = canvas.theme
    rims: dict[int, list[tuple[Point, Point]]] = {}
    bones: list[tuple[dict[int, list[tuple[Point, Point]]], list[int], Skeleton, float]] = []
    for skeleton in skeletons:
        points, unit, sure = skeleton.body.points, skeleton.unit, skeleton.sureness
        lines: dict[int, list[tuple[Point, Point]]] = {}
        for a, b in _BONES:
            halves = min(sure[a], sure[b])
            if halves >= 0:
                lines.setdefault(halves, []).append((points[a], points[b]))
        for halves, where in lines.items():
            rims.setdefault(round((9.0 + 3.0 * halves) * unit), []).extend(where)
        bones.append((lines, sure, skeleton, unit))
    # All rims first: where bones meet, no rim may cut a neighbour.
    for width, where in rims.items():
        canvas.strokes(where, theme.stage, width, smooth=False)
    for lines, sure, skeleton, unit in bones:
        for halves, where in lines.items():
            bright = mix(skeleton.colour, theme.text, 0.5 * skeleton.pulse)
            shown = mix(mix(skeleton.colour, theme.stage, 0.5), bright, halves / 2)
            canvas.strokes(where, shown, (4.0 + 3.0 * halves) * unit)
        _knobs(canvas, skeleton, sure, unit)


def _knobs(canvas: Canvas, skeleton: Skeleton, sure: Sequence[int], unit: float) -> None:
    """Draw joints and head."""
    theme, body, colour = canvas.theme, skeleton.body, skeleton.colour
    for halves in (0, 1, 2):
        where = [body.points[joint] for joint in _KNOBS if sure[joint] == halves]
        if where:
            canvas.discs(where, (3.5 + 1.5 * halves) * unit, mix(colour, theme.text, 0.25 + 0.375 * halves))
    if body.head:
        halves = max(0, *(sure[joint] for joint in (J.NOSE, J.LEFT_EAR, J.RIGHT_EAR)))
        canvas.ring(body.head, 0.27 * body.torso, theme.stage, width=9 * unit)
        dark = mix(colour, theme.stage, 0.5)
        canvas.ring(body.head, 0.27 * body.torso, mix(dark, colour, halves / 2), width=5 * unit)
