"""What the stage of `match` says to everybody: the pose and its number, time left, what comes next, the count."""

from __future__ import annotations

from collections.abc import Sequence

from posegames.engine.canvas import Canvas
from posegames.engine.theme import ARRIVE, WIDTH, ease_out, mix
from posegames.language import tr
from posegames.rules.piece import Target
from posegames.scenes.match.posecards import PoseCards

CARD = (118.0, 142.0)
"""Width and height of a card with a pose that comes."""
BAR = 300.0
"""Length of the bar of time left."""


def draw_title(canvas: Canvas, name: str, below: str, age: float) -> None:
    """Write a name, and a line below it; `age` seconds after it came."""
    theme, came = canvas.theme, ease_out(age / ARRIVE)
    edge = theme.space.edge
    x = edge + 8 - theme.slide(age / ARRIVE, 40)
    shade(canvas, name, (x, edge - 4), theme.type.title, came)
    canvas.text(below, (x + 2, edge + 74), size=theme.type.choice, colour=theme.muted, anchor="topleft")


def shade(canvas: Canvas, text: str, place: tuple[float, float], size: int, alpha: float) -> None:
    """Write a line with a shadow, held at its upper left corner: it stands before a curtain."""
    theme = canvas.theme
    canvas.text(text, (place[0] + 3, place[1] + 4), size=size, colour=theme.stage, anchor="topleft", alpha=alpha)
    canvas.text(text, place, size=size, colour=theme.light, anchor="topleft", alpha=alpha)


def draw_time(canvas: Canvas, left: float, whole: float) -> None:
    """Draw how much of a pose's time is left: a bar that shrinks, and warms."""
    theme = canvas.theme
    share = min(1.0, max(0.0, left / max(whole, 1e-6)))
    x, y, high = theme.space.edge + 18.0, theme.space.edge + 140.0, 22.0
    canvas.capsule((x, y), (x + BAR, y), mix(theme.boards, theme.muted, 0.35), high)
    colour = mix(theme.bad, mix(theme.warn, theme.good, 2 * share - 1), 2 * share)
    canvas.capsule((x, y), (x + BAR * share, y), colour, high - 6)


def draw_cards(canvas: Canvas, cards: PoseCards, upcoming: Sequence[Target], age: float) -> None:
    """Draw what comes next, the nearest first; `age` seconds after the present pose came they have moved up."""
    theme, (wide, high) = canvas.theme, CARD
    edge, gap = theme.space.edge, theme.space.near
    moved = theme.slide(age / ARRIVE, wide + gap)
    for i in range(len(upcoming) - 1, -1, -1):
        x = WIDTH - edge + gap - (len(upcoming) - i) * (wide + gap) + moved
        cards.draw(canvas, upcoming[i], (x, edge, wide, high), near=i == 0)
        if i == 0:
            canvas.text(tr("next"), (x - gap, edge + 24), colour=theme.muted, anchor="midright")


def draw_count(canvas: Canvas, number: int, age: float) -> None:
    """Draw a number of the count before the first pose, as large as the stage allows."""
    theme, size = canvas.theme, 160
    came = ease_out(age / ARRIVE)
    place = (WIDTH / 2, 100 + theme.slide(age / ARRIVE, 30))
    for shift, colour in (((4, 6), theme.stage), ((0, 0), theme.light)):
        canvas.text(str(number), (place[0] + shift[0], place[1] + shift[1]), size=size, colour=colour, alpha=came)
