"""Levels in words, for a terminal: what `levels list` and `levels show` say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from posegames.engine.levels.level import Broken, Level, shown_path
from posegames.rules.arena import HIGH, WIDE, Arena
from posegames.rules.field import Field
from posegames.rules.piece import Piece, Target

HOMES: Mapping[str, str] = MappingProxyType({"shipped": "shipped", "yours": "your own", "folder": "--levels"})
"""What the homes of levels are called."""

WAYS: Mapping[int, str] = MappingProxyType(
    {
        0: "down", 45: "low", 90: "sideways", 135: "high", 180: "up",
        -45: "low across", -90: "across", -135: "high across", -180: "up",
    }
)  # fmt: skip
"""What the directions of limbs are called, every 45 degrees."""

COLUMNS, ROWS = 64, 18
"""Letters in the map of a field: a letter is about twice as high as wide."""


def origin(level: Level | Broken) -> str:
    """Return where `level` comes from, and whose place it takes."""
    home = HOMES[level.home]
    if level.hides is None:
        return home
    return f"{home}, in place of {'another' if level.hides == level.home else f'the {HOMES[level.hides]} one'}"


def summary(level: Level) -> str:
    """Return how much there is in `level`."""
    content = level.content
    if isinstance(content, Piece):
        timed = {target.seconds for target in content.targets}
        limits = sorted(seconds for seconds in timed if seconds is not None)
        pace = f"{_range(limits)} s each" if limits else "no time limit"
        return f"{_many(len(content.targets), 'pose')}, {pace}"
    rounds = _many(content.rounds, "round")
    return f"{_many(len(content.obstacles), 'obstacle')}, {rounds} of {content.seconds:g} s"


def described(level: Level) -> Iterator[str]:
    """Yield everything about `level`, line by line."""
    yield f"{level.title} ({level.name}), a level of {level.scene}"
    if level.about:
        yield level.about
    yield f"{summary(level)}; {origin(level)}"
    if level.path is not None:
        yield shown_path(level.path)
    yield ""
    yield from _poses(level.content) if isinstance(level.content, Piece) else _field(level.content)


def _poses(piece: Piece) -> Iterator[str]:
    counted = Counter(_conditions(target) for target in piece.targets)
    usual = counted.most_common(1)[0][0]
    yield f"{'Every pose' if len(counted) == 1 else 'Most poses'}: {usual}."
    if piece.either:
        yield "The mirror image of a pose is as good."
    widest = max(len(target.name) for target in piece.targets)
    for number, target in enumerate(piece.targets, start=1):
        own = "" if _conditions(target) == usual else f" ({_conditions(target)})"
        yield f"{number:3}  {target.name:{widest}}  {pose_in_words(target.angles)}{own}"


def _conditions(target: Target) -> str:
    limit = "no time limit" if target.seconds is None else f"{target.seconds:g} s"
    return f"{limit}, held {target.hold:g} s, tolerance {target.tolerance:g}"


def pose_in_words(angles: Mapping[str, float]) -> str:
    """Return angles (degrees by the names of `ANGLES`) as directions: `both arms low (45)`."""
    words: list[str] = []
    for limb, upper, lower in (("arm", "upper_arm", "forearm"), ("leg", "thigh", "shin")):
        left, right = (
            (angles.get(f"{side}_{upper}"), angles.get(f"{side}_{lower}")) for side in ("left", "right")
        )
        if left == right:
            words += _limb(f"both {limb}s", f"both {lower}s", left)
        else:
            words += _limb(f"left {limb}", f"left {lower}", left) + _limb(f"right {limb}", f"right {lower}", right)
    if (trunk := angles.get("trunk")) is not None:
        words.append("upright" if trunk == 0 else f"leaning {'left' if trunk > 0 else 'right'} ({abs(trunk):g})")
    return ", ".join(words)


def _limb(name: str, end: str, angles: tuple[float | None, float | None]) -> list[str]:
    first, second = angles
    words = [] if first is None else [f"{name} {_way(first)}"]
    if second is not None and second != first:
        words.append(f"{end} {_way(second)}")
    return words


def _way(angle: float) -> str:
    turned = (angle + 180) % 360 - 180
    return f"{WAYS[round(turned / 45) * 45]} ({angle:g})"


def _field(arena: Arena) -> Iterator[str]:
    yield f"At least {arena.avatars} on the field; {arena.speed:g} units a second; bots of skill {arena.skill:g}."
    field = Field(arena)
    yield f"+{'-' * COLUMNS}+"
    for row in range(ROWS):
        y = (row + 0.5) * HIGH / ROWS
        places = ((column + 0.5) * WIDE / COLUMNS for column in range(COLUMNS))
        yield f"|{''.join(' ' if field.free(x, y, 0.1) else '#' for x in places)}|"
    yield f"+{'-' * COLUMNS}+"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count or 'no'} {what}s"


def _range(numbers: list[float]) -> str:
    return f"{numbers[0]:g}" if len(numbers) == 1 else f"{numbers[0]:g} to {numbers[-1]:g}"
