"""Sound: cues in, tones out, over music that gives way; silent without a device, and nobody is told twice."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
import pygame

from posegames.engine.music import PEAK, PIECES
from posegames.engine.musicbox import MusicBox
from posegames.engine.scene import Cue
from posegames.engine.tones import RATE, SOUNDS, STEPS, strike
from posegames.seeing.quiet import native_log_silenced
from posegames.settings import Settings

CHANNELS = 14
"""Effects that may be heard at once: six players' and some to spare. One more takes the place of the oldest."""
BUFFER = 512
"""Samples; 12 ms, so that a success is heard within a frame of being seen."""
STEP = 1 / 60
"""Seconds from one `update` to the next."""
ROOM = 1.0 - PEAK * np.pi / 2
"""What the peaks of all effects together may come to, of 1: the rest is the music's. Pieces that give way to each
other are as loud as the sines of their shares; of shares that are 1 together, those are never more than pi / 2."""
DUCKED = -8.0
"""Decibels by which music gives way to effects."""
DUCKS, RETURNS = 0.05, 0.4
"""Seconds in which it does, and in which it comes back."""
KEPT = 128
"""Tones that are kept: 10 MB."""


def open_sound(settings: Settings) -> Speaker:
    """Return the loudspeaker for a run; it opens at `with`. Headless runs are silent."""
    return Speaker(wanted=not settings.headless, muted=settings.mute)


@dataclass(frozen=True, slots=True)
class _Tone:
    """What is heard for a cue."""

    sound: pygame.mixer.Sound
    peak: float


@dataclass(frozen=True, slots=True)
class _Sounding:
    """What is being heard."""

    tone: _Tone
    channel: pygame.mixer.Channel


class Speaker:
    """Plays cues and music. Tones are made when first heard (a millisecond at most) and kept."""

    def __init__(self, *, wanted: bool = True, muted: bool = False) -> None:
        self._wanted, self.muted = wanted, muted
        self.silent = True
        """There is no device: nothing will ever be heard."""
        self.effects = self.music = 1.0
        """Loudness of what is struck, and of what accompanies, 0..1."""
        self._tones: dict[Cue, _Tone] = {}
        self._sounding: list[_Sounding] = []
        """The oldest first."""
        self._box = MusicBox()
        self._ducked = 0.0
        """Decibels."""

    def __enter__(self) -> Self:
        """Open the device, or stay silent."""
        if self._wanted:
            try:
                with native_log_silenced():  # ALSA says ten lines where there is no card
                    pygame.mixer.init(RATE, -16, 2, BUFFER, allowedchanges=0)
            except pygame.error:
                return self
            pygame.mixer.set_num_channels(len(PIECES) + CHANNELS)
            self.silent = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the device."""
        self._close()

    def play(self, cue: Cue) -> None:
        """Let `cue` be heard. Raises KeyError for a sound that is not in the table, also when silent."""
        own = SOUNDS[cue.sound].own
        if self.silent or self.muted or not self.effects:
            return
        cue = Cue(cue.sound, cue.player if own else 0, min(max(cue.step, 0), STEPS))
        try:
            self._strike(cue)
        except pygame.error:
            self._close()

    def accompany(self, piece: str) -> None:
        """Let a piece of music be heard from now on; the same again goes on, "" ends it.

        Raises KeyError for a piece that is not in the table, also when silent.
        """
        self._box.want(piece)

    def update(self) -> None:
        """Go on by a step: fade, give way, and make a little of what is to be heard."""
        if self.silent or self.muted:
            return
        try:
            self._drop()
            self._ducked = (
                max(DUCKED, self._ducked + DUCKED * STEP / DUCKS)
                if self._sounding
                else min(0.0, self._ducked - DUCKED * STEP / RETURNS)
            )
            self._box.update(self.music * 10 ** (self._ducked / 20), STEP)
        except pygame.error:
            self._close()

    def toggle(self) -> None:
        """Mute, or not any more."""
        self.muted = not self.muted
        if self.muted and not self.silent:
            self._box.stop()
            pygame.mixer.stop()

    def _strike(self, cue: Cue) -> None:
        """Play a cue on a channel that is free, or else on the oldest."""
        if cue not in self._tones:
            samples = strike(cue.sound, cue.player, cue.step)
            peak = float(np.abs(samples).max()) / 32_767
            if len(self._tones) >= KEPT:
                del self._tones[next(iter(self._tones))]
            self._tones[cue] = _Tone(pygame.mixer.Sound(buffer=samples), peak)
        tone = self._tones[cue]
        self._drop()
        if len(self._sounding) == CHANNELS:
            self._sounding.pop(0).channel.stop()
        channels = (pygame.mixer.Channel(len(PIECES) + place) for place in range(CHANNELS))
        channel = next(each for each in channels if not each.get_busy())
        self._sounding.append(_Sounding(tone, channel))
        # What is loud already is turned down before what is new begins: never is there more than fits.
        volume = self.effects * min(1.0, ROOM / sum(each.tone.peak for each in self._sounding))
        for each in self._sounding:
            each.tone.sound.set_volume(volume)
        channel.play(tone.sound)

    def _drop(self) -> None:
        """Forget what has been heard."""
        self._sounding = [each for each in self._sounding if each.channel.get_busy()]

    def _close(self) -> None:
        """Close the device, if it is open; from now on nothing is heard."""
        self._tones.clear()
        self._sounding.clear()
        self._box = MusicBox()
        if not self.silent:
            self.silent = True
            pygame.mixer.quit()
