"""How much is left when pictures get worse: the table of degradation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from posegames.seeing.estimators.base import Estimator
from posegames.tools.evaluation import degrade
from posegames.tools.evaluation.degrade import Lots
from posegames.tools.evaluation.exam import Exam
from posegames.tools.evaluation.matching import Answer
from posegames.tools.evaluation.parts import Figures, Steps, look
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.run import totals
from posegames.tools.evaluation.truth import Scene

COUNTED = (
    "people",
    "found",
    "matched",
    "missed",
    "invented",
    "doubled",
    "misplaced",
    "AP",
    "AP50",
    "AR",
    "PCK@0.2",
)
"""The figures of a condition."""
RELATIVE = ("AP", "PCK@0.2")
"""Those that are compared with the clean ones."""
CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which pictures get worse."""

    name: str
    what: str
    """What a level is, for whoever reads the figures."""
    levels: tuple[float, ...]
    """From the least to the most."""
    words: Callable[[float], str]
    worse: Callable[[Scene, float, Points, Lots], Scene] | None
    """None: the whole exam is another one (`Exam.crowded`)."""
    steady: bool = False
    """Whether the lots are the same for all pictures of a film."""


def _percent(level: float) -> str:
    return f"{100 * level:g} %"


KINDS = (
    Kind(
        "noise", "standard deviation, of white", (0.05, 0.1, 0.2), _percent,
        lambda scene, level, _, lots: degrade.noisy(scene, level, lots),
    ),
    Kind(
        "blur", "standard deviation of a Gaussian, of the picture's height", (0.005, 0.01, 0.02), _percent,
        lambda scene, level, _, __: degrade.blurred(scene, level),
    ),
    Kind(
        "darkness", "light taken away", (0.5, 0.75, 0.9), _percent,
        lambda scene, level, _, __: degrade.darkened(scene, level),
    ),
    Kind(
        "occlusion", "grey boxes on joints of everybody", (1, 2, 4), "boxes: {:.0f}".format,
        lambda scene, level, points, lots: degrade.occluded(scene, int(level), points, lots), steady=True,
    ),
    Kind(
        "scale", "size of everything", (0.6, 0.3, 0.15), _percent,
        lambda scene, level, _, __: degrade.shrunk(scene, level),
    ),
    Kind("crowding", "people more", (1, 3, 5), "people: +{:.0f}".format, None),
)  # fmt: skip
"""All ways; none is a camera's own, and each is the same for every estimator."""


class Robustness:
    """What each kind and level leaves of AP and PCK, and who is missed and invented (see `Part`)."""

    def __init__(
        self,
        exam: Exam,
        base: Sequence[Scene],
        estimators: Mapping[str, Estimator],
        *,
        kinds: Sequence[Kind] = KINDS,
        seed: int = 0,
    ) -> None:
        """Take the pictures that are made worse. The same seed makes the same pictures."""
        self._exam, self._base, self._estimators = exam, base, estimators
        self._kinds, self._seed = kinds, seed
        self._rows: dict[str, dict[str, dict[str, dict[str, Any]]]] = {name: {} for name in estimators}

    def steps(self) -> Steps:
        """Look at everything clean, and then at each level of each kind."""
        levels = [(kind, level) for kind in self._kinds for level in kind.levels]
        every: list[tuple[Kind | None, float]] = [(None, 0.0), *levels]
        for done, (kind, level) in enumerate(every):
            what, how = (kind.name, kind.words(level)) if kind else (CLEAN, "")
            scenes = self.worse(kind, level) if kind else self._base
            answers = {}
            for place, (name, estimator) in enumerate(self._estimators.items()):
                yield (
                    f"{what}, {how}: {name}" if how else f"{what}: {name}",
                    (done + place / len(self._rows)) / len(every),
                )
                answers[name] = look(scenes, estimator, self._exam.points)
            # All or nobody, as for accuracy.
            if scenes:
                self._take(what, how, answers)

    def worse(self, kind: Kind, level: float) -> list[Scene]:
        """Return all pictures with `kind` at `level`; none where the exam cannot be made so."""
        if kind.worse is None:
            return self._exam.crowded(self._base, int(level), self._lots(kind))
        worse, points = kind.worse, self._exam.points
        return [worse(scene, level, points, self._lots(kind, scene)) for scene in self._base]

    def _lots(self, kind: Kind, scene: Scene | None = None) -> Lots:
        """Return the same at every level: more boxes are the fewer ones and others."""
        words = [kind.name]
        if scene is not None:
            words.append(scene.case)
            if not (kind.steady and scene.case):
                words.append(str(scene.frame.number))
        return np.random.default_rng([self._seed, crc32("\n".join(words).encode())])

    def _take(self, kind: str, level: str, answers: Mapping[str, list[Answer]]) -> None:
        for name, row in answers.items():
            figures = totals(row, self._exam.points)
            self._rows[name].setdefault(kind, {})[level] = {key: figures[key] for key in COUNTED}

    def figures(self) -> Figures:
        """Return the figures by kind and level, with AP and PCK in per cent of the clean ones."""
        return {
            name: {
                "robustness": {
                    kind: {level: row | _compared(row, rows[CLEAN][""]) for level, row in levels.items()}
                    for kind, levels in rows.items()
                }
            }
            for name, rows in self._rows.items()
        }


def _compared(row: Mapping[str, Any], clean: Mapping[str, Any]) -> dict[str, float | None]:
    """Return what is left of the clean figures in per cent; None where there was nothing."""
    return {
        f"{key} of clean": round(100 * row[key] / clean[key], 1) if row[key] is not None and clean[key] else None
        for key in RELATIVE
    }


def kept(row: Mapping[str, Any], key: str = RELATIVE[1]) -> dict[str, float]:
    """Return, by kind, the mean over its levels of what is left of a figure, of one estimator's `robustness`."""
    shares = {
        kind: [level[f"{key} of clean"] for level in levels.values() if level[f"{key} of clean"] is not None]
        for kind, levels in row.items()
        if kind != CLEAN
    }
    return {kind: sum(values) / len(values) for kind, values in shares.items() if values}
