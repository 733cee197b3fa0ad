"""Tools to test scenes with: a scripted clock, scripted bodies, a whole play, pictures compared with golden ones.

    played = play(Mirror(Setup()), [At(0.5, KeyPressed("s")), Shot(1.0, "stage")], feed=ScriptedFeed.of(body()))
    assert_picture(played.pictures["stage"], Path("tests/golden/stage.png"))

Everything runs off-screen and without waiting; the same play gives the same pictures, events and cues.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import numpy as np
import pygame
from numpy.typing import NDArray

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Pose
from posegames.engine.backstage import Backstage
from posegames.engine.clock import steps
from posegames.engine.people import People
from posegames.engine.scene import Cue, Scene
from posegames.engine.sound import Speaker
from posegames.engine.stack import SceneStack
from posegames.engine.window import open_window
from posegames.events import BodyEvent, Event
from posegames.memory.memory import Memory
from posegames.preferences import Preferences
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.seeing.status import FeedStatus
from posegames.settings import Settings

UPDATE_VARIABLE = "POSEGAMES_UPDATE_GOLDEN"
"""Environment variable: 1 writes golden pictures anew, and the tests that would compare them are skipped."""
RATE = 30.0
"""Sightings a second of a scripted feed."""
GOLDEN_SCALE = 2
"""Golden pictures are kept this many times smaller: a tenth of the bytes, and no quarrel about single pixels."""
FAR_OFF = 48
"""Difference of a pixel, in one of its colours (0..255), that an eye would notice."""
MANY = 0.002
"""Share of pixels that may be so far off: a name more or less is twice that."""
DRIFT = 1.0
"""Mean difference of all pixels that fonts and rounding may cause."""


class FakeClock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self, start: float = 0.0) -> None:
        self._now = start

    def now(self) -> float:
        """Return seconds."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self._now += max(0.0, seconds)


# A slim adult, facing the camera, in body heights: x from the middle (the person's left is at larger x), y from
# the soles upwards. Hands hang.
_STANDING = MappingProxyType(
    {
        Joint.NOSE: (0.0, 0.92), Joint.LEFT_EAR: (0.045, 0.93), Joint.LEFT_SHOULDER: (0.115, 0.81),
        Joint.LEFT_ELBOW: (0.145, 0.64), Joint.LEFT_WRIST: (0.155, 0.49), Joint.LEFT_INDEX: (0.155, 0.43),
        Joint.LEFT_HIP: (0.06, 0.53), Joint.LEFT_KNEE: (0.07, 0.29), Joint.LEFT_ANKLE: (0.075, 0.06),
        Joint.LEFT_HEEL: (0.07, 0.02), Joint.LEFT_FOOT_INDEX: (0.11, 0.01),
    }
)  # fmt: skip


def body(
    x: float = 0.89,
    *,
    height: float = 0.75,
    soles: float = 0.92,
    sure: float = 1.0,
    track: int | None = None,
    moved: Mapping[str, tuple[float, float]] | None = None,
) -> Pose:
    """Return somebody who stands at `x`, facing the camera; everything in frame heights.

    `moved` puts joints elsewhere, by their names in lower case, in body heights as (sideways towards the larger
    x, above the soles): `body(moved={"left_wrist": (0.2, 1.1)})`. Joints that are not built have confidence 0.
    """
    places: dict[Joint, tuple[float, float]] = {}
    for joint, (across, up) in _STANDING.items():
        places[joint] = (across, up)
        places.setdefault(Joint[joint.name.replace("LEFT", "RIGHT")], (-across, up))
    places |= {Joint[name.upper()]: place for name, place in (moved or {}).items()}
    xy, confidence = np.zeros((COUNT, 2), dtype=np.float32), np.zeros(COUNT, dtype=np.float32)
    for joint, (across, up) in places.items():
        xy[joint], confidence[joint] = (x + across * height, soles - up * height), sure
    return Pose(xy, confidence, track=track)


HANDS_UP = MappingProxyType(
    {
        "left_elbow": (0.19, 0.93), "left_wrist": (0.20, 1.08), "left_index": (0.20, 1.14),
        "right_elbow": (-0.19, 0.93), "right_wrist": (-0.20, 1.08), "right_index": (-0.20, 1.14),
    }
)  # fmt: skip
"""For `body`: both hands above the head."""


class ScriptedFeed:
    """A feed that hands out, 30 times a second, what a function of time says: no camera, no tracker."""

    def __init__(
        self,
        script: Callable[[float], Sequence[Pose]],
        *,
        picture: Picture | None = None,
        aspect: float = 16 / 9,
        status: Callable[[float], FeedStatus] = lambda _now: FeedStatus(source="script", estimator="script"),
    ) -> None:
        """`script` and `status` are told seconds since the first poll; `picture` is what the camera shows."""
        self._script, self._picture, self._status = script, picture, status
        self._aspect = aspect
        self._start: float | None = None
        self._given = 0

    @classmethod
    def of(cls, *poses: Pose, picture: Picture | None = None) -> Self:
        """Return a feed in which `poses` stand still."""
        return cls(lambda _time: poses, picture=picture)

    def __enter__(self) -> Self:
        """Start from the beginning."""
        self._start, self._given = None, 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""

    def poll(self, now: float) -> Sighting | None:
        """Return the next sighting if it is due."""
        self._start = now if self._start is None else self._start
        time = now - self._start
        if time + 1e-6 < self._given / RATE:
            return None
        number, self._given = self._given, self._given + 1
        frame = None if self._picture is None else Frame(self._picture, now, number)
        aspect = self._aspect if frame is None else frame.aspect
        return Sighting(now, number, tuple(self._script(time)), aspect, frame=frame)

    def status(self, now: float) -> FeedStatus:
        """Return how it says it is doing."""
        return self._status(now - (now if self._start is None else self._start))


