"""How near an estimator's people are to those labelled by hand: OKS average precision, PCK."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from posegames.body.joints import COCO_17, SIGMAS
from posegames.body.pose import Floats, Pose
from posegames.errors import PosegamesError
from posegames.tools.truth import POINTS, Labelled, Truth

PCK_SHARE = 0.2
"""A point counts where it is nearer than this share of the torso's diagonal (Yang and Ramanan's PCK)."""
NEAR = 0.5
"""An OKS above which a found body is a labelled one (COCO's first threshold)."""
_LEFT_SHOULDER, _RIGHT_HIP = COCO_17.points.index("left_shoulder"), COCO_17.points.index("right_hip")
_RIGHT_SHOULDER, _LEFT_HIP = COCO_17.points.index("right_shoulder"), COCO_17.points.index("left_hip")
_SIGMAS = np.array([SIGMAS[source[0]] for source in COCO_17.sources if source])


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One body an estimator found in one picture."""

    points: Floats
    """(17, 2) pixels."""
    confidence: Floats
    """(17,) 0..1."""
    score: float


def found(pose: Pose, height: int) -> Found:
    """Return `pose`, seen in a picture `height` pixels high, as COCO's 17 points."""
    xy, confidence = pose.view(COCO_17)
    return Found(xy.astype(np.float64) * height, confidence, pose.score)


def accuracy(truth: Truth, bodies: Mapping[int, Sequence[Found]]) -> dict[str, Any]:
    """Return AP, AR (COCO's, in per cent), PCK by joint and in all, and how many were found and invented."""
    return {**_pck(truth, bodies), **_precision(truth, bodies)}


def _precision(truth: Truth, bodies: Mapping[int, Sequence[Found]]) -> dict[str, Any]:
    """Return COCO's figures, reckoned by a library that many use."""
    try:
        from faster_coco_eval import COCO, COCOeval_faster
    except ImportError as error:
        raise PosegamesError(
            "Evaluating needs the package faster-coco-eval.", f"({error})", "pip install 'posegames[evaluate]'"
        ) from error

    rows = [
        {
            "image_id": image,
            "category_id": truth.raw["categories"][0]["id"],
            "keypoints": [
                round(float(v), 3)
                for (x, y), c in zip(body.points, body.confidence, strict=True)
                for v in (x, y, c)
            ],
            "score": body.score,
        }
        for image, there in bodies.items()
        for body in there
    ]
    if not rows:
        return {"AP": 0.0, "AP50": 0.0, "AP75": 0.0, "AR": 0.0}
    logging.getLogger("faster_coco_eval").setLevel(logging.ERROR)
    labels = COCO(truth.raw)
    judge = COCOeval_faster(labels, labels.loadRes(rows), "keypoints")
    judge.evaluate()
    judge.accumulate()
    judge.summarize()
    names = {"AP": "AP_all", "AP50": "AP_50", "AP75": "AP_75", "AR": "AR_all"}
    return {ours: round(100 * float(judge.stats_as_dict[theirs]), 2) for ours, theirs in names.items()}


def _pck(truth: Truth, bodies: Mapping[int, Sequence[Found]]) -> dict[str, Any]:
    right, there = np.zeros(POINTS), np.zeros(POINTS)
    matched = 0
    for image in truth.files:
        people = [person for person in truth.people if person.image == image]
        for person, body in zip(people, _paired(people, bodies.get(image, ())), strict=True):
            there += person.labelled
            if body is None:
                continue
            matched += 1
            away = np.hypot(*(body.points - person.points).T)
            right += person.labelled * (away < PCK_SHARE * _reference(person))
    by_joint = {
        name: round(100 * float(r / n), 2) for name, r, n in zip(COCO_17.points, right, there, strict=True) if n
    }
    return {
        "people": len(truth.people),
        "matched": matched,
        "found": sum(map(len, bodies.values())),
        "PCK@0.2": round(100 * float(right.sum() / max(1.0, there.sum())), 2),
        "PCK@0.2 by joint": by_joint,
    }


def _reference(person: Labelled) -> float:
    """Return the diagonal of the torso in pixels; from the box where the torso is not labelled."""
    for a, b in ((_LEFT_SHOULDER, _RIGHT_HIP), (_RIGHT_SHOULDER, _LEFT_HIP)):
        if person.labelled[a] and person.labelled[b]:
            return max(1.0, float(np.hypot(*(person.points[a] - person.points[b]))))
    # A torso's diagonal is about .35 of a standing body's height.
    return max(1.0, 0.35 * max(person.box[2:]))


def _paired(people: Sequence[Labelled], bodies: Sequence[Found]) -> list[Found | None]:
    """Return the body found for each person, the likest pairs first; None where there is none."""
    likeness = {(i, j): _oks(person, body) for i, person in enumerate(people) for j, body in enumerate(bodies)}
    pairs: dict[int, int] = {}
    for (i, j), value in sorted(likeness.items(), key=lambda item: -item[1]):
        if value >= NEAR and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [bodies[pairs[i]] if i in pairs else None for i in range(len(people))]


def _oks(person: Labelled, body: Found) -> float:
    """Return COCO's object keypoint similarity."""
    away = ((body.points - person.points) ** 2).sum(axis=1)
    likeness = np.exp(-away / (2 * max(person.area, 1.0) * (2 * _SIGMAS) ** 2))
    return float((likeness * person.labelled).sum() / max(1.0, person.labelled.sum()))
