"""The photo moment: the best pose as a picture on paper, and the liveliest seconds as a film; both on request."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pygame

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import button, wrapped
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.figure import Body, Skeleton, draw_figure, draw_skeletons
from posegames.engine.lamps import follow
from posegames.engine.particles import Particles
from posegames.engine.photo.making import Making
from posegames.engine.photo.moments import RATE, best_poses, highlight
from posegames.engine.photo.paper import Shot, develop, laid, pixels_of
from posegames.engine.scene import Cue, Home, Moment, Move, Pop, World
from posegames.engine.text import Typesetter
from posegames.engine.theme import HEIGHT, WIDTH
from posegames.engine.view import Rect, View
from posegames.engine.widgets import pill, progress
from posegames.errors import PosegamesError
from posegames.events import Event
from posegames.language import figures, msg, tr
from posegames.players.player import Player
from posegames.scenes.flow import Desertion
from posegames.seeing.keepsake import Keepsake, png
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

COUNT = 3
"""Seconds to strike a pose in."""
FLASH = 0.35
"""Seconds of the flash."""
SHORTEST = 1.0
"""Seconds of motion a film needs."""
PRINT = 620
"""Height of the print in logical pixels."""

_MIDDLE = (330.0, 352.0)
"""Of the print."""
_RECTS: dict[str, Rect] = {
    "picture": (668, 176, 276, 150),
    "film": (964, 176, 276, 150),
    "pose": (668, 346, 276, 150),
    "back": (964, 346, 276, 150),
}
_WORDS = {
    "picture": msg("Save picture"),
    "film": msg("Save film"),
    "pose": msg("New pose"),
    "back": msg("Back"),
}
_ICONS = {"picture": "photo", "film": "go on", "pose": "again", "back": "back"}
_SAYS = 954.0
"""Middle of what is said under the buttons."""
_CHEER = "seconds 4\nactors 1\n0.2 1 hands up"


class Photo:
    """Shows the print of a player; saves it, and a film of the last moments, where they are asked for."""

    def __init__(
        self, number: int, *, scene: str = "", points: int | None = None, moments: Sequence[Moment] = ()
    ) -> None:
        """Show the player in slot `number` (from 1), who has `points` in `scene` (its title).

        `moments` are where to look for a pose; none are those that the world has when this begins.
        """
        self._number = number
        self._caption = "   ".join(part for part in (scene, "" if points is None else figures(points)) if part)
        self._moments = tuple(moments)
        self._liveliest: Sequence[Moment] = ()
        """What the film shows."""
        self._chooser, self._notice, self._sparks = Chooser(), Notice(), Particles()
        self._desertion, self._letters = Desertion(), Typesetter()
        self._age, self._flash = 0.0, math.inf
        self._counting: float | None = None
        """Seconds left until the picture is taken; None while none is."""
        self._shot: Shot | None = None
        self._print: pygame.Surface | None = None
        self._lying: pygame.Surface | None = None
        self.saving: dict[str, Keepsake | Making] = {}
        """What is being saved, or has been, by the key of its button."""
        self._told: set[Keepsake | Making] = set()
        self._place: Path | None = None
        """What was saved last."""

    @property
    def shot(self) -> Shot | None:
        """What is on the print; None until the first step."""
        return self._shot

    @property
    def counting(self) -> bool:
        """Whether a picture is about to be taken."""
        return self._counting is not None

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse; Escape ends the countdown, or leads back."""
        self._desertion.handle(event)
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Count, draw the film a frame further, and follow the hand."""
        world.music("calm")
        if self._shot is None:
            self._begin(world)
        self._age += dt
        self._flash += dt
        self._notice.update(dt)
        self._sparks.update(dt)
        self._count(world, dt)
        self._work(world)
        self._offer()
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        return self._go(self._chooser.update(world, dt), world)

    def _begin(self, world: World) -> None:
        """Take the best pose there was; where the camera may be used, count at once."""
        moments = self._moments or world.lately()
        self._liveliest = highlight(moments)
        found = best_poses(moments, self._number, 1)
        here = [player for player in world.players if player.number == self._number]
        self._take([*found, *here], world)
        colours = [world.theme.look(self._number).colour, world.theme.light, world.theme.warn]
        self._sparks.shower(colours, count=60)
        world.cue(Cue("cheer", self._number))
        self._chooser.show(self._targets(), focus="picture")
        if world.preferences.camera and world.sighting and world.sighting.frame is not None and here:
            self._counting = float(COUNT)

    def _take(self, players: Sequence[Player], world: World, *, camera: bool = False) -> None:
        """Make the print of the first of `players`; where there is none, of an actor who cheers."""
        if players:
            pose, aspect = players[0].pose, players[0].aspect
        else:
            pose, aspect = Choreography(parse_play(_CHEER), actors=1, aspect=0.8).at(1.6)[0], 0.8
        frame = world.sighting.frame if camera and world.sighting else None
        self._shot = Shot(number=self._number, pose=pose, aspect=aspect, caption=self._caption, frame=frame)
        self._print = develop(self._shot, world.theme, self._letters)
        # The camera's picture is on the print from here on, and nowhere else.
        self._lying = laid(self._print, PRINT)
        self.saving.pop("picture", None)

    def _count(self, world: World, dt: float) -> None:
        """Count down, and take the picture."""
        if self._counting is None:
            return
        before, self._counting = math.ceil(self._counting), self._counting - dt
        if self._counting > 0:
            if math.ceil(self._counting) < before:
                world.cue(Cue("count"))
            return
        self._counting = None
        here = [p for p in world.players if p.number == self._number and not p.hidden]
        if not here:
            self._notice.say(PosegamesError(tr("I can't see you."), now=tr("Step in, and try again.")))
            world.cue(Cue("miss"))
            return
        self._take(here, world, camera=world.preferences.camera)
        self._flash = 0.0
        world.cue(Cue("shot"))

    def _work(self, world: World) -> None:
        """Draw the film, and say what came of what was to be saved."""
        for keepsake in self.saving.values():
            if isinstance(keepsake, Making):
                keepsake.step()
            if not keepsake.done or keepsake in self._told:
                continue
            self._told.add(keepsake)
            if keepsake.trouble:
                self._notice.say(keepsake.trouble)
                world.cue(Cue("miss"))
            else:
                self._place = keepsake.path
                world.cue(Cue("success", self._number))

    def _stem(self, world: World) -> str:
        return f"posegames {world.theme.look(self._number).name}"

    def _targets(self) -> list[Target]:
        return [
            Target(key=key, rect=rect, enabled=not self._busy(key), sound="back" if key == BACK else "choose")
            for key, rect in _RECTS.items()
        ]

    def _busy(self, key: str) -> bool:
        """Whether something is being saved, or has been, or cannot be."""
        kept = self.saving.get(key)
        if key == "film" and len(self._liveliest) < SHORTEST * RATE:
            return True
        return kept is not None and kept.trouble is None

    def _offer(self) -> None:
        """Offer what can be done now."""
        wanted, before = [] if self.counting else self._targets(), [*self._chooser.targets]
        if not (wanted and before):
            if wanted != before:
                self._chooser.show(wanted, focus="picture")
        elif wanted != before:
            self._chooser.keep(wanted)

    def _go(self, key: str | None, world: World) -> Move | None:
        if key == BACK and self.counting:
            self._counting = None
        elif key == BACK:
            return Pop()
        elif key == "picture" and self._print:
            self.saving[key] = Keepsake(self._stem(world), ".png", png(pixels_of(self._print)))
        elif key == "film":
            self.saving[key] = Making(self._stem(world), self._liveliest, world.theme, self._letters)
        elif key == "pose":
            self._counting = float(COUNT)
            world.cue(Cue("count"))
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the print and what can be done with it; while it counts, whoever is to be on it."""
        if self.counting:
            self._posing(canvas, world)
            return
        canvas.backdrop()
        theme = canvas.theme
        canvas.text(tr("Photo"), (_SAYS, 96), size=theme.type.title, colour=theme.light)
        if self._lying:
            y = _MIDDLE[1] + theme.slide(self._age / 0.4, 60)
            wide, high = self._lying.get_size()
            canvas.shadow((_MIDDLE[0] + 6, y + high / 2 - 16), wide * 1.02, 90)
            canvas.surface.blit(self._lying, (round(_MIDDLE[0] - wide / 2), round(y - high / 2)))
        self._sparks.draw(canvas)
        for target in self._chooser.targets:
            key = target.key
            words = tr(msg("Saved") if self._saved(key) else _WORDS[key])
            icon = "done" if self._saved(key) else _ICONS[key]
            lift = self._chooser.lift(key)
            button(canvas, self._chooser.rect(key), words, icon, lift=lift, enabled=target.enabled)
        self._say(canvas, world)
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2))
        if self._flash < FLASH and not theme.still:
            left = 1 - self._flash / FLASH
            canvas.rectangle((0, 0, WIDTH, HEIGHT), theme.light, alpha=0.8 * left)
        self._chooser.draw(canvas, world)

    def _saved(self, key: str) -> bool:
        kept = self.saving.get(key)
        return kept is not None and kept.path is not None

    def _say(self, canvas: Canvas, world: World) -> None:
        """Say how far a film is, where what was saved lies, and that a picture shows somebody."""
        theme, size = canvas.theme, canvas.theme.type.help
        film = self.saving.get("film")
        if film and not film.done:
            canvas.text(tr("The film is being made"), (_SAYS, 546), size=size, colour=theme.muted)
            progress(canvas, (_SAYS, 590), 420, film.share, world.now)
        elif self._place:
            canvas.text(self._place.name, (_SAYS, 546), size=size, colour=theme.good)
            words = tr("in {folder}").format(folder=_short(self._place.parent))
            for i, line in enumerate(wrapped(canvas, words, 570, size=size)):
                canvas.text(line, (_SAYS, 586 + 36 * i), size=size, colour=theme.muted)
        if self._shot and self._shot.frame is not None:
            pill(canvas, tr("This picture shows you"), (_SAYS, 668), size=size, colour=theme.warn)

    def _posing(self, canvas: Canvas, world: World) -> None:
        """Show whoever is to be on the picture, as they will be on it, and the seconds left."""
        theme = canvas.theme
        look = theme.look(self._number)
        view = View((0.0, 0.0, float(WIDTH), float(HEIGHT)), world.aspect)
        bodies = [Body.of(p.shown, view) for p in world.players if p.number == self._number and not p.hidden]
        camera = world.preferences.camera and world.sighting is not None and world.sighting.frame is not None
        canvas.backdrop()
        if camera and world.sighting:
            canvas.picture(world.sighting, view)
            draw_skeletons(canvas, [Skeleton(body, look.colour) for body in bodies])
        else:
            follow(canvas, bodies)
            for body in bodies:
                draw_figure(canvas, body, look.colour, emblem=look.shape)
        words = tr("The camera takes your picture") if camera else tr("Strike a pose!")
        pill(canvas, words, (WIDTH / 2, 64), colour=theme.warn if camera else None)
        seconds = str(math.ceil(self._counting or 0))
        canvas.disc((1120, 360), 104, theme.stage, alpha=0.8)
        canvas.text(seconds, (1120, 360), size=theme.type.score, colour=theme.light)


def _short(folder: Path) -> str:
    """Return how a folder is read best: the home folder is ~."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
