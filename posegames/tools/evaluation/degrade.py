"""Pictures made worse, and the labels that go with them: pure functions from a scene to a scene.

Each takes how much, and the lots it draws (none draws others): the same lots give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from posegames.body.pose import Floats
from posegames.seeing.sighting import Frame, Picture
from posegames.tools.evaluation.accuracy import reference
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.truth import Person, Scene, asked

Lots = np.random.Generator
Box = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""

COVER = 0.5
"""Side of a box that hides something, in diagonals of the torso of whom it hides: a head, or half an arm."""
GREY = 128
"""Of what hides bodies, and of what is around a picture that was made small: nobody's colour."""
GUEST = 0.2
"""Least height of somebody who is put into other pictures, of the height of their own."""
GUEST_POINTS = 8
"""Least labelled points of theirs."""
TRIES = 24
"""Places that are tried for somebody who is put into a picture."""


def noisy(scene: Scene, share: float, lots: Lots) -> Scene:
    """Add noise to every value, with a standard deviation of `share` of white."""
    # float32: half the time, and finer than the rounding that follows.
    noise = lots.standard_normal(scene.frame.picture.shape, dtype=np.float32) * np.float32(share * 255)
    noise += scene.frame.picture
    return _shown(scene, np.clip(np.rint(noise), 0, 255).astype(np.uint8))


def blurred(scene: Scene, share: float) -> Scene:
    """Blur by a Gaussian with a standard deviation of `share` of the picture's height."""
    sigma = share * scene.frame.picture.shape[0]
    return _shown(scene, cv2.GaussianBlur(scene.frame.picture, (0, 0), sigma).astype(np.uint8, copy=False))


def darkened(scene: Scene, share: float) -> Scene:
    """Take away `share` of the light, as a short exposure does; eight bits keep what is left."""
    return _shown(scene, np.rint(scene.frame.picture * np.float32(1 - share)).astype(np.uint8))


def occluded(scene: Scene, boxes: int, points: Points, lots: Lots) -> Scene:
    """Lay so many grey boxes on joints of everybody. The labels stay: what is hidden is asked for, as in COCO."""
    picture = scene.frame.picture.copy()
    height, width = picture.shape[:2]
    for person in scene.people:
        # An order of all joints, in sight or not: in a film the boxes stay where they are on the body.
        order = lots.permutation(len(points.core))
        if not asked(person, points):
            continue
        there = [place for place in order if points.core[place] and person.labelled[place] > 0]
        half = COVER * reference(person, points) / 2
        for x, y in person.points[there[:boxes]]:
            left, right = np.rint(np.clip((x - half, x + half), 0, width)).astype(int)
            top, bottom = np.rint(np.clip((y - half, y + half), 0, height)).astype(int)
            picture[top:bottom, left:right] = GREY
    return _shown(scene, picture)


def shrunk(scene: Scene, share: float) -> Scene:
    """Make everything smaller, to `share` of its size, in the middle of a grey picture of the same size."""
    height, width = scene.frame.picture.shape[:2]
    small = cv2.resize(
        scene.frame.picture,
        (max(1, round(width * share)), max(1, round(height * share))),
        interpolation=cv2.INTER_AREA,
    )
    picture = np.full_like(scene.frame.picture, GREY)
    left, top = (width - small.shape[1]) // 2, (height - small.shape[0]) // 2
    picture[top : top + small.shape[0], left : left + small.shape[1]] = small
    factors = small.shape[1] / width, small.shape[0] / height
    people = tuple(_moved(person, factors, (left, top)) for person in scene.people)
    return replace(scene, frame=_frame(scene.frame, picture), people=people)


@dataclass(frozen=True, slots=True, eq=False)
class Guest:
    """Somebody cut out of a picture, to be put into others."""

    picture: Picture
    """What is in their box."""
    person: Person
    """With the corner of `picture` as the origin."""
    share: float
    """Their height, of their own picture's."""
    home: int
    """The number of their own picture."""


