"""Two ways of smoothing, side by side on the same player: what trembles, what is late."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.measure import HIPS
from posegames.body.pose import Floats, Pose
from posegames.body.smooth import PRESETS, OneEuro
from posegames.engine.canvas import Canvas, Point
from posegames.engine.figure import Body, draw_figure
from posegames.engine.scene import Cue, World
from posegames.engine.theme import HEIGHT, WIDTH, Colour, mix
from posegames.engine.view import View
from posegames.engine.widgets import keys, pill
from posegames.language import figures, msg, tr
from posegames.players.player import Player
from posegames.players.trail import SIZE_IN_TORSOS

PAIRS = (("calm", "fast"), ("calm", "balanced"), ("balanced", "fast"))
CALLED = MappingProxyType({"calm": msg("calm"), "balanced": msg("balanced"), "fast": msg("fast")})
"""What presets are called on the screen."""
KEEPS = MappingProxyType({"left": 0, "right": 1})
"""Keys, and which of the two they keep."""
SPAN = 3.0
"""Seconds of a hand's way that are shown."""
SMALLEST = 0.08
"""Torso lengths that fill the height of the strip at least: so much is trembling enlarged."""
RESTING, MOVING = 0.15, 1.5
"""Torso lengths a second below which a joint is at rest, and above which it tells how late it is."""
STILL = 10
"""Joints at rest from which it can be told how they tremble."""
BREATH = 1.0
"""Seconds over which trembling is told."""
FADE = 0.9
"""What is left of what was told of lateness with every sighting that tells more."""
TORSO, HIP, STRIP = 104.0, 352.0, (556.0, 104.0)
"""Logical pixels: length of the twins' torsos, height of their hips; top of the strip, and how high it is."""
_LIMBS = [
    Joint.LEFT_ELBOW,
    Joint.RIGHT_ELBOW,
    Joint.LEFT_WRIST,
    Joint.RIGHT_WRIST,
    Joint.LEFT_ANKLE,
    Joint.RIGHT_ANKLE,
]
_HAND = Joint.RIGHT_WRIST

MILLIMETRES = 500.0
"""Millimetres a torso is taken to be long (adults: 450 to 550)."""

Words = tuple[tuple[float, str], ...]
TREMBLING: Words = (
    (0.5, msg("rock steady")),
    (1.3, msg("steady")),
    (3.0, msg("trembles a little")),
    (np.inf, msg("trembles")),
)
"""Millimetres from picture to picture, and what that is called."""
LATENESS: Words = (
    (8, msg("at once")),
    (18, msg("nearly at once")),
    (40, msg("a little late")),
    (np.inf, msg("late")),
)
"""Milliseconds later than it was seen, and what that is called."""

_Seen = NDArray[np.bool_]


@dataclass(slots=True)
class Twin:
    """A player as one of the presets has them, and how that does."""

    steady: OneEuro
    pose: Pose | None = None
    trembling: float | None = None
    """Millimetres, root mean square over the joints at rest; None until they were."""
    way: deque[tuple[float, float, float]] = field(default_factory=deque)
    """Time, where the right hand was seen, and where it is drawn: torso lengths, up and outwards."""
    _raw: Floats | None = None
    _time: float = 0.0
    _late: tuple[float, float] = (0.0, 0.0)

    @property
    def late(self) -> float | None:
        """Milliseconds behind what was seen, of limbs that move fast; None until they did."""
        behind, speed = self._late
        return 1000 * behind / speed if speed > 0 else None

    def see(self, player: Player, raw: Pose) -> None:
        """Take a new sighting."""
        torso, dt = max(player.torso, 1e-3), player.seen - self._time
        xy = self.steady(raw.xy, player.seen, torso * SIZE_IN_TORSOS)
        if self.pose is not None and self._raw is not None and 0 < dt < 0.5:
            seen = raw.confidence >= 0.5
            self._feel(np.hypot(*(xy - self.pose.xy).T) / torso, self.steady.velocity, seen, torso, dt)
            self._time_it((raw.xy - self._raw) / torso / dt, (raw.xy - xy) / torso, seen)
        outwards = np.array([-1.0, -1.0]) / np.sqrt(2) / torso
        self.way.append((player.seen, float(raw.xy[_HAND] @ outwards), float(xy[_HAND] @ outwards)))
        while self.way[0][0] < player.seen - SPAN:
            self.way.popleft()
        self.pose, self._raw, self._time = replace(raw, xy=xy), raw.xy, player.seen

    def _feel(self, moved: Floats, velocity: Floats | None, seen: _Seen, torso: float, dt: float) -> None:
        if velocity is None:
            return
        still = seen & (np.hypot(*velocity.T) / torso < RESTING)
        if still.sum() < STILL:
            return
        now = MILLIMETRES * float(np.sqrt((moved[still] ** 2).mean()))
        share = 1.0 if self.trembling is None else 1 - np.exp(-dt / BREATH)
        self.trembling = now if self.trembling is None else self.trembling + (now - self.trembling) * float(share)

    def _time_it(self, velocity: Floats, behind: Floats, seen: _Seen) -> None:
        """Learn how late it is: what follows a steady motion lags by its speed times the delay."""
        fast = [joint for joint in _LIMBS if seen[joint] and np.hypot(*velocity[joint]) > MOVING]
        if fast:
            away, speed = float((velocity[fast] * behind[fast]).sum()), float((velocity[fast] ** 2).sum())
            self._late = self._late[0] * FADE + away, self._late[1] * FADE + speed


