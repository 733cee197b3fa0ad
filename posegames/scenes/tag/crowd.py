"""Everybody on the field of `tag`, as they are seen: how they run, what they leave behind, what befalls them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from posegames.engine.canvas import Canvas, Point
from posegames.engine.particles import Particles
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import WIDTH, Colour, Look, Theme, breathe, ease_out, mix
from posegames.rules.arena import Arena
from posegames.rules.avatars import DASH, Avatar
from posegames.scenes.tag.field import ACROSS, DOWN, Field, Prop, ground, place
from posegames.scenes.tag.runner import TOP, Runner, draw_runner, ground_ring

STRIDE = 0.62
"""Turns of the legs a unit of way."""
SHAKE = 0.45
"""Seconds a tag is felt by both."""
SAFE, FROZEN = 1.5, 0.8
"""Seconds at which a bubble is at its largest, and all stars circle."""
TRAIL, TRAILS = 0.05, 7
"""Seconds between two places of a trail, and how many there are."""
PUFF, PUFFS = 0.5, 48
"""Seconds a puff of dust lives, and how many there are at most."""
TURNED = 0.55
"""Cosine of a change of direction below which it raises dust."""


@dataclass(slots=True)
class _Person:
    """What is remembered of one avatar from picture to picture."""

    across: float = 0.0
    down: float = 0.0
    stride: float = 0.0
    x: float = 0.0
    y: float = 0.0
    way: Point = (0.0, 0.0)
    """Direction it last ran to, for dust at its turns."""
    trail: deque[Point] = field(default_factory=lambda: deque(maxlen=TRAILS))
    trailed: float = 0.0
    shake: float = 0.0
    """Seconds left."""
    pulse: float = 0.0
    """0..1: something just achieved."""


@dataclass(slots=True)
class _Puff:
    x: float
    y: float
    drift: Point
    age: float = 0.0


class Crowd:
    """The field and everybody on it."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._dust_colour = mix(ground(arena).bright, ground(arena).chalk, 0.55)
        self._field: tuple[Theme, Field] | None = None
        self._people: dict[int, _Person] = {}
        self._puffs: list[_Puff] = []
        self._sparks = Particles(1)
        self._random = np.random.default_rng(1)

    def update(self, avatars: Sequence[Avatar], dt: float) -> None:
        """Let everything seen go on by `dt` seconds."""
        self._people = {avatar.number: self._people.get(avatar.number, _Person()) for avatar in avatars}
        for avatar in avatars:
            self._move(avatar, self._people[avatar.number], dt)
        self._sparks.update(dt)
        for puff in self._puffs:
            puff.age += dt
            puff.x, puff.y = puff.x + puff.drift[0] * dt, puff.y + puff.drift[1] * dt
        self._puffs = [puff for puff in self._puffs if puff.age < PUFF][-PUFFS:]

    def cheer(self, number: int, look: Look, *, count: int = 26) -> None:
        """Let an avatar shine, with a ring and sparks of its look."""
        if person := self._people.get(number):
            person.pulse = 1.0
            x, y = place(person.x, person.y)
            self._sparks.ripple((x, y - 30), look.colour)
            self._sparks.burst((x, y - 40), look.colour, count=count, speed=420, shape=look.shape)

    def shower(self, colours: Sequence[Colour]) -> None:
        """Let paper rain on everybody."""
        self._sparks.shower(colours)

    def shake(self, number: int) -> None:
        """Let an avatar feel it."""
        if person := self._people.get(number):
            person.shake = SHAKE

    def dust(self, number: int, count: int = 4) -> None:
        """Raise dust around an avatar's feet."""
        if person := self._people.get(number):
            x, y = place(person.x, person.y)
            for turn, fast, off in self._random.uniform(0, 1, (count, 3)).tolist():
                angle, speed = 2 * math.pi * turn, 12 + 34 * fast
                drift = (speed * math.cos(angle) - 20 * person.across, 0.5 * speed * math.sin(angle) - 12)
                self._puffs.append(_Puff(x + 18 * off - 9, y - 4, drift))

    def where(self, number: int) -> Point | None:
        """Return where on the screen an avatar stands."""
        person = self._people.get(number)
        return place(person.x, person.y) if person else None

    def _move(self, avatar: Avatar, person: _Person, dt: float) -> None:
        fast = max(0.1, self._arena.speed)
        moved = math.hypot(avatar.x - person.x, avatar.y - person.y)
        person.x, person.y = avatar.x, avatar.y
        if moved > 1.0:  # put somewhere else: a round begins
            person.trail.clear()
            moved = 0.0
        share = 1 - math.exp(-dt / 0.05)
        person.across += (max(-1.3, min(1.3, avatar.vx / fast)) - person.across) * share
        person.down += (max(-1.3, min(1.3, avatar.vy / fast)) - person.down) * share
        person.stride = (person.stride + STRIDE * moved) % 1.0
        person.shake = max(0.0, person.shake - dt)
        person.pulse = max(0.0, person.pulse - dt / 0.6)
        person.trailed += dt
        if person.trailed >= TRAIL:
            person.trailed %= TRAIL
            person.trail.append((avatar.x, avatar.y))
        speed = math.hypot(avatar.vx, avatar.vy)
        if speed > 0.5 * fast:
            way = (avatar.vx / speed, avatar.vy / speed)
            if way[0] * person.way[0] + way[1] * person.way[1] < TURNED:
                self.dust(avatar.number, 3)
                person.way = way
            else:
                x, y = (
                    person.way[0] + (way[0] - person.way[0]) * share,
                    person.way[1] + (way[1] - person.way[1]) * share,
                )
                person.way = (x, y)

    def draw_field(self, canvas: Canvas) -> None:
        """Draw the empty field; it fills the screen."""
        canvas.surface.blit(self._painted(canvas.theme).picture, (0, 0))

    def draw(self, canvas: Canvas, avatars: Sequence[Avatar], now: float) -> None:
        """Draw what stands on the field, and everybody on it, in the order of depth; `now` in seconds."""
        props = self._painted(canvas.theme).props
        known = [avatar for avatar in avatars if avatar.number in self._people]
        self._below(canvas, known, now)
        standing: list[tuple[float, Avatar | Prop]] = [(avatar.y, avatar) for avatar in known]
        standing += [(prop.y, prop) for prop in props]
        for _, thing in sorted(standing, key=lambda item: item[0]):
            if isinstance(thing, Prop):
                canvas.surface.blit(thing.picture, thing.corner)
            else:
                draw_runner(canvas, self._runner(canvas.theme, thing, now), now)
        self._sparks.draw(canvas)
        for avatar in known:
            self._name(canvas, avatar)

    def _painted(self, theme: Theme) -> Field:
        if self._field is None or self._field[0] is not theme:
            self._field = (theme, Field(self._arena, theme))
        return self._field[1]

    def _below(self, canvas: Canvas, avatars: Sequence[Avatar], now: float) -> None:
        """Draw what lies on the ground: shadows, trails, dust, the ring around It."""
        theme = canvas.theme
        for avatar in avatars:
            x, y = place(avatar.x, avatar.y)
            canvas.shadow((x + 5, y - 2), 72, 28, alpha=0.5)
            person = self._people[avatar.number]
            colour = theme.look(avatar.number).colour
            for i, (tx, ty) in enumerate(person.trail):
                spot, share = place(tx, ty), (i + 1) / TRAILS
                if math.dist(spot, (x, y)) > 16:
                    canvas.disc(
                        (round(spot[0]), round(spot[1]) - 5), round(3 + 6 * share), colour, alpha=0.4 * share
                    )
            if avatar.dash > 0:
                self._streaks(canvas, avatar, (x, y), colour)
            if avatar.it:
                wave, wide = breathe(now, 0.9), 40 + 9 * theme.sway(now, 0.9)
                canvas.glow((x, y - 34), 104, mix(theme.bad, theme.warn, 0.5), strength=0.55 + 0.2 * wave)
                ground_ring(canvas, (x, y), wide, theme.bad, 6)
        for puff in () if theme.still else self._puffs:
            share, at = puff.age / PUFF, (round(puff.x), round(puff.y))
            canvas.disc(at, round(4 + 10 * ease_out(share)), self._dust_colour, alpha=0.5 * (1 - share))

    def _streaks(self, canvas: Canvas, avatar: Avatar, foot: Point, colour: Colour) -> None:
        speed = math.hypot(avatar.vx * ACROSS, avatar.vy * DOWN)
        if speed < 1:
            return
        ux, uy = avatar.vx * ACROSS / speed, avatar.vy * DOWN / speed
        long = 40 + 90 * avatar.dash / DASH
        lines = []
        for side, share in ((-20, 0.7), (0, 1.0), (20, 0.7)):
            start = (foot[0] - 30 * ux - side * uy, foot[1] - 30 - 30 * uy + side * ux)
            lines.append([start, (start[0] - long * share * ux, start[1] - long * share * uy)])
        canvas.strokes(lines, mix(colour, canvas.theme.text, 0.4), 5)

    def _runner(self, theme: Theme, avatar: Avatar, now: float) -> Runner:
        person = self._people[avatar.number]
        x, y = place(avatar.x, avatar.y)
        return Runner(
            foot=(x + 6 * theme.shake(now) * person.shake / SHAKE, y),
            look=theme.look(avatar.number, bot=avatar.bot),
            across=person.across,
            down=person.down,
            stride=person.stride,
            gaze=(math.cos(avatar.heading), math.sin(avatar.heading)),
            crowned=avatar.it,
            bot=avatar.bot,
            faint=avatar.away,
            hidden=avatar.ducked,
            dizzy=avatar.frozen / FROZEN,
            safe=0.0 if avatar.frozen else min(1.0, avatar.safe / SAFE),
            bright=person.pulse,
        )

    def _name(self, canvas: Canvas, avatar: Avatar) -> None:
        theme, look = canvas.theme, canvas.theme.look(avatar.number, bot=avatar.bot)
        if avatar.ducked:
            return
        x, y = place(avatar.x, avatar.y)
        size = theme.type.help
        wide = canvas.letters.width(look.name, size) + 28
        x = min(max(x, wide / 2), WIDTH - wide / 2)
        above = y - TOP - (26 if avatar.it else 0) - (24 if avatar.bot else 0)
        y = above if above > 20 else y + 26  # at the far edge there is no room above
        if avatar.it:
            canvas.rectangle((x - wide / 2, y - 18, wide, 36), theme.bad, radius=18)
            canvas.text(look.name, (x, y), size=size, colour=theme.stage)
            return
        colour = theme.muted if avatar.away else mix(look.colour, theme.text, 0.35)
        canvas.text(look.name, (x + 2, y + 2), size=size, colour=theme.stage)
        canvas.text(look.name, (x, y), size=size, colour=colour)


def emblem(canvas: Canvas, look: Look, at: Point, radius: float, *, faint: bool = False) -> None:
    """Draw a look's shape with a dark rim, as it stands beside a name."""
    draw_shape(canvas, look.shape, at, radius + 2, canvas.theme.stage)
    draw_shape(canvas, look.shape, at, radius, canvas.theme.muted if faint else look.colour)
