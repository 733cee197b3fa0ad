from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Literal

import numpy as np
import pytest
from lessons import SHAPE, TUCK, mirrored, script, seen, trembling, wave

from posegames.gestures.posture import Posture
from posegames.gestures.taught.lstm import SHAPES, Net
from posegames.gestures.taught.motion import Motion, limbs_of
from posegames.gestures.taught.movedata import move_data, move_from
from posegames.gestures.taught.moves import MoveModel, leave_one_out
from posegames.gestures.taught.spans import Spans
from posegames.gestures.taught.takes import find_takes, held


@cache
def motion(text: str, hz: float = 10, shake: bool = False) -> Motion:
    looks = seen(text, hz, trembling()) if shake else seen(text, hz)
    return Motion.of([Posture.of(player) for players in looks for player in players])


@pytest.mark.parametrize(("hz", "shake"), [(10, False), (15, True)])
def test_repetitions_are_found_where_they_are(hz: float, shake: bool) -> None:
    takes = find_takes(motion(script(TUCK), hz, shake))
    starts = [take.span.start for take in takes]
    ends = [take.span.end for take in takes]
    assert starts == pytest.approx([1.0, 4.0, 7.0, 10.0], abs=0.35)
    assert ends == pytest.approx([2.3, 5.4, 8.2, 11.3], abs=0.3)


def test_repetitions_without_a_rest_are_single_ones() -> None:
    takes = find_takes(motion("seconds 9\nactors 1\n1.2 1 jumping jack times=5"))
    assert [take.clip.seconds for take in takes] == pytest.approx([1.2] * 5, abs=0.25)


def test_halves_of_a_move_with_a_rest_in_its_midst_are_not_taken_for_it() -> None:
    takes = find_takes(motion(script(["raise left"])))
    assert [take.clip.seconds for take in takes] == pytest.approx([2.0] * 4, abs=0.3)


def test_what_is_done_once_is_passed_over() -> None:
    text = script(TUCK) + "\n13.4 1 squat\n15.6 1 bow"
    takes = find_takes(motion(text.replace("seconds 13.0", "seconds 19")))
    assert len(takes) == 4
    assert takes[-1].span.end < 13
    assert find_takes(motion("seconds 6\nactors 1\n1 1 stand")) == []


def test_a_pose_is_held_and_a_move_is_not() -> None:
    shown = motion(script(SHAPE))
    for take in find_takes(shown):
        hold = held(shown, take.span)
        assert hold is not None
        assert hold[1] - hold[0] > 0.8
    shown = motion(script(TUCK))
    assert [held(shown, take.span) for take in find_takes(shown)] == [None] * 4


def test_nobody_is_at_a_move_while_at_rest_and_time_that_leaps_begins_anew() -> None:
    shown = motion(script(TUCK))
    spans = Spans()
    for time, limbs, body in zip(shown.times.tolist(), shown.limbs, shown.seen, strict=True):
        if time < 1.0:
            assert spans.see(time, (limbs, body)) == []
            assert not spans.moving
        if time > 2.2:
            break
        spans.see(time, (limbs, body))
    assert spans.moving
    spans.see(5.0, (limbs, body))
    assert not spans.moving


def test_left_and_right_are_exchanged_as_in_a_mirror() -> None:
    looks, others = seen(script(["raise left"], 1), 10), seen(script(["raise left"], 1), 10, mirrored)
    one, other = (limbs_of(Posture.of(each[22][0])) for each in (looks, others))
    clip = replace(wave(), limbs=np.repeat(one[0][None], 24, axis=0)).mirrored()
    assert clip.limbs[0, :-1] == pytest.approx(other[0][:-1], abs=1e-3)
    assert not np.allclose(one[0][:-1], other[0][:-1], atol=0.1)


def test_a_model_knows_its_move_its_tempo_and_its_side() -> None:
    takes = [replace(wave(speed), seconds=seconds) for speed, seconds in ((1, 1.0), (1.1, 1.2), (0.9, 0.9))]
    model = MoveModel.fit(takes, [wave(limb=1)])
    assert min(leave_one_out(model)) > 0.7
    assert model.confidence(replace(wave(1.05), seconds=1.4)) > 0.7
    assert model.confidence(replace(wave(1.05), seconds=2.5)) == 0
    assert model.confidence(replace(wave(1.05), seconds=0.3)) == 0
    assert model.confidence(wave().mirrored()) < 0.5
    assert MoveModel.fit(takes, [], either_side=True).confidence(wave().mirrored()) > 0.7


def test_what_is_nearer_to_another_move_is_not_it() -> None:
    takes, rival = [wave(size=1.0)], wave(size=0.75)
    between = wave(size=0.85)
    assert MoveModel.fit(takes, []).confidence(between) > 0.5
    assert MoveModel.fit(takes, [rival]).confidence(between) < 0.5


@pytest.mark.parametrize("method", ["dtw", "lstm"])
def test_models_are_plain_data(method: Literal["dtw", "lstm"]) -> None:
    model = MoveModel.fit([wave(), wave(1.2), wave(0.9)], [wave(limb=1)], either_side=True)
    if method == "lstm":
        drawn = np.random.default_rng(0)
        net = Net({name: drawn.normal(size=shape) for name, shape in SHAPES.items()})
        model = replace(model, method="lstm", net=net)
    again = move_from(json.loads(json.dumps(move_data(model))))
    for clip in (wave(1.1), wave(limb=2), wave().mirrored()):
        assert again.confidence(clip) == pytest.approx(model.confidence(clip), abs=0.02)
    assert again.either_side
    assert move_data(again) == move_data(model)
