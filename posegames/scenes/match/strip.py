"""The camera's picture, small, with everybody's shape above their head: who is who."""

from __future__ import annotations

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body
from posegames.engine.scene import World
from posegames.engine.shapes import draw_shape
from posegames.engine.sprites import MASKS
from posegames.engine.theme import HEIGHT
from posegames.engine.view import View
from posegames.seeing.sighting import Sighting

HIGH = 116.0
"""Height of the picture."""
ENDS = 250.0
"""Where it ends on the right, a little air included."""
SKIPS = 2
"""Of so many pictures of the camera one is shown: it costs as much as a player."""


class Strip:
    """Paints picture and shapes together, once a picture."""

    def __init__(self) -> None:
        self._sighting: Sighting | None = None
        self._paper: Canvas | None = None
        self._painted: object = None
        """What all of it depends on."""

    def look(self, world: World) -> None:
        """Take the newest sighting, if it is time for it."""
        newest = world.sighting
        if newest and (self._sighting is None or abs(newest.number - self._sighting.number) >= SKIPS):
            self._sighting = newest

    def draw(self, canvas: Canvas, world: World, *, clock: bool) -> None:
        """Show it: beside a single player's plate; with more below the title and the clock, if there is one."""
        sighting, theme = self._sighting, canvas.theme
        if sighting is None or sighting.frame is None:
            return
        edge = theme.space.edge
        wide = min(HIGH * world.aspect, ENDS - edge - 24)
        top = HEIGHT - HIGH - 10 if len(world.players) < 2 else edge + (172.0 if clock else 146.0)
        left, upper, wide, high = View((edge + 8.0, top, wide, HIGH), world.aspect).frame
        canvas.rectangle((left - 4, upper - 4, wide + 8, high + 8), theme.boards, radius=8)
        size = (round(wide), round(high))
        if self._paper is None or self._paper.size != size or self._paper.theme is not theme:
            self._paper = Canvas(pygame.Surface(size, depth=32, masks=MASKS), theme=theme, letters=canvas.letters)
            self._painted = None
        state = sighting.number, sighting.time, [player.number for player in world.players if not player.hidden]
        if self._painted != state:
            self._painted = state
            _paint(self._paper, world, sighting, View((0.0, 0.0, wide, high), world.aspect))
        canvas.surface.blit(self._paper.surface, (round(left), round(upper)))


def _paint(canvas: Canvas, world: World, sighting: Sighting, view: View) -> None:
    theme, (wide, high) = canvas.theme, canvas.size
    canvas.picture(sighting, view)
    for player in world.players:
        crown = None if player.hidden else Body.of(player.shown, view).crown
        if crown:
            look = theme.look(player.number)
            place = min(max(crown[0], 12), wide - 12), min(max(crown[1], 12), high - 12)
            canvas.disc(place, 12, theme.stage)
            draw_shape(canvas, look.shape, place, 8, look.colour)
