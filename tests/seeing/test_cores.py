"""Cores: what a process that shares the machine is told."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import pytest

from posegames.seeing.cores import VARIABLE, cores, keep_to
from posegames.seeing.estimators.blazepose import BlazePose


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    monkeypatch.setenv(VARIABLE, "")


@pytest.mark.parametrize(("told", "count"), [("", 6), ("3", 3), ("0", 1), ("many", 6), ("-1", 6)])
def test_what_is_told_counts(monkeypatch: pytest.MonkeyPatch, told: str, count: int) -> None:
    monkeypatch.setenv(VARIABLE, told)
    assert cores() == count


def test_nets_and_pictures_keep_to_their_share() -> None:
    before = cv2.getNumThreads()
    try:
        keep_to(2)
        assert cv2.getNumThreads() == 2
        assert BlazePose(Path("a"), Path("b"))._workers == 2
        keep_to(0)
        assert cores() == 1
    finally:
        cv2.setNumThreads(before)
