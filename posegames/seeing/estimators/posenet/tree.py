"""The tree of PoseNet's parts, and how to walk it from any of them. Tables only."""

from __future__ import annotations

import numpy as np

from posegames.body.views import COCO_17

TREE = (
    ("nose", "left_eye"), ("left_eye", "left_ear"), ("nose", "right_eye"), ("right_eye", "right_ear"),
    ("nose", "left_shoulder"), ("left_shoulder", "left_elbow"), ("left_elbow", "left_wrist"),
    ("left_shoulder", "left_hip"), ("left_hip", "left_knee"), ("left_knee", "left_ankle"),
    ("nose", "right_shoulder"), ("right_shoulder", "right_elbow"), ("right_elbow", "right_wrist"),
    ("right_shoulder", "right_hip"), ("right_hip", "right_knee"), ("right_knee", "right_ankle"),
)  # fmt: skip
"""`poseChain` of tfjs-models/posenet: edge e is channel e (y) and 16 + e (x) of both displacements."""
EDGES = len(TREE)

_PAIRS = tuple((COCO_17.points.index(parent), COCO_17.points.index(child)) for parent, child in TREE)
_STEPS = tuple(
    row
    for edge, (parent, child) in enumerate(_PAIRS)
    for row in ((parent, child, edge, 0), (child, parent, edge, 1))
)

MOVES = np.array(_STEPS)
"""Every way from a part to its neighbour: from, to, edge, and whether backward."""


def _levels(root: int) -> list[list[int]]:
    """Return the moves that reach all parts from `root`, by how many moves it takes."""
    reached, levels = {root}, list[list[int]]()
    while len(reached) <= EDGES:
        level = [n for n, (source, target, *_) in enumerate(_STEPS) if source in reached and target not in reached]
        reached |= {_STEPS[move][1] for move in level}
        levels.append(level)
    return levels


def _table() -> tuple[np.ndarray[tuple[int, int], np.dtype[np.intp]], ...]:
    walks = [_levels(root) for root in range(EDGES + 1)]
    tables = []
    for depth in range(max(map(len, walks))):
        rows = [walk[depth] if depth < len(walk) else [] for walk in walks]
        table = np.full((len(rows), max(map(len, rows))), -1, dtype=np.intp)
        for root, row in enumerate(rows):
            table[root, : len(row)] = row
        tables.append(table)
    return tuple(tables)


LEVELS = _table()
"""For each number of moves from the root, (17, most): the `MOVES` made then from each root, -1 for none."""