@dataclass(frozen=True, slots=True)
class At:
    """Something that happens at the window, seconds after the play began."""

    time: float
    event: Event


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to be taken, seconds after the play began."""

    time: float
    name: str


@dataclass(slots=True)
class Played:
    """What came of a play."""

    stack: SceneStack
    pictures: dict[str, Picture] = field(default_factory=dict)
    """By name of the shot; (720, 1280, 3), BGR."""
    events: list[BodyEvent] = field(default_factory=list)
    """What the recogniser saw."""
    cues: list[Cue] = field(default_factory=list)
    """What was to be heard."""
    pressed: list[str] = field(default_factory=list)
    """Keys that scenes pressed for the program."""
    way: list[str] = field(default_factory=list)
    """The kinds of scenes that were on top, one after another."""


def play(
    scene: Scene,
    plan: Sequence[At | Shot],
    *,
    feed: ScriptedFeed | None = None,
    players: int = 4,
    hz: int = 60,
    home: Callable[[], Scene] | None = None,
    start: Callable[[], Scene] | None = None,
    asks: bool = False,
    memory: Memory | None = None,
    preferences: Preferences | None = None,
) -> Played:
    """Play `scene` by `plan`, to its end or until no scene is left. Only feed and clock are not the real ones.

    `home` makes the menu, and `start` the very first scene, for scenes that lead there. With `asks` only those
    join who raise a hand. `memory` is what is remembered (open; nothing, if None), and `preferences` what was set
    in it.
    """
    played = Played(SceneStack(scene, home=home, start=start))
    feed = feed or ScriptedFeed.of()
    waiting = sorted(plan, key=lambda item: item.time)
    people = People(players, asks=asks)
    with open_window(Settings(headless=True)) as window, feed, Memory() as nothing:
        memory = memory or nothing
        if preferences:
            memory.keep("preferences", preferences.as_data())
        backstage = Backstage(window.canvas, Speaker(wanted=False), memory)
        for step in steps(FakeClock(), hz=hz):
            newest = feed.poll(step.now)
            happened = people.see(newest, step.now)
            played.events += happened
            backstage.see(people, newest, happened)
            services = backstage.services()
            services["cue"], services["press"] = played.cues.append, played.pressed.append
            world = people.world(step.now, feed.status(step.now), **services)
            due = [item for item in waiting if item.time <= step.now + 1e-6]
            waiting = waiting[len(due) :]
            played.stack.handle([*(item.event for item in due if isinstance(item, At)), *happened], world)
            played.stack.update(world, step.dt)
            if played.stack.top and [type(played.stack.top).__name__] != played.way[-1:]:
                played.way.append(type(played.stack.top).__name__)
            for item in due:
                if isinstance(item, Shot):
                    played.stack.draw(window.canvas, world)
                    played.pictures[item.name] = window.pixels()[..., :3].copy()
            if played.stack.empty or not waiting:
                break
    return played


def assert_picture(picture: Picture, golden: Path) -> None:
    """Compare `picture` (H, W, 3) BGR with the one kept at `golden`.

    Where they differ, computed and expected are written side by side to the folder `failed` beside the golden
    ones, and AssertionError says by how much. With POSEGAMES_UPDATE_GOLDEN=1 the golden one is written anew and
    the test skipped: nothing passes that was not compared.
    """
    shown = _shrunk(picture)
    if os.environ.get(UPDATE_VARIABLE) == "1":
        import pytest

        golden.parent.mkdir(parents=True, exist_ok=True)
        pygame.image.save(shown, golden)
        pytest.skip(f"{golden.name} is written anew: look at it, then run again without {UPDATE_VARIABLE}.")
    if not golden.is_file():
        raise AssertionError(f"There is no golden picture {golden}. Run with {UPDATE_VARIABLE}=1, and look at it.")
    expected = pygame.image.load(golden)
    if expected.get_size() != shown.get_size():
        raise AssertionError(f"{golden.name} is {expected.get_size()}, the picture {shown.get_size()}.")
    apart = np.abs(_colours(shown).astype(np.int16) - _colours(expected))
    drift, many = float(apart.mean()), float((apart.max(axis=2) > FAR_OFF).mean())
    if drift > DRIFT or many > MANY:
        place = golden.parent.parent / "failed" / golden.name
        _beside(shown, expected, place)
        raise AssertionError(
            f"{golden.name}: {many:.2%} of the pixels are far off ({MANY:.2%} may be), on average {drift:.2f} "
            f"({DRIFT:.2f} may be). Computed and expected: {place}"
        )


def _shrunk(picture: Picture) -> pygame.Surface:
    height, width = picture.shape[:2]
    whole = pygame.image.frombuffer(np.ascontiguousarray(picture[..., ::-1]).tobytes(), (width, height), "RGB")
    return pygame.transform.smoothscale(whole, (width // GOLDEN_SCALE, height // GOLDEN_SCALE))


def _colours(surface: pygame.Surface) -> NDArray[np.uint8]:
    width, height = surface.get_size()
    return np.frombuffer(pygame.image.tobytes(surface, "RGB"), dtype=np.uint8).reshape(height, width, 3)


def _beside(computed: pygame.Surface, expected: pygame.Surface, place: Path) -> None:
    width, height = computed.get_size()
    both = pygame.Surface((2 * width, height))
    both.blit(computed, (0, 0))
    both.blit(expected, (width, 0))
    place.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(both, place)
