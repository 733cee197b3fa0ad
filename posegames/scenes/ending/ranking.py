"""Where a game's points stand among all that are remembered, and under which names they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from posegames.engine.scene import World
from posegames.engine.theme import find_theme, spoken_name
from posegames.memory.records import Score

TOP = 10
"""Ranks that are worth a word, and a name."""
HELD = 15.0
"""Seconds a score waits for a name to be given to it, before it is kept under the name there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """What was played."""

    scene: str
    level: str = ""
    seconds: float = 0.0
    """How long it took."""


def named(number: int, world: World) -> bool:
    """Whether the player in slot `number` has a name of their own."""
    return world.theme.look(number).name != spoken_name(_animal(number, world))


def _animal(number: int, world: World) -> str:
    """Return what the player in slot `number` is called without a name of their own, as scores keep it."""
    return find_theme(world.preferences.theme).look(number).name


class Ranking:
    """Keeps the points of a game; those of the best wait a little, for a name."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self.ranks: dict[int, int] = {}
        """By player, from 1; only the first ten."""
        self._held: dict[int, Score] = {}
        self._age = 0.0

    def enter(self, points: Iterable[tuple[int, int, float | None]], world: World) -> None:
        """Take the player, points and stars of everybody real."""
        if world.memory is None:
            return
        game = self._game
        best = [score.points for score in world.memory.best(game.scene, game.level, most=TOP)]
        for number, count, stars in sorted(points, key=lambda entry: -entry[1]):
            if count <= 0:
                continue
            rank = 1 + sum(other > count for other in best)
            best.append(count)
            name = world.theme.look(number).name if named(number, world) else _animal(number, world)
            score = Score(
                scene=game.scene, level=game.level, name=name, points=count, stars=stars, seconds=game.seconds
            )
            if rank <= TOP:
                self.ranks[number] = rank
            if rank <= TOP and not named(number, world):
                self._held[number] = score
            else:
                world.memory.add(score)

    def nameless(self, world: World) -> int | None:
        """Return the best player among the first ten who is still here and has no name; None if there is none."""
        here = {player.number for player in world.players}
        numbers = sorted(self.ranks, key=lambda number: self.ranks[number])
        return next((number for number in numbers if number in here and not named(number, world)), None)

    def update(self, world: World, dt: float) -> None:
        """Go on by `dt` seconds; keep what has a name by now, or has waited long enough."""
        self._age += dt
        for number in [*self._held]:
            if self._age >= HELD or named(number, world):
                self._keep(number, world)

    def close(self, world: World) -> None:
        """Keep what still waits."""
        for number in [*self._held]:
            self._keep(number, world)

    def _keep(self, number: int, world: World) -> None:
        score = self._held.pop(number)
        if world.memory is not None:
            name = world.theme.look(number).name if named(number, world) else score.name
            world.memory.add(replace(score, name=name))
