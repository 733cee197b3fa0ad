"""Reading labels.json: what happens when in a folder of clips, set by hand.

    {"clips": {"squats.mp4": {
        "file": "clips/squats.mp4",
        "video": {"seconds": 16.5},
        "persons": {"max": 1},
        "events": [{"type": "squat", "start": 0.1, "peak": 0.8, "end": 1.5}],
        "never_happens": ["jump"]}}}

Times are seconds from the first frame. An event has a `peak`, or a `start` and an `end`, or all three; one that
is `partial` is cut by the clip's edge; `person` tells whose it is where there are several, `leg` or `arm` the
person's own side. `persons.identities` may tell where everybody stands (`x`, a share of the width). Other keys are
ignored.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posegames.errors import SourceError
from posegames.gestures.table import GESTURES
from posegames.tools.gesturetest.along import family
from posegames.tools.gesturetest.matching import Label

NAME = "labels.json"
MOST_BYTES = 16_000_000
"""A longer file is no list of labels."""
MOST_PEOPLE = 6
"""As many as a roster has slots."""
VOCABULARY = frozenset(
    (
        *("hand_up", "hands_up", "t_pose", "lean", "squat", "duck", "jump", "step", "punch", "wave", "clap"),
        *("swipe_left", "swipe_right", "swipe_up", "swipe_down", "arms_crossed", "jumping_jack", "knee_up"),
        *("kick", "side_leg_raise", "lunge"),
    )
) | {family(row.name) for row in GESTURES}
"""Families of gestures that labels may ask for, with a row of the table or without; other types are ignored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A recording with labels."""

    name: str
    path: Path
    """Where its pictures are, or should be."""
    seconds: float
    """As the labels say; 0 where they do not."""
    labels: tuple[Label, ...]
    never: frozenset[str]
    """Gestures, or families, that do not happen in it."""
    people: int
    """Most at once, and in all at least one."""
    places: Mapping[str, float]
    """Where everybody stands, as a share of the picture's width, by person; empty where it is not said."""
    ignored: frozenset[str] = frozenset()
    """Types of events that are no gestures."""

    @property
    def persons(self) -> tuple[str, ...]:
        """Those who are told apart; one without a name if nobody is."""
        named = dict.fromkeys([*self.places, *(label.person for label in self.labels if label.person)])
        return tuple(named) or ("",)

    @property
    def asked(self) -> frozenset[str]:
        """Families of gestures of which the labels say everything: those that happen, and those that never do."""
        return frozenset(family(label.gesture) for label in self.labels) | self.never


def read_labels(folder: Path) -> list[Clip]:
    """Return the clips that `folder`/labels.json lists. Raises SourceError with the place where it is wrong."""
    path = folder / NAME
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"{path} is too large.", f"It has more than {MOST_BYTES:,} bytes.")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path} cannot be read.", f"({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path} is not JSON.", f"({error})") from error
    clips = content.get("clips") if isinstance(content, dict) else None
    if not isinstance(clips, dict) or not clips:
        raise _fault(path, "clips", 'it needs {"clips": {"NAME.mp4": {...}}}.')
    return [_Reader(path, name).clip(entry) for name, entry in clips.items()]


def _fault(path: Path, where: str, why: str) -> SourceError:
    return SourceError(f"{path}, {where}: {why}")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one clip; knows where it is."""

    path: Path
    name: str

    def clip(self, entry: object) -> Clip:
        given = self._object(entry, "the clip")
        persons = self._object(given.get("persons", {}), "persons")
        video = self._object(given.get("video", {}), "video")
        events = [self._object(event, "an event") for event in self._list(given.get("events", []), "events")]
        types = {self._text(event, "type") for event in events}
        labels = [self._label(event) for event in events if family(event["type"]) in VOCABULARY]
        never = self._list(given.get("never_happens", []), "never_happens")
        if not all(isinstance(gesture, str) for gesture in never):
            raise self._fault("never_happens must be names of gestures.")
        people = self._number(persons, "max")
        if people is not None and not 0 <= people <= MOST_PEOPLE:
            raise self._fault(f"persons.max is {people:g}; at most {MOST_PEOPLE} people are told apart.")
        return Clip(
            name=self.name,
            path=self._file(given),
            seconds=self._number(video, "seconds") or 0.0,
            labels=tuple(labels),
            never=frozenset(never),
            people=max(1, int(people or 1)),
            places=self._places(persons),
            ignored=frozenset(type_ for type_ in types if family(type_) not in VOCABULARY),
        )

    def _file(self, given: Mapping[str, Any]) -> Path:
        """Return where the clip is: at its `file`, else beside the labels."""
        file = Path(self._text(given, "file")) if "file" in given else Path(self.name)
        if file.is_absolute() or ".." in file.parts:
            raise self._fault(f"file is {str(file)!r}; it must lie in the folder of the labels.")
        beside = self.path.with_name(file.name)
        return beside if beside.exists() else self.path.parent / file

    def _label(self, event: Mapping[str, Any]) -> Label:
        start, peak, end = (self._number(event, name) for name in ("start", "peak", "end"))
        partial = event.get("partial", False) is True
        gesture = self._text(event, "type")
        if not partial and peak is None and (start is None or end is None):
            raise self._fault(f"a {gesture} has neither a peak nor a start and an end.")
        times = [time for time in (start, peak, end) if time is not None]
        if times != sorted(times):
            raise self._fault(f"the times of a {gesture} are not in order: {', '.join(map(str, times))}.")
        side = event.get("leg") or event.get("arm") or event.get("side")
        if side not in (None, "left", "right"):
            raise self._fault(f"the side of a {gesture} is {side!r}; say left or right, the person's own.")
        if side and not gesture.endswith(f"_{side}"):
            gesture = f"{gesture}_{side}"
        person = self._text(event, "person") if "person" in event else ""
        return Label.around(gesture, start, peak, end, person=person, partial=partial)

    def _places(self, persons: Mapping[str, Any]) -> dict[str, float]:
        """Return where everybody stands; nothing where somebody's place is not said, or people change places."""
        identities = [self._object(who, "an identity") for who in self._list(persons.get("identities", []), "ids")]
        places = {self._text(who, "id"): self._number(who, "x") for who in identities}
        known = {who: x for who, x in places.items() if x is not None}
        return known if len(known) == len(places) and not persons.get("crossings") else {}

    def _object(self, value: object, what: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._fault(f"{what} must be an object, not {value!r}.")
        return value

    def _list(self, value: object, what: str) -> Sequence[Any]:
        if not isinstance(value, list):
            raise self._fault(f"{what} must be a list, not {value!r}.")
        return value

    def _text(self, given: Mapping[str, Any], name: str) -> str:
        value = given.get(name)
        if not isinstance(value, str) or not value:
            raise self._fault(f"{name} must be a word, not {value!r}.")
        return value

    def _number(self, given: Mapping[str, Any], name: str) -> float | None:
        value = given.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            raise self._fault(f"{name} must be a number of at least 0, not {value!r}.")
        return float(value)

    def _fault(self, why: str) -> SourceError:
        return _fault(self.path, self.name, why)
