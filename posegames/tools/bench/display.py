"""What every screen costs to show, sixty times a second, while four people are tracked.

Screens take turns, each with the same four players, whom the real tracker follows in its own process meanwhile.
Times of the wall clock tell what is seen, and are longer where other programs run; the processor time of
the main thread tells what is worked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from statistics import median

from posegames.engine.backstage import Backstage
from posegames.engine.clock import Evenness, Phase, steps
from posegames.engine.hud.gauges import Gauges
from posegames.engine.hud.hud import Hud
from posegames.engine.levels.shelf import Shelf
from posegames.engine.people import People
from posegames.engine.scene import Scene, Setup, World
from posegames.engine.sound import Speaker
from posegames.engine.stack import SceneStack
from posegames.engine.window import Window, open_window
from posegames.errors import PosegamesError
from posegames.events import BodyEvent, PlayerJoined
from posegames.memory.memory import Memory
from posegames.metrics import Durations, Laps
from posegames.seeing.feed import Feed, open_feed
from posegames.settings import Settings
from posegames.timing import Clock, worked
from posegames.tools.bench.contest import Progress
from posegames.tools.bench.playing import HZ, as_in_the_program
from posegames.tools.bench.screens import SCREENS, Screen
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

SOURCE = "stage:dance?actors=4"
PLAYERS = 4
SECONDS, WARM = 4.0, 1.0
"""Of a turn that count; before them, when a screen is new: what it makes once is told apart."""
ARRIVAL = 60.0
"""Seconds in which all players must have joined, loading included."""
WORK, FRAME, RATE = 6.0, 20.0, 59.0
"""The bars: milliseconds of own work at 95 %, milliseconds from picture to picture at 99 %, pictures a second
(sixty, less what the ends of a turn cut off)."""
HEADINGS = (
    "screen", "players", "sightings/s", "pictures/s", "frame, ms 50 / 95 / 99 %", "own work, ms 50 / 95 %",
    "processor, ms 50 / 95 %", "opening, ms", "within the bars",
)  # fmt: skip


@dataclass(slots=True)
class Turn:
    """What one turn of a screen came to. Seconds."""

    frame: Durations = field(default_factory=Durations)
    work: Durations = field(default_factory=Durations)
    processor: Durations = field(default_factory=Durations)
    """The main thread's own work, as processor time."""
    opening: float = 0.0
    """The longest work before the turn counted: what is made once."""
    seconds: float = 0.0
    sightings: int = 0
    players: list[int] = field(default_factory=list)

    def add(self, work: float, processor: float, players: int, since: float | None) -> None:
        """Count a picture; `since` is the distance to the one before."""
        self.work.add(work)
        self.processor.add(processor)
        self.players.append(players)
        if since is not None:
            self.frame.add(since)
            self.seconds += since

    def figures(self) -> Figures:
        """Return it in milliseconds, and a second."""
        return {
            "frame_ms": self.frame.spread(),
            "work_ms": self.work.spread(),
            "processor_ms": self.processor.spread(),
            "opening_ms": round(self.opening * 1000, 3),
            "pictures_a_second": round(self.frame.count / max(self.seconds, 1e-9), 2),
            "sightings_a_second": round(self.sightings / max(self.seconds, 1e-9), 2),
            "players": round(sum(self.players) / max(1, len(self.players)), 2),
        }


class Stage:
    """The program around the screens: one window, one tracker, the same people all the time."""

    def __init__(self, window: Window, feed: Feed, clock: Clock) -> None:
        self._window, self._feed, self._clock = window, feed, clock
        self._people, self._phase, self._evenness = People(PLAYERS), Phase(), Evenness()
        self._backstage = Backstage(window.canvas, Speaker(wanted=False), Memory())
        self._moves = list[BodyEvent]()
        self._stacks: dict[str, tuple[SceneStack, Scene]] = {}
        """By the name of the screen, with the scene that is to be on top."""
        self._setup = Setup(shelf=Shelf())

    def arrive(self) -> None:
        """Wait until all have joined. Raises PosegamesError if they never do."""
        start = self._clock.now()
        for step in steps(self._clock, hz=HZ):
            self._world(step.now)
            if len(self._people.players) == PLAYERS:
                return
            if step.now - start > ARRIVAL:
                raise PosegamesError(
                    f"{len(self._people.players)} of {PLAYERS} people were seen within {ARRIVAL:.0f} seconds.",
                    now="Choose another source, or run it where less else goes on.",
                )

    def _world(self, now: float) -> tuple[World, bool]:
        """Return what scenes are told, and whether that is a new sighting."""
        newest = self._feed.poll(now)
        if newest is not None and newest.arrived is not None:
            self._phase.arrived(newest.arrived)
        self._moves = self._people.see(newest, now)
        self._backstage.see(self._people, newest, self._moves)
        return self._people.world(now, self._feed.status(now), **self._backstage.services()), newest is not None

    def play(self, name: str, screen: Screen, *, seconds: float, warm: float) -> Turn:
        """Return what a turn of this screen comes to, in the order in which the program does it (`app`).

        A screen that was left, because an actor chose something, is made anew; so is its work counted.
        """
        clock, window, start = self._clock, self._window, self._clock.now()
        turn, laps, hud, shown, before = Turn(), Laps(), Hud(screen.hud), None, worked()
        for step in steps(clock, hz=HZ, phase=self._phase):
            laps.lap("wait", clock.now())
            world, fresh = self._world(step.now)
            world = replace(world, status=replace(world.status, phase=screen.phase))
            stack, new = self._stack(name, screen, world)
            laps.lap("people", clock.now())
            stack.handle([*window.events(), *new, *self._moves], world)
            stack.update(world, step.dt)
            laps.lap("update", clock.now())
            counts = step.now >= start + warm
            turn.sightings += fresh and counts
            if not step.last:
                continue
            stack.draw(window.canvas, world)
            laps.lap("draw", clock.now())
            hud.draw(window.canvas, _gauges(turn, laps, world), step.now)
            laps.lap("hud", clock.now())
            work, processor = laps.work, worked() - before
            self._evenness.wait(clock, step.now)
            laps.lap("wait", clock.now())
            window.show()
            laps.lap("show", now := clock.now())
            laps.close()
            before = worked()
            if counts:
                turn.add(work, processor, len(world.players), None if shown is None else now - shown)
                shown = now
            else:
                turn.opening = max(turn.opening, work)
            if step.now >= start + warm + seconds:
                break
        return turn

    def _stack(self, name: str, screen: Screen, world: World) -> tuple[SceneStack, list[PlayerJoined]]:
        """Return the screen, made anew where it is not on top, and what it has to be told then: who is here."""
        if (there := self._stacks.get(name)) and there[0].top is there[1]:
            return there[0], []
        scene = screen.make(self._setup, world)
        stack = SceneStack(scene)
        self._stacks[name] = stack, scene
        return stack, [PlayerJoined(world.now, player.number) for player in world.players]


