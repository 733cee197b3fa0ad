"""The mirror: yourself, and what the camera makes of you."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, Figure, Skeleton, draw_figures, draw_skeletons
from posegames.engine.guidance import Guide
from posegames.engine.lamps import follow
from posegames.engine.particles import Particles
from posegames.engine.scene import Cue, Move, Pop, Setup, World
from posegames.engine.standing import draw_guidance
from posegames.engine.theme import ARRIVE, HEIGHT, WIDTH, mix
from posegames.engine.trails import Trails
from posegames.engine.view import View
from posegames.engine.widgets import keys, pill, tag
from posegames.events import Event, Gesture, KeyPressed, PlayerJoined, PlayerLeft
from posegames.language import msg, tr
from posegames.players.player import Player
from posegames.scenes.calibrating import Calibrating
from posegames.scenes.comparing import Comparison
from posegames.scenes.confidence import Confidences

HINTS = (
    ("Esc", msg("leave")),
    ("S", msg("stage")),
    ("T", msg("trails")),
    ("A", msg("compare")),
    ("C", msg("calibrate")),
    ("H", msg("numbers")),
)
TAUGHT = (*HINTS, ("G", msg("gestures")))
"""Where gestures were taught, they can be watched."""
HINTED = 8.0
"""Seconds the keys are shown, at first and after a key was pressed."""
NOTICED = 7.0
"""Seconds a notice of the source is shown."""
PULSE = 0.6
"""Seconds a joining player's figure takes to calm down."""
SPARKLE = 0.09
"""Seconds between two sparks of a raised hand."""

_HANDS = {
    "hands_up": (Joint.LEFT_INDEX, Joint.RIGHT_INDEX),
    "hand_up_left": (Joint.LEFT_INDEX,),
    "hand_up_right": (Joint.RIGHT_INDEX,),
}


_Seen = tuple[Player, Body]
"""A player, and where they are on the screen."""


@dataclass(slots=True)
class _Guest:
    """What the mirror remembers of a player."""

    trails: Trails = field(default_factory=Trails)
    joined: float = math.inf
    """Seconds since they joined; inf when long ago."""
    raised: dict[str, float] = field(default_factory=dict)
    """Gestures held, and seconds until each scatters the next sparks."""


