"""The bench of decoding: who is painted, what is measured and said of it; not how fast this machine is."""

from __future__ import annotations

import numpy as np
import pytest

from posegames.body.views import OPENPOSE_18
from posegames.errors import UsageError
from posegames.testing import FakeClock
from posegames.tools.bench import decoding
from posegames.tools.bench.table import BENCHES, Plan


def silent(_name: str, _share: float) -> None:
    pass


def test_the_crowd_stands_apart_and_everybody_is_in_the_picture() -> None:
    people = decoding.crowd(30)
    assert people.min() >= 0
    assert (people.max(axis=(0, 1)) < decoding.SIZE).all()
    noses = people[:, 0]
    apart = np.linalg.norm(noses[:, None] - noses[None], axis=-1)[~np.eye(30, dtype=bool)]
    assert apart.min() > 40
    np.testing.assert_array_equal(decoding.crowd(30), people)
    assert not np.array_equal(decoding.crowd(30, seed=1), people)
    necks = decoding.crowd(3, OPENPOSE_18)[:, 1]
    assert np.isfinite(necks).all()


def test_every_decoder_is_measured_with_whom_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "CROWDS", (1, 6))
    monkeypatch.setattr(decoding, "REPEATS", 1)
    figures = BENCHES["decoding"].load().measure(Plan(rounds=1), FakeClock(), silent)
    found = {name: [row["found"] for row in rows.values()] for name, rows in figures.items()}
    assert found == {name: [1, 5 if name == "posenet, 5 at most" else 6] for name in decoding.DECODERS}
    for rows in figures.values():
        assert all(row["ms"] > 0 for row in rows.values())
        assert rows["1"]["ratio"] == 1
    sheet = BENCHES["decoding"].load().sheet(figures)
    assert [row[:3] for row in sheet.rows[:2]] == [
        ("posenet, 5 at most", "1", "1"),
        ("posenet, 5 at most", "6", "5"),
    ]


def test_it_takes_no_source() -> None:
    with pytest.raises(UsageError, match="no source"):
        decoding.measure(Plan(source="stage"), FakeClock(), silent)
