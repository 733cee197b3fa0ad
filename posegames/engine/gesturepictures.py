"""Small pictures of gestures: a paper figure at the height of the move, its beginning behind it, and arrows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pygame

from posegames.body.joints import MIRROR, Joint
from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, draw_figure
from posegames.engine.sprites import MASKS
from posegames.engine.theme import Colour
from posegames.engine.view import Rect, View
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

J = Joint
TALL = 5.3
"""Torso lengths a picture is high and wide: raised hands, spread arms and feet in the air fit in."""
BEGIN = 0.5
"""Seconds of the stage's play before the move begins."""
STEPS = 12
"""Places along an arrow."""
SHORTEST = 0.14
"""Of the picture's height: a shorter way is shown as an arrow of this length."""
ABOVE = 0.12
"""Of the picture's height: so much above the face the way of a head is shown."""
FAR_AWAY = np.array([0.0, -0.9], dtype=np.float32)
"""Where whoever walks away gets small: torso lengths from the hips."""

HANDS, FEET = (J.LEFT_WRIST, J.RIGHT_WRIST), (J.LEFT_ANKLE, J.RIGHT_ANKLE)


@dataclass(frozen=True, slots=True)
class Sketch:
    """How a gesture is shown."""

    move: str
    """A move of the stage, as a play says it."""
    peak: float
    """Seconds from the move's beginning to what is shown."""
    since: float | None = None
    """Seconds to where the arrows begin, and to the figure behind; None shows a pose and no arrow."""
    traced: tuple[int, ...] = ()
    """The joints whose way is an arrow."""
    again: bool = False
    """The arrows go both ways."""
    ghost: bool = True
    """Whether the beginning stands behind."""
    sides: bool = False
    """It goes to both sides: what stands behind is the mirror image, and the arrows go across."""
    depth: float = 1.0
    """How large the beginning is, against the end: less is farther away."""


def _sided(name: str, sketch: Sketch) -> dict[str, Sketch]:
    """Return a sketch for each side; `sketch` is the left one's."""
    other = replace(
        sketch,
        move=sketch.move.replace("left", "right"),
        traced=tuple(MIRROR[joint] for joint in sketch.traced),
    )
    return {f"{name}_left": sketch, f"{name}_right": other}


SKETCHES: Mapping[str, Sketch] = MappingProxyType(
    {
        "jumping_jack": Sketch("jumping_jack", 0.58, 0.0, (*HANDS, *FEET)),
        "jump": Sketch("jump", 0.76, 0.34, FEET),
        "squat": Sketch("squat", 0.92, 0.0, (J.NOSE,), again=True),
        "duck": Sketch("squat", 0.92, 0.0, (J.NOSE,)),
        "lunge": Sketch("lunge_left", 0.95, 0.0, (J.LEFT_ANKLE,)),
        **_sided("knee_up", Sketch("knee_up_left", 0.55, 0.0, (J.LEFT_KNEE,))),
        **_sided("kick", Sketch("kick_left", 0.64, 0.2, (J.LEFT_ANKLE,))),
        **_sided("side_leg_raise", Sketch("side_leg_raise_left", 0.86, 0.0, (J.LEFT_ANKLE,))),
        **_sided("punch", Sketch("punch_left", 0.44, 0.27, (J.LEFT_WRIST,))),
        **_sided("swipe", Sketch("swipe_left", 0.74, 0.40, (J.RIGHT_WRIST,))),
        "swipe_up": Sketch("swipe_up", 0.74, 0.36, (J.RIGHT_WRIST,)),
        "swipe_down": Sketch("swipe_down", 0.92, 0.55, (J.RIGHT_WRIST,)),
        "wave": Sketch("wave_right", 1.32, 1.07, (J.RIGHT_WRIST,), again=True, ghost=False),
        "clap": Sketch("clap", 0.46, 0.30, HANDS),
        "hands_up": Sketch("hands_up", 1.0),
        **_sided("hand_up", Sketch("raise_left", 1.0)),
        "t_pose": Sketch("t_pose", 1.0),
        "arms_crossed": Sketch("arms_crossed", 1.1),
        **_sided("lean", Sketch("lean_left", 0.9, 0.0, (J.NOSE,))),
        **_sided("step", Sketch("step_left", 1.2, 0.0, (J.NOSE,))),
        "lean": Sketch("lean_right", 0.9, 0.0, (J.NOSE,), again=True, sides=True),
        "step": Sketch("step_right", 1.2, 0.0, (J.NOSE,), again=True, sides=True),
        "advance": Sketch("stand", 0.2, 0.0, FEET, again=True, depth=0.62),
    }
)
"""By the names of the table of gestures."""


