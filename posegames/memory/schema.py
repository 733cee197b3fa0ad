"""The tables of what is remembered, as the steps that lead to them.

    scores       what one player achieved in one game: statistics and progress are made of these
    repetitions  how often somebody made a gesture on a day
    settings     what players have set, as JSON by key ("preferences", ...)
    reaches      how far a player gets: calibrations, as JSON by name
    names        what players called themselves, and when last: for a list to pick from

Names are what players chose. There are no pictures, and nothing of a body but those numbers.
Times are Unix time in seconds, days are days since 1970 (UTC).

A file's `user_version` says how many steps it has taken. A change of tables is one more step at the end; what has
been released is never edited. Plain SQL of SQLite 3.24: some systems have an old one.
"""

from __future__ import annotations

Step = tuple[str, ...]
"""Statements that belong together."""

STEPS: tuple[Step, ...] = (
    (
        """CREATE TABLE scores (
            scene TEXT NOT NULL,
            level TEXT NOT NULL,     -- empty in scenes without levels
            name TEXT NOT NULL,
            points INTEGER NOT NULL CHECK (typeof(points) = 'integer'),
            stars REAL,              -- 0..5, NULL where a game gives none
            seconds REAL NOT NULL CHECK (typeof(seconds) = 'real'),
            at REAL NOT NULL CHECK (typeof(at) = 'real')
        )""",
        "CREATE INDEX scores_by_points ON scores (scene, level, points)",
        "CREATE INDEX scores_by_time ON scores (at)",
        "CREATE INDEX scores_by_name ON scores (name)",
        """CREATE TABLE repetitions (
            name TEXT NOT NULL,
            gesture TEXT NOT NULL,
            day INTEGER NOT NULL CHECK (typeof(day) = 'integer'),
            number INTEGER NOT NULL CHECK (typeof(number) = 'integer'),
            PRIMARY KEY (name, gesture, day)
        )""",
        "CREATE TABLE settings (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE reaches (name TEXT NOT NULL PRIMARY KEY, data TEXT NOT NULL)",
        "CREATE TABLE names (name TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL CHECK (typeof(at) = 'real'))",
    ),
)
"""The first step begins with nothing."""
