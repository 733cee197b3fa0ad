"""The bench of prediction: what is drawn against the truth. It reads no clock, so its figures may be asserted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from posegames.errors import UsageError
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.stage import StageSource
from posegames.testing import FakeClock
from posegames.tools.bench.prediction import DELAYS, Off, compare, measure, sheet
from posegames.tools.bench.table import Plan


def witnessed(source: StageSource, seconds: float, noise: float = 0.002) -> list[Sighting]:
    """Return the truth as somebody with a shaky hand notes it, 30 times a second."""
    lots, sightings = np.random.default_rng(3), []
    for number in range(int(seconds * 30)):
        time = number / 30
        poses = [
            replace(pose, xy=pose.xy + lots.normal(0, noise, pose.xy.shape).astype(np.float32))
            for pose in source.choreography.at(time)
        ]
        sightings.append(Sighting(time, number, tuple(poses), 4 / 3))
    return sightings


def test_a_dance_is_drawn_nearer_to_the_truth_with_prediction() -> None:
    source = StageSource("dance", actors=2, size=(640, 480))
    for delay, off in compare(source, witnessed(source, 6.5)).items():
        figures = off.figures()
        assert figures["joints"] > 10_000
        assert figures["without"] > 0.02
        assert figures["with / without"] <= 0.75, delay


def test_who_is_drawn_elsewhere_is_off_by_that() -> None:
    source = StageSource("still", actors=1, size=(640, 480))
    (truth,) = source.choreography.at(0.0)
    moved = [Sighting(i / 30, i, (replace(truth, xy=truth.xy + np.float32(0.03)),), 4 / 3) for i in range(60)]
    off = compare(source, moved)[DELAYS[0]]
    length = float(np.hypot(*(truth.middle((11, 12)) - truth.middle((23, 24)))))
    assert off.figures()["without"] == pytest.approx(0.03 * np.sqrt(2) / length, rel=0.1)
    assert off.jitter() == pytest.approx((0, 0), abs=1e-5)


def test_nothing_drawn_is_no_error() -> None:
    assert Off().figures() == {"without": 0.0, "with": 0.0, "with / without": 0.0, "joints": 0}


def test_only_the_stage_knows_the_truth() -> None:
    with pytest.raises(UsageError, match="stage:dance"):
        measure(Plan(source="squats.mp4"), FakeClock(), lambda _name, _share: None)


def test_the_sheet_has_a_row_for_each_delay() -> None:
    row = {"without": 0.1, "with": 0.06, "with / without": 0.6, "joints": 9}
    figures = {
        "plays": {"stage:dance": {"33 ms": row}},
        "all": {"33 ms": row},
        "still": {"33 ms": {"without": 0.001, "with": 0.002}},
    }
    rows = sheet(figures).rows
    assert rows[0] == ("stage:dance", "33 ms", "0.100", "0.060", "0.60")
    assert len(rows) == 3


@pytest.mark.model
def test_the_estimator_s_dance_is_drawn_nearer_to_the_truth_too(models: object) -> None:
    sightings = []
    with StageSource("dance", actors=1, size=(640, 480)) as source, make_estimator("blazepose") as estimator:
        for number in range(126, 210):  # it dances
            frame = source.frame(number)
            sightings.append(Sighting(frame.time, number, estimator.estimate(frame), frame.aspect))
    for delay, off in compare(source, sightings).items():
        assert off.figures()["with / without"] <= 0.75, delay
