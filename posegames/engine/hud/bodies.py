"""How well players are seen, and what they have done last."""

from __future__ import annotations

from posegames.engine.canvas import Canvas
from posegames.engine.hud.sheet import INSIDE, LINE, PAD, WIDTH, Block, bar, cut, line
from posegames.engine.shapes import draw_shape
from posegames.events import BodyEvent, Gesture, PlayerJoined, PlayerLeft, Repetition
from posegames.language import tr
from posegames.players.player import Player

LOG = 8
"""Events that are listed."""

_NAME, _BAR, _SHAPE = 84, 62, 7
"""Pixels: of a name and a bar, and the radius of a shape."""
_POOR = 0.5
"""Share of the body below which a bar is a warning: about the upper body alone."""


def confidence(player: Player) -> float:
    """Return how much of the body is seen, and how surely, 0..1: the mean confidence of all joints."""
    return float(player.pose.confidence.mean())


def state(player: Player, now: float) -> str:
    """Return what there is to say of how a player is seen, beside the confidence."""
    since = f"{min(99.0, max(0.0, now - player.seen)):.1f} s"
    if player.hidden:
        return tr("hidden {since}").format(since=since)
    return since if player.certain else f"? {since}"


def quality(players: tuple[Player, ...], now: float) -> Block:
    """Return a line for each: who, how much of them is seen, and how long ago; '?' is not sure who it is."""

    def draw(page: Canvas, top: int) -> None:
        theme = page.theme
        line(page, top, tr("players seen"), str(len(players)))
        for i, player in enumerate(players, start=1):
            look, y = theme.look(player.number), top + LINE * i
            draw_shape(page, look.shape, (PAD + _SHAPE, y + LINE / 2), _SHAPE, look.colour)
            left, size, middle = PAD + 3 * _SHAPE, theme.type.small, y + LINE // 2
            name = cut(page, look.name, _NAME - 3 * _SHAPE)
            page.text(name, (left, middle), size=size, colour=look.colour, anchor="midleft")
            sure = confidence(player)
            if not player.hidden:
                colour = theme.good if sure >= _POOR else theme.warn
                bar(page, (PAD + _NAME + 4, y), _BAR, (sure, sure), colour)
                page.text(f"{sure * 100:.0f} %", (PAD + _NAME + _BAR + 12, middle), size=size, anchor="midleft")
            well = not player.hidden and player.certain
            words = cut(page, state(player, now), INSIDE - _NAME - (0 if player.hidden else _BAR + 50))
            colour = theme.muted if well else theme.warn
            page.text(words, (WIDTH - PAD, middle), size=size, colour=colour, anchor="midright")

    return Block((1 + len(players)) * LINE, draw)


def said(event: BodyEvent) -> str:
    """Return what happened, in a few words."""
    match event:
        case PlayerJoined():
            return tr("joins")
        case PlayerLeft():
            return tr("leaves")
        case Repetition(exercise=exercise, number=number):
            return f"{exercise.replace('_', ' ')} {number}"
        case Gesture(gesture=gesture):
            return gesture.replace("_", " ")


def latest(events: tuple[BodyEvent, ...], now: float) -> Block:
    """Return who has done what last, and how long ago, the newest first."""
    shown = events[-LOG:][::-1]

    def draw(page: Canvas, top: int) -> None:
        for i, event in enumerate(shown):
            look, y = page.theme.look(event.player), top + LINE * i
            draw_shape(page, look.shape, (PAD + _SHAPE, y + LINE / 2), _SHAPE, look.colour)
            age = f"{min(999.0, max(0.0, now - event.t)):.0f} s"
            line(page, y, said(event), age, colour=page.theme.text, left=PAD + 3 * _SHAPE)

    return Block(len(shown) * LINE, draw)
