"""Tests of courses: bodies that go through together come out as if each had gone alone."""

from __future__ import annotations

import numpy as np
from bodies import standing

from posegames.body.pose import Pose
from posegames.body.smooth import BALANCED
from posegames.players.course import Course, begin, drawn, go_on

MIDDLES = {"anna": 0.3, "ben": 0.9, "carla": 1.5}
SEEN = (
    (["anna", "ben", "carla"],) * 4
    + (["carla", "anna"],) * 3
    + (["ben", "carla", "anna"],) * 3
    + (["anna", "ben", "carla"],) * 2
)
"""Who is seen, from sighting to sighting, and in which row: one goes, the others change places, one comes back."""


def went(courses: dict[str, Course], poses: dict[str, Pose], names: list[str], time: float) -> None:
    """Take `names` along together."""
    before, seen = [courses[name] for name in names], [poses[name] for name in names]
    places = [pose.middle((11, 12, 23, 24)) for pose in seen]
    sizes, torsos = [0.9] * len(names), [0.2] * len(names)
    after = go_on(before, seen, places, time, torsos=torsos, sizes=sizes, smoothing=BALANCED)
    courses.update(zip(names, after, strict=True))


def test_who_goes_with_others_goes_as_if_alone() -> None:
    lots = np.random.default_rng(3)
    first = {name: standing(x) for name, x in MIDDLES.items()}
    together = {n: begin(p, p.middle((11, 12, 23, 24)), 0, 0.2, 0.9) for n, p in first.items()}
    alone = dict(together)
    for number, names in enumerate(SEEN, 1):
        poses = {name: standing(MIDDLES[name] + float(lots.normal(0.02 * number, 0.01))) for name in names}
        went(together, poses, names, number / 30)
        for name in names:
            went(alone, poses, [name], number / 30)
    for name, course in together.items():
        np.testing.assert_array_equal(course.pose.xy, alone[name].pose.xy)
        np.testing.assert_array_equal(course.velocity, alone[name].velocity)
        np.testing.assert_array_equal(course.walk, alone[name].walk)
        assert np.abs(course.velocity).max() > 0.1
    order = ["ben", "anna", "carla"]
    shown = drawn([together[name] for name in order], [0.02, 0.0, 0.03])
    for name, ahead, pose in zip(order, (0.02, 0.0, 0.03), shown, strict=True):
        np.testing.assert_array_equal(pose.xy, drawn([alone[name]], [ahead])[0].xy)
