"""Where a game's points stand among all that are remembered, and under which names they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from posegames.engine.scene import World
from posegames.engine.theme import find_theme, spoken_name
from posegames.memory.records import Score

TOP = 10
"""Ranks that are worth a word, and a name."""


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
    """Keeps the points of a game; those of the best get their player's name if one is given."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self.ranks: dict[int, int] = {}
        """By player, from 1; only the first ten."""
        self._nameless: dict[int, Score] = {}
        """What is kept under an animal's name, by player."""
        self._given: dict[int, str] = {}

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
            world.memory.add(score)
            if rank <= TOP:
                self.ranks[number] = rank
                if not named(number, world):
                    self._nameless[number] = score

    def nameless(self, world: World) -> int | None:
        """Return the best player among the first ten who is still here and has no name; None if there is none."""
        here = {player.number for player in world.players}
        numbers = sorted(self.ranks, key=lambda number: self.ranks[number])
        return next((number for number in numbers if number in here and number in self._nameless), None)

    def call(self, number: int, name: str) -> None:
        """Let a player's points have this name from the next update on, whether they are still here or not."""
        self._given[number] = name

    def update(self, world: World) -> None:
        """Let points have the names that have been given since."""
        for number in [*self._nameless]:
            name = self._given.get(number) or (world.theme.look(number).name if named(number, world) else "")
            if name and world.memory is not None:
                world.memory.rename(self._nameless.pop(number), name)
