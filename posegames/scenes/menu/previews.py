"""Moving previews of scenes: each a little stage of its own, drawn less often than the screen, kept between."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
import pygame
from numpy.typing import NDArray

from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import paper
from posegames.engine.figure import Body, Skeleton, draw_figure, draw_skeletons
from posegames.engine.sprites import MASKS, pixels
from posegames.engine.theme import HEIGHT, WIDTH, ease_out, mix
from posegames.engine.view import View
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.piece import Target
from posegames.scenes import SceneEntry
from posegames.scenes.match.ghosts import Ghosts
from posegames.scenes.menu.chase import Chase
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

ROUND = 16
"""Radius of a preview's corners, in pixels."""
NEAR = 120
"""Logical pixels from the preview's edge within which runners are drawn: so large are they, with their names."""
ZOOM = 1.5
"""How much smaller the field is shown than in the game."""

_DANCES = (
    "0.2 1 dance\n4.4 1 wave right\n7.2 1 swirl",
    "0.2 1 disco\n4.4 1 jumping jack times=3\n8.2 1 hands up",
    "0.2 1 swirl\n4.4 1 jump\n6.0 1 dance",
)
_POSES: tuple[Mapping[str, float], ...] = (
    {"left_upper_arm": 90, "left_forearm": 175, "right_upper_arm": 90, "right_forearm": 175},
    {"left_upper_arm": 150, "left_forearm": 165, "right_upper_arm": 55, "right_forearm": -40, "trunk": -8},
    {"left_upper_arm": 92, "left_forearm": 92, "right_upper_arm": 92, "right_forearm": 92, "left_thigh": 28,
     "left_shin": 14, "right_thigh": 28, "right_shin": 14},
    {"left_upper_arm": 40, "left_forearm": -60, "right_upper_arm": 150, "right_forearm": 165, "trunk": 8},
)  # fmt: skip
"""What the figure of `match` strikes, one after another."""
_HOLDS, _GOES = 2.4, 1.1
"""Seconds a pose is shown, and those until the figure is in it."""
_STANDS = MappingProxyType(
    {"left_thigh": 5, "left_shin": 2, "right_thigh": 5, "right_shin": 2, "trunk": 0,
     "left_upper_arm": 10, "left_forearm": 6, "right_upper_arm": 10, "right_forearm": 6}
)  # fmt: skip


class Preview(Protocol):
    """Something that moves."""

    def update(self, dt: float) -> None:
        """Go on by `dt` seconds."""

    def draw(self, canvas: Canvas) -> None:
        """Show itself on the whole of a small canvas."""


class _Dance:
    """Somebody dances; as the mirror sees it, or with the initial of a scene behind."""

    def __init__(self, number: int, *, initial: str = "") -> None:
        self._number, self._initial = number, initial
        play = parse_play(f"seconds 12\nactors 1\nloop\n{_DANCES[(number - 1) % len(_DANCES)]}")
        self._dance, self._age = Choreography(play, actors=1, seed=number), 0.0

    def update(self, dt: float) -> None:
        self._age += dt

    def draw(self, canvas: Canvas) -> None:
        theme, look = canvas.theme, canvas.theme.look(self._number)
        width, height = canvas.size
        canvas.backdrop()
        if self._initial:
            shade = mix(theme.stage, look.colour, 0.28)
            canvas.text(self._initial, (0.34 * width, 0.47 * height), size=round(0.8 * height), colour=shade)
        aside = 0.12 * width if self._initial else 0.0
        view = View((aside, -0.26 * height, float(width), 1.24 * height), width / height, fit="cover")
        bodies = [Body.of(pose, view) for pose in self._dance.at(self._age)]
        for body in bodies:
            if body.foot:
                canvas.spotlight(body.foot, 0.9 * height, mix(theme.light, theme.warn, 0.35))
                canvas.shadow(body.foot, 1.5 * body.torso, 0.32 * body.torso)
            if self._initial:
                draw_figure(canvas, body, look.colour, emblem=look.shape)
            else:
                draw_figure(canvas, body, mix(theme.boards, look.colour, 0.45))
        if not self._initial:
            draw_skeletons(canvas, [Skeleton(body, look.colour) for body in bodies])


