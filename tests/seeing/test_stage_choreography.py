from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from posegames.body.joints import Joint
from posegames.body.measure import SHOULDERS, angle, box, torso_length
from posegames.body.pose import Floats, Pose
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play, parse_play, plays

J = Joint
MAIN = [J.NOSE, *range(J.LEFT_SHOULDER, J.LEFT_WRIST + 2), *range(J.LEFT_HIP, J.LEFT_ANKLE + 2)]
CASTS = [(name, cast) for name in plays() for cast in sorted({load_play(name).cast(n) for n in (1, 6)})]


def doing(move: str, share: float, *, seed: int = 0) -> Pose:
    """The truth about one actor, `share` through `move`."""
    stage = Choreography(parse_play(f"seconds 8\nactors 1\n2 1 {move}"), actors=1, seed=seed)
    (cue,) = stage.cues
    (pose,) = stage.at(cue.time + share * cue.seconds)
    return pose


def test_it_needs_no_eyes() -> None:
    code = "import sys, posegames.seeing.stage.choreography; sys.exit('cv2' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_body_faces_the_camera_with_its_left_on_the_right() -> None:
    (pose,) = Choreography(load_play("still"), actors=1).at(1.0)
    xy = pose.xy
    for joint in J:
        if joint.name.startswith("LEFT"):
            assert xy[joint, 0] > xy[Joint[joint.name.replace("LEFT", "RIGHT")], 0]
    order = [J.LEFT_EYE, J.NOSE, J.MOUTH_LEFT, J.LEFT_SHOULDER, J.LEFT_ELBOW, J.LEFT_WRIST, J.LEFT_KNEE,
             J.LEFT_ANKLE, J.LEFT_HEEL, J.LEFT_FOOT_INDEX]  # fmt: skip
    assert (np.diff(xy[order, 1]) > 0).all()
    assert pose.confidence.min() == 1
    assert pose.track == 1
    assert pose.z is not None
    assert pose.z[J.NOSE] < 0  # the face is nearer than the hips
    bounds = box(pose)
    assert bounds is not None
    assert 0.6 < bounds[3] - bounds[1] < 0.75


@pytest.mark.parametrize(("name", "cast"), CASTS)
def test_bones_keep_their_length_and_nothing_jumps(name: str, cast: int) -> None:
    stage = Choreography(load_play(name), actors=cast)
    rate = 20.0
    before: dict[int, Floats] = {}
    fastest = 0.0
    count = int(stage.play.seconds * rate)
    upper = [J.LEFT_SHOULDER, J.RIGHT_ELBOW, J.LEFT_HIP, J.RIGHT_KNEE]
    lower = [J.LEFT_ELBOW, J.RIGHT_WRIST, J.LEFT_KNEE, J.RIGHT_ANKLE]
    lengths: dict[int, Floats] = {}
    for step in range(count + 2):  # past the end: the loop must not jump either
        here = stage.at(step / rate)
        for pose in here:
            assert pose.track is not None
            assert pose.world is not None
            found = np.linalg.norm(pose.world[upper] - pose.world[lower], axis=1)
            assert np.abs(found / lengths.setdefault(pose.track, found) - 1).max() < 1e-3
            if pose.track in before:
                moved = np.hypot(*(pose.xy - before[pose.track]).T)
                fastest = max(fastest, float(moved.max()) / stage.view.size)
        before = {pose.track: pose.xy for pose in here if pose.track is not None}
    # A thrown fist is the fastest thing: about 6 body heights a second (10 m/s).
    assert fastest * rate < 7


def test_the_same_seed_moves_the_same_way() -> None:
    play = load_play("dance")
    one, two, other = (Choreography(play, actors=3, seed=seed) for seed in (4, 4, 5))
    two.at(17.0)  # what was asked before makes no difference
    for a, b, c in zip(one.at(9.1), two.at(9.1), other.at(9.1), strict=True):
        np.testing.assert_array_equal(a.xy, b.xy)
        assert np.abs(a.xy - c.xy).max() > 1e-4


