"""The screens whose cost is measured, as a table: a new one adds a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from posegames.engine.canvas import Canvas
from posegames.engine.scene import Move, Scene, Setup, World
from posegames.events import Event
from posegames.scenes import SCENES
from posegames.seeing.status import Phase


class Bare:
    """The empty stage: what the way to the screen costs by itself."""

    def handle(self, event: Event, world: World) -> Move | None:  # noqa: ARG002 - nothing happens here
        """Ignore it."""
        return None

    def update(self, world: World, dt: float) -> Move | None:  # noqa: ARG002 - as above
        """Stay."""
        return None

    def draw(self, canvas: Canvas, world: World) -> None:  # noqa: ARG002 - as above
        """Show the stage."""
        canvas.backdrop()


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen, and how it comes about."""

    make: Callable[[Setup, World], Scene]
    """Make it, as it is when four players stand before it."""
    phase: Phase = "seeing"
    """How the eyes say they are doing: some screens are there only before they see."""
    hud: str = "off"


def _title(_setup: Setup, _world: World) -> Scene:
    from posegames.scenes.title import Title

    return Title(Bare)


def _lobby(_setup: Setup, _world: World) -> Scene:
    from posegames.scenes.lobby import Lobby

    return Lobby(Bare)


def _menu(setup: Setup, _world: World) -> Scene:
    from posegames.scenes.menu.scene import Menu

    return Menu(SCENES, setup)


def _options(_setup: Setup, _world: World) -> Scene:
    from posegames.scenes.options.scene import Options

    return Options()


def _levels(setup: Setup, _world: World) -> Scene:
    from posegames.scenes.levels import Levels

    return Levels(SCENES["match"], setup)


def _tutorial(setup: Setup, _world: World) -> Scene:
    from posegames.scenes.tutorial import Tutorial

    return Tutorial(SCENES["match"], SCENES["match"].make(setup))


def _scene(name: str) -> Callable[[Setup, World], Scene]:
    return lambda setup, _world: SCENES[name].make(setup)


def _pause(setup: Setup, world: World) -> Scene:
    from posegames.scenes.pause import Pause

    game = SCENES["match"].make(setup)
    return Pause(game.draw, lambda: game, world)


def _results(_setup: Setup, world: World) -> Scene:
    from posegames.scenes.ending.sheet import Row
    from posegames.scenes.results import Results

    rows = [
        Row(player.number, 9000 - 700 * player.number, stars=4.5 - 0.5 * player.number, lines=("best: left arm",))
        for player in world.players
    ]
    return Results(rows, title="Gentle", again=Bare)


def _naming(_setup: Setup, world: World) -> Scene:
    from posegames.scenes.naming import Naming

    return Naming(world.players[0].number if world.players else 1, lambda _name: Bare())


SCREENS: Mapping[str, Screen] = MappingProxyType(
    {
        "empty stage": Screen(lambda _setup, _world: Bare()),
        "title": Screen(_title, phase="loading"),
        "lobby": Screen(_lobby),
        "menu": Screen(_menu),
        "options": Screen(_options),
        "levels": Screen(_levels),
        "tutorial": Screen(_tutorial),
        "mirror": Screen(_scene("mirror")),
        "mirror, full HUD": Screen(_scene("mirror"), hud="full"),
        "match": Screen(_scene("match")),
        "tag": Screen(_scene("tag")),
        "pause": Screen(_pause),
        "results": Screen(_results),
        "naming": Screen(_naming),
    }
)
"""By name; the first is what the others are compared with."""
