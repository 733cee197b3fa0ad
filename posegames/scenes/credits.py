"""What posegames is, what it grew out of, and whose work is in it."""

from __future__ import annotations

from dataclasses import dataclass

import posegames
from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, Chooser, Target
from posegames.engine.choosing.pages import Pages
from posegames.engine.scene import Move, Pop, World
from posegames.engine.theme import WIDTH, mix
from posegames.events import Event
from posegames.language import msg, tr


@dataclass(frozen=True, slots=True)
class Page:
    """One page of it."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """What, and a word about it; the first is looked up in the language spoken where the second is empty."""


PAGES: tuple[Page, ...] = (
    Page(
        "posegames",
        (
            (msg("Games you play with your body"), ""),
            (msg("No picture leaves this computer"), ""),
            (msg("Scores and settings stay here, too"), ""),
            (msg("Free software, MIT licence"), ""),
        ),
    ),
    Page(
        msg("It grew out of"),
        (
            ("BlazePose", "Bazarevsky et al. 2020"),
            ("PoseNet, PersonLab", "Papandreou et al. 2018"),
            ("OpenPose", "Cao et al. 2017"),
            (msg("One Euro filter"), "Casiez et al. 2012"),
            ("Move Mirror", "Google 2018"),
        ),
    ),
    Page(
        msg("And out of"),
        (
            (msg("Colours for all eyes"), "Okabe & Ito 2008"),
            (msg("Colour blindness"), "Machado et al. 2009"),
            (msg("Dwell time"), "Dube et al. 2022"),
            (msg("Time warping"), "Sakoe & Chiba 1978"),
        ),
    ),
    Page(
        msg("Eyes and hands"),
        (
            ("LiteRT, MediaPipe", "Apache-2.0"),
            ("OpenCV", "Apache-2.0"),
            ("NumPy", "BSD-3-Clause"),
            ("pygame, SDL", "LGPL-2.1, zlib"),
            ("Quicksand", "SIL OFL 1.1"),
        ),
    ),
    Page(
        msg("And"),
        (
            ("click, FlatBuffers", "BSD-3-Clause, Apache-2.0"),
            ("pydantic, rich", "MIT"),
            ("platformdirs, pip", "MIT"),
            ("Pillow", "MIT-CMU"),
            ("Python", "PSF-2.0"),
        ),
    ),
)
"""All of them. Names and licences are the same in every language."""

_SHEET = (140.0, 112.0, 1000.0, 440.0)
_BACK = (40.0, 596.0, 250.0, 104.0)
_LESS, _MORE = (884.0, 596.0, 150.0, 104.0), (1090.0, 596.0, 150.0, 104.0)
_ROOM = (420.0, 566.0, 440.0, 146.0)
"""Where everybody is shown."""
_DOTS = (1062.0, 572.0)
_EACH = 76.0
"""Logical pixels from line to line."""


class Credits:
    """Pages of it."""

    def __init__(self) -> None:
        self._chooser = Chooser()
        self._pages = Pages(len(PAGES), 1, less=_LESS, more=_MORE)
        self._turn()

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse, and swipes; Escape goes back."""
        if self._pages.handle(event, world):
            self._turn()
            return None
        return self._go(self._chooser.handle(event, world))

    def update(self, world: World, dt: float) -> Move | None:
        """Follow the hand."""
        self._pages.update(dt)
        return self._go(self._chooser.update(world, dt))

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show a page."""
        theme, page = canvas.theme, PAGES[self._pages.number]
        canvas.backdrop()
        shift = self._pages.shift(theme)
        left, top, width, height = _SHEET
        title = tr(page.title)
        size = fitting(canvas, title, width, theme.type.title)
        canvas.text(title, (WIDTH / 2 + shift, 58), size=size, colour=theme.light)
        card(canvas, (left + shift, top, width, height), faint=True)
        y = top + (height - _EACH * (len(page.lines) - 1)) / 2
        for i, (what, about) in enumerate(page.lines):
            _line(canvas, what, about, (left + shift, y + i * _EACH, width))
        if self._pages.number == 0:
            canvas.text(posegames.__version__, (left + width - 30 + shift, top + height - 30), colour=theme.muted,
                        anchor="midright")  # fmt: skip
        draw_audience(canvas, world, _ROOM)
        self._pages.draw(canvas, self._chooser, _DOTS)
        button(canvas, self._chooser.rect(BACK), tr("Back"), "back", lift=self._chooser.lift(BACK))
        self._chooser.draw(canvas, world)

    def _turn(self) -> None:
        targets = (Target(key=BACK, rect=_BACK), *self._pages.targets)
        self._chooser.show(targets, focus=self._chooser.focus)

    def _go(self, key: str | None) -> Move | None:
        if key == BACK:
            return Pop()
        if self._pages.choose(key):
            self._turn()
        return None


def _line(canvas: Canvas, what: str, about: str, place: tuple[float, float, float]) -> None:
    """Write a line at (left, middle, width): a sentence, or something and a word about it."""
    theme, (left, y, width) = canvas.theme, place
    if not about:
        size = fitting(canvas, tr(what), width - 80, theme.type.choice)
        for line in wrapped(canvas, tr(what), width - 80, size=size, most=1):
            canvas.text(line, (left + width / 2, y), size=size)
        return
    canvas.text(tr(what), (left + 40, y), size=theme.type.choice, anchor="midleft")
    colour = mix(theme.muted, theme.text, 0.35)
    canvas.text(about, (left + width - 40, y), size=theme.type.help, colour=colour, anchor="midright")
