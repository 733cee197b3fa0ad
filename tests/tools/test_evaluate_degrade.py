"""Pictures made worse: what happens to the pixels, and to the labels that go with them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from bodies import standing
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import COCO

from posegames.body.views import COCO_17
from posegames.seeing.sighting import Frame, Picture
from posegames.tools.evaluation.degrade import (
    COVER,
    GREY,
    blurred,
    darkened,
    guests,
    joined,
    noisy,
    occluded,
    shrunk,
)
from posegames.tools.evaluation.exam import Exam, StageExam
from posegames.tools.evaluation.robustness import KINDS, Robustness
from posegames.tools.evaluation.truth import Person, Scene

WIDTH, HEIGHT = 320, 240
seeds = st.integers(0, 2**32 - 1)


def person(x: float, y: float = 0.5, torso: float = 0.2) -> Person:
    points = COCO_17.of(standing(x, y, torso))[0] * HEIGHT
    low, high = points.min(axis=0), points.max(axis=0)
    box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return Person(points, np.ones(17), box, box[2] * box[3] / 2, False, 20.0)


def scene(*people: Person, number: int = 1, colour: int = 60) -> Scene:
    picture = np.full((HEIGHT, WIDTH, 3), colour, dtype=np.uint8)
    for one in people:
        for x, y in np.rint(one.points).astype(int):
            picture[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2] = (0, 255, 0)
    return Scene(Frame(picture, 0.0, number), people, "", 0.0)


def lots(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def green(picture: Picture) -> np.ndarray:
    """Where it is rather green."""
    blue, value, red = np.moveaxis(picture.astype(int), 2, 0)
    return np.argwhere(value - np.maximum(blue, red) > 60)[:, ::-1]


@settings(max_examples=8)
@given(seed=seeds, level=st.integers(0, 2))
def test_what_gets_worse_keeps_its_size_and_spares_what_it_is_made_from(seed: int, level: int) -> None:
    whole = scene(person(0.4), person(0.9, torso=0.15))
    before = whole.frame.picture.copy()
    for kind in KINDS:
        if kind.worse is None:
            continue
        one, again = (kind.worse(whole, kind.levels[level], COCO, lots(seed)) for _ in range(2))
        assert (one.frame.picture.shape, one.frame.picture.dtype.name) == (before.shape, "uint8")
        np.testing.assert_array_equal(one.frame.picture, again.frame.picture)
        assert not np.array_equal(one.frame.picture, before), kind.name
        assert len(one.people) == 2
        if kind.name != "scale":
            assert one.people == whole.people
    np.testing.assert_array_equal(whole.frame.picture, before)


@settings(max_examples=10)
@given(seed=seeds, share=st.floats(0.005, 0.1))
def test_noise_has_the_spread_it_says_and_no_drift(seed: int, share: float) -> None:
    off = noisy(scene(colour=GREY), share, lots(seed)).frame.picture.astype(float) - GREY
    assert off.std() == pytest.approx(np.hypot(share * 255, 12**-0.5), rel=0.02)  # and that of rounding
    assert abs(off.mean()) < 0.01 * 255 * share + 0.01
    assert np.corrcoef(off[:, :, 0].ravel(), off[:, :, 1].ravel())[0, 1] < 0.02


def test_blur_spreads_a_point_as_wide_as_it_says() -> None:
    bare = scene(colour=0)
    bare.frame.picture[100:103, 100:103] = 255
    across = blurred(bare, 0.02).frame.picture[:, :, 0].astype(float).sum(axis=0)
    place = np.arange(WIDTH)
    middle = (place * across).sum() / across.sum()
    spread = np.sqrt(((place - middle) ** 2 * across).sum() / across.sum())
    assert middle == pytest.approx(101, abs=0.05)
    assert spread == pytest.approx(0.02 * HEIGHT, rel=0.1)


@settings(max_examples=10)
@given(share=st.floats(0, 1))
def test_darkness_takes_the_share_it_says(share: float) -> None:
    assert np.abs(darkened(scene(colour=200), share).frame.picture - 200 * (1 - share)).max() <= 0.5 + 1e-4


@settings(max_examples=8)
@given(seed=seeds)
def test_more_boxes_are_the_fewer_ones_and_others_and_lie_on_joints(seed: int) -> None:
    two = scene(person(0.4), person(0.9, torso=0.15))
    hidden = []
    for boxes in (1, 2, 17):
        picture = occluded(two, boxes, COCO, lots(seed)).frame.picture
        hidden.append((picture == GREY).all(axis=2))
        at = [np.rint(one.points).astype(int) for one in two.people]
        covered = [int(hidden[-1][xy[:, 1], xy[:, 0]].sum()) for xy in at]
        assert min(covered) >= boxes  # one box may lie on several
    assert not (hidden[0] & ~hidden[1]).any()
    assert not (hidden[1] & ~hidden[2]).any()
    side = COVER * 0.2 * HEIGHT * np.hypot(0.53, 1)
    assert hidden[0].sum() <= 1.1 * 2 * side**2


def test_nobody_is_hidden_who_need_not_be_found() -> None:
    crowd = replace(person(0.4), crowd=True)
    whole = scene(crowd)
    np.testing.assert_array_equal(occluded(whole, 4, COCO, lots()).frame.picture, whole.frame.picture)


@settings(max_examples=8)
@given(share=st.floats(0.3, 1), x=st.floats(0.3, 1.0))
def test_labels_shrink_with_the_picture(share: float, x: float) -> None:
    small = shrunk(scene(person(x)), share)
    (one,), (before,) = small.people, (person(x),)
    marks = green(small.frame.picture) + 0.5
    away = np.sqrt(((marks[:, None] - one.points[None] - 0.5 * share) ** 2).sum(axis=2))
    assert away.min(axis=1).max() < 3  # every mark is at a joint
    assert one.area == pytest.approx(before.area * share**2, rel=0.02)
    assert one.head == pytest.approx(20 * share, rel=0.02)
    assert one.box[3] == pytest.approx(before.box[3] * share, rel=0.02)
    assert tuple(small.frame.picture[0, 0]) == ((60,) * 3 if share == 1 else (GREY,) * 3)


@settings(max_examples=8)
@given(seed=seeds, count=st.integers(1, 4))
def test_company_brings_its_labels_and_hides_those_beneath(seed: int, count: int) -> None:
    host = scene(person(0.3), number=1)
    homes = [scene(person(0.6 + 0.1 * number), number=number, colour=90 + number) for number in range(2, 7)]
    company = guests([host, *homes], COCO)
    assert [guest.home for guest in company] == [1, 2, 3, 4, 5, 6]
    full = joined(host, company, count, lots(seed))
    assert len(full.people) == 1 + count
    for one in full.people:
        for x, y in one.points[one.labelled > 0]:
            spot = full.frame.picture[max(0, int(y) - 2) : int(y) + 3, max(0, int(x) - 2) : int(x) + 3]
            assert len(green(spot))
    # Fewer are the first of them; and nobody meets themselves.
    assert len(joined(host, company, count - 1, lots(seed)).people) == count
    assert len(joined(host, company[:1], count, lots(seed)).people) == 1


def test_who_shares_a_box_is_hardly_seen_or_is_small_is_not_cut_out() -> None:
    close = scene(person(0.5), person(0.55))
    half = replace(person(0.5), labelled=(np.arange(17) < 7).astype(float))
    assert guests([close, scene(half), scene(person(0.5, torso=0.04))], COCO) == []


def test_the_stage_is_made_worse_the_same_way_every_time_and_its_boxes_keep_still() -> None:
    exam: Exam = StageExam("stage:dance?actors=1&size=160x120")
    base = exam.base(3)
    assert [len(exam.crowded(base, more, lots())[0].people) for more in (1, 5)] == [2, 6]
    assert StageExam("stage:gestures?size=160x120").crowded(base, 5, lots()) == []  # it has no room for six
    kinds = {kind.name: kind for kind in KINDS}
    for name in ("noise", "occlusion"):
        first, again, other = (
            [
                one.frame.picture
                for one in Robustness(exam, base, {}, seed=seed).worse(kinds[name], kinds[name].levels[0])
            ]
            for seed in (1, 1, 2)
        )
        np.testing.assert_array_equal(first, again)
        assert not np.array_equal(first, other)
        boxes = [(picture == GREY).all(axis=2) for picture in first]
        noise = [picture.astype(int) - one.frame.picture for picture, one in zip(first, base, strict=True)]
        if name == "occlusion":  # they move with the body, by a pixel or two
            assert all((a & b).sum() > 0.5 * a.sum() > 0 for a, b in pairwise(boxes))
        else:  # another one in every picture
            assert all(np.mean(a == b) < 0.5 for a, b in pairwise(noise))