class Comparison:
    """Off at first; each turn shows the next pair of presets."""

    def __init__(self) -> None:
        self._turn = -1
        self._who = 0
        self._twins: tuple[Twin, ...] = ()

    @property
    def pair(self) -> tuple[str, str] | None:
        """The presets on show; None while it is off."""
        return PAIRS[self._turn] if self._turn >= 0 else None

    @property
    def twins(self) -> tuple[Twin, ...]:
        """The player, as each of the pair has them."""
        return self._twins

    def press(self, key: str, world: World) -> bool:
        """Take a key; whether it was for this: all are, while a pair is on show.

        A goes on to the next pair and after the last to none, Esc to none at once; an arrow keeps the left or the
        right one, for everybody.
        """
        if self.pair is None and key != "a":
            return False
        if key in ("a", "escape"):
            self._turn = self._turn + 1 if key == "a" and self._turn + 1 < len(PAIRS) else -1
            self._begin(self._who)
        elif self.pair and key in KEEPS:
            world.smooth(self.pair[KEEPS[key]])
            world.cue(Cue("success"))
        return True

    def update(self, world: World) -> None:
        """Take what is seen of the player who is compared: whoever has been there longest."""
        player = next((p for p in world.players if not p.hidden and p.raw is not None), None)
        if self.pair is None or player is None or player.raw is None:
            return
        if player.person != self._who:
            self._begin(player.person)
        for twin in self._twins:
            if not twin.way or player.seen > twin.way[-1][0]:
                twin.see(player, player.raw)

    def draw(self, canvas: Canvas, world: World) -> None:
        """Show both, each on a half of the stage of its own."""
        canvas.backdrop()
        if self.pair is None:
            return
        player = next((p for p in world.players if p.person == self._who), None)
        for half, (name, twin) in enumerate(zip(self.pair, self._twins, strict=True)):
            middle = WIDTH * (0.25 + 0.5 * half)
            canvas.spotlight((middle, HIP + 1.9 * TORSO), 420, canvas.theme.light, strength=0.5)
            if player and twin.pose:
                self._figure(canvas, player, twin.pose, middle)
                _strip(canvas, twin, middle, canvas.theme.look(player.number).colour)
            _head(canvas, name, twin, middle, kept=name == world.smoothing)
        canvas.capsule((WIDTH / 2, 40), (WIDTH / 2, 664), canvas.theme.boards, 4)
        if player is None:
            pill(canvas, tr("Step in: you are shown twice"), (WIDTH / 2, HEIGHT / 2))
        left, right = (tr("keep {name}").format(name=tr(CALLED.get(name, name))) for name in self.pair)
        keys(canvas, ((tr("Left"), left), ("A", tr("next pair")), (tr("Right"), right)), HEIGHT - 30)

    def _figure(self, canvas: Canvas, player: Player, pose: Pose, middle: float) -> None:
        """Draw them with the hips on one spot: what is compared is how, not where they stand."""
        scale = TORSO / max(player.torso, 1e-3)
        view = View((0.0, 0.0, scale * player.aspect, scale), player.aspect)
        x, y = (float(v) for v in view.to_screen(player.pose.middle(HIPS)))
        placed = View((middle - x, HIP - y, scale * player.aspect, scale), player.aspect)
        look = canvas.theme.look(player.number)
        draw_figure(canvas, Body.of(pose, placed), look.colour, emblem=look.shape, faint=player.hidden)

    def _begin(self, who: int) -> None:
        self._who = who
        self._twins = tuple(Twin(OneEuro(PRESETS[name])) for name in self.pair or ())


def told(value: float | None, words: Words, unit: str, ask: str) -> str:
    """Return a value in words and figures; what is asked for while there is none."""
    if value is None:
        return ask
    word = next(word for most, word in words if max(0.0, value) < most)
    return f"{tr(word)}, {figures(max(0.0, value), 1 if unit == 'mm' else 0)} {unit}"


def _head(canvas: Canvas, name: str, twin: Twin, middle: float, *, kept: bool) -> None:
    theme = canvas.theme
    called = tr(CALLED.get(name, name))
    canvas.text(called, (middle - 290, 52), size=theme.type.title, colour=theme.text, anchor="midleft")
    if kept:
        canvas.text(tr("in use"), (middle + 290, 56), size=theme.type.help, colour=theme.good, anchor="midright")
    lines = (
        told(twin.trembling, TREMBLING, "mm", tr("hold still ...")),
        told(twin.late, LATENESS, "ms", tr("then move fast ...")),
    )
    for row, line in enumerate(lines):
        colour = theme.muted if line.endswith("...") else theme.light
        canvas.text(line, (middle - 290, 108 + 38 * row), size=theme.type.help, colour=colour, anchor="midleft")


def _strip(canvas: Canvas, twin: Twin, middle: float, colour: Colour) -> None:
    """Show the last seconds of the right hand: as it was seen, thin; as it is drawn, thick."""
    theme, (top, high), wide = canvas.theme, STRIP, 580.0
    left = middle - wide / 2
    canvas.rectangle((left, top, wide, high), theme.boards, radius=theme.radius)
    dim = mix(theme.muted, theme.boards, 0.3)
    canvas.text(tr("right hand"), (left + 16, top + 22), size=theme.type.help, colour=dim, anchor="midleft")
    if len(twin.way) < 2:
        return
    times, seen, drawn = np.array(twin.way).T
    least, most = float(min(seen.min(), drawn.min())), float(max(seen.max(), drawn.max()))
    span = max(most - least, SMALLEST)
    x = left + wide - 14 - (times[-1] - times) / SPAN * (wide - 28)
    for values, shade, width in ((seen, theme.muted, 3.0), (drawn, mix(colour, theme.text, 0.1), 6.0)):
        y = top + high / 2 - (values - (most + least) / 2) / span * (high - 24)
        line: list[Point] = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
        canvas.strokes([line], shade, width)
