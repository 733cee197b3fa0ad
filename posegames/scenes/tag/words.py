"""What `tag` says in letters: the top line, the count, who is It now, the places."""

from __future__ import annotations

from collections.abc import Sequence

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.cards import fitting
from posegames.engine.theme import ARRIVE, LEAVE, WIDTH, Colour, breathe, ease_out, mix
from posegames.language import figures, tr
from posegames.rules.avatars import Avatar
from posegames.rules.tag import TagGame
from posegames.scenes.tag.crowd import emblem
from posegames.scenes.tag.field import LEFT, TOP

CLOCK, COUNT, CALL = 96, 160, 110
"""Letters of the clock, of 3-2-1, and of what has just happened."""
WARM = 10.0
"""Seconds before the end at which the clock warms."""
MIDDLE = (WIDTH / 2, TOP + 200.0)
CALLED = 1.1
"""Seconds something is called out."""


def draw_top(canvas: Canvas, game: TagGame, title: str) -> None:
    """Draw the top line: who is It, the clock, which game and round."""
    theme, y = canvas.theme, 46.0
    it = next(avatar for avatar in game.avatars if avatar.it)
    look = theme.look(it.number, bot=it.bot)
    if game.phase in ("ready", "running"):
        x = LEFT + 4
        x = canvas.text(tr("It:"), (x, y), size=theme.type.title, colour=theme.bad, anchor="midleft").right + 46.0
        emblem(canvas, look, (x, y + 3), 19.0)
        size = fitting(canvas, look.name, WIDTH / 2 - 130 - x, theme.type.title)
        canvas.text(look.name, (x + 34, y), size=size, colour=look.colour, anchor="midleft")
    seconds = max(0, -int(-game.left // 1))
    warm = 0.0 if game.phase != "running" else min(1.0, max(0.0, (WARM + 1 - game.left) / 2))
    colour = mix(theme.text, theme.warn, warm)
    beat = theme.slide((1 - game.left % 1) / 0.5, 8) if warm else 0
    canvas.text(f"{seconds // 60}:{seconds % 60:02d}", (WIDTH / 2, y), size=CLOCK + int(beat), colour=colour)
    right, words = WIDTH - LEFT - 4, title
    if game.rounds > 1:
        turn = tr("round {number} of {count}").format(number=game.round, count=game.rounds)
        canvas.text(turn, (right, y + 22), colour=theme.muted, anchor="midright")
        canvas.text(words, (right, y - 14), size=theme.type.choice, colour=theme.muted, anchor="midright")
    else:
        canvas.text(words, (right, y), size=theme.type.choice, colour=theme.muted, anchor="midright")


def draw_count(canvas: Canvas, countdown: float) -> None:
    """Draw 3, 2, 1: each arrives large and settles."""
    theme, number = canvas.theme, -int(-countdown // 1)
    if number <= 0:
        return
    age = number - countdown
    share = ease_out(age / ARRIVE)
    size = round(COUNT * theme.grow(age / ARRIVE, 1.25))
    x, y = MIDDLE[0], MIDDLE[1] - 110
    canvas.disc((x, y), 92, theme.stage, alpha=0.7 * share)
    canvas.ring((x, y), 92, mix(theme.stage, theme.warn, share), width=8)
    canvas.text(f"{number}", (x, y - 4), size=size, colour=theme.light, alpha=share)


def draw_call(canvas: Canvas, words: str, colour: Colour, *, low: bool, age: float) -> None:
    """Call something out for a second, over one half of the field; `age` is the seconds since it began."""
    came = min(age / ARRIVE, (CALLED - age) / LEAVE)
    if came > 0:
        share, size = ease_out(came), fitting(canvas, words, WIDTH - 80, CALL)
        x, y = MIDDLE[0], MIDDLE[1] + (190 if low else -140) + canvas.theme.slide(came, 24)
        for dx, dy in ((4, 5), (-3, 3), (3, -3), (-3, -3)):
            canvas.text(words, (x + dx, y + dy), size=size, colour=canvas.theme.stage, alpha=share)
        canvas.text(words, (x, y), size=size, colour=colour, alpha=share)


def places(avatars: Sequence[Avatar]) -> list[Avatar]:
    """Return them in the order of their points."""
    return sorted(avatars, key=lambda avatar: -avatar.points)


def draw_places(canvas: Canvas, avatars: Sequence[Avatar], title: str, age: float) -> None:
    """Show who is where after a round; `age` is the seconds since it ended."""
    theme = canvas.theme
    row, wide = 54.0, 520.0
    high = 100 + row * len(avatars)
    share = ease_out(age / ARRIVE)
    left, top = (WIDTH - wide) / 2, TOP + 230 - high / 2 + theme.slide(age / ARRIVE, 20)
    canvas.rectangle((left, top, wide, high), theme.stage, radius=24, alpha=0.88 * share)
    canvas.text(title, (WIDTH / 2, top + 46), size=theme.type.title, colour=theme.light, alpha=share)
    for i, avatar in enumerate(places(avatars)):
        look, y = theme.look(avatar.number, bot=avatar.bot), top + 110 + row * i
        since = (age - 0.15 - 0.1 * i) / ARRIVE
        arrived = ease_out(since)
        if arrived <= 0:
            continue
        x = left + 46 + theme.slide(since, 30)
        rank = 1 + sum(round(other.points) > round(avatar.points) for other in avatars)
        canvas.text(f"{rank}", (x, y), size=theme.type.choice, colour=theme.muted, alpha=arrived)
        emblem(canvas, look, (x + 50, y), 14.0 * theme.grow(since))
        canvas.text(
            look.name, (x + 80, y), size=theme.type.choice, colour=look.colour, anchor="midleft", alpha=arrived
        )
        canvas.text(
            figures(round(avatar.points)),
            (left + wide - 40, y),
            size=theme.type.choice,
            anchor="midright",
            alpha=arrived,
        )


def draw_invitation(canvas: Canvas, words: str, now: float) -> None:
    """Invite whoever looks to step in."""
    theme = canvas.theme
    colour = mix(theme.muted, theme.text, 0.4 + 0.6 * breathe(now, 2.4))
    canvas.text(words, (WIDTH / 2, 46), size=theme.type.title, colour=colour)