class Mirror:
    """Shows the players over the camera's picture, or as paper figures on the stage where no picture is wanted."""

    def __init__(self, setup: Setup) -> None:
        self.private = False
        """No picture is shown: only figures."""
        self.trails = True
        self.comparison = Comparison()
        """Of two ways of smoothing; it takes the whole screen."""
        self.calibrating = Calibrating()
        """How far everybody gets."""
        self.confidences = Confidences()
        """Of the gestures somebody taught."""
        self._guests: dict[int, _Guest] = {}
        self._sparks = Particles()
        self._guide = Guide()
        self._age = 0.0
        self._quiet = 0.0
        """Seconds since a key was pressed."""
        self._notice = ""
        self._noticed = math.inf

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys, and greet who joins."""
        self.confidences.take(event)
        match event:
            case KeyPressed(key) if self.comparison.press(key, world):
                self._quiet = 0.0
            case KeyPressed("escape"):
                return Pop()
            case KeyPressed(key):
                self._quiet = 0.0
                self.private ^= key == "s"
                self.trails ^= key == "t"
                self.confidences.shown ^= key == "g"
                self.calibrating.press(key, world)
            case PlayerJoined(player=number):
                self._guest(number).joined = 0.0
                self._celebrate(number, world, (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER), count=36)
                world.cue(Cue("join", number))
            case PlayerLeft(player=number):
                self._guests.pop(number, None)
                self.calibrating.forget(number)
                world.cue(Cue("leave", number))
            case Gesture(player=number, gesture=name, phase="on") if name in _HANDS:
                self._guest(number).raised[name] = 0.0
                self._celebrate(number, world, _HANDS[name], count=14)
                world.cue(Cue("cheer" if name == "hands_up" else "success", number))
            case Gesture(player=number, gesture=name, phase="off"):
                self._guest(number).raised.pop(name, None)
        return None

    def update(self, world: World, dt: float) -> Move | None:
        """Let trails, sparks and advice go on."""
        self._age += dt
        self._quiet += dt
        self._noticed += dt
        if world.status.notice != self._notice:
            self._notice, self._noticed = world.status.notice, 0.0
        self._guide.update(world, dt)
        self._sparks.update(dt)
        self.comparison.update(world)
        self.confidences.update(dt)
        self.calibrating.update(world, dt)
        for player in world.players:
            guest = self._guest(player.number)
            guest.joined += dt
            guest.trails.update(player.shown, world.now)
            for name in guest.raised:
                guest.raised[name] -= dt
                if guest.raised[name] <= 0:
                    guest.raised[name] = SPARKLE
                    self._celebrate(player.number, world, _HANDS[name], count=1)
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show picture or stage, everybody on it, and what there is to say."""
        if self.comparison.pair:
            self.comparison.draw(canvas, world)
            return
        view = _view(world)
        mirrored = not self.private and world.sighting is not None and world.sighting.frame is not None
        bodies = [(player, Body.of(player.shown, view)) for player in world.players]
        if not (mirrored and view.fills):
            canvas.backdrop()
        if mirrored and world.sighting:
            canvas.picture(world.sighting, view)
        else:
            follow(canvas, [body for _, body in bodies])
        if self.trails:
            theme = canvas.theme
            canvas.inks(
                ink
                for player in world.players
                for ink in self._guest(player.number).trails.inks(
                    theme, view, theme.look(player.number).colour, world.now
                )
            )
        strangers = [Body.of(pose, view) for pose in world.spectators]
        (self._skeletons if mirrored else self._figures)(canvas, bodies, strangers)
        for player, body in bodies:
            self._welcome(canvas, player, body)
        self._sparks.draw(canvas)
        for player, body in bodies:
            if body.crown:
                tag(canvas, canvas.theme.look(player.number), body.crown, faint=player.hidden)
        self.confidences.draw(canvas)
        self.calibrating.draw(canvas)
        self._say(canvas, world)

    def _skeletons(self, canvas: Canvas, bodies: list[_Seen], strangers: list[Body]) -> None:
        theme = canvas.theme
        grey = [Skeleton(body, theme.muted, faint=True) for body in strangers]
        players = [
            Skeleton(body, theme.look(player.number).colour, faint=player.hidden, pulse=self._pulse(player))
            for player, body in bodies
        ]
        draw_skeletons(canvas, [*grey, *players])

    def _figures(self, canvas: Canvas, bodies: list[_Seen], strangers: list[Body]) -> None:
        theme = canvas.theme
        figures = [Figure(body, theme.muted, faint=True) for body in strangers]
        for player, body in bodies:
            look = theme.look(player.number)
            colour = mix(look.colour, theme.text, 0.6 * self._pulse(player))
            figures.append(Figure(body, colour, look.shape, faint=player.hidden))
        draw_figures(canvas, figures)

    def _welcome(self, canvas: Canvas, player: Player, body: Body) -> None:
        """Let a ring grow around somebody who has just joined."""
        pulse = self._pulse(player)
        if pulse > 0 and body.seen(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER):
            chest = body.middle(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)
            colour = canvas.theme.look(player.number).colour
            canvas.ring(chest, 300 * canvas.theme.grow(1 - pulse, 0.2), colour, width=10 * pulse)

    def _pulse(self, player: Player) -> float:
        return max(0.0, 1 - self._guest(player.number).joined / PULSE)

    def _say(self, canvas: Canvas, world: World) -> None:
        theme, middle = canvas.theme, WIDTH / 2
        if world.status.phase == "trouble":
            pill(canvas, tr(world.status.message), (middle, 60), colour=theme.warn)
        elif self._notice and self._noticed < NOTICED:
            arrived = min(self._noticed, NOTICED - self._noticed) / ARRIVE
            pill(canvas, tr(self._notice), (middle, 60), size=theme.type.help, arrived=arrived)
        if self._guide.given and not self.calibrating.lines(theme):
            draw_guidance(canvas, self._guide, world, (middle, HEIGHT - 132), view=_view(world))
        hints = TAUGHT if self.confidences.known else HINTS
        keys(
            canvas,
            [(key, tr(what)) for key, what in hints],
            HEIGHT - 44,
            alpha=min(1.0, max(0.0, HINTED - self._quiet)),
        )

    def _guest(self, number: int) -> _Guest:
        return self._guests.setdefault(number, _Guest())

    def _celebrate(self, number: int, world: World, joints: tuple[Joint, ...], *, count: int) -> None:
        """Scatter sparks at the joints of a player."""
        for player in world.players:
            if player.number == number:
                body, look = Body.of(player.shown, _view(world)), world.theme.look(number)
                for joint in map(body.end, joints):
                    if body.seen(joint):
                        place: Point = body.points[joint]
                        self._sparks.burst(place, look.colour, count=count, shape="sparkle")


def _view(world: World) -> View:
    """Show all that the camera sees: what a wide screen would cut off is heads and feet."""
    return View((0.0, 0.0, float(WIDTH), float(HEIGHT)), world.aspect)
