"""The plates at the front of the stage of `match`: everybody's name, points, stars and combo."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.shapes import draw_shape
from posegames.engine.sprites import ALPHA_MASKS, ALPHAS, panel
from posegames.engine.theme import HEIGHT, WIDTH, Colour, mix
from posegames.language import figures
from posegames.scenes.match.act import PLATE_TOP, Role

HIGH = HEIGHT - round(PLATE_TOP) - 6
"""Logical pixels a plate is high."""
ROW = HIGH - 20
"""Where on it the name stands."""
MANY = 5
"""Players from which on plates are small."""
PULSES = 6
"""Steps in which a plate's brightness goes back after a success."""


@dataclass(frozen=True, slots=True)
class _Face:
    """What is on a plate."""

    number: int
    points: int
    stars: int
    combo: int
    ink: Colour
    small: bool


class Plates:
    """The plates, each painted anew only when something on it has changed."""

    def __init__(self) -> None:
        self._painted: dict[int, tuple[_Face, Canvas, pygame.Surface]] = {}
        """What is on each, where it is painted, and the same kept in runs: showing that is cheaper."""

    def draw(self, canvas: Canvas, role: Role) -> None:
        """Put down the plate of a player."""
        act, turn, theme = role.act, role.turn, canvas.theme
        if turn is None or math.isnan(act.x):
            return
        pulse = round(act.pulse * PULSES) / PULSES
        ink = theme.muted if role.player.hidden else mix(theme.look(act.number).colour, theme.text, 0.7 * pulse)
        stars, small = math.floor(turn.stars), role.crowd >= MANY
        face = _Face(act.number, round(act.points), stars, turn.combo, ink, small)
        wide = plate_width(role.crowd)
        kept, paper, shown = self._painted.get(act.number, (None, None, None))
        if paper is None or paper.size[0] != wide or paper.theme is not theme:
            surface = pygame.Surface((round(wide), HIGH), pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
            paper = Canvas(surface, theme=theme, letters=canvas.letters)
            kept = None
        if kept != face or shown is None:
            _paint(paper, face)
            shown = paper.surface.copy()
            shown.set_alpha(255, pygame.RLEACCEL)
            self._painted[act.number] = face, paper, shown
        canvas.surface.blit(shown, (round(act.x - wide / 2), round(PLATE_TOP)))


def _paint(canvas: Canvas, face: _Face) -> None:
    theme, wide = canvas.theme, canvas.size[0]
    canvas.surface.fill((0, 0, 0, 0))
    canvas.surface.blit(panel(canvas.size, theme.stage, round(0.85 * ALPHAS), theme.radius, 0), (0, 0))
    canvas.text(figures(face.points), (wide / 2, 38), size=64 if face.small else 96, colour=face.ink)
    look, size = theme.look(face.number), theme.type.help
    name = canvas.letters.width(look.name, size)
    combo = f"x{face.combo}" if face.combo > 1 else ""
    tail = canvas.letters.width(combo, size) + 10 if combo else 0
    stars = 0 if face.small else 5 * 25
    x = (wide - 30 - name - 14 - stars - tail) / 2
    draw_shape(canvas, look.shape, (x + 11, ROW), 11, face.ink)
    canvas.text(look.name, (x + 30, ROW), size=size, colour=face.ink, anchor="midleft")
    x += 30 + name + 14
    if not face.small:
        for i in range(5):
            earned = i < face.stars
            colour = theme.warn if earned else mix(theme.boards, theme.muted, 0.45)
            draw_shape(canvas, "star", (x + 12 + 25 * i, ROW), 11 if earned else 8, colour)
    if combo:
        canvas.text(combo, (x + stars + 10, ROW), size=size, colour=theme.warn, anchor="midleft")


def plate_width(crowd: int) -> float:
    """Return how wide a plate is."""
    return 304.0 if crowd < MANY else 204.0


def places(wanted: Mapping[int, float], left: float = 0.0) -> dict[int, float]:
    """Return where plates stand that want to be under their players' feet: none over another, none left of `left`.

    Both ways: across the screen by player's number.
    """
    wide = plate_width(len(wanted)) + 8
    order = sorted(wanted, key=lambda number: (wanted[number], number))
    found: dict[int, float] = {}
    least = left + wide / 2
    for i, number in enumerate(order):
        most = WIDTH - wide * (len(order) - i - 0.5)
        found[number] = min(max(wanted[number], least), most)
        least = found[number] + wide
    return found
