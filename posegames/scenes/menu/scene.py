"""The menu: every scene as a card that moves, chosen by hand, keys or mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.audience import draw_audience
from posegames.engine.choosing.cards import brief, button, card, fitting, wrapped
from posegames.engine.choosing.chooser import BACK, FINAL, Chooser, Target
from posegames.engine.choosing.notice import Notice
from posegames.engine.choosing.pages import Pages
from posegames.engine.choosing.prints import Prints
from posegames.engine.figure import draw_figure
from posegames.engine.scene import Cue, Home, Move, Pop, Push, Quit, Scene, Setup, World
from posegames.engine.theme import HEIGHT, WIDTH, breathe, mix
from posegames.engine.view import Rect, View
from posegames.engine.widgets import pill
from posegames.errors import PosegamesError
from posegames.events import Event, PlayerJoined, PlayerLeft
from posegames.language import msg, tr
from posegames.scenes import SceneEntry
from posegames.scenes.flow import Desertion, Flow
from posegames.scenes.highscores import Highscores
from posegames.scenes.levels import Levels
from posegames.scenes.menu.acts import Actor
from posegames.scenes.menu.previews import Screen
from posegames.seeing.stage.script import parse_play

PAGE = 6
"""Scenes shown at once."""
WIDE = 380.0
"""A card, in logical pixels."""
INSET = 12.0
"""From a card's edge to what is on it."""
PREVIEW = (356, 180)
"""Size of a moving preview."""

_ROOM = (506.0, 520.0, 268.0, 190.0)
"""Where everybody is shown."""
_LOW = (506.0, 588.0, 268.0, 124.0)
"""The same under two rows of cards."""
_WINGS = View((545.0, 516.0, 190.0, 190.0), 1.0)
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
    Target(key="setup", rect=(30, 600, 150, 102), label=msg("Setup")),
    Target(key="scores", rect=(190, 600, 150, 102), label=msg("Scores")),
    Target(key="credits", rect=(350, 600, 150, 102), label=msg("Credits")),
    Target(key="m", rect=(940, 600, 150, 102), label=msg("Sound")),
    Target(key="quit", rect=(1100, 600, 150, 102), label=msg("Quit"), dwell=FINAL),
)
_FILL = Target(key="f11", rect=(780, 600, 150, 102), label=msg("Fill"))
"""Gives its place to the button that turns the page, where there are pages."""
_ICONS = {"m": "sound", "f11": "fill"}
"""Of buttons whose icon has another name than they."""


_LEAVE: Mapping[str | None, Move] = MappingProxyType({"quit": Quit(), BACK: Pop()})


def _options() -> Scene:
    from posegames.scenes.options.scene import Options

    return Options()


def _credits() -> Scene:
    from posegames.scenes.credits import Credits

    return Credits()


_ROOMS: Mapping[str | None, Callable[[], Scene]] = MappingProxyType({"setup": _options, "credits": _credits})
"""Where other buttons lead; imported when somebody goes there."""


