"""Poses as CSV."""

from __future__ import annotations

import csv
from typing import Any

from posegames.body.joints import Joint
from posegames.tools.looks import Look
from posegames.tools.sinks.base import TextSink


class CsvSink(TextSink):
    """One row a player and frame: number, time, player, then x, y (frame heights) and confidence of each joint."""

    def _begin(self) -> None:
        self._rows = csv.writer(self._file, lineterminator="\n")
        joints = [f"{joint.name.lower()}_{part}" for joint in Joint for part in ("x", "y", "confidence")]
        self._rows.writerow([*(["file"] if self._origin.named else []), "number", "time", "player", *joints])

    def put(self, look: Look) -> None:
        """Write a row for everybody in the look."""
        for player, pose in look.bodies:
            row: list[Any] = [look.name] if self._origin.named else []
            row += [look.sighting.number, f"{look.sighting.time:.4f}", player]
            for (x, y), confidence in zip(pose.xy.tolist(), pose.confidence.tolist(), strict=True):
                row += [f"{x:.5f}", f"{y:.5f}", f"{confidence:.3f}"]
            self._rows.writerow(row)
