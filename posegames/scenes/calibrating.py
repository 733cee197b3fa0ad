"""Five seconds in which everybody shows how far they get; afterwards so much less is asked of them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from posegames.engine.canvas import Canvas
from posegames.engine.scene import Cue, World
from posegames.engine.theme import ARRIVE, WIDTH, Theme
from posegames.engine.widgets import pill, progress
from posegames.gestures.tuning.calibration import PROMPTS, Calibration
from posegames.gestures.tuning.reach import Range
from posegames.language import figures, msg, tr

SHOWN = 5.0
"""Seconds the result is shown."""
LOW, STEP = 540.0, 62.0
"""Logical pixels: where it is said, and from line to line upwards; before the legs, the face stays free."""
PARTS = {msg("arms"): "hands_up", msg("leaning"): "lean", msg("knees"): "squat"}
"""What a player is told about, and the gesture that tells of it."""
LENGTH = sum(prompt.seconds for prompt in PROMPTS)


class Calibrating:
    """Shows the prompts, and what came of it; the recogniser measures."""

    def __init__(self) -> None:
        self._running: dict[int, Calibration] = {}
        self._said: dict[int, str] = {}
        self._since = math.inf
        """Seconds since the last one was done."""
        self._prompt = ""
        self._age = 0.0
        """Seconds since the prompt appeared."""

    @property
    def on(self) -> bool:
        """Whether somebody is being measured."""
        return bool(self._running)

    def press(self, key: str, world: World) -> None:
        """Begin with everybody who is here, at C; not twice at once."""
        if key == "c" and not self.on:
            begun = {player.number: world.calibrate(player.number) for player in world.players}
            self._running = {number: one for number, one in begun.items() if one is not None}
            self._said, self._prompt, self._since = {}, "", math.inf

    def forget(self, number: int) -> None:
        """Go on without a player who has left."""
        self._running.pop(number, None)

    def update(self, world: World, dt: float) -> None:
        """Go on by `dt` seconds."""
        self._age += dt
        self._since += dt
        for number, one in [*self._running.items()]:
            if one.done:
                del self._running[number]
                self._said[number], self._since = _words(one.range), 0.0
                world.cue(Cue("success", number))
        words = self._words()
        if words != self._prompt:
            self._prompt, self._age = words, 0.0
            if words:
                world.cue(Cue("tick"))

    def lines(self, theme: Theme) -> list[str]:
        """Return what is said just now: what is to be done, or what came of it."""
        if self.on:
            return [self._prompt]
        if self._since >= SHOWN:
            return []
        return [f"{theme.look(number).name}: {words}" for number, words in sorted(self._said.items())]

    def draw(self, canvas: Canvas) -> None:
        """Show what is said, and how much of the time is left."""
        passed = self._age if self.on else min(self._since, SHOWN - self._since)
        for place, line in enumerate(self.lines(canvas.theme)):
            pill(canvas, line, (WIDTH / 2, LOW - STEP * place), arrived=min(passed / ARRIVE, 1.0))
        if self.on:
            share = max(one.passed for one in self._running.values()) / LENGTH
            progress(canvas, (WIDTH / 2, LOW + STEP), 420, share, 0.0)

    def _words(self) -> str:
        return next((tr(one.prompt.words) for one in self._running.values() if one.prompt), "")


def _words(reach: Range) -> str:
    less = [*_less(reach)]
    if not less:
        return tr("nothing less is asked of you")
    return tr("enough from now on: {parts}").format(parts=", ".join(less))


def _less(reach: Range) -> Iterator[str]:
    for part, gesture in PARTS.items():
        if reach.of(gesture) < 1:
            yield tr("{part} {percent} %").format(part=tr(part), percent=figures(100 * reach.of(gesture)))
