"""The lobby: people join by raising a hand, and say with both hands that they are ready."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import button, draw_card, fitting, still
from posegames.engine.choosing.chooser import Chooser, Target
from posegames.engine.choosing.hand import draw_ring
from posegames.engine.figure import Body, Figure, draw_figures
from posegames.engine.lamps import follow
from posegames.engine.scene import Cue, Home, Move, Pop, Replace, Scene, World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import WIDTH, Look, mix
from posegames.engine.view import Rect, View
from posegames.engine.widgets import pill, tag
from posegames.events import Event, Gesture, KeyPressed, PlayerJoined, PlayerLeft
from posegames.language import msg, tr
from posegames.scenes.flow import Desertion, wished
from posegames.scenes.menu.acts import Actor
from posegames.scenes.pause import draw_count
from posegames.seeing.sighting import Sighting
from posegames.seeing.stage.script import parse_play

HOLD = 0.6
"""Seconds both hands stay up to say: ready."""
COUNT = 3
"""Seconds counted once everybody is ready: whoever comes meanwhile stops it."""
PULSE = 0.6
"""Seconds somebody who has just joined shines."""
CAMERA: Rect = (1016.0, 24.0, 240.0, 135.0)
"""Where it is seen what the camera sees."""
SKIPS = 2
"""Of so many pictures of the camera one is shown: it costs as much as a player."""

_ROOM: Rect = (130.0, 96.0, 960.0, 540.0)
"""Where everybody stands in the light."""
_ACTOR = View((4.0, 196.0, 250.0, 390.0), 250 / 390)
"""Where an actor shows how."""
_PLATES: Rect = (36.0, 596.0, 944.0, 104.0)
"""Where the places are."""
_WIDE = 226.0
"""A place, where there is room."""
_COUNTED: Point = (1120.0, 400.0)
"""Where the numbers are: nobody's face is behind them."""
_START = Target(key="start", rect=(1004, 596, 240, 104), label=msg("Start"))
_TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
_SHOWN = (
    "seconds 3.6\nactors 1\nloop\n0.5 1 raise right seconds=2.2",
    "seconds 3.6\nactors 1\nloop\n0.5 1 hands up seconds=2.2",
)
"""What the actor does for those who have not joined, and for those who have."""


@dataclass(slots=True)
class _Guest:
    """What is known of somebody who has joined."""

    age: float = 0.0
    """Seconds since then."""
    up: float | None = None
    """Seconds both hands have been up; None while they are not."""
    ready: bool = False


