"""Our way from a webcam to the screen, with a stamp wherever it passes: a contender of the latency bench."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from posegames.body.joints import Joint
from posegames.engine.clock import Evenness, Phase, steps
from posegames.engine.people import People
from posegames.engine.scene import Setup
from posegames.engine.stack import SceneStack
from posegames.engine.window import Window
from posegames.events import Gesture
from posegames.gestures.measures import arms as measure
from posegames.gestures.rows import Held
from posegames.gestures.table import GESTURES
from posegames.gestures.table.arms import ARMS
from posegames.scenes.mirror import Mirror
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.processfeed import ProcessFeed
from posegames.seeing.sighting import Sighting
from posegames.seeing.watcher import SPECTATORS, Watcher
from posegames.timing import Clock
from posegames.tools.bench import tutorial
from posegames.tools.bench.turns import WARM, Seen, Turn
from posegames.tools.bench.webcam import Webcam

HZ = 60.0
"""Pictures a second on the screen, as in the program."""
SWITCH_INTERVAL = 0.001
"""Seconds, as in the program."""
WATCHED = ("hands_up", tutorial.RULE)
"""Gestures that are noted: our own, which waits whether the hands stay up, and the tutorials'."""
RULES = (
    *GESTURES,
    Held(
        name=tutorial.RULE,
        blurb="as tutorials have it",
        needs=(Joint.NOSE, *ARMS),
        measure=measure.both_raised,
        enter=0.0,
        exit=0.0,
        rest=0.0,
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Stamped(Sighting):
    """A sighting that knows when it was done."""

    done: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Fresh:
    """A sighting that has not been on the screen yet. Seconds of the clock."""

    sighting: Sighting
    polled: float
    in_hand: float

    def seen(self, drawn: float, even: float, shown: float) -> Seen:
        """Return its way, now that it has come to its end."""
        sighting = self.sighting
        assert isinstance(sighting, Stamped)
        way = {
            "read, and wait for the estimator": sighting.done - sighting.cost - sighting.time,
            "estimate": sighting.cost,
            "come over, and wait for the beat": self.polled - sighting.done,
            "know people and gestures": self.in_hand - self.polled,
            "draw": drawn - self.in_hand,
            "wait for an even distance": even - drawn,
            "show": shown - even,
        }
        return Seen(sighting.number, sighting.time, self.in_hand, shown, way)


def watching(folder: Path, players: int, clock: Clock, deliver: Callable[[Sighting], None]) -> Watcher:
    """Return a watcher of the webcam that films `folder`; what it delivers is stamped."""

    def stamp(sighting: Sighting) -> None:
        deliver(
            Stamped(
                sighting.time,
                sighting.number,
                sighting.poses,
                sighting.aspect,
                sighting.frame,
                sighting.cost,
                done=clock.now(),
            )
        )

    return Watcher(
        lambda _tell: Webcam(folder, clock),
        lambda progress, tell: make_estimator(
            "blazepose", players=players + SPECTATORS, progress=progress, tell=tell
        ),
        clock,
        stamp,
    )


def play(folder: Path, players: int, window: Window, clock: Clock, seconds: float) -> Turn:
    """Play for `seconds` what the webcam films, in the order in which the program does it (`app`)."""
    people = People(players, table=RULES)
    evenness, phase = Evenness(), Phase()
    scenes, turn, fresh = SceneStack(Mirror(Setup())), Turn(), None
    warm = float("inf")
    with as_in_the_program(), ProcessFeed(partial(watching, folder, players), clock) as feed:
        for step in steps(clock, hz=HZ, phase=phase):
            newest, status = feed.poll(step.now), feed.status(step.now)
            polled = clock.now()
            if newest is not None and newest.arrived is not None:
                phase.arrived(newest.arrived)
            moves = people.see(newest, step.now)
            in_hand = clock.now()
            if newest is not None:
                warm = min(warm, in_hand + WARM)
                fresh = _Fresh(newest, polled, in_hand)
            world = people.world(step.now, status)
            scenes.handle([*window.events(), *moves], world)
            scenes.update(world, step.dt)
            if in_hand >= warm + seconds:
                turn.seconds = in_hand - warm
                return turn
            for move in moves:
                match move:
                    case Gesture(gesture=rule, phase="on") if rule in WATCHED and in_hand >= warm:
                        turn.raise_(rule, move.t, in_hand)
            if step.last:
                scenes.draw(window.canvas, world)
                drawn = clock.now()
                evenness.wait(clock, step.now)
                even = clock.now()
                window.show()
                shown = clock.now()
                turn.shows += shown >= warm
                if fresh is not None and fresh.in_hand >= warm:
                    turn.seen.append(fresh.seen(drawn, even, shown))
                fresh = None
    return turn


@contextmanager
def as_in_the_program() -> Iterator[None]:
    """Keep the collector from what is loaded, and let background threads give way sooner."""
    interval = sys.getswitchinterval()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.unfreeze()
