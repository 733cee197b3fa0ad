"""Estimators side by side: a table for each question besides accuracy, and one of all in short."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from posegames.tools.evaluation.robustness import CLEAN, KINDS, RELATIVE, kept
from posegames.tools.evaluation.speed import CROWDS, SETUPS
from posegames.tools.sheet import Sheet

Figures = Mapping[str, Mapping[str, Any]]

USUAL = next(iter(SETUPS))
FEWER = 0.9
"""Who finds a smaller share of the people is marked: looking at fewer is quick, and no better."""
LONG = 100
"""Milliseconds from which on tenths are left out."""
SHORT = "In short"
EXPLAINED = {
    "repeatability": """\
Precision is how well an estimator repeats itself. Spread: the same still picture under several seeds of noise,
each seen afresh; the standard deviation of a joint about its mean place. Film: the same picture as a film whose
noise changes; how far a joint moves from one picture to the next, root mean square. Both are in per cent of the
diagonal of the torso, as the median and the 95th percentile of all joints of people who were found; found says
how often: who finds fewer is measured on the easier ones.
""",
    "robustness": f"""\
Robustness: the same pictures made worse, beside themselves as they were.
{"; ".join(f"{kind.name}: {kind.what}" for kind in KINDS)}.
Joints under a box are still asked for, as in COCO. People who were put into labelled pictures are cut out of
others; on the stage there are more actors. AP and PCK are in per cent of the clean ones: who finds little when all
is clean has little to lose.
""",
    "speed": """\
