"""Testing gestures: the protocol, the readers of labels, the figures."""

from __future__ import annotations

import json
import math
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.errors import SourceError, UsageError
from posegames.events import Gesture
from posegames.gestures.table import GESTURES
from posegames.tools.gesturetest.along import ANYTHING, family, names
from posegames.tools.gesturetest.clips import Eyes, Seen, judge_clip
from posegames.tools.gesturetest.labels import Clip, read_labels
from posegames.tools.gesturetest.matching import Label, anything, judge, one_of
from posegames.tools.gesturetest.pool import work
from posegames.tools.gesturetest.run import jobs, tally_trials
from posegames.tools.gesturetest.tally import NOTHING, Tally, confusion, figures, squared, tally
from posegames.tools.gesturetest.trials import ACTIONS, Skeletons, Trial, read_trials


def told(*events: tuple[float, str], player: int = 1) -> list[Gesture]:
    return [Gesture(t, player, gesture, "pulse") for t, gesture in events]


def squats(*ends: float) -> list[Label]:
    return [Label.around("squat", end - 1.0, end - 0.5, end) for end in ends]


@pytest.mark.parametrize(
    ("time", "right"), [(0.89, False), (0.91, True), (2.0, True), (2.24, True), (2.26, False)]
)
def test_an_event_counts_from_a_little_before_to_a_little_after(time: float, right: bool) -> None:
    verdict = judge([Label.around("squat", 1.0, 1.5, 2.0)], told((time, "squat")), anything)
    assert (len(verdict.hits), len(verdict.missed), len(verdict.false)) == (right, not right, not right)


@pytest.mark.parametrize(("time", "right"), [(0.74, False), (0.76, True), (1.24, True), (1.26, False)])
def test_where_only_the_peak_is_known_an_event_is_near_it(time: float, right: bool) -> None:
    verdict = judge([Label.around("punch", None, 1.0, None)], told((time, "punch_left")), anything)
    assert bool(verdict.hits) == right


def test_one_event_tells_one_label() -> None:
    twice = judge(squats(2.0), told((1.9, "squat"), (2.0, "squat")), anything)
    assert (len(twice.hits), len(twice.false)) == (1, 1)
    once = judge(squats(2.0, 2.5), told((2.1, "squat")), anything)
    assert [label.end for label, _ in once.hits] == [2.25]
    assert len(once.missed) == 1


def test_repetitions_without_a_pause_go_to_their_own_labels() -> None:
    """Each is told at its end, when the next has begun."""
    verdict = judge(squats(1.0, 2.0, 3.0), told((1.05, "squat"), (2.05, "squat"), (3.05, "squat")), anything)
    assert [round(event.t - label.end, 2) for label, event in verdict.hits] == [-0.2, -0.2, -0.2]


@given(
    st.lists(st.floats(0, 20), max_size=8),
    st.lists(st.floats(0, 20), max_size=8),
    st.randoms(use_true_random=False),
)
def test_order_makes_no_difference_and_nothing_is_counted_twice(
    peaks: list[float], times: list[float], random: Any
) -> None:
    labels = [Label.around("punch", None, peak, None) for peak in peaks]
    events = told(*((time, "punch_left") for time in times))
    verdict = judge(labels, events, anything)
    assert len(verdict.hits) + len(verdict.missed) == len(labels)
    assert len(verdict.hits) + len(verdict.false) == len(events)
    assert all(abs(event.t - (label.moment or 0)) <= 0.25 + 1e-5 for label, event in verdict.hits)
    random.shuffle(labels)
    random.shuffle(events)
    assert len(judge(labels, events, anything).hits) == len(verdict.hits)


@pytest.mark.parametrize(
    ("said", "gesture", "right"),
    [
        ("punch", "punch_left", True),
        ("punch_right", "punch_left", False),
        ("hand_up", "hands_up", False),
        ("swipe_left", "swipe_left", True),
        ("swipe_left", "swipe_right", False),
        ("swipe", "swipe_left", False),
        (ANYTHING, "squat", True),
    ],
)
def test_a_family_is_both_sides(said: str, gesture: str, right: bool) -> None:
    assert names(said, gesture) == right


def test_a_part_cut_by_the_edge_neither_counts_nor_punishes() -> None:
    part = Label.around("squat", None, 0.1, 0.5, partial=True)
    for events in (told((0.45, "squat"), (1.95, "squat")), told((1.95, "squat"))):
        verdict = judge([part, *squats(2.0)], events, anything)
        assert (len(verdict.hits), verdict.missed, verdict.false) == (1, [], [])