def _gauges(turn: Turn, laps: Laps, world: World) -> Gauges:
    return Gauges(work=turn.work, laps=laps, to_screen=turn.frame, players=world.players, status=world.status)


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return, for each screen, the medians over the rounds, and how its work relates to that of the empty stage.

    In a real window where there is a screen, else off-screen. Raises PosegamesError if four people are not seen.
    """
    settings = Settings(source=plan.source or SOURCE, players=PLAYERS, mute=True)
    with ExitStack() as stack:
        window = stack.enter_context(open_window(settings))
        stage = Stage(window, stack.enter_context(open_feed(settings, clock)), clock)
        stack.enter_context(as_in_the_program())
        progress("four people come", 0.0)
        stage.arrive()
        turns = _turns(stage, plan.rounds, progress)
        shown = "off-screen" if window.offscreen else "in a window"
    return {"shown": shown, "screens": report(turns)}


def _turns(stage: Stage, rounds: int, progress: Progress) -> dict[str, list[Turn]]:
    """Let every screen have a turn, `rounds` times; which begins changes from round to round."""
    names = list(SCREENS)
    turns: dict[str, list[Turn]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for place, name in enumerate(names[first:] + names[:first]):
            progress(name, (number + place / len(names)) / rounds)
            turns[name].append(stage.play(name, SCREENS[name], seconds=SECONDS, warm=WARM))
    return turns


def report(turns: Mapping[str, Sequence[Turn]]) -> Figures:
    """Return the figures of each screen: medians of its turns; the longest opening; and what comes of the bars."""
    figures: Figures = {}
    for name, theirs in turns.items():
        each = [turn.figures() for turn in theirs]
        row: Figures = {
            what: {share: round(median(one[what][share] for one in each), 3) for share in each[0][what]}
            for what in ("frame_ms", "work_ms", "processor_ms")
        }
        for what in ("pictures_a_second", "sightings_a_second", "players"):
            row[what] = round(median(one[what] for one in each), 2)
        row["opening_ms"] = max(one["opening_ms"] for one in each)
        row["kept"] = {
            "work": row["work_ms"]["p95"] <= WORK,
            "processor": row["processor_ms"]["p95"] <= WORK,
            "frame": row["frame_ms"]["p99"] <= FRAME,
            "rate": row["pictures_a_second"] >= RATE,
        }
        row["rounds"] = each
        figures[name] = row
    bare = next(iter(figures.values()))["processor_ms"]["p50"]
    for row in figures.values():
        row["ratio"] = round(row["processor_ms"]["p50"] / bare, 2) if bare else None
    return figures


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    rows = []
    for name, row in figures["screens"].items():
        frame, work, processor = row["frame_ms"], row["work_ms"], row["processor_ms"]
        missed = [what for what, kept in row["kept"].items() if not kept]
        rows.append((
            name,
            f"{row['players']:.1f}",
            f"{row['sightings_a_second']:.0f}",
            f"{row['pictures_a_second']:.1f}",
            f"{frame['p50']:.1f} / {frame['p95']:.1f} / {frame['p99']:.1f}",
            f"{work['p50']:.1f} / {work['p95']:.1f}",
            f"{processor['p50']:.1f} / {processor['p95']:.1f}",
            f"{row['opening_ms']:.0f}",
            f"not: {', '.join(missed)}" if missed else "yes",
        ))  # fmt: skip
    return Sheet(HEADINGS, rows)
