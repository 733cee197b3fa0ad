"""The table of estimators: what is looked up, what is refused, and what is left alone."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from posegames.errors import UsageError
from posegames.resources import CACHE_VARIABLE
from posegames.seeing.estimators.base import Adjustable
from posegames.seeing.estimators.store import OFFLINE_VARIABLE, ModelStore
from posegames.seeing.estimators.table import ESTIMATORS, make_estimator
from posegames.seeing.status import FeedStatus
from posegames.seeing.watcher import make_watcher
from posegames.settings import Effort, Settings
from posegames.timing import SystemClock

PATIENCE = 30.0


@pytest.mark.parametrize("name", ESTIMATORS)
def test_masks_nobody_draws_are_refused_before_anything_is_fetched(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")  # asking for a model would be a ModelError
    with pytest.raises(UsageError, match="draws no masks"):
        make_estimator(name, segmentation=True)
    assert not (tmp_path / "cache").exists()


@pytest.mark.model
def test_nets_that_are_not_here_are_not_fetched_and_their_efforts_left_out(
    models: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")
    (tmp_path / "models").mkdir()
    for name in ("pose_detection", "pose_landmark_full"):
        shutil.copy(models.path(name), tmp_path / "models")
    (tmp_path / "models" / "pose_landmark_heavy.tflite").write_bytes(b"half of it")  # damaged: as good as missing
    own = tmp_path / "mine.tflite"
    shutil.copy(models.path("pose_landmark_full"), own)
    for model in (None, own):  # one file of the user's own is the landmark net, not three
        estimator = make_estimator("blazepose", model=model)
        assert isinstance(estimator, Adjustable)
        assert [effort.name for effort in estimator.efforts] == ["full", "lean"]


@pytest.mark.model
@pytest.mark.parametrize(("asked", "name"), [("high", "full"), ("low", "lean")])
def test_what_the_settings_pin_is_what_the_watcher_does(models: ModelStore, asked: Effort, name: str) -> None:
    got: list[FeedStatus] = []
    settings = Settings(source="stage:still?actors=1&size=320x240", effort=asked)
    with make_watcher(settings, SystemClock(), lambda _sighting: got.append(watcher.status(0))) as watcher:
        end = time.monotonic() + PATIENCE
        while len(got) < 3:
            assert time.monotonic() < end
            time.sleep(0.02)
    assert {status.effort for status in got} == {name}
    assert got[-1].budget > 0
    assert not got[-1].idle
