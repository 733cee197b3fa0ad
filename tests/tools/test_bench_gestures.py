"""The bench of gestures: what it measures, and what it says of it; not how fast this machine is."""

from __future__ import annotations

import pytest

from posegames.errors import UsageError
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.table import GESTURES
from posegames.testing import FakeClock
from posegames.tools.bench import gestures
from posegames.tools.bench.table import BENCHES, Plan


class Ticking(FakeClock):
    """A clock on which every look takes a tenth of a millisecond."""

    def now(self) -> float:
        self.sleep(1e-4)
        return super().now()


def silent(_name: str, _share: float) -> None:
    pass


def test_the_crowd_does_something() -> None:
    recogniser, done = Recogniser(), dict[int, set[str]]()
    for time, players in gestures.crowd(2, 9):
        for event in recogniser.update(players, time):
            if isinstance(event, Gesture):
                done.setdefault(event.player, set()).add(event.gesture)
    assert all(len(done[number]) >= 3 for number in (1, 2))
    assert done[1] != done[2]


def test_every_crowd_and_every_row_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gestures, "SECONDS", 1.0)
    figures = BENCHES["gestures"].load().measure(Plan(rounds=1), Ticking(), silent)
    assert {name: found["ms"] for name, found in figures["sighting"].items()} == pytest.approx(
        {"1 players": 0.1, "2 players": 0.1, "4 players": 0.1}
    )
    assert figures["within"]
    assert set(figures["rows_us"]) == {"posture", "memory", *(row.name for row in GESTURES)}
    assert figures["rows_us"]["jump"] == pytest.approx(100)
    sheet = BENCHES["gestures"].load().sheet(figures)
    assert len(sheet.rows) == 3 + len(figures["rows_us"])
    shares = [float(row[1]) for row in sheet.rows[3:]]
    assert shares == sorted(shares, reverse=True)


def test_it_takes_no_source() -> None:
    with pytest.raises(UsageError, match="no source"):
        gestures.measure(Plan(source="stage"), FakeClock(), silent)
