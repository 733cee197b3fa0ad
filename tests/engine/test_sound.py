from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

import posegames
from posegames.engine.music import PEAK, PIECES, perform
from posegames.engine.scene import Cue
from posegames.engine.sound import BUFFER, KEPT, RETURNS, ROOM, STEP, Speaker, open_sound
from posegames.engine.tones import FULL, INSTRUMENTS, RATE, SOUNDS, STEPS, pitch, strike, tone
from posegames.settings import Settings

SOFT, BRIGHT = -38.0, -16.0
"""Decibels: the loudest twentieth of a second of every sound lies between them."""
ASIDE = ("hover", "dwell", "tick")
"""What is heard all the time has to be much softer than what a player has earned."""


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaker]:
    """A loudspeaker that plays into SDL's own nothing."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with Speaker() as opened:
        yield opened


class Microphone:
    """Hears what a speaker plays: SDL writes it to a file, about three times as fast as a loudspeaker would."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps = 0

    def now(self) -> int:
        """Return how many samples have been heard."""
        return self._path.stat().st_size // 4

    def listen(self, speaker: Speaker, seconds: float) -> int:
        """Let the speaker go on, a step for each sixtieth of a second that is heard; return `now` after it."""
        self._steps = max(self._steps, int(self.now() / RATE / STEP))
        deadline = time.monotonic() + 30
        for _ in range(round(seconds / STEP)):
            speaker.update()
            self._steps += 1
            while self.now() < self._steps * STEP * RATE:
                assert time.monotonic() < deadline, "the device has stopped"
                time.sleep(0.0005)
        return self.now()

    def heard(self, first: int = 0, last: int | None = None) -> NDArray[np.float64]:
        """Return what was heard, (N, 2), 1 is as loud as can be."""
        whole = self._path.read_bytes()
        return np.frombuffer(whole[: len(whole) // 4 * 4], np.int16).reshape(-1, 2)[first:last] / 32_767


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Microphone:
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(tmp_path / "heard.raw"))
    monkeypatch.setenv("SDL_DISKAUDIODELAY", "4")
    return Microphone(tmp_path / "heard.raw")


def decibels(wave: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.square(wave).mean() + 1e-12))


def loudest(wave: NDArray[np.float64], window: int = RATE // 20) -> float:
    """The loudest stretch of a sound, in decibels."""
    power = np.concatenate([[0.0], np.cumsum(np.square(np.pad(wave, (0, window))))])
    return float(10 * np.log10((power[window:] - power[:-window]).max() / window))


def strength(wave: NDArray[np.float64], frequency: float) -> float:
    """How much of one frequency there is in a sound."""
    turns = np.exp(2j * np.pi * frequency * np.arange(len(wave)) / RATE)
    return float(np.abs(wave @ turns) / RATE)


def strongest(name: str, player: int = 0, step: int = 0) -> float:
    """The strongest frequency of a sound, in Hz."""
    mono = strike(name, player, step)[:, 0].astype(float)
    return float(np.abs(np.fft.rfft(mono, 2**17)).argmax() * RATE / 2**17)


@pytest.mark.parametrize("name", sorted(SOUNDS))
def test_every_sound_is_short_audible_and_ends_in_silence(name: str) -> None:
    samples = strike(name, 2)
    assert samples.dtype == np.int16
    assert samples.shape[1] == 2
    assert 0.05 * RATE < len(samples) < 2 * RATE
    mono = samples[:, 0] / 32_767
    assert SOFT < loudest(mono) < BRIGHT
    assert np.abs(mono[-20:]).max() < 0.001  # no click at the end
    assert abs(mono[0]) < 0.001
    assert np.abs(np.diff(mono, prepend=0)[:20]).max() < 0.01  # nor at the beginning


def test_what_is_heard_all_the_time_is_much_softer_than_what_is_earned() -> None:
    loud = {name: loudest(strike(name, 1)[:, 0] / 32_767) for name in SOUNDS}
    earned = min(loud[name] for name in ("join", "success", "lock", "perfect", "cheer", "star"))
    assert max(loud[name] for name in ASIDE) < earned - 6
    assert loud["miss"] < loud["success"] < loud["perfect"]


def test_however_high_or_rich_a_sound_is_it_leaves_room_for_others() -> None:
    for name in SOUNDS:
        for player in range(1, 7):
            for step in (0, 4, STEPS):
                assert np.abs(strike(name, player, step)).max() <= FULL * 32_767
    assert ROOM + PEAK * np.pi / 2 <= 1
    # Six at once are about as loud as one.
    assert 0.7 < np.sqrt(6) * ROOM / (6 * FULL) < 1.1


def test_each_player_has_a_note_of_their_own_in_one_key() -> None:
    notes = [strongest("success", player) for player in range(1, 7)]
    np.testing.assert_allclose(notes, [pitch(5 + degree) for degree in range(6)], rtol=0.01)
    np.testing.assert_allclose(
        [pitch(degree) / pitch(0) for degree in (-5, 0, 3, 5)], [0.5, 1, 1.498, 2], rtol=1e-3
    )


def test_a_ring_that_fills_climbs_and_oh_falls() -> None:
    rising = [strongest("dwell", step=step) for step in range(8)]
    assert all(before < after for before, after in pairwise(rising))
    oh = strike("miss")[:, 0] / 32_767
    fifth = round(0.12 * RATE)
    assert strongest("miss") < 262  # low
    assert strength(oh[:fifth], pitch(-3)) > strength(oh[:fifth], pitch(-4))
    assert strength(oh[2 * fifth :], pitch(-4)) > strength(oh[2 * fifth :], pitch(-3))


@pytest.mark.parametrize("name", ["lock", "perfect"])
def test_a_combo_builds_a_chord(name: str) -> None:
    for step, added in enumerate(SOUNDS[name].chord, 1):
        before, after = (strike(name, 2, each)[:, 0] / 32_767 for each in (step - 1, step))
        new = pitch(1 + added.degree)
        assert strength(after, new) > 2 * strength(before, new)
    assert len(strike(name, 2, STEPS)) == len(strike(name, 2, len(SOUNDS[name].chord)))


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_a_tone_is_the_sum_of_its_partials_also_when_made_in_slices(name: str) -> None:
    instrument, ring = INSTRUMENTS[name], 2.5
    whole = tone(instrument, 220.0, ring)
    at = np.arange(len(whole)) / RATE
    expected = np.zeros(len(whole))
    for part in instrument.partials:
        expected += part.share * np.sin(2 * np.pi * 220 * part.multiple * at) * np.exp(-part.fades * at / ring)
    middle = (at > instrument.attack) & (at < ring - instrument.release)
    np.testing.assert_allclose(whole[middle], expected[middle], atol=1e-4)
    pieces = [tone(instrument, 220.0, ring, first, 5_000) for first in range(0, len(whole), 5_000)]
    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-4)