Speed: milliseconds a picture of 640x480 of the stage, median (95 % in brackets), with as many people in it; each
estimator in a process of its own, in turn. One core: all threads of the process on one. Where nobody is, blazepose
looks for people a few times a second only, and its median says little: the JSON has the mean. A star: it found
fewer people than there are, which is quick and no better. Loading ends with the first picture's answer. Memory is
the most the process ever had, less that of a process without an estimator.
""",
}
"""What the words mean, by the key of the figures they are about."""


def tables(figures: Figures) -> dict[str, Sheet]:
    """Return the tables of the parts that were asked, by title."""
    made: dict[str, Sheet] = {}
    if any("repeatability" in row for row in figures.values()):
        made["Precision: joints' spread under noise, median and 95 %, in % of the torso"] = _repeatability(figures)
    if any("robustness" in row for row in figures.values()):
        made["Robustness: AP / PCK@0.2, in % of the clean ones (whose own are in the first row)"] = _robustness(
            figures, _left
        )
        made["Robustness: missed/people, invented"] = _robustness(figures, _missed)
    if any("speed" in row for row in figures.values()):
        made["Speed: ms a picture, by people in it (* finds fewer); loading; memory"] = _speed(figures)
    if sum(any(key in row for row in figures.values()) for key in ("AP", *EXPLAINED)) > 1:
        made[SHORT] = _short(figures)
    return made


def explained(figures: Figures) -> Iterator[str]:
    """Yield what the words in the tables mean."""
    for key, words in EXPLAINED.items():
        if any(key in row for row in figures.values()):
            yield words


def _short(figures: Figures) -> Sheet:
    """Return one line for each estimator, one figure for each question."""
    headings: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "AP": lambda row: _cell(row.get("AP")),
        "AR": lambda row: _cell(row.get("AR")),
        "PCK@0.2": lambda row: _cell(row.get("PCK@0.2")),
        "spread, 1 %": lambda row: _cell(_under(row, "1 %", "spread"), 2),
        "spread, 3 %": lambda row: _cell(_under(row, "3 %", "spread"), 2),
        "film, 3 %": lambda row: _cell(_under(row, "3 %", "steps"), 2),
        "PCK kept": lambda row: _percent(_kept(row)),
        "ms, 1": lambda row: _cell(_time(row, USUAL, 1, "ms")),
        "ms, 3": lambda row: _cell(_time(row, USUAL, 3, "ms")),
        "MB": lambda row: _cell(row.get("speed", {}).get("own_mb"), 0),
    }
    rows = {name: [cell(row) for cell in headings.values()] for name, row in figures.items()}
    there = [any(row[place] != "-" for row in rows.values()) for place in range(len(headings))]
    return Sheet(
        ("estimator", *(heading for heading, used in zip(headings, there, strict=True) if used)),
        [(name, *(cell for cell, used in zip(row, there, strict=True) if used)) for name, row in rows.items()],
    )


def _repeatability(figures: Figures) -> Sheet:
    noises = list(dict.fromkeys(noise for row in figures.values() for noise in row.get("repeatability", {})))
    headings = [f"{what}, {noise}" for noise in noises for what in ("spread", "film", "found")]
    return Sheet(
        ("estimator", *headings),
        [
            (
                name,
                *(cell for noise in noises for cell in _repeated(row.get("repeatability", {}).get(noise, {}))),
            )
            for name, row in figures.items()
        ],
    )


def _repeated(row: Mapping[str, Any]) -> tuple[str, str, str]:
    pairs = [row.get(key) or {} for key in ("spread", "steps")]
    spread, film = (f"{_cell(pair.get('median'), 2)}, {_cell(pair.get('p95'), 2)}" for pair in pairs)
    return spread, film, _percent(row.get("found"))


def _robustness(figures: Figures, cell: Callable[[Mapping[str, Any] | None, str], str]) -> Sheet:
    rows = []
    conditions = [(CLEAN, "")] + [(kind.name, kind.words(level)) for kind in KINDS for level in kind.levels]
    for kind, level in conditions:
        cells = [row.get("robustness", {}).get(kind, {}).get(level) for row in figures.values()]
        if any(cells):
            rows.append((f"{kind}, {level}" if level else kind, *(cell(one, kind) for one in cells)))
    return Sheet(("pictures", *figures), rows)


def _left(row: Mapping[str, Any] | None, kind: str) -> str:
    """Return what is left of AP and PCK; of the clean pictures they themselves."""
    if row is None:
        return "-"
    return " / ".join(_cell(row[key if kind == CLEAN else f"{key} of clean"], 0) for key in RELATIVE)


def _missed(row: Mapping[str, Any] | None, _kind: str) -> str:
    return "-" if row is None else f"{row['missed']}/{row['people']}, {row['invented']}"


def _speed(figures: Figures) -> Sheet:
    rows = []
    for setup in SETUPS:
        for name, row in figures.items():
            speed = row.get("speed", {})
            if setup in speed:
                usual = setup == USUAL
                rows.append(
                    (
                        name if usual else f"{name}, {setup}",
                        *(_pair(speed[setup].get(str(people)), people) for people in CROWDS),
                        _cell(speed.get("load_ms"), 0) if usual else "",
                        _cell(speed.get("own_mb"), 0) if usual else "",
                    )
                )
    people = [f"{count} people" if count != 1 else "1 person" for count in CROWDS]
    return Sheet(("estimator", *people, "loading, ms", "memory, MB"), rows)


def _pair(row: Mapping[str, Any] | None, people: int) -> str:
    if row is None:
        return "-"
    return f"{_cell(row['ms'], int(row['ms'] < LONG))} ({row['p95']:.0f}){'*' * (row['found'] < FEWER * people)}"


def _under(row: Mapping[str, Any], noise: str, key: str) -> float | None:
    value: float | None = (row.get("repeatability", {}).get(noise, {}).get(key) or {}).get("median")
    return value


def _kept(row: Mapping[str, Any]) -> float | None:
    """Return the mean over all kinds of what is left of PCK."""
    shares = kept(row.get("robustness", {}))
    return sum(shares.values()) / len(shares) if shares else None


def _time(row: Mapping[str, Any], setup: str, people: int, key: str) -> float | None:
    value: float | None = row.get("speed", {}).get(setup, {}).get(str(people), {}).get(key)
    return value


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} %"


def _cell(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
