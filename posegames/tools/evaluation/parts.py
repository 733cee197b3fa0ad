"""A part of an examination: work in steps, and figures of as much as is done."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, Protocol

from posegames.seeing.estimators.base import Estimator
from posegames.tools.evaluation.matching import Answer, found, judge
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Scene

Figures = dict[str, Any]
"""By estimator, as JSON has it."""
Steps = Generator[tuple[str, float], None, None]
"""What is done next, and how much of the part is done, 0..1."""


class Part(Protocol):
    """One question, asked of every estimator alike."""

    def steps(self) -> Steps:
        """Work; it may be left at any step. Raises what reading pictures and estimating raise."""

    def figures(self) -> Figures:
        """Return the figures of what is done; an estimator without any has an empty row."""


def look(scenes: Sequence[Scene], estimator: Estimator, points: Points) -> list[Answer]:
    """Return what an estimator makes of these pictures: of one case a film, alone each for itself."""
    answers: list[Answer] = []
    last = ""
    for scene in scenes:
        if not scene.case or scene.case != last:
            estimator.forget()
        last = scene.case
        answers.append(answer(scene, estimator, points))
    return answers


def answer(scene: Scene, estimator: Estimator, points: Points) -> Answer:
    """Return what an estimator says of one picture, judged."""
    height = scene.frame.picture.shape[0]
    bodies = [found(pose, height, points) for pose in estimator.estimate(scene.frame)]
    return judge(scene.case, height, scene.people, bodies, points)