def guests(scenes: Iterable[Scene], points: Points) -> list[Guest]:
    """Return who can be cut out: labelled well, large enough, nobody else in their box."""
    return [
        guest
        for scene in scenes
        for person in scene.people
        if asked(person, points) and (guest := _cut(scene, person, points)) is not None
    ]


def joined(scene: Scene, company: Sequence[Guest], count: int, lots: Lots) -> Scene:
    """Put `count` of `company`, none from this very picture, where they hide the others least.

    Points that are hidden are no longer labelled: whole people may be.
    """
    others = [guest for guest in company if guest.home != scene.frame.number]
    for place in lots.permutation(len(others))[:count]:
        scene = _put(scene, others[place], lots)
    return scene


def _cut(scene: Scene, person: Person, points: Points) -> Guest | None:
    height, width = scene.frame.picture.shape[:2]
    left, top = (max(0, round(side)) for side in person.box[:2])
    right = min(width, round(person.box[0] + person.box[2]))
    bottom = min(height, round(person.box[1] + person.box[3]))
    share = (bottom - top) / height
    enough = (person.labelled * points.core).sum() >= GUEST_POINTS and share >= GUEST
    alone = not any(_overlap(person.box, other.box) for other in scene.people if other is not person)
    if not (enough and alone and right > left):
        return None
    cut = _moved(person, (1.0, 1.0), (-left, -top))
    return Guest(scene.frame.picture[top:bottom, left:right], cut, share, scene.frame.number)


def _put(scene: Scene, guest: Guest, lots: Lots) -> Scene:
    height, width = scene.frame.picture.shape[:2]
    # As high in this picture as in their own, and not wider than it.
    factor = min(guest.share * height / guest.picture.shape[0], width / guest.picture.shape[1])
    high, wide = (max(1, int(side * factor)) for side in guest.picture.shape[:2])
    size = wide, high
    spots = lots.random((TRIES, 2)) * (width - size[0], height - size[1])

    def hidden(spot: Floats) -> float:
        return sum(_overlap((float(spot[0]), float(spot[1]), wide, high), one.box) for one in scene.people)

    left, top = (int(side) for side in min(spots, key=hidden))
    picture = scene.frame.picture.copy()
    picture[top : top + size[1], left : left + size[0]] = cv2.resize(
        guest.picture, size, interpolation=cv2.INTER_AREA
    )
    people = [_covered(person, (left, top, wide, high)) for person in scene.people]
    scale = size[0] / guest.picture.shape[1], size[1] / guest.picture.shape[0]
    people.append(_moved(guest.person, scale, (left, top)))
    return replace(scene, frame=_frame(scene.frame, picture), people=tuple(people))


def _covered(person: Person, box: Box) -> Person:
    x, y = person.points.T
    inside = (x >= box[0]) & (x < box[0] + box[2]) & (y >= box[1]) & (y < box[1] + box[3])
    return replace(person, labelled=np.where(inside, 0.0, person.labelled))


def _overlap(a: Box, b: Box) -> float:
    """Return what two boxes have in common, in square pixels."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0.0, across) * max(0.0, down)


def _moved(person: Person, factors: tuple[float, float], by: tuple[float, float]) -> Person:
    """Return somebody whose picture became `factors` wider and higher, and was moved `by` pixels."""
    left, top, width, height = person.box
    return replace(
        person,
        points=person.points * factors + by,
        box=(left * factors[0] + by[0], top * factors[1] + by[1], width * factors[0], height * factors[1]),
        area=person.area * factors[0] * factors[1],
        head=None if person.head is None else person.head * factors[1],
    )


def _shown(scene: Scene, picture: Picture) -> Scene:
    return replace(scene, frame=_frame(scene.frame, picture))


def _frame(frame: Frame, picture: Picture) -> Frame:
    """Return the frame with another picture; what the stage knows of the old one goes."""
    return Frame(picture, frame.time, frame.number)
