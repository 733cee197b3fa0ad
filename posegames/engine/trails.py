"""Ribbons of light behind hands and feet."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

from posegames.body.joints import STAND_INS, Joint
from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas, Ink
from posegames.engine.theme import Colour, Theme, mix
from posegames.engine.view import View

SECONDS = 0.6
"""How long a place is remembered."""
JOINTS = (Joint.LEFT_INDEX, Joint.RIGHT_INDEX, Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX)
LEAST = 0.5
"""Confidence from which a joint leaves a trail."""
STEP = 0.016
"""Frame heights it must move to add a place: a hand at rest leaves nothing."""
JUMP = 0.25
"""Frame heights between two steps beyond which a joint was not moved but mistaken: the trail begins anew."""
BANDS = 2
"""Widths a ribbon is drawn in, from its end to its beginning."""

_Places = deque[tuple[float, float, float]]
"""Time, x, y in frame heights."""


class Trails:
    """The recent ways of one body's hands and feet."""

    def __init__(self) -> None:
        self._ways: dict[Joint, _Places] = {joint: deque() for joint in JOINTS}

    def update(self, pose: Pose, now: float) -> None:
        """Remember where they are at `now`, and forget what is old."""
        for joint, way in self._ways.items():
            end = joint if pose.confidence[joint] >= LEAST else STAND_INS[joint]
            if pose.confidence[end] >= LEAST:
                x, y = (float(v) for v in pose.xy[end])
                moved = math.dist((x, y), way[-1][1:]) if way else STEP
                if moved > JUMP:
                    way.clear()
                if moved >= STEP:
                    way.append((now, x, y))
            while way and now - way[0][0] > SECONDS:
                way.popleft()

    def draw(self, canvas: Canvas, view: View, colour: Colour, now: float) -> None:
        """Draw them, thin and dim where they are old."""
        canvas.inks(self.inks(canvas.theme, view, colour, now))

    def inks(self, theme: Theme, view: View, colour: Colour, now: float) -> list[Ink]:
        """Return what `draw` draws: those of several bodies are drawn at once."""
        bands: list[list[Sequence[tuple[float, float]]]] = [[] for _ in range(BANDS)]
        for way in self._ways.values():
            if len(way) < 2:
                continue
            placed = [(x, y) for x, y in view.to_screen([place[1:] for place in way]).tolist()]
            ages = [min(BANDS - 1, int((now - time) / SECONDS * BANDS)) for time, _, _ in way]
            for band in set(ages):
                # Each part reaches one place into the next, so that the ribbon has no gaps.
                first, last = ages.index(band), len(ages) - 1 - ages[::-1].index(band)
                bands[band].append(placed[first : last + 2])
        inks: list[Ink] = []
        for band in range(BANDS - 1, -1, -1):
            fresh = 1 - band / BANDS
            shown = mix(mix(colour, theme.stage, 0.5), mix(colour, theme.text, 0.25), fresh)
            inks.append(([line for line in bands[band] if len(line) > 1], shown, 1 + 9 * fresh))
        return inks