def test_what_is_too_high_to_be_heard_does_not_come_back_as_something_low() -> None:
    high = tone(INSTRUMENTS["marimba"], 6_000.0, 0.5)
    spectrum = np.abs(np.fft.rfft(high, 2**15))
    assert spectrum[: round(5_000 / RATE * 2**15)].max() < 0.02 * spectrum.max()


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


def smooth(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what lies below 400 Hz: the pad, and nothing of what is struck above it."""
    window = np.hanning(220)
    return np.convolve(wave.mean(axis=1), window / window.sum(), "same")


def as_written(name: str) -> NDArray[np.float64]:
    """Return a piece as it is made, 1 is as loud as can be."""
    samples = next(each for each in perform(PIECES[name]) if each is not None)
    return np.tile(samples, (2, 1)) / 32_767


def closest(whole: NDArray[np.float64], sample: NDArray[np.float64]) -> int:
    """Return where in `whole` the sample comes from: where least is left when it is taken away."""
    size = 2 ** int(np.ceil(np.log2(len(whole) + len(sample))))
    product = np.fft.irfft(np.fft.rfft(whole, size) * np.fft.rfft(sample[::-1], size))[
        len(sample) - 1 : len(whole)
    ]
    power = np.concatenate([[0.0], np.cumsum(np.square(whole))])
    return int((2 * product - (power[len(sample) :] - power[: -len(sample)])).argmax())


def test_what_players_do_is_heard_at_once_over_music_that_gives_way(microphone: Microphone) -> None:
    with Speaker() as speaker:
        speaker.accompany("menu")
        while "menu" not in speaker._box._made:
            speaker.update()
        while speaker._box._shares["menu"] < 1:
            microphone.listen(speaker, STEP)
        struck = microphone.listen(speaker, 0.7)
        speaker.play(Cue("success", 1))
        microphone.listen(speaker, STEP)
        while speaker._ducked:
            microphone.listen(speaker, STEP)
        back = microphone.listen(speaker, 0.3)
        speaker.toggle()
        muted = microphone.listen(speaker, 0.2)
        speaker.toggle()
        again = microphone.listen(speaker, 0.5)
        speaker.accompany("")
        over = microphone.listen(speaker, 0.7)
        microphone.listen(speaker, 0.1)
    heard = microphone.heard()
    mono = heard.mean(axis=1)
    # In time: the note begins where it was asked for, give or take what the file and the test are late by.
    places = range(struck - RATE // 3, struck + RATE // 3, 441)
    note = np.array([strength(mono[place : place + 882], pitch(5)) for place in places])
    begins = places[int(np.argmax(note > 0.5 * note.max()))]
    assert abs(begins - struck) < 0.1 * RATE
    # The music is as it was written; how loud it is heard, says how it gave way.
    low, written = smooth(heard), smooth(as_written("menu"))
    sample = low[struck - RATE // 2 : struck - RATE // 10]
    shift = closest(written[: 10 * RATE], sample) - (struck - RATE // 2)

    def gain(place: int) -> float:
        """How much of the music as written is heard in the tenth of a second before `place`."""
        here, there = low[place - RATE // 10 : place], written[place + shift - RATE // 10 : place + shift]
        return float(here @ there / (there @ there))

    gains = [gain(place) for place in range(struck + RATE // 10, back, 735)]
    assert gain(struck - RATE // 10) == pytest.approx(1, abs=0.02)
    assert 20 * np.log10(min(gains)) == pytest.approx(-8, abs=1)
    assert gain(back) == pytest.approx(1, abs=0.02)
    # Mute, and not any more; the end.
    assert decibels(heard[muted - RATE // 10 : muted - BUFFER]) < -100
    assert decibels(heard[again - RATE // 4 : again]) > -50
    assert decibels(heard[over:]) < -100


def test_six_players_and_twenty_sounds_at_once_over_music_are_not_clipped(microphone: Microphone) -> None:
    with Speaker() as speaker:
        speaker.accompany("game")
        for _ in range(300):
            speaker.update()
        alone = microphone.listen(speaker, 0.4)
        for player in range(1, 7):
            speaker.play(Cue("perfect", player, 4))
        six = microphone.listen(speaker, 0.8)
        for place in range(20):
            speaker.play(Cue("cheer", place % 6 + 1))
        microphone.listen(speaker, 0.8)  # a cheer rises, and those that are made last begin late on a busy machine
    heard = microphone.heard()
    music = loudest(heard[:alone, 0])
    # More than there are channels for: each is very soft then, and all of them are heard.
    for effects in (heard[alone:six], heard[six:]):
        assert np.abs(effects).max() < 0.95
        assert loudest(effects[:, 0]) > music


def test_many_sounds_take_the_place_of_the_oldest_and_few_are_kept(speaker: Speaker) -> None:
    for step in range(STEPS + 1):
        for name in SOUNDS:
            speaker.play(Cue(name, 1 + step % 6, step))
    assert len(speaker._tones) <= KEPT
    assert sum(pygame.mixer.Channel(place).get_busy() for place in range(len(PIECES))) == 0
    volumes = {round(each.tone.sound.get_volume(), 2) for each in speaker._sounding}
    assert sum(each.tone.peak for each in speaker._sounding) * max(volumes) <= ROOM


def test_loudness_is_as_it_is_set(speaker: Speaker) -> None:
    speaker.effects = 0.5
    speaker.play(Cue("success", 1))
    assert speaker._sounding[0].tone.sound.get_volume() == pytest.approx(0.5, abs=0.01)
    speaker.effects = 0.0
    speaker.play(Cue("success", 2))
    assert len(speaker._sounding) == 1


def test_without_a_device_all_is_silent_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    with open_sound(Settings()) as speaker:
        assert speaker.silent
        speaker.play(Cue("cheer", 3))
        speaker.accompany("menu")
        speaker.update()
        speaker.toggle()
    assert capfd.readouterr().err == ""


def test_nothing_is_made_that_is_not_heard(speaker: Speaker) -> None:
    for _ in range(3):
        speaker.update()
    speaker.accompany("menu")
    speaker.music = 0.0
    speaker.update()
    speaker.toggle()
    speaker.music = 1.0
    speaker.update()
    speaker.play(Cue("go"))
    assert not speaker._tones
    assert not speaker._box._making
    speaker.toggle()
    speaker.update()
    assert speaker._box._making
    with Speaker(wanted=False) as silent:
        silent.accompany("menu")
        silent.play(Cue("go"))
        silent.update()
        assert not silent._tones
        assert not silent._box._making


@pytest.mark.parametrize("what", ["play", "update"])
def test_a_device_that_dies_is_not_asked_again(speaker: Speaker, what: str) -> None:
    speaker._box._made["calm"] = pygame.mixer.Sound(buffer=bytes(RATE * 4))
    speaker.accompany("calm")
    speaker.update()
    speaker.play(Cue("go"))
    pygame.mixer.quit()
    if what == "play":
        speaker.play(Cue("go"))
    else:
        speaker.update()
    assert speaker.silent
    for _ in range(2):
        speaker.play(Cue("go"))
        speaker.accompany("calm")
        speaker.update()
        speaker.toggle()


def test_headless_runs_open_no_device() -> None:
    with open_sound(Settings(headless=True)) as speaker:
        assert speaker.silent
        assert pygame.mixer.get_init() is None


@pytest.mark.parametrize("headless", [True, False])
def test_a_sound_that_does_not_exist_is_a_mistake_with_and_without_a_device(
    monkeypatch: pytest.MonkeyPatch, headless: bool
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    with open_sound(Settings(headless=headless)) as speaker:
        with pytest.raises(KeyError, match="buzzer"):
            speaker.play(Cue("buzzer"))
        with pytest.raises(KeyError, match="polka"):
            speaker.accompany("polka")


def test_every_sound_and_piece_that_scenes_name_is_there() -> None:
    sources = [path.read_text() for path in Path(posegames.__file__).parent.rglob("*.py")]
    cues = {name for source in sources for name in re.findall(r"\bCue\(\"(\w+)\"", source)}
    pieces = {name for source in sources for name in re.findall(r"\.music\(\"(\w+)\"", source)}
    assert len(cues) > 10
    assert cues <= set(SOUNDS)
    assert {"menu", "game", "calm"} <= pieces <= set(PIECES)
    assert BUFFER / RATE < STEP < RETURNS
