"""The file of repetitions: what a coach saw in a recording, a row each."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from posegames.errors import UsageError
from posegames.events import Repetition
from posegames.gestures.coach.coach import Coach
from posegames.gestures.recogniser import USUAL, Recogniser
from posegames.gestures.tuning.profiles import Tuning
from posegames.tools.formats import Origin, TextSink
from posegames.tools.looks import Look

COLUMNS = ("t", "player", "exercise", "side", "number", "counts", "depth", "symmetry", "seconds", "faults")


class RepsSink(TextSink):
    """One row a repetition, counted or not, when it is over.

    `t` counts seconds from the first picture, `number` those that counted so far, `counts` is 1 or 0, `depth`
    is 1 for the whole way, `symmetry` 0 to 1, `faults` are words with `; ` between them. Raises UsageError for
    pictures that do not belong together.
    """

    def __init__(self, path: Path, origin: Origin, tuning: Tuning = USUAL) -> None:
        if origin.named:
            what = f"{origin.source} is a folder of pictures."
            raise UsageError(what, "Repetitions take time, and pictures have none.", "Give a video or a tape.")
        super().__init__(path, origin)
        self._tuning = tuning
        self._counted = Counter[tuple[int, str, str]]()

    def _begin(self) -> None:
        self._recogniser, self._coach = Recogniser(tuning=self._tuning), Coach()
        self._start: float | None = None
        self._now = 0.0
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def put(self, look: Look) -> None:
        """Write what was over by this frame."""
        self._now = look.sighting.time
        self._start = self._now if self._start is None else self._start
        happened = self._recogniser.update(look.players, self._now)
        self._write(self._coach.update(self._recogniser.newest, happened))

    def _finish(self) -> None:
        self._write(self._coach.end(self._now))

    def _write(self, repetitions: Iterable[Repetition]) -> None:
        for rep in repetitions:
            self._counted[rep.player, rep.exercise, rep.side] += rep.counts
            self._rows.writerow(
                [
                    f"{rep.t - (self._start or 0.0):.3f}",
                    rep.player,
                    rep.exercise,
                    rep.side,
                    rep.number,
                    int(rep.counts),
                    f"{rep.depth:.2f}",
                    f"{rep.symmetry:.2f}",
                    f"{rep.seconds:.2f}",
                    "; ".join(rep.faults),
                ]
            )

    @property
    def summary(self) -> str:
        """What counted, in words.

        'Player 1: squat 5. Player 2: knee up 3 (left 1, right 2).'
        """
        counted = {key: count for key, count in self._counted.items() if count}
        if not counted:
            return "No repetitions."
        lines = []
        for player in sorted({number for number, _, _ in counted}):
            names = dict.fromkeys(name for number, name, _ in counted if number == player)
            said = ", ".join(self._told(player, name) for name in names)
            lines.append(f"Player {player}: {said}.")
        return " ".join(lines)

    def _told(self, player: int, name: str) -> str:
        sides = {side: self._counted[player, name, side] for side in ("left", "right")}
        whole = f"{name.replace('_', ' ')} {self._counted[player, name, ''] + sum(sides.values())}"
        return whole + (f" (left {sides['left']}, right {sides['right']})" if any(sides.values()) else "")
