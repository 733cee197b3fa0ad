"""How sure the recogniser is of the gestures somebody taught: a bar for each, while it watches."""

from __future__ import annotations

from collections.abc import Iterator

from posegames.engine.canvas import Canvas
from posegames.engine.theme import mix
from posegames.events import Event, Gesture, PlayerLeft
from posegames.gestures.table import GESTURES
from posegames.language import tr

SHOWN = 8
"""Bars there is room for: those of players and gestures that were sure of something last."""
TOP, STEP = 96.0, 44.0
"""Logical pixels."""
LEFT, NAMES, BAR = 24.0, 210.0, 150.0
ENOUGH = 0.5
"""Confidence from which it is the gesture."""
FLASH = 0.8
"""Seconds a bar shines when the gesture is told."""

_OWN = frozenset(row.name for row in GESTURES)


class Confidences:
    """The newest confidence of each taught gesture, for each player."""

    def __init__(self) -> None:
        self.shown = False
        self._sure: dict[tuple[int, str], float] = {}
        self._told: dict[tuple[int, str], float] = {}
        """Seconds since each was told."""

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._sure)

    def take(self, event: Event) -> None:
        """Take what the recogniser says of gestures that do not come with posegames."""
        match event:
            case Gesture(player=number, gesture=name, phase=phase, value=value) if name not in _OWN:
                key = (number, name)
                if phase == "value":
                    self._sure.pop(key, None)
                    self._sure[key] = value  # the newest last
                elif phase != "off":
                    self._told[key] = 0.0
            case PlayerLeft(player=number):
                for gone in [key for key in self._sure if key[0] == number]:
                    self._sure.pop(gone)
                    self._told.pop(gone, None)

    def update(self, dt: float) -> None:
        """Let what shines fade."""
        self._told = {key: since + dt for key, since in self._told.items() if since + dt < FLASH}

    def rows(self) -> Iterator[tuple[int, str, float, float]]:
        """Yield player, gesture, confidence 0..1 and how much it shines 0..1, by players and names."""
        for key in sorted([*self._sure][-SHOWN:]):
            yield *key, self._sure[key], 1 - self._told.get(key, FLASH) / FLASH

    def draw(self, canvas: Canvas) -> None:
        """Show the bars down the left side, if they are wanted."""
        if not self.shown:
            return
        theme = canvas.theme
        rows, size = [*self.rows()], theme.type.help
        high = STEP * max(len(rows), 1) + 16
        canvas.rectangle((LEFT, TOP, NAMES + BAR + 44, high), theme.stage, radius=theme.radius, alpha=0.85)
        if not rows:
            words = tr("nothing taught was seen yet")
            canvas.text(words, (LEFT + 18, TOP + high / 2), size=size, colour=theme.muted, anchor="midleft")
        for place, (number, name, sure, shine) in enumerate(rows):
            y, colour = TOP + 8 + STEP * (place + 0.5), theme.look(number).colour
            words = name if canvas.letters.width(name, size) <= NAMES else f"{name[:11]}…"
            lit = mix(theme.text, theme.warn, shine)
            canvas.text(words, (LEFT + 18, y), size=size, colour=lit, anchor="midleft")
            left = LEFT + NAMES + 26
            canvas.capsule((left, y), (left + BAR, y), mix(theme.boards, theme.muted, 0.35), 14)
            if sure > 0:
                canvas.capsule((left, y), (left + BAR * sure, y), mix(colour, theme.text, 0.7 * shine), 12)
            middle = left + BAR * ENOUGH
            canvas.capsule((middle, y - 11), (middle, y + 11), theme.muted, 2)
