"""How well each limb fits, on the limb: a light around it that grows and turns green, and a tick when it does."""

from __future__ import annotations

from collections.abc import Sequence

from posegames.body.joints import Joint
from posegames.engine.canvas import Canvas, Ink, Point
from posegames.engine.figure import FULL_TORSO, Body
from posegames.engine.shapes import draw_shape
from posegames.engine.theme import Colour, Theme, mix
from posegames.rules.judging import LimbScore

J = Joint
THIN, THICK = 8.0, 17.0
"""Logical pixels of light on each side of a limb at full size, from a limb that is off to one that fits."""
STEP = 12.5
"""Scores as near as that are lit alike: limbs of one light are drawn at once."""
FITS = 85.0
"""Score from which a limb has its tick."""
_GRADES = (45.0, 65.0, 85.0)
"""Scores at which the light is that of bad, warn and good."""
_TRUNK = (J.LEFT_SHOULDER, J.RIGHT_SHOULDER, J.RIGHT_HIP, J.LEFT_HIP)
_ENDS = frozenset(
    {"left_forearm", "right_forearm", "left_shin", "right_shin", "left_upper_arm", "right_upper_arm"}
)
"""Limbs that carry a tick: more would be a crowd."""


def grade(theme: Theme, score: float) -> Colour:
    """Return the colour of a score (0..100): from bad over warn to good."""
    low, middle, high = _GRADES
    if score < middle:
        return mix(theme.bad, theme.warn, (score - low) / (middle - low))
    return mix(theme.warn, theme.good, (score - middle) / (high - middle))


def glow(theme: Theme, body: Body, scores: Sequence[LimbScore], *, shown: float = 1.0) -> list[Ink]:
    """Return the light of every limb that is seen, for `Canvas.inks`; the figure goes on top of it."""
    unit = _unit(body)
    lines: dict[float, list[list[Point]]] = {}
    for score, line in _lines(body, scores):
        lines.setdefault(round(score / STEP) * STEP, []).append(line)
    inks: list[Ink] = []
    # The worst first: where limbs meet, those that fit lie on top.
    for score in sorted(lines):
        fit = score / 100
        wide = theme.limb * unit + 2 * shown * unit * (THIN + (THICK - THIN) * fit)
        colour = mix(theme.stage, grade(theme, score), (0.8 + 0.2 * fit) * shown)
        inks.append((lines[score], colour, wide))
    return inks


def draw_ticks(canvas: Canvas, body: Body, scores: Sequence[LimbScore]) -> None:
    """Draw a tick on every arm and shin that fits, over the figure."""
    theme, unit = canvas.theme, _unit(body)
    for score in scores:
        if score.seen and score.score >= FITS and score.limb.name in _ENDS:
            joints = (*score.limb.start, *score.limb.end)
            if body.seen(*joints):
                place = body.middle(*joints)
                canvas.disc(place, 13 * unit, theme.stage)
                draw_shape(canvas, "tick", place, 11 * unit, theme.good)


def _unit(body: Body) -> float:
    return min(1.25, max(0.5, body.torso / FULL_TORSO))


def _lines(body: Body, scores: Sequence[LimbScore]) -> list[tuple[float, list[Point]]]:
    """Return the limbs to be lit, with their scores; the trunk is one of them, as good as its parts on average."""
    lines: list[tuple[float, list[Point]]] = []
    trunk: list[float] = []
    for score in scores:
        if score.limb.angle == "trunk":
            trunk += [score.score] if score.seen else []
        elif score.seen and body.seen(*score.limb.start, *score.limb.end):
            lines.append((score.score, [body.middle(*score.limb.start), body.middle(*score.limb.end)]))
    if trunk and body.seen(*_TRUNK):
        corners = [body.points[joint] for joint in _TRUNK]
        lines.insert(0, (sum(trunk) / len(trunk), [*corners, corners[0]]))
    return lines
