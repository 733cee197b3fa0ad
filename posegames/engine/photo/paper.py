"""The print: a pose like a picture on paper, with a name and what it was for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pygame

from posegames.body.measure import box
from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import fitting
from posegames.engine.figure import FULL_TORSO, Body, Skeleton, draw_figure, draw_skeletons
from posegames.engine.lamps import follow
from posegames.engine.shapes import draw_shape
from posegames.engine.sprites import ALPHA_MASKS, MASKS
from posegames.engine.text import Typesetter
from posegames.engine.theme import Theme, mix
from posegames.engine.view import Rect, View
from posegames.seeing.sighting import Frame, Picture, Sighting

SIZE = (900, 1060)
"""Width and height of a print in pixels."""
PICTURE = (820, 780)
"""Width and height of the picture on it."""
EDGE = 40
"""Paper around the picture."""
TALL, WIDE = 0.78, 0.84
"""Shares of the picture's height and width a figure may fill."""
STANDS = 0.93
"""Where its lowest point is, as a share of the picture's height."""
TILT = 2.5
"""Degrees a print lies askew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What is on a print."""

    number: int
    """The player's slot."""
    pose: Pose
    aspect: float
    """Width over height of the picture the pose was seen in."""
    caption: str = ""
    """What it was for."""
    frame: Frame | None = None
    """The camera's picture, where it may be shown; then it is behind the pose."""


def develop(shot: Shot, theme: Theme, letters: Typesetter) -> pygame.Surface:
    """Return the print of `shot`; takes some 60 ms."""
    surface = pygame.Surface(SIZE, depth=32, masks=MASKS)
    paper = Canvas(surface, theme=theme, letters=letters)
    look, ink = theme.look(shot.number), mix(theme.stage, (0, 0, 0), 0.3)
    paper.fill(theme.light)
    surface.blit(_picture(shot, theme, letters), (EDGE, EDGE))
    paper.rectangle((EDGE, EDGE, *PICTURE), ink, width=3)
    middle, size = SIZE[0] / 2, fitting(paper, look.name, SIZE[0] - 260, 92)
    wide = letters.width(look.name, size)
    high = 906.0 if shot.caption else 938.0
    draw_shape(paper, look.shape, (middle - wide / 2 - 20, high), 30, ink)
    draw_shape(paper, look.shape, (middle - wide / 2 - 20, high), 24, look.colour)
    paper.text(look.name, (middle + 36, high), size=size, colour=ink)
    size = fitting(paper, shot.caption, SIZE[0] - 2 * EDGE, 50)
    paper.text(shot.caption, (middle, 998), size=size, colour=mix(ink, theme.light, 0.25))
    return surface


def laid(print_: pygame.Surface, height: int) -> pygame.Surface:
    """Return a print `height` pixels high, as it lies on a table: a little askew, its edges smooth."""
    size = (round(print_.get_width() * height / print_.get_height()), height)
    rimmed = pygame.Surface((size[0] + 4, size[1] + 4), pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
    rimmed.blit(pygame.transform.smoothscale(print_, size), (2, 2))
    return pygame.transform.rotozoom(rimmed, TILT, 1.0)


def pixels_of(print_: pygame.Surface) -> Picture:
    """Return a print as (H, W, 3), BGR, to be saved."""
    colours = np.frombuffer(pygame.image.tobytes(print_, "RGB"), dtype=np.uint8)
    return np.ascontiguousarray(colours.reshape(SIZE[1], SIZE[0], 3)[..., ::-1])


def _picture(shot: Shot, theme: Theme, letters: Typesetter) -> pygame.Surface:
    """Return what is within the paper's edges."""
    surface = pygame.Surface(PICTURE, depth=32, masks=MASKS)
    canvas = Canvas(surface, theme=theme, letters=letters)
    look = theme.look(shot.number)
    if shot.frame is not None:
        frame, pose = _cropped(shot.frame, shot.pose)
        view = View((0.0, 0.0, float(PICTURE[0]), float(PICTURE[1])), frame.aspect, fit="cover")
        canvas.picture(Sighting(0.0, 0, (), frame.aspect, frame=frame), view)
        draw_skeletons(canvas, [Skeleton(Body.of(pose, view), look.colour)])
        return surface
    body = Body.of(shot.pose, View(_framed(shot), shot.aspect))
    # Limbs grow up to a size that fills a screen; here a figure may be larger.
    larger = max(1.0, body.torso / (1.25 * FULL_TORSO))
    canvas.wear(replace(theme, limb=theme.limb * larger))
    canvas.backdrop()
    follow(canvas, [body])
    draw_figure(canvas, body, look.colour, emblem=look.shape)
    return surface


def _framed(shot: Shot) -> Rect:
    """Return where the whole camera's picture lies, so that the figure is in the middle and fills it well."""
    wide, high = PICTURE
    found = box(shot.pose)
    left, top, right, bottom = found or (0.0, 0.0, shot.aspect, 1.0)
    top -= 0.16 * (bottom - top)  # the head goes on above the nose
    scale = min(TALL * high / max(bottom - top, 0.05), WIDE * wide / max(right - left, 0.05), 4.0 * high)
    middle = shot.aspect - (left + right) / 2  # as in a mirror
    return wide / 2 - middle * scale, STANDS * high - bottom * scale, scale * shot.aspect, scale


def _cropped(frame: Frame, pose: Pose) -> tuple[Frame, Pose]:
    """Return the part of a camera's picture around a body, as wide as the print has it, and the body in it."""
    high, across = frame.picture.shape[:2]
    wide = min(across, round(high * PICTURE[0] / PICTURE[1]))
    found = box(pose)
    middle = (found[0] + found[2]) / 2 * high if found else across / 2
    left = round(min(max(middle - wide / 2, 0), across - wide))
    part = frame.picture[:, left : left + wide].copy()
    shift = np.array([left / high, 0.0], dtype=np.float32)
    return Frame(part, frame.time, frame.number), replace(pose, xy=pose.xy - shift)
