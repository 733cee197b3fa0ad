"""Who is who in `tag`: a card for everybody on the field, with what their body does as a little joystick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posegames.body.measure import box
from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, draw_figure
from posegames.engine.portrait import Portrait
from posegames.engine.runner import Runner, draw_runner
from posegames.engine.scene import World
from posegames.engine.theme import HEIGHT, WIDTH, Look, ease_out, mix
from posegames.engine.view import Rect, View
from posegames.engine.widgets import EDGE
from posegames.players.player import Player
from posegames.rules.avatars import Avatar
from posegames.scenes._tag_crowd import cast, emblem
from posegames.scenes._tag_steering import NOTED, Stick

HIGH = 126.0
"""Logical pixels a card is high."""
WIDEST, GAP = 300.0, 12.0
PICTURE = (88, 114)
"""Width and height of a portrait."""
STICK = 23.0
"""Radius of the joystick."""
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

    def draw(self, canvas: Canvas, world: World, avatars: Sequence[Avatar], sticks: dict[int, Stick]) -> None:
        """Draw a card for each avatar, and small grey ones for those who watch."""
        players = {player.number: player for player in world.players}
        watching = world.spectators[:MOST_WATCHING]
        room = WIDTH - 2 * EDGE - len(watching) * (WATCHING + GAP)
        wide = min(WIDEST, (room + GAP) / max(1, len(avatars)) - GAP)
        whole = len(avatars) * (wide + GAP) + len(watching) * (WATCHING + GAP) - GAP
        x, y = (WIDTH - whole) / 2, HEIGHT - HIGH - 8
        for avatar in avatars:
            seat = _Seat(
                avatar,
                cast(canvas.theme, avatar.number, bot=avatar.bot),
                None if avatar.bot else players.get(avatar.number),
                sticks.get(avatar.number),
            )
            self._card(canvas, world, (x, y, wide, HIGH), seat)
            x += wide + GAP
        for pose in watching:
            canvas.rectangle((x, y, WATCHING, HIGH), canvas.theme.boards, radius=canvas.theme.radius)
            view = _fitted(pose, (x + WATCHING / 2, y + 10, HIGH - 20))
            draw_figure(canvas, Body.of(pose, view), canvas.theme.muted, faint=True)
            x += WATCHING + GAP

    def _card(self, canvas: Canvas, world: World, rect: Rect, seat: _Seat) -> None:
        theme, (x, y, wide, high), (avatar, look) = canvas.theme, rect, (seat.avatar, seat.look)
        if avatar.it:
            canvas.rectangle((x - 4, y - 4, wide + 8, high + 8), theme.bad, radius=theme.radius + 4)
        canvas.rectangle(rect, theme.boards, radius=theme.radius)
        frame = (x + 6, y + 6)
        if seat.player is not None:
            self._portrait(canvas, world, frame, seat.player, look)
        else:
            canvas.rectangle((*frame, *PICTURE), theme.stage, radius=10)
            foot = (frame[0] + PICTURE[0] / 2, frame[1] + PICTURE[1] - 8)
            draw_runner(canvas, Runner(foot=foot, look=look, bot=avatar.bot), world.now)
        left, size = frame[0] + PICTURE[0] + 12, theme.type.help
        emblem(canvas, look, (left + 10, y + 24), 9.0)
        canvas.text(look.name, (left + 27, y + 24), size=size, colour=look.colour, anchor="midleft")
        canvas.text(f"{int(avatar.points)}", (left, y + 62), size=theme.type.choice, anchor="midleft")
        if avatar.bot or seat.stick is None:
            canvas.text("robot", (left, y + 101), size=size, colour=theme.muted, anchor="midleft")
        elif avatar.away:
            canvas.text("hidden", (left, y + 101), size=size, colour=theme.muted, anchor="midleft")
        else:
            self._stick(canvas, (x + wide - 50, y + 46), avatar, seat.stick, look)

    def _portrait(self, canvas: Canvas, world: World, at: Point, player: Player, look: Look) -> None:
        if player.number not in self._portraits:
            self._portraits[player.number] = Portrait(PICTURE, canvas.theme)
        portrait = self._portraits[player.number]
        portrait.show(player, look, world.sighting, world.aspect)
        canvas.surface.blit(portrait.surface, (round(at[0]), round(at[1])))
        canvas.rectangle((at[0] - 2, at[1] - 2, PICTURE[0] + 4, PICTURE[1] + 4), look.colour, radius=8, width=3)

    @staticmethod
    def _stick(canvas: Canvas, at: Point, avatar: Avatar, stick: Stick, look: Look) -> None:
        """Draw the joystick a body is, and beside it what else it did: a jump, a squat, and when it may again."""
        theme, steer = canvas.theme, stick.steer
        canvas.disc(at, STICK + 3, theme.stage)
        canvas.ring(at, STICK, mix(theme.boards, theme.muted, 0.7), width=3)
        x, y = steer.direction()
        canvas.disc((at[0] + 15 * x, at[1] + 15 * y), 10.0, look.colour if x or y else theme.muted)
        jumped = 1 - ease_out(stick.jumped / NOTED)
        ready = (avatar.rest, avatar.duck_rest)
        for i, (outline, on) in enumerate(((UP, jumped), (DOWN, float(stick.duck or avatar.ducked)))):
            place = (at[0] - 18 + 36 * i, at[1] + 52)
            rested = mix(mix(theme.boards, theme.muted, 0.25), theme.muted, ready[i])
            canvas.stamp(outline, place, 11.0 + 4.0 * on, mix(rested, theme.good, on))


def _fitted(pose: Pose, where: tuple[float, float, float]) -> View:
    """Return a view in which a body stands around x, below y, so many pixels high: the three of `where`."""
    x, y, high = where
    left, top, right, bottom = box(pose) or (0.0, 0.0, 1.0, 1.0)
    scale = high / max(0.05, bottom - top)
    return View((x - (1 - (left + right) / 2) * scale, y - top * scale, scale, scale), 1.0)