class Menu:
    """Leads to the scenes."""

    def __init__(self, entries: Mapping[str, SceneEntry], setup: Setup, flow: Flow | None = None) -> None:
        """Show `entries` by name; `setup` is what scenes are made from. `flow` leads to them."""
        self._entries, self._setup = dict(entries), setup
        self._flow = flow or Flow(entries, setup)
        self._desertion = Desertion()
        self._chooser, self._notice, self._prints = Chooser(), Notice(), Prints()
        self._actor = Actor(parse_play(_POINTS), _WINGS)
        self._pages, self._age = Pages(len(self._entries), PAGE, more=_FILL.rect), 0.0
        self._screens: dict[str, Screen] = {}
        if setup.shelf is not None:
            setup.shelf.all()  # now, in the dark before the first picture: the first reading takes 200 ms
        self._turn()

    def _turn(self) -> None:
        """Show the cards of the page."""
        names = [[*self._entries][i] for i in self._pages.shown]
        cards = [
            Target(key=f"scene {name}", rect=rect, label=name)
            for name, rect in zip(names, _places(len(names), low=self._low), strict=True)
        ]
        self._chooser.show([*cards, *_BUTTONS[:3], *(self._pages.targets or [_FILL]), *_BUTTONS[3:]])
        self._screens = {
            name: Screen(self._entries[name], i + 1, PREVIEW, hz=15 if self._low else 20)
            for i, name in enumerate(names)
            if not self._entries[name].broken
        }

    @property
    def _low(self) -> bool:
        """Whether there are so many scenes that cards are low."""
        return len(self._entries) > PAGE // 2

    def handle(self, event: Event, world: World) -> Move | None:
        """Take keys, mouse and swipes, and greet who joins; Escape leaves."""
        self._desertion.handle(event)
        if self._pages.handle(event, world):
            self._turn()
        match event:
            case PlayerJoined(player=number):
                world.cue(Cue("join", number))
            case PlayerLeft(player=number):
                world.cue(Cue("leave", number))
        return self._go(self._chooser.handle(event, world), world)

    def update(self, world: World, dt: float) -> Move | None:
        """Let previews move, and follow the hand."""
        world.music("menu")
        self._age += dt
        self._pages.update(dt)
        self._notice.update(dt)
        for screen in self._screens.values():
            screen.update(dt)
        if self._desertion.update(world, dt):
            return Home(deserted=True)
        return self._go(self._chooser.update(world, dt), world)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show the scenes, who is there, and what there is to say."""
        theme, chooser = canvas.theme, self._chooser
        canvas.backdrop()
        if not self._low:
            gone = self._age / 0.3
            place = (WIDTH / 2, 56 - theme.slide(gone, 20))
            words = tr("Choose a scene")
            canvas.text(words, place, size=theme.type.title, colour=theme.light, alpha=theme.motion.ease(gone))
        if world.players or self._low:
            draw_audience(canvas, world, _LOW if self._low else _ROOM)
        else:
            self._show_how(canvas)
        shift = self._pages.shift(theme)
        for target in chooser.targets:
            rect, lift = chooser.rect(target.key), chooser.lift(target.key)
            if entry := self._entry(target.key):
                self._card(canvas, entry, (rect[0] + shift, *rect[1:]), lift)
            elif target.label:
                icon = "muted" if target.key == "m" and world.muted else _ICONS.get(target.key, target.key)
                button(canvas, rect, tr(target.label), icon, lift=lift)
        self._pages.draw(canvas, chooser, (855.0, 586.0))
        self._hint(canvas, world)
        self._notice.draw(canvas, (WIDTH / 2, HEIGHT / 2 - 60))
        chooser.draw(canvas, world)

    def _go(self, key: str | None, world: World) -> Move | None:
        if self._pages.choose(key):
            self._turn()
        elif key in ("m", "f11"):
            world.press(key)
        elif key in _LEAVE:
            return _LEAVE[key]
        elif key == "scores":
            return Push(Highscores(self._entries, self._setup, today=self._flow.today()))
        elif key in _ROOMS:
            return Push(_ROOMS[key]())
        elif entry := self._entry(key or ""):
            return self._open(entry, world)
        return None

    def _open(self, entry: SceneEntry, world: World) -> Move | None:
        if entry.levels:
            return Push(Levels(entry, self._setup, self._flow))
        move = self._flow.begin(entry, self._setup, world)
        if not isinstance(move, PosegamesError):
            return move
        self._notice.say(move)
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
        for body in self._actor.at(self._age):
            if body.foot:
                canvas.glow(body.foot, 110, mix(theme.light, theme.warn, 0.35), strength=0.5)
                canvas.shadow(body.foot, 1.5 * body.torso, 0.32 * body.torso)
            draw_figure(canvas, body, mix(theme.muted, theme.text, 0.35))

    def _hint(self, canvas: Canvas, world: World) -> None:
        """Say what to do now, in a few words."""
        theme = canvas.theme
        place = (WIDTH / 2, 684.0 if self._low else 494.0)
        if world.status.phase == "trouble":
            pill(canvas, tr(world.status.message), place, size=theme.type.help, colour=theme.warn)
        elif not world.players:
            glow = mix(theme.muted, theme.text, breathe(world.now, 2.0))
            middle = (WIDTH / 2, 650.0) if self._low else place
            pill(canvas, tr("Step in!"), middle, size=theme.type.choice, colour=glow)
        elif world.pointer is None:
            words = tr("Raise a hand") if self._low else tr("Raise a hand to choose")
            pill(canvas, words, place, size=theme.type.help)


def _words(canvas: Canvas, entry: SceneEntry) -> None:
    """Write a scene's title and what it is about; or why it cannot be played."""
    theme, (width, height) = canvas.theme, canvas.size
    middle, title = width / 2, tr(entry.title) or entry.name
    size = fitting(canvas, title, width, theme.type.choice)
    if entry.broken:
        canvas.text(title, (middle, height - 32), size=size, colour=theme.muted)
        lines = wrapped(
            canvas, tr("Cannot be played: {why}").format(why=entry.broken), width, size=theme.type.help, most=4
        )
    else:
        canvas.text(title, (middle, 32), size=size)
        lines = brief(canvas, tr(entry.blurb), width, size=theme.type.help, most=2) if height > 100 else []
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
