"""What a scene is: it is told, it draws, and it returns its next move; it never reaches for the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from posegames.engine.theme import THEATRE, Theme
from posegames.preferences import Preferences
from posegames.seeing.status import FeedStatus

if TYPE_CHECKING:
    from posegames.body.pose import Pose
    from posegames.engine.canvas import Canvas
    from posegames.engine.levels.level import Level
    from posegames.engine.levels.shelf import Shelf
    from posegames.events import Event
    from posegames.gestures.pointing.pointer import Pointing
    from posegames.gestures.tuning.calibration import Calibration
    from posegames.memory.memory import Memory
    from posegames.players.player import Player
    from posegames.seeing.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Cue:
    """A sound a scene asks for: a row of the sound table, in the voice of a player (0: nobody's)."""

    sound: str
    player: int = 0
    step: int = 0
    """How many steps of the scale higher: a dwell that fills, a combo that grows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where everybody was in one sighting. No picture."""

    time: float
    players: tuple[Player, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a scene is made from."""

    level: Level | None = None
    """What to play, in scenes that take levels; None is the scene's first."""
    shelf: Shelf | None = None
    """The levels there are: for what comes next. None: only those that ship with posegames."""
    seed: int = 0
    """Of everything drawn by lot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that a scene may see."""

    now: float
    """Seconds of the run's clock."""
    players: tuple[Player, ...] = ()
    spectators: tuple[Pose, ...] = ()
    """Bodies that are seen and have no slot: they steer nothing."""
    pointer: Pointing | None = None
    """The hand that points at the screen, if one does."""
    sighting: Sighting | None = None
    """The newest one: for its picture, for spectators."""
    status: FeedStatus = field(default_factory=FeedStatus)
    cue: Callable[[Cue], None] = field(default=lambda _cue: None)
    """Ask for a sound."""
    music: Callable[[str], None] = field(default=lambda _name: None)
    """Ask for a piece of music, a row of the table of pieces, as often as you like; "" is silence."""
    muted: bool = False
    """Whether the player wants no sound."""
    press: Callable[[str], None] = field(default=lambda _key: None)
    """Press a key that means the same in every scene: 'm' (sound), 'f11' (fill the screen)."""
    smoothing: str = "balanced"
    """How players' bodies are smoothed: a name of `posegames.body.smooth.PRESETS`."""
    smooth: Callable[[str], None] = field(default=lambda _name: None)
    """Ask for another smoothing, by its name: from the next step on, for the rest of the run."""
    calibrate: Callable[[int], Calibration | None] = field(default=lambda _number: None)
    """Begin to measure how far a player gets, by number; None if they are not here."""
    theme: Theme = THEATRE
    """How everything looks, and what everybody is called; `draw` has it on the canvas."""
    preferences: Preferences = field(default_factory=Preferences)
    prefer: Callable[[Preferences], None] = field(default=lambda _preferences: None)
    """Have it otherwise, from the next step on and in later runs."""
    memory: Memory | None = None
    """What is remembered from run to run; None where nothing is."""
    rename: Callable[[int, str], None] = field(default=lambda _number, _name: None)
    """Call the player in that slot otherwise, as long as they are here."""
    lately: Callable[[], tuple[Moment, ...]] = field(default=lambda: ())
    """Everybody's motion in the last ten seconds, the oldest first."""

    @property
    def aspect(self) -> float:
        """Width over height of what is seen."""
        return self.sighting.aspect if self.sighting else 16 / 9


class Scene(Protocol):
    """One screen of the program.

    The engine calls, in this order and for every fixed step: `handle` for each event, then `update`; and once
    a frame `draw`. `draw` changes nothing, `update` draws nothing. A covered scene gets none of these.
    """

    def handle(self, event: Event, world: World) -> Move | None:
        """Take one event; return where to go next, or None to stay."""

    def update(self, world: World, dt: float) -> Move | None:
        """Go on by `dt` seconds; return where to go next, or None to stay."""

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show what is."""


@dataclass(frozen=True, slots=True)
class Push:
    """Put a scene on top; this one waits below."""

    scene: Scene


@dataclass(frozen=True, slots=True)
class Pop:
    """Leave; the scene below goes on. Leaving the last one quits."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Leave, and put another scene in this one's place."""

    scene: Scene
    depth: int = 1
    """How many scenes it takes the place of: 2 is this one and the one it covers."""

    def __post_init__(self) -> None:
        if self.depth < 1:
            raise ValueError(f"A scene takes the place of one or more, not of {self.depth}.")


@dataclass(frozen=True, slots=True)
class Home:
    """Leave everything, and begin again at the menu; where nobody is left to choose, from the very beginning."""

    deserted: bool = False
    """Nobody is there any more. Without a beginning to go back to, everything stays as it is."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the program."""


Move = Push | Pop | Replace | Home | Quit