def gesture_picture(name: str, size: int) -> pygame.Surface:
    """Return the picture of a gesture, `size` pixels high and wide. Raises KeyError where there is none."""
    surface = pygame.Surface((size, size), depth=32, masks=MASKS)
    canvas = Canvas(surface)
    canvas.fill(canvas.theme.boards)
    draw_gesture(canvas, name, (0, 0, size, size), canvas.theme.look(1).colour)
    return surface


def save_pictures(folder: Path, size: int = 200) -> list[Path]:
    """Write all of them into `folder` as PNG files named by their gestures. Raises OSError, pygame.error."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{name}.png" for name in SKETCHES]
    for file in files:
        pygame.image.save(gesture_picture(file.stem, size), file)
    return files


def draw_gesture(canvas: Canvas, name: str, rect: Rect, colour: Colour) -> None:
    """Draw a gesture within `rect`, seen as in a mirror. Raises KeyError where there is no sketch of it."""
    sketch, (_, _, width, height) = SKETCHES[name], rect
    view = View(rect, width / height)
    bodies = [Body.of(_placed(pose, width / height), view) for pose in _poses(sketch)]
    if sketch.since is not None and sketch.ghost:
        draw_figure(canvas, bodies[0], colour, faint=True)
    draw_figure(canvas, bodies[-1], colour)
    for joint in sketch.traced:
        way = [body.points[joint] for body in bodies]
        across = joint == J.NOSE and abs(way[0][0] - way[-1][0]) > abs(way[0][1] - way[-1][1])
        _arrow(canvas, way, height, again=sketch.again, above=across)


@lru_cache(maxsize=64)
def _poses(sketch: Sketch) -> tuple[Pose, ...]:
    """Return the figure on its way, from the beginning to the peak; in torso lengths, around where it stood."""
    play = parse_play(f"seconds 8\nactors 1\n{BEGIN} 1 {sketch.move}")
    stage = Choreography(play, actors=1)
    standing = stage.at(0.0)[0]
    hips, torso = standing.middle((J.LEFT_HIP, J.RIGHT_HIP)), torso_length(standing)
    since = sketch.peak if sketch.since is None else sketch.since
    times = np.linspace(since, sketch.peak, STEPS if sketch.since is not None else 1)
    ways = [(stage.at(BEGIN + float(time))[0].xy - hips) / np.float32(torso) for time in times]
    if sketch.sides:
        ways = [*(way[list(MIRROR)] * np.array([-1, 1], dtype=np.float32) for way in ways[:0:-1]), *ways]
    sizes = np.linspace(sketch.depth, 1.0, len(ways))
    whole = np.ones(len(standing.confidence))
    return tuple(
        Pose((way - FAR_AWAY) * np.float32(size) + FAR_AWAY, whole) for way, size in zip(ways, sizes, strict=True)
    )


def _placed(pose: Pose, aspect: float) -> Pose:
    """Return a pose as a picture of `aspect` shows it, in its heights."""
    return Pose(pose.xy / np.float32(TALL) + np.array([aspect / 2, 0.56], dtype=np.float32), pose.confidence)


def _arrow(canvas: Canvas, way: list[Point], height: float, *, again: bool, above: bool) -> None:
    """Draw an arrow along a way, with a dark rim; with a head at both ends where it goes there and back."""
    theme = canvas.theme
    width = max(2.5, height / 48)
    way = _stretched(way, SHORTEST * height)
    if above:
        way = [(x, y - ABOVE * height) for x, y in way]
    heads = [_head(way, width)] + ([_head(way[::-1], width)] if again else [])
    for shade, more in ((theme.stage, max(2.0, height / 70)), (theme.light, 0.0)):
        canvas.strokes([way], shade, width + 2 * more)
        for head in heads:
            if more:
                canvas.strokes([[*head, head[0]]], shade, 2 * more)
            canvas.polygon(head, shade)


def _head(way: list[Point], width: float) -> list[Point]:
    """Return the corners of an arrow's head at the end of a way."""
    tip = way[-1]
    back = next((p for p in reversed(way) if math.dist(p, tip) > 2 * width), way[0])
    far = math.dist(back, tip) or 1.0
    x, y = (tip[0] - back[0]) / far, (tip[1] - back[1]) / far
    wide, long = 2.2 * width, 3.4 * width
    return [
        (tip[0] + long * x / 2, tip[1] + long * y / 2),
        (tip[0] - long * x / 2 - wide * y, tip[1] - long * y / 2 + wide * x),
        (tip[0] - long * x / 2 + wide * y, tip[1] - long * y / 2 - wide * x),
    ]


def _stretched(way: list[Point], least: float) -> list[Point]:
    """Return a way, from its middle made `least` long from end to end where it is shorter."""
    far = math.dist(way[0], way[-1])
    if far >= least or far == 0:
        return way
    x, y = ((a + b) / 2 for a, b in zip(way[0], way[-1], strict=True))
    grow = least / far
    return [(x + grow * (px - x), y + grow * (py - y)) for px, py in way]
