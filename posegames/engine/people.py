"""Who is there, what they do and where they point: the way from a sighting to what scenes are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypedDict, Unpack

from posegames.body.pose import Pose
from posegames.body.smooth import find_smoothing
from posegames.engine.scene import Cue, Moment, World
from posegames.engine.theme import Theme
from posegames.events import BodyEvent
from posegames.gestures.pointing.cursors import find_cursor
from posegames.gestures.pointing.pointer import pointer_for
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.rows import Row
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.profiles import PROFILES, Tuning
from posegames.gestures.tuning.reach import Range
from posegames.memory.memory import Memory
from posegames.players.player import Player
from posegames.players.roster import Roster
from posegames.preferences import Preferences
from posegames.seeing.sighting import Sighting
from posegames.seeing.status import FeedStatus

USUAL = Tuning()


class Services(TypedDict, total=False):
    """What the program does for scenes: see `World`."""

    cue: Callable[[Cue], None]
    music: Callable[[str], None]
    muted: bool
    press: Callable[[str], None]
    theme: Theme
    preferences: Preferences
    prefer: Callable[[Preferences], None]
    memory: Memory
    rename: Callable[[int, str], None]
    lately: Callable[[], tuple[Moment, ...]]


class People:
    """Everybody before the camera, as of the newest sighting."""

    def __init__(
        self,
        most: int = 4,
        *,
        smoothing: str = "balanced",
        table: tuple[Row, ...] = GESTURES,
        tuning: Tuning = USUAL,
        asks: bool = False,
    ) -> None:
        """`most` play at once; `smoothing` is a name of `posegames.body.smooth.PRESETS`.

        `asks` lets only those play who have held a hand above the head: for whoever only walks by.

        Raises UsageError for another name.
        """
        self._roster = Roster(most, smoothing=find_smoothing(smoothing), asks=asks)
        self._recogniser = Recogniser(table, tuning)
        self._asked = self._tuning = tuning
        """As it was asked for, and as players have set it since."""
        self._hands = pointer_for(tuning.profile)
        self._sighting: Sighting | None = None
        self.players: tuple[Player, ...] = ()
        """As of the last `see`."""

    @property
    def spectators(self) -> tuple[Pose, ...]:
        """Bodies that have no slot."""
        return self._roster.spectators

    def see(self, newest: Sighting | None, now: float) -> list[BodyEvent]:
        """Take the newest sighting, if there is a new one; return what happened."""
        self._sighting = newest or self._sighting
        self.players = self._roster.update(newest, now)
        return self._recogniser.update(self.players, now)

    def reach(self, number: int) -> Range:
        """Return how far a player is known to get."""
        return self._recogniser.tuning(number).range

    def know(self, number: int, reach: Range) -> None:
        """Ask no more of a player than `reach` says, as long as they are here."""
        self._recogniser.tune(number, replace(self._recogniser.tuning(number), range=reach))

    def tune(self, preferences: Preferences) -> None:
        """Know everybody by the profile and sensitivity set in `preferences`; where none is, as asked for."""
        asked = self._asked
        tuning = replace(
            asked,
            profile=PROFILES.get(preferences.profile, asked.profile),
            sensitivity=preferences.sensitivity or asked.sensitivity,
        )
        if tuning == self._tuning:
            return
        if tuning.profile != self._tuning.profile:
            self._hands = pointer_for(tuning.profile)
        self._tuning = tuning
        self._recogniser.tune_all(tuning)

    def world(self, now: float, status: FeedStatus, **services: Unpack[Services]) -> World:
        """Return what scenes are told, once in a step after `see`; what players have set there counts at once."""
        if preferences := services.get("preferences"):
            self.tune(preferences)
        smoothing = self._roster.smoothing.name
        return World(
            now=now,
            players=self.players,
            spectators=self.spectators,
            pointer=self._hands.update(self.players, now, cursor=find_cursor(smoothing)),
            sighting=self._sighting,
            status=status,
            smoothing=smoothing,
            smooth=lambda name: self._roster.smooth(find_smoothing(name)),
            calibrate=self._recogniser.calibrate,
            **services,
        )