def test_what_is_true_along_with_it_is_no_mistake_while_it_lasts() -> None:
    label = Label(gesture="squat", begin=1.0, end=2.0, along=frozenset({"duck"}))
    verdict = judge([label], told((1.2, "duck"), (1.3, "duck"), (2.1, "duck"), (1.9, "squat")), anything)
    assert [event.t for event in verdict.false] == [2.1]
    assert len(verdict.hits) == 1


def test_gestures_of_which_the_labels_say_nothing_are_not_judged() -> None:
    verdict = judge(squats(2.0), told((1.9, "squat"), (5.0, "wave"), (6.0, "jump")), one_of({"squat", "jump"}))
    assert [e.gesture for e in verdict.false] == ["jump"]
    assert [e.gesture for e in verdict.others] == ["wave"]


def test_latency_counts_from_the_peak_and_of_what_is_held_from_the_start() -> None:
    labels = [Label.around("punch", 0.8, 1.0, 1.2), Label.around("t_pose", 3.0, 3.5, 5.0)]
    counts = tally([judge(labels, told((1.1, "punch_left"), (3.4, "t_pose")), anything)])
    assert counts["punch"].late == [pytest.approx(0.1)]
    assert counts["t_pose"].late == [pytest.approx(0.4)]


def test_figures_by_hand() -> None:
    verdict = judge(
        [*squats(2.0, 4.0, 6.0), Label.around("jump", 8.0, 8.2, 8.4)],
        told((1.6, "squat"), (3.7, "squat"), (8.2, "squat"), (9.5, "jump")),
        anything,
    )
    made = figures(tally([verdict]))
    assert made["gestures"]["squat"] == {
        "precision": 0.6667,
        "recall": 0.6667,
        "f1": 0.6667,
        "latency": {"median": 0.15, "p95": 0.195},
        "tp": 2,
        "fp": 1,
        "fn": 1,
    }
    assert (made["overall"]["tp"], made["overall"]["fp"], made["overall"]["fn"]) == (2, 2, 2)
    table = squared(confusion(verdict))
    assert table["names"] == ["jump", "squat", NOTHING]
    # The jump was taken for a squat, a squat for nothing, and nothing for a jump.
    assert table["counts"] == [[0, 1, 0], [0, 2, 1], [1, 0, 0]]
    nothing = Tally().figures()
    assert nothing["f1"] is None
    assert nothing["latency"] == {"median": None, "p95": None}


def clip(**more: Any) -> Clip:
    given: dict[str, Any] = {"labels": (), "never": frozenset(), "people": 1, "places": {}, "seconds": 10.0}
    return Clip(name="a.mp4", path=Path("a.mp4"), **given | more)


def test_a_clip_counts_and_knows_what_never_happens() -> None:
    seen = Seen(tuple(told((2.0, "squat"), (5.0, "jump"), (6.0, "hand_up_left"))), 30.0, {1: 0.5})
    judged = judge_clip(clip(labels=tuple(squats(2.0, 4.0)), never=frozenset({"jump"})), seen)
    assert judged.report["persons"]["all"] == {
        "wanted": {"jump": 0, "squat": 2},
        "got": {"jump": 1, "squat": 1},
        "off": 1,
    }
    assert judged.report["never"] == ["jump at 5.00"]
    assert judged.report["others"] == {"hand_up_left": 1}
    assert (judged.never, judged.minutes) == (1, 0.5)
    assert judge_clip(clip(labels=tuple(squats(2.0))), seen).minutes == 0.0


def test_what_the_end_of_the_part_cuts_is_not_asked_for() -> None:
    seen = Seen(tuple(told((2.0, "squat"))), 3.0, {1: 0.5})
    judged = judge_clip(clip(labels=tuple(squats(2.0, 3.9, 9.0))), seen)
    assert judged.report["persons"]["all"]["wanted"] == {"squat": 1}
    assert judged.verdict.missed == []


