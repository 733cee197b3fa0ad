from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame
import pytest

from posegames.engine.scene import Cue
from posegames.engine.sound import Speaker, open_sound
from posegames.engine.tones import RATE, ROOT, SCALE, SOUNDS, strike
from posegames.settings import Settings


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaker]:
    """A loudspeaker that plays into SDL's own nothing."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with Speaker() as opened:
        yield opened


@pytest.mark.parametrize("name", sorted(SOUNDS))
def test_every_sound_is_short_audible_and_ends_in_silence(name: str) -> None:
    samples = strike(name, 2)
    assert samples.dtype == np.int16
    assert samples.shape[1] == 2
    assert 0.05 * RATE < len(samples) < 2 * RATE
    assert 2_000 < np.abs(samples).max() < 32_700  # heard, and not clipped
    assert np.abs(samples[-20:]).max() < 500  # no click at the end
    assert abs(int(samples[0, 0])) < 500


def pitch(player: int) -> float:
    """The strongest frequency of a player's success, in Hz."""
    mono = strike("success", player)[:, 0].astype(float)
    return float(np.abs(np.fft.rfft(mono, 2**18)).argmax() * RATE / 2**18)


def test_each_player_has_a_note_of_their_own_in_one_key() -> None:
    notes = [pitch(player) for player in range(1, 7)]
    expected = [2 * ROOT * 2 ** (step / 12) for step in SCALE]
    np.testing.assert_allclose(notes, expected, rtol=0.01)


def test_a_cue_is_heard_unless_muted(speaker: Speaker) -> None:
    assert not speaker.silent
    speaker.play(Cue("join", 1))
    assert pygame.mixer.get_busy()
    speaker.toggle()
    assert not pygame.mixer.get_busy()
    speaker.play(Cue("join", 2))
    assert not pygame.mixer.get_busy()
    speaker.toggle()
    speaker.play(Cue("join", 2))
    assert pygame.mixer.get_busy()


def test_without_a_device_all_is_silent_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    with open_sound(Settings()) as speaker:
        assert speaker.silent
        speaker.play(Cue("cheer", 3))
        speaker.toggle()
    assert capfd.readouterr().err == ""


def test_headless_runs_open_no_device() -> None:
    with open_sound(Settings(headless=True)) as speaker:
        assert speaker.silent
        assert pygame.mixer.get_init() is None


@pytest.mark.parametrize("headless", [True, False])
def test_a_sound_that_does_not_exist_is_a_mistake_with_and_without_a_device(
    monkeypatch: pytest.MonkeyPatch, headless: bool
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with open_sound(Settings(headless=headless)) as speaker, pytest.raises(KeyError, match="buzzer"):
        speaker.play(Cue("buzzer"))
