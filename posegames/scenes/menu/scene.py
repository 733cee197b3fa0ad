"""The menu: every scene as a card that moves, chosen by hand, keys or mouse."""

from __future__ import annotations

from collections.abc import Mapping

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import brief, button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, FINAL, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.choosing.prints import Prints
from posegames.engine.figure import Body, draw_figure
from posegames.engine.scene import Cue, Move, Pop, Push, Quit, Setup, World
from posegames.engine.theme import HEIGHT, WIDTH, breathe, ease_out, mix
from posegames.engine.view import Rect, View
from posegames.engine.widgets import pill
from posegames.errors import PosegamesError
from posegames.events import Event, PlayerJoined, PlayerLeft
from posegames.scenes import SceneEntry
from posegames.scenes.levels import Levels
from posegames.scenes.menu.opening import opened
from posegames.scenes.menu.previews import Screen
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import parse_play

PAGE = 6
"""Scenes shown at once."""
WIDE = 380.0
"""A card, in logical pixels."""
INSET = 12.0
"""From a card's edge to what is on it."""
PREVIEW = (356, 180)
"""Size of a moving preview."""

_ROOM = (420.0, 516.0, 440.0, 194.0)
"""Where everybody is shown."""
_LOW = (420.0, 596.0, 440.0, 116.0)
"""The same under two rows of cards."""
_WINGS = View((452.0, 506.0, 200.0, 200.0), 1.0)
"""Where an actor shows how it is done, while nobody is there."""
_POINTS = """
seconds 9
actors 1
loop
0.6 1 pose right_upper=20 right_fore=140 seconds=2.4
2.6 1 pose right_upper=0 right_fore=-160 seconds=2.4
5.4 1 pose right_upper=2 right_fore=175 seconds=2
"""
"""What that actor does."""
_BUTTONS = (
    Target(key="m", rect=(36, 596, 156, 104), label="Sound"),
    Target(key="f11", rect=(212, 596, 156, 104), label="Fill screen"),
    Target(key="quit", rect=(1088, 596, 156, 104), label="Quit", dwell=FINAL),
)
_MORE = (912, 596, 156, 104)
_ICONS = {"m": "sound", "f11": "fill", "quit": "quit", "more": "next"}


