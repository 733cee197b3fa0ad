"""The program: opens everything else with `with`, and holds the loop. The only module that sees every layer.

The window is open before this module is imported, which takes longer than anybody likes to look at nothing.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from posegames.engine.backstage import Backstage
from posegames.engine.clock import Evenness, Phase, steps
from posegames.engine.curtain import Curtain
from posegames.engine.hud.gauges import Gauges
from posegames.engine.hud.hud import Hud
from posegames.engine.levels.shelf import Shelf
from posegames.engine.people import People
from posegames.engine.scene import Setup, World
from posegames.engine.sound import Speaker, open_sound
from posegames.engine.stack import SceneStack
from posegames.engine.window import Window
from posegames.errors import UsageError
from posegames.events import Event, KeyPressed
from posegames.gestures.table import GESTURES
from posegames.gestures.taught.shelf import GestureShelf
from posegames.gestures.tuning.profiles import Tuning, find_profile
from posegames.language import preferred
from posegames.memory.memory import Memory
from posegames.memory.place import database
from posegames.scenes import SCENES, find_scene
from posegames.scenes.flow import Flow
from posegames.scenes.title import Title
from posegames.seeing.album import Album
from posegames.seeing.feed import Feed, open_feed
from posegames.seeing.film import Film
from posegames.seeing.status import FeedStatus
from posegames.settings import Settings
from posegames.timing import Clock
from posegames.tools.stats import Stats, write_stats

if TYPE_CHECKING:
    from posegames.bridges.prometheus import Monitor

HZ = 60
"""Pictures a second on the screen."""
SHOT_EVERY = 2.0
"""Seconds between two pictures of `--shots`."""
MENU = "menu"
"""What the stats call a run that began with choosing, and the play of the actor who chooses."""
DEMO_SECONDS = 20.0
"""How long is played where there is no screen."""
DEMO_FILM = Path("posegames-demo.mp4")
ENCORE = 0.5
"""Seconds the last picture of an ended source stays, where nobody is there to close the window."""
SWITCH_INTERVAL = 0.001
"""Seconds a background thread may keep Python to itself while the display waits (5 ms by default: a third of a
frame)."""


@dataclass(frozen=True, slots=True)
class _Theatre:
    """What is open while a game is on."""

    clock: Clock
    window: Window
    feed: Feed
    sound: Speaker
    keeper: _Keeper
    stats: Stats
    hud: Hud
    backstage: Backstage
    monitor: Monitor | None
    """Who serves figures to others, if that was asked for."""


def run(settings: Settings, curtain: Curtain, *, say: Callable[[str], None] = print) -> None:
    """Play in the window that is open, until the player leaves or the time is up.

    `say` takes what belongs on the terminal.

    Raises PosegamesError for whatever the user can mend.
    """
    say, scenes = _once(say), opening(settings)
    # In the menu an actor shows how to choose: without a camera there is nobody else.
    settings = replace(settings, stage=SCENES[settings.scene].stage if settings.scene else MENU)
    window, clock, stats = curtain.window, curtain.clock, Stats(first={"curtain": curtain.raised})
    with ExitStack() as stack:
        if window.offscreen and not settings.headless:
            settings = _demo(settings, say)
        stack.enter_context(_interruptible())
        stack.callback(gc.unfreeze)
        feed = stack.enter_context(open_feed(settings, clock))
        sound = stack.enter_context(open_sound(settings))
        memory = stack.enter_context(Memory(database(), clock=time.time))
        spoken = settings.language or ""
        backstage = Backstage(window.canvas, sound, memory, asked=spoken, system=preferred(os.environ))
        film = stack.enter_context(Film(settings.record, window.size)) if settings.record else None
        album = stack.enter_context(Album(settings.shots)) if settings.shots else None
        monitor = stack.enter_context(_monitor(settings.metrics, stats)) if settings.metrics is not None else None
        keeper = _Keeper(window, film, album)
        theatre = _Theatre(clock, window, feed, sound, keeper, stats, Hud(), backstage, monitor)
        with suppress(KeyboardInterrupt):
            _loop(theatre, settings, scenes, say)
        status = feed.status(clock.now())
        if settings.stats is not None:
            write_stats(settings.stats, stats.report(status, settings.scene or MENU, clock.now()))
    say(memory.notice)
    if status.phase == "ended" and status.message:
        say(f"{status.source}: {status.message}.")
    for name in feed.abandoned:
        say(f"The {name} is stuck and has been left behind.")
    if album and album.failed:
        say(album.failed)
    if settings.record is not None:
        say(f"The film is {settings.record}.")


def _once(say: Callable[[str], None]) -> Callable[[str], None]:
    """Return what says a sentence the first time it is given, and nothing where there is nothing to say."""
    told = {""}

    def once(sentence: str) -> None:
        if sentence not in told:
            told.add(sentence)
            say(sentence)

    return once


def opening(settings: Settings) -> SceneStack:
    """Return the title before the scene that is asked for, or before the menu, which is never far.

    Raises UsageError for a scene or a level that is not there, LevelError for one that is broken.
    """
    setup = Setup(shelf=Shelf(settings.levels), seed=settings.seed)
    flow = Flow(SCENES, setup, today=_midnight)
    if settings.scene is None:
        if settings.level is not None:
            raise UsageError("--level needs a SCENE that plays it.", now="Say, for instance: posegames play match")
        return SceneStack(flow.title(), home=flow.menu, start=flow.title)
    entry, asked = find_scene(settings.scene), setup
    if settings.level is not None:
        if not entry.levels:
            raise UsageError(f"{entry.title} has no levels.", now="Leave --level out.")
        asked = replace(setup, level=Shelf(settings.levels).find(entry.name, settings.level))
    return SceneStack(Title(lambda: entry.make(asked)), home=flow.menu, start=flow.title)


def _midnight() -> float:
    """Return when today began, in Unix time."""
    return datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def _loop(theatre: _Theatre, settings: Settings, scenes: SceneStack, say: Callable[[str], None]) -> None:
    """Go the whole way, from the newest sighting to the screen, sixty times a second."""
    clock, window, feed, stats = theatre.clock, theatre.window, theatre.feed, theatre.stats
    profile = find_profile(settings.profile)
    tuning = Tuning(profile=profile, sensitivity=settings.sensitivity, learns=settings.learns)
    table = (*GESTURES, *GestureShelf().rows(say))
    people = People(
        settings.players, smoothing=settings.smoothing, table=table, tuning=tuning, asks=settings.scene is None
    )
    evenness, phase, pressed = Evenness(), Phase(), list[KeyPressed]()

    def lap(part: str) -> None:
        stats.laps.lap(part, clock.now())

    for step in steps(clock, hz=HZ, phase=phase):
        lap("wait")
        newest, status = feed.poll(step.now), feed.status(step.now)
        if newest is not None and newest.arrived is not None:
            phase.arrived(newest.arrived)
        moves = people.see(newest, step.now)
        if newest is not None and stats.newest is None:
            # All is loaded: from here on the collector need not look at it again (27 ms each time, measured).
            gc.freeze()
        stats.take(newest, moves, people.players, clock.now())
        theatre.backstage.see(people, newest, moves)
        services = theatre.backstage.services()
        services["press"] = lambda key: pressed.append(KeyPressed(key))
        world = people.world(step.now, status, **services)
        events = [event for event in [*window.events(), *pressed] if not _served(event, theatre, scenes)]
        pressed.clear()
        lap("people")
        scenes.handle([*events, *moves], world)
        scenes.update(world, step.dt)
        lap("update")
        say(status.notice)
        say(theatre.backstage.memory.notice)
        if scenes.empty or _over(settings, stats, status, step.now):
            return
        if step.last:
            scenes.draw(window.canvas, world)
            lap("draw")
            gauges = _gauges(stats, scenes, world)
            theatre.hud.draw(window.canvas, gauges, step.now)
            theatre.keeper.keep(step.now)
            if theatre.monitor:
                theatre.monitor.take(gauges)
            lap("hud")
            evenness.wait(clock, step.now)
            lap("wait")
            window.show()
            lap("show")
            stats.show(clock.now(), gauges.scene)


def _demo(settings: Settings, say: Callable[[str], None]) -> Settings:
    """Return what is played where no screen is: a little film of the stage, made for looking at elsewhere."""
    seconds, film = settings.seconds or DEMO_SECONDS, settings.record or DEMO_FILM
    source = settings.source or "stage"
    say(f"There is no screen here. Playing {seconds:g} seconds of {source} off-screen, filmed as {film} ...")
    return replace(settings, seconds=seconds, record=film, source=source)


def _served(event: Event, theatre: _Theatre, scenes: SceneStack) -> bool:
    """Serve the keys that mean the same in every scene that takes no letters; whether `event` was one of them."""
    match event:
        case KeyPressed("h" | "m") if scenes.typing:
            return False
        case KeyPressed("h"):
            theatre.hud.cycle()
        case KeyPressed("m"):
            theatre.sound.toggle()
        case KeyPressed("f11"):
            theatre.window.toggle_fullscreen()
        case _:
            return False
    return True


def _over(settings: Settings, stats: Stats, status: FeedStatus, now: float) -> bool:
    """Whether the time is up, or nobody is there to say so."""
    if stats.began is not None and settings.seconds is not None and now - stats.began >= settings.seconds:
        return True
    ended = status.phase == "ended" and (stats.newest is None or now - stats.newest.time >= ENCORE)
    return ended and (settings.headless or settings.seconds is not None)


def _gauges(stats: Stats, scenes: SceneStack, world: World) -> Gauges:
    return Gauges(
        display_rate=stats.shown.value(world.now),
        work=stats.work,
        laps=stats.laps,
        to_screen=stats.to_screen,
        players=world.players,
        latest=tuple(stats.latest),
        status=world.status,
        scene=type(scenes.top).__name__.lower(),
    )


def _monitor(port: int, stats: Stats) -> Monitor:
    """Return what serves figures; it is not even imported where nobody asks."""
    from posegames.bridges.prometheus import Monitor

    return Monitor(port, stats)


class _Keeper:
    """Keeps what the window shows: as a film, as single pictures."""

    def __init__(self, window: Window, film: Film | None, album: Album | None) -> None:
        self._window, self._film, self._album = window, film, album
        self._next = -math.inf

    def keep(self, now: float) -> None:
        """Keep the picture just drawn, if it is time."""
        if self._film and self._film.due(now):
            self._film.show(now, self._window.pixels())
        if self._album and now >= self._next:
            self._album.add(self._window.pixels())
            self._next = now + SHOT_EVERY


@contextmanager
def _interruptible() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, and let background threads give way to the display sooner."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before, interval = signal.signal(signal.SIGTERM, interrupt), sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        signal.signal(signal.SIGTERM, before)
