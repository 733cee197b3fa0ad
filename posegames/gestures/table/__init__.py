"""The gestures there are: a row each. Adding one adds a row, and a function that measures it."""

from __future__ import annotations

from posegames.gestures.rows import Row
from posegames.gestures.table import arms, legs, trunk

GESTURES: tuple[Row, ...] = (*legs.ROWS, *arms.ROWS, *trunk.ROWS)
"""In order of precedence: legs first, for with a jump arms fly up, and knees bend before and after."""