class Menu:
    """Leads to the scenes."""

    def __init__(self, entries: Mapping[str, SceneEntry], setup: Setup) -> None:
        """Show `entries` by name; `setup` is what scenes are made from."""
        self._entries, self._setup = dict(entries), setup
        self._chooser, self._notice, self._prints = Chooser(), Notice(), Prints()
        self._actor = Choreography(parse_play(_POINTS), actors=1, aspect=1.0)
        self._page, self._age = 0, 0.0
        self._screens: dict[str, Screen] = {}
        if setup.shelf is not None:
            setup.shelf.all()  # now, in the dark before the first picture: the first reading takes 200 ms
        self._turn(0)

    def _turn(self, page: int) -> None:
        """Show another page."""
        self._page = page % self._pages
        names = [*self._entries][self._page * PAGE : (self._page + 1) * PAGE]
        cards = [
            Target(key=f"scene {name}", rect=rect, label=name)
            for name, rect in zip(names, _places(len(names), low=self._low), strict=True)
        ]
        more = [Target(key="more", rect=_MORE, label="More")] if self._pages > 1 else []
        self._chooser.show([*cards, *_BUTTONS[:2], *more, _BUTTONS[2]])
        self._screens = {
            name: Screen(self._entries[name], i + 1, PREVIEW, hz=15 if self._low else 20)
            for i, name in enumerate(names)
            if not self._entries[name].broken
        }

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._entries) // PAGE))

    @property
    def _low(self) -> bool:
        """Whether there are so many scenes that cards are low."""
        return len(self._entries) > PAGE // 2

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys and mouse, and greet who joins; Escape leaves."""
        match event:
            case PlayerJoined(player=number):
                world.cue(Cue("join", number))
            case PlayerLeft(player=number):
                world.cue(Cue("leave", number))
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Let previews move, and follow the hand."""
        self._age += dt
        self._notice.update(dt)
        for screen in self._screens.values():
            screen.update(dt)
        return self._go(self._chooser.update(world, dt), world)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the scenes, who is there, and what there is to say."""
        theme, chooser = canvas.theme, self._chooser
        canvas.backdrop()
        if not self._low:
            share = ease_out(self._age / 0.3)
            place = (WIDTH / 2, 56 - 20 * (1 - share))
            canvas.text("Choose a scene", place, size=theme.type.title, colour=theme.light, alpha=share)
        if world.players or self._low:
            draw_audience(canvas, world, _LOW if self._low else _ROOM)
        else:
            self._show_how(canvas)
        for target in chooser.targets:
            rect, lift = chooser.rect(target.key), chooser.lift(target.key)
            if entry := self._entry(target.key):
                self._card(canvas, entry, rect, lift)
            else:
                icon = "muted" if target.key == "m" and world.muted else _ICONS[target.key]
                button(canvas, rect, target.label, icon, lift=lift)
        self._hint(canvas, world)
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2 - 60))
        chooser.draw(canvas, world)

    def _go(self, key: str | None, world: World) -> Move | None:
        match key:
            case None:
                return None
            case "quit":
                return Quit()
            case "more":
                self._turn(self._page + 1)
                return None
            case "m" | "f11":
                world.press(key)
                return None
        if key == BACK:
            return Pop()
        entry = self._entry(key)
        return self._open(entry) if entry else None

    def _open(self, entry: SceneEntry) -> Move | None:
        if entry.levels:
            return Push(Levels(entry, self._setup))
        scene = opened(lambda: entry.make(self._setup))
        if not isinstance(scene, PosegamesError):
            return Push(scene)
        self._notice.say(scene)
        return None

    def _entry(self, key: str) -> SceneEntry | None:
        return self._entries.get(key.removeprefix("scene ")) if key.startswith("scene ") else None

    def _card(self, canvas: Canvas, entry: SceneEntry, rect: Rect, lift: float) -> None:
        card(canvas, rect, lift=lift, faint=bool(entry.broken))
        high = round(_high(low=self._low) - 2 * INSET)
        x, y = rect[0] + (rect[2] - PREVIEW[0]) / 2, rect[1] + (rect[3] - high) / 2
        below = 0 if entry.broken else PREVIEW[1]
        size = (PREVIEW[0], high - below)
        self._prints.show(canvas, entry.name, size, (x, y + below), lambda small: _words(small, entry))
        if not entry.broken:
            self._screens[entry.name].draw(canvas, (x, y))

    def _show_how(self, canvas: Canvas) -> None:
        """Let an actor show how a hand chooses."""
        theme = canvas.theme
        for pose in self._actor.at(self._age):
            body = Body.of(pose, _WINGS)
            if body.foot:
                canvas.glow(body.foot, 110, mix(theme.light, theme.warn, 0.35), strength=0.5)
                canvas.shadow(body.foot, 1.5 * body.torso, 0.32 * body.torso)
            draw_figure(canvas, body, mix(theme.muted, theme.text, 0.35))

    def _hint(self, canvas: Canvas, world: World) -> None:
        """Say what to do now, in a few words."""
        theme = canvas.theme
        place = (WIDTH / 2, 684.0 if self._low else 494.0)
        if world.status.phase == "trouble":
            pill(canvas, world.status.message, place, size=theme.type.help, colour=theme.warn)
        elif not world.players:
            glow = mix(theme.muted, theme.text, breathe(world.now, 2.0))
            middle = (WIDTH / 2, 650.0) if self._low else (WIDTH / 2 + 84, 616.0)
            pill(canvas, "Step in!", middle, size=theme.type.choice, colour=glow)
        elif world.pointer is None:
            pill(canvas, "Raise a hand to choose", place, size=theme.type.help)


def _words(canvas: Canvas, entry: SceneEntry) -> None:
    """Write a scene's title and what it is about; or why it cannot be played."""
    theme, (width, height) = canvas.theme, canvas.size
    middle, title = width / 2, entry.title or entry.name
    size = fitting(canvas, title, width, theme.type.choice)
    if entry.broken:
        canvas.text(title, (middle, height - 32), size=size, colour=theme.muted)
        lines = wrapped(canvas, f"Cannot be played: {entry.broken}", width, size=theme.type.help, most=4)
    else:
        canvas.text(title, (middle, 32), size=size)
        lines = brief(canvas, entry.blurb, width, size=theme.type.help, most=2) if height > 100 else []
    for i, line in enumerate(lines):
        canvas.text(line, (middle, (32 if entry.broken else 82) + 36 * i), colour=theme.muted)


def _high(*, low: bool) -> float:
    return 268.0 if low else 364.0


def _places(count: int, *, low: bool) -> list[Rect]:
    """Return where so many cards lie: a row of tall ones, or rows of three."""
    gap, top, high = *((20.0, 26.0) if low else (28.0, 100.0)), _high(low=low)
    rows = [3] * (count // 3) + ([count % 3] if count % 3 else []) if count != 4 else [2, 2]
    return [
        (WIDTH / 2 + (i - row / 2) * (WIDE + gap) + gap / 2, top + number * (high + 16.0), WIDE, high)
        for number, row in enumerate(rows)
        for i in range(row)
    ]
