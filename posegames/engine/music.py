"""Music: the table of pieces, and how one is performed, a slice at a time. numpy only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from posegames.engine.tones import INSTRUMENTS, RATE, SCALE, Samples, Wave, pitch, tone

LOUD = 0.04
"""How loud every piece is: its root mean square, of 1. A note that a player strikes has about twice that."""
PEAK = 0.25
"""The highest peak of a piece, of 1; one that would be higher is turned down."""
SLICE = 16_384
"""Samples that are made in one go: never more than a few tenths of a millisecond."""
BEATS = 4
"""In a bar."""

REST, ALL = ".", "x"
"""What stands in a line where nothing is struck, and where all tones of the chord are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one instrument plays."""

    instrument: str
    """A name of `posegames.engine.tones.INSTRUMENTS`."""
    lines: tuple[str, ...]
    """One a bar, from the beginning again when they are over. A bar is as many equal steps as the line is long,
    each a rest, all tones of the chord, or a digit: a degree of the scale, or which tone of the chord."""
    loud: float
    ring: float
    """Beats."""
    octave: int = 0
    chordal: bool = False
    """Digits count tones of the bar's chord, not degrees of the scale."""
    apart: float = 0.0
    """How far to the sides strokes fall, left and right in turn, 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece that begins again when it is over."""

    tempo: float
    """Beats a minute."""
    chords: tuple[tuple[int, ...], ...]
    """One a bar, as degrees of the scale: it is in the key of every sound."""
    parts: tuple[Part, ...]

    @property
    def length(self) -> int:
        """Samples from the beginning until it begins again."""
        return self.sample(len(self.chords) * BEATS)

    def sample(self, beat: float) -> int:
        """Return how many samples come before a beat."""
        return round(beat * 60 / self.tempo * RATE)


@dataclass(frozen=True, slots=True)
class Tone:
    """One tone of a part, and everywhere it is struck."""

    degree: int
    strokes: list[tuple[int, float]]
    """The first sample of each, and its side: -1 is left, 1 is right."""


_C, _AM, _D, _G, _E = (0, 2, 3), (-1, 0, 2), (1, 3, 4), (-2, 0, 1), (2, 3, 5)
"""Chords that the scale has; D and G with a fourth, for it has no third there; E is the one on C, turned over."""

PIECES = MappingProxyType(
    {
        # Under menus: long chords, and now and then a bar struck far away.
        "menu": Piece(
            tempo=66,
            chords=(_C, _AM, _G, _D, _C, _AM, _E, _G),
            parts=(
                Part(instrument="pad", lines=(ALL,), loud=0.5, ring=5.2, apart=0.5),
                Part(instrument="bass", lines=("0...", "0..."), loud=0.3, ring=3, octave=-1, chordal=True),
                Part(
                    instrument="marimba",
                    lines=("..5...7.", "....3...", "..5...3.", "......2."),
                    loud=0.22,
                    ring=2,
                    octave=1,
                    apart=0.5,
                ),
            ),
        ),
        # While a game is on: it walks, and leaves the treble to what players do.
        "game": Piece(
            tempo=108,
            chords=(_C, _AM, _D, _G, _C, _E, _AM, _G),
            parts=(
                Part(instrument="pad", lines=(ALL,), loud=0.06, ring=3.4, apart=0.5),
                Part(
                    instrument="bass",
                    lines=("0..0..0.", "0..0.0.."),
                    loud=0.4,
                    ring=2.4,
                    octave=-1,
                    chordal=True,
                ),
                Part(
                    instrument="marimba",
                    lines=("0.120.21", "0.210.12"),
                    loud=0.25,
                    ring=2,
                    chordal=True,
                    apart=0.6,
                ),
                Part(
                    instrument="marimba",
                    lines=(
                        "5.7.8...",
                        "..7.5.4.",
                        "5...3.4.",
                        "....3.2.",
                        "5.7.8.9.",
                        "..8.7.5.",
                        "4...5...",
                        "3.......",
                    ),
                    loud=0.3,
                    ring=2.4,
                    apart=0.2,
                ),
                Part(instrument="drum", lines=("0...0...", "0...0..0"), loud=0.3, ring=0.5, octave=-1),
                Part(instrument="shaker", lines=("..0...0.0.0...0.",), loud=0.5, ring=0.12, apart=0.4),
            ),
        ),
        # After a game: the same chords, out of breath.
        "calm": Piece(
            tempo=80,
            chords=(_C, _E, _AM, _G, _C, _AM, _D, _G),
            parts=(
                Part(instrument="pad", lines=(ALL,), loud=0.3, ring=5, apart=0.5),
                Part(
                    instrument="bass", lines=("0.....0.", "0......."), loud=0.35, ring=2, octave=-1, chordal=True
                ),
                Part(
                    instrument="marimba",
                    lines=("0.1.2.3.", "0.1.2.1."),
                    loud=0.28,
                    ring=1.6,
                    chordal=True,
                    apart=0.5,
                ),
            ),
        ),
    }
)
"""Every piece by name."""


