"""People differ: which gestures there are for somebody, and how they make them.

A profile names joints that are not to be believed: legs under a table, an arm that is none. Whatever needs one of
them is done in another way (see `table.substitutes`), or is off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from posegames.body.joints import Joint
from posegames.body.measure import HIPS
from posegames.errors import UsageError, did_you_mean
from posegames.gestures.rows import Analogue, Held, Pulse, Row
from posegames.gestures.table.substitutes import LESS_SEEN, SEATED
from posegames.gestures.tuning.either import Either, Way
from posegames.gestures.tuning.reach import SMALL, USUAL, Range, reached
from posegames.gestures.tuning.sensitivity import STEPS, eased
from posegames.settings import Sensitivity

_LEGS = frozenset(joint for joint in Joint if joint > Joint.RIGHT_HIP)
_HANDS = ("ELBOW", "WRIST", "PINKY", "INDEX", "THUMB")


def _arm(side: str) -> frozenset[Joint]:
    return frozenset(Joint[f"{side}_{part}"] for part in _HANDS)


def _none() -> Mapping[str, tuple[Way, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One way to play."""

    name: str
    blurb: str
    unseen: frozenset[Joint] = frozenset()
    """Joints that are not believed, however surely they are seen."""
    instead: Mapping[str, tuple[Way, ...]] = field(default_factory=_none)
    """What takes a row's place, by its name, whatever is seen."""
    range: Range = USUAL
    """What is asked of everybody who plays so."""
    steps: float = 0.0
    """Steps of sensitivity more than the one chosen."""


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(name="standing", blurb="the whole body, standing"),
            Profile(name="seated", blurb="on a chair: no legs, and no jumps", unseen=_LEGS, instead=SEATED),
            Profile(name="left-arm", blurb="the left arm only", unseen=_arm("RIGHT")),
            Profile(name="right-arm", blurb="the right arm only", unseen=_arm("LEFT")),
            Profile(name="upper-body", blurb="head, shoulders and arms: near the camera", unseen=_LEGS | {*HIPS}),
            Profile(name="small-range", blurb="small motions are enough", range=SMALL, steps=1.0),
        )
    }
)
"""Every profile by name; the first is the default."""


def find_profile(name: str) -> Profile:
    """Return the row called `name`. Raises UsageError for any other."""
    if name not in PROFILES:
        raise UsageError(f"There is no profile {name!r}.", now=did_you_mean(name, list(PROFILES)))
    return PROFILES[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What the recogniser knows of a player beforehand."""

    profile: Profile = PROFILES["standing"]
    sensitivity: Sensitivity = "medium"
    range: Range = USUAL
    """Their own; see `calibration` and `learning`."""
    learns: bool = False
    """Whether the range is learnt from what they do, without asking."""

    def rows(self, table: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return the table for this player, in its order."""
        steps = STEPS[self.sensitivity] + self.profile.steps
        found = (_taken(row, self.profile) for row in table)
        return tuple(eased(reached(row, self._share(row.name)), steps) for row in found if row is not None)

    def _share(self, gesture: str) -> float:
        return min(self.profile.range.of(gesture), self.range.of(gesture))


def _taken(row: Row, profile: Profile) -> Row | None:
    """Return how somebody of this profile makes a gesture; None if they do not."""
    match row:
        case Held() | Pulse() | Analogue():
            ways = profile.instead.get(row.name) or (row, *LESS_SEEN.get(row.name, ()))
            told = tuple(_hushed(way, row.unless) for way in ways if profile.unseen.isdisjoint(way.needs))
            return None if not told else told[0] if len(told) == 1 else Either(told)
        case _:
            return row


def _hushed(way: Way, unless: tuple[str, ...]) -> Way:
    """Return a way that is silent where the row whose place it takes would be."""
    match way:
        case Pulse(held=held):
            return replace(way, held=replace(held, unless=unless))
        case Held() | Analogue():
            return replace(way, unless=unless)


def ways_of(row: Row) -> tuple[Held | Pulse, ...]:
    """Return the ways with two thresholds to tell a row, the best first."""
    ways = row.ways if isinstance(row, Either) else (row,)
    return tuple(way for way in ways if isinstance(way, Held | Pulse))
