"""How near the found joints and limbs are: PCK, PCKh, the error of every limb, MPJPE in space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.tools.evaluation.matching import Answer, Found
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Person

PCK_SHARE = 0.2
"""A point counts where it is nearer than this share of the torso's diagonal (Yang and Ramanan's PCK)."""
PCKH_SHARE = 0.5
"""... of the head segment (Andriluka et al., MPII)."""
SHARES = tuple(round(0.01 * step, 2) for step in range(51))
"""The thresholds of the PCK curve."""
FORESHORTENED = 0.15
"""A limb labelled shorter than this, in diagonals of the torso, points at the camera: its direction in the
picture means little, and it is left out."""
LEAST_IN_SPACE = 6
"""Joints that a body in space needs: fewer can be turned into almost anything."""
SIZES = ((0.25, "under 25 %"), (0.5, "25-50 %"), (0.75, "50-75 %"), (np.inf, "75 % and more"))
"""How high people are, as shares of the picture's height: up to what, and the words for it."""

KINDS = ("misplaced", "doubled", "aside", "invented")
"""Bodies that are no labelled person, by what they are instead (see `Answer`)."""

_DIAGONALS = ((Joint.LEFT_SHOULDER, Joint.RIGHT_HIP), (Joint.RIGHT_SHOULDER, Joint.LEFT_HIP))
_TORSO_SHARE = 0.35
"""A torso's diagonal, of a standing body's height: for who has no torso labelled."""
NO_HEAD = (
    "PCKh needs the length of the head: a head box, or its top and the neck. These labels have neither "
    "(COCO's have eyes, ears and nose), so it does not apply."
)


def accuracy(answers: Sequence[Answer], points: Points) -> dict[str, Any]:
    """Return all figures of these answers but average precision; shares in per cent, None where there is none."""
    pairs = [pair for answer in answers for pair in answer.pairs]
    matched = [(person, body) for person, body in pairs if body is not None]
    shape = len(pairs), len(points.view.points)
    labelled = np.array([person.labelled for person, _ in pairs], dtype=bool).reshape(shape)
    away = np.array([_away(person, body, points) for person, body in pairs]).reshape(shape)
    torso = np.array([reference(person, points) for person, _ in pairs])
    long = torso[[body is not None for _, body in pairs]] * FORESHORTENED
    known = np.array([person.head is not None for person, _ in pairs], dtype=bool)
    head = np.array([person.head for person, _ in pairs if person.head is not None])
    return {
        "pictures": len(answers),
        "people": len(pairs),
        "found": sum(len(answer.bodies) for answer in answers),
        "matched": len(matched),
        "missed": len(pairs) - len(matched),
        **{kind: sum(getattr(answer, kind) for answer in answers) for kind in KINDS},
        "sizes": _sizes(answers),
        **_pck(f"PCK@{PCK_SHARE}", away / torso[:, None], labelled, points, PCK_SHARE),
        "PCK": _curve(away / torso[:, None], labelled & points.core),
        **_pck(f"PCKh@{PCKH_SHARE}", away[known] / head[:, None], labelled[known], points, PCKH_SHARE),
        "limbs": {name: _limb(matched, near, far, long) for name, near, far in points.limbs},
        **_in_space(matched, points),
        "notes": [] if known.any() or not pairs else [NO_HEAD],
    }


def _away(person: Person, body: Found | None, points: Points) -> Floats:
    """Return how far (K,) the points are from where they belong, in pixels; of who was not found: infinitely."""
    if body is None:
        return np.full(len(points.view.points), np.inf)
    away = np.hypot(*(body.points - person.points).T)
    return np.where(np.isfinite(away), away, np.inf)


def reference(person: Person, points: Points) -> float:
    """Return the diagonal of the torso in pixels; from the box where the torso is not labelled."""
    for a, b in ((points.at(first), points.at(last)) for first, last in _DIAGONALS):
        if a is not None and b is not None and person.labelled[a] and person.labelled[b]:
            return max(1.0, float(np.hypot(*(person.points[a] - person.points[b]))))
    return max(1.0, _TORSO_SHARE * max(person.box[2:]))


def _pck(
    name: str, away: Floats, labelled: NDArray[np.bool_], points: Points, share: float
) -> dict[str, float | dict[str, float] | None]:
    """Return the share of labelled points nearer than `share`: in all, and by joint."""
    there, right = labelled.sum(axis=0), (labelled & (away < share)).sum(axis=0)
    rows = zip(points.view.points, points.view.sources, right, there, strict=True)
    core = points.core
    return {
        name: _percent(right[core].sum(), there[core].sum()),
        f"{name} by joint": {joint: round(100 * float(r / n), 2) for joint, source, r, n in rows if source and n},
    }


