"""Other ways of telling who is who, for the bench of identity: each hears sightings and says who is there.

They are as their authors show them, with the settings of their examples at 30 pictures a second; none is made
worse.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from posegames.body.measure import TORSO, box
from posegames.body.pose import Floats, Pose
from posegames.players.appearance import appearance, unlike
from posegames.players.assignment import assign, settle
from posegames.players.identity import distances
from posegames.players.roster import Roster
from posegames.seeing.sighting import Sighting
from posegames.tools.identity import Claim, Follower, claims

VANISHED = 50 / 30
"""Seconds after which the tutorial of centroids forgets somebody."""
BUFFER = 1.0
"""Seconds ByteTrack keeps a box nobody matched (30 pictures)."""
HIGH, LOW = 0.5, 0.1
"""Scores of bodies that may begin a track, and of those that may still continue one (ByteTrack)."""
OVERLAP = 0.2
"""Least intersection over union of what a box should be and what it is (ByteTrack's match_thresh of .8)."""
HITS = 3
"""Sightings before a box is somebody (SORT)."""
GAIN = 0.5, 0.25
"""How much of a surprise goes into place and into velocity: a Kalman filter of constant velocity, settled."""
HEIGHT = 720
"""Pixels of a picture's height, which the noise of norfair's filter is thought for."""


def _claim(pose: Pose, person: int) -> Claim:
    return Claim(pose.middle(TORSO), person, person)


def ours(players: int) -> Follower:
    """Return the roster as a player meets it, with so many slots."""
    roster = Roster(players)
    return lambda sighting: claims(roster.update(sighting, sighting.time))


def listed(sighting: Sighting) -> list[Claim]:
    """Take the place in the estimator's list for who it is."""
    return [_claim(pose, place) for place, pose in enumerate(sighting.poses, 1)]


def tracked(sighting: Sighting) -> list[Claim]:
    """Take the estimator's own track number for who it is."""
    return [_claim(pose, pose.track) for pose in sighting.poses if pose.track is not None]


class Centroids:
    """Nearest neighbours by the middle of the body, as tutorials of tracking begin."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[Floats, float]] = {}
        self._count = 0

    def __call__(self, sighting: Sighting) -> list[Claim]:
        """Say who is there."""
        known = list(self._places)
        middles = [pose.middle(TORSO) for pose in sighting.poses]
        owner = {c: known[r] for r, c in assign(distances([self._places[n][0] for n in known], middles))}
        said = []
        for column, (pose, middle) in enumerate(zip(sighting.poses, middles, strict=True)):
            if column not in owner:
                self._count += 1
            number = owner.get(column, self._count)
            self._places[number] = middle, sighting.time
            said.append(_claim(pose, number))
        self._places = {n: row for n, row in self._places.items() if sighting.time - row[1] <= VANISHED}
        return said


@dataclass(slots=True)
class _Box:
    number: int
    edges: Floats
    """(4,) left, top, right, bottom."""
    pace: Floats
    """(4,) of them, a second."""
    time: float
    """Up to which the edges have been moved."""
    seen: float
    hits: int = 1

    def move(self, time: float) -> None:
        self.edges = self.edges + self.pace * (time - self.time)
        self.time = time

    def meet(self, edges: Floats) -> None:
        surprise, dt = edges - self.edges, max(self.time - self.seen, 1e-3)
        self.edges = self.edges + GAIN[0] * surprise
        self.pace = self.pace + GAIN[1] * surprise / dt
        self.seen, self.hits = self.time, self.hits + 1


class Boxes:
    """Boxes of constant velocity matched by overlap, the sure ones first, after SORT and ByteTrack."""

    def __init__(self) -> None:
        self._boxes: list[_Box] = []
        self._count = 0

    def __call__(self, sighting: Sighting) -> list[Claim]:
        """Say who is there."""
        for known in self._boxes:
            known.move(sighting.time)
        sure = {pose: float(pose.confidence.mean()) for pose in sighting.poses}
        pairs: dict[Pose, _Box] = {}
        for least, most in ((HIGH, np.inf), (LOW, HIGH)):
            poses = [pose for pose, score in sure.items() if least <= score < most and box(pose) is not None]
            free = [known for known in self._boxes if known not in pairs.values()]
            pairs |= self._match(free, poses)
            if least == HIGH:
                new = [pose for pose in poses if pose not in pairs]
        self._boxes = [known for known in self._boxes if sighting.time - known.seen <= BUFFER]
        for pose in new:
            self._count += 1
            edges = np.array(box(pose))
            pairs[pose] = _Box(self._count, edges, np.zeros(4), sighting.time, sighting.time)
            self._boxes.append(pairs[pose])
        return [_claim(pose, known.number) for pose, known in pairs.items() if known.hits >= HITS]

    @staticmethod
    def _match(free: list[_Box], poses: list[Pose]) -> dict[Pose, _Box]:
        if not poses:
            return {}
        edges = [np.array(box(pose)) for pose in poses]
        costs = [[1 - overlap(known.edges, seen) for seen in edges] for known in free]
        costs = [[cost if cost <= 1 - OVERLAP else np.inf for cost in row] for row in costs]
        _, found = settle(costs, [10.0] * len(poses))
        for column, row in found.items():
            free[row].meet(edges[column])
        return {poses[column]: free[row] for column, row in found.items()}


def overlap(a: Floats, b: Floats) -> float:
    """Return the intersection over union of two boxes (left, top, right, bottom)."""
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    common = float(np.prod(np.maximum(sides, 0)))
    union = float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2])) - common
    return common / union if union > 0 else 0.0


class Norfair:
    """The library norfair: Kalman filters of joints matched by votes of keypoints, as in its demo of OpenPose.

    With `colours` it knows people again by the clothes that our own roster goes by (its demo of
    re-identification).
    """

    def __init__(self, *, colours: bool = False) -> None:
        import norfair
        from norfair.distances import create_keypoints_voting_distance

        self._detection, self._colours = norfair.Detection, colours
        again: dict[str, Any] = {
            "reid_distance_function": _strangeness,
            "reid_distance_threshold": 0.5,
            "reid_hit_counter_max": 500,
        }
        logging.disable()  # it advises to vectorise what takes microseconds here
        self._tracker = norfair.Tracker(
            distance_function=create_keypoints_voting_distance(HEIGHT / 25, 0.2),
            distance_threshold=0.4,
            detection_threshold=0.2,
            initialization_delay=4,
            pointwise_hit_counter_max=10,
            **(again if colours else {}),
        )
        logging.disable(logging.NOTSET)

    def __call__(self, sighting: Sighting) -> list[Claim]:
        """Say who is there."""
        picture = sighting.frame.picture if sighting.frame is not None and self._colours else None
        seen = [
            self._detection(
                pose.xy.astype(float) * HEIGHT,
                scores=pose.confidence.astype(float),
                data=pose,
                embedding=None if picture is None else appearance(picture, pose),
            )
            for pose in sighting.poses
        ]
        said = self._tracker.update(detections=seen)
        now = {id(detection) for detection in seen}
        return [_claim(a.last_detection.data, a.id) for a in said if id(a.last_detection) in now]


def _strangeness(new: Any, lost: Any) -> float:
    """Return how unlike the clothes of a new object of norfair's and a lost one are (1 where none are known)."""
    looks = [
        [d.embedding for d in (a.last_detection, *a.past_detections) if d.embedding is not None]
        for a in (new, lost)
    ]
    return min((unlike(a, b) for a in looks[0][:1] for b in looks[1]), default=1.0)


def contenders(players: int) -> dict[str, Follower]:
    """Return all that can take part, ours first; norfair does where it is installed."""
    found: dict[str, Follower] = {
        "posegames": ours(players),
        "the tracker's own numbers": tracked,
        "boxes (ByteTrack)": Boxes(),
        "nearest centroid": Centroids(),
    }
    if find_spec("norfair") is not None:
        found |= {"norfair": Norfair(), "norfair, colours": Norfair(colours=True)}
    return found
