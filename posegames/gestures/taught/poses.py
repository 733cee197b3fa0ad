"""Poses by example: a few bodies of each pose, and a classifier that tells them apart, or says none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from posegames.gestures.taught.features import Shape

Method = Literal["knn", "svm", "tree"]
METHODS: tuple[Method, ...] = ("knn", "svm", "tree")
"""kNN is posegames' own; the others come with the extra `learn` (scikit-learn)."""
VERSION = 1
"""Of the plain data."""

NONE = ""
"""The label of examples that are none of the poses: standing about, other gestures."""


@dataclass(frozen=True, slots=True)
class Example:
    """A body that shows a pose."""

    label: str
    """Which pose; `NONE`: no pose at all."""
    shape: Shape
    group: str = ""
    """Which examples are (nearly) the same picture: left out together. Empty: it stands alone."""


@dataclass(frozen=True, slots=True)
class Report:
    """How well the examples of a model are recognised when each is left out of what is learnt."""

    right: Mapping[str, int]
    """By label, how many were taken for what they are."""
    total: Mapping[str, int]
    confusion: Mapping[tuple[str, str], int]
    """How many of (label) were taken for (label); `NONE`: rejected."""


@dataclass(frozen=True, slots=True, eq=False)
class PoseModel:
    """What was learnt of a few poses (one is enough). Plain data in and out; the same examples give the same model."""

    method: Method
    examples: tuple[Example, ...]
    either_side: bool
    """Whether the mirror image of a pose is the pose, too."""

    @classmethod
    def fit(cls, examples: Sequence[Example], *, method: Method = "knn", either_side: bool = False) -> Self:
        """Learn from examples, at least one of a pose.

        Raises PosegamesError where there are too few, or the library of the method is not installed.
        """
        raise NotImplementedError

    @property
    def labels(self) -> tuple[str, ...]:
        """The poses it knows, without `NONE`."""
        raise NotImplementedError

    def confidence(self, shape: Shape) -> dict[str, float]:
        """Return for each label how sure it is, 0..1: from .5 it is that pose, of which there is at most one.

        All are 0 where too little of the body is seen.
        """
        raise NotImplementedError

    def recognise(self, shape: Shape) -> str | None:
        """Return which pose it is, or None: none of them."""
        raise NotImplementedError

    def report(self) -> Report:
        """Leave each example out once (with its group), learn from the others, and count what it is taken for."""
        raise NotImplementedError

    def alike(self, label: str, shapes: Sequence[Shape]) -> float:
        """Return the share of `shapes` that this model takes for `label`: from .5 the two are too alike.

        Shapes may be another pose's examples, somebody standing about, or an existing gesture.
        """
        raise NotImplementedError

    def to_data(self) -> dict[str, Any]:
        """Return the model as JSON can hold it: `version`, `kind` "pose", method, examples, limits."""
        raise NotImplementedError

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the model `to_data` gave. Raises ValueError, in a few words, for anything else."""
        raise NotImplementedError
