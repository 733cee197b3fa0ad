"""A small marimba in one key, synthesised: instruments, the table of sounds, how they are struck. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
"""Samples a second."""

SCALE = (0, 2, 4, 7, 9)
"""Semitones above the key's root: pentatonic, so that any two sound well together. Player 1 has the first degree,
player 2 the second; the sixth player's is the root again, an octave up."""
STEPS = 10
"""Degrees a sound can be raised by: two octaves. Beyond them it stays where it is."""
ROOT = 261.63
"""Hz; the c below the treble staff's middle line, which small loudspeakers still carry."""
FULL = 0.3
"""The highest peak of one sound, of 1: so much that six at once, turned down to fit (`sound.ROOM`), are together
about as loud as one alone."""

Samples = NDArray[np.int16]
"""(N, 2) stereo."""
Wave = NDArray[np.float32]

_BLOCK = 128
"""Samples that are made as one row; see `tone`."""
_TOP = 0.45 * RATE
"""Hz; what would be higher is left out, or it came back as something lower."""


@dataclass(frozen=True, slots=True)
class Partial:
    """One of the sines that a tone is made of."""

    multiple: float
    """Of the tone's frequency."""
    share: float
    """Amplitude when struck, of 1."""
    fades: float = 0.0
    """How much it fades while the tone rings, in powers of e; 0 holds."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """Something that can be struck, or blown softly."""

    partials: tuple[Partial, ...]
    attack: float = 0.003
    """Seconds until it is as loud as it gets: three milliseconds at least, or it clicks."""
    release: float = 0.01
    """Seconds at the end in which what is left fades away."""


INSTRUMENTS = MappingProxyType(
    {
        # Marimba bars are tuned so that the first overtone is the fourth harmonic.
        "marimba": Instrument((Partial(1, 1, 5), Partial(3.99, 0.28, 14), Partial(9.2, 0.08, 40))),
        "bass": Instrument((Partial(1, 1, 4), Partial(2, 0.35, 6), Partial(3, 0.12, 10)), attack=0.008),
        # Two of each, a little apart: they beat slowly, as several players do.
        "pad": Instrument(
            (
                *(Partial(0.9985, 0.5), Partial(1.0015, 0.5), Partial(1.998, 0.12), Partial(2.003, 0.12)),
                *(Partial(3.002, 0.05), Partial(0.5, 0.2)),
            ),
            attack=0.9,
            release=1.2,
        ),
        "drum": Instrument((Partial(1, 1, 6), Partial(1.59, 0.4, 12), Partial(2.3, 0.2, 20)), attack=0.004),
        # Many high ones, none of which fits another: that is as good as noise.
        "shaker": Instrument(
            tuple(Partial(20 + 1.713 * n + 0.37 * (n * n % 7), 0.16, 7) for n in range(10)), attack=0.012
        ),
    }
)
"""Every instrument by name."""


@dataclass(frozen=True, slots=True)
class Note:
    """One stroke of a bar."""

    degree: int
    """Of the scale, five to an octave, counted from the root (or from the player's own note)."""
    at: float = 0.0
    """Seconds after the sound begins."""
    loud: float = 0.5
    """0..1."""
    ring: float = 0.45
    """Seconds until it has all but faded."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard for one cue."""

    notes: tuple[Note, ...]
    own: bool = False
    """Begin at the player's own note, not at the root."""
    chord: tuple[Note, ...] = ()
    """What each step adds; a sound without it is raised instead."""


SOUNDS = MappingProxyType(
    {
        "join": Sound((Note(0), Note(5, at=0.09, loud=0.35)), own=True),
        "leave": Sound((Note(0, loud=0.35), Note(-2, at=0.12, loud=0.3)), own=True),
        "success": Sound((Note(5, loud=0.5),), own=True),
        "cheer": Sound((Note(0), Note(2, at=0.05), Note(3, at=0.10), Note(5, at=0.15)), own=True),
        # A low "oh", that falls: nobody is told off.
        "miss": Sound((Note(-3, loud=0.35, ring=0.5), Note(-4, at=0.13, loud=0.35, ring=0.6))),
        "tick": Sound((Note(10, loud=0.3, ring=0.08),)),
        "shot": Sound((Note(8, loud=0.3, ring=0.08), Note(10, at=0.06, loud=0.3, ring=0.12))),
        # Choosing: a ring that fills climbs the scale, what is chosen answers a fifth higher.
        "hover": Sound((Note(5, loud=0.25, ring=0.09),)),
        "dwell": Sound((Note(5, loud=0.3, ring=0.11),)),
        "choose": Sound((Note(3, loud=0.4), Note(5, at=0.06, loud=0.4), Note(8, at=0.12, loud=0.3))),
        "back": Sound((Note(5, loud=0.35), Note(3, at=0.07, loud=0.35))),
        "pause": Sound((Note(3, loud=0.4, ring=0.6), Note(0, at=0.12, loud=0.4, ring=0.8))),
        # A game's course.
        "count": Sound((Note(5, loud=0.4, ring=0.25),)),
        "go": Sound((Note(5, loud=0.4), Note(7, loud=0.35), Note(8, loud=0.35), Note(10, loud=0.3))),
        "end": Sound((Note(5), Note(3, at=0.16), Note(2, at=0.32), Note(0, at=0.48, loud=0.6, ring=1.2))),
        "star": Sound((Note(5, loud=0.4), Note(10, at=0.05, loud=0.25))),
        # match: a lock is the player's own note, and a combo builds a chord on it.
        "lock": Sound(
            (Note(0, loud=0.5), Note(5, at=0.04, loud=0.3)),
            own=True,
            chord=(
                *(Note(3, at=0.08, loud=0.35), Note(7, at=0.12, loud=0.35)),
                *(Note(8, at=0.16, loud=0.3), Note(10, at=0.20, loud=0.3)),
            ),
        ),
        "perfect": Sound(
            (Note(0), Note(3, at=0.04), Note(5, at=0.08), Note(8, at=0.12, loud=0.35)),
            own=True,
            chord=(
                *(Note(10, at=0.16, loud=0.35), Note(12, at=0.20, loud=0.3)),
                *(Note(13, at=0.24, loud=0.3), Note(15, at=0.28, loud=0.25)),
            ),
        ),
        # tag: wood on wood, a swish of quick notes, a note that ducks.
        "tag": Sound((Note(-5, loud=0.7, ring=0.3), Note(0, at=0.05), Note(3, at=0.10)), own=True),
        "dash": Sound(
            (
                Note(0, loud=0.35, ring=0.15),
                Note(3, at=0.03, loud=0.35, ring=0.15),
                Note(5, at=0.06, loud=0.3, ring=0.25),
            ),
            own=True,
        ),
        "hide": Sound((Note(0, loud=0.35, ring=0.2), Note(-3, at=0.06, loud=0.35, ring=0.3)), own=True),
    }
)
"""Every sound by name."""


def pitch(degree: int) -> float:
    """Return the frequency of a degree of the scale, in Hz; 0 is the root."""
    octave, place = divmod(degree, len(SCALE))
    return float(ROOT * 2 ** (octave + SCALE[place] / 12))


def strike(name: str, player: int = 0, step: int = 0) -> Samples:
    """Return the samples of a sound in the voice of a player (0: nobody's), `step` degrees higher or notes richer.

    None is louder than `FULL`. Raises KeyError for no such sound.
    """
    sound, step = SOUNDS[name], min(max(step, 0), STEPS)
    notes = sound.notes + sound.chord[:step]
    root = ((player - 1) % (len(SCALE) + 1) if sound.own and player else 0) + (0 if sound.chord else step)
    wave = np.zeros(round(max(note.at + note.ring for note in notes) * RATE) + 1, np.float32)
    for note in notes:
        bar, start = tone(INSTRUMENTS["marimba"], pitch(root + note.degree), note.ring), round(note.at * RATE)
        wave[start : start + len(bar)] += bar * np.float32(note.loud)
    # A chord that would be too loud is turned down as a whole: bending its peaks would make it harsh.
    wave *= FULL * 32_767 / max(1.0, float(np.abs(wave).max()))
    return np.repeat(wave.astype(np.int16)[:, None], 2, axis=1)


def tone(instrument: Instrument, frequency: float, ring: float, first: int = 0, most: int | None = None) -> Wave:
    """Return a tone of `ring` seconds, or of its samples `most` from `first` on.

    A sine that fades is the powers of one complex number. What is 128 samples later differs by a factor, so a row
    of 128 and a column of factors are all that is reckoned; one small matrix product makes the rest, ten times as
    fast as sines and exponentials for every sample.
    """
    length = round(ring * RATE)
    count = max(0, length - first if most is None else min(most, length - first))
    heard = [part for part in instrument.partials if frequency * part.multiple < _TOP]
    turn = np.array([complex(-part.fades / ring, 2 * np.pi * frequency * part.multiple) for part in heard]) / RATE
    starts = first + _BLOCK * np.arange(-(-count // _BLOCK))
    rows = np.exp(np.outer(starts, turn)) * np.array([part.share for part in heard])
    within = np.exp(np.outer(turn, np.arange(_BLOCK)))
    rows_real = np.hstack([rows.imag, rows.real]).astype(np.float32)
    wave: Wave = (rows_real @ np.vstack([within.real, within.imag]).astype(np.float32)).ravel()[:count]
    rising, falling = round(instrument.attack * RATE), round(instrument.release * RATE)
    if first < rising:
        wave[: rising - first] *= _ease(np.arange(first, min(rising, first + count)), rising)
    if (left := length - first - count) < falling:
        end = min(count, falling - left)
        wave[count - end :] *= _ease(np.arange(left + end - 1, left - 1, -1), falling)
    return wave


def _ease(place: NDArray[np.int64], length: int) -> Wave:
    """Return 0..1 for places 0..length, without a corner at either end."""
    eased: Wave = 0.5 - 0.5 * np.cos(place.astype(np.float32) * np.float32(np.pi / length))
    return eased
