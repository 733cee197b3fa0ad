"""Sound: cues in, tones out; silent where there is no device, and nobody is told twice."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import pygame

from posegames.engine.scene import Cue
from posegames.engine.tones import RATE, strike
from posegames.seeing.quiet import native_log_silenced
from posegames.settings import Settings

CHANNELS = 16
"""Sounds that may be heard at once: six players' and some to spare."""
BUFFER = 512
"""Samples; 12 ms, so that a success is heard within a frame of being seen."""


def open_sound(settings: Settings) -> Speaker:
    """Return the loudspeaker for a run; it opens at `with`. Headless runs are silent."""
    return Speaker(wanted=not settings.headless, muted=settings.mute)


class Speaker:
    """Plays cues. Tones are made when first heard (half a millisecond) and kept."""

    def __init__(self, *, wanted: bool = True, muted: bool = False) -> None:
        self._wanted, self.muted = wanted, muted
        self.silent = True
        """There is no device: nothing will ever be heard."""
        self.effects = self.music = 1.0
        """Loudness of what is struck, and of what accompanies, 0..1."""
        self._tones: dict[Cue, pygame.mixer.Sound | None] = {}

    def __enter__(self) -> Self:
        """Open the device, or stay silent."""
        if self._wanted:
            try:
                with native_log_silenced():  # ALSA says ten lines where there is no card
                    pygame.mixer.init(RATE, -16, 2, BUFFER)
            except pygame.error:
                return self
            pygame.mixer.set_num_channels(CHANNELS)
            self.silent = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the device."""
        self._tones.clear()
        if not self.silent:
            pygame.mixer.quit()
            self.silent = True

    def play(self, cue: Cue) -> None:
        """Let `cue` be heard. Raises KeyError for a sound that is not in the table, also when silent."""
        if cue not in self._tones:
            samples = strike(cue.sound, cue.player, cue.step)
            self._tones[cue] = None if self.silent else pygame.sndarray.make_sound(samples)
        tone = self._tones[cue]
        if tone is not None and not self.muted:
            tone.set_volume(self.effects)
            tone.play()

    def accompany(self, piece: str) -> None:
        """Let a piece of music be heard from now on; the same again goes on, "" ends it."""

    def toggle(self) -> None:
        """Mute, or not any more."""
        self.muted = not self.muted
        if self.muted and not self.silent:
            pygame.mixer.stop()