class _Copy:
    """A figure steps into one ghost after another."""

    def __init__(self, number: int) -> None:
        self._number, self._age, self._ghosts = number, 0.0, Ghosts()

    def update(self, dt: float) -> None:
        self._age += dt

    def draw(self, canvas: Canvas) -> None:
        theme, look = canvas.theme, canvas.theme.look(self._number)
        width, height = canvas.size
        turn, since = divmod(self._age, _HOLDS)
        before, after = ({**_STANDS, **_POSES[int(turn + i) % len(_POSES)]} for i in (-1, 0))
        share = min(1.0, max(0.0, (since - 0.4) / (_GOES - 0.4)))
        eased = share * share * (3 - 2 * share)
        now = {name: before[name] + (after[name] - before[name]) * eased for name in after}
        fits = share >= 1
        canvas.backdrop()
        view = View((0.0, 0.0, float(width), float(height)), width / height)
        outline, pose = (
            ghost(Target(name="", angles=angles), Proportions(0.22), (width / height / 2, 0.55))
            for angles in (after, now)
        )
        foot = (width / 2, 0.94 * height)
        canvas.spotlight(foot, 0.95 * height, mix(theme.light, theme.good if fits else theme.warn, 0.35))
        canvas.shadow(foot, 0.33 * height, 0.07 * height)
        colour = theme.good if fits else theme.text
        self._ghosts.draw(canvas, 1, outline, view, colour=colour, shown=ease_out(since / 0.3) * 0.9)
        pulse = max(0.0, 1 - (since - _GOES) / 0.5) if fits else 0.0
        colour = mix(look.colour, theme.text, 0.5 * pulse)
        draw_figure(canvas, Body.of(pose, view), colour, emblem=look.shape)


class _Hunt:
    """A piece of the field, and who runs on it: It, and whoever is near."""

    def __init__(self, number: int) -> None:
        self._chase = Chase(number)
        self._middle = self._chase.hunted
        self._whole: Canvas | None = None

    def update(self, dt: float) -> None:
        self._chase.update(dt)
        # The camera follows It without haste.
        (x, y), aim, share = self._middle, self._chase.hunted, 1 - math.exp(-dt / 0.6)
        self._middle = (x + (aim[0] - x) * share, y + (aim[1] - 30 - y) * share)

    def draw(self, canvas: Canvas) -> None:
        if self._whole is None or self._whole.theme is not canvas.theme:
            whole = pygame.Surface((WIDTH, HEIGHT), depth=32, masks=MASKS)
            self._whole = Canvas(whole, theme=canvas.theme, letters=canvas.letters)
        width, height = (round(ZOOM * side) for side in canvas.size)
        left = round(min(max(self._middle[0] - width / 2, 0), WIDTH - width))
        top = round(min(max(self._middle[1] - height / 2, 0), HEIGHT - height))
        piece = self._whole.surface
        piece.set_clip((left, top, width, height))
        self._chase.draw(self._whole, within=(left - NEAR, top - NEAR, width + 2 * NEAR, height + 2 * NEAR))
        part = piece.subsurface((left, top, width, height))
        pygame.transform.smoothscale(part, canvas.size, canvas.surface)


PREVIEWS: Mapping[str, Callable[[int], Preview]] = MappingProxyType(
    {"mirror": _Dance, "match": _Copy, "tag": _Hunt}
)
"""By the name of the scene; the number, from 1, decides colour and lot."""


class Screen:
    """A preview of a scene on a surface of its own."""

    def __init__(self, entry: SceneEntry, number: int, size: tuple[int, int], *, hz: int) -> None:
        """`size` (width, height) in logical pixels; `number`, from 1, is its place in the menu.

        It is drawn `hz` times a second, in turns with its neighbours.
        """
        make = PREVIEWS.get(entry.name)
        self._preview: Preview = make(number) if make else _Dance(number, initial=entry.title[:1].upper())
        self._surface = pygame.Surface(size, depth=32, masks=MASKS)
        self._canvas: Canvas | None = None
        self._corners = _corners(*size)
        self._hz = hz
        self._age = (number + 0.25) / 60  # a quarter aside, so that rounding moves no turn to another picture
        self._drawn = -1

    def update(self, dt: float) -> None:
        """Let it go on by `dt` seconds."""
        self._age += dt
        self._preview.update(dt)

    def draw(self, canvas: Canvas, corner: Point) -> None:
        """Show it, its upper left corner at `corner`."""
        if self._canvas is None or self._canvas.theme is not canvas.theme:
            self._canvas = Canvas(self._surface, theme=canvas.theme, letters=canvas.letters)
            self._drawn = -1
        if (due := math.floor(self._age * self._hz)) != self._drawn:
            self._drawn = due
            self._preview.draw(self._canvas)
            rows, columns = self._corners
            pixels(self._surface)[rows, columns, :3] = paper(canvas.theme)[::-1]
        canvas.surface.blit(self._surface, (round(corner[0]), round(corner[1])))


def _corners(width: int, height: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return rows and columns of the pixels that round corners leave out."""
    x, y = np.arange(width) + 0.5, np.arange(height) + 0.5
    across = np.maximum(0, np.maximum(ROUND - x, x - width + ROUND))
    down = np.maximum(0, np.maximum(ROUND - y, y - height + ROUND))
    rows, columns = np.nonzero(np.hypot(across[None, :], down[:, None]) > ROUND)
    return rows, columns
