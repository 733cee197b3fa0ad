"""The families of models that the papers build on, and whose files users bring. A table.

The publishers give no sha256 of these files, or export them themselves: posegames fetches none.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from posegames.errors import ModelError
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.parameters import chosen
from posegames.seeing.estimators.store import MODELS_VARIABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family: `posegames.seeing.estimators.<name>` has `make`, and `OPTIONS`, the dataclass it takes."""

    name: str
    what: str
    """A few words for the list."""
    licence: str
    """Of the weights; in the list."""
    terms: str
    """What whoever uses the weights must know, in a sentence."""
    free: bool
    """Whether the weights may be used for anything: then it is told; else it is asked."""
    origin: str
    """Where files are to be had."""
    file: str
    """How the file is usually called there."""
    endings: tuple[str, ...]
    parts: tuple[str, ...]
    """What is in the names of its files, one of them at least, so that one is found in a folder."""

    @property
    def notice(self) -> str:
        """What is said before the first use."""
        return f"The estimator {self.name}: {self.terms} (The file is your own; posegames brings none.)"


_ROWS = (
    Family(
        name="posenet",
        what="PoseNet: 17 points, several people",
        licence="Apache-2.0",
        terms="Google's weights are licensed under Apache-2.0.",
        free=True,
        origin="https://storage.googleapis.com/download.tensorflow.org/models/tflite/",
        file="posenet_mobilenet_v1_100_257x257_multi_kpt_stripped.tflite",
        endings=(".tflite", ".onnx"),
        parts=("posenet",),
    ),
    Family(
        name="movenet",
        what="MoveNet: 17 points, one person or six",
        licence="Apache-2.0",
        terms="Google's weights are licensed under Apache-2.0.",
        free=True,
        origin="https://www.kaggle.com/models/google/movenet",
        file="movenet-multipose-lightning-tflite-float16.tflite",
        endings=(".tflite", ".onnx"),
        parts=("movenet",),
    ),
    Family(
        name="openpose",
        what="OpenPose: 18 points, several people",
        licence="non-commercial research only",
        terms=(
            "Carnegie Mellon's weights may be used for non-commercial research only. Other nets of the kind have "
            "their own terms: Intel's human-pose-estimation-0001 is licensed under Apache-2.0."
        ),
        free=False,
        origin="https://github.com/CMU-Perceptual-Computing-Lab/openpose",
        file="graph_opt.pb",
        endings=(".pb", ".onnx"),
        parts=("openpose", "graph_opt", "pose_iter", "human-pose-estimation"),
    ),
    Family(
        name="yolo",
        what="YOLO-pose: 17 points, everybody",
        licence="AGPL-3.0 or paid",
        terms=(
            "Ultralytics' weights are licensed under AGPL-3.0: whatever is given away or served with them must be "
            "open under it as well, unless Ultralytics is paid for another licence."
        ),
        free=False,
        origin="https://docs.ultralytics.com/tasks/pose/",
        file="yolo11n-pose.onnx",
        endings=(".onnx",),
        parts=("yolo",),
    ),
)

FAMILIES = MappingProxyType({row.name: row for row in _ROWS})
"""Every family by name."""


def options_of(family: Family, words: Sequence[str]) -> Any:
    """Return the options of `family` with those of `words` (NAME=VALUE) set. Raises UsageError."""
    return chosen(_module(family).OPTIONS, words, family.name)


def make(family: Family, model: Path | None, words: Sequence[str], *, most: int) -> Estimator:
    """Return an estimator of `family` for up to `most` people, not yet loaded.

    Raises UsageError for options it does not know, ModelError without a file for it.
    """
    options = options_of(family, words)
    estimator: Estimator = _module(family).make(file_of(family, model), most=most, options=options)
    return estimator


def file_of(family: Family, model: Path | None) -> Path:
    """Return the user's file for `family`: `model`, or what POSEGAMES_MODELS names; the one in it, if a folder.

    Raises ModelError if there is none, or more than one.
    """
    named = os.environ.get(MODELS_VARIABLE)
    given = model or (Path(named) if named else None)
    if given is None or (model is None and given.is_file() and not _fits(family, given)):
        raise _none(family, f"The estimator {family.name} needs a model file that posegames does not bring.")
    if not given.is_dir():
        return given
    found = sorted(path for path in given.iterdir() if _fits(family, path))
    if not found:
        raise _none(family, f"There is no model file for {family.name} in {given}.")
    if len(found) > 1:
        raise ModelError(
            f"There are {len(found)} model files for {family.name} in {given}.",
            f"({', '.join(path.name for path in found)})",
            "Name one: --model FILE.",
        )
    return found[0]


def _fits(family: Family, path: Path) -> bool:
    name = path.name.lower()
    return name.endswith(family.endings) and any(part in name for part in family.parts)


def _none(family: Family, what: str) -> ModelError:
    return ModelError(
        what,
        f"{family.terms} A file is called {family.file}, or something like it, and comes from {family.origin}",
        f"Give it by --model FILE, or set {MODELS_VARIABLE} to the folder it is in.",
    )


def _module(family: Family) -> Any:
    return import_module(f"posegames.seeing.estimators.{family.name}")
