"""OpenPose's maps, painted for people whose places are known, and back to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openposed import LIMBS, STRIDE, body, painted

from posegames.body.pose import Floats
from posegames.body.views import OPENPOSE_18, OPENPOSE_25
from posegames.seeing.estimators.openpose.decode import (
    Found,
    Limb,
    Peaks,
    affinity,
    assembled,
    find_limbs,
    find_peaks,
    one,
    several,
)
from posegames.seeing.estimators.openpose.options import OpenPoseOptions
from posegames.seeing.estimators.openpose.skeletons import BODY_25, COCO_18, SKELETONS, Skeleton

DEFAULTS = OpenPoseOptions()


def pixels(found: Found) -> Floats:
    """Return its parts (K, 2) in pixels of the input; NaN where not found."""
    places: Floats = np.where(found.confidence[:, None] > 0, (found.xy + 0.5) * STRIDE, np.nan)
    return places


def decoded(maps: Floats, skeleton: Skeleton = COCO_18, options: OpenPoseOptions = DEFAULTS) -> list[Found]:
    return several(maps[: skeleton.heat_maps], maps[skeleton.heat_maps :], skeleton, options)


def assert_recovered(people: list[Floats], found: list[Found], within: float = 1.0) -> None:
    """Assert that everybody is found once, each part within so many pixels, and none that is hidden."""
    assert len(found) == len(people)
    left = [pixels(one) for one in found]
    for xy in people:
        seen = np.isfinite(xy[:, 0])
        near = min(left, key=lambda other: float(np.nanmedian(np.abs(other - xy))))
        np.testing.assert_array_equal(np.isfinite(near[:, 0]), seen)
        assert np.hypot(*(near - xy)[seen].T).max() <= within
        left = [other for other in left if other is not near]


@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda skeleton: skeleton.view.name)
def test_channels_are_those_of_the_published_nets(skeleton: Skeleton) -> None:
    rows = LIMBS[skeleton.view.name]
    assert {(start, end): (x, y) for start, end, x, y in rows} == {
        limb: (2 * n, 2 * n + 1) for n, limb in enumerate(skeleton.limbs)
    }
    assert (skeleton.heat_maps, skeleton.fields) in {(19, 38), (26, 52)}


@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda skeleton: skeleton.view.name)
def test_the_right_side_is_built_as_the_left(skeleton: Skeleton) -> None:
    limbs = {tuple(skeleton.view.points[part] for part in limb) for limb in skeleton.limbs}

    def other(name: str) -> str:
        return name.replace("left", "?").replace("right", "left").replace("?", "right")

    assert {tuple(other(name) for name in limb) for limb in limbs} == limbs


@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda skeleton: skeleton.view.name)
@settings(max_examples=25)
@given(x=st.floats(90, 270), y=st.floats(110, 220), torso=st.floats(45, 70))
def test_one_person_anywhere_is_recovered_within_a_pixel(
    skeleton: Skeleton, x: float, y: float, torso: float
) -> None:
    person = body(x, y, torso, view=skeleton.view)
    found = decoded(painted([person], view=skeleton.view), skeleton)
    assert_recovered([person], found)
    assert found[0].score > 0.9
    assert found[0].confidence[found[0].confidence > 0].min() > 0.95  # the height of the bell, not of a cell


@pytest.mark.parametrize(
    "places",
    [
        [(70, 200), (184, 190), (300, 205)],
        [(x, y) for y in (100, 270) for x in (70, 184, 300)],
        [(x, 200) for x in (40, 95, 150, 205, 260, 315)],  # side by side, hands 9 cells from hands
    ],
    ids=["three", "six in two rows", "six side by side"],
)
@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda skeleton: skeleton.view.name)
def test_several_people_are_told_apart(skeleton: Skeleton, places: list[tuple[int, int]]) -> None:
    people = [body(x, y, 42, view=skeleton.view) for x, y in places]
    assert_recovered(people, decoded(painted(people, view=skeleton.view), skeleton))


def test_arms_that_cross_keep_their_owners() -> None:
    # The inner forearms and upper arms of two people, each reaching over to the other.
    people = [
        body(120, 220, 60, left_elbow=(0.9, -0.75), left_wrist=(1.5, -0.2)),
        body(250, 220, 60, right_elbow=(-0.9, -0.3), right_wrist=(-1.5, -1.0)),
    ]
    left, right = (OPENPOSE_18.points.index(f"{side}_wrist") for side in ("left", "right"))
    assert people[0][left, 0] > people[1][right, 0]  # they do cross
    assert_recovered(people, decoded(painted(people)))


def test_two_of_the_same_arms_crossing_are_told_apart_by_direction() -> None:
    people = [
        body(110, 240, 60, left_elbow=(0.95, -0.5), left_wrist=(1.9, -1.6)),
        body(250, 240, 60, left_shoulder=(-0.1, -1.0), left_elbow=(-0.5, -0.4), left_wrist=(-1.4, -1.55)),
    ]
    found = decoded(painted(people))
    assert_recovered(people, found)
    elbow, wrist = (OPENPOSE_18.points.index(name) for name in ("left_elbow", "left_wrist"))
    # The nearest wrist is the other's: by distance alone they would be swapped.
    assert np.hypot(*(people[0][elbow] - people[1][wrist])) < np.hypot(*(people[0][elbow] - people[0][wrist]))


@pytest.mark.parametrize(
    "without",
    [
        ("left_wrist", "right_ankle"),
        ("nose", "right_eye", "left_eye", "right_ear", "left_ear"),
        ("right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle"),
        ("right_eye", "left_eye"),  # the ears hang on the shoulders
    ],
)
def test_parts_that_are_hidden_are_not_found_and_the_others_are(without: tuple[str, ...]) -> None:
    people = [body(110, 200, 60, without=without), body(260, 200, 60)]
    found = decoded(painted(people))
    assert_recovered(people, found)
    assert found[0].score > found[1].score  # the whole one first
    assert found[1].score < 1 - 0.02 * len(without)


def test_without_a_neck_two_halves_that_nothing_joins_are_two() -> None:
    # Shoulders hang on the neck alone; the ears hold head and both arms together.
    found = decoded(painted([body(184, 200, 70, without=("neck",))]))
    names = [{OPENPOSE_18.points[part] for part in np.flatnonzero(one.confidence)} for one in found]
    assert {"nose", "left_wrist", "right_wrist", "left_ear"} <= names[0]
    assert {frozenset(name) for name in names[1:]} == {
        frozenset(f"{side}_{part}" for part in ("hip", "knee", "ankle")) for side in ("left", "right")
    }


def test_a_person_at_the_edge_of_the_picture_is_where_they_are() -> None:
    people = [body(22, 200, 60, without=("right_wrist", "right_elbow")), body(200, 268, 60)]
    assert_recovered(people, decoded(painted(people)))
    assert np.nanmin(people[0][:, 0]) < STRIDE
    assert np.nanmax(people[1][:, 1]) > 368 - STRIDE


def test_noise_moves_parts_by_less_than_a_cell_and_makes_no_people() -> None:
    random = np.random.default_rng(7)
    people = [body(x, 200, 55) for x in (90, 280)]
    maps = painted(people)
    found = decoded((maps + random.normal(0, 0.02, maps.shape)).astype(np.float32))
    assert_recovered(people, [one for one in found if one.score > 0.5], within=2.0)
    assert decoded(random.normal(0, 0.03, maps.shape).astype(np.float32)) == []


def test_the_one_person_is_the_highest_of_each_map() -> None:
    person = body(184, 200, 70, without=("left_wrist",))
    maps = painted([person])
    (found,) = one(maps[:19], COCO_18, DEFAULTS)
    assert_recovered([person], [found])
    assert found.score == pytest.approx(17 / 18, abs=0.02)
    assert one(0.099 * maps[:19], COCO_18, DEFAULTS) == []
    assert len(one(0.2 * maps[:19], COCO_18, DEFAULTS)) == 1


def heat_of(*cells: tuple[int, int, float], size: tuple[int, int] = (12, 12)) -> Floats:
    """Return one heat map (1, h, w), 0 but for these (x, y, value)."""
    heat = np.zeros((1, *size))
    for x, y, value in cells:
        heat[0, y, x] = value
    return heat


def test_a_peak_must_be_above_the_threshold() -> None:
    at = DEFAULTS.nms_threshold
    assert len(find_peaks(heat_of((4, 5, at)), DEFAULTS)[0].xy) == 0
    (peaks,) = find_peaks(heat_of((4, 5, np.nextafter(at, 1))), DEFAULTS)
    np.testing.assert_array_equal(peaks.xy, [(4, 5)])


def test_cells_side_by_side_are_one_peak_and_two_apart_are_two() -> None:
    (peaks,) = find_peaks(heat_of((4, 5, 0.5), (5, 5, 0.5)), DEFAULTS)
    np.testing.assert_allclose(peaks.xy, [(4.5, 5)])
    (peaks,) = find_peaks(heat_of((4, 5, 0.5), (6, 5, 0.7)), DEFAULTS)
    np.testing.assert_allclose(peaks.confidence, [0.7, 0.5])
    assert len(find_peaks(np.ones((1, 7, 9)), DEFAULTS)[0].xy) == 1


def test_only_the_surest_peaks_are_kept() -> None:
    heat = heat_of((2, 2, 0.5), (6, 2, 0.9), (2, 6, 0.7))
    (peaks,) = find_peaks(heat, OpenPoseOptions(max_peaks=2))
    np.testing.assert_allclose(peaks.confidence, [0.9, 0.7])


def test_what_noise_leaves_of_nothing_beside_a_peak_does_not_move_it() -> None:
    (clean,) = find_peaks(heat_of((4, 5, 0.6), (5, 5, 0.3)), DEFAULTS)
    (noisy,) = find_peaks(heat_of((4, 5, 0.6), (5, 5, 0.3), (3, 5, -0.02)), DEFAULTS)
    np.testing.assert_array_equal(clean.xy, noisy.xy)
    assert 4.2 < clean.xy[0, 0] < 4.3


def along_x(value: float, size: tuple[int, int] = (12, 12)) -> Floats:
    return np.stack([np.full(size, value), np.zeros(size)])


START, END = np.array([[2.0, 5.0]]), np.array([[9.0, 5.0]])


def test_a_field_must_point_along_the_limb() -> None:
    assert affinity(START, END, along_x(0.8), DEFAULTS)[0, 0] == pytest.approx(0.8)
    assert affinity(END, START, along_x(0.8), DEFAULTS)[0, 0] == 0  # the other way
    assert affinity(START, END, along_x(0.8)[::-1], DEFAULTS)[0, 0] == 0  # across
    at = DEFAULTS.connect_inter_threshold
    assert affinity(START, END, along_x(at), DEFAULTS)[0, 0] == 0
    assert affinity(START, END, along_x(at + 0.001), DEFAULTS)[0, 0] == pytest.approx(at + 0.001)


def test_more_than_the_asked_share_of_samples_must_agree() -> None:
    gap = along_x(1.0)
    gap[0, :, 8:] = 0  # two of ten samples lie past 8 - 1: at 8.2 and 9
    assert affinity(START, END, gap, DEFAULTS)[0, 0] == 0
    assert affinity(START, END, gap, OpenPoseOptions(connect_inter_min_above_threshold=0.8))[0, 0] == 0
    kept = affinity(START, END, gap, OpenPoseOptions(connect_inter_min_above_threshold=0.79))[0, 0]
    assert 0.9 < kept <= 1  # the mean of those that agree


def test_a_part_is_the_end_of_one_limb_of_a_kind() -> None:
    neck, hip = (COCO_18.view.points.index(name) for name in ("neck", "right_hip"))
    parts = [Peaks(np.zeros((0, 2)), np.zeros(0))] * 18
    parts[neck] = Peaks(np.array([(2.0, 5.0), (2.0, 7.0)]), np.array([0.9, 0.8]))
    parts[hip] = Peaks(np.array([(9.0, 7.0), (9.0, 5.0)]), np.array([0.9, 0.8]))
    limbs = find_limbs(parts, np.concatenate([along_x(1.0), np.zeros((36, 12, 12))]), COCO_18, DEFAULTS)
    # Each neck with the hip straight across: the field goes so.
    assert {limb.ends for limb in limbs} == {((neck, 0), (hip, 1)), ((neck, 1), (hip, 0))}


def test_a_sure_part_goes_before_a_faint_one_on_a_little_better_field() -> None:
    neck, hip = (COCO_18.view.points.index(name) for name in ("neck", "right_hip"))
    parts = [Peaks(np.zeros((0, 2)), np.zeros(0))] * 18
    parts[neck] = Peaks(np.array([(5.0, 5.0)]), np.array([1.0]))
    parts[hip] = Peaks(np.array([(9.0, 5.0), (5.0, 9.0)]), np.array([0.9, 0.2]))
    for much, chosen in ((0.85, 0), (0.9, 1)):  # .7 in confidence weighs .07
        field = np.stack([np.full((12, 12), 0.8), np.full((12, 12), much)])
        (limb,) = find_limbs(parts, np.concatenate([field, np.zeros((36, 12, 12))]), COCO_18, DEFAULTS)
        assert limb.ends == ((neck, 0), (hip, chosen))


@pytest.mark.parametrize(("eye", "whose"), [(0.3, "shoulder"), (0.95, "eye")])
def test_of_two_people_who_claim_a_part_the_better_limb_wins(eye: float, whose: str) -> None:
    part = COCO_18.view.points.index
    parts = [Peaks(np.zeros((2, 2)), np.ones(2)) for _ in COCO_18.view.points]

    def limb(start: tuple[str, int], end: tuple[str, int], score: float) -> Limb:
        return Limb(((part(start[0]), start[1]), (part(end[0]), end[1])), score, score)

    limbs = [
        limb(("right_eye", 1), ("right_ear", 0), eye),
        limb(("right_shoulder", 0), ("right_ear", 0), 0.9),
        limb(("neck", 0), ("right_shoulder", 0), 0.8),
        limb(("neck", 1), ("nose", 1), 0.8),
        limb(("nose", 1), ("right_eye", 1), 0.8),
        limb(("neck", 1), ("left_shoulder", 1), 0.8),
    ]
    found = assembled(parts, limbs, COCO_18, DEFAULTS)
    (owner,) = (person for person in found if person.confidence[part("right_ear")])
    assert owner.confidence[part(f"right_{whose}")] == 1


def test_parts_in_one_place_may_belong_together_but_hardly() -> None:
    nothing = along_x(0.0, (46, 46))
    scores = affinity(START, START + np.array([[0, 0], [0.2, 0], [0.4, 0]]), nothing, DEFAULTS)
    assert scores[0, :2] == pytest.approx(DEFAULTS.connect_inter_threshold, abs=1e-5)
    assert scores[0, 2] == 0


def test_who_has_too_few_parts_or_scores_too_little_is_nobody() -> None:
    arm = body(184, 200, 70, without=set(OPENPOSE_18.points) - {"left_shoulder", "left_elbow", "left_wrist"})
    assert len(decoded(painted([arm]))) == 1
    assert decoded(painted([arm]), options=OpenPoseOptions(connect_min_subset_cnt=4)) == []
    assert decoded(painted([arm]), options=OpenPoseOptions(connect_min_subset_score=2)) == []
    faint = 0.2 * painted([arm])  # three parts and two limbs of .2: 1.0, and 1.2 were needed
    assert decoded(faint) == []
    assert len(decoded(faint, options=OpenPoseOptions(connect_min_subset_score=0.3))) == 1


def test_feet_alone_are_nobody() -> None:
    feet = {name for name in OPENPOSE_25.points if "toe" in name or "heel" in name}
    others = set(OPENPOSE_25.points) - feet - {"left_ankle", "right_ankle"}
    legs = body(184, 100, 70, view=OPENPOSE_25, without=others)
    assert decoded(painted([legs], view=OPENPOSE_25), BODY_25) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (2, 3)])
@pytest.mark.parametrize("value", [0.0, 0.5, -2.0, 2.0])
def test_maps_of_any_size_and_constant_values_do_no_harm(shape: tuple[int, int], value: float) -> None:
    for found in (decoded(np.full((57, *shape), value)), one(np.full((19, *shape), value), COCO_18, DEFAULTS)):
        for person in found:
            assert np.isfinite(person.xy).all()
            assert person.confidence.max() <= 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"width": 100}, "width must be a multiple of 8"),
        ({"height": 1 << 20}, "height must be a multiple of 8"),
        ({"nms_threshold": float("nan")}, "nms_threshold must lie in 0..1"),
        ({"samples": 0}, "samples must lie in 1..100"),
        ({"max_peaks": 128}, "max_peaks must lie in 1..127"),
        ({"connect_min_subset_score": -1}, "connect_min_subset_score must not be below 0"),
    ],
)
def test_options_out_of_range_are_refused(wrong: dict[str, float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        OpenPoseOptions(**wrong)  # type: ignore[arg-type]
