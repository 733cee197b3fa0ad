"""From the words of `--source` to a source: one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from posegames.errors import SourceError, UsageError
from posegames.seeing.sources.base import Source
from posegames.seeing.sources.endings import PICTURES, TAPES
from posegames.timing import Clock


def _nobody(_message: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a source is asked for besides its name."""

    clock: Clock
    players: int = 3
    """Actors on the stage, if its play does not say."""
    seed: int = 0
    stage: str | None = None
    """What the stage plays, if the words do not say."""
    tell: Callable[[str], None] = _nobody


def open_source(
    spec: str | None,
    clock: Clock,
    *,
    players: int = 3,
    seed: int = 0,
    stage: str | None = None,
    tell: Callable[[str], None] = _nobody,
) -> AbstractContextManager[Source]:
    """Return the source that `spec` names, to be opened by `with`; None is the camera, or else the stage.

    `tell` hears what the player should be told once: that the stage stands in for a camera.
    Raises UsageError for words it does not know, SourceError for a file that is not there.
    """
    wish = Wish(clock, players, seed, stage, tell)
    if spec is None:
        return _camera_or_stage(wish)
    if is_tape(spec):
        raise UsageError(f"{spec} is a tape: it holds no pictures.", "A tape can be played, not tracked again.")
    for fits, make in _SOURCES:
        if fits(spec):
            return make(spec, wish)
    raise SourceError(
        f"There is no source {spec!r}.",
        "It is no file or folder here, and none of: camera, camera:1, stage, stage:PLAY, http://..., rtsp://...",
        "Check the spelling; posegames cameras lists the cameras that answer.",
    )


def is_tape(spec: str | None) -> bool:
    """Whether `spec` names a tape."""
    return spec is not None and spec.endswith(TAPES)


def _camera(spec: str, wish: Wish) -> Source:
    from posegames.seeing.sources.camera import CameraSource

    index = spec.removeprefix("camera").removeprefix(":") or "0"
    if not index.isdecimal():
        raise UsageError(f"{index!r} is no camera number.", now="Say --source camera:0, or see: posegames cameras")
    return CameraSource(int(index), clock=wish.clock)


def _stage(spec: str, wish: Wish) -> Source:
    from posegames.seeing.sources.stage import parse_stage

    return parse_stage(spec, actors=wish.players, seed=wish.seed, play=wish.stage)


def _stream(spec: str, wish: Wish) -> Source:
    from posegames.seeing.sources.stream import StreamSource

    return StreamSource(spec, clock=wish.clock)


def _images(spec: str, _wish: Wish) -> Source:
    from posegames.seeing.sources.images import ImagesSource

    return ImagesSource(Path(spec))


def _video(spec: str, _wish: Wish) -> Source:
    from posegames.seeing.sources.video import VideoSource

    return VideoSource(Path(spec))


_SOURCES: tuple[tuple[Callable[[str], bool], Callable[[str, Wish], Source]], ...] = (
    (lambda spec: spec.split(":")[0] == "camera", _camera),
    (lambda spec: spec.split(":")[0].split("?")[0] == "stage", _stage),
    (lambda spec: spec.startswith(("http://", "https://", "rtsp://", "rtsps://")), _stream),
    (lambda spec: Path(spec).is_dir() or Path(spec).suffix.lower() in PICTURES, _images),
    (lambda spec: Path(spec).is_file(), _video),
)
"""Which words mean which source, the first that fits."""


@contextmanager
def _camera_or_stage(wish: Wish) -> Iterator[Source]:
    """Open the first camera, or the stage where no camera answers."""
    with ExitStack() as stack:
        try:
            source = stack.enter_context(_camera("camera", wish))
        except SourceError as error:
            wish.tell(f"{error.what} The stage plays instead.")
            source = stack.enter_context(_stage("stage", wish))
        yield source
