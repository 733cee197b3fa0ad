from __future__ import annotations

import numpy as np
import pytest

from posegames.body.smooth import BALANCED, PRESETS, REGION, OneEuro, Smoothing, find_smoothing
from posegames.errors import UsageError

SIZE = 1.0


def still(filter_: OneEuro, *, hz: int, seconds: float, noise: float) -> tuple[float, float]:
    """Return the spread of raw and of smoothed samples of a point at rest, after half the time."""
    rng = np.random.default_rng(7)
    raw = rng.normal(0, noise, (int(hz * seconds), 1)).astype(np.float32)
    out = np.array([filter_(point, i / hz, SIZE) for i, point in enumerate(raw)])
    half = len(raw) // 2
    return float(raw[half:].std()), float(out[half:].std())


@pytest.mark.parametrize("hz", [15, 30, 60])
@pytest.mark.parametrize(("how", "share"), [(PRESETS["calm"], 0.5), (BALANCED, 0.55), (REGION, 0.4)])
def test_a_point_at_rest_becomes_calm(how: Smoothing, share: float, hz: int) -> None:
    raw, smoothed = still(OneEuro(how), hz=hz, seconds=20, noise=0.004)
    assert smoothed < share * raw


def test_a_fast_move_is_hardly_late() -> None:
    smooth = OneEuro(BALANCED)
    times = np.arange(0, 0.4, 1 / 30)
    punch = 0.5 * np.clip(times / 0.2, 0, 1)
    out = [float(smooth(np.array([p], dtype=np.float32), t, SIZE)[0]) for p, t in zip(punch, times, strict=True)]
    assert np.abs(np.array(out) - punch).max() < 0.5 * 0.1


def test_parameters_are_in_body_sizes_so_distance_does_not_matter() -> None:
    near, far = OneEuro(BALANCED), OneEuro(BALANCED)
    rng = np.random.default_rng(1)
    for i, point in enumerate(rng.normal(0, 0.05, (60, 2)).astype(np.float32)):
        a, b = near(point, i / 30, 1.0), far(point / 4, i / 30, 0.25)
        np.testing.assert_allclose(a, b * 4, atol=1e-5)


def test_time_may_stand_still_but_not_run_backwards() -> None:
    smooth = OneEuro(BALANCED)
    one = np.ones(2, dtype=np.float32)
    smooth(one, 1.0, SIZE)
    assert (smooth(one * 9, 1.0, SIZE) == one).all()
    with pytest.raises(ValueError, match="Time runs backwards"):
        smooth(one, 0.5, SIZE)


def reach(how: Smoothing) -> float:
    """Return seconds by which the middle of a reach (.5 body sizes in .3 s) is late, at 30 samples a second."""
    smooth, times = OneEuro(how), np.arange(0, 1.5, 1 / 30)
    share = np.clip((times - 0.5) / 0.3, 0, 1)
    path = 0.5 * (10 * share**3 - 15 * share**4 + 6 * share**5)
    out = [float(smooth(np.array([p], dtype=np.float32), t, SIZE)[0]) for p, t in zip(path, times, strict=True)]
    return float(np.interp(0.25, out, times) - 0.65)


def test_presets_go_from_calm_to_fast() -> None:
    late = [reach(how) for how in PRESETS.values()]
    calm = [still(OneEuro(how), hz=30, seconds=20, noise=0.004)[1] for how in PRESETS.values()]
    assert late == sorted(late, reverse=True)
    assert calm == sorted(calm)
    assert reach(PRESETS["balanced"]) < 0.008
    assert [how.name for how in PRESETS.values()] == list(PRESETS)


def test_trembling_does_not_open_the_filter_and_slow_moves_are_followed() -> None:
    how = Smoothing(0.5, 80.0, rest=0.03)
    spread = [still(OneEuro(row), hz=30, seconds=20, noise=0.001)[1] for row in (how, Smoothing(0.5, 80.0))]
    assert spread[0] < 0.75 * spread[1]
    smooth = OneEuro(how)
    for i in range(90):  # just what is taken for trembling: it is followed all the same, a hundredth behind
        behind = 0.03 * i / 30 - float(smooth(np.array([0.03 * i / 30], dtype=np.float32), i / 30, SIZE)[0])
    assert behind < 0.0105


def test_an_unknown_preset_is_said() -> None:
    with pytest.raises(UsageError, match=r"(?s)no smoothing 'calmer'.*calm"):
        find_smoothing("calmer")
