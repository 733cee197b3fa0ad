"""Poses by example: a few bodies of each pose, and a classifier that tells them apart, or says none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Self

import numpy as np

from posegames.body.pose import Floats
from posegames.errors import PosegamesError
from posegames.gestures.taught.classifiers import METHODS, Lesson, Method, learn
from posegames.gestures.taught.features import Features, Shape, distances, features, stacked, strays
from posegames.gestures.taught.plain import example_data, example_from, fields

VERSION = 1
"""Of the plain data."""
MOST = 2000
"""Examples a model may have."""
NONE = ""
"""The label of examples that are none of the poses: standing about, other gestures."""
LIMITS = np.array([[0.1, 0.6], [0.14, 1.5]])
"""How far a body may be from an example, at least and at most, whatever the examples say: see `PoseModel.limits`.

Of yoga photographs 95 % were nearer than .13 to another of their pose, and 99 % farther than .095 from those of
all other poses. 35 degrees are always forgiven to a limb.
"""
USUAL_LIMIT = (0.1, 0.7)
"""For a pose of one example, of which nothing is known."""


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

    total: Mapping[str, int]
    """By label, how many examples there are."""
    confusion: Mapping[tuple[str, str], int]
    """How many of (label) were taken for (label); `NONE`: for none of the poses."""

    @property
    def right(self) -> Mapping[str, int]:
        """By label, how many were taken for what they are."""
        return {label: self.confusion.get((label, label), 0) for label in self.total}


class PoseModel:
    """What was learnt of a few poses (one is enough). Plain data in and out; the same examples, the same model."""

    def __init__(self, examples: Sequence[Example], method: Method, *, either_side: bool) -> None:
        """Learn; see `fit`."""
        self.labels = tuple(sorted({example.label for example in examples} - {NONE}))
        """The poses it knows, without `NONE`."""
        if not self.labels:
            raise PosegamesError("There is no example of a pose.", now="Give one at least.")
        self.examples, self.method, self.either_side = tuple(examples), method, either_side
        shapes = [(example.shape, example) for example in examples]
        if either_side:
            shapes += [(example.shape.mirrored(), example) for example in examples]
        rows = [features(shape) for shape, _ in shapes]
        self._lesson = Lesson(rows, [example.label for _, example in shapes])
        self._classifier = learn(method, self._lesson)

    @classmethod
    def fit(cls, examples: Sequence[Example], *, method: Method = "knn", either_side: bool = False) -> Self:
        """Learn from examples, at least one of a pose. `either_side`: the mirror image of a pose is the pose, too.

        Raises PosegamesError where there are none, where the method needs more, or its library is not installed.
        """
        return cls(examples, method, either_side=either_side)

    @cached_property
    def limits(self) -> Mapping[str, tuple[float, float]]:
        """By pose, how far a body may be from the nearest example to be it: in the mean, and in its worst limb.

        Mean and three standard deviations of how far the examples are from each other, each left out once. (Two
        are usual; but five examples tell little of how they spread: .02 fewer were known, and no fewer mistaken.)
        """
        return {label: self._limit(label) for label in self.labels}

    def _limit(self, label: str) -> tuple[float, float]:
        own = [
            (example.group or place, features(example.shape), features(example.shape.mirrored()))
            for place, example in enumerate(self.examples)
            if example.label == label
        ]
        found = []
        for group, *sides in own:
            others = [one for its_group, one, _ in own if its_group != group]
            if others:
                known = stacked(others)
                apart = [_apart(side, known).min(axis=0) for side in sides[: 1 + self.either_side]]
                found.append(np.min(apart, axis=0))
        table = np.array([apart for apart in found if np.isfinite(apart).all()])
        if not len(table):
            return USUAL_LIMIT
        mean, stray = np.clip(table.mean(axis=0) + 3 * table.std(axis=0), *LIMITS).tolist()
        return mean, stray

    @cached_property
    def _limit_of_each(self) -> Floats:
        """(N, 2) for each row of the lesson; nothing is near an example of none of the poses."""
        limits = {NONE: (1e-9, 1e-9), **self.limits}
        table: Floats = np.array([limits[label] for label in self._lesson.labels])[self._lesson.which]
        return table

    def confidence(self, shape: Shape) -> dict[str, float]:
        """Return for each pose how sure it is, 0..1: from .5 it is that pose, of which there is at most one.

        (Two that were taught with the very same body are both .5.) All are 0 where too little of it is seen.
        """
        one = features(shape)
        apart = _apart(one, self._lesson.rows)
        shares = self._classifier.shares(one, apart[:, 0])
        far = self._lesson.nearest((apart / self._limit_of_each).max(axis=1))
        sure = np.clip(np.minimum(shares, 1 - far / 2), 0, 1).tolist()
        return {label: value for label, value in zip(self._lesson.labels, sure, strict=True) if label != NONE}

    def recognise(self, shape: Shape) -> str | None:
        """Return which pose it is, or None: none of them."""
        sure = self.confidence(shape)
        best = max(sure, key=sure.__getitem__)
        return best if sure[best] >= 0.5 else None

    def likeliest(self, shape: Shape) -> str:
        """Return the likeliest of everything it has learnt, however unlike it is."""
        one = features(shape)
        shares = self._classifier.shares(one, distances(one, self._lesson.rows))
        return self._lesson.labels[int(shares.argmax())]

    def report(self) -> Report:
        """Leave each example out once (with its group), learn from the others, and count what it is taken for."""
        groups: dict[object, list[Example]] = {}
        for place, example in enumerate(self.examples):
            groups.setdefault(example.group or place, []).append(example)
        confusion: Counter[tuple[str, str]] = Counter()
        for group, left_out in groups.items():
            others = list(chain.from_iterable(kept for name, kept in groups.items() if name != group))
            model = self._relearnt(others)
            for example in left_out:
                confusion[example.label, (model and model.recognise(example.shape)) or NONE] += 1
        return Report(Counter(example.label for example in self.examples), confusion)

    def _relearnt(self, examples: Sequence[Example]) -> Self | None:
        """Return the model these examples give, None where they are too few for one."""
        labels = {example.label for example in examples}
        if not labels - {NONE} or (self.method != "knn" and len(labels) < 2):
            return None
        return type(self)(examples, self.method, either_side=self.either_side)

    def alike(self, label: str, shapes: Sequence[Shape]) -> float:
        """Return the share of `shapes` that this model takes for `label`: from .5 the two are too alike.

        Shapes may be another pose's examples, somebody standing about, or an existing gesture.
        """
        taken = [self.recognise(shape) == label for shape in shapes]
        return sum(taken) / max(len(taken), 1)

    def to_data(self) -> dict[str, Any]:
        """Return the model as JSON can hold it; `limits` are told for readers, and reckoned again when read."""
        return {
            "version": VERSION,
            "kind": "pose",
            "method": self.method,
            "either_side": self.either_side,
            "limits": {label: [round(limit, 4) for limit in pair] for label, pair in self.limits.items()},
            "examples": [example_data(one.label, one.shape, one.group) for one in self.examples],
        }

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Return the model that `to_data` gave.

        Raises ValueError, in a few words, for anything else; PosegamesError where its method needs a library that
        is not installed.
        """
        found = fields(data, kind="pose", version=VERSION)
        method, either_side, examples = (found.get(name) for name in ("method", "either_side", "examples"))
        if method not in METHODS:
            raise ValueError(f"method is none of {', '.join(METHODS)}")
        if not isinstance(either_side, bool):
            raise ValueError("either_side is neither true nor false")  # noqa: TRY004 - one kind of error for data
        if not isinstance(examples, list) or not 1 <= len(examples) <= MOST:
            raise ValueError(f"examples is no list of 1 to {MOST}")
        read = []
        for place, example in enumerate(examples):
            try:
                read.append(Example(*example_from(example)))
            except ValueError as error:
                raise ValueError(f"example {place + 1}: {error}") from error
        return cls(read, method, either_side=either_side)


def _apart(one: Features, many: Features) -> Floats:
    """Return (N, 2): how far one body is from many, in the mean and in its worst limb."""
    return np.column_stack([distances(one, many), strays(one, many)])
