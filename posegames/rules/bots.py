"""Who plays `tag` when nobody stands there: bots that look, hesitate, change their minds and tease."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from posegames.rules.avatars import Avatar, Wish
from posegames.rules.field import Field
from posegames.rules.ways import Place, Ways

DIRECTIONS = tuple((math.cos(i * math.tau / 16), math.sin(i * math.tau / 16)) for i in range(16))
"""Where a bot may think of running."""
SLOW, QUICK = 0.5, 0.2
"""Seconds between two looks around, without skill and with all of it."""
SIGHT = (5.0, 9.0)
"""Units a bot sees, without skill and with all of it."""
MEMORY = 1.6
"""Seconds a bot remembers who it no longer sees."""
PATIENCE = (3.0, 6.0)
"""Seconds after which It looks for somebody else to chase."""
LOYAL = 0.7
"""The one who is chased counts as so much nearer than others."""
BY_EYE = (0.9, 1.1)
"""Share of a distance that a bot takes it for."""
NERVE = (2.4, 4.6)
"""Units from It at which a bot begins to run, drawn anew with every mood."""
MOOD = (1.5, 4.0)
"""Seconds of a mood."""
TIGHT = 1.3
"""Units: nearer than that, only a dash or the grass helps."""
AHEAD = 2.2
"""Units a bot thinks ahead when it flees."""
EFFORT = (0.8, 1.0)
"""Share of full speed a bot runs with when it matters, without skill and with all of it."""
EASE = 9.0
"""Share of the way a second by which the stick follows the mind."""


class Bot:
    """The mind of one bot. It knows only what it saw when it last looked."""

    def __init__(self, skill: float, field: Field, ways: Ways, lots: np.random.Generator) -> None:
        """`skill` 0..1: how soon and how well it reacts."""
        self._skill, self._field, self._ways, self._lots = min(max(skill, 0.0), 1.0), field, ways, lots
        self._effort = EFFORT[0] + (EFFORT[1] - EFFORT[0]) * self._skill
        self._wait = self._between(0.0, SLOW)
        self._wish, self._stick = (0.0, 0.0), (0.0, 0.0)
        self._duck = self._dash = False
        self._drift = 0.0
        """Radians its run is off: nobody runs quite straight."""
        self._mood = 0.0
        self._nerve, self._bold, self._goal = NERVE[1], False, ways.place(lots.random())
        self._prey, self._chasing, self._bored = 0, 0.0, 0
        self._saw: Place = (0.0, 0.0)
        self._since = MEMORY

    def act(self, me: Avatar, everybody: Sequence[Avatar], dt: float) -> Wish:
        """Return what it wants to do now, `dt` seconds after the last time."""
        self._wait -= dt
        self._mood -= dt
        self._since += dt
        self._chasing += dt
        if self._wait <= 0:
            self._wait = (SLOW + (QUICK - SLOW) * self._skill) * self._between(0.7, 1.3)
            self._drift = 0.5 * self._drift + (1 - self._skill) * 0.2 * self._lots.standard_normal()
            self._duck = self._dash = False
            self._wish = self._chase(me, everybody) if me.it else self._play(me, everybody)
        dash, self._dash = self._dash, False
        share = min(1.0, EASE * dt)
        (x, y), (wx, wy) = self._stick, self._wish
        self._stick = x, y = x + (wx - x) * share, y + (wy - y) * share
        return Wish(x, y, self._duck, dash)

    def _between(self, low: float, high: float) -> float:
        return low + (high - low) * self._lots.random()

    def _chance(self, share: float) -> bool:
        return bool(self._lots.random() < share)

    def _sees(self, me: Avatar, other: Avatar) -> bool:
        if other.away or other.hide:
            return False
        sight = SIGHT[0] + (SIGHT[1] - SIGHT[0]) * self._skill
        if math.hypot(other.x - me.x, other.y - me.y) > sight:
            return False
        return self._field.clear(me.x, me.y, other.x, other.y)

    # --- being It ---

    def _chase(self, me: Avatar, everybody: Sequence[Avatar]) -> Place:
        prey = self._choose(me, everybody)
        if prey is None:
            return self._stroll(me, 0.85)
        far = math.hypot(prey.x - me.x, prey.y - me.y)
        lead = min(far / 4.0, 0.5) * (0.4 + 0.6 * self._skill)
        x, y = self._ways.toward(me.x, me.y, prey.x + prey.vx * lead, prey.y + prey.vy * lead)
        self._dash = 0.9 < far < 2.4 and self._chance(0.15 + 0.35 * self._skill)
        return self._aim(x - me.x, y - me.y, self._effort)

    def _choose(self, me: Avatar, everybody: Sequence[Avatar]) -> Avatar | None:
        """Return whom to chase: the nearest it sees, but not another one at every step, nor one for ever."""
        if self._chasing > self._between(*PATIENCE):
            self._bored, self._chasing = self._prey, 0.0
        best, nearest = None, math.inf
        for other in everybody:
            if other is me or other.safe > 0.8 or not self._sees(me, other):
                continue
            far = self._ways.distance(me.x, me.y, other.x, other.y) * self._between(*BY_EYE)
            far *= LOYAL if other.number == self._prey else 1.0
            far *= 2.0 if other.number == self._bored else 1.0
            if far < nearest:
                best, nearest = other, far
        if best is not None and best.number != self._prey:
            self._prey, self._chasing = best.number, 0.0
        return best

    # --- not being It ---

    def _play(self, me: Avatar, everybody: Sequence[Avatar]) -> Place:
        hunter = next((other for other in everybody if other.it), None)
        # Should It tag me, I would rather chase somebody else: two must not have the game for themselves.
        self._prey, self._bored = 0, hunter.number if hunter else 0
        if self._mood <= 0:
            self._mood = self._between(*MOOD)
            self._nerve = self._between(*NERVE)
            self._bold = self._chance(0.35)
            self._goal = self._ways.place(self._lots.random())
        if hunter is not None and not hunter.away and self._sees(me, hunter):
            # Where it will be, when there is time to run.
            self._saw, self._since = (hunter.x + 0.2 * hunter.vx, hunter.y + 0.2 * hunter.vy), 0.0
        if hunter is None or self._since > MEMORY or me.safe > 0.5:
            return self._stroll(me, 0.6)
        far = self._ways.distance(*self._saw, me.x, me.y)
        if far < self._nerve:
            if far < TIGHT and not hunter.frozen:
                self._escape(me)
            return self._flee(me, everybody)
        if self._bold and far > self._nerve + 0.8 and not hunter.frozen:
            # Catch me if you can: a few steps towards It, with a swerve.
            dx, dy = self._saw[0] - me.x, self._saw[1] - me.y
            swerve = 0.9 * (1 if self._chance(0.5) else -1)
            return self._aim(dx - swerve * dy, dy + swerve * dx, 0.6)
        return self._stroll(me, 0.55)

    def _escape(self, me: Avatar) -> None:
        if me.duck_rest >= 1 and self._chance(0.12 + 0.2 * self._skill):
            self._duck = True
        elif me.rest >= 1:
            self._dash = self._chance(0.25 + 0.4 * self._skill)

    def _flee(self, me: Avatar, everybody: Sequence[Avatar]) -> Place:
        ix, iy = self._saw
        best, most = (0.0, 0.0), -math.inf
        blur = 0.8 * (1 - self._skill)
        for dx, dy in DIRECTIONS:
            reach = self._field.reach(me.x, me.y, dx, dy, 2 * AHEAD)
            step = min(reach, AHEAD)
            x, y = me.x + dx * step, me.y + dy * step
            worth = self._ways.distance(ix, iy, x, y) + 0.25 * reach
            # Not past It, and rather on than back: who turns at every look gets nowhere.
            worth += 0.5 * math.hypot(x - ix, y - iy) + 0.3 * (dx * self._stick[0] + dy * self._stick[1])
            worth += blur * self._lots.random()
            if worth > most:
                best, most = (dx, dy), worth
        for other in everybody:
            # Room for the others: a heap is caught at once.
            if other is not me and not other.it and not other.away:
                ox, oy = me.x - other.x, me.y - other.y
                if (near := math.hypot(ox, oy)) < 1.4:
                    best = best[0] + 0.4 * ox / (near + 0.1), best[1] + 0.4 * oy / (near + 0.1)
        return self._aim(*best, self._effort)

    # --- either ---

    def _stroll(self, me: Avatar, effort: float) -> Place:
        x, y = self._goal
        if math.hypot(x - me.x, y - me.y) < 0.8:
            x, y = self._goal = self._ways.place(self._lots.random())
        x, y = self._ways.toward(me.x, me.y, x, y)
        return self._aim(x - me.x, y - me.y, effort)

    def _aim(self, x: float, y: float, effort: float) -> Place:
        long = math.hypot(x, y)
        if long < 1e-6:
            return 0.0, 0.0
        cos, sin = math.cos(self._drift) * effort / long, math.sin(self._drift) * effort / long
        return x * cos - y * sin, x * sin + y * cos
