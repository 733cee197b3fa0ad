"""Plays as recordings: their cues are the labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from posegames.gestures.table import GESTURES
from posegames.seeing.stage.moves import table
from posegames.seeing.stage.play import Cue
from posegames.tools.gesturetest.along import ANYTHING, SIDES, STAGE_TOO, family, stem
from posegames.tools.gesturetest.matching import EARLY, LATE, Label

KNOWN = frozenset(row.name for row in GESTURES) | {family(row.name) for row in GESTURES}


def gesture_of(cue: Cue) -> str:
    """Return the gesture a cue should be told as; empty if it is none, or the table has no row for it."""
    gesture = "" if cue.angles else table()[cue.move].gesture
    return gesture if gesture in KNOWN else ""


def true_too(cue: Cue) -> frozenset[str]:
    """Return what is true of a cue besides its own gesture."""
    if cue.angles:
        return frozenset({ANYTHING})
    return frozenset(STAGE_TOO.get(cue.move) or STAGE_TOO.get(stem(cue.move)) or ())


def labels(cues: Iterable[Cue], moments: Mapping[Cue, float] | None = None) -> list[Label]:
    """Return a label for every cue, those that are no gesture included: they explain others.

    `moments` are seconds of the play; without them latency is not known.
    """
    return [
        Label(
            gesture=gesture_of(cue),
            begin=cue.time - EARLY,
            end=cue.end + LATE,
            moment=(moments or {}).get(cue),
            person=f"actor {cue.actor}",
            along=true_too(cue),
        )
        for cue in cues
    ]


def mirrored(label: Label) -> Label:
    """Return `label` of the mirror image."""
    return replace(
        label, gesture=other_side(label.gesture), along=frozenset(other_side(said) for said in label.along)
    )


def other_side(gesture: str) -> str:
    """Return what a gesture is called in the mirror."""
    for one, other in (SIDES, SIDES[::-1]):
        if gesture.endswith(one):
            return gesture.removesuffix(one) + other
    return gesture
