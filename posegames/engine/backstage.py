"""Behind the scenes: what the program does for them, beside telling who is there and what they do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace

from posegames.engine.canvas import Canvas
from posegames.engine.people import People, Services
from posegames.engine.regulars import Regulars
from posegames.engine.scene import Moment
from posegames.engine.sound import Speaker
from posegames.engine.theme import Theme, find_theme
from posegames.events import BodyEvent
from posegames.language import LANGUAGES, speak
from posegames.memory.memory import Memory
from posegames.preferences import Preferences
from posegames.seeing.sighting import Sighting

KEPT = 10.0
"""Seconds of everybody's motion that are kept, for a picture or a film of the last moments."""


class Backstage:
    """Looks, loudness and language as they are set; names of players; the last moments; what is remembered."""

    def __init__(
        self, canvas: Canvas, sound: Speaker, memory: Memory, *, asked: str = "", system: str = "en"
    ) -> None:
        """Take what was set in earlier runs from `memory`.

        `asked` is the language spoken until players set another, `system` the one spoken where none is set.
        """
        self._canvas, self._sound, self.memory = canvas, sound, memory
        self._asked, self._system = asked, system
        self._names: dict[int, str] = {}
        """By person, not by slot: somebody else in the slot has no such name."""
        self._here: tuple[tuple[int, int], ...] = ()
        """Slot and person of each player."""
        self._regulars = Regulars(memory)
        self._moments: deque[Moment] = deque()
        self.preferences = Preferences.of(memory.recall("preferences") or {})
        self._apply()

    def see(self, people: People, newest: Sighting | None, moves: Iterable[BodyEvent]) -> None:
        """Take note of who is here and what they did, after `people` have seen the `newest` sighting, if any."""
        players = people.players
        self._sound.update()
        here = tuple((player.number, player.person) for player in players)
        if here != self._here:
            self._here = here
            self._dress()
        self._regulars.update(people, self._named, moves)
        if newest is not None:
            self._moments.append(Moment(newest.time, players))
            while self._moments[0].time < newest.time - KEPT:
                self._moments.popleft()

    def prefer(self, preferences: Preferences) -> None:
        """Have it so from now on, and in later runs."""
        if preferences != self.preferences:
            if preferences.language != self.preferences.language:
                self._asked = ""
            self.preferences = preferences
            self.memory.keep("preferences", preferences.as_data())
            self._apply()

    def rename(self, number: int, name: str) -> None:
        """Call the player in slot `number` otherwise, as long as they are here."""
        self._names |= {person: name for slot, person in self._here if slot == number}
        self._dress()

    @property
    def _named(self) -> Mapping[int, str]:
        """Names by slot, of those who have given themselves one."""
        return {slot: self._names[person] for slot, person in self._here if person in self._names}

    @property
    def theme(self) -> Theme:
        """How everything looks."""
        return self._canvas.theme

    def services(self) -> Services:
        """Return what scenes may use of it."""
        return Services(
            cue=self._sound.play,
            music=self._sound.accompany,
            muted=self._sound.muted,
            theme=self._canvas.theme,
            preferences=self.preferences,
            prefer=self.prefer,
            memory=self.memory,
            rename=self.rename,
            lately=lambda: tuple(self._moments),
        )

    def _apply(self) -> None:
        wanted = self.preferences
        spoken = (name for name in (self._asked, wanted.language, self._system) if name in LANGUAGES)
        speak(next(spoken, "en"))
        self._sound.effects, self._sound.music = wanted.effects, wanted.music
        self._dress(anew=True)

    def _dress(self, *, anew: bool = False) -> None:
        """Give everything its looks, and everybody their name; `anew` has all pictures made again."""
        wanted = self.preferences
        looks = replace(
            find_theme(wanted.theme), still=wanted.still, figure=wanted.figure, background=wanted.background
        )
        theme = looks.named(self._named)
        if anew or theme != self._canvas.theme:
            self._canvas.wear(theme)
