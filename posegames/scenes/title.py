"""The title: a stage with a light; actors play until somebody comes, whom the light finds."""

from __future__ import annotations

import math
from collections.abc import Callable

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import fitting
from posegames.engine.figure import Body, Figure, draw_figures
from posegames.engine.lamps import follow
from posegames.engine.scene import Cue, Move, Pop, Replace, Scene, World
from posegames.engine.theme import HEIGHT, WIDTH, breathe, mix, spoken_name
from posegames.engine.view import View
from posegames.engine.widgets import pill, progress
from posegames.events import Event, KeyPressed
from posegames.language import figures, tr
from posegames.memory.records import Score
from posegames.scenes.flow import anybody, wished
from posegames.scenes.menu.acts import ACTS, STAGE, Reel

SHOWN = 1.2
"""Seconds the title stays at least, unless somebody goes on: a flash would only puzzle."""
DARKENS = 0.35
"""Seconds in which the light goes down before the next scene, and between two acts."""
LIGHTS = 0.7
"""Seconds in which the lamps come up."""
ACT = 14.0
"""Seconds an act is played."""
NOTICED, FOUND = 0.3, 2.2
"""Seconds somebody must be seen before the light finds them, and for which it stays on them."""
BEST, EACH = 3, 4.0
"""High scores that are shown in turn, and seconds for each."""

_NAME = "posegames"


