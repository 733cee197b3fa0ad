"""Every screen there is, with as many words on it as it can have: to be looked at in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from standing import Stand

from posegames.body.pose import Pose
from posegames.engine.levels.level import Broken, Fault
from posegames.engine.scene import Move, Push, Scene, Setup, World
from posegames.events import KeyPressed
from posegames.memory.memory import Memory
from posegames.memory.records import Score
from posegames.preferences import Preferences
from posegames.scenes import SCENES
from posegames.scenes.credits import PAGES as CREDITS
from posegames.scenes.credits import Credits
from posegames.scenes.ending.ranking import Game
from posegames.scenes.ending.sheet import Row
from posegames.scenes.highscores import Highscores
from posegames.scenes.levels import Faults, Levels
from posegames.scenes.lobby import Lobby
from posegames.scenes.match.scene import Match
from posegames.scenes.menu.scene import Menu
from posegames.scenes.mirror import Mirror
from posegames.scenes.naming import Naming
from posegames.scenes.options.rows import PAGES as OPTIONS
from posegames.scenes.options.scene import Options
from posegames.scenes.pause import Pause
from posegames.scenes.photo import Photo
from posegames.scenes.results import Results
from posegames.scenes.tag.scene import Tag
from posegames.scenes.title import Title
from posegames.scenes.tutorial import Tutorial
from posegames.seeing.sighting import Picture
from posegames.seeing.sources.camera import COVERED
from posegames.seeing.status import FeedStatus
from posegames.testing import At, ScriptedFeed, Shot, body, play

TWO = (body(0.6), body(1.2, height=0.6))
NOBODY: Sequence[Pose] = ()
SEEING = FeedStatus()


@dataclass(frozen=True)
class Screen:
    """A scene, and when it is looked at."""

    scene: Callable[[], Scene]
    plan: tuple[At | Shot, ...] = (Shot(0.7, "it"),)
    poses: Sequence[Pose] = TWO
    status: FeedStatus = SEEING

    def shown(self, language: str) -> Mapping[str, Picture]:
        """Return what it looks like in `language`, by the name of the shot."""
        wanted = Preferences(language=language, still=True)
        feed = ScriptedFeed(lambda _time: self.poses, status=lambda _time: self.status)
        with Memory() as memory:
            for i, who in enumerate(("Fox", "Anna", "Owl", "Maximilian")):
                memory.add(Score(scene="match", level="first_steps", name=who, points=9210 - 777 * i, when=60.0))
            return play(self.scene(), self.plan, feed=feed, memory=memory, preferences=wanted, hz=15).pictures


def _keys(*names: str) -> tuple[At | Shot, ...]:
    return tuple(At(0.1 + 0.05 * i, KeyPressed(name)) for i, name in enumerate(names))


def _pages(count: int, key: str = "page down") -> tuple[At | Shot, ...]:
    turns = [At(0.1 + 0.5 * i, KeyPressed(key)) for i in range(1, count)]
    return (*turns, *(Shot(0.5 + 0.5 * i, f"{i + 1}") for i in range(count)))


class Leading(Stand):
    """A scene that leads to another, once the world is there."""

    def __init__(self, make: Callable[[World], Scene]) -> None:
        super().__init__(name="before")
        self._make: Callable[[World], Scene] | None = make

    def update(self, world: World, dt: float) -> Move | None:
        make, self._make = self._make, None
        return Push(make(world)) if make else None


def _results() -> Results:
    rows = (Row(1, 12_345, 4.0), Row(2, 9210, 3.0), Row(3, 8450, bot=True))
    game = Game(scene="match", level="first_steps", seconds=80.0)
    return Results(rows, title="T", again=Stand, onward=Stand, game=game)


def _broken() -> Broken:
    faults = tuple(Fault("", "is wrong.") for _ in range(20))
    return Broken(scene="match", name="mine", path=Path("mine.toml"), faults=faults)


SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        "title": Screen(lambda: Title(Stand, attracts=True), (Shot(1.5, "it"),), poses=NOBODY),
        "loading": Screen(lambda: Title(Stand), poses=NOBODY, status=FeedStatus(phase="loading", progress=0.6)),
        "trouble": Screen(lambda: Title(Stand), poses=NOBODY, status=FeedStatus(phase="trouble", message=COVERED)),
        "lobby": Screen(lambda: Lobby(Stand)),
        "lobby, nobody": Screen(lambda: Lobby(Stand), poses=NOBODY),
        "menu": Screen(lambda: Menu(SCENES, Setup())),
        "menu, nobody": Screen(lambda: Menu(SCENES, Setup()), poses=NOBODY),
        "options": Screen(Options, _pages(len(OPTIONS))),
        "levels of match": Screen(lambda: Levels(SCENES["match"], Setup()), _pages(2)),
        "levels of tag": Screen(lambda: Levels(SCENES["tag"], Setup())),
        "faults": Screen(lambda: Faults(_broken())),
        **{
            f"lesson of {name}": Screen(
                lambda name=name: Tutorial(SCENES[name], Stand()),  # type: ignore[misc]
                (Shot(0.6, "it"),),
            )
            for name in ("match", "tag")
        },
        "match": Screen(lambda: Match(Setup()), (Shot(0.4, "1"), Shot(6.6, "2")), poses=TWO[:1]),
        "tag, nobody": Screen(lambda: Tag(Setup()), poses=NOBODY),
        "tag": Screen(lambda: Tag(Setup()), (Shot(0.7, "1"), Shot(3.6, "2"))),
        "pause": Screen(
            lambda: Leading(lambda world: Pause(Mirror(Setup()).draw, Stand, world, missing=(1, 2))), poses=NOBODY
        ),
        "results": Screen(_results, (Shot(3.0, "it"),)),
        "naming": Screen(lambda: Naming(1, lambda _name: Stand())),
        "high scores": Screen(lambda: Highscores(SCENES, Setup(), today=90.0)),
        "credits": Screen(Credits, _pages(len(CREDITS))),
        "photo": Screen(lambda: Photo(1)),
        "mirror": Screen(lambda: Mirror(Setup())),
        "calibrating": Screen(
            lambda: Mirror(Setup()),
            (At(0.3, KeyPressed("c")), Shot(1.0, "1"), Shot(3.0, "2"), Shot(4.5, "3"), Shot(6.5, "4")),
        ),
        "comparing": Screen(lambda: Mirror(Setup()), (At(0.3, KeyPressed("a")), Shot(2.0, "it")), poses=TWO[:1]),
    }
)
