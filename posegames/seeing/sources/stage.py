"""The stage as a source: a virtual camera whose pictures come with the truth about who stands where."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Any, Self
from urllib.parse import unquote

from posegames.errors import UsageError, did_you_mean
from posegames.seeing.sighting import Frame
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.play import MOST_ACTORS, Play
from posegames.seeing.stage.poster import MOST as MOST_POSTERS
from posegames.seeing.stage.renderer import Renderer
from posegames.seeing.stage.script import load_play

DEFAULT_PLAY = "dance"
"""What is played when nothing else is asked for."""
SIZE = (1280, 720)
"""Width, height in pixels."""
LEAST_SIDE, MOST_SIDE = 64, 4096
"""Pixels; smaller or larger pictures are refused."""


class StageSource:
    """Frames of a play (see `Source`). Frame n of the same play, cast and seed is always the same picture."""

    live = False
    trouble = ""

    def __init__(
        self,
        play: Play | str = DEFAULT_PLAY,
        *,
        actors: int = 3,
        size: tuple[int, int] = SIZE,
        rate: float = 30.0,
        seed: int = 0,
        noise: float = 0.0,
        blur: float = 0.0,
        dark: float = 0.0,
        clutter: int = 0,
        posters: int = 0,
    ) -> None:
        """Cast the number of actors nearest to `actors` that the play allows.

        `size` in pixels, `rate` in frames a second, `noise` as a share of white, `blur` in pixels (both standard
        deviations), `dark` 0..1, `clutter` in pieces, `posters` of people on the wall. Raises SourceError for a
        play that cannot be had, UsageError for values out of their range.
        """
        values = {"actors": actors, "rate": rate, "seed": seed, "noise": noise, "blur": blur, "dark": dark}
        for name, value in (values | {"clutter": clutter, "posters": posters}).items():
            _check(name, value)
        if not all(LEAST_SIDE <= side <= MOST_SIDE for side in size):
            raise _wrong("size", "x".join(map(str, size)))
        self._play = load_play(play) if isinstance(play, str) else play
        self.choreography = Choreography(self._play, actors=actors, seed=seed, aspect=size[0] / size[1])
        """Who does what when, and where everybody is at any time."""
        self._size, self._rate = size, float(rate)
        self._make = partial(
            Renderer,
            size,
            self.choreography.view,
            self.choreography.cast,
            seed=seed,
            noise=noise,
            blur=blur,
            dark=dark,
            clutter=clutter,
            posters=posters,
        )
        self._renderer: Renderer | None = None
        self._next = 0

    @property
    def name(self) -> str:
        """As the HUD shows it."""
        return f"stage:{self._play.name}"

    @property
    def size(self) -> tuple[int, int]:
        """Width, height in pixels."""
        return self._size

    @property
    def rate(self) -> float:
        """Frames a second."""
        return self._rate

    @property
    def length(self) -> int | None:
        """Number of frames in all; None for a play that begins again."""
        return None if self._play.loop else math.ceil(self._play.seconds * self._rate - 1e-6)

    @property
    def ended(self) -> bool:
        """The play is over."""
        return self.length is not None and self._next >= self.length

    def __enter__(self) -> Self:
        """Build the stage."""
        self._prepared()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it down; it can be opened again and goes on from there."""
        self._renderer = None

    def read(self) -> Frame | None:
        """Return the next frame, or None after the last."""
        if self.ended:
            return None
        frame = self.frame(self._next)
        self._next += 1
        return frame

    def frame(self, number: int) -> Frame:
        """Return frame `number`, from 0; which one was read before makes no difference."""
        if number < 0:
            raise ValueError(f"There is no frame {number}.")
        time = number / self._rate
        actors = self.choreography.actors(time)
        picture = self._prepared().paint(actors, number)
        return Frame(picture, time, number, tuple(self.choreography.poses(actors)))

    def _prepared(self) -> Renderer:
        if self._renderer is None:
            self._renderer = self._make()
        return self._renderer


def parse_stage(spec: str, *, actors: int = 3, seed: int = 0, play: str | None = None) -> StageSource:
    """Return the source that words like `stage:dance?actors=4&size=640x480` ask for.

    `actors`, `seed` and `play` (its name) hold where the words do not say. Raises UsageError for unknown
    words or values, SourceError for a play that cannot be had.
    """
    head, _, query = spec.partition("?")
    _, _, name = head.partition(":")
    given: dict[str, Any] = {}
    for pair in filter(None, query.split("&")):
        key, _, word = pair.partition("=")
        if key not in _READERS:
            raise UsageError(f"{spec!r}: {key!r} is unknown.", now=did_you_mean(key, list(_READERS)))
        try:
            given[key] = _READERS[key](unquote(word))
        except (ValueError, OverflowError) as error:
            raise _wrong(key, word) from error
    wanted = given.pop("actors", None)
    shown = load_play(unquote(name) or play or DEFAULT_PLAY)
    if wanted is not None and 1 <= wanted <= MOST_ACTORS and shown.cast(wanted) != wanted:
        span = f"{shown.fewest}" if shown.fewest == shown.most else f"{shown.fewest} to {shown.most}"
        raise UsageError(f"actors={wanted} is too {'many' if wanted > shown.most else 'few'} for {shown.name}.",
                         f"It is a play for {span}.")  # fmt: skip
    given.setdefault("seed", seed)
    return StageSource(shown, actors=actors if wanted is None else wanted, **given)


def _size(word: str) -> tuple[int, int]:
    width, _, height = word.lower().partition("x")
    return int(width), int(height)


_READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "actors": int, "size": _size, "rate": float, "seed": int, "noise": float, "blur": float, "dark": float,
        "clutter": int, "posters": int,
    }
)  # fmt: skip
_RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "actors": (1, MOST_ACTORS), "rate": (1, 240), "seed": (0, 2**63 - 1), "noise": (0, 1), "blur": (0, 50),
        "dark": (0, 1), "clutter": (0, 24), "posters": (0, MOST_POSTERS),
    }
)  # fmt: skip


def _check(name: str, value: float) -> None:
    least, most = _RANGES[name]
    if not least <= value <= most:  # which NaN never is
        raise _wrong(name, value)


def _wrong(name: str, value: object) -> UsageError:
    if name == "size":
        return UsageError(
            f"size={value} makes no stage.", now=f"Say size=WIDTHxHEIGHT, each {LEAST_SIDE} to {MOST_SIDE}."
        )
    least, most = _RANGES[name]
    return UsageError(f"{name}={value} makes no sense.", now=f"It must be a number from {least:g} to {most:g}.")