class Title:
    """Shows the name until bodies can be seen, then makes way for the scene that `following` makes.

    One that `attracts` waits, playing by itself, until somebody is seen; any key or click goes on at once.
    """

    def __init__(self, following: Callable[[], Scene], *, attracts: bool = False, today: float = 0.0) -> None:
        """`today` is the Unix time since when scores are shown; 0 shows the best ever."""
        self._following, self._attracts, self._today = following, attracts, today
        self._number = 0
        self._act = Reel(ACTS[0]())
        self._age = 0.0
        self._acted = 0.0
        """Seconds of the act."""
        self._seen = 0.0
        """Seconds for which somebody has been there."""
        self._leaving: float | None = None
        """Seconds since the light began to go down."""
        self._best: list[Score] | None = None

    def handle(self, event: Event, world: World) -> Move | None:
        """Go on at any key and click; leave at Escape."""
        if event == KeyPressed("escape"):
            return Pop()
        if wished(event) and self._leaving is None:
            world.cue(Cue("choose"))
            self._leaving = 0.0
        return None

    def update(self, world: World, dt: float) -> Move | None:
        """Wait for the eyes, and for somebody to be seen."""
        world.music("menu")
        if self._best is None:
            self._best = world.memory.best(since=self._today, most=BEST) if world.memory else []
        self._age += dt
        self._acted += dt
        self._act.update(dt)
        if self._acted >= ACT and not self._seen:
            self._number = (self._number + 1) % len(ACTS)
            self._act, self._acted = Reel(ACTS[self._number]()), 0.0
        there = world.status.phase == "seeing" and anybody(world)
        self._seen = self._seen + dt if there else 0.0
        if self._seen >= NOTICED > self._seen - dt:
            world.cue(Cue("hover"))
        if self._leaving is None:
            waited = self._seen >= NOTICED + FOUND if self._attracts else self._age >= SHOWN
            if world.status.phase == "seeing" and waited:
                self._leaving = 0.0
            return None
        self._leaving += dt
        return Replace(self._following()) if self._leaving >= DARKENS else None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show what is played or who has come, the name, and how far the loading is."""
        found = self._attracts and self._seen >= NOTICED
        if found:
            self._find(canvas, world)
        else:
            self._act.draw(canvas, canvas.theme.motion.ease((self._age - 0.15) / LIGHTS))
        everything = (0.0, 0.0, float(WIDTH), float(HEIGHT))
        if not found:
            dark = min(self._acted, ACT - self._acted) / DARKENS if self._age > ACT / 2 else 1.0
            canvas.rectangle(everything, canvas.theme.stage, alpha=max(0.0, 1 - dark))
        self._name(canvas)
        if not found:
            self._scores(canvas)
        self._line(canvas, world, found=found)
        if self._leaving is not None:
            canvas.rectangle(everything, canvas.theme.stage, alpha=self._leaving / DARKENS)

    def _find(self, canvas: Canvas, world: World) -> None:
        """Let the light be on whoever has come, copied as paper figures."""
        theme = canvas.theme
        view = View(STAGE.rect, world.aspect)
        lit = theme.motion.ease((self._seen - NOTICED) / LIGHTS)
        people = [(Body.of(player.shown, view), theme.look(player.number).colour) for player in world.players]
        people += [(Body.of(pose, view), theme.light) for pose in world.spectators if pose.alive]
        canvas.backdrop()
        follow(canvas, [body for body, _ in people], strength=lit)
        share = 0.25 + 0.75 * lit
        draw_figures(canvas, [Figure(body, mix(theme.boards, colour, share)) for body, colour in people])

    def _name(self, canvas: Canvas) -> None:
        """Write the name, its letters falling into place one after another."""
        theme, size = canvas.theme, canvas.theme.type.score
        x = (WIDTH - canvas.letters.width(_NAME, size)) / 2
        for i, letter in enumerate(_NAME):
            gone = (self._age - 0.05 * i) / 0.35
            share = theme.motion.ease(gone)
            sway = 0.0 if theme.still else 3 * math.sin(1.6 * self._age + 0.7 * i)
            place = (x + canvas.letters.width(_NAME[:i], size), 112 - theme.slide(gone, 60) + sway)
            canvas.text(
                letter, (place[0] + 3, place[1] + 5), size=size, colour=theme.stage, anchor="midleft", alpha=share
            )
            canvas.text(letter, place, size=size, colour=theme.light, anchor="midleft", alpha=share)

    def _scores(self, canvas: Canvas) -> None:
        """Show who was best today, one after another."""
        if not self._best or self._age < SHOWN:
            return
        turn = self._age - SHOWN
        best = self._best[math.floor(turn / EACH) % len(self._best)]
        gone = turn % EACH
        says = tr("Best today: {name}, {points}") if self._today else tr("Best ever: {name}, {points}")
        words = says.format(name=spoken_name(best.name), points=figures(best.points))
        arrived = min(gone, EACH - gone) / canvas.theme.motion.arrive if len(self._best) > 1 else turn
        theme = canvas.theme
        size = fitting(canvas, words, 370, theme.type.choice)
        pill(canvas, words, (235.0, HEIGHT - 46.0), size=size, colour=theme.warn, arrived=arrived)

    def _line(self, canvas: Canvas, world: World, *, found: bool) -> None:
        """Say what goes on, in a few words."""
        theme, status = canvas.theme, world.status
        y = HEIGHT - 46.0
        if status.phase in ("trouble", "ended"):
            words = tr(status.message) or tr("The picture has ended")
            pill(canvas, words, (WIDTH / 2, y), size=theme.type.help, colour=theme.warn)
        elif found:
            pill(canvas, tr("There you are!"), (WIDTH / 2, y), size=theme.type.choice, colour=theme.light)
        elif status.phase == "seeing":
            glow = mix(theme.muted, theme.text, breathe(self._age, 2.0))
            pill(canvas, tr("Step in to play"), (WIDTH / 2, y), size=theme.type.choice, colour=glow)
        else:
            words = tr(status.message) or (
                tr("loading eyes") if status.phase == "loading" else tr("waking the eyes")
            )
            share = "" if status.progress is None else f"  {status.progress:.0%}"
            pill(canvas, f"{words} ...{share}", (WIDTH / 2, y - 8), size=theme.type.help)
            progress(canvas, (WIDTH / 2, HEIGHT - 16.0), 420, status.progress, self._age)
