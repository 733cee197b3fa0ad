"""The memory of a program: open while it runs."""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from posegames.memory import queries
from posegames.memory.file import File, Statement, apply, blank, entries, move_aside, readable
from posegames.memory.records import Played, Score, Summary
from posegames.memory.trouble import NewerError, busy, damaged, told, told_damage

PATIENCE, HASTE = 1.0, 0.004
"""Seconds to wait for other programs that are writing: where nobody plays, and while they do (a quarter frame)."""
RETRY = 30.0
"""Seconds after which a file that could not be written is tried again."""
DAY = 86400.0

_UNKEPT = (sqlite3.Error, OverflowError, ValueError)
"""What tables say to what they cannot hold: no number, no text."""


class Memory:
    """Keeps scores and settings. Nothing it is asked ever fails a game: what went wrong stands in `notice`.

    All that was kept is in the computer's memory, too, and read there: the file is only written, and whatever
    becomes of it, scores and settings are there to the end of the run. What could not be written (another program
    does just now; the disk is full) waits for the next time, and for the end.
    """

    def __init__(self, path: Path | None = None, *, clock: Callable[[], float] = lambda: 0.0) -> None:
        """Open the file at `path`, or create it; with None nothing is kept beyond the run.

        `clock` tells Unix time.
        """
        self._path, self._clock = path, clock
        self._file: File | None = None
        self._waiting: list[Statement] = []
        """To be written to the file."""
        self._known = blank()
        weakref.finalize(self, self._known.close)
        self._retry = 0.0
        """When to try again, where writing failed."""
        self._loaded = False
        """Whether all that is in the file is known."""
        self._trouble = self._damage = ""
        if path is not None:
            self._save(PATIENCE)
            if self._file is None:
                # It cannot be written, but perhaps read.
                self._take(readable(path))

    def __enter__(self) -> Self:
        """Return it: it is open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what still waits and close the file; everything is kept by then, or `notice` says why not."""
        if self._path is None:
            return
        if self._waiting:
            self._save(PATIENCE)
        self._drop()
        self._path = None

    @property
    def notice(self) -> str:
        """What happened to the file, what will not be remembered and why, in sentences; empty if all is well."""
        return self._trouble or self._damage

    def add(self, score: Score) -> int:
        """Keep a score; return its rank, from 1, among those of its scene and level."""
        at = float(score.when or self._clock())
        stars = None if score.stars is None else float(score.stars)
        row = (score.scene, score.level, score.name, int(score.points), stars, float(score.seconds), at)
        self._write((queries.ADD, row), (queries.MEET, (score.name, at)))
        rows = self._ask(queries.BETTER, (score.scene, score.level, int(score.points)))
        return 1 + sum(int(count) for (count,) in rows)

    def rename(self, score: Score, name: str) -> None:
        """Keep the latest score like this one under another name: its player has said how they are called."""
        key = (score.scene, score.level, score.name, int(score.points))
        self._write((queries.RENAME, (name, *key)), (queries.MEET, (name, float(self._clock()))))

    def best(
        self,
        scene: str | None = None,
        level: str | None = None,
        *,
        name: str | None = None,
        since: float = 0.0,
        most: int = 10,
    ) -> list[Score]:
        """Return the best scores since a time (Unix), the best first; of every scene, level, name where None."""
        query = queries.scores(queries.BY_POINTS, scene=scene, level=level, name=name, since=since, most=most)
        return [_score(row) for row in self._ask(*query)]

    def history(
        self, scene: str | None = None, level: str | None = None, *, name: str | None = None, since: float = 0.0
    ) -> list[Score]:
        """Return all scores since a time (Unix), the oldest first: the progress of those who play."""
        query = queries.scores(queries.BY_TIME, scene=scene, level=level, name=name, since=since)
        return [_score(row) for row in self._ask(*query)]

    def count(self, name: str, gesture: str, number: int = 1) -> None:
        """Count `number` repetitions of a gesture for somebody, today."""
        at = self._clock()
        self._write(
            (queries.COUNT, (name, gesture, int(at // DAY), int(number))), (queries.MEET, (name, float(at)))
        )

    def summary(self, name: str, *, since: float = 0.0) -> Summary:
        """Return how somebody has got on since a time (Unix; repetitions: since its day began, in UTC)."""
        scenes = self._ask(queries.PLAYED, (name, since))
        counted = self._ask(queries.COUNTED, (name, int(since // DAY)))
        played = tuple(
            Played(scene=scene, games=games, best=best, mean=mean, seconds=seconds)
            for scene, games, best, mean, seconds, _first, _last in scenes
        )
        return Summary(
            name=name,
            games=sum(row.games for row in played),
            seconds=sum(row.seconds for row in played),
            first=min((row[5] for row in scenes), default=0.0),
            last=max((row[6] for row in scenes), default=0.0),
            scenes=played,
            repetitions=MappingProxyType(dict(counted)),
        )

    def greet(self, name: str) -> None:
        """Take note that somebody of this name is here."""
        self._write((queries.MEET, (name, float(self._clock()))))

    def names(self, most: int = 10) -> list[str]:
        """Return names of those who were here, the latest first: to pick one's own from."""
        rows = self._ask(queries.NAMES, (most,))
        return [name for (name,) in rows]

    def recall(self, key: str) -> Any:
        """Return what is kept under `key`; None if there is nothing."""
        return _value(self._ask(queries.RECALL, (key,)))

    def keep(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold under `key`. Raises TypeError for any other."""
        self._write((queries.KEEP, (key, json.dumps(value))))

    def reach(self, name: str) -> Any:
        """Return the data kept of how far somebody gets, as `Range.from_data` takes it; None if there is none."""
        return _value(self._ask(queries.REACHED, (name,)))

    def keep_reach(self, name: str, data: Any) -> None:
        """Keep how far somebody gets, as `Range.as_data` gives it."""
        self._write((queries.REACH, (name, json.dumps(data))), (queries.MEET, (name, float(self._clock()))))

    def _ask(self, query: str, values: Sequence[Any]) -> list[Any]:
        with suppress(*_UNKEPT):
            return self._known.execute(query, values).fetchall()
        return []

    def _write(self, *statements: Statement) -> None:
        try:
            apply(self._known, statements)
        except _UNKEPT as error:
            self._trouble = told(error, self._path)
            return
        if self._path is not None:
            self._waiting += statements
            self._save(HASTE)

    def _save(self, patience: float) -> None:
        """Write what waits to the file, which is opened if need be. Raises nothing."""
        if self._retry and patience == HASTE and self._clock() < self._retry:
            return
        try:
            try:
                self._store(patience)
            except sqlite3.Error as error:
                if not damaged(error):
                    raise
                self._begin_anew()
                self._store(patience)
        except (sqlite3.Error, OSError) as error:
            self._fail(error, patience)

    def _store(self, patience: float) -> None:
        assert self._path is not None
        if self._file is not None and self._file.gone:
            self._drop()
        opened = self._file
        self._file = opened or File(self._path, patience=patience)
        self._file.wait(patience)
        if self._file.write(self._waiting) or opened is None:
            self._file.copy_to(self._known)
        self._waiting.clear()
        self._loaded, self._retry, self._trouble = True, 0.0, ""

    def _begin_anew(self) -> None:
        """Move the damaged file aside; all that is known of it waits to be written to a new one."""
        assert self._path is not None
        self._drop()
        kept = move_aside(self._path)
        if not self._loaded:
            self._take(readable(kept))
        self._waiting = entries(self._known)
        self._damage = told_damage(kept, len(self._waiting))

    def _fail(self, error: sqlite3.Error | OSError, patience: float) -> None:
        if busy(error) and self._file is not None and patience == HASTE:
            return  # the other will be ready by the next time
        self._drop()
        self._trouble, self._retry = told(error, self._path), self._clock() + RETRY
        if isinstance(error, NewerError):
            self._path = None

    def _drop(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None

    def _take(self, statements: Sequence[Statement]) -> None:
        """Add what was read of a file, as far as it makes sense."""
        for statement in statements:
            with suppress(*_UNKEPT):
                apply(self._known, [statement])


def _score(row: Sequence[Any]) -> Score:
    scene, level, name, points, stars, seconds, at = row
    return Score(scene=scene, level=level, name=name, points=points, stars=stars, seconds=seconds, when=at)


def _value(rows: Sequence[Any]) -> Any:
    """Return the JSON value of the only row there may be; None for what is none any more."""
    with suppress(ValueError):
        return json.loads(rows[0][0]) if rows else None
    return None
