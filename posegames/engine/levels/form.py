"""The forms level files are filled into, one a scene: which keys there are, and what each of them may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from posegames.engine.levels.values import Number, Pair, Switch, Version, Words, fault
from posegames.rules.arena import HIGH, WIDE, Arena, Box, Circle
from posegames.rules.piece import ANGLES, Piece, Target

FORMAT = 1
"""Of the files written and read here."""
MOST_POSES, MOST_OBSTACLES = 200, 60

UPPER_ARM, FOREARM = Number(-90, 225), Number(-180, 270)
THIGH, SHIN = Number(-45, 120), Number(-150, 150)
TRUNK = Number(-45, 45)
"""Degrees that people get their limbs to, seen from the front, and a little more."""
FOLDED = 160.0
"""Degrees between the two parts of a limb; beyond it lies back on itself."""

Text = Annotated[str, Words(32)]
Line = Annotated[str, Words(80, least=0)]
Name = Annotated[str, Words(16)]
Arm = Annotated[tuple[float, float], Pair(("upper arm", "forearm"), UPPER_ARM, FOREARM)]
Leg = Annotated[tuple[float, float], Pair(("thigh", "shin"), THIGH, SHIN)]
Hold = Annotated[float, Number(0.2, 10)]
Seconds = Annotated[float, Number(1, 60)]
Tolerance = Annotated[float, Number(0.5, 3)]
Across = Annotated[float, Number(0, WIDE)]
Down = Annotated[float, Number(0, HIGH)]

USUAL_POSE, USUAL_ARENA = Target(name="", angles={}), Arena()
"""What holds where a file says nothing."""

_ARMS = ANGLES[:4]
_LEGS = ANGLES[4:8]
SHORT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "both_arms": _ARMS,
        "both_legs": _LEGS,
        "left_arm": _ARMS[:2],
        "right_arm": _ARMS[2:],
        "left_leg": _LEGS[:2],
        "right_leg": _LEGS[2:],
    }
)
"""Short spellings and the angles they set; what comes later here is more exact, and wins."""


class Form(BaseModel):
    """What all tables of a level have in common: no key that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class PoseForm(Form):
    """One pose. Angles in degrees from hanging straight down, outwards: 90 is sideways, 180 straight up."""

    name: Name | None = None
    """What it is called on the screen."""
    again: Name | None = None
    """The name of a pose above: the same once more."""
    both_arms: Arm | None = None
    """Both arms alike: one angle, or [upper arm, forearm]."""
    left_arm: Arm | None = None
    """The player's own left arm: one angle, or [upper arm, forearm]."""
    right_arm: Arm | None = None
    """The player's own right arm: one angle, or [upper arm, forearm]."""
    both_legs: Leg | None = None
    """Both legs alike: one angle, or [thigh, shin]."""
    left_leg: Leg | None = None
    """The player's own left leg: one angle, or [thigh, shin]."""
    right_leg: Leg | None = None
    """The player's own right leg: one angle, or [thigh, shin]."""
    left_upper_arm: Annotated[float, UPPER_ARM] | None = None
    left_forearm: Annotated[float, FOREARM] | None = None
    right_upper_arm: Annotated[float, UPPER_ARM] | None = None
    right_forearm: Annotated[float, FOREARM] | None = None
    left_thigh: Annotated[float, THIGH] | None = None
    left_shin: Annotated[float, SHIN] | None = None
    right_thigh: Annotated[float, THIGH] | None = None
    right_shin: Annotated[float, SHIN] | None = None
    trunk: Annotated[float, TRUNK] | None = None
    """Degrees from upright towards the player's own left."""
    hold: Hold | None = None
    """Seconds it must be held; else the level's."""
    seconds: Seconds | None = None
    """Seconds until the next pose comes; else the level's."""
    tolerance: Tolerance | None = None
    """Above 1 it is easier; else the level's."""

    @property
    def angles(self) -> dict[str, float]:
        """Degrees by the names of `ANGLES`, in their order."""
        found: dict[str, float] = {}
        for key, parts in SHORT.items():
            if (pair := getattr(self, key)) is not None:
                found |= dict(zip(parts, pair * (len(parts) // 2), strict=True))
        found |= {part: angle for part in ANGLES if (angle := getattr(self, part)) is not None}
        return {part: found[part] for part in ANGLES if part in found}

    @model_validator(mode="after")
    def _can_be_struck(self) -> Self:
        angles = self.angles
        if self.again is not None:
            if angles or self.name is not None:
                raise fault("has 'again', and a name or angles of its own as well; one of both is allowed")
            return self
        if self.name is None:
            raise fault("has no name; give it one, or name a pose above by 'again'")
        if not angles:
            raise fault("fixes nothing; set at least one angle, for example left_arm = 90")
        for upper, lower in zip(ANGLES[:8:2], ANGLES[1:8:2], strict=True):
            if upper in angles and lower in angles:
                between = abs((angles[lower] - angles[upper] + 180) % 360 - 180)
                if between > FOLDED:
                    raise fault(
                        f"folds a limb back on itself: {upper} {angles[upper]:g} and {lower} {angles[lower]:g} "
                        f"are {between:g} degrees apart; at most {FOLDED:g} is allowed"
                    )
        return self


class CircleForm(Form):
    """A round obstacle; x to the right, y down, in a field of 16 by 9."""

    x: Across
    y: Down
    radius: Annotated[float, Number(0.2, 4)]


class BoxForm(Form):
    """A square obstacle; x, y is its upper left corner."""

    x: Across
    y: Down
    width: Annotated[float, Number(0.2, WIDE)]
    height: Annotated[float, Number(0.2, HIGH)]


class LevelForm(Form):
    """What every level has."""

    format: Annotated[int, Version(FORMAT)]
    """Of this file."""
    title: Text
    """What it is called on the screen."""
    about: Line = ""
    """A line about it."""


class MatchForm(LevelForm):
    """A level of match: poses to strike, one after another."""

    scene: Literal["match"]
    """The scene that plays it."""
    either: Annotated[bool, Switch()] = False
    """Whether the mirror image of a pose is as good."""
    hold: Hold = USUAL_POSE.hold
    """Seconds a good pose must be held."""
    seconds: Seconds | None = None
    """Seconds until the next pose comes; without it, the game waits."""
    tolerance: Tolerance = USUAL_POSE.tolerance
    """Above 1 it is easier."""
    pose: Annotated[list[PoseForm], Field(min_length=1, max_length=MOST_POSES)]
    """The poses, in order."""

    def content(self) -> Piece:
        """Return what is played; what a pose repeats stands above it (`sense` has seen to that)."""
        angles: dict[str, dict[str, float]] = {}
        targets = []
        for pose in self.pose:
            name = pose.again or pose.name or ""
            targets.append(
                Target(
                    name=name,
                    angles=angles.setdefault(name, pose.angles),
                    hold=self.hold if pose.hold is None else pose.hold,
                    seconds=self.seconds if pose.seconds is None else pose.seconds,
                    tolerance=self.tolerance if pose.tolerance is None else pose.tolerance,
                )
            )
        return Piece(targets=tuple(targets), either=self.either)


class TagForm(LevelForm):
    """A level of tag: a field of 16 by 9, and what stands on it."""

    scene: Literal["tag"]
    """The scene that plays it."""
    seconds: Annotated[float, Number(15, 300)] = USUAL_ARENA.seconds
    """Length of a round."""
    rounds: Annotated[int, Number(1, 9, whole=True)] = USUAL_ARENA.rounds
    """Rounds of a game."""
    avatars: Annotated[int, Number(2, 6, whole=True)] = USUAL_ARENA.avatars
    """At least so many are on the field; bots fill it up."""
    speed: Annotated[float, Number(1, 6)] = USUAL_ARENA.speed
    """Units a second of who runs."""
    skill: Annotated[float, Number(0, 1)] = USUAL_ARENA.skill
    """Of the bots: 0 is easy, 1 is hard."""
    circle: Annotated[list[CircleForm], Field(max_length=MOST_OBSTACLES)] = []
    """Round obstacles."""
    box: Annotated[list[BoxForm], Field(max_length=MOST_OBSTACLES)] = []
    """Square obstacles."""

    def content(self) -> Arena:
        """Return what is played."""
        circles = (Circle(form.x, form.y, form.radius) for form in self.circle)
        boxes = (Box(form.x, form.y, form.width, form.height) for form in self.box)
        return Arena(
            obstacles=(*circles, *boxes),
            seconds=self.seconds,
            rounds=self.rounds,
            avatars=self.avatars,
            speed=self.speed,
            skill=self.skill,
        )


FORMS: Mapping[str, type[MatchForm | TagForm]] = MappingProxyType({"match": MatchForm, "tag": TagForm})
"""The form of each scene's levels."""
PARTS: Mapping[str, type[Form]] = MappingProxyType({"pose": PoseForm, "circle": CircleForm, "box": BoxForm})
"""The forms of the tables inside them."""