class Lobby:
    """Lets people join; leads to the scene `following` makes, once all are ready."""

    def __init__(self, following: Callable[[], Scene]) -> None:
        self._following = following
        self._guests: dict[int, _Guest] = {}
        self._chooser, self._desertion = Chooser(), Desertion()
        self._actors = [Actor(parse_play(play), _ACTOR) for play in _SHOWN]
        self._left: float | None = None
        """Seconds until it goes on, while they are counted."""
        self._age = 0.0
        self._shown: Sighting | None = None

    @property
    def ready(self) -> frozenset[int]:
        """Who has said so."""
        return frozenset(number for number, guest in self._guests.items() if guest.ready)

    def handle(self, event: Event, world: World) -> Move | None:
        """Take note of who joins, leaves and is ready; any key and click goes on."""
        self._desertion.handle(event)
        match event:
            case PlayerJoined(player=number):
                self._guests[number] = _Guest()
                world.cue(Cue("join", number))
            case PlayerLeft(player=number):
                self._guests.pop(number, None)
                world.cue(Cue("leave", number))
            case Gesture(player=number, gesture="hands_up", phase="on" | "off" as phase):
                if guest := self._guests.get(number):
                    guest.up = 0.0 if phase == "on" else None
            case KeyPressed("escape"):
                return Pop()
        if wished(event):
            world.cue(Cue("choose"))
            return Replace(self._following())
        return None

    def update(self, world: World, dt: float) -> Move | None:
        """See who is there and who is ready; count, once all are."""
        world.music("menu")
        self._age += dt
        here = {player.number for player in world.players}
        # Who joined before this screen was on.
        self._guests = {number: self._guests.get(number, _Guest(age=PULSE)) for number in sorted(here)}
        for number, guest in self._guests.items():
            guest.age += dt
            if guest.up is not None and not guest.ready:
                guest.up += dt
                if guest.up >= HOLD:
                    guest.ready = True
                    world.cue(Cue("success", number))
        if bool(here) != bool(self._chooser.targets):
            self._chooser.show([_START] if here else [])
        newest = world.sighting
        if newest and (self._shown is None or abs(newest.number - self._shown.number) >= SKIPS):
            self._shown = newest
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        if self._chooser.update(world, dt) or self._counted(world, dt):
            return Replace(self._following())
        return None

    def _counted(self, world: World, dt: float) -> bool:
        """Count while everybody is ready; return whether it is over."""
        if not self._guests or not all(guest.ready for guest in self._guests.values()):
            self._left = None
            return False
        before, self._left = self._left, (COUNT if self._left is None else self._left) - dt
        if self._left > 0 and (before is None or math.ceil(self._left) < math.ceil(before)):
            world.cue(Cue("count"))
        return self._left <= 0

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show everybody in the light, the places, and how it is done."""
        canvas.backdrop()
        self._camera(canvas)
        self._room(canvas, world)
        self._title(canvas)
        self._places(canvas, world)
        for target in self._chooser.targets:
            button(
                canvas, self._chooser.rect("start"), tr(target.label), "go on", lift=self._chooser.lift("start")
            )
        if world.status.phase == "trouble":
            pill(
                canvas,
                tr(world.status.message),
                (WIDTH / 2, 556),
                size=canvas.theme.type.help,
                colour=canvas.theme.warn,
            )
        if self._left is not None:
            draw_count(canvas, self._left, _COUNTED)
        self._chooser.draw(canvas, world)

    @property
    def _joining(self) -> bool:
        """Whether nobody has joined yet."""
        return not self._guests

    def _title(self, canvas: Canvas) -> None:
        theme = canvas.theme
        if self._joining:
            words = tr("Raise a hand to join")
        elif self._left is None:
            words = tr("Both hands up: ready")
        else:
            words = tr("Here we go!")
        size = fitting(canvas, words, 900, theme.type.title)
        canvas.text(words, (WIDTH / 2 - 40, 70), size=size, colour=theme.light)

    def _camera(self, canvas: Canvas) -> None:
        """Show what the camera sees, small."""
        theme, (left, top, width, height) = canvas.theme, CAMERA
        if self._shown and canvas.picture(self._shown, View(CAMERA, self._shown.aspect, fit="cover")):
            canvas.rectangle((left - 4, top - 4, width + 8, height + 8), theme.muted, radius=8, width=4)

    def _room(self, canvas: Canvas, world: World) -> None:
        """Show everybody where they stand."""
        theme, view = canvas.theme, View(_ROOM, world.aspect)
        strangers = [Body.of(pose, view) for pose in world.spectators]
        bodies = [(player, Body.of(player.shown, view)) for player in world.players]
        follow(canvas, [*(body for _, body in bodies), *strangers])
        figures = [Figure(body, mix(theme.muted, theme.text, 0.3)) for body in strangers]
        for player, body in bodies:
            look = theme.look(player.number)
            colour = mix(look.colour, theme.text, 0.6 * max(0.0, 1 - self._guest(player.number).age / PULSE))
            figures.append(Figure(body, colour, look.shape, faint=player.hidden))
        draw_figures(canvas, [*figures, *self._show_how(canvas)])
        for player, body in bodies:
            look, guest = theme.look(player.number), self._guest(player.number)
            if body.crown:
                tag(canvas, look, body.crown, faint=player.hidden)
            if guest.up is not None and not guest.ready and body.seen(*_TRUNK):
                draw_ring(canvas, body.middle(*_TRUNK), 40, guest.up / HOLD, theme.light)

    def _guest(self, number: int) -> _Guest:
        return self._guests.get(number, _Guest())

    def _show_how(self, canvas: Canvas) -> list[Figure]:
        """Put an actor in the light who raises a hand, or both; return their figure."""
        if self._left is not None:
            return []
        theme, bodies = canvas.theme, self._actors[0 if self._joining else 1].at(self._age)
        for body in bodies:
            if body.foot:
                canvas.glow(body.foot, 110, mix(theme.light, theme.warn, 0.35), strength=0.5)
                canvas.shadow(body.foot, 1.5 * body.torso, 0.32 * body.torso)
        return [Figure(body, theme.light) for body in bodies]

    def _places(self, canvas: Canvas, world: World) -> None:
        """Show a plate for everybody who has joined, and one for whoever comes next."""
        theme, (left, top, whole, high) = canvas.theme, _PLATES
        free = self._joining or bool(world.spectators)
        count = len(self._guests) + free
        wide = min(_WIDE, (whole + 12) / max(1, count) - 12)
        for i, (number, guest) in enumerate(self._guests.items()):
            look, lift = theme.look(number), max(0.0, 1 - guest.age / PULSE)
            place = (left + i * (wide + 12), top, wide, high)
            plate = partial(_plate, look=look, ready=guest.ready, lift=lift)
            still(canvas, ("plate", look, guest.ready, tr("ready"), lift), place, plate, moves=0 < lift < 1)
        if free:
            x = left + len(self._guests) * (wide + 12)
            rim = mix(theme.muted, theme.stage, 0.5 - 0.3 * theme.sway(self._age, 2.4))
            canvas.rectangle((x, top, wide, high), rim, radius=22, width=3)
            words = tr("You?")
            canvas.text(words, (x + wide / 2, top + high / 2), size=theme.type.choice, colour=theme.muted)


def _plate(canvas: Canvas, rect: Rect, *, look: Look, ready: bool, lift: float) -> None:
    """Draw the place of somebody who has joined: who it is, and whether they are ready, with a tick if so."""
    theme, (x, top, wide, _) = canvas.theme, rect
    draw_card(canvas, rect, lift=lift)
    draw_shape(canvas, look.shape, (x + 34, top + 36), 17, look.colour)
    size = fitting(canvas, look.name, wide - 76, theme.type.choice)
    canvas.text(look.name, (x + 62, top + 36), size=size, colour=look.colour, anchor="midleft")
    y = top + 78
    if ready:
        canvas.strokes([[(x + 24, y), (x + 32, y + 9), (x + 46, y - 10)]], theme.good, 7)
    else:
        canvas.ring((x + 34, y), 11, mix(look.colour, theme.stage, 0.5), width=4)
    words = tr("ready") if ready else tr("not yet")
    size = fitting(canvas, words, wide - 76, theme.type.help)
    canvas.text(words, (x + 62, y), size=size, colour=theme.good if ready else theme.muted, anchor="midleft")
