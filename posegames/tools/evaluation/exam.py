"""What estimators are examined on: the stage, or labelled pictures; all of it, or a piece for what repeats it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from posegames.errors import UsageError
from posegames.seeing.sources.stage import parse_stage
from posegames.tools.evaluation import staged
from posegames.tools.evaluation.degrade import Guest, Lots, guests, joined
from posegames.tools.evaluation.points import Points
from posegames.tools.evaluation.staged import STAGE, Case
from posegames.tools.evaluation.truth import Labels, Person, Scene, asked

T = TypeVar("T")

CAST = tuple(Case(f"stage:dance?actors=1&size=640x480&rate=10&seed={seed}", 4 * (seed + 1)) for seed in range(4))
"""What is made worse when the stage is named without a play: four people, ten pictures a second."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is looked at."""

    seconds: float
    """Of each play of the stage, for accuracy."""
    pictures: int | None
    """Labelled ones, for accuracy; None is all."""
    stills: int
    """Pictures for repeatability."""
    seeds: int
    """Of noise, for each of them."""
    film: int
    """Pictures of a still film."""
    base: int
    """Pictures that are made worse, for each way and level."""
    rounds: int
    """Turns of everybody, for speed."""
    block: int
    """Pictures of a turn."""


FULL = Amount(seconds=4.0, pictures=None, stills=6, seeds=8, film=24, base=40, rounds=5, block=15)
QUICK = Amount(seconds=0.25, pictures=12, stills=2, seeds=4, film=6, base=8, rounds=1, block=6)
"""Under a minute with two estimators on two cores."""


class Exam(Protocol):
    """Pictures of people whose joints are known."""

    @property
    def points(self) -> Points:
        """Return the points that are known."""

    def scenes(self, amount: Amount) -> Iterator[Scene]:
        """Return everything, for accuracy. Raises SourceError."""

    def stills(self, count: int) -> list[Scene]:
        """Return up to so many pictures with people, as unlike each other as they come."""

    def base(self, count: int) -> list[Scene]:
        """Return some `count` pictures with people that are made worse."""

    def crowded(self, base: Sequence[Scene], people: int, lots: Lots) -> list[Scene]:
        """Return `base` with so many people more than one; empty where that cannot be had."""


@dataclass(frozen=True, slots=True)
class StageExam:
    """`stage`, or one play of it. Raises UsageError and SourceError as the stage does."""

    what: str
    points: Points = STAGE

    def scenes(self, amount: Amount) -> Iterator[Scene]:
        """Return every picture of the plays."""
        return staged.scenes(staged.cases(self.what), seconds=amount.seconds)

    def stills(self, count: int) -> list[Scene]:
        """Return the first picture of plays; of a single play, pictures a second apart."""
        cases = staged.cases(self.what)
        if len(cases) == 1:
            cases = tuple(replace(cases[0], begin=cases[0].begin + second) for second in range(count))
        pictures = [scene for case in _spread(cases, count) for scene in self._pieces([case], 1)]
        return [replace(scene, case="") for scene in pictures if _peopled(scene, STAGE)]

    def base(self, count: int) -> list[Scene]:
        """Return the beginnings of plays; each is a film."""
        cases = self._cast()
        return list(self._pieces(cases, max(1, count // len(cases))))

    def crowded(self, base: Sequence[Scene], people: int, lots: Lots) -> list[Scene]:  # noqa: ARG002 - no lots here
        """Return the same pieces with more actors; nothing of a play that has no room for them."""
        cases = [Case(staged.varied(case.play, actors=1 + people), case.begin) for case in self._cast()]
        try:
            return list(self._pieces(cases, max(1, len(base) // len(cases))))
        except UsageError:
            return []

    def _cast(self) -> tuple[Case, ...]:
        return CAST if self.what == "stage" else staged.cases(self.what)

    @staticmethod
    def _pieces(cases: Sequence[Case], count: int) -> Iterator[Scene]:
        for case in cases:
            rate = parse_stage(case.play).rate
            # Half a picture less: a sum of floats must not begin one more.
            yield from staged.scenes([case], seconds=(count - 0.5) / rate)


@dataclass(frozen=True, slots=True, eq=False)
class LabelledExam:
    """The pictures of a file of labels."""

    labels: Labels
    folder: Path

    @property
    def points(self) -> Points:
        """The points that are labelled."""
        return self.labels.points

    def scenes(self, amount: Amount) -> Iterator[Scene]:
        """Return every picture of the file, or an even choice of them."""
        files = list(self.labels.files)
        return self._chosen(files if amount.pictures is None else _spread(files, amount.pictures))

    def stills(self, count: int) -> list[Scene]:
        """Return an even choice of the pictures with people."""
        rows = self.labels.people.items()
        return list(self._chosen(_spread([image for image, row in rows if any(map(self._asked, row))], count)))

    def base(self, count: int) -> list[Scene]:
        """Return the same kind of choice."""
        return self.stills(count)

    def crowded(self, base: Sequence[Scene], people: int, lots: Lots) -> list[Scene]:
        """Return the pictures with people of other pictures in them."""
        company: list[Guest] = guests(base, self.points)
        if len({guest.home for guest in company}) < 2:
            return []
        return [joined(scene, company, people, lots) for scene in base]

    def _asked(self, person: Person) -> bool:
        return asked(person, self.points)

    def _chosen(self, images: Sequence[int]) -> Iterator[Scene]:
        return replace(self.labels, files={image: self.labels.files[image] for image in images}).scenes(
            self.folder
        )


def _peopled(scene: Scene, points: Points) -> bool:
    return any(asked(person, points) for person in scene.people)


def _spread(row: Sequence[T], count: int) -> list[T]:
    """Return up to `count` of `row`, evenly spread."""
    if len(row) <= count:
        return list(row)
    return [row[int(place)] for place in np.arange(count) * len(row) / count]
