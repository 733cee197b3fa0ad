"""The figures the papers put first, what they leave unsaid, and what stands beside them here. A table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from posegames.tools.evaluation.robustness import kept
from posegames.tools.sheet import Sheet

Row = Mapping[str, Any]
"""The figures of one estimator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One figure as a paper quotes it."""

    paper: str
    """As docs/papers.md calls it."""
    system: str
    says: str
    """As it is printed."""
    unsaid: str
    ours: str
    """The estimator whose figures stand beside it."""
    figures: Callable[[Row], str]
    """Says what was measured here that is nearest to it; "" where nothing was."""


def _said(what: str, value: float | None, unit: str = "") -> str:
    return "" if value is None else f"{what} {value:.1f}{unit}"


def _accuracy(row: Row) -> str:
    words = [_said(name, row.get(name), " %") for name in ("AP", "PCK@0.2")]
    return ", ".join(filter(None, words))


def _robustness(row: Row) -> str:
    known = kept(row.get("robustness", {}))
    if not known:
        return ""
    worst = min(known, key=lambda kind: known[kind])
    return f"PCK kept {sum(known.values()) / len(known):.0f} %; least: {worst}, {known[worst]:.0f} %"


def _precision(row: Row) -> str:
    under = row.get("repeatability", {}).get("3 %", {})
    return _said("spread under 3 % of noise", (under.get("spread") or {}).get("median"), " % of the torso")


def _speed(row: Row) -> str:
    people = row.get("speed", {}).get("as it is", {}).get("1", {})
    return _said("one person, a picture", people.get("ms"), " ms")


_BROWSER = "P0, a system in the browser"
_YOLO = "P4, a system around YOLOv8-pose"
_UNNAMED = "Which metric, which threshold and which pictures is not said."
_NO_AP = _UNNAMED + " It cannot be COCO's AP: no published model has one so high."

HEADLINES = (
    Headline(
        paper=_BROWSER, system="OpenPose", says="accuracy 86.2 %, speed: slower compared to others",
        unsaid=_NO_AP + " Slower by how much, on what, is not said.", ours="openpose", figures=_accuracy,
    ),
    Headline(
        paper=_BROWSER, system="PoseNet", says="accuracy 97.6 %, speed: fast, several people: limited",
        unsaid=_NO_AP + " That several people are limited contradicts the same paper's claim to follow them.",
        ours="posenet", figures=_accuracy,
    ),
    Headline(
        paper=_BROWSER, system="MoveNet", says="accuracy 75.1 % and 80.6 %, speed: not specified",
        unsaid=_UNNAMED + " Which of its variants the two figures are of (Lightning, Thunder) is not said.",
        ours="movenet", figures=_accuracy,
    ),
    Headline(
        paper=_YOLO, system="YOLOv8n-pose", says="average accuracy 95 %",
        unsaid="500 pictures; the metric is not named, nor which pictures.", ours="yolo", figures=_accuracy,
    ),
    Headline(
        paper=_YOLO, system="YOLOv8n-pose", says="precision 90 %",
        unsaid="It is called repeatability and given in per cent: of what, is not said. Here: how far a joint "
        "spreads when the same picture is noisy in another way.", ours="yolo", figures=_precision,
    ),
    Headline(
        paper=_YOLO, system="YOLOv8n-pose", says="robustness above 90 %",
        unsaid="Against what, and 90 % of what, is not said.", ours="yolo", figures=_robustness,
    ),
    Headline(
        paper=_YOLO, system="YOLOv8n-pose", says="40 ms a picture, 1000 pictures",
        unsaid="On a graphics card (GTX 1650) or on the processor, and with how many people, is not said.",
        ours="yolo", figures=_speed,
    ),
    Headline(
        paper=_YOLO, system="YOLOv8n-pose", says="latency below 5 ms",
        unsaid="Its own definition of latency includes the inference, of 40 ms: below 5 cannot hold.",
        ours="yolo", figures=_speed,
    ),
)  # fmt: skip


def sheet(figures: Mapping[str, Row]) -> Sheet:
    """Return the table; `figures` of this run stand beside those of the papers, where their estimator was here."""
    return Sheet(("system", "the paper says", "and leaves unsaid", "here"), _rows(figures))


def words(figures: Mapping[str, Row]) -> str:
    """Return the same as text: a terminal is too narrow for the table."""
    return "\n\n".join(
        f"{system}\n  says:   {says}\n  unsaid: {unsaid}\n  here:   {here}"
        for system, says, unsaid, here in _rows(figures)
    )


def _rows(figures: Mapping[str, Row]) -> list[tuple[str, str, str, str]]:
    return [
        (
            f"{row.system} ({row.paper})",
            row.says,
            row.unsaid,
            (row.figures(figures[row.ours]) if row.ours in figures else "") or "not measured",
        )
        for row in HEADLINES
    ]
