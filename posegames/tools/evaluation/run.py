"""The accuracy of estimators: each looks at the same pictures, and what it finds is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from posegames.errors import PosegamesError
from posegames.seeing.estimators.base import Estimator
from posegames.tools.bench.contest import Progress
from posegames.tools.evaluation.accuracy import accuracy
from posegames.tools.evaluation.matching import Answer
from posegames.tools.evaluation.parts import Figures, Steps, answer
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.precision import precision, require_library
from posegames.tools.evaluation.truth import Scene


class Accuracy:
    """How near joints are to the truth (see `Part`)."""

    def __init__(self, scenes: Iterable[Scene], points: Points, estimators: Mapping[str, Estimator]) -> None:
        """Take opened estimators, and the pictures in their order.

        A picture that stands alone finds an estimator without memory of those before; those of one case follow
        each other as in a film.
        """
        self._scenes, self._points, self._estimators = scenes, points, estimators
        self._answers: dict[str, list[Answer]] = {name: [] for name in estimators}

    def steps(self) -> Steps:
        """Look at one picture after the other. Raises PosegamesError if nobody is in any."""
        last = ""
        for scene in self._scenes:
            yield scene.case or f"picture {scene.frame.number}", scene.share
            answers = {}
            for name, estimator in self._estimators.items():
                if not scene.case or scene.case != last:
                    estimator.forget()
                answers[name] = answer(scene, estimator, self._points)
            # All or nobody: whoever stops the work finds everyone after the same pictures.
            for name, one in answers.items():
                self._answers[name].append(one)
            last = scene.case
        if not any(one.pairs for one in next(iter(self._answers.values()), [])):
            raise PosegamesError("Nobody is in these pictures.", "There is nothing to compare with.")

    def figures(self) -> Figures:
        """Return AP, PCK and all the rest; empty rows before the first picture with people."""
        return {
            name: _figures(row, self._points) if any(one.pairs for one in row) else {}
            for name, row in self._answers.items()
        }


def evaluate(
    scenes: Iterable[Scene], points: Points, estimators: Mapping[str, Estimator], *, progress: Progress
) -> Figures:
    """Return the accuracy of opened estimators, each on all the `scenes`.

    Raises PosegamesError where a library is not installed, or if nobody is in the scenes; and what reading them
    raises.
    """
    require_library()  # before the work, not after it
    part = Accuracy(scenes, points, estimators)
    for words, share in part.steps():
        progress(words, share)
    return part.figures()


def _figures(answers: list[Answer], points: Points) -> dict[str, Any]:
    cases = dict.fromkeys(answer.case for answer in answers if answer.case)
    figures = {**precision(answers, points), **accuracy(answers, points)}
    if cases:
        figures["cases"] = {case: totals([a for a in answers if a.case == case], points) for case in cases}
    return figures


def totals(answers: list[Answer], points: Points) -> dict[str, Any]:
    """Return the figures that are single numbers."""
    figures = {**precision(answers, points), **accuracy(answers, points)}
    return {key: value for key, value in figures.items() if isinstance(value, int | float | None)}
