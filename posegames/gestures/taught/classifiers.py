"""What tells poses apart by their features: kNN, our own, and an SVM and a decision tree by scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Literal, Protocol

import numpy as np

from posegames.body.pose import Floats
from posegames.errors import PosegamesError
from posegames.gestures.taught.features import Features, stacked

Method = Literal["knn", "svm", "tree"]
METHODS: tuple[Method, ...] = ("knn", "svm", "tree")
"""kNN is posegames' own; the others come with the extra `learn` (scikit-learn)."""


class Lesson:
    """What is learnt from: examples of one or more labels, those of one label side by side."""

    def __init__(self, rows: Sequence[Features], labels: Sequence[str]) -> None:
        """Take features (N) and the label of each."""
        order = sorted(range(len(rows)), key=lambda place: labels[place])
        self.rows = stacked([rows[place] for place in order])
        self.labels = tuple(sorted(set(labels)))
        self.which = np.array([self.labels.index(labels[place]) for place in order])
        """(N,) places in `labels`."""
        self._starts = np.searchsorted(self.which, range(len(self.labels)))

    def nearest(self, apart: Floats) -> Floats:
        """Return (labels,): of (N,) the smallest number of each label."""
        least: Floats = np.minimum.reduceat(apart, self._starts)
        return least


class Classifier(Protocol):
    """Something that has learnt a lesson."""

    def shares(self, one: Features, apart: Floats) -> Floats:
        """Return (labels,) 0..1: for each label how much speaks for it, against the best of the others.

        From .5 it is the likeliest; unless two are equal no other is. `apart` (N,): how far `one` is from each
        row of the lesson.
        """


class Neighbours:
    """The nearest example decides (kNN with k = 1: of five examples there is seldom a second one like it)."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson

    def shares(self, one: Features, apart: Floats) -> Floats:  # noqa: ARG002 - what others decide on
        """See `Classifier`."""
        nearest = self._lesson.nearest(np.minimum(apart, 1.0))
        others = -_best_other(-nearest)
        return (others + 1e-9) / (nearest + others + 2e-9)


class Machine:
    """A support vector machine with a Gaussian kernel; scikit-learn's defaults, but for C = 10 (few examples)."""

    def __init__(self, lesson: Lesson) -> None:
        from sklearn.svm import SVC

        self._table = _Filled(lesson)
        self._model = SVC(C=10.0, decision_function_shape="ovr").fit(self._table.rows, lesson.which)

    def shares(self, one: Features, apart: Floats) -> Floats:  # noqa: ARG002 - what kNN decides on
        """See `Classifier`; of the margin a logistic function."""
        margins = self._model.decision_function(self._table.fill(one))
        # Of two classes scikit-learn tells one number: how much it is the second.
        margins = np.concatenate([-margins, margins]) / 2 if margins.ndim == 1 else margins[0]
        lead = margins - _best_other(margins)
        return 1 / (1 + np.exp(-3 * lead))


class Tree:
    """A decision tree, scikit-learn's defaults."""

    def __init__(self, lesson: Lesson) -> None:
        from sklearn.tree import DecisionTreeClassifier

        self._table = _Filled(lesson)
        self._model = DecisionTreeClassifier(random_state=0).fit(self._table.rows, lesson.which)

    def shares(self, one: Features, apart: Floats) -> Floats:  # noqa: ARG002 - what kNN decides on
        """See `Classifier`; of how many examples in the leaf are of each label."""
        counts: Floats = self._model.predict_proba(self._table.fill(one))[0]
        return counts / np.maximum(counts + _best_other(counts), 1e-9)


class _Filled:
    """Features for what knows no weights: what was not seen is as usual in the examples."""

    def __init__(self, lesson: Lesson) -> None:
        values, weights = lesson.rows.values, lesson.rows.weights
        self._usual = (values * weights).sum(axis=0) / np.maximum(weights.sum(axis=0), 1e-9)
        self.rows = np.where(weights > 0, values, self._usual)

    def fill(self, one: Features) -> Floats:
        """Return (1, F)."""
        return np.where(one.weights > 0, one.values, self._usual)[None]


_MAKERS: MappingProxyType[Method, Callable[[Lesson], Classifier]] = MappingProxyType(
    {"knn": Neighbours, "svm": Machine, "tree": Tree}
)


def learn(method: Method, lesson: Lesson) -> Classifier:
    """Return a classifier. Raises PosegamesError without its library, or where there is nothing to tell apart."""
    if method != "knn" and len(lesson.labels) < 2:
        raise PosegamesError(
            f"The method {method} has nothing to tell this pose from.",
            "It learns where one pose ends and another begins.",
            "Give it examples of something else, too, or use knn.",
        )
    try:
        return _MAKERS[method](lesson)
    except ImportError as error:
        raise PosegamesError(
            f"The method {method} needs a library that is not installed.",
            f"({error}.)",
            'Install it with: pip install "posegames[learn]"; or use knn, which needs none.',
        ) from error


def _best_other(scores: Floats) -> Floats:
    """Return (labels,) the best score of the others; of one alone -1, the worst there is."""
    if len(scores) < 2:
        return np.array([-1.0])
    second, first = np.partition(scores, -2)[-2:]
    others = np.full(len(scores), first)
    others[scores.argmax()] = second
    return others
