"""Which found body is which person, and what the others are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from posegames.body.pose import Floats, Pose
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Person, asked

NEAR = 0.5
"""An OKS above which a found body is a labelled one (COCO's first threshold)."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One body an estimator found in one picture."""

    points: Floats
    """(K, 2) pixels; NaN for points that are no joint."""
    confidence: Floats
    """(K,) 0..1."""
    score: float
    world: Floats | None = None
    """(K, 3) metres from the middle of the hips."""


def found(pose: Pose, height: int, points: Points) -> Found:
    """Return `pose`, seen in a picture `height` pixels high, as the points that are labelled."""
    _, confidence = points.view.of(pose)
    world = None if pose.world is None else points.taken(pose.world)
    return Found(points.taken(pose.xy) * height, confidence, pose.score, world)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What an estimator said of one picture, judged."""

    case: str
    height: int
    """Of the picture, in pixels."""
    people: tuple[Person, ...]
    """All who are labelled; nobody has to find some of them (see `asked`)."""
    bodies: tuple[Found, ...]
    pairs: tuple[tuple[Person, Found | None], ...]
    """Everybody who is to be found, and the body found for them."""
    doubled: int
    """Bodies found for somebody who has one already."""
    aside: int
    """Bodies found on crowds and on people whose joints nobody labelled: neither right nor wrong."""
    misplaced: int
    """Bodies that lie on somebody, and so badly that they are not taken for them."""
    invented: int
    """Bodies where nobody is."""


def judge(case: str, height: int, people: Sequence[Person], bodies: Sequence[Found], points: Points) -> Answer:
    """Match the likest pairs first."""
    wanted = [person for person in people if asked(person, points)]
    likeness = {(i, j): oks(one, body, points) for i, one in enumerate(wanted) for j, body in enumerate(bodies)}
    pairs: dict[int, int] = {}
    for (i, j), value in sorted(likeness.items(), key=lambda item: -item[1]):
        if value >= NEAR and i not in pairs and j not in pairs.values():
            pairs[i] = j
    left = [j for j in range(len(bodies)) if j not in pairs.values()]
    doubled = [j for j in left if any(likeness[i, j] >= NEAR for i in range(len(wanted)))]
    left = [j for j in left if j not in doubled]
    others = [person for person in people if not asked(person, points)]
    aside = [j for j in left if any(_upon(bodies[j], one, points) for one in others)]
    left = [j for j in left if j not in aside]
    misplaced = [j for j in left if any(_upon(bodies[j], one, points) for one in wanted)]
    return Answer(
        case,
        height,
        tuple(people),
        tuple(bodies),
        tuple((person, bodies[pairs[i]] if i in pairs else None) for i, person in enumerate(wanted)),
        len(doubled),
        len(aside),
        len(misplaced),
        len(left) - len(misplaced),
    )


def oks(person: Person, body: Found, points: Points) -> float:
    """Return COCO's object keypoint similarity over the points that every estimator knows."""
    counted = (person.labelled > 0) & points.core
    if not counted.any():
        return 0.0
    squared = ((body.points - person.points)[counted] ** 2).sum(axis=1)
    scale = 2 * max(person.area, 1.0) * (2 * points.sigmas[counted]) ** 2
    return float(np.exp(-squared / scale).mean())


def _upon(body: Found, person: Person, points: Points) -> bool:
    """Whether at least half of a body lies in somebody's box."""
    left, top, width, height = person.box
    x, y = body.points[points.core].T
    inside = (x >= left) & (x <= left + width) & (y >= top) & (y <= top + height)
    return bool(inside.mean() >= 0.5)
