"""What the memory asks and tells its tables."""

from __future__ import annotations

from typing import Any

ADD = "INSERT INTO scores (scene, level, name, points, stars, seconds, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
RENAME = """
    UPDATE scores SET name = ? WHERE rowid =
    (SELECT max(rowid) FROM scores WHERE scene = ? AND level = ? AND name = ? AND points = ?)
"""
MEET = "INSERT INTO names (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at"
COUNT = """
    INSERT INTO repetitions (name, gesture, day, number) VALUES (?, ?, ?, ?)
    ON CONFLICT (name, gesture, day) DO UPDATE SET number = number + excluded.number
"""
KEEP = "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)"
REACH = "INSERT OR REPLACE INTO reaches (name, data) VALUES (?, ?)"

BETTER = "SELECT count(*) FROM scores WHERE scene = ? AND level = ? AND points > ?"
PLAYED = """
    SELECT scene, count(*), max(points), avg(points), sum(seconds), min(at), max(at) FROM scores
    WHERE name = ? AND at >= ? GROUP BY scene ORDER BY count(*) DESC, scene
"""
COUNTED = """
    SELECT gesture, sum(number) FROM repetitions
    WHERE name = ? AND day >= ? GROUP BY gesture ORDER BY sum(number) DESC, gesture
"""
NAMES = "SELECT name FROM names WHERE name <> '' ORDER BY at DESC, rowid DESC LIMIT ?"
RECALL = "SELECT value FROM settings WHERE key = ?"
REACHED = "SELECT data FROM reaches WHERE name = ?"


def scores(
    order: str, *, scene: str | None, level: str | None, name: str | None, since: float, most: int = -1
) -> tuple[str, tuple[Any, ...]]:
    """Return the query for scores, and its values; None is any, and -1 is all.

    Only what is asked stands in it: SQLite finds no index for "any".
    """
    asked = {"scene = ?": scene, "level = ?": level, "name = ?": name, "at >= ?": since or None}
    given = {condition: value for condition, value in asked.items() if value is not None}
    where = " AND ".join(given) or "TRUE"
    columns = "scene, level, name, points, stars, seconds, at"
    query = f"SELECT {columns} FROM scores WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 - our own words
    return query, (*given.values(), most)


BY_POINTS, BY_TIME = "points DESC, at, rowid", "at, rowid"
