"""Those who come again, known by the name they gave themselves: how far they get, and what they have done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from posegames.engine.people import People
from posegames.events import BodyEvent, Gesture
from posegames.gestures.tuning.reach import USUAL, Range, ReachError
from posegames.memory.memory import Memory


class Regulars:
    """Who is here and has a name: what is remembered of them counts again, what is new is remembered."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._known: dict[int, tuple[str, Range]] = {}
        """By slot: their name, and how far they were last known to get."""

    def update(self, people: People, names: Mapping[int, str], moves: Iterable[BodyEvent]) -> None:
        """Take note of `moves` of those who have `names`, by slot; once a step."""
        self._known = {number: known for number, known in self._known.items() if number in names}
        for number, name in names.items():
            known, reach = self._known.get(number), people.reach(number)
            if known is None or known[0] != name:
                self._welcome(people, number, name)
            elif known[1] != reach:
                self._memory.keep_reach(name, reach.as_data())
                self._known[number] = name, reach
        for move in moves:
            match move:
                case Gesture(player=number, gesture=gesture, phase="pulse") if number in names:
                    self._memory.count(names[number], gesture)

    def _welcome(self, people: People, number: int, name: str) -> None:
        """Let count what is remembered of a name, or remember what was measured before it was given."""
        reach = people.reach(number)
        if reach != USUAL:
            self._memory.keep_reach(name, reach.as_data())
        else:
            reach = self._remembered(name)
            people.know(number, reach)
        self._known[number] = name, reach

    def _remembered(self, name: str) -> Range:
        data = self._memory.reach(name)
        try:
            return USUAL if data is None else Range.from_data(data)
        except ReachError:  # another version's
            return USUAL
