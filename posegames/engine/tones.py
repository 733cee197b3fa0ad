"""A small marimba in one key, synthesised: the table of sounds, and how they are struck. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
"""Samples a second."""

SCALE = (0, 2, 4, 7, 9, 12)
"""Semitones above the key's root, one for each player slot: pentatonic, so that any two sound well together."""
STEPS = 15
"""Steps of the scale a sound can be raised by; beyond them it stays where it is."""
ROOT = 261.63
"""Hz; the c below the treble staff's middle line, which small loudspeakers still carry."""

Samples = NDArray[np.int16]
"""(N, 2) stereo."""


@dataclass(frozen=True, slots=True)
class Note:
    """One stroke of a bar."""

    semitones: int
    """Above the root (or above the player's own note)."""
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


SOUNDS = MappingProxyType(
    {
        "join": Sound((Note(0), Note(12, at=0.09, loud=0.35)), own=True),
        "leave": Sound((Note(0, loud=0.3), Note(-5, at=0.12, loud=0.25)), own=True),
        "success": Sound((Note(12, loud=0.45),), own=True),
        "cheer": Sound((Note(0), Note(4, at=0.05), Note(7, at=0.10), Note(12, at=0.15)), own=True),
        "miss": Sound((Note(-10, loud=0.25, ring=0.6),)),
        "tick": Sound((Note(24, loud=0.15, ring=0.06),)),
        "shot": Sound((Note(19, loud=0.2, ring=0.08), Note(24, at=0.06, loud=0.2, ring=0.12))),
        # Choosing: a ring that fills climbs the scale, what is chosen answers a fifth higher.
        "hover": Sound((Note(12, loud=0.12, ring=0.08),)),
        "dwell": Sound((Note(12, loud=0.16, ring=0.10),)),
        "choose": Sound((Note(7, loud=0.35), Note(12, at=0.06, loud=0.35), Note(19, at=0.12, loud=0.25))),
        "back": Sound((Note(12, loud=0.25), Note(7, at=0.07, loud=0.25))),
        "pause": Sound((Note(7, loud=0.3, ring=0.6), Note(0, at=0.12, loud=0.3, ring=0.8))),
        # A game's course.
        "count": Sound((Note(12, loud=0.35, ring=0.25),)),
        "go": Sound((Note(12, loud=0.4), Note(16, loud=0.35), Note(19, loud=0.35), Note(24, loud=0.3))),
        "end": Sound((Note(12), Note(7, at=0.16), Note(4, at=0.32), Note(0, at=0.48, loud=0.6, ring=1.2))),
        "star": Sound((Note(12, loud=0.4), Note(24, at=0.05, loud=0.25))),
        # match: a lock is the player's own note, and a combo builds a chord on it.
        "lock": Sound((Note(0, loud=0.5), Note(12, at=0.04, loud=0.3)), own=True),
        "perfect": Sound((Note(0), Note(7, at=0.04), Note(12, at=0.08), Note(19, at=0.12, loud=0.35)), own=True),
        # tag: wood on wood, a swish of quick notes, a note that ducks.
        "tag": Sound((Note(-12, loud=0.7, ring=0.3), Note(0, at=0.05), Note(7, at=0.10)), own=True),
        "dash": Sound(
            (Note(0, loud=0.2, ring=0.1), Note(7, at=0.03, loud=0.2), Note(12, at=0.06, loud=0.15)), own=True
        ),
        "hide": Sound((Note(0, loud=0.25, ring=0.2), Note(-7, at=0.06, loud=0.25, ring=0.3)), own=True),
    }
)
"""Every sound by name."""


def strike(name: str, player: int = 0, step: int = 0) -> Samples:
    """Return the samples of a sound in the voice of a player (0: nobody's), `step` steps of the scale higher.

    Raises KeyError for no such sound.
    """
    sound = SOUNDS[name]
    octave, degree = divmod(min(max(step, 0), STEPS), len(SCALE) - 1)
    root = (SCALE[(player - 1) % len(SCALE)] if sound.own and player else 0) + 12 * octave + SCALE[degree]
    length = max(note.at + note.ring for note in sound.notes)
    wave = np.zeros(int(length * RATE) + 1)
    for note in sound.notes:
        bar = _bar(ROOT * 2 ** ((root + note.semitones) / 12), note.ring) * note.loud
        start = int(note.at * RATE)
        wave[start : start + len(bar)] += bar[: len(wave) - start]
    mono = (np.tanh(wave) * 32_000).astype(np.int16)  # tanh: chords grow fuller, never clip
    return np.ascontiguousarray(np.stack([mono, mono], axis=1))


def _bar(frequency: float, ring: float) -> NDArray[np.float64]:
    """Return a struck wooden bar: marimba bars are tuned so that the first overtone is the fourth harmonic."""
    time = np.arange(int(ring * RATE)) / RATE
    tone = sum(
        share * np.sin(2 * np.pi * frequency * multiple * time) * np.exp(-time * speed / ring)
        for multiple, share, speed in ((1.0, 1.0, 5.0), (3.99, 0.28, 14.0), (9.2, 0.08, 40.0))
    )
    attack = np.minimum(1, time / 0.003)  # three milliseconds, or it clicks
    fade = np.minimum(1, (ring - time) / 0.01)
    struck: NDArray[np.float64] = tone * attack * fade
    return struck
