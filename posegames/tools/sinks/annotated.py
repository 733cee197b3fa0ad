"""Videos and pictures with the skeletons drawn on them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from posegames.engine.theme import THEATRE
from posegames.errors import SourceError, UsageError
from posegames.files import replacing, write_whole
from posegames.seeing.sighting import Picture
from posegames.tools.looks import Look
from posegames.tools.sinks.base import Origin

if TYPE_CHECKING:
    from posegames.seeing.filmwriter import FilmWriter

KEPT = (".png", ".jpg", ".jpeg")
"""Endings of pictures that keep their name; others are written as PNG, with its ending after their own."""


def drawn(look: Look) -> Picture:
    """Return the look's picture with everybody in the colour of their slot, and their numbers.

    Raises SourceError for a look without a picture: that of a tape.
    """
    from posegames.seeing.paint import Marked, paint

    if look.picture is None:
        what = "There are no pictures to draw on."
        raise SourceError(what, "Tapes hold none.", "Track the video that it was made of.")
    bodies = [Marked(pose, THEATRE.look(number).colour[::-1], f"{number}") for number, pose in look.bodies]
    return paint(look.picture, bodies)


class FilmSink:
    """An MP4 of the video, with skeletons; as large, as fast, without its sound (see `FilmWriter`)."""

    def __init__(self, path: Path, origin: Origin) -> None:
        """Raise UsageError for pictures that do not belong together."""
        if origin.named:
            what = f"{origin.source} is no video."
            raise UsageError(what, "Its pictures stay pictures.", "Name a folder for them, or PNG or JPG for one.")
        _refuse_originals(path, origin)
        self._path, self._origin = path, origin
        self._stack = ExitStack()
        self._film: FilmWriter | None = None

    def __enter__(self) -> Self:
        """Open it. Raises OSError, PosegamesError."""
        with ExitStack() as stack:
            part = stack.enter_context(replacing(self._path))
            # The encoder goes by the ending.
            self._part = part.with_name(f"{part.name}.mp4")
            stack.callback(self._part.unlink, missing_ok=True)
            self._whole = part
            if all(self._origin.size):
                self._open(stack, self._origin.size)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish it, or drop it if the block failed. Raises PosegamesError if it could not be written whole."""
        self._stack.__exit__(kind, error, trace)

    def put(self, look: Look) -> None:
        """Write a frame. Raises SourceError if the look has no picture, OSError."""
        picture = drawn(look)
        film = self._film or self._open(self._stack, (picture.shape[1], picture.shape[0]))
        film.write(picture, look.sighting.time)

    def _open(self, stack: ExitStack, size: tuple[int, int]) -> FilmWriter:
        from posegames.seeing.filmwriter import FilmWriter

        film = FilmWriter(self._part, size, self._origin.rate)
        stack.push(self._take)
        self._film = stack.enter_context(film)
        return self._film

    def _take(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._part.replace(self._whole)


class PictureSink:
    """One picture with skeletons, as PNG or JPEG."""

    def __init__(self, path: Path, origin: Origin) -> None:
        """Raise UsageError for a video."""
        _refuse_films(path, origin)
        self._path, self._origin = path, origin
        self._content = b""

    def __enter__(self) -> Self:
        """Nothing is open before there is a picture."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write it, if the block ended well. Raises OSError."""
        if kind is None and self._content:
            write_whole(self._path, [self._content])

    def put(self, look: Look) -> None:
        """Take the picture. Raises UsageError for a second one, SourceError if the look has none."""
        from posegames.seeing.filmwriter import encoded

        if self._content:
            what = f"{self._origin.source} has more than one picture."
            raise UsageError(what, now=f"Name a folder for them: {self._path.with_suffix('')}")
        self._content = encoded(drawn(look), self._path.suffix.lower())


class FolderSink:
    """A folder of pictures with skeletons, under the same names; each is there as soon as it is whole."""

    def __init__(self, path: Path, origin: Origin) -> None:
        """Raise UsageError for a video."""
        _refuse_films(path, origin)
        self._path = path

    def __enter__(self) -> Self:
        """Make the folder. Raises OSError."""
        self._path.mkdir(exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open between two pictures."""

    def put(self, look: Look) -> None:
        """Write a picture. Raises SourceError if the look has none, OSError."""
        from posegames.seeing.filmwriter import encoded

        ending = Path(look.name).suffix.lower()
        name = look.name if ending in KEPT else f"{look.name}.png"
        write_whole(self._path / name, [encoded(drawn(look), Path(name).suffix.lower())])


def _refuse_originals(path: Path, origin: Origin) -> None:
    if origin.path and path.resolve() in (origin.path.resolve(), origin.path.resolve().parent):
        what = f"{path} is what the pictures come from, or where they are."
        raise UsageError(what, "They would be written over.", "Give another name.")


def _refuse_films(path: Path, origin: Origin) -> None:
    if not origin.named:
        what = f"{origin.source} is no picture and no folder of them."
        raise UsageError(what, now=f"Write a video: {path.with_suffix('.mp4')}")
    _refuse_originals(path, origin)
