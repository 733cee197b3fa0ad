"""What scenes draw on: shapes, letters, lights and pictures, in logical pixels.

Whatever is not finite or lies far outside is not drawn: SDL would spend seconds on a single such line.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
import pygame
from numpy.typing import NDArray

from posegames.engine.backdrops import render_backdrop
from posegames.engine.sprites import ALPHA_MASKS, ALPHAS, FINE, MASKS, PHASES, Outline, Sprites, panel, pixels
from posegames.engine.text import Typesetter
from posegames.engine.theme import THEATRE, Colour, Theme
from posegames.engine.view import Rect, View
from posegames.seeing.ink import Fill, fill, ring, rough, stroke
from posegames.seeing.ink import Ink as Wet
from posegames.seeing.picture import PictureScaler
from posegames.seeing.sighting import Sighting

Point = tuple[float, float]

Ink = tuple[Sequence[Sequence[Point]], Colour, float] | Fill
"""Lines, and the colour and the width in which they are drawn; or a polygon to be filled."""
Anchor = Literal["center", "midleft", "midright", "midtop", "midbottom", "topleft", "topright", "bottomleft"]
"""Which of its points a text is held by."""

SMALL = 72.0
"""Radius up to which rings are kept as sprites."""
LARGE = 100_000
"""Pixels of a see-through panel above which it is not kept."""
SHEETS = 96
"""Sheets that are kept."""
FAR = 4000.0
"""Logical pixels from the corner beyond which nothing is drawn."""


def drawable(*numbers: float) -> bool:
    """Whether all of `numbers` are finite and near enough to the screen."""
    # Asked a thousand times a frame, and a generator takes three times as long.
    for number in numbers:  # noqa: SIM110
        if not -FAR < number < FAR:  # NaN compares false
            return False
    return True


def _near(points: Iterable[Point]) -> bool:
    for x, y in points:  # noqa: SIM110 - as above
        if not (-FAR < x < FAR and -FAR < y < FAR):
            return False
    return True


def _step(alpha: float) -> int:
    return max(0, min(ALPHAS, round(alpha * ALPHAS))) if alpha == alpha else 0  # noqa: PLR0124 - false for NaN


class Canvas:
    """Draws on `surface` in the looks of `theme`."""

    def __init__(
        self, surface: pygame.Surface, *, theme: Theme = THEATRE, letters: Typesetter | None = None
    ) -> None:
        self.surface = surface
        self.size = surface.get_size()
        self.letters = letters or Typesetter()
        self.wear(theme)
        self._picture: pygame.Surface | None = None
        self._pictured: tuple[int, float, View] | None = None
        self._scaler = PictureScaler()
        self._bytes = lru_cache(maxsize=1024)(self._mapped)

    def wear(self, theme: Theme) -> None:
        """Take the looks of `theme` from now on; whatever was made for the old ones is made again."""
        self.theme = theme
        self._sprites = Sprites(self.surface, self.letters)
        self._backdrop: pygame.Surface | None = None
        self._sheets: dict[Hashable, pygame.Surface] = {}

    def fill(self, colour: Colour) -> None:
        """Cover everything with one colour."""
        self.surface.fill(colour)

    def backdrop(self) -> None:
        """Show the empty stage: curtain, boards, a little light from above."""
        if self._backdrop is None:
            self._backdrop = render_backdrop(self.theme, self.size)
        self.surface.blit(self._backdrop, (0, 0))

    def picture(self, sighting: Sighting, view: View) -> bool:
        """Show the picture `sighting` was made from, as `view` has it; False if there is none.

        It is converted once a sighting, however often it is shown.
        """
        frame = sighting.frame
        if frame is None:
            return False
        left, top, width, height = (round(v) for v in _crossing(view.frame, view.rect))
        wanted = (sighting.number, sighting.time, view)
        if self._pictured != wanted:
            if self._picture is None or self._picture.get_size() != (width, height):
                self._picture = pygame.Surface((width, height), depth=32, masks=MASKS)
            # What `cover` cuts off is the same on both sides, so mirroring does not move it.
            high, wide = frame.picture.shape[:2]
            cut_x = round(max(0.0, view.rect[0] - view.frame[0]) / view.frame[2] * wide)
            cut_y = round(max(0.0, view.rect[1] - view.frame[1]) / view.frame[3] * high)
            part = frame.picture[cut_y : high - cut_y, cut_x : wide - cut_x]
            self._scaler.paint(part, pixels(self._picture), mirror=view.mirror)
            self._pictured = wanted
        assert self._picture is not None
        self.surface.blit(self._picture, (left, top))
        return True

    def rectangle(
        self, rect: Rect, colour: Colour, *, radius: int = 0, alpha: float = 1.0, width: int = 0
    ) -> None:
        """Fill a rectangle with round corners, or stroke it where `width` is given."""
        if not drawable(*rect) or rect[2] <= 0 or rect[3] <= 0:
            return
        place = pygame.Rect(*(round(v) for v in rect))
        if alpha >= 1:
            pygame.draw.rect(self.surface, colour, place, width, border_radius=radius)
        elif _step(alpha):
            render = self._sprites.panel if place.width * place.height <= LARGE else panel
            self.surface.blit(render(place.size, colour, _step(alpha), radius, width), place)

    def capsule(self, a: Point, b: Point, colour: Colour, width: float) -> None:
        """Draw a line with round ends and smooth edges, `width` pixels wide."""
        self.strokes(((a, b),), colour, width)

    def strokes(
        self, lines: Iterable[Sequence[Point]], colour: Colour, width: float, *, smooth: bool = True
    ) -> None:
        """Draw lines, each through any number of points, with round ends; all at once is cheaper than singly."""
        if smooth:
            self.inks([([*lines], colour, width)])
        elif width > 0 and drawable(width) and (whole := [line for line in lines if _near(line)]):
            rough(pixels(self.surface), whole, self._bytes(colour), max(1, round(width)))

    def inks(self, inks: Iterable[Ink]) -> None:
        """Draw lines as `strokes` does, in several colours and widths, one after the other: cheaper still.

        Polygons may be among them. A line of one point is a dot.
        """
        stroke(pixels(self.surface), self._mixed(inks), far=FAR)

    def _mixed(self, inks: Iterable[Ink]) -> Iterator[Wet]:
        for ink in inks:
            if isinstance(ink, Fill):
                if len(ink.outline) >= 3 and _near(ink.outline) and drawable(ink.rim):
                    yield Fill(ink.outline, self._bytes(ink.colour), ink.rim)
            elif 0 < ink[2] < FAR:  # NaN compares false
                yield ink[0], self._bytes(ink[1]), max(1, round(ink[2]))

    def polygon(self, points: Iterable[Point], colour: Colour, *, rim: float = 0.0) -> None:
        """Fill a polygon, its edges smooth; with a `rim` it is grown by a line so wide along its edge."""
        corners = [*points]
        if len(corners) >= 3 and _near(corners) and drawable(rim):
            fill(pixels(self.surface), corners, self._bytes(colour), rim)

    def stamp(self, outline: Outline, centre: Point, radius: float, colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill `outline` (corners around the origin, in shares of `radius`) around `centre`."""
        step = _step(alpha)
        if not drawable(*centre, radius) or radius < 0.5 or not step:
            return
        if radius > FINE and step == ALPHAS:
            self.polygon([(centre[0] + x * radius, centre[1] + y * radius) for x, y in outline], colour)
            return
        sprite = self._sprites.stamp(outline, round(2 * radius) / 2, colour, step)
        middle = sprite.get_width() // 2
        self.surface.blit(sprite, (round(centre[0]) - middle, round(centre[1]) - middle))

    def _mapped(self, colour: tuple[int, ...]) -> tuple[int, ...]:
        # Signed where the surface has transparency.
        return (*(int(self.surface.map_rgb(colour)) & 0xFFFFFFFF).to_bytes(4, sys.byteorder),)

    def disc(self, centre: Point, radius: float, colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill a circle, its edge smooth."""
        self.discs((centre,), radius, colour, alpha=alpha)

    def discs(self, centres: Iterable[Point], radius: float, colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill equal circles, their edges smooth; all at once is cheaper than singly."""
        step = _step(alpha)
        if not drawable(radius) or radius <= 0 or not step:
            return
        radius = round(radius * 2) / 2 or 0.5
        middle, phases = (int(2 * radius) + 4) // 2, PHASES if radius <= FINE else 1
        blits = []
        for x, y in centres:
            if -FAR < x < FAR and -FAR < y < FAR:
                left, top = math.floor(x), math.floor(y)
                sprite = self._sprites.disc(
                    radius, colour, step, int((x - left) * phases), int((y - top) * phases)
                )
                blits.append((sprite, (left - middle, top - middle)))
        self.surface.blits(blits, doreturn=False)

    def bead(self, centre: Point, radius: float, colour: Colour, rim: Colour, *, width: float = 2.5) -> None:
        """Fill a circle with a rim around it, in one stroke, at the nearest whole pixel: for many small ones."""
        if not drawable(*centre, radius, width) or radius <= 0 or width <= 0:
            return
        sprite = self._sprites.bead(round(2 * radius) / 2 or 0.5, colour, rim, round(2 * width) / 2 or 0.5)
        middle = sprite.get_width() // 2
        self.surface.blit(sprite, (round(centre[0]) - middle, round(centre[1]) - middle))

    def ring(self, centre: Point, radius: float, colour: Colour, *, width: float = 4.0) -> None:
        """Stroke a circle, its edges smooth."""
        if not drawable(*centre, radius, width) or radius <= 0 or width <= 0:
            return
        if radius > SMALL:  # dear to keep, dearer to make as a sprite
            ring(pixels(self.surface), centre, radius, self._bytes(colour), max(1, round(width)))
            return
        sprite = self._sprites.ring(float(round(radius)), float(max(1, round(width))), colour)
        side = sprite.get_width() // 2
        self.surface.blit(sprite, (round(centre[0]) - side, round(centre[1]) - side))

    def shadow(self, centre: Point, width: float, height: float, *, alpha: float = 0.6) -> None:
        """Lay a soft shadow on the boards, an ellipse around `centre`."""
        if not drawable(*centre, width, height) or width < 8 or height < 2:
            return
        wide, high = round(width / 8) * 8, max(4, round(height / 4) * 4)
        sprite = self._sprites.shadow(wide, high, _step(alpha))
        self.surface.blit(sprite, (round(centre[0] - wide / 2), round(centre[1] - high / 2)))

    def glow(self, centre: Point, radius: float, colour: Colour, *, strength: float = 0.5) -> None:
        """Add a soft light around `centre`."""
        step = _step(strength * self.theme.glow)
        if not drawable(*centre, radius) or radius < 4 or not step:
            return
        side = round(radius / 4) * 4
        self._add(self._sprites.glow(side, colour, step), (round(centre[0]) - side, round(centre[1]) - side))

    def spotlight(self, foot: Point, width: float, colour: Colour, *, strength: float = 1.0) -> None:
        """Add the light of a lamp above the stage: its cone, and the pool around `foot` on the boards."""
        step = _step(strength * self.theme.glow)
        if not drawable(*foot, width) or width < 16 or foot[1] < 64 or not step:
            return
        wide, high = round(width / 32) * 32, round(foot[1] / 16) * 16
        sprite = self._sprites.beam(wide, high, max(8, wide // 8), colour, step)
        self._add(sprite, (round(foot[0]) - wide // 2, round(foot[1]) - high))

    def text(
        self,
        text: str,
        place: Point,
        *,
        size: int | None = None,
        colour: Colour | None = None,
        anchor: Anchor = "center",
        alpha: float = 1.0,
    ) -> pygame.Rect:
        """Write one line held at `place` by its `anchor`; return where it stands. Size defaults to help size."""
        look = (size or self.theme.type.help, colour or self.theme.text)
        letters = self._sprites.text(text, *look, _step(alpha))
        rect = letters.get_rect()
        if not drawable(*place):
            return rect
        setattr(rect, anchor, (round(place[0]), round(place[1])))
        self.surface.blit(letters, rect)
        return rect

    def sheet(self, key: Hashable, rect: Rect, draw: Callable[[Canvas], None]) -> None:
        """Show within `rect` what `draw` draws, from the upper left corner of a canvas of that size.

        It is drawn once and kept for `key`, which says all that it depends on: for what seldom changes.
        """
        if not drawable(*rect) or rect[2] < 1 or rect[3] < 1:
            return
        size = (round(rect[2]), round(rect[3]))
        kept = self._sheets.pop((key, size), None)
        if kept is None:
            kept = pygame.Surface(size, pygame.SRCALPHA, depth=32, masks=ALPHA_MASKS)
            draw(Canvas(kept, theme=self.theme, letters=self.letters))
            self._sprites.packed(kept)
            if len(self._sheets) >= SHEETS:
                del self._sheets[next(iter(self._sheets))]  # what was not shown for longest
        self._sheets[key, size] = kept
        self.surface.blit(kept, (round(rect[0]), round(rect[1])))

    def pixels(self) -> NDArray[np.uint8]:
        """Return a copy of what is drawn, (h, w, 4), bytes in the order blue, green, red, unused."""
        copy = pygame.Surface(self.size, depth=32, masks=MASKS)
        copy.blit(self.surface, (0, 0))
        return pixels(copy)

    def _add(self, light: pygame.Surface, place: tuple[int, int]) -> None:
        self.surface.blit(light, place, special_flags=pygame.BLEND_RGB_ADD)


def _crossing(a: Rect, b: Rect) -> Rect:
    left, top = max(a[0], b[0]), max(a[1], b[1])
    right, bottom = min(a[0] + a[2], b[0] + b[2]), min(a[1] + a[3], b[1] + b[3])
    return left, top, right - left, bottom - top