@pytest.mark.parametrize("cast", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("aspect", [4 / 3, 16 / 9])
def test_dancers_stay_in_their_places_and_in_the_picture(cast: int, aspect: float) -> None:
    stage = Choreography(load_play("dance"), actors=cast, aspect=aspect)
    for time in np.arange(0, 24, 0.2):
        poses = stage.at(time)
        assert [pose.track for pose in poses] == list(range(1, cast + 1))
        middles = [pose.middle(SHOULDERS)[0] for pose in poses]
        assert middles == sorted(middles, reverse=True)  # on the screen, a mirror, from left to right
        for pose in poses:
            body = [j for j in MAIN if j not in (J.LEFT_WRIST, J.RIGHT_WRIST)]
            assert (pose.xy[body] >= 0).all()
            assert (pose.xy[body] <= (aspect, 1)).all()


def wrist_up(pose: Pose, side: str) -> bool:
    return bool(pose.xy[Joint[f"{side}_WRIST"], 1] < pose.xy[J.NOSE, 1] - 0.1 * torso_length(pose))


def spread(pose: Pose, joint: str) -> float:
    return float(pose.xy[Joint[f"LEFT_{joint}"], 0] - pose.xy[Joint[f"RIGHT_{joint}"], 0]) / torso_length(pose)


def tilt(pose: Pose) -> float:
    across, down = pose.middle(SHOULDERS) - pose.middle([J.LEFT_HIP, J.RIGHT_HIP])
    return float(np.degrees(np.arctan2(across, -down)))


def crouch(pose: Pose) -> float:
    hips, feet = pose.middle([J.LEFT_HIP, J.RIGHT_HIP]), pose.middle([J.LEFT_ANKLE, J.RIGHT_ANKLE])
    return float(feet[1] - hips[1])


def straight_arm(pose: Pose, side: str) -> float:
    return angle(pose, Joint[f"{side}_SHOULDER"], Joint[f"{side}_ELBOW"], Joint[f"{side}_WRIST"])


STANDING = doing("stand", 0.5)
UPRIGHT = crouch(STANDING)
FLOOR = float(STANDING.middle([J.LEFT_ANKLE, J.RIGHT_ANKLE])[1])


@pytest.mark.parametrize(
    ("move", "share", "holds"),
    [
        ("raise left", 0.5, lambda p: wrist_up(p, "LEFT") and not wrist_up(p, "RIGHT")),
        ("raise right", 0.5, lambda p: wrist_up(p, "RIGHT") and not wrist_up(p, "LEFT")),
        ("raise both", 0.5, lambda p: wrist_up(p, "RIGHT") and wrist_up(p, "LEFT")),
        ("hands up", 0.5, lambda p: wrist_up(p, "RIGHT") and wrist_up(p, "LEFT")),
        ("t pose", 0.5, lambda p: straight_arm(p, "LEFT") > 150 and spread(p, "WRIST") > 2.5),
        ("lean left", 0.5, lambda p: tilt(p) > 15),
        ("lean right", 0.5, lambda p: tilt(p) < -15),
        ("squat", 0.46, lambda p: crouch(p) < 0.7 * UPRIGHT),
        ("jump", 0.54, lambda p: p.middle([J.LEFT_ANKLE, J.RIGHT_ANKLE])[1] < FLOOR - 0.1),
        ("jumping jack", 0.5, lambda p: wrist_up(p, "LEFT") and spread(p, "ANKLE") > 1.0),
        ("arms crossed", 0.5, lambda p: spread(p, "WRIST") < -0.2),
        ("clap", 0.54, lambda p: abs(spread(p, "WRIST")) < 0.25),
        ("wave right", 0.5, lambda p: p.xy[J.RIGHT_WRIST, 1] < p.xy[J.RIGHT_ELBOW, 1]),
        ("punch left", 0.5, lambda p: straight_arm(p, "LEFT") > 140 and straight_arm(p, "RIGHT") < 90),
        ("knee up left", 0.45, lambda p: p.xy[J.LEFT_KNEE, 1] < p.xy[J.RIGHT_KNEE, 1] - 0.1),
        ("knee up right", 0.45, lambda p: p.xy[J.RIGHT_KNEE, 1] < p.xy[J.LEFT_KNEE, 1] - 0.1),
        ("kick left", 0.5, lambda p: p.xy[J.LEFT_ANKLE, 1] < FLOOR - 0.12),
        ("side leg raise right", 0.5, lambda p: p.xy[J.RIGHT_ANKLE, 0] < p.xy[J.RIGHT_HIP, 0] - 0.12),
        ("lunge left", 0.5, lambda p: crouch(p) < 0.85 * UPRIGHT),
        ("step left", 0.5, lambda p: p.xy[J.NOSE, 0] > STANDING.xy[J.NOSE, 0] + 0.15),
        ("step right", 0.5, lambda p: p.xy[J.NOSE, 0] < STANDING.xy[J.NOSE, 0] - 0.15),
        ("swipe left", 0.34, lambda p: p.xy[J.RIGHT_WRIST, 0] < p.xy[J.RIGHT_SHOULDER, 0] - 0.1),
        ("swipe left", 0.66, lambda p: p.xy[J.RIGHT_WRIST, 0] > p.xy[J.RIGHT_SHOULDER, 0]),
        ("swipe up", 0.66, lambda p: p.xy[J.RIGHT_WRIST, 1] < p.xy[J.RIGHT_SHOULDER, 1]),
        ("swipe down", 0.4, lambda p: p.xy[J.RIGHT_WRIST, 1] < p.xy[J.RIGHT_SHOULDER, 1]),
        ("step forward", 0.5, lambda p: torso_length(p) > 1.1 * torso_length(STANDING)),
        ("step back", 0.5, lambda p: torso_length(p) < 0.9 * torso_length(STANDING)),
        ("bow", 0.5, lambda p: p.xy[J.NOSE, 1] > STANDING.xy[J.NOSE, 1] + 0.03),
    ],
)
def test_moves_are_what_they_are_called(move: str, share: float, holds: Callable[[Pose], bool]) -> None:
    assert holds(doing(move, share))
    assert not holds(STANDING)


@pytest.mark.parametrize("move", ["raise", "kick", "punch", "lunge", "step", "side leg raise", "swipe"])
def test_the_right_side_is_the_left_in_a_mirror(move: str) -> None:
    # Breathing is not mirrored, so it is only nearly so.
    left, right = doing(f"{move} left", 0.5), doing(f"{move} right", 0.5)
    np.testing.assert_allclose(left.flipped(16 / 9).xy, right.xy, atol=0.035)


@pytest.mark.parametrize("seconds", ["0.2", "0.5", "9"])
def test_a_move_may_be_short_or_long(seconds: str) -> None:
    stage = Choreography(parse_play(f"1 1 raise left seconds={seconds}"), actors=1)
    middle = stage.cues[0].time + stage.cues[0].seconds / 2
    assert wrist_up(stage.at(middle)[0], "LEFT")
    assert not wrist_up(stage.at(0.9)[0], "LEFT")


def test_a_standing_foot_stays_where_it_is_while_walking() -> None:
    stage = Choreography(parse_play("actors 1\nplace 1 x=0.2\n0 1 walk to=0.8 seconds=4"), actors=1)
    slides, way = 0.0, 0.0
    for step in range(60, 180):
        (before,), (after,) = stage.at(step / 60), stage.at((step + 1) / 60)
        lower = max((J.LEFT_ANKLE, J.RIGHT_ANKLE), key=lambda j: before.xy[j, 1])
        slides += abs(float(after.xy[lower, 0] - before.xy[lower, 0]))
        way += abs(float((after.middle(SHOULDERS) - before.middle(SHOULDERS))[0]))
    assert way > 0.4
    assert slides < 0.25 * way


def test_whoever_is_away_has_no_truth() -> None:
    stage = Choreography(load_play("parade"), actors=3)
    assert stage.at(0.0) == ()
    assert len(stage.at(6.0)) == 3
    assert [pose.track for pose in stage.at(14.0)] == [2]
    seen = {len(stage.at(time)) for time in np.arange(0, 26, 0.1)}
    assert seen == {0, 1, 2, 3}
    coming = next(pose for time in np.arange(0, 3, 0.02) for pose in stage.at(time))
    assert 0 < (coming.confidence == 0).sum() < 33  # partly in the picture
    assert ((coming.xy[:, 0] > 16 / 9) == (coming.confidence == 0)).all()


def test_two_that_cross_change_sides_and_the_nearer_hides_the_other() -> None:
    stage = Choreography(load_play("crossing"), actors=2)
    (one, two), (one_after, two_after) = stage.at(4.0), stage.at(8.2)
    assert one.middle(SHOULDERS)[0] < two.middle(SHOULDERS)[0]
    assert one_after.middle(SHOULDERS)[0] > two_after.middle(SHOULDERS)[0]
    least = {1: 33, 2: 33}
    for time in np.arange(4.5, 8, 0.05):
        for pose in stage.at(time):
            assert pose.track is not None
            least[pose.track] = min(least[pose.track], int((pose.confidence > 0).sum()))
    assert least[1] == 33
    assert least[2] < 20


def test_a_play_that_does_not_loop_stands_still_at_its_end() -> None:
    stage = Choreography(parse_play("seconds 3\n1 1 raise left"), actors=1)
    np.testing.assert_array_equal(stage.at(3.0)[0].xy, stage.at(99.0)[0].xy)
    np.testing.assert_array_equal(stage.at(0.0)[0].xy, stage.at(-5.0)[0].xy)


@pytest.mark.parametrize("time", [float("nan"), float("inf")])
def test_there_is_no_such_time(time: float) -> None:
    with pytest.raises(ValueError, match="no time"):
        Choreography(load_play("still")).at(time)


@pytest.mark.parametrize("aspect", [0.0, -1.0, float("nan"), 1e6])
def test_there_is_no_such_picture(aspect: float) -> None:
    with pytest.raises(ValueError, match="no stage"):
        Choreography(load_play("still"), aspect=aspect)
