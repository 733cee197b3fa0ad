"""The figures of an exam as tables of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from posegames.tools.evaluation.comparing import SHORT, tables
from posegames.tools.sheet import Sheet

Figures = Mapping[str, Mapping[str, Any]]

TOTALS = ("people", "missed", "invented", "AP", "AP50", "AP75", "AR", "PCK@0.2", "PCKh@0.5", "MPJPE", "PA-MPJPE")
"""What stands in the first table; MPJPE only where joints in space are known."""
BODIES = ("people", "found", "matched", "missed", "misplaced", "doubled", "invented")
CASES = ("people", "missed", "invented", "AP", "PCK@0.2", "PCKh@0.5", "MPJPE", "PA-MPJPE")
EXPLAINED = """\
AP and AR are COCO's, over object keypoint similarities (OKS) of .50 to .95, in per cent. PCK@0.2 is the share of
labelled points found nearer than a fifth of the torso's diagonal, PCKh@0.5 nearer than half the head; points of
people who were missed count as wrong. Totals are over COCO's 17 points, which every estimator knows.

Of people who were found: MPJPE is the mean error of joints in space in millimetres, hips laid on hips; PA-MPJPE
with turn and size laid on as well. A limb's degrees are the mean angle between the limb found and the limb
labelled; its end is how far the ends are apart when the beginnings are laid on each other, in per cent of its
length.

A body is matched with a person from an OKS of .50 on. Others are misplaced (they lie on somebody, and badly),
doubled (found for somebody who has a better one), or invented (where nobody is); those on crowds and on people
whose joints nobody labelled are left aside.
"""
"""What the words mean, for whoever reads the report."""


def sheets(figures: Figures) -> dict[str, Sheet]:
    """Return the tables by title; the figures of several estimators stand side by side."""
    exact = {name: row for name, row in figures.items() if "AP" in row}
    return (_accuracy(exact) if exact else {}) | tables(figures)


def brief(figures: Figures) -> dict[str, Sheet]:
    """Return one or two tables a question, what is shortest last; all there are if there is a single question."""
    every = sheets(figures)
    if SHORT not in every:
        return every
    return {title: sheet for title, sheet in every.items() if not title.startswith("By ")}


def _accuracy(figures: Figures) -> dict[str, Sheet]:
    first = next(iter(figures.values()))
    made = {"In all": _totals(figures, TOTALS), "Bodies": _totals(figures, BODIES)}
    if len(first.get("cases", ())) > 1:
        made["By play"] = _cases(figures)
    made["By limb: degrees, end"] = _table(figures, "limb", "limbs", _limb)
    made["By joint: PCK@0.2"] = _table(figures, "joint", "PCK@0.2 by joint", _cell)
    if "MPJPE by joint" in first:
        made["By joint: MPJPE"] = _table(figures, "joint", "MPJPE by joint", _cell)
    made["By height in the picture: missed of people"] = _table(figures, "height", "sizes", _size)
    return made


def notes(figures: Figures) -> list[str]:
    """Return what has to be said about figures that are not there."""
    return list(dict.fromkeys(note for row in figures.values() for note in row.get("notes", ())))


def _totals(figures: Figures, wanted: Sequence[str]) -> Sheet:
    names = [name for name in wanted if any(row.get(name) is not None for row in figures.values())]
    return Sheet(
        ("estimator", *names),
        [(estimator, *(_cell(row.get(name)) for name in names)) for estimator, row in figures.items()],
    )


def _cases(figures: Figures) -> Sheet:
    rows = [(case, estimator, row) for estimator, all_ in figures.items() for case, row in all_["cases"].items()]
    names = [name for name in CASES if any(row.get(name) is not None for _, _, row in rows)]
    places = {case: place for place, (case, _, _) in enumerate(reversed(rows))}
    rows.sort(key=lambda row: -places[row[0]])
    return Sheet(
        ("play", "estimator", *names),
        [(case, estimator, *(_cell(row.get(name)) for name in names)) for case, estimator, row in rows],
    )


def _table(figures: Figures, what: str, key: str, words: Callable[[Any], str]) -> Sheet:
    rows = dict.fromkeys(name for row in figures.values() for name in row.get(key, {}))
    return Sheet(
        (what, *figures),
        [(name, *(words(row.get(key, {}).get(name)) for row in figures.values())) for name in rows],
    )


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def _limb(row: Mapping[str, Any] | None) -> str:
    return "-" if row is None or row["degrees"] is None else f"{row['degrees']:.1f}°, {row['end']:.0f} %"


def _size(row: Mapping[str, int] | None) -> str:
    return "-" if not row or not row["people"] else f"{row['missed']} of {row['people']}"
