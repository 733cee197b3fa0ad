"""The lamps of the stage: a spotlight on everybody, a shadow under them."""

from __future__ import annotations

from collections.abc import Iterable

from posegames.engine.backdrops import FLOOR
from posegames.engine.canvas import Canvas
from posegames.engine.figure import Body
from posegames.engine.theme import HEIGHT, mix


def follow(canvas: Canvas, bodies: Iterable[Body], *, strength: float = 1.0) -> None:
    """Let the lamps follow `bodies`; nobody's pool of light hangs in the air."""
    theme = canvas.theme
    lamp = mix(theme.light, theme.warn, 0.35)
    for body in bodies:
        if foot := body.foot:
            torso, place = body.torso, (foot[0], max(foot[1], FLOOR * HEIGHT + 24))
            canvas.spotlight(place, 1.9 * torso + 120, lamp, strength=strength)
            canvas.shadow(place, 1.5 * torso, 0.32 * torso)
