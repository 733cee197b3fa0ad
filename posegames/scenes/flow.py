"""The way through the program: title, lobby, menu, lessons; and back, once nobody is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from posegames.engine.scene import Move, Push, Scene, Setup, World
from posegames.errors import PosegamesError
from posegames.events import Event, KeyPressed, PointerMoved, PointerPressed
from posegames.scenes import SceneEntry
from posegames.scenes.menu.opening import opened

DESERTED = 20.0
"""Seconds nobody is seen, and no key or mouse is touched, after which it all begins anew."""


def anybody(world: World) -> bool:
    """Whether somebody is seen: whoever plays, or might; no poster."""
    return any(not player.hidden for player in world.players) or any(pose.alive for pose in world.spectators)


def wished(event: Event) -> bool:
    """Whether it is any key or a click, for what any of them ends."""
    return isinstance(event, KeyPressed) or (isinstance(event, PointerPressed) and event.button == 1)


class Desertion:
    """Notices that nobody is there any more."""

    def __init__(self) -> None:
        self._since = 0.0

    def handle(self, event: Event) -> None:
        """Take note of whoever is at the keyboard or the mouse."""
        if isinstance(event, KeyPressed | PointerMoved | PointerPressed):
            self._since = 0.0

    def update(self, world: World, dt: float) -> bool:
        """Go on by `dt` seconds; return whether it has been too long."""
        self._since = 0.0 if anybody(world) else self._since + dt
        return self._since >= DESERTED


class Flow:
    """Makes one screen after another from the scenes there are, and what they are made from."""

    def __init__(
        self, entries: Mapping[str, SceneEntry], setup: Setup, *, today: Callable[[], float] = lambda: 0.0
    ) -> None:
        """`today` tells when today began, in Unix time, for the scores of today; 0 is as long ago as can be."""
        self.entries, self.setup, self.today = entries, setup, today
        self._shown: set[str] = set()
        """Scenes that have been shown to those who are here."""

    def title(self) -> Scene:
        """Return the title, which plays by itself until somebody comes."""
        from posegames.scenes.title import Title

        self._shown.clear()
        return Title(self.lobby, attracts=True, today=self.today())

    def lobby(self) -> Scene:
        """Return the lobby, where people join."""
        from posegames.scenes.lobby import Lobby

        return Lobby(self.menu)

    def menu(self) -> Scene:
        """Return the menu."""
        from posegames.scenes.menu.scene import Menu

        return Menu(self.entries, self.setup, self)

    def begin(self, entry: SceneEntry, setup: Setup, world: World) -> Move | PosegamesError:
        """Return the move to a scene, or to its tutorial first; or what keeps the scene from being made."""
        scene = opened(lambda: entry.make(setup))
        if isinstance(scene, PosegamesError):
            return scene
        if entry.lesson is None or entry.name in self._shown or not world.preferences.tutorials:
            return Push(scene)
        from posegames.scenes.tutorial import Tutorial

        self._shown.add(entry.name)
        return Push(Tutorial(entry, scene))
