"""The figures of a test as tables of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from posegames.tools.gesturetest.matching import AROUND, EARLY, LATE
from posegames.tools.sheet import Sheet

Figures = Mapping[str, Any]

EXPLAINED = f"""\
An event tells a label of the same gesture if its time is from {EARLY:g} s before the label's start to {LATE:g} s
after its end, or within {AROUND:g} s of a label of which only the peak is known; one event for one label, in the
order of time. Precision is the share of events that tell a label, recall the share of labels that are told. An
event that tells none is false if its gesture is labelled in the clip, or listed as one that never happens there;
on the stage every one is, unless it is true of the move on the way. What a clip's edge cuts counts neither way.

Latency is the event's time less the label's peak, or, of gestures that are held, its start; on the stage less the
moment at which the truth is the gesture. A trial is judged as a whole: whether its action was told, and what else.
"""
"""What the words mean, for whoever reads the report."""


def sheets(figures: Figures) -> dict[str, Sheet]:
    """Return the tables by title, without those in which nothing is."""
    tables: dict[str, Sheet] = {}
    if figures["gestures"]:
        tables["Gestures"] = _scores("gesture", {**figures["gestures"], "all": figures["overall"]})
    for what, parts in figures.get("by", {}).items():
        tables[f"By {what}"] = _scores(what, parts)
    if "counts" in figures:
        tables["Counts"] = _counts(figures["clips"])
    if "trials" in figures:
        trials = figures["trials"]
        tables["Trials"] = _scores("gesture", {**trials["gestures"], "all": trials["overall"]})
    return tables


def notes(figures: Figures) -> Iterator[str]:
    """Yield what has to be said besides: counts in all, what was missed, what was false, what was passed over."""
    if (counts := figures.get("counts")) and counts["clips"]:
        yield f"Counted exactly: {counts['exact']} of {counts['clips']} clips; at worst {counts['worst_off']} off."
    if (often := figures["false_events_per_minute"]) is not None:
        yield f"False events a minute, of what never happens: {often:.2f}."
    for name, clip in (*figures["clips"].items(), ("the trials", figures.get("trials", {}))):
        for what in ("missed", "never", "false"):
            if clip.get(what):
                yield f"{'Missed' if what == 'missed' else 'False'} in {name}: {', '.join(clip[what])}."
    if taped := figures["settings"].get("tapes"):
        yield f"Read from tapes, not looked at again: {taped} clips."
    if figures["ignored"]:
        yield f"Labels of what is no gesture: {', '.join(figures['ignored'])}."
    for name, why in figures["broken"].items():
        yield f"Passed over {name}: {why}"


def markdown(figures: Figures, what: str) -> str:
    """Return all tables as a page, and what the words in them mean."""
    tables = (f"## {heading}\n\n{sheet.markdown()}" for heading, sheet in sheets(figures).items())
    said = (f"- {note}" for note in notes(figures))
    return "\n".join((f"# Gestures told in {what}\n", *tables, "## What else\n", *said, f"\n{EXPLAINED}"))


def _scores(what: str, rows: Figures) -> Sheet:
    headings = (what, "precision", "recall", "F1", "right", "false", "missed", "latency", "p95")
    return Sheet(headings, [(name, *_score(row)) for name, row in rows.items()])


def _score(row: Figures) -> Iterator[str]:
    for name in ("precision", "recall", "f1"):
        yield "-" if row[name] is None else f"{row[name]:.2f}"
    for name in ("tp", "fp", "fn"):
        yield str(row[name])
    for name in ("median", "p95"):
        late = row["latency"][name]
        yield "-" if late is None else f"{1000 * late:.0f} ms"


def _counts(clips: Figures) -> Sheet:
    rows = [
        (
            clip if person == "all" else f"{clip}, {person}",
            _listed(row["wanted"]),
            _listed(row["got"]),
            str(row["off"]),
        )
        for clip, report in clips.items()
        for person, row in report["persons"].items()
    ]
    return Sheet(("clip", "wanted", "got", "off by"), rows)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count) or "-"
