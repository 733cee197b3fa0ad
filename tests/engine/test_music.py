from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pygame
import pytest

from posegames.engine import music
from posegames.engine.music import ALL, BEATS, LOUD, PEAK, PIECES, REST, SLICE, perform, tones
from posegames.engine.musicbox import CROSSFADE, MusicBox
from posegames.engine.tones import INSTRUMENTS, RATE, ROOT, SCALE, Samples

STEP = 1 / 60


@pytest.fixture(scope="module", params=sorted(PIECES))
def made(request: pytest.FixtureRequest) -> tuple[str, list[Samples | None]]:
    """A piece, and all that came out while it was made."""
    return request.param, list(perform(PIECES[request.param]))


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[MusicBox]:
    """A music box on a mixer that plays into nothing."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.mixer.init(RATE, -16, 2, 512)
    yield MusicBox()
    pygame.mixer.quit()


def samples_of(made: tuple[str, list[Samples | None]]) -> Samples:
    samples = made[1][-1]
    assert samples is not None
    return samples


def test_a_piece_comes_in_small_slices_and_is_there_in_the_end(made: tuple[str, list[Samples | None]]) -> None:
    piece = PIECES[made[0]]
    work = sum(piece.sample(part.ring) * len(tone.strokes) for part in piece.parts for tone in tones(piece, part))
    assert len(made[1]) > work / (2 * SLICE)
    assert all(each is None for each in made[1][:-1])
    assert samples_of(made).shape == (piece.length, 2)
    assert samples_of(made).dtype == np.int16


def test_pieces_are_equally_loud_and_none_is_ever_too_loud(made: tuple[str, list[Samples | None]]) -> None:
    wave = samples_of(made) / 32_767
    assert 0.8 * LOUD < np.sqrt(np.square(wave).mean()) < 1.001 * LOUD
    assert 0.5 * PEAK < np.abs(wave).max() <= PEAK
    # Neither side is louder than the other by more than a decibel and a half, nor are they the same.
    left, right = (float(np.sqrt(np.square(side).mean())) for side in (wave[:, 0], wave[:, 1]))
    assert 0.84 < left / right < 1.19
    assert np.asarray(np.corrcoef(wave.T))[0, 1] < 0.99


def test_where_a_piece_begins_again_nobody_hears_it(made: tuple[str, list[Samples | None]]) -> None:
    wave = samples_of(made) / 32_767
    around = np.concatenate([wave[-4000:], wave[:4000]])
    bends = np.abs(np.diff(around, n=2, axis=0)).max(axis=1)
    assert bends[3996:4002].max() < 0.01  # a click is a corner: -40 dB of it would be heard
    assert bends[3996:4002].max() <= np.quantile(bends, 0.999)
    # What was struck in the end rings on in the beginning: it does not stop there.
    before, after = (np.sqrt(np.square(each).mean()) for each in (wave[-1500:], wave[:100]))
    assert after > before / 4


def test_a_seam_that_is_cut_would_be_noticed() -> None:
    wave = samples_of(("menu", list(perform(PIECES["menu"])))) / 32_767
    cut = wave[: -RATE // 3]
    around = np.concatenate([cut[-4000:], cut[:4000]])
    bends = np.abs(np.diff(around, n=2, axis=0)).max(axis=1)
    assert bends[3996:4002].max() > np.quantile(bends, 0.999)


def test_music_is_in_the_key_of_every_sound(made: tuple[str, list[Samples | None]]) -> None:
    mono = samples_of(made).astype(float).mean(axis=1)
    energy = np.square(np.abs(np.fft.rfft(mono, 2**19)))
    frequency = np.fft.rfftfreq(2**19, 1 / RATE)
    heard = (frequency > 90) & (frequency < 1000)
    semitones = 12 * np.log2(frequency[heard] / ROOT)
    nearest = np.min([np.abs((semitones - step + 6) % 12 - 6) for step in SCALE], axis=0)
    assert energy[heard][nearest < 0.3].sum() > 0.8 * energy[heard].sum()


@pytest.mark.parametrize("name", sorted(PIECES))
def test_the_table_of_pieces_can_be_played(name: str) -> None:
    piece = PIECES[name]
    for part in piece.parts:
        assert part.instrument in INSTRUMENTS
        assert set("".join(part.lines)) <= {*"0123456789", REST, ALL}
        assert len(piece.chords) % len(part.lines) == 0  # or a line is cut off
        assert part.ring < len(piece.chords) * BEATS
        assert 0 <= part.apart <= 1
    grid = piece.sample(0.25)
    starts = [start for part in piece.parts for tone in tones(piece, part) for start, _ in tone.strokes]
    assert all(min(start % grid, grid - start % grid) <= len(piece.chords) * 16 for start in starts)


def run(box: MusicBox, seconds: float) -> list[dict[str, float]]:
    """Go on; return the shares after each step."""
    shares = []
    for _ in range(round(seconds / STEP)):
        box.update(1.0, STEP)
        shares.append(dict(box._shares))
    return shares


def ready(box: MusicBox, *names: str) -> None:
    """Let pieces be made already: five seconds of nothing each."""
    for name in names:
        box._made[name] = pygame.mixer.Sound(buffer=bytes(RATE * 4 * 5))


def busy() -> list[str]:
    return [name for channel, name in enumerate(PIECES) if pygame.mixer.Channel(channel).get_busy()]


def test_a_piece_is_made_while_the_program_runs_and_then_heard(box: MusicBox) -> None:
    box.update(1.0, STEP)
    assert not box._making  # nobody asked
    box.want("menu")
    box.update(1.0, STEP)
    assert not busy()
    run(box, 5)
    assert busy() == ["menu"]
    made = box._made["menu"]
    box.want("menu")
    run(box, 5)
    assert box._made["menu"] is made
    assert set(box._made) == set(PIECES)  # the others are there when they are wanted


def test_one_piece_gives_way_to_another_and_both_are_together_as_loud_as_one(box: MusicBox) -> None:
    ready(box, *PIECES)
    box.want("menu")
    run(box, 1)
    box.want("game")
    shares = []
    for _ in range(round((CROSSFADE + 0.1) / STEP)):
        shares += run(box, STEP)
        heard = [box._made[name].get_volume() for name, share in shares[-1].items() if share]
        assert np.square(heard).sum() == pytest.approx(1, abs=0.03)  # the mixer has 128 steps
    assert busy() == ["game"]
    halfway = [each for each in shares if 0.2 < each["game"] < 0.8]
    assert len(halfway) == pytest.approx(0.6 * CROSSFADE / STEP, abs=2)


def test_whoever_changes_their_mind_all_the_time_never_hears_more_than_fits(box: MusicBox) -> None:
    ready(box, *PIECES)
    box.want("menu")
    run(box, 1)
    chance = np.random.default_rng(3)
    for _ in range(60):
        box.want(str(chance.choice([*PIECES, ""])))
        for each in run(box, float(chance.uniform(0.02, 0.7))):
            assert sum(np.sin(share * np.pi / 2) for share in each.values()) <= np.pi / 2 + 1e-6
    box.want("")
    run(box, CROSSFADE + 0.1)
    assert not busy()


def test_until_a_piece_is_made_what_was_heard_goes_on(box: MusicBox) -> None:
    ready(box, "calm")
    box.want("calm")
    run(box, CROSSFADE)
    box.want("menu")
    run(box, 0.5)
    assert busy() == ["calm"]
    while "menu" not in box._made:
        box.update(1.0, STEP)
    run(box, CROSSFADE + 0.1)
    assert busy() == ["menu"]


def test_a_piece_that_does_not_exist_is_a_mistake(box: MusicBox) -> None:
    with pytest.raises(KeyError, match="polka"):
        box.want("polka")


def test_what_is_heard_from_the_side_is_as_loud_as_from_the_middle() -> None:
    wave = np.zeros((2, 10), np.float32)
    for place, side in enumerate((-1.0, -0.4, 0.0, 0.7, 1.0)):
        music._lay(wave, 2 * place, np.ones(1, np.float32), side)
    np.testing.assert_allclose(np.square(wave).sum(axis=0)[::2], 1, rtol=1e-6)
    assert wave[0, 0] > 0.99  # -1 is left
