"""What the stage shows of one player of `match`: figure, ghost, light on the limbs, ring, words, plate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Point
from posegames.engine.choosing.cards import fitting
from posegames.engine.dials import Hoops, dial
from posegames.engine.figure import Body, draw_figure
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import ARRIVE, WIDTH, mix
from posegames.engine.view import View
from posegames.engine.widgets import pill
from posegames.language import msg, tr
from posegames.players.player import Player
from posegames.rules.judging import Hint
from posegames.rules.turn import Turn
from posegames.scenes.match.arrows import arrow
from posegames.scenes.match.limbglow import draw_ticks, glow
from posegames.scenes.match.steady import Steady

J = Joint
PULSE = 0.5
"""Seconds a figure takes to calm down after a success."""
FLIGHT = 1.2
"""Seconds a rating's word flies."""
COUNTS = 0.6
"""Seconds in which points count up."""
THINKS = 1.4
"""Seconds a new pose is looked at before anything is said about it."""
CROWD = 3
"""From so many players on, words are smaller and stand under the figures."""
PLATE_TOP = 590.0
"""Where the plates with names and points begin."""
WORDS = {"perfect": msg("Perfect!"), "good": msg("Good!"), "ok": msg("OK!")}
STEP_BACK = msg("Step back a little")

TRUNK = (J.LEFT_SHOULDER, J.RIGHT_SHOULDER, J.LEFT_HIP, J.RIGHT_HIP)


@dataclass(slots=True)
class Act:
    """One player, as the audience sees them."""

    number: int
    advice: Steady[Hint | str] = field(default_factory=lambda: Steady(after=0.8, least=1.2, hide=0.25))
    word: str = ""
    """The rating (or the kind words for a miss) that flies."""
    flown: float = math.inf
    pulsed: float = math.inf
    """Seconds since the last success."""
    points: float = 0.0
    """As far as they have counted up."""
    x: float = math.nan
    """Where the plate stands."""

    def update(self, turn: Turn | None, asked: float, dt: float) -> None:
        """Go on by `dt` seconds; a pose has been asked for since `asked` seconds (0: none is)."""
        self.flown += dt
        self.pulsed += dt
        if turn is None:
            return
        self.points += (turn.points - self.points) * (1 - math.exp(-4 * dt / COUNTS))
        if abs(turn.points - self.points) < 1:
            self.points = turn.points
        judgement = turn.judgement
        due: Hint | str | None = None
        if asked > THINKS and not turn.locked and judgement:
            due = judgement.worst if judgement.enough else STEP_BACK
        self.advice.update(due, due.limb.name if isinstance(due, Hint) else due, dt)

    def move(self, x: float, dt: float) -> None:
        """Let the plate follow to `x`."""
        self.x = x if math.isnan(self.x) else self.x + (x - self.x) * (1 - math.exp(-5 * dt))

    def say(self, word: str) -> None:
        """Let a word fly."""
        self.word, self.flown = word, 0.0

    @property
    def pulse(self) -> float:
        """How much of the last success is left, 1..0."""
        return max(0.0, 1 - self.pulsed / PULSE)


@dataclass(frozen=True, slots=True)
class Role:
    """A player as they are drawn now."""

    player: Player
    body: Body
    """On the screen."""
    act: Act
    turn: Turn | None
    """None until the game has looked at them."""
    crowd: int
    """How many players there are."""

    @property
    def chest(self) -> Point:
        """The middle of the trunk."""
        return self.body.middle(*TRUNK)

    @property
    def radius(self) -> float:
        """Of the ring around them."""
        return (1.62 if self.crowd < CROWD else 1.4) * self.body.torso

    @property
    def visible(self) -> bool:
        """Whether they are seen now."""
        return not self.player.hidden


def draw_ring(canvas: Canvas, hoops: Hoops, role: Role, shown: float) -> None:
    """Draw the ring behind a figure that fills while the pose is held; `shown` (0..1) is how far it has come."""
    act, turn = role.act, role.turn
    if turn is None or not role.visible or not role.body.seen(*TRUNK) or shown <= 0:
        return
    theme = canvas.theme
    colour = theme.look(act.number).colour
    radius = role.radius * (1 + theme.slide(1 - act.pulse, 0.10)) * theme.grow(shown, 0.8)
    bright = mix(colour, theme.text, 0.5 * act.pulse)
    if turn.bar >= 1:
        hoops.draw(canvas, role.chest, radius, bright, width=16)
    else:
        hoops.draw(canvas, role.chest, radius, mix(theme.stage, colour, 0.30), width=8)
        dial(canvas, role.chest, radius, turn.bar, bright, width=16)


