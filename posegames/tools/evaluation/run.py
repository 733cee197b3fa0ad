"""An exam: every estimator looks at the same pictures, and what it finds is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from posegames.errors import PosegamesError
from posegames.seeing.estimators.base import Estimator
from posegames.tools.bench.contest import Progress
from posegames.tools.evaluation.accuracy import accuracy
from posegames.tools.evaluation.matching import Answer, found, judge
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.precision import precision, require_library
from posegames.tools.evaluation.truth import Scene

Figures = dict[str, Any]
"""By estimator, as JSON has it."""


def evaluate(
    scenes: Iterable[Scene], points: Points, estimators: Mapping[str, Estimator], *, progress: Progress
) -> Figures:
    """Return the figures of opened estimators, each on all the `scenes`.

    A picture that stands alone finds an estimator without memory of those before; those of one case follow each
    other as in a film. Raises PosegamesError where a library is not installed, and what reading the scenes raises.
    """
    require_library()  # before the work, not after it
    answers: dict[str, list[Answer]] = {name: [] for name in estimators}
    last = ""
    for scene in scenes:
        progress(scene.case or f"picture {scene.frame.number}", scene.share)
        height = scene.frame.picture.shape[0]
        for name, estimator in estimators.items():
            if not scene.case or scene.case != last:
                estimator.forget()
            bodies = [found(pose, height, points) for pose in estimator.estimate(scene.frame)]
            answers[name].append(judge(scene.case, height, scene.people, bodies, points))
        last = scene.case
    if not any(answer.pairs for answer in next(iter(answers.values()), [])):
        raise PosegamesError("Nobody is in these pictures.", "There is nothing to compare with.")
    return {name: _figures(row, points) for name, row in answers.items()}


def _figures(answers: list[Answer], points: Points) -> dict[str, Any]:
    cases = dict.fromkeys(answer.case for answer in answers if answer.case)
    figures = {**precision(answers, points), **accuracy(answers, points)}
    if cases:
        figures["cases"] = {case: _case([a for a in answers if a.case == case], points) for case in cases}
    return figures


def _case(answers: list[Answer], points: Points) -> dict[str, Any]:
    """Return the totals of one case."""
    figures = {**precision(answers, points), **accuracy(answers, points)}
    return {key: value for key, value in figures.items() if isinstance(value, int | float | None)}
