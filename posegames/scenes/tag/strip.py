"""Who is who in `tag`: a card for everybody on the field, with what their body does as a little joystick."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from posegames.body.measure import box
from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, draw_figure
from posegames.engine.scene import World
from posegames.engine.theme import HEIGHT, WIDTH, Look, Theme, ease_out, mix
from posegames.engine.view import Rect, View
from posegames.language import figures, tr
from posegames.players.player import Player
from posegames.rules.avatars import Avatar
from posegames.scenes.tag.crowd import emblem
from posegames.scenes.tag.portrait import Portrait
from posegames.scenes.tag.runner import Runner, draw_runner
from posegames.scenes.tag.steering import NOTED, Stick

HIGH = 126.0
"""Logical pixels a card is high."""
WIDEST, GAP, MARGIN = 300.0, 10.0, 12.0
PICTURE = (88, 114)
"""Width and height of a portrait."""
ROOMY = 250.0
"""Width of a card from which on the joystick stands beside the name, not below it."""
WATCHING = 56.0
"""Width of a card of somebody who only watches."""
MOST_WATCHING = 3

UP = ((0.0, -1.0), (0.9, 0.0), (0.36, 0.0), (0.36, 0.9), (-0.36, 0.9), (-0.36, 0.0), (-0.9, 0.0))
DOWN = tuple((x, -y) for x, y in UP)


@dataclass(frozen=True, slots=True)
class _Seat:
    """Who is on a card."""

    avatar: Avatar
    look: Look
    player: Player | None
    """None for a bot, and for somebody at the keys."""
    stick: Stick | None


class Strip:
    """The cards along the lower edge."""

    def __init__(self) -> None:
        self._portraits: dict[int, Portrait] = {}
        self._theme: Theme | None = None
        """In whose looks."""

    def draw(self, canvas: Canvas, world: World, avatars: Sequence[Avatar], sticks: dict[int, Stick]) -> None:
        """Draw a card for each avatar, and small grey ones for those who watch."""
        players = {player.number: player for player in world.players}
        watching = world.spectators[:MOST_WATCHING]
        room = WIDTH - 2 * MARGIN - len(watching) * (WATCHING + GAP)
        wide = min(WIDEST, (room + GAP) / max(1, len(avatars)) - GAP)
        whole = len(avatars) * (wide + GAP) + len(watching) * (WATCHING + GAP) - GAP
        x, y = (WIDTH - whole) / 2, HEIGHT - HIGH - 8
        self._look(canvas, world)
        for avatar in avatars:
            seat = _Seat(
                avatar,
                canvas.theme.look(avatar.number, bot=avatar.bot),
                None if avatar.bot else players.get(avatar.number),
                sticks.get(avatar.number),
            )
            self._card(canvas, (x, y, wide, HIGH), seat, world.now)
            x += wide + GAP
        for pose in watching:
            canvas.rectangle((x, y, WATCHING, HIGH), canvas.theme.boards, radius=canvas.theme.radius)
            view = _fitted(pose, (x + WATCHING / 2, y + 10, HIGH - 20))
            draw_figure(canvas, Body.of(pose, view), canvas.theme.muted, faint=True)
            x += WATCHING + GAP

    def _card(self, canvas: Canvas, rect: Rect, seat: _Seat, now: float) -> None:
        theme, (x, y, wide, high), (avatar, look) = canvas.theme, rect, (seat.avatar, seat.look)
        whole, paper = (x - 4, y - 4, wide + 8, high + 8), partial(_paper, look=look, it=avatar.it)
        canvas.sheet(("tag", look, avatar.it), whole, paper)
        frame = (x + 6, y + 6)
        if seat.player is not None:
            self._portrait(canvas, frame, seat)
        else:
            canvas.rectangle((*frame, *PICTURE), theme.stage, radius=10)
            foot = (frame[0] + PICTURE[0] / 2, frame[1] + PICTURE[1] - 8)
            draw_runner(canvas, Runner(foot=foot, look=look, bot=avatar.bot), now)
        left, size = frame[0] + PICTURE[0] + 9, theme.type.help
        canvas.text(figures(int(avatar.points)), (left, y + 62), size=theme.type.choice, anchor="midleft")
        if avatar.bot or seat.stick is None:
            canvas.text(tr("bot"), (left, y + 101), size=size, colour=theme.muted, anchor="midleft")
        elif avatar.away:
            canvas.text(tr("hidden"), (left, y + 101), size=size, colour=theme.muted, anchor="midleft")
        else:
            self._stick(canvas, rect, seat.stick, seat)

    def _look(self, canvas: Canvas, world: World) -> None:
        """Make new portraits, and the oldest anew: one a picture is quick enough for windows this small."""
        here = {player.number: player for player in world.players}
        if canvas.theme is not self._theme:
            self._theme, self._portraits = canvas.theme, {}
        self._portraits = {
            number: self._portraits.get(number) or Portrait(PICTURE, canvas.theme) for number in here
        }
        made = {number: portrait.made for number, portrait in self._portraits.items()}
        oldest = min(made, key=lambda number: made[number], default=0)
        for number, player in here.items():
            if number == oldest or made[number] == -math.inf:
                look = canvas.theme.look(number)
                self._portraits[number].show(player, look, world.sighting, world.aspect)

    def _portrait(self, canvas: Canvas, at: Point, seat: _Seat) -> None:
        canvas.surface.blit(self._portraits[seat.avatar.number].surface, (round(at[0]), round(at[1])))
        frame = (at[0] - 2, at[1] - 2, PICTURE[0] + 4, PICTURE[1] + 4)
        canvas.rectangle(frame, seat.look.colour, radius=8, width=3)

    @staticmethod
    def _stick(canvas: Canvas, rect: Rect, stick: Stick, seat: _Seat) -> None:
        """Draw the joystick a body is, and what else it did, or may do again: up for a jump, down for a squat."""
        theme, (x, y, wide, _) = canvas.theme, rect
        roomy = wide > ROOMY
        at, radius = ((x + wide - 52, y + 46), 26.0) if roomy else ((x + PICTURE[0] + 34, y + 99), 18.0)
        canvas.disc(at, radius + 3, theme.stage)
        canvas.ring(at, radius, mix(theme.boards, theme.muted, 0.7), width=3)
        dx, dy = stick.steer.direction()
        way = 0.68 * radius
        colour = seat.look.colour if dx or dy else theme.muted
        canvas.disc((at[0] + way * dx, at[1] + way * dy), 0.44 * radius, colour)
        jumped = 1 - ease_out(stick.jumped / NOTED)
        marks = ((UP, jumped, seat.avatar.rest), (DOWN, float(stick.duck), seat.avatar.duck_rest))
        for i, (outline, on, rested) in enumerate(marks):
            place = (at[0] - 19 + 38 * i, y + 98) if roomy else (at[0] + 36 + 25 * i, y + 99)
            idle = mix(theme.boards, theme.muted, 0.25 + 0.75 * rested)
            canvas.stamp(
                outline, place, (11.0 if roomy else 9.0) + theme.slide(1 - on, 4.0), mix(idle, theme.good, on)
            )


def _paper(canvas: Canvas, *, look: Look, it: bool) -> None:
    """Draw a card with a name on it, four pixels around it free for the rim of It."""
    theme, (wide, high) = canvas.theme, canvas.size
    if it:
        canvas.rectangle((0, 0, wide, high), theme.bad, radius=theme.radius + 4)
    canvas.rectangle((4, 4, wide - 8, high - 8), theme.boards, radius=theme.radius)
    left, y = 4 + 6 + PICTURE[0] + 9, 4 + 24
    emblem(canvas, look, (left + 10, y), 9.0)
    canvas.text(look.name, (left + 25, y), size=theme.type.help, colour=look.colour, anchor="midleft")


def _fitted(pose: Pose, where: tuple[float, float, float]) -> View:
    """Return a view in which a body stands around x, below y, so many pixels high: the three of `where`."""
    x, y, high = where
    left, top, right, bottom = box(pose) or (0.0, 0.0, 1.0, 1.0)
    scale = high / max(0.05, bottom - top)
    return View((x - (1 - (left + right) / 2) * scale, y - top * scale, scale, scale), 1.0)
