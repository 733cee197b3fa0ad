"""Recordings of skeletons, each cut to one action: trials.json and skeletons.npz, as a Kinect v1 gives them.

They have no times of what happens in them, so a trial is judged as a whole: its action was told (a hit) or not (a
miss), and every other gesture that some trial asks for is false, unless it is true of the action, too.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats, Pose
from posegames.errors import SourceError
from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.players.roster import Roster
from posegames.seeing.sighting import Sighting
from posegames.tools.gesturetest.matching import told
from posegames.tools.looks import who_is_who

NAMES = ("trials.json", "skeletons.npz")
UNIT = 5000.0
"""Parts of a metre that a number of skeletons.npz counts."""
ASPECT, SIZE = 4 / 3, (640, 480)
FOCUS = 1 / (2 * math.tan(math.radians(43 / 2)))
"""Picture heights a metre measures at a metre: a Kinect v1 sees 43 degrees from top to bottom."""
NEAREST = 0.3
"""Metres; nearer points are none."""

JOINTS: Mapping[Joint, int] = MappingProxyType(
    {
        Joint.NOSE: 3,
        Joint.LEFT_SHOULDER: 4,
        Joint.LEFT_ELBOW: 5,
        Joint.LEFT_WRIST: 6,
        Joint.LEFT_INDEX: 7,
        Joint.RIGHT_SHOULDER: 8,
        Joint.RIGHT_ELBOW: 9,
        Joint.RIGHT_WRIST: 10,
        Joint.RIGHT_INDEX: 11,
        Joint.LEFT_HIP: 12,
        Joint.LEFT_KNEE: 13,
        Joint.LEFT_ANKLE: 14,
        Joint.LEFT_FOOT_INDEX: 15,
        Joint.RIGHT_HIP: 16,
        Joint.RIGHT_KNEE: 17,
        Joint.RIGHT_ANKLE: 18,
        Joint.RIGHT_FOOT_INDEX: 19,
    }
)
"""Which of a Kinect v1's 20 joints each of ours is; the middle of its head is the nose, a hand's the index."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a trial's action is to be told as."""

    gesture: str
    """A family: either side of it will do."""
    too: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Families that are true of the action as well, and why."""


_UP_ON_THE_WAY = "a hand that goes up alone, or comes down last, is up alone for a moment"
_ARMS_FLY = "many throw up their arms"
_SHIFTED = "who lifts a leg or reaches out shifts the body over the other foot"

ACTIONS: Mapping[str, Asked] = MappingProxyType(
    {
        "jump": Asked(
            "jump",
            {
                "squat": "before and after it the knees bend",
                "duck": "before and after it the knees bend",
                "hands_up": _ARMS_FLY,
                "hand_up": _ARMS_FLY,
            },
        ),
        "jumping_jack": Asked(
            "jumping_jack",
            {
                "hands_up": "the hands meet above the head",
                "hand_up": _UP_ON_THE_WAY,
                "jump": "both feet leave the floor",
                "clap": "the hands meet, with some with a clap",
            },
        ),
        "knee_up": Asked("knee_up"),
        "lunge": Asked(
            "lunge",
            {"duck": "the hips go down", "step": "it is a step, with some to the side as well"},
        ),
        "kick": Asked("kick", {"lean": "who kicks far leans back, away from the leg"}),
        "side_leg_raise": Asked("side_leg_raise", {"lean": _SHIFTED, "step": _SHIFTED}),
        "t_pose": Asked("t_pose", {"hand_up": _UP_ON_THE_WAY, "hands_up": "some come down to it from above"}),
        "punch": Asked("punch", {"step": "some step into it"}),
        "lean": Asked("lean", {"step": _SHIFTED}),
        "raise_hand": Asked("hand_up", {"hands_up": "some raise both"}),
        "wave": Asked("wave", {"hand_up": "the hand is above the head meanwhile"}),
        "hands_up_y": Asked("hands_up", {"hand_up": _UP_ON_THE_WAY}),
        "swipe_left": Asked("swipe_left", {"hand_up": "some swipe as high as the head"}),
        "swipe_right": Asked("swipe_right", {"hand_up": "some swipe as high as the head"}),
    }
)
"""By the action of a trial. The other actions (point, draw, throw, swim, ...) ask for nothing: what is told of
them is listed, for any of it may be true.

