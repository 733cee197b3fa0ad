"""The music box: which piece is heard, how one gives way to another, and when each is made."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pygame

from posegames.engine.music import PIECES, perform
from posegames.engine.tones import Samples

CROSSFADE = 0.6
"""Seconds in which one piece gives way to another."""
SLICES = 3
"""Slices of work in one step: together a fifth of a millisecond, and hardly ever a whole one (measured)."""


class MusicBox:
    """Plays pieces in a circle, each on a channel of its own: the first ones of the mixer, as many as pieces.

    A piece is made when it is first asked for, a little in each step; until it is done, what was heard before goes
    on. The others are made after it, so that they are there when a game begins.
    """

    def __init__(self) -> None:
        self._wanted = ""
        self._heard = ""
        """What is wanted, or, until that is made, what was wanted before."""
        self._shares = dict.fromkeys(PIECES, 0.0)
        """How far each has come, 0..1; together at most 1."""
        self._making: dict[str, Iterator[Samples | None]] = {}
        self._made: dict[str, pygame.mixer.Sound] = {}

    def want(self, piece: str) -> None:
        """Let a piece be heard from now on; "" is silence. Raises KeyError for one that is not in the table."""
        if piece and piece not in PIECES:
            raise KeyError(piece)
        self._wanted = piece

    def update(self, volume: float, dt: float) -> None:
        """Go on by a step; `volume` 0..1 is what is wanted now. Raises pygame.error if the device has gone."""
        if self._wanted and volume:
            self._work()
        if self._wanted in self._made or not self._wanted:
            self._heard = self._wanted
        for channel, (name, share) in enumerate(self._shares.items()):
            toward = share + dt / CROSSFADE if name == self._heard else share - dt / CROSSFADE
            self._shares[name] = min(1.0, max(0.0, toward))
            if name in self._made:
                self._play(name, pygame.mixer.Channel(channel), volume)

    def stop(self) -> None:
        """Be silent at once; what is wanted begins again with the next step."""
        for channel, name in enumerate(self._shares):
            self._shares[name] = 0.0
            pygame.mixer.Channel(channel).stop()

    def _play(self, name: str, channel: pygame.mixer.Channel, volume: float) -> None:
        """Let a piece be as loud as its share: what two of them carry stays the same while one gives way."""
        sound, share = self._made[name], self._shares[name]
        if share:
            sound.set_volume(volume * math.sin(share * math.pi / 2))
            if not channel.get_busy():
                channel.play(sound, loops=-1)
        elif channel.get_busy():
            channel.stop()

    def _work(self) -> None:
        """Make a little of what is wanted, or of what may be wanted next."""
        missing = [name for name in (self._wanted, *PIECES) if name not in self._made]
        for name in missing[:1]:
            making = self._making.setdefault(name, perform(PIECES[name]))
            for _ in range(SLICES):
                if (samples := next(making)) is not None:
                    self._made[name] = pygame.mixer.Sound(buffer=samples)
                    del self._making[name]
                    return