def tones(piece: Piece, part: Part) -> list[Tone]:
    """Return all that one part of a piece strikes."""
    found: dict[int, Tone] = {}
    side = -part.apart
    for bar, chord in enumerate(piece.chords):
        line = part.lines[bar % len(part.lines)]
        for place, mark in enumerate(line):
            start = piece.sample((bar + place / len(line)) * BEATS)
            for lowest in _degrees(mark, chord, part):
                degree = lowest + len(SCALE) * part.octave
                found.setdefault(degree, Tone(degree, [])).strokes.append((start, side))
                side = -side
    return list(found.values())


def perform(piece: Piece) -> Iterator[Samples | None]:
    """Make a piece: yield None after each slice of work, and in the end its samples.

    What still rings when the piece is over rings on over its beginning: there is no seam.
    """
    wave = np.zeros((2, piece.length), np.float32)
    for part in piece.parts:
        yield from _play(piece, part, wave)
    energy = peak = 0.0
    slices = [slice(first, first + SLICE) for first in range(0, piece.length, SLICE)]
    for each in slices:
        energy += float(np.square(wave[:, each]).sum())
        peak = max(peak, float(np.abs(wave[:, each]).max()))
        yield None
    gain = np.float32(32_767 * min(LOUD / np.sqrt(energy / wave.size), PEAK / peak))
    samples = np.empty((piece.length, 2), np.int16)
    for each in slices:
        samples[each] = (wave[:, each] * gain).T
        yield None
    yield samples


def _play(piece: Piece, part: Part, wave: Wave) -> Iterator[None]:
    """Add a part to what is heard of a piece."""
    instrument, ring = INSTRUMENTS[part.instrument], part.ring * 60 / piece.tempo
    for struck in tones(piece, part):
        for first in range(0, round(ring * RATE), SLICE):
            made = tone(instrument, pitch(struck.degree), ring, first, SLICE) * part.loud
            laid = 0
            for start, side in struck.strokes:
                if laid >= SLICE:
                    yield None
                    laid = 0
                _lay(wave, (start + first) % piece.length, made, side)
                laid += len(made)
            yield None


def _degrees(mark: str, chord: tuple[int, ...], part: Part) -> tuple[int, ...]:
    """Return what a mark of a line strikes."""
    if mark == REST:
        return ()
    if mark == ALL:
        return chord
    if not part.chordal:
        return (int(mark),)
    octave, place = divmod(int(mark), len(chord))
    return (chord[place] + len(SCALE) * octave,)


def _lay(wave: Wave, start: int, made: Wave, side: float) -> None:
    """Add a tone to a piece, as loud from the side as from the middle; beyond the end is the beginning."""
    angle = (side + 1) * np.pi / 4
    fits = min(len(made), wave.shape[1] - start)
    for channel, share in zip(wave, (np.cos(angle), np.sin(angle)), strict=True):
        heard = made * np.float32(share)
        channel[start : start + fits] += heard[:fits]
        channel[: len(heard) - fits] += heard[fits:]