The letters: to make a Y is to raise both arms, to make a T is the pose called so. An X asks for nothing: some make
it with arms and legs apart and the hands at the height of the ears, some with the forearms before the chest.
"""
WANTED = frozenset(asked.gesture for asked in ACTIONS.values())
"""Families that some action asks for: these can be false."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One recording."""

    person: str
    name: str
    """What the person was asked to do."""
    action: str
    offset: int
    """Where in the arrays it begins,"""
    frames: int
    """and how long it is."""


def is_trials(folder: Path) -> bool:
    """Whether `folder` holds such recordings."""
    return all((folder / name).is_file() for name in NAMES)


def read_trials(folder: Path) -> list[Trial]:
    """Return the trials that `folder`/trials.json lists. Raises SourceError where it is wrong."""
    path = folder / NAMES[0]
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["trials"]
        return [
            Trial(str(t["person"]), str(t["name"]), str(t["gesture"]), int(t["offset"]), int(t["frames"]))
            for t in listed
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = "It needs trials, each with a person, a name, a gesture, an offset and frames"
        raise SourceError(f"{path} is no list of trials.", f"{why} ({error!r}).") from error


@dataclass(frozen=True, slots=True, eq=False)
class Skeletons:
    """The arrays all trials of a folder are cut from."""

    path: Path
    times: Floats
    """(frames,) seconds."""
    points: Floats
    """(frames, 20, 3) metres: to the sensor's left, up, away from it."""

    @classmethod
    def read(cls, folder: Path) -> Skeletons:
        """Read `folder`/skeletons.npz. Raises SourceError where it cannot be read, or holds something else."""
        path = folder / NAMES[1]
        try:
            with np.load(path, allow_pickle=False) as arrays:
                times, points = arrays["t"].astype(np.float64), arrays["xyz"].astype(np.float64) / UNIT
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise SourceError(f"{path} holds no skeletons.", f"It needs t and xyz ({error!r}).") from error
        if points.shape != (*times.shape, max(JOINTS.values()) + 1, 3):
            raise SourceError(f"{path} holds no skeletons.", f"t is {times.shape}, xyz is {points.shape}.")
        return cls(path, times, points)

    def sightings(self, trial: Trial) -> Iterator[tuple[Sighting, tuple[int, int]]]:
        """Yield a trial as a camera in the sensor's place sees it: the left hand of the person on the right.

        Raises SourceError where the trial is not in the arrays.
        """
        part = slice(trial.offset, trial.offset + trial.frames)
        times = self.times[part]
        if trial.offset < 0 or trial.frames < 1 or len(times) < trial.frames:
            raise SourceError(f"{self.path} is too short for {trial.name} of {trial.person}.")
        kinect, ours = list(JOINTS.values()), list(JOINTS)
        points = self.points[part][:, kinect]
        depth = np.maximum(points[..., 2:], NEAREST)
        xy = np.zeros((len(times), COUNT, 2))
        xy[:, ours] = np.array([ASPECT / 2, 0.5]) - FOCUS * points[..., :2] / depth
        sure = np.zeros(COUNT)
        sure[ours] = 1
        for number, (time, place) in enumerate(zip((times - times[0]).tolist(), xy, strict=True)):
            if np.isfinite(place).all():
                yield Sighting(time, number, (Pose(place, sure),), ASPECT), SIZE

    def told(self, trial: Trial) -> list[Gesture]:
        """Return what the recogniser makes of a trial."""
        recogniser, found = Recogniser(), list[Gesture]()
        for look in who_is_who(self.sightings(trial), Roster(most=1, living=False)):
            found += told(recogniser.update(look.players, look.sighting.time))
        return found
