"""match: poses as ghosts around one's own body, to be stepped into and held."""

from __future__ import annotations

import math
from dataclasses import replace

from posegames.engine.canvas import Canvas
from posegames.engine.dials import Hoops
from posegames.engine.figure import Body, draw_figure
from posegames.engine.guidance import Advice, Guide
from posegames.engine.lamps import follow
from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.particles import Particles
from posegames.engine.scene import Cue, Move, Replace, Scene, Setup, World
from posegames.engine.standing import draw_guidance
from posegames.engine.theme import ARRIVE, HEIGHT, LEAVE, WIDTH, mix
from posegames.engine.view import View
from posegames.engine.widgets import pill, tag
from posegames.errors import PosegamesError
from posegames.events import Event, PlayerJoined, PlayerLeft
from posegames.language import figures, msg, tr, trn
from posegames.rules.match import OTHERS, Counted, Finished, Locked, MatchEvent, MatchGame, Missed, Posed
from posegames.rules.piece import Piece
from posegames.rules.turn import Turn
from posegames.scenes.ending.ranking import Game
from posegames.scenes.ending.sheet import Row
from posegames.scenes.match import act as acts
from posegames.scenes.match import header
from posegames.scenes.match.act import Act, Role
from posegames.scenes.match.framing import Framing
from posegames.scenes.match.ghosts import Ghosts
from posegames.scenes.match.plates import Plates, places
from posegames.scenes.match.posecards import PoseCards
from posegames.scenes.match.strip import ENDS as STRIP_ENDS
from posegames.scenes.match.strip import Strip
from posegames.scenes.pausing import Pausing
from posegames.scenes.results import Results

TAUGHT = 6.0
"""Seconds the first pose says what to do, at most; a lock ends it sooner."""
STAYS = 0.5
"""Seconds for which ghosts and the light of limbs stay once a pose is over: that it fitted should be seen."""
BOWS = 2.6
"""Seconds between the last pose and the results: time for a bow."""
TICKS, TICKED = 3, 5.0
"""The last seconds that tick, of a pose that is given at least so many."""
LESSON = msg("Copy the outline")
GREETING = msg("Stand so that I see you")
PRAISE = msg("Bravo! Take a bow")


