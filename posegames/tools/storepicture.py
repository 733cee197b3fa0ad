"""The picture that stands before the game: `python -m posegames.tools.storepicture docs` draws docs/store.png.

It is composed of what scenes are made of, drawn by what draws them: figures, lamps, trails, rings, sparks.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas, Point
from posegames.engine.dials import dial
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.particles import Particles
from posegames.engine.theme import HEIGHT, THEATRE, WIDTH, Colour, Theme, mix
from posegames.engine.trails import JOINTS, Trails
from posegames.engine.view import View
from posegames.engine.window import open_window
from posegames.language import tr
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.piece import ANGLES, Target
from posegames.seeing.sighting import Picture
from posegames.settings import Settings

VIEW = View((0.0, 0.0, float(WIDTH), float(HEIGHT)), WIDTH / HEIGHT)
SWEEP = 0.5
"""Seconds of motion behind everybody's hands."""
_STANDING = {name: 3.0 if name.endswith(("thigh", "shin")) else 10.0 for name in ANGLES} | {"trunk": 0.0}


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody in the picture."""

    number: int
    figure: str
    hips: Point
    """In logical pixels."""
    torso: float
    angles: Mapping[str, float]
    """As a level's pose has them."""
    begins: Mapping[str, float] = field(default_factory=dict)
    """Where the limbs came from."""

    def pose(self, share: float = 1.0) -> Pose:
        """Return their body, `share` (0..1) of the way through what they do."""
        ends, begins = {**_STANDING, **self.angles}, {**_STANDING, **self.begins}
        angles = {name: begins[name] + (ends[name] - begins[name]) * share for name in ANGLES}
        target = Target(name=self.figure, angles=angles)
        hips = VIEW.to_frame(self.hips)
        pose = ghost(target, Proportions(torso=self.torso / VIEW.scale), (0.0, 0.0))
        return Pose(pose.xy + hips, pose.confidence)


ROLES = (
    Role(6, "puppet", (140, 510), 84, {"left_upper_arm": 60, "left_forearm": 10, "right_upper_arm": 120,
         "right_forearm": 170, "trunk": 6}, {"right_upper_arm": 60, "right_forearm": 100}),
    Role(4, "stick", (1150, 508), 84, {"left_upper_arm": 100, "left_forearm": 150, "right_upper_arm": 70,
         "right_forearm": 40, "left_thigh": 62, "left_shin": 62, "trunk": -12}),
    Role(2, "robot", (368, 490), 108, {"left_upper_arm": 90, "left_forearm": 178, "right_upper_arm": 90,
         "right_forearm": 2, "left_thigh": 8, "right_thigh": 8}),
    Role(3, "neon", (902, 484), 108, {"left_upper_arm": 92, "left_forearm": 92, "right_upper_arm": 92,
         "right_forearm": 92, "left_thigh": 24, "left_shin": 18, "right_thigh": 24, "right_shin": 18},
         {"left_upper_arm": 20, "left_forearm": 20, "right_upper_arm": 20, "right_forearm": 20}),
    Role(1, "paper", (640, 446), 122, {"left_upper_arm": 138, "left_forearm": 146, "right_upper_arm": 138,
         "right_forearm": 146, "left_thigh": 38, "left_shin": 22, "right_thigh": 38, "right_shin": 22},
         {"left_upper_arm": 50, "left_forearm": 60, "right_upper_arm": 50, "right_forearm": 60}),
)  # fmt: skip
"""From the back of the stage to the front."""


def draw_store(canvas: Canvas, theme: Theme = THEATRE) -> None:
    """Draw the whole picture, 1280 by 720 logical pixels."""
    canvas.wear(theme)
    canvas.backdrop()
    bodies = [Body.of(role.pose(), VIEW) for role in ROLES]
    follow(canvas, bodies[:-1])
    canvas.spotlight((640, 668), 560, mix(theme.light, theme.warn, 0.25))
    canvas.shadow((640, 668), 210, 40)
    hero, star = bodies[-1], theme.look(ROLES[-1].number)
    chest = hero.middle(11, 12, 23, 24)
    canvas.glow(chest, 330, star.colour, strength=0.4)
    canvas.ring(chest, 196, mix(theme.stage, star.colour, 0.35), width=9)
    dial(canvas, chest, 196, 0.82, mix(star.colour, theme.text, 0.25), width=16)
    sparks = Particles(seed=8)
    sparks.shower([look.colour for look in theme.players], count=60)
    _let(sparks, 1.5)
    sparks.draw(canvas)
    for role, body in zip(ROLES, bodies, strict=True):
        look = theme.look(role.number)
        trails = Trails()
        for i in range(31):
            trails.update(role.pose(i / 30), SWEEP * i / 30)
        trails.draw(canvas, VIEW, mix(look.colour, theme.light, 0.15), SWEEP)
        canvas.theme = replace(theme, figure=role.figure)
        draw_figure(canvas, body, look.colour, emblem=look.shape)
        canvas.theme = theme
    sparks = Particles(seed=4)
    for joint in JOINTS[:2]:
        sparks.burst(hero.points[joint], star.colour, count=34, speed=330, shape="sparkle")
    sparks.burst(bodies[3].points[JOINTS[0]], theme.look(3).colour, count=14, speed=240, shape="triangle")
    sparks.burst(bodies[3].points[JOINTS[1]], theme.look(3).colour, count=14, speed=240, shape="triangle")
    _let(sparks, 0.25)
    sparks.draw(canvas)
    _letters(canvas, "posegames", (WIDTH / 2, 84), 148, theme.light)
    _letters(canvas, tr("Play with your body. A webcam is enough."), (WIDTH / 2, 688), 44, theme.text)


def _let(sparks: Particles, seconds: float) -> None:
    for _ in range(round(60 * seconds)):
        sparks.update(1 / 60)


def _letters(canvas: Canvas, words: str, middle: Point, size: int, colour: Colour) -> None:
    """Write a line with a soft dark rim: it stands before a curtain."""
    rim = max(2.0, size / 30)
    for dx, dy in ((rim, 1.6 * rim), (-rim, rim), (rim, -rim), (-rim, -rim)):
        canvas.text(words, (middle[0] + dx, middle[1] + dy), size=size, colour=canvas.theme.stage)
    canvas.text(words, middle, size=size, colour=colour)


def picture() -> Picture:
    """Return the picture, (720, 1280, 3), BGR."""
    with open_window(Settings(headless=True)) as window:
        draw_store(window.canvas)
        return np.ascontiguousarray(window.pixels()[..., :3])


def main(folder: Path) -> None:
    """Write `folder`/store.png. Raises OSError where that cannot be."""
    done, data = cv2.imencode(".png", picture(), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    assert done
    (folder / "store.png").write_bytes(data.tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
