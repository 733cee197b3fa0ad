"""The pieces of work a batch is made of: to ask a source how long it is, and to track it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from posegames.errors import SourceError, UsageError, did_you_mean
from posegames.gestures.taught.shelf import GestureShelf
from posegames.gestures.tuning.profiles import Tuning, find_profile
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.sources.endings import PICTURES
from posegames.seeing.sources.opening import is_tape, open_source
from posegames.seeing.sources.tape import read_tape
from posegames.settings import Sensitivity
from posegames.timing import Clock, SystemClock
from posegames.tools.batch.journal import digest, stamp
from posegames.tools.formats import FOLDER, FORMATS, PICTURED, EventsSink, Make
from posegames.tools.looks import Look
from posegames.tools.reps import RepsSink
from posegames.tools.track import Reel, Tracked, open_reel, track

ENDINGS = MappingProxyType(
    {
        **{ending.removeprefix("."): ending for ending in FORMATS if ending not in PICTURED},
        "events": ".events.jsonl",
        "reps": ".reps.csv",
        "mp4": ".mp4",
        "pictures": ".pictures",
    }
)
"""Formats of many sources, and what the names of results end in; `pictures` are a folder."""

Kind = Literal["film", "album", "tape"]

DRAWN = frozenset({"mp4", "pictures"})
"""Formats that are drawn on the pictures."""
_ONLY: MappingProxyType[str, tuple[Kind, ...]] = MappingProxyType(
    {"mp4": ("film",), "pictures": ("album",), "reps": ("film", "tape")}
)
"""Formats that cannot hold what comes of every kind of source."""


def ending_of(form: str) -> str:
    """Return the ending of results in the format `form`. Raises UsageError for one there is not."""
    if form not in ENDINGS:
        raise UsageError(f"There is no format {form!r}.", now=did_you_mean(form, list(ENDINGS)))
    return ENDINGS[form]


def kind_of(spec: str) -> Kind:
    """Return what kind of source `spec` is."""
    if is_tape(spec):
        return "tape"
    return "album" if Path(spec).is_dir() or Path(spec).suffix.lower() in PICTURES else "film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How sources are tracked, and what is written of them."""

    forms: tuple[str, ...]
    estimator: str | None = None
    players: int = 4
    model: Path | None = None
    options: tuple[str, ...] = ()
    seconds: float | None = None
    post: str | None = None
    profile: str = "standing"
    sensitivity: Sensitivity = "medium"
    taught: bool = False

    @property
    def digest(self) -> str:
        """What changes when other results would come of it."""
        from posegames import __version__

        shelf = GestureShelf()
        value = {name: getattr(self, name) for name in self.__dataclass_fields__}
        value["model"] = self.model and [str(self.model.resolve()), stamp(self.model)]
        value["taught"] = [stamp(shelf.path(one.name)) for one in shelf.taught()] if self.taught else None
        return digest([__version__, value])

    def make(self, form: str) -> Make:
        """Return what writes the format `form`."""
        tuning = Tuning(profile=find_profile(self.profile), sensitivity=self.sensitivity)
        if form == "events":
            return partial(EventsSink, taught=GestureShelf().rows() if self.taught else (), tuning=tuning)
        if form == "reps":
            return partial(RepsSink, tuning=tuning)
        return FORMATS[FOLDER if form == "pictures" else ending_of(form)]

    def fitting(self, spec: str) -> dict[str, str]:
        """Return the formats that can hold what comes of `spec`, and their endings."""
        kind = kind_of(spec)
        return {form: ending_of(form) for form in self.forms if kind in _ONLY.get(form, (kind,))}

    def open(self, spec: str, clock: Clock, *, pictures: bool, progress: Progress) -> AbstractContextManager[Reel]:
        """Return the source, to be opened by `with` (see `open_reel`); a live one will do."""
        return open_reel(
            spec,
            clock,
            estimator=self.estimator or "blazepose",
            players=self.players,
            model=self.model,
            options=self.options,
            seconds=self.seconds,
            live=True,
            pictures=pictures,
            progress=progress,
        )

    def refined(self, looks: Iterator[Look]) -> Iterator[Look]:
        """Yield looks with what `post` says done to them."""
        if self.post is None:
            return looks
        from posegames.tools.chain import find_chain

        return find_chain(self.post).refine(looks)


@dataclass(frozen=True, slots=True)
class ProbeJob:
    """Ask a source how many frames it has; None where it does not know."""

    spec: str
    order: Order

    @property
    def name(self) -> str:
        """The source's."""
        return self.spec

    def run(self, progress: Progress) -> int | None:  # noqa: ARG002 - it is over soon
        """Return the number of frames. Raises what opening the source raises."""
        if is_tape(self.spec):
            read_tape(Path(self.spec))
            return None
        opening = open_source(self.spec, SystemClock(), players=self.order.players)
        if getattr(opening, "live", False):
            return None
        with opening as source:
            length, rate, seconds = source.length, source.rate, self.order.seconds
            if length is None and seconds is None and not Path(self.spec).exists():
                raise UsageError(f"{source.name} has no end.", now="Say how much of it: --seconds 60")
        if seconds is None or not rate:
            return length
        most = math.ceil(seconds * rate)
        return min(length or most, most)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source."""

    tracked: Tracked
    note: str = ""
    """What was odd about it: not all of it could be tracked."""
    words: str = ""
    """What its sinks say of it."""
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class TrackJob:
    """Track a source into files of its own."""

    spec: str
    parts: tuple[tuple[str, Path], ...]
    """Formats, and the files to write."""
    order: Order

    @property
    def name(self) -> str:
        """The source's."""
        return self.spec

    def run(self, progress: Progress) -> Outcome:
        """Write the files. Raises what opening, reading and writing raise."""
        with ExitStack() as stack:
            pictures = any(form in DRAWN for form, _ in self.parts)

            def waking(words: str, _share: float | None) -> None:
                progress(words, None)  # the share is another one: of a model that is fetched

            reel = stack.enter_context(
                self.order.open(self.spec, SystemClock(), pictures=pictures, progress=waking)
            )
            for _, path in self.parts:
                path.parent.mkdir(parents=True, exist_ok=True)
            with ExitStack() as files:
                sinks = [
                    files.enter_context(self.order.make(form)(path, reel.origin)) for form, path in self.parts
                ]

                def tell(so_far: Tracked) -> None:
                    share = min(so_far.frames / reel.length, 1.0) if reel.length else None
                    progress(f"frame {so_far.frames}", share)

                tracked = track(self.order.refined(reel.looks), sinks, progress=tell)
                if not tracked.frames:
                    raise SourceError("There is no frame in it.", reel.note(), "Does another player show it?")
            words = " ".join(summary for sink in sinks if (summary := getattr(sink, "summary", "")))
            return Outcome(tracked, reel.note(), words, reel.dropped())