class Match:
    """Shows the players as paper figures on the stage, each with the ghost of the pose around them."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._shelf = setup.shelf or Shelf()
        self.level: Level = setup.level or self._shelf.first("match")
        if not isinstance(self.level.content, Piece):
            raise PosegamesError(
                tr("The level {name!r} cannot be played here.").format(name=self.level.name),
                tr("It is one of {scene}, not of {wanted}.").format(scene=self.level.scene, wanted="match"),
                tr("'posegames levels list {wanted}' shows those that can.").format(wanted="match"),
            )
        self.game = MatchGame(self.level.content)
        self._pausing = Pausing(self.draw, lambda: Match(setup))
        self._framing, self._ghosts, self._cards = Framing(), Ghosts(), PoseCards()
        self._sparks, self._guide = Particles(setup.seed), Guide()
        self._plates, self._hoops = Plates(), Hoops()
        self._acts: dict[int, Act] = {}
        self._age = 0.0
        self._posed = self._counted = math.inf
        """Seconds since the present pose, and the last number of the count, came."""
        self._ghostly = 0.0
        """How far the ghosts have come, 0..1."""
        self._over = 0.0
        """Seconds since a pose was over."""
        self._taught: float | None = 0.0
        """Seconds for which the lesson has been shown; None once it is learnt."""
        self._ended: float | None = None
        """Seconds since the last pose."""
        self._strip = Strip()

    def handle(self, event: Event, world: World) -> Move | None:
        """Greet who joins; a pause is asked for by key, by crossed arms, or by another window."""
        match event:
            case PlayerJoined(player=number):
                self._act(number).pulsed = 0.0
                self._scatter(number, world, 24, "circle")
                world.cue(Cue("join", number))
            case PlayerLeft(player=number):
                self._acts.pop(number, None)
                world.cue(Cue("leave", number))
        return self._pausing.handle(event, world)

    def update(self, world: World, dt: float) -> Move | None:
        """Let the game go on, and show what came of it."""
        world.music("game")
        self._age += dt
        self._posed += dt
        self._counted += dt
        self._framing.update(world.players, world.aspect, dt)
        ticking = self._ticks
        for event in self.game.update(world.players, dt):
            self._tell(event, world)
        if self._ticks < ticking:
            world.cue(Cue("tick"))
        posing = self.game.phase == "posing"
        self._over = 0.0 if posing else self._over + dt
        if posing:
            self._ghostly = min(1.0, self._ghostly + dt / ARRIVE)
        elif self._over > STAYS:
            self._ghostly = max(0.0, self._ghostly - dt / LEAVE)
        if self._taught is not None and posing:
            self._taught = self._taught + dt if self._taught < TAUGHT else None
        self._sparks.update(dt)
        self._place(world, posing, dt)
        self._look(world, dt)
        if self._ended is not None:
            self._ended += dt
            if self._ended >= BOWS:
                return Replace(self._results())
        on = self.game.phase in ("posing", "between")
        # Who only walked past is not waited for.
        playing = [number for number, turn in self.game.turns.items() if on and (turn.points or turn.missed)]
        return self._pausing.update(world, dt, playing=playing)

    @property
    def _ticks(self) -> int:
        """Seconds left of a pose with a clock, as they tick; more while none do."""
        left, whole = self.game.left, self.game.target.seconds
        return math.ceil(min(left, TICKS + 1)) if left and whole and whole >= TICKED else TICKS + 1

    def _tell(self, event: MatchEvent, world: World) -> None:
        """Let be seen and heard what happened in the game."""
        match event:
            case Counted():
                self._counted = 0.0
                world.cue(Cue("count"))
            case Posed(index):
                self._posed = 0.0
                world.cue(Cue("hover" if index else "go"))
            case Locked(number, rating, points, combo):
                self._taught = None
                act = self._act(number)
                act.pulsed = 0.0
                act.say(tr(acts.WORDS[rating]))
                perfect = rating == "perfect"
                self._scatter(number, world, 48 if perfect else 28, "star" if perfect else "circle")
                self._reward(act, points, world)
                world.cue(Cue("perfect" if perfect else "lock", number, step=max(0, combo - 1)))
            case Missed(number, words):
                self._act(number).say(words)
                world.cue(Cue("miss", number))
            case Finished():
                self._ended = 0.0
                for player in world.players:
                    self._scatter(player.number, world, 30, "sparkle")
                self._sparks.shower(
                    [world.theme.look(player.number).colour for player in world.players] or [world.theme.warn]
                )
                world.cue(Cue("end"))

    def _place(self, world: World, posing: bool, dt: float) -> None:
        """Let plates stand under their players, and words be said as long as they are needed."""
        view = self._framing.view
        wanted = {p.number: float(view.to_screen(p.shown.middle(acts.TRUNK))[0]) for p in world.players}
        left = STRIP_ENDS if len(wanted) == 1 else 0.0
        for number, x in places(wanted, left).items():
            act = self._act(number)
            act.move(x, dt)
            act.update(self.game.turns.get(number), self._posed if posing else 0.0, dt)

    def _look(self, world: World, dt: float) -> None:
        """See whether somebody should stand elsewhere, or turn on a light."""
        self._strip.look(world)
        self._guide.update(world, dt)

    def _results(self) -> Scene:
        """Return the results, best limbs and all."""
        following, setup = self._shelf.after(self.level), self._setup
        everybody = self.game.turns.values()
        # Who only walked past has no row.
        rows = [_row(turn) for turn in everybody if turn.points or turn.missed] or [
            _row(turn) for turn in everybody
        ]
        return Results(
            rows,
            title=self.level.told(self.level.title),
            again=lambda: Match(setup),
            onward=None if following is None else lambda: Match(replace(setup, level=following)),
            game=Game(scene="match", level=self.level.name, seconds=self._age),
        )

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the stage, everybody on it, and what there is to do."""
        view, game = self._framing.view, self.game
        roles = [
            Role(player, Body.of(player.shown, view), act, game.turns.get(player.number), len(world.players))
            for player in world.players
            if (act := self._acts.get(player.number))
        ]
        canvas.backdrop()
        self._strip.draw(canvas, world, clock=game.left is not None)
        follow(canvas, [role.body for role in roles])
        for pose in world.spectators:
            draw_figure(canvas, Body.of(pose, view), canvas.theme.muted, faint=True)
        self._header(canvas)
        self._figures(canvas, roles, view)
        self._sparks.draw(canvas)
        for role in roles:
            if game.phase != "ready":
                self._plates.draw(canvas, role)
            elif role.body.crown and game.countdown is None:
                tag(canvas, canvas.theme.look(role.act.number), role.body.crown, faint=role.player.hidden)
        for role in roles:
            if game.phase == "posing" and role.visible:
                acts.draw_advice(canvas, role, view, world.now)
            acts.draw_word(canvas, role)
        self._say(canvas, world)
        self._pausing.draw(canvas, world, {role.act.number: role.chest for role in roles})

    def _figures(self, canvas: Canvas, roles: list[Role], view: View) -> None:
        """Draw rings and ghosts, then everybody in the light of their limbs."""
        theme, playing = canvas.theme, self.game.phase in ("posing", "between")
        ringed = min(1.0, self._posed / ARRIVE) if playing else self._ghostly
        for role in roles:
            acts.draw_ring(canvas, self._hoops, role, ringed)
        ghosts = {
            role.act.number: (role.turn.ghost, theme.good if role.turn.locked else theme.light)
            for role in roles
            if role.turn and role.turn.ghost and role.visible
        }
        self._ghosts.draw_all(canvas, ghosts, view, shown=self._ghostly)
        acts.draw_players(canvas, roles, self._ghostly)

    def _header(self, canvas: Canvas) -> None:
        """Draw which pose it is, its time, and what comes next."""
        game = self.game
        if game.phase == "ready":
            poses = trn("{count} pose", "{count} poses", game.count).format(count=game.count)
            header.draw_title(canvas, self.level.told(self.level.title), poses, self._age)
            return
        place = tr("{number} of {count}").format(number=game.index + 1, count=game.count)
        header.draw_title(canvas, self.level.told(game.target.name), place, self._posed)
        if game.left is not None:
            header.draw_time(canvas, game.left, game.target.seconds or OTHERS)
        header.draw_cards(canvas, self._cards, game.upcoming, self._posed)

    def _say(self, canvas: Canvas, world: World) -> None:
        """Say what concerns everybody."""
        theme, game, middle = canvas.theme, self.game, WIDTH / 2
        if world.status.phase == "trouble":
            pill(canvas, world.status.message, (middle, 60), colour=theme.warn)
        if self._ended is not None:
            pill(canvas, tr(PRAISE), (middle, 130), size=theme.type.title, arrived=self._ended / ARRIVE)
        elif game.phase == "ready":
            if game.countdown is not None:
                header.draw_count(canvas, game.countdown, self._counted)
            if self._guide.given:
                draw_guidance(canvas, self._guide, world, (middle, HEIGHT - 72))
            elif game.countdown is None:
                pill(canvas, tr(GREETING), (middle, HEIGHT - 64), arrived=self._age / ARRIVE)
        elif self._guide.given in (Advice.STEP_IN, Advice.LIGHT):
            draw_guidance(canvas, self._guide, world, (middle, 300))
        elif self._taught is not None and self._posed < TAUGHT:
            pill(canvas, tr(LESSON), (middle, 60), arrived=self._taught / ARRIVE)

    def _act(self, number: int) -> Act:
        return self._acts.setdefault(number, Act(number))

    def _reward(self, act: Act, points: int, world: World) -> None:
        """Let a ring grow around a player, and the points fly up beside them."""
        colour, view = world.theme.look(act.number).colour, self._framing.view
        for body in (Body.of(p.shown, view) for p in world.players if p.number == act.number):
            chest = body.middle(*acts.TRUNK)
            self._sparks.ripple(chest, colour, radius=2.3 * body.torso)
            beside = (min(chest[0] + 0.9 * body.torso, WIDTH - 110.0), acts.PLATE_TOP - 20)
            self._sparks.rise(f"+{figures(points)}", beside, mix(colour, world.theme.text, 0.4), size=64)

    def _scatter(self, number: int, world: World, count: int, shape: str) -> None:
        """Scatter sparks around a player."""
        for player in world.players:
            if player.number == number:
                chest = Body.of(player.shown, self._framing.view).middle(*acts.TRUNK)
                self._sparks.burst(chest, world.theme.look(number).colour, count=count, speed=560, shape=shape)


def _row(turn: Turn) -> Row:
    limbs = ((tr("best: {limb}"), turn.best_limb), (tr("practise: {limb}"), turn.to_practise))
    lines = tuple(words.format(limb=tr(limb.words)) for words, limb in limbs if limb)
    return Row(turn.player, turn.points, stars=turn.stars, lines=lines)
