"""The table of gestures for docs/gestures.md, read from the rows: `python -m posegames.tools.gesturepage docs`.

It also draws the pictures, beside the page.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from posegames.engine.gesturepictures import save_pictures
from posegames.gestures.howto import HOW
from posegames.gestures.rows import Analogue, Held, Pulse, Row
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.either import Either

BEGIN, END = "<!-- gestures: made by posegames.tools.gesturepage -->", "<!-- gestures end -->"
SIZE = 96
"""Pixels of a picture on the page."""

_SURE, _NOSE, _DEGREES, _HOME = (
    "as it is surely: 1",
    "torso lengths above the nose",
    "degrees",
    "torso lengths from home",
)
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "jumping_jack": "arms and legs open: 1 each",
        "squat": "of the leg's length, down",
        "duck": "of the leg's length, down",
        "wave": "turns of the hand",
        "hands_up": _NOSE,
        "hand_up_left": _NOSE,
        "hand_up_right": _NOSE,
        "arms_crossed": "torso lengths beyond the middle",
        "lean_left": _DEGREES,
        "lean_right": _DEGREES,
        "lean": _DEGREES,
        "step_left": _HOME,
        "step_right": _HOME,
        "step": _HOME,
        "advance": "of the distance to the camera",
        "swipe_left": "torso lengths of a quick stroke",
        "swipe_right": "torso lengths of a quick stroke",
        "swipe_up": "torso lengths of a quick stroke",
        "swipe_down": "torso lengths of a quick stroke",
    }
)
"""What a row's thresholds count. What is not here measures several things at once, and 1 is where all are met."""


def table(rows: tuple[Row, ...] = GESTURES) -> str:
    """Return the table in Markdown, one line a gesture."""
    lines = ["| | gesture | kind | how | on, off |", "|---|---|---|---|---|"]
    for row in rows:
        way = row.ways[0] if isinstance(row, Either) else row
        picture = f"![{row.name}](gestures/{row.name}.png)"
        kind = type(way).__name__.lower()
        lines.append(f"| {picture} | `{row.name}` | {kind} | {HOW[row.name]} | {_limits(way)} |")
    return "\n".join(lines)


def _limits(row: Row) -> str:
    """Return a row's thresholds in words."""
    unit = UNITS.get(row.name, _SURE)
    match row:
        case Analogue(dead=dead, full=full):
            return f"0 up to {dead:g}, 1 at {full:g} {unit}"
        case Held() as held:
            return f"{held.enter:g}, {held.exit:g} {unit}{_for(held)}"
        case Pulse(held=held, at=at):
            return f"{held.enter:g}, {held.exit:g} {unit}{_for(held)}; told at its {at}"
    return ""


def _for(held: Held) -> str:
    return f", for {held.hold:g} s" if held.hold else ""


def renewed(page: str) -> str:
    """Return the page with the table as it is now. Raises ValueError where its place is not marked."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError("The page does not say where the table belongs.")
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def main(docs: Path) -> None:
    """Bring gestures.md in the folder `docs` up to date, and the pictures in docs/gestures."""
    page = docs / "gestures.md"
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
    save_pictures(docs / "gestures", SIZE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
