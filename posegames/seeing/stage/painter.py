"""Painting an actor: what is farther away first, all of it in one plan of strokes made beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.seeing.sighting import Picture
from posegames.seeing.stage import brush, limbs
from posegames.seeing.stage.build import BUILDS
from posegames.seeing.stage.choreography import Actor
from posegames.seeing.stage.figure import NECK, PELVIS
from posegames.seeing.stage.head import HeadPainter
from posegames.seeing.stage.limbs import Chain
from posegames.seeing.stage.look import LOOKS
from posegames.seeing.stage.stance import INDEX
from posegames.seeing.stage.torso import TorsoPainter
from posegames.seeing.stage.view import DISTANCE

Limb = Literal["left arm", "right arm", "left leg", "right leg", "shoulders", "neck"]
_Stroke = tuple[Callable[[Picture, brush.Strokes, brush.Bgr], None], int, int, brush.Bgr]
"""How to fill, which part, which of its layers, and in which colour."""
_LAYERS = 5
_BEHIND = -0.035
"""Body heights an arm must be behind the middle of the chest to be painted before it."""
_LEGS: tuple[tuple[Joint, Limb], ...] = ((Joint.LEFT_KNEE, "left leg"), (Joint.RIGHT_KNEE, "right leg"))
_ARMS: tuple[tuple[tuple[Joint, ...], Limb], ...] = (
    ((Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST), "left arm"),
    ((Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST), "right arm"),
)


class ActorPainter:
    """Paints one actor."""

    def __init__(self, number: int) -> None:
        """Make ready for actor `number`, from 1."""
        look, build = LOOKS[number - 1], BUILDS[number - 1]
        chains: dict[Limb, tuple[Chain, ...]] = {
            "left leg": limbs.leg("left", look),
            "right leg": limbs.leg("right", look),
            "left arm": limbs.arm("left", look),
            "right arm": limbs.arm("right", look),
            "shoulders": limbs.shoulder("left", look) + limbs.shoulder("right", look),
            "neck": limbs.neck(look),
        }
        used = [part for limb in chains.values() for chain in limb for part in (*chain.parts, *chain.rim)]
        parts = list(dict.fromkeys(used))
        place = {part: index for index, part in enumerate(parts)}
        self._plans: dict[Limb, list[_Stroke]] = {
            limb: [
                (
                    brush.fill if layer == 0 else brush.tint,
                    place[part],
                    round(layer * (_LAYERS - 1) / max(1, len(chain.shades) - 1)),
                    shade,
                )
                for chain in row
                for layer, shade in enumerate(chain.shades)
                for part in (chain.rim if chain.rim and 2 * layer < len(chain.shades) - 1 else chain.parts)
            ]
            for limb, row in chains.items()
        }
        self._start = np.stack([part.start for part in parts])
        self._end = np.stack([part.end for part in parts])
        fold = np.stack([part.fold for part in parts])
        left = np.array([Joint.LEFT_WRIST, Joint.LEFT_INDEX, Joint.LEFT_PINKY])
        is_left = (fold[:, left] != 0).any(axis=1, keepdims=True)
        self._folds = {"left_fist": fold * is_left, "right_fist": fold * ~is_left}
        self._thick = np.array([part.thick for part in parts]) * build.girth
        self._stature = build.stature
        self._torso, self._head = TorsoPainter(look, build), HeadPainter(look)

    def paint(self, picture: Picture, actor: Actor) -> None:
        """Paint `actor` over `picture`."""
        points = actor.picture * picture.shape[0]
        scale = actor.scale * picture.shape[0] * self._stature
        outlines = self._outlines(actor, points, scale)
        behind, before = _order(actor.space[:, 2])
        self._head.paint_back(picture, actor, points, scale)
        self._torso.paint_hips(picture, actor, points, scale)
        for limb in behind:
            self._paint(picture, outlines, limb)
        self._paint(picture, outlines, "shoulders")
        self._torso.paint(picture, actor, points, scale)
        self._paint(picture, outlines, "neck")
        self._head.paint(picture, actor, points, scale)
        for limb in before:
            self._paint(picture, outlines, limb)

    def _outlines(self, actor: Actor, points: Floats, scale: float) -> brush.Strokes:
        end = self._end
        for name, fold in self._folds.items():
            if actor.stance[INDEX[name]] > 0.01:
                end = end + fold * actor.stance[INDEX[name]]
        z = actor.space[:, 2]
        ends = np.stack([self._start @ points, end @ points], axis=1)
        # What is nearer than the hips looks larger.
        ahead = np.stack([self._start @ z, end @ z], axis=1) - z[PELVIS]
        radii = self._thick * scale * (1 + np.clip(ahead, -0.6, 0.6) / DISTANCE)
        return brush.capsules(ends, radii, _LAYERS)

    def _paint(self, picture: Picture, outlines: brush.Strokes, limb: Limb) -> None:
        for stroke, part, layer, shade in self._plans[limb]:
            stroke(picture, outlines[part, layer], shade)


def _order(z: Floats) -> tuple[list[Limb], list[Limb]]:
    """Return the limbs behind the torso and those before it, the farthest first; `z` (points,)."""
    legs = [limb for _, limb in sorted((float(z[knee]), limb) for knee, limb in _LEGS)]
    chest = 0.5 * float(z[PELVIS] + z[NECK])
    arms = sorted((float(z[[*joints]].mean()) - chest, limb) for joints, limb in _ARMS)
    behind = [limb for ahead, limb in arms if ahead < _BEHIND]
    return behind + legs, [limb for ahead, limb in arms if ahead >= _BEHIND]
