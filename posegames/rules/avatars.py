"""The figures of `tag`: what steers one, what it is, and how it runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from posegames.rules.field import RADIUS, Field, Normal

START, STOP = 0.25, 0.2
"""Seconds from standing to full speed, and back."""
DASH, DASHING, DASH_REST = 0.35, 2.2, 2.5
"""Seconds of a dash, times the usual speed, and seconds until the next."""
HIDE, HIDE_REST = 1.5, 3.0
"""Seconds one may crouch, and seconds until the next time."""
FASTEST = 18.0
"""Units a second: nobody runs through a thing, however fast the arena wants them."""
GLIDE = 0.6
"""Share of the speed into a wall that is turned along it."""
FIRM = 14.0
"""Share of an overlap a second by which two avatars push each other apart."""
TURN = 14.0
"""Share of the way a second by which a figure turns to where it runs."""
HARD = 0.6
"""Share of full speed into a thing that is felt as a bump."""


class Wish(NamedTuple):
    """What an avatar is to do in a step: run as the vector (x, y), no longer than 1, says; crouch; dash."""

    x: float
    y: float
    duck: bool
    dash: bool


@dataclass(frozen=True, slots=True)
class Steer:
    """The joystick a body is: x to the right and y down, each -1..1; `duck` while it crouches."""

    x: float = 0.0
    y: float = 0.0
    duck: bool = False

    def wish(self, *, dash: bool = False) -> Wish:
        """Return what it asks for."""
        return Wish(*self.direction(), self.duck, dash)

    def direction(self) -> tuple[float, float]:
        """Return x and y as a vector no longer than 1; what is not a finite number counts as 0."""
        x = min(max(self.x, -1.0), 1.0) if math.isfinite(self.x) else 0.0
        y = min(max(self.y, -1.0), 1.0) if math.isfinite(self.y) else 0.0
        long = max(1.0, math.hypot(x, y))
        return x / long, y / long


STILL = Steer()


@dataclass(slots=True)
class Avatar:
    """One figure on the field. Places in its units, speeds in units a second, times in seconds left."""

    number: int
    """1..6: colour, shape and name follow from it."""
    bot: bool = True
    x: float = 0.0
    y: float = 0.0
    vx: float = 0.0
    vy: float = 0.0
    heading: float = 0.0
    """Radians: where it looks; 0 is to the right, a quarter turn further is down."""
    it: bool = False
    safe: float = 0.0
    """It cannot be tagged."""
    frozen: float = 0.0
    """It was tagged, and counts before it runs."""
    dash: float = 0.0
    rest: float = 1.0
    """0..1: at 1 it can dash."""
    hide: float = 0.0
    """It crouches behind the grass: not seen, not tagged, not moving."""
    duck_rest: float = 1.0
    """0..1: at 1 it can crouch."""
    away: bool = False
    """Its player is not seen: it waits, and nothing happens to it."""
    points: float = 0.0
    tags: int = 0
    radius: float = RADIUS
    touching: tuple[Normal, ...] = ()
    """What it leans against, as directions away from it."""

    @property
    def ducked(self) -> bool:
        """Whether it crouches behind the grass."""
        return self.hide > 0

    def stand(self, x: float, y: float, heading: float) -> None:
        """Put it at a place, rested, with nothing going on."""
        self.x, self.y, self.heading = x, y, heading
        self.vx = self.vy = self.safe = self.frozen = self.dash = self.hide = 0.0
        self.rest = self.duck_rest = 1.0
        self.touching = ()

    def rest_on(self, dt: float) -> None:
        """Let the time of everything that ends by itself go by."""
        if self.safe:
            self.safe = max(0.0, self.safe - dt)
        if self.frozen:
            self.frozen = max(0.0, self.frozen - dt)
        if self.dash:
            self.dash = max(0.0, self.dash - dt)
        elif self.rest < 1:
            self.rest = min(1.0, self.rest + dt / DASH_REST)
        if self.duck_rest < 1 and not self.hide:
            self.duck_rest = min(1.0, self.duck_rest + dt / HIDE_REST)

    def spring(self, x: float, y: float, speed: float) -> bool:
        """Begin a dash in the direction (x, y), or straight on, where it can; tell whether it did."""
        if self.rest < 1 or self.frozen or self.hide or self.away:
            return False
        long = math.hypot(x, y)
        x, y = (x / long, y / long) if long > 0.1 else (math.cos(self.heading), math.sin(self.heading))
        fast = min(speed * DASHING, FASTEST)
        self.dash, self.rest = DASH, 0.0
        self.vx, self.vy = x * fast, y * fast
        return True

    def run(self, x: float, y: float, speed: float, dt: float) -> None:
        """Go on for `dt` as the direction (x, y), no longer than 1, asks for; `speed` is the full one."""
        if self.dash:
            long = math.hypot(x, y)
            x, y = (x / long, y / long) if long > 0.1 else (math.cos(self.heading), math.sin(self.heading))
            speed *= DASHING
        speed = min(speed, FASTEST)
        x, y = self._along(x * speed, y * speed)
        dx, dy = x - self.vx, y - self.vy
        slows = dx * self.vx + dy * self.vy < 0
        change, most = math.hypot(dx, dy), speed / (STOP if slows else START) * dt
        share = 1.0 if change <= most else most / change
        self.vx += dx * share
        self.vy += dy * share
        self.x += self.vx * dt
        self.y += self.vy * dt
        if math.hypot(self.vx, self.vy) > 0.3:
            self.face(self.vx, self.vy, dt)

    def face(self, x: float, y: float, dt: float) -> None:
        """Turn towards the direction (x, y)."""
        turn = math.remainder(math.atan2(y, x) - self.heading, math.tau)
        self.heading = math.remainder(self.heading + turn * min(1.0, TURN * dt), math.tau)

    def _along(self, x: float, y: float) -> tuple[float, float]:
        """Turn a wish that leads into what is touched along it, so that nobody sticks to a wall."""
        for nx, ny in self.touching:
            into = x * nx + y * ny
            if into < 0:
                sx, sy = x - into * nx, y - into * ny
                slide, full = math.hypot(sx, sy), math.hypot(x, y)
                more = 1 + GLIDE * (full / slide - 1) if slide > 0.05 * full else 1.0
                x, y = sx * more, sy * more
        return x, y

    def land(self, field: Field, back: tuple[float, float]) -> float:
        """Come out of what it ran into; return how fast it hit something new. `back` is where it came from."""
        x, y, touching = field.settle(self.x, self.y)
        if touching and not field.free(x, y):
            # Between two things that leave no place: stay where there was one.
            x, y = back
        hit = 0.0
        for nx, ny in touching:
            into = self.vx * nx + self.vy * ny
            if into < 0:
                self.vx -= into * nx
                self.vy -= into * ny
                hit = max(hit, -into)
        fresh = not self.touching
        self.x, self.y, self.touching = x, y, touching
        return hit if fresh else 0.0


def push_apart(a: Avatar, b: Avatar, dt: float) -> None:
    """Let two avatars that overlap push each other softly."""
    dx, dy = b.x - a.x, b.y - a.y
    wide = a.radius + b.radius
    if abs(dx) >= wide or abs(dy) >= wide:
        return
    far = math.hypot(dx, dy)
    if far >= wide:
        return
    dx, dy = (dx / far, dy / far) if far else (1.0, 0.0)
    step = (wide - far) / 2 * min(1.0, FIRM * dt)
    a.x, a.y, b.x, b.y = a.x - dx * step, a.y - dy * step, b.x + dx * step, b.y + dy * step