def two_people(places: dict[str, float], *by: int) -> list[dict[str, Any]]:
    labels = tuple(Label.around("squat", end - 1, end - 0.5, end, person="B") for end in (2.0, 4.0))
    labels += (Label.around("jump", 6.0, 6.2, 6.4, person="A"),)
    events = [Gesture(t, player, g, "pulse") for (t, g), player in zip(
        ((2.0, "squat"), (4.0, "squat"), (6.2, "jump")), by, strict=True)]  # fmt: skip
    judged = judge_clip(clip(labels=labels, people=2, places=places), Seen(tuple(events), 9.0, {1: 0.2, 2: 0.7}))
    return [judged.report["persons"][who]["got"] for who in ("A", "B")]


def test_players_are_the_people_who_do_what_they_do() -> None:
    right = [{"jump": 1}, {"squat": 2}]
    assert two_people({}, 1, 1, 2) == right
    assert two_people({}, 2, 2, 1) == right


def test_where_places_are_known_nobody_is_credited_with_what_a_neighbour_does() -> None:
    assert two_people({"A": 0.25, "B": 0.75}, 2, 2, 1) == [{"jump": 1}, {"squat": 2}]
    swapped = two_people({"A": 0.25, "B": 0.75}, 1, 1, 2)
    assert swapped == [{"jump": 0, "squat": 2}, {"jump": 1, "squat": 0}]


def written(folder: Path, content: object) -> Path:
    (folder / "labels.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def one(**entry: object) -> dict[str, object]:
    return {"clips": {"a.mp4": entry}}


def test_labels_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    (read,) = read_labels(
        written(
            tmp_path,
            one(
                file="clips/a.mp4",
                video={"seconds": 9.0, "fps": 30},
                persons={"max": 2, "identities": [{"id": "P1", "x": 0.3}, {"id": "P2", "x": 0.6}]},
                events=[
                    {"type": "side_leg_raise", "leg": "left", "start": 1, "peak": 2, "end": 3, "person": "P1"},
                    {"type": "squat", "start": None, "peak": 0.1, "end": 0.5, "partial": True},
                    {"type": "person_present", "start": 0, "end": 9},
                ],
                never_happens=["jump"],
            ),
        )
    )
    assert read.path == tmp_path / "a.mp4"  # beside the labels, if it is not where they say
    assert [(label.gesture, label.person, label.partial) for label in read.labels] == [
        ("side_leg_raise_left", "P1", False),
        ("squat", "", True),
    ]
    assert read.labels[1].begin == -math.inf
    assert read.ignored == {"person_present"}
    assert (read.people, read.persons) == (2, ("P1", "P2"))
    assert read.asked == {"side_leg_raise", "squat", "jump"}
    assert pickle.loads(pickle.dumps(read)) == read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON"),
        ([], 'it needs {"clips"'),
        ({"clips": {}}, 'it needs {"clips"'),
        ({"clips": {"a.mp4": 3}}, "a.mp4: the clip must be an object"),
        (one(events={}), "events must be a list"),
        (one(events=[{"start": 1}]), "type must be a word"),
        (one(events=[{"type": "squat", "start": 1}]), "neither a peak nor a start and an end"),
        (one(events=[{"type": "squat", "start": 3, "end": 1}]), "not in order: 3.0, 1.0"),
        (one(events=[{"type": "squat", "peak": "soon"}]), "peak must be a number"),
        (one(events=[{"type": "squat", "peak": -1}]), "peak must be a number"),
        (one(events=[{"type": "kick", "peak": 1, "leg": "image-left"}]), "say left or right"),
        (one(never_happens=[3]), "never_happens must be names"),
        (one(persons={"max": 60}), "at most 6 people"),
        (one(file="../../secret.mp4"), "must lie in the folder"),
    ],
)
def test_labels_that_are_wrong_say_where(tmp_path: Path, content: object, said: str) -> None:
    with pytest.raises(SourceError) as error:
        read_labels(written(tmp_path, content))
    assert said in str(error.value)
    assert "labels.json" in str(error.value)


def test_a_folder_without_labels_is_told_apart_from_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no labels"):
        jobs(str(tmp_path), Eyes())
    with pytest.raises(UsageError, match="no folder"):
        jobs(str(tmp_path / "none"), Eyes())
    inside = tmp_path / "clips"
    inside.mkdir()
    written(inside, one())
    assert [job.name for job in jobs(str(tmp_path), Eyes())] == ["a.mp4"]
    assert [job.name for job in jobs("stage:still", Eyes())] == ["stage:still"]


