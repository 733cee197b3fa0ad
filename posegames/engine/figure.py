"""Bodies on the screen: as figures in the style of the theme, and as skeletons over a camera's picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from posegames.body.joints import BONES, Joint
from posegames.engine.canvas import Canvas, Ink, Point
from posegames.engine.figures import find_style
from posegames.engine.figures.body import FULL_TORSO, HANDS, UNSURE, Body, Paint
from posegames.engine.theme import Colour, Theme, mix

__all__ = ("FULL_TORSO", "Body", "Figure", "Skeleton", "draw_figure", "draw_figures", "draw_skeletons")

J = Joint
SURE = 0.6
"""Confidence from which a joint is drawn in full."""

_BONES = tuple((int(a), int(b)) for a, b in (*BONES, *HANDS))
_KNOBS = tuple(sorted({joint for bone in _BONES for joint in bone}))


@dataclass(frozen=True, slots=True)
class Figure:
    """A body to be drawn in the theme's style."""

    body: Body
    colour: Colour
    emblem: str = ""
    """A shape on its chest or for a face; none if empty."""
    faint: bool = False

    def paint(self, theme: Theme) -> Paint:
        """Return what it is painted with."""
        return Paint.of(self.body, self.colour, theme, emblem=self.emblem, faint=self.faint)


def draw_figures(canvas: Canvas, figures: Iterable[Figure]) -> None:
    """Draw bodies in the theme's style (see `figures.STYLES`), one over the other; all at once is cheaper."""
    theme = canvas.theme
    find_style(theme.figure).draw(canvas, [(figure.body, figure.paint(theme)) for figure in figures])


def draw_figure(canvas: Canvas, body: Body, colour: Colour, *, emblem: str = "", faint: bool = False) -> None:
    """Draw a single body in the theme's style."""
    draw_figures(canvas, [Figure(body, colour, emblem, faint)])


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body to be drawn as bones and joints."""

    body: Body
    colour: Colour
    faint: bool = False
    pulse: float = 0.0
    """0..1; swells it, for something just achieved."""

    @property
    def unit(self) -> float:
        """Its size on the screen, 1 for somebody near."""
        return min(1.2, max(0.4, self.body.torso / FULL_TORSO)) * (1 + 0.5 * self.pulse)

    @property
    def sureness(self) -> list[int]:
        """How fully each joint is drawn: 2 as it is, 1 by half, 0 darkly, -1 not at all."""
        confidence = np.array(self.body.confidence)
        share = np.clip((confidence - UNSURE) / (SURE - UNSURE), 0, 1) * (0.4 if self.faint else 1.0)
        levels: list[int] = np.where(confidence >= UNSURE, np.rint(2 * share), -1).astype(int).tolist()
        return levels


def draw_skeletons(canvas: Canvas, skeletons: Sequence[Skeleton]) -> None:
    """Draw bones and joints over a picture; what the tracker is unsure of is thinner and darker.

    Styles that are made for it are drawn instead of them. All of them at once: each stroke lets the tracking
    threads run, and waits until it may go on.
    """
    theme = canvas.theme
    style = find_style(theme.figure)
    if style.over:
        bright = [mix(skeleton.colour, theme.text, 0.5 * skeleton.pulse) for skeleton in skeletons]
        figures = [Figure(s.body, c, faint=s.faint) for s, c in zip(skeletons, bright, strict=True)]
        draw_figures(canvas, figures)
        return
    rims: dict[int, list[tuple[Point, Point]]] = {}
    bones: list[tuple[dict[int, list[tuple[Point, Point]]], list[int], Skeleton, float]] = []
    for skeleton in skeletons:
        points, unit, sure = skeleton.body.points, skeleton.unit, skeleton.sureness
        lines: dict[int, list[tuple[Point, Point]]] = {}
        for a, b in _BONES:
            halves = min(sure[a], sure[b])
            if halves >= 0:
                lines.setdefault(halves, []).append((points[a], points[b]))
        for halves, where in lines.items():
            rims.setdefault(round((9.0 + 3.0 * halves) * unit), []).extend(where)
        bones.append((lines, sure, skeleton, unit))
    # All rims first: where bones meet, no rim may cut a neighbour.
    for width, where in rims.items():
        canvas.strokes(where, theme.stage, width, smooth=False)
    canvas.inks(ink for lines, _, skeleton, unit in bones for ink in _inks(theme, lines, skeleton, unit))
    for _, sure, skeleton, unit in bones:
        _knobs(canvas, skeleton, sure, unit)


def _inks(
    theme: Theme, lines: Mapping[int, Sequence[Sequence[Point]]], skeleton: Skeleton, unit: float
) -> Iterator[Ink]:
    """Give the bones, by how fully they are drawn."""
    dark, bright = mix(skeleton.colour, theme.stage, 0.5), mix(skeleton.colour, theme.text, 0.5 * skeleton.pulse)
    for halves, where in lines.items():
        yield where, mix(dark, bright, halves / 2), (4.0 + 3.0 * halves) * unit


def _knobs(canvas: Canvas, skeleton: Skeleton, sure: Sequence[int], unit: float) -> None:
    """Draw joints and head."""
    theme, body, colour = canvas.theme, skeleton.body, skeleton.colour
    for halves in (0, 1, 2):
        where = [body.points[joint] for joint in _KNOBS if sure[joint] == halves]
        if where:
            canvas.discs(where, (3.5 + 1.5 * halves) * unit, mix(colour, theme.text, 0.25 + 0.375 * halves))
    if body.head:
        halves = max(0, *(sure[joint] for joint in (J.NOSE, J.LEFT_EAR, J.RIGHT_EAR)))
        canvas.ring(body.head, 0.27 * body.torso, theme.stage, width=9 * unit)
        dark = mix(colour, theme.stage, 0.5)
        canvas.ring(body.head, 0.27 * body.torso, mix(dark, colour, halves / 2), width=5 * unit)
