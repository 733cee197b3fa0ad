"""Tag: everybody runs on one field, steered by leaning and stepping; whoever is touched by It is It."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from posegames.engine.canvas import Canvas, Point
from posegames.engine.guidance import Advice, Guide
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Cue, Move, Replace, Setup, World
from posegames.engine.standing import draw_guidance
from posegames.engine.theme import ARRIVE, HEIGHT, WIDTH, Colour, Theme
from posegames.engine.widgets import keys, pill
from posegames.errors import LevelError
from posegames.events import Event, PlayerLeft
from posegames.language import msg, tr, trn
from posegames.rules import tag as rules
from posegames.rules.arena import HIGH, Arena
from posegames.rules.tag import TagEvent, TagGame
from posegames.scenes.ending.ranking import Game
from posegames.scenes.ending.sheet import Row
from posegames.scenes.pausing import Pausing
from posegames.scenes.results import Results
from posegames.scenes.tag.crowd import Crowd
from posegames.scenes.tag.field import TOP
from posegames.scenes.tag.steering import Steering
from posegames.scenes.tag.strip import Strip
from posegames.scenes.tag.teaching import Teaching
from posegames.scenes.tag.words import (
    CALLED,
    draw_call,
    draw_count,
    draw_invitation,
    draw_places,
    draw_top,
    places,
)

HINTS = (
    (msg("arrows"), msg("run")),
    (msg("Space"), msg("dash")),
    ("S", msg("hide")),
    ("Esc", msg("pause")),
)
LAST = 3.0
"""Seconds the places are shown before the results."""
TICKS = 10
"""Seconds before the end at which the clock begins to tick."""
WAITS = 0.5
"""Seconds nobody is seen after which the game stands still."""


@dataclass(frozen=True, slots=True)
class _Call:
    """Something called out in big letters."""

    words: str
    colour: Colour
    low: bool
    """Over the lower half of the field: it happened in the upper one."""
    age: float = 0.0


class Tag:
    """A game of tag for one to six; bots fill the field, and play alone until somebody comes."""

    def __init__(self, setup: Setup) -> None:
        """Line up on the field of a level. Raises LevelError for a level of another scene."""
        shelf = setup.shelf or Shelf()
        self._level = setup.level or shelf.first("tag")
        if not isinstance(self._level.content, Arena):
            raise LevelError(
                tr("The level {name!r} cannot be played here.").format(name=self._level.name),
                tr("It is one of {scene}, not of {wanted}.").format(scene=self._level.scene, wanted="tag"),
                tr("'posegames levels list {wanted}' shows those that can.").format(wanted="tag"),
            )
        self._setup, self._shelf, self._arena = setup, shelf, self._level.content
        self._game = TagGame(self._arena, seed=setup.seed)
        self._seed = setup.seed
        self._playing = False
        """Somebody plays; until then the bots show how."""
        self._joined: set[int] = set()
        self._steering, self._crowd = Steering(), Crowd(self._arena)
        self._strip, self._teaching, self._guide = Strip(), Teaching(), Guide()
        self._pausing = Pausing(self.draw, lambda: Tag(setup))
        self._call: _Call | None = None
        self._age = self._since = 0.0
        """Seconds of the scene, and of the game's phase."""
        self._empty = 0.0
        """Seconds since somebody was last seen."""

    @property
    def game(self) -> TagGame:
        """What is played."""
        return self._game

    @property
    def attract(self) -> bool:
        """Whether bots play alone, because nobody has come yet."""
        return not self._playing

    def handle(self, event: Event, world: World) -> Move | None:
        """Take what bodies and keys do; pause."""
        move = self._pausing.handle(event, world)
        if move is not None:
            self._steering.release()
            return move
        self._steering.handle(event)
        return None

    def update(self, world: World, dt: float) -> Move | None:
        """Let the game go on."""
        world.music("game")
        for number in self._steering.away - {player.number for player in world.players}:
            self._steering.handle(PlayerLeft(world.now, number))  # left while another screen was on
        move = self._pausing.update(world, dt, playing=self._missed)
        if move is not None:
            self._steering.release()
            return move
        self._age += dt
        self._since += dt
        if self._call:
            aged = replace(self._call, age=self._call.age + dt)
            self._call = aged if aged.age < CALLED else None
        self._steering.update(world, dt)
        self._guide.update(world, dt)
        self._seat(world)
        everybody_away = bool(self._joined) and self._joined <= self._steering.away
        self._empty = self._empty + dt if everybody_away else 0.0
        if self._empty < WAITS:
            self._play(world, dt)
        if self._playing and self._game.phase == "over" and self._since >= LAST:
            return Replace(self._results())
        return None

    @property
    def _missed(self) -> frozenset[int]:
        """Who is away while others play. Where all are, the field itself waits, and then the bots play on."""
        on = self._playing and self._game.phase == "running" and not self._joined <= self._steering.away
        return self._steering.away if on else frozenset()

    def _seat(self, world: World) -> None:
        """Let in who has come, and go who has left. The first begins a game; after the last the bots play on."""
        here = set(self._steering.sticks)
        if here and not self._playing:
            self._begin(playing=True)
        for number in sorted(here - self._joined):
            early = self._game.phase == "ready"
            self._game.join(number)
            self._crowd.update(self._game.avatars, 0.0)
            self._crowd.cheer(number, world.theme.look(number))
            world.cue(Cue("join", number))
            if not early:
                self._shout(number, tr("{name} is in!"), world.theme)
        for number in sorted(self._joined - here):
            self._game.leave(number)
            world.cue(Cue("leave", number))
        self._joined = here
        if self._playing and not here and self._game.phase != "over":
            self._begin(playing=False)

    def _begin(self, *, playing: bool) -> None:
        self._playing, self._joined, self._since, self._call = playing, set(), 0.0, None
        self._seed += not playing
        self._game = TagGame(self._arena, seed=self._setup.seed if playing else self._seed)

    def _play(self, world: World, dt: float) -> None:
        phase, left = self._game.phase, self._game.left
        steers, dashes = self._steering.steers(), self._steering.dashes()
        for event in self._game.update(steers, dt, dashes=dashes, away=self._steering.away):
            self._tell(event, world)
        self._crowd.update(self._game.avatars, dt)
        if self._game.phase != phase:
            self._since = 0.0
        elif self._playing and phase == "running" and _ticks(self._game.left) > _ticks(left):
            world.cue(Cue("tick", step=_ticks(left)))
        if not self._playing and self._game.phase == "over" and self._since >= LAST:
            self._begin(playing=False)

    def _tell(self, event: TagEvent, world: World) -> None:
        """Let what happened be seen, and heard where somebody plays."""
        cue = world.cue if self._playing else lambda _cue: None
        match event:
            case rules.Tagged(by, whom):
                self._crowd.shake(by)
                self._crowd.shake(whom)
                self._crowd.cheer(by, world.theme.look(by))
                self._crowd.dust(whom, 7)
                self._shout(whom, tr("{name} is It!"), world.theme)
                cue(Cue("tag", whom))
            case rules.Passed(_, whom):
                self._shout(whom, tr("{name} is It!"), world.theme)
                cue(Cue("hover", whom))
            case rules.Dashed(number):
                self._crowd.dust(number, 6)
                cue(Cue("dash", number))
            case rules.Hid(number):
                self._crowd.dust(number, 3)
                cue(Cue("hide", number))
            case rules.Bumped(number):
                self._crowd.dust(number, 3)
            case rules.Counted(n) if n > 0:
                cue(Cue("count"))
            case rules.RoundBegan():
                cue(Cue("go"))
                self._shout(self._game.it, tr("{name} is It!"), world.theme)
            case rules.RoundOver():
                cue(Cue("end"))
                best = places(self._game.avatars)[0].number
                self._crowd.cheer(best, world.theme.look(best))
                if self._game.phase == "over" and self._playing:
                    self._crowd.shower([world.theme.look(avatar.number).colour for avatar in self._game.avatars])

    def _shout(self, number: int, words: str, theme: Theme) -> None:
        avatar = next(avatar for avatar in self._game.avatars if avatar.number == number)
        look = theme.look(number, bot=avatar.bot)
        self._call = _Call(words.format(name=look.name), look.colour, low=avatar.y < HIGH / 2)

    def _results(self) -> Results:
        rows = [
            Row(
                avatar.number,
                round(avatar.points),
                lines=(_caught(avatar.tags),) if avatar.tags else (),
                bot=avatar.bot,
            )
            for avatar in places(self._game.avatars)
        ]
        following = self._shelf.after(self._level)
        return Results(
            rows,
            title=self._level.told(self._level.title),
            again=lambda: Tag(self._setup),
            onward=(lambda: Tag(replace(self._setup, level=following))) if following else None,
            game=Game(scene="tag", level=self._level.name, seconds=self._age),
        )

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the field, everybody on it, and what there is to say."""
        game, avatars = self._game, self._game.avatars
        self._crowd.draw_field(canvas)
        # Whoever runs along the far edge stands before the letters.
        if self._playing:
            draw_top(canvas, game, self._level.told(self._level.title))
        else:
            draw_invitation(canvas, tr("Step in to play"), self._age)
        self._crowd.draw(canvas, avatars, self._age)
        if self._playing:
            self._strip.draw(canvas, world, avatars, self._steering.sticks)
        else:
            self._teaching.draw(canvas, HEIGHT - 134.0, self._age)
        self._say(canvas, world)
        self._pausing.draw(canvas, world, self._spots())

    def _say(self, canvas: Canvas, world: World) -> None:
        theme, game = canvas.theme, self._game
        if self._playing and game.phase == "ready":
            draw_count(canvas, game.countdown)
            if game.round == 1:
                self._teaching.draw(canvas, TOP + 366, self._since)
        elif self._playing and game.phase in ("between", "over"):
            title = tr("Round {number}").format(number=game.round) if game.phase == "between" else tr("Time!")
            draw_places(canvas, game.avatars, title, self._since)
        elif self._call:
            draw_call(canvas, self._call.words, self._call.colour, low=self._call.low, age=self._call.age)
        low = (WIDTH / 2, TOP + 440)
        if world.status.phase == "trouble":
            pill(canvas, tr(world.status.message), low, size=theme.type.help, colour=theme.warn)
        elif self._empty >= WAITS:
            pill(canvas, tr("The game waits for you"), low, arrived=(self._empty - WAITS) / ARRIVE)
        elif self._playing and self._guide.given not in (Advice.NONE, Advice.STEP_IN):
            draw_guidance(canvas, self._guide, world, low)
        elif not self._playing:
            keys(canvas, [(tr(key), tr(what)) for key, what in HINTS], low[1], alpha=min(1.0, self._age))

    def _spots(self) -> Mapping[int, Point]:
        """Return where on the screen each avatar stands."""
        spots = ((avatar.number, self._crowd.where(avatar.number)) for avatar in self._game.avatars)
        return {number: spot for number, spot in spots if spot}


def _caught(count: int) -> str:
    """Return how many somebody has tagged, in words."""
    return trn("{count} caught", "{count} caught", count).format(count=count)


def _ticks(left: float) -> int:
    """Return how often the clock has ticked when `left` seconds are left."""
    return max(0, TICKS + 1 - math.ceil(left))