def kinect(folder: Path, *, frames: int = 12, **entry: object) -> Path:
    """Write one trial of somebody who stands two metres away with the left hand at 0.5 m to the left."""
    points = np.zeros((frames, 20, 3))
    points[..., 2] = 2.0
    points[:, 6, 0] = -0.5
    np.savez(folder / "skeletons.npz", t=np.arange(frames) / 30, xyz=(points * 5000).astype(np.int16))
    trial = {"person": "A", "name": "Jump", "gesture": "jump", "offset": 0, "frames": frames} | entry
    (folder / "trials.json").write_text(json.dumps({"trials": [trial]}))
    return folder


def test_skeletons_are_seen_as_a_camera_in_their_place_sees_them(tmp_path: Path) -> None:
    folder = kinect(tmp_path)
    (trial,) = read_trials(folder)
    seen = list(Skeletons.read(folder).sightings(trial))
    assert len(seen) == 12
    (pose,) = seen[-1][0].poses
    assert pose.xy[0].tolist() == pytest.approx([2 / 3, 0.5])
    # The person's left is on the right of the picture: half a metre at two metres, with a view of 43 degrees.
    assert float(pose.xy[15, 0]) == pytest.approx(2 / 3 + 0.25 / (2 * math.tan(math.radians(21.5))), abs=1e-3)
    assert pose.confidence[13] == 1
    assert pose.confidence[29] == 0  # a heel, which a Kinect does not see


def test_trials_that_are_wrong_say_where(tmp_path: Path) -> None:
    (trial,) = read_trials(kinect(tmp_path, frames=12, offset=5))
    with pytest.raises(SourceError, match="too short for Jump of A"):
        list(Skeletons.read(tmp_path).sightings(trial))
    (tmp_path / "trials.json").write_text('{"trials": [{"person": 1}]}')
    with pytest.raises(SourceError, match="no list of trials"):
        read_trials(tmp_path)
    (tmp_path / "skeletons.npz").write_bytes(b"nothing")
    with pytest.raises(SourceError, match="no skeletons"):
        Skeletons.read(tmp_path)


def test_a_trial_is_judged_as_a_whole() -> None:
    def trial(action: str, person: str = "A") -> Trial:
        return Trial(person, action.title(), action, 0, 1)

    counts: Counter[tuple[str, str]] = Counter()
    report = tally_trials(
        [
            (trial("jump"), ("squat", "duck", "jump", "jump")),  # down before it goes up: no mistake
            (trial("jump", "B"), ("kick_left",)),
            (trial("wave"), ("hand_up_left", "wave", "punch_left", "step_left")),
            (trial("throw"), ("punch_left", "clap")),
        ],
        counts,
    )
    assert report["overall"]["tp"] == 2
    assert report["missed"] == ["jump in Jump of B"]
    assert report["false"] == ["kick in Jump of B", "punch in Wave of A"]  # nobody asks for a step
    assert report["others"] == {"Throw": {"clap": 1, "punch": 1}}
    assert report["people"] == {"A": 0.8, "B": 0.0}
    assert counts == {("jump", "jump"): 1, ("jump", "kick"): 1, ("wave", "wave"): 1, ("wave", "punch"): 1}


def test_actions_ask_for_gestures_there_are() -> None:
    known = {family(row.name) for row in GESTURES}
    assert {asked.gesture for asked in ACTIONS.values()} <= known
    assert {gesture for asked in ACTIONS.values() for gesture in asked.too} <= known
    assert all(asked.gesture not in asked.too and all(asked.too.values()) for asked in ACTIONS.values())


class _Sum:
    """A piece of work that can be sent to another process, and one that fails."""

    def __init__(self, number: int) -> None:
        self.name, self.weight, self._number = f"job {number}", float(number), number

    def run(self, progress: Any) -> int:
        if self._number == 2:
            raise SourceError("It is two.")
        progress(self.name, 0.5)
        return self._number * 10


def test_work_is_done_in_order_and_what_fails_is_passed_over() -> None:
    for workers in (1, 2):
        heard: list[float] = []

        def hear(_words: str, share: float | None, heard: list[float] = heard) -> None:
            heard.append(share or 0.0)

        sums = [_Sum(number) for number in (1, 2, 3)]
        done = list(work(sums, workers=workers, progress=hear))
        assert [job.name for job, _ in done] == ["job 1", "job 2", "job 3"]
        assert [result if isinstance(result, int) else str(result) for _, result in done] == [10, "It is two.", 30]
        assert heard == sorted(heard)
        assert 0.4 < heard[-1] <= 1
