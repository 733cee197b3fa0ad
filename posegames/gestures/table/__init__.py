"""The gestures there are: a row each. Adding one adds a row, and a function that measures it."""

from __future__ import annotations

from posegames.gestures.rows import Row
from posegames.gestures.table import arms, legs, strokes, trunk

GESTURES: tuple[Row, ...] = (*legs.ROWS, *strokes.ROWS, *arms.ROWS, *trunk.ROWS)
"""In order of precedence: legs first, for with a jump arms fly up, and knees bend before and after; strokes before
what arms hold, for they lead to it and away from it."""
