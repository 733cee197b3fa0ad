"""Everybody who is there, small, as paper figures in a light: whoever is seen sees it."""

from __future__ import annotations

from collections.abc import Mapping

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, Figure, draw_figures
from posegames.engine.scene import World
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import mix
from posegames.engine.view import Rect, View

_CHEST = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)


def places(world: World, rect: Rect) -> Mapping[int, Point]:
    """Return where the chest of each player is, shown within `rect`."""
    view = View(rect, world.aspect)
    bodies = {player.number: Body.of(player.shown, view) for player in world.players}
    return {number: body.middle(*_CHEST) for number, body in bodies.items() if body.seen(*_CHEST)}


def draw_audience(canvas: Canvas, world: World, rect: Rect) -> None:
    """Draw the room within `rect`; the light is on the one whose hand points."""
    theme, view = canvas.theme, View(rect, world.aspect)
    leads = world.pointer.player if world.pointer else None
    floor = rect[1] + rect[3]
    figures = [Figure(Body.of(pose, view), theme.muted, faint=True) for pose in world.spectators]
    for player in world.players:
        look, body = theme.look(player.number), Body.of(player.shown, view)
        figures.append(Figure(body, look.colour, look.shape, faint=player.hidden))
        foot = body.foot or (body.middle(*_CHEST)[0], floor)
        place = (foot[0], min(foot[1], floor))
        if player.number == leads:
            canvas.glow(place, 1.6 * body.torso + 40, mix(theme.light, theme.warn, 0.35), strength=0.55)
        canvas.shadow(place, 1.5 * body.torso, 0.32 * body.torso)
    draw_figures(canvas, figures)
    for player, figure in zip(world.players, figures[len(world.spectators) :], strict=True):
        if player.number == leads and (head := figure.body.head):
            above = head[1] - 0.62 * figure.body.torso - 4 * theme.sway(world.now, 1.6)
            draw_shape(canvas, figure.emblem, (head[0], above), 8, figure.colour)