def _curve(away: Floats, counted: NDArray[np.bool_]) -> dict[str, list[float]]:
    near = np.sort(away[counted])
    below = np.searchsorted(near, SHARES, side="left") / max(1, len(near))
    return {"threshold": list(SHARES), "share": [round(100 * float(share), 2) for share in below]}


def _percent(part: float, whole: float) -> float | None:
    return round(100 * float(part / whole), 2) if whole else None


def _limb(matched: Sequence[tuple[Person, Found]], near: int, far: int, least: Floats) -> dict[str, Any]:
    """Return how wrong a limb is, of those who were found; `least` pixels long it must be labelled.

    `degrees`: mean angle between the limb found and the limb labelled. `end`: how far the ends are apart when the
    beginnings are laid on each other, in per cent of the limb's labelled length. `limbs`: how many there were.
    """
    there = [bool(person.labelled[near] and person.labelled[far]) for person, _ in matched]
    truth, mine = (
        np.array([one.points[far] - one.points[near] for one in row]).reshape(-1, 2)
        for row in ([person for person, _ in matched], [body for _, body in matched])
    )
    length = np.hypot(*truth.T)
    counted = np.array(there, dtype=bool) & (length >= least)
    if not counted.any():
        return {"degrees": None, "end": None, "limbs": 0}
    truth, mine, length = truth[counted], mine[counted], length[counted]
    turned = np.abs(np.arctan2(truth[:, 0] * mine[:, 1] - truth[:, 1] * mine[:, 0], (truth * mine).sum(axis=1)))
    return {
        "degrees": round(float(np.degrees(turned).mean()), 2),
        "end": round(100 * float((np.hypot(*(mine - truth).T) / length).mean()), 2),
        "limbs": len(truth),
    }


def _sizes(answers: Sequence[Answer]) -> dict[str, dict[str, int]]:
    """Return how many people of each height there were, and how many of them were missed."""
    sizes = {words: {"people": 0, "missed": 0} for _, words in SIZES}
    for answer in answers:
        for person, body in answer.pairs:
            words = next(words for most, words in SIZES if person.box[3] / answer.height < most)
            sizes[words]["people"] += 1
            sizes[words]["missed"] += body is None
    return sizes


def _in_space(matched: Sequence[tuple[Person, Found]], points: Points) -> dict[str, Any]:
    """Return the mean error in space in millimetres of the joints in sight: hips on hips, and best laid on."""
    errors, aligned = [], []
    for person, body in matched:
        if person.world is None or body.world is None:
            continue
        seen = (person.labelled > 0) & points.core
        if seen.sum() >= LEAST_IN_SPACE:
            truth, mine = person.world - _root(person.world, points), body.world - _root(body.world, points)
            errors.append(np.where(person.labelled > 0, np.linalg.norm(mine - truth, axis=1), np.nan) * 1000)
            aligned.append(np.linalg.norm(procrustes(mine[seen], truth[seen]) - truth[seen], axis=1) * 1000)
    if not errors:
        return {}
    table = np.array(errors)
    counts = np.isfinite(table).sum(axis=0)
    means = np.nansum(table, axis=0) / np.maximum(counts, 1)
    rows = zip(points.view.points, means, counts, strict=True)
    return {
        "MPJPE": round(float(np.nanmean(table[:, points.core])), 2),
        "PA-MPJPE": round(float(np.concatenate(aligned).mean()), 2),
        "MPJPE by joint": {name: round(float(mean), 2) for name, mean, count in rows if count},
        "bodies in space": len(errors),
    }


def _root(world: Floats, points: Points) -> Floats:
    hips = [place for place in map(points.at, (Joint.LEFT_HIP, Joint.RIGHT_HIP)) if place is not None]
    middle: Floats = world[hips].mean(axis=0) if hips else np.zeros(3)
    return middle


def procrustes(points: Floats, onto: Floats) -> Floats:
    """Return `points` (N, 3) moved, turned and scaled, but not mirrored, to lie as near to `onto` as can be.

    Umeyama, Least-squares estimation of transformation parameters, 1991.
    """
    middle, target = points.mean(axis=0), onto.mean(axis=0)
    mine, theirs = points - middle, onto - target
    spread = float((mine**2).sum())
    if spread < 1e-12:
        return np.broadcast_to(target, points.shape).copy()
    u, values, vt = np.linalg.svd(mine.T @ theirs)
    signs = np.ones(3)
    signs[-1] = np.sign(np.linalg.det(u @ vt)) or 1.0
    moved: Floats = float((values * signs).sum()) / spread * (mine @ (u * signs) @ vt) + target
    return moved