def draw_players(canvas: Canvas, roles: Sequence[Role], lit: float) -> None:
    """Draw everybody in the light of their limbs; `lit` (0..1) is how much of that is shown.

    All light lies below all figures, and is drawn at once: that is cheaper.
    """
    theme, scores = canvas.theme, {}
    for role in roles:
        turn = role.turn
        if turn and turn.judgement and lit > 0 and role.visible:
            scores[role.act.number] = turn.judgement.limbs
    lights = [
        glow(theme, role.body, scores[role.act.number], shown=lit) for role in roles if role.act.number in scores
    ]
    canvas.inks(ink for light in lights for ink in light)
    for role in roles:
        look = theme.look(role.act.number)
        colour = mix(look.colour, theme.text, 0.6 * role.act.pulse)
        draw_figure(canvas, role.body, colour, emblem=look.shape, faint=role.player.hidden)
        draw_ticks(canvas, role.body, scores.get(role.act.number, ()))


def draw_advice(canvas: Canvas, role: Role, view: View, now: float) -> None:
    """Draw what to correct first: an arrow at the limb, and a few words."""
    act, body, theme = role.act, role.body, canvas.theme
    advice, arrived = act.advice.shown, act.advice.age / ARRIVE
    if role.turn and role.turn.locked:
        return
    if isinstance(advice, str):
        _words_below(canvas, role, tr(advice), arrived)
    if not isinstance(advice, Hint) or not body.seen(*advice.at):
        return
    at = body.middle(*advice.at)
    way = (-advice.way[0] if view.mirror else advice.way[0], advice.way[1])
    long = max(56.0, 0.62 * body.torso) * theme.grow(arrived)
    start = 0.20 * body.torso + 10 * theme.sway(now, 1.2)
    arrow(canvas, (at[0] + way[0] * start, at[1] + way[1] * start), way, long, theme.warn)
    if role.crowd > 1:
        _words_below(canvas, role, advice.words, arrived)
        return
    # Beside the ring, on the side of the limb.
    side = 1 if at[0] >= role.chest[0] else -1
    room = (WIDTH - role.chest[0] if side > 0 else role.chest[0]) - role.radius
    size = fitting(canvas, advice.words, room - 1.6 * theme.type.choice, theme.type.choice)
    half = (canvas.letters.width(advice.words, size) + 1.6 * size) / 2
    x = role.chest[0] + side * (role.radius + theme.space.part + half)
    x = min(max(x, half + theme.space.edge), WIDTH - half - theme.space.edge)
    place = (x, min(max(at[1], 190), 540))
    pill(canvas, advice.words, place, size=size, colour=theme.warn, arrived=arrived)


def _words_below(canvas: Canvas, role: Role, words: str, arrived: float) -> None:
    theme = canvas.theme
    size = theme.type.help if role.crowd >= CROWD else theme.type.choice
    half = (canvas.letters.width(words, size) + 1.6 * size) / 2
    x = min(max(role.act.x, half + 4), WIDTH - half - 4)
    pill(canvas, words, (x, PLATE_TOP - 0.9 * size), size=size, colour=theme.warn, arrived=arrived)


def draw_word(canvas: Canvas, role: Role) -> None:
    """Draw the word that flies up from a figure, and the tick that stays over one whose pose is locked."""
    theme, act, body = canvas.theme, role.act, role.body
    if not role.visible or role.turn is None:
        return
    good = role.turn.locked is not None
    if act.flown < FLIGHT:
        alpha = min(1.0, (FLIGHT - act.flown) / 0.25)
        size = (96 if good else 40) if role.crowd < CROWD else (64 if good else 28)
        half = canvas.letters.width(act.word, size) / 2
        x = min(max(role.chest[0], half + theme.space.edge), WIDTH - half - theme.space.edge)
        y = max(
            role.chest[1] - (2.0 - theme.slide(act.flown / 0.5, 1.6)) * body.torso,
            70 if role.crowd < CROWD else 190,
        )
        colour = mix(theme.look(act.number).colour if good else theme.text, theme.text, 0.35)
        canvas.text(act.word, (x + 3, y + 5), size=size, colour=theme.stage, alpha=alpha)
        canvas.text(act.word, (x, y), size=size, colour=colour, alpha=alpha)
    elif good and body.crown:
        canvas.disc(body.crown, 26, theme.good)
        draw_shape(canvas, "tick", body.crown, 17, theme.stage)
