"""Which of a net's outputs are PoseNet's maps, and how they lie: told by their shapes, whatever their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Self

import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.estimators.nets import Numbers
from posegames.seeing.estimators.posenet.decode import Maps, resolution, scores_of
from posegames.seeing.estimators.posenet.options import STRIDES

EXPECTED = "heat maps of 17 channels, offsets of 34 and two displacements of 32, on cells 8, 16 or 32 pixels apart"
HEATMAPS, OFFSETS, DISPLACEMENTS = 17, 34, 32
"""Channels."""
BACKWARD = ("bwd", "backward")
"""In the name of displacements from the second part of an edge to the first. Where names do not tell, the forward
ones come first, as in all files of PoseNet's publisher."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where maps are among the outputs."""

    axis: int
    """Of the channels: 3 as in TensorFlow, 1 as in PyTorch."""
    heatmaps: int
    offsets: int
    displacements: tuple[int, int] | None
    """Forward and backward."""
    stride: int

    @classmethod
    def of(cls, size: tuple[int, int], outputs: Sequence[Numbers], names: Sequence[str]) -> Self | None:
        """Return how `outputs` for an input of `size` (height, width) lie; None if they are not PoseNet's."""
        for axis, stride in product((3, 1), STRIDES):
            channels = [output.shape[axis] if output.ndim == 4 else 0 for output in outputs]
            of = {n: [i for i, m in enumerate(channels) if m == n] for n in (HEATMAPS, OFFSETS, DISPLACEMENTS)}
            if not of[HEATMAPS] or not of[OFFSETS]:
                continue
            ways = sorted(of[DISPLACEMENTS], key=lambda i: any(word in names[i].lower() for word in BACKWARD))
            both = (ways[0], ways[1]) if len(ways) == 2 else None
            found = cls(axis, of[HEATMAPS][0], of[OFFSETS][0], both, stride)
            if found.fits(size, outputs):
                return found
        return None

    def fits(self, size: tuple[int, int], outputs: Sequence[Numbers]) -> bool:
        """Whether `outputs` for an input of `size` (height, width) lie like this."""
        cells = [1, *(resolution(n, self.stride) for n in size)]
        wanted = {self.heatmaps: HEATMAPS, self.offsets: OFFSETS}
        wanted |= dict.fromkeys(self.displacements or (), DISPLACEMENTS)
        return all(outputs[i].shape == tuple(np.insert(cells, self.axis, n)) for i, n in wanted.items())

    def maps(self, outputs: Sequence[Numbers], *, logits: bool) -> Maps:
        """Return the maps in `outputs`, which must fit."""

        def field(index: int) -> Floats:
            laid: Floats = np.moveaxis(outputs[index], self.axis, 3)[0].astype(np.float32)
            return laid

        ways = [field(index) for index in self.displacements or ()]
        return Maps(scores_of(field(self.heatmaps), logits=logits), field(self.offsets), *ways)
