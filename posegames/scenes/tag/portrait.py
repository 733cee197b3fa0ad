"""A player's little window: the camera's picture of them with their skeleton, or their paper figure."""

from __future__ import annotations

import math

import pygame

from posegames.body.measure import TORSO
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body, Skeleton, draw_figure, draw_skeletons
from posegames.engine.sprites import MASKS, pixels
from posegames.engine.theme import Look, Theme
from posegames.engine.view import View
from posegames.players.player import Player
from posegames.seeing.picture import PictureScaler
from posegames.seeing.sighting import Sighting

TORSOS = 4.9
"""Torso lengths that fit into its height: a standing body, and an arm's length above it."""
FOLLOWS = 4.0
"""Seconds in which the window follows: slowly, so that leaning and stepping are seen as such."""
STRAYS = 0.16
"""Share of the window's width a body may be off its middle."""


class Portrait:
    """One player in `size` (width, height) logical pixels; made when asked for, kept between."""

    def __init__(self, size: tuple[int, int], theme: Theme) -> None:
        self.surface = pygame.Surface(size, depth=32, masks=MASKS)
        """What it shows."""
        self._canvas = Canvas(self.surface, theme=theme)
        self._scaler = PictureScaler()
        self._middle: tuple[float, float] | None = None
        self._torso = 0.0
        self._time = -math.inf
        self._shown: tuple[int, float, bool] | None = None
        self.made = -math.inf
        """Capture time of the sighting it shows."""

    def show(self, player: Player, look: Look, sighting: Sighting | None, aspect: float) -> None:
        """Let it show `player` in the newest `sighting`."""
        wanted = (sighting.number if sighting else -1, player.seen, player.hidden)
        if wanted == self._shown:
            return
        self._shown, self.made = wanted, sighting.time if sighting else player.seen
        self._follow(player)
        view = self._view(aspect)
        self._canvas.fill(self._canvas.theme.boards)
        pictured = sighting is not None and self._picture(sighting, view)
        body = Body.of(player.pose, view)
        if pictured:
            draw_skeletons(self._canvas, [Skeleton(body, look.colour, faint=player.hidden)])
        else:
            draw_figure(self._canvas, body, look.colour, emblem=look.shape, faint=player.hidden)

    def _follow(self, player: Player) -> None:
        x, y = (float(v) for v in player.pose.middle(TORSO))
        if self._middle is None or player.torso <= 0:
            self._middle, self._torso = (x, y), player.torso
        share = 1 - math.exp(-max(0.0, player.seen - self._time) / FOLLOWS)
        self._time = player.seen
        wide, high = self.surface.get_size()
        most = STRAYS * wide / high * TORSOS * self._torso
        mx, my = self._middle
        mx, my = mx + (x - mx) * share, my + (y - my) * share
        self._middle = min(max(mx, x - most), x + most), min(max(my, y - most), y + most)
        self._torso += (player.torso - self._torso) * share

    def _view(self, aspect: float) -> View:
        """Return where the whole frame would be, so that the body is in the middle of the window."""
        assert self._middle is not None
        wide, high = self.surface.get_size()
        scale = high / (TORSOS * max(self._torso, 0.02))
        x, y = self._middle
        # Mirrored: a place counts from the frame's right edge. A torso's middle is a little above the window's.
        return View((wide / 2 - (aspect - x) * scale, 0.44 * high - y * scale, aspect * scale, scale), aspect)

    def _picture(self, sighting: Sighting, view: View) -> bool:
        """Paint the part of the camera's picture that lies in the window; whether there is one."""
        frame = sighting.frame
        if frame is None:
            return False
        wide, high = self.surface.get_size()
        rows, columns = frame.picture.shape[:2]
        left, top, width, height = view.rect
        # What of the window the frame covers, in whole pixels, and which part of the frame that is.
        x0, x1 = max(0, math.ceil(left)), min(wide, math.floor(left + width))
        y0, y1 = max(0, math.ceil(top)), min(high, math.floor(top + height))
        if x1 - x0 < 2 or y1 - y0 < 2:
            return False
        c0, c1 = (left + width - x1) / width * columns, (left + width - x0) / width * columns
        r0, r1 = (y0 - top) / height * rows, (y1 - top) / height * rows
        part = frame.picture[int(r0) : max(int(r0) + 1, math.ceil(r1)), int(c0) : max(int(c0) + 1, math.ceil(c1))]
        painted = pygame.Surface((x1 - x0, y1 - y0), depth=32, masks=MASKS)
        self._scaler.paint(part, pixels(painted), mirror=True)
        self.surface.blit(painted, (x0, y0))
        return True
