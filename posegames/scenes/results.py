"""The results: who has how much, what was best, who is among the best ever, and the winner's bow."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import ICONS, button, fitting
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.figure import Body, draw_figure
from posegames.engine.lamps import follow
from posegames.engine.particles import Particles
from posegames.engine.scene import Cue, Home, Moment, Move, Push, Replace, Scene, World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import HEIGHT, WIDTH, ease_out
from posegames.engine.view import Rect, View
from posegames.errors import PosegamesError
from posegames.events import Event
from posegames.language import msg, tr
from posegames.scenes.ending.ranking import Game, Ranking
from posegames.scenes.ending.sheet import Row, Sheet
from posegames.scenes.flow import Desertion
from posegames.scenes.menu.opening import opened
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

_BOW = "seconds 11\nactors 1\nloop\n0.6 1 bow\n4.2 1 hands up\n7.4 1 bow"
_ACTOR = View((20.0, 96.0, 430.0, 500.0), 430 / 500)
"""Where the winner stands."""
_SLOTS: tuple[Rect, ...] = ((36, 596, 280, 104), (328, 596, 280, 104), (620, 596, 280, 104))
_PHOTO: Rect = (912, 596, 160, 104)
_NAME: Rect = (1084, 596, 160, 104)
_WORDS = {
    "again": msg("Again"),
    "next": msg("Next"),
    "menu": msg("Menu"),
    "photo": msg("Photo"),
    "name": msg("Your name"),
}


class Results:
    """Shows the rows, the most points first; then again, next or the menu."""

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        title: str,
        again: Callable[[], Scene],
        onward: Callable[[], Scene] | None = None,
        game: Game | None = None,
    ) -> None:
        """`again` makes the same game, `onward` the next; None where nothing comes next.

        `game` is what was played, for high scores; None keeps none.
        """
        self._sheet = Sheet(rows)
        self._title, self._again, self._onward = title, again, onward
        self._game = game
        self._ranking = Ranking(game) if game else None
        self._chooser, self._notice, self._sparks = Chooser(), Notice(), Particles()
        self._desertion = Desertion()
        self._dance = Choreography(parse_play(_BOW), actors=1, aspect=_ACTOR.aspect)
        self._age = 0.0
        self._moments: tuple[Moment, ...] = ()
        """The last of the game."""

    @property
    def ranks(self) -> Mapping[int, int]:
        """Ranks among all that are remembered, by player, from 1; only of the first ten."""
        return self._ranking.ranks if self._ranking else {}

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse; Escape leads to the menu."""
        self._desertion.handle(event)
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Let points, stars and sparks go on, and follow the hand."""
        world.music("calm")
        if not self._chooser.targets:
            self._begin(world)
        self._age += dt
        self._notice.update(dt)
        self._sparks.update(dt)
        if self._ranking:
            self._ranking.update(world)
            self._offer(world)
        for star in self._sheet.update(dt):
            if place := self._sheet.star(star):
                self._sparks.burst(place, world.theme.warn, count=10, speed=260, shape="sparkle")
            world.cue(Cue("star", step=star))
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        return self._go(self._chooser.update(world, dt), world)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the winner, everybody's row, and what can be chosen."""
        canvas.backdrop()
        self._winner(canvas)
        theme = canvas.theme
        size, gone = fitting(canvas, self._title, 1000, theme.type.title), self._age / 0.3
        canvas.text(
            self._title,
            (WIDTH / 2, 66 - theme.slide(gone, 20)),
            size=size,
            colour=theme.light,
            alpha=theme.motion.ease(gone),
        )
        self._sheet.draw(canvas, self.ranks)
        self._sparks.draw(canvas)
        for target in self._chooser.targets:
            lift = self._chooser.lift(target.key)
            icon = target.key if target.key in ICONS else ""
            button(canvas, self._chooser.rect(target.key), tr(_WORDS[target.key]), icon, lift=lift)
            if target.key == "name" and (number := self._nameless(world)) is not None:
                left, top, width, _ = self._chooser.rect("name")
                look = theme.look(number)
                draw_shape(canvas, look.shape, (left + width / 2, top + 22), 11, look.colour)
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2))
        self._chooser.draw(canvas, world)

    def _begin(self, world: World) -> None:
        """Put `again` where the hand already is; see where everybody stands."""
        self._moments = world.lately()
        slots = [*_SLOTS] if self._onward else [_SLOTS[0], _SLOTS[2]]
        hand = world.pointer.x * WIDTH if world.pointer else -math.inf
        slots.sort(key=lambda slot: (abs(slot[0] + slot[2] / 2 - hand) if world.pointer else 0, slot[0]))
        keys = ["again", *(["next"] if self._onward else []), "menu"]
        targets = [
            Target(key=key, rect=rect) for key, rect in zip(keys, [slots[0], *sorted(slots[1:])], strict=True)
        ]
        if any(not row.bot for row in self._sheet.rows):
            targets.append(Target(key="photo", rect=_PHOTO))
        self._chooser.show(targets, focus="again")
        if self._ranking:
            self._ranking.enter(
                ((row.player, row.points, row.stars) for row in self._sheet.rows if not row.bot), world
            )

    def _offer(self, world: World) -> None:
        """Offer a name to whoever is among the best and has none; only offer it."""
        offered = any(target.key == "name" for target in self._chooser.targets)
        wanted = self._nameless(world) is not None
        if wanted != offered:
            others = [target for target in self._chooser.targets if target.key != "name"]
            self._chooser.keep([*others, *([Target(key="name", rect=_NAME)] if wanted else [])])

    def _go(self, key: str | None, world: World) -> Move | None:
        make = {"again": self._again, "next": self._onward}.get(key or "")
        if key in ("menu", BACK):
            return Home()
        if key == "name" and (number := self._nameless(world)) is not None:
            from posegames.scenes.naming import Naming

            return Replace(Naming(number, lambda name: self._named(number, name)))
        if key == "photo":
            return self._photo()
        if make:
            scene = opened(make)
            if not isinstance(scene, PosegamesError):
                return Replace(scene)
            self._notice.say(scene)
        return None

    def _photo(self) -> Move:
        from posegames.scenes.photo import Photo

        row = next(row for row in self._sheet.rows if not row.bot)
        return Push(Photo(row.player, scene=self._title, points=row.points, moments=self._moments))

    def _named(self, number: int, name: str | None) -> Scene:
        if self._ranking and name:
            self._ranking.call(number, name)
        return self

    def _nameless(self, world: World) -> int | None:
        """Return who is to be offered a name."""
        return self._ranking.nameless(world) if self._ranking else None

    def _winner(self, canvas: Canvas) -> None:
        """Let the winner bow in the light."""
        if not self._sheet.rows:
            return
        look = canvas.theme.look(self._sheet.rows[0].player)
        for pose in self._dance.at(self._age):
            body = Body.of(pose, _ACTOR)
            follow(canvas, [body], strength=ease_out(self._age / 0.6))
            draw_figure(canvas, body, look.colour, emblem=look.shape)
