"""COCO's average precision and recall, reckoned by a library that many use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from posegames.body.pose import Floats
from posegames.errors import PosegamesError
from posegames.tools.evaluation.matching import Answer
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Person

_NAMES = {"AP": "AP_all", "AP50": "AP_50", "AP75": "AP_75", "AR": "AR_all"}
CURVES = (0.5, 0.75)
"""OKS thresholds of the curves of precision over recall."""


def require_library() -> Any:
    """Return the library. Raises PosegamesError where it is not installed."""
    try:
        import faster_coco_eval
    except ImportError as error:
        raise PosegamesError(
            "Evaluating needs the package faster-coco-eval.", f"({error})", "pip install 'posegames[evaluate]'"
        ) from error
    return faster_coco_eval


def precision(answers: Sequence[Answer], points: Points) -> dict[str, Any]:
    """Return AP, AP50, AP75 and AR over object keypoint similarities, and precision over recall, in per cent.

    Points are those that every estimator knows; people without any of them, and crowds, are passed over as COCO
    does. Precision stands at recalls of 0, 1, ... 100 %. Where nobody is to be found, the totals are None.
    """
    library = require_library()
    if not any(answer.pairs for answer in answers):
        return dict.fromkeys(_NAMES)
    core = points.core
    people = [(image, person) for image, answer in enumerate(answers, 1) for person in answer.people]
    bodies = [(image, body) for image, answer in enumerate(answers, 1) for body in answer.bodies]
    labels = {
        "images": [{"id": image} for image in range(1, len(answers) + 1)],
        "categories": [{"id": 1, "name": "person"}],
        "annotations": [_row(number, image, person, core) for number, (image, person) in enumerate(people, 1)],
    }
    rows = [
        {
            "image_id": image,
            "category_id": 1,
            "keypoints": _triples(body.points[core], body.confidence[core]),
            "score": body.score,
        }
        for image, body in bodies
    ]
    truth = library.COCO(labels)
    judge = library.COCOeval_faster(
        truth, truth.loadRes(rows), "keypoints", kpt_oks_sigmas=points.sigmas[core].tolist()
    )
    judge.evaluate()
    judge.accumulate()
    judge.summarize()
    curves = np.asarray(judge.eval["precision"])[:, :, 0, 0, -1]
    figures = {ours: round(100 * float(judge.stats_as_dict[theirs]), 2) for ours, theirs in _NAMES.items()}
    thresholds = np.asarray(judge.params.iouThrs)
    return figures | {
        "precision": {
            f"{oks:.2f}": [
                round(100 * max(0.0, float(value)), 2) for value in curves[int(np.abs(thresholds - oks).argmin())]
            ]
            for oks in CURVES
        }
    }


def _row(number: int, image: int, person: Person, core: Any) -> dict[str, Any]:
    labelled = person.labelled[core]
    return {
        "id": number,
        "image_id": image,
        "category_id": 1,
        "iscrowd": int(person.crowd),
        "num_keypoints": int(labelled.sum()),
        "area": person.area,
        "bbox": list(person.box),
        "keypoints": _triples(person.points[core], 2 * labelled),
    }


def _triples(points: Floats, marks: Floats) -> list[float]:
    return [round(float(v), 3) for (x, y), mark in zip(points, marks, strict=True) for v in (x, y, mark)]
