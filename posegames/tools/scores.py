"""Scores for other programs: as records for JSON, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from posegames.memory.records import Score, Summary

FIELDS = ("when", "scene", "level", "name", "points", "stars", "seconds")
"""The columns of a CSV file, and the keys of a record."""

Date = Callable[[float], str]
"""Makes a date as ISO 8601 has it, with the offset from UTC, of Unix time."""


def record(score: Score, date: Date) -> dict[str, Any]:
    """Return a score as JSON has it."""
    found = asdict(score) | {"when": date(score.when), "seconds": round(score.seconds, 2)}
    return {field: found[field] for field in FIELDS}


def record_of(summary: Summary, date: Date) -> dict[str, Any]:
    """Return how somebody has got on, as JSON has it; no dates where there was no game."""
    first, last = (date(time) if summary.games else None for time in (summary.first, summary.last))
    return {
        "name": summary.name,
        "games": summary.games,
        "seconds": summary.seconds,
        "first": first,
        "last": last,
        "scenes": [asdict(played) for played in summary.scenes],
        "repetitions": dict(summary.repetitions),
    }


def as_csv(scores: Iterable[Score], date: Date) -> str:
    """Return scores as CSV, a row each, with a line of headings; what a game does not give is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(record(score, date) for score in scores)
    return text.getvalue()
