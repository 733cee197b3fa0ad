"""What players take home: a picture, a little film, written in a thread of its own to their pictures' folder.

Films are GIFs: everything shows them. Pillow writes them: with one palette of 256 colours for all frames, 63
frames of 640x360 take half a second and 1.7 MB on a busy machine, and keep the display from nothing for more than
11 ms. OpenCV's own way (5.0) sorts colours into a fixed cube: 9 s, 5.5 MB and grains everywhere, or false colours.
MPEG-4, the best its wheels can write as a film, is smaller (0.3 MB), but no browser plays it.
"""

from __future__ import annotations

import atexit
import os
import re
import threading
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np

from posegames.errors import PosegamesError
from posegames.files import write_whole
from posegames.language import tr
from posegames.seeing.background import finish, step_back
from posegames.seeing.sighting import Picture

VARIABLE = "POSEGAMES_PICTURES"
"""Environment variable that moves pictures elsewhere."""
PATIENCE = 10.0
"""Seconds the program waits in the end for a disk that does not answer."""
SAMPLES = 6
"""Frames a film's palette is chosen from."""
MOST = 10_000
"""Pictures of one name there may be in a folder."""

Tell = Callable[[float], None]
"""Is told how much (0..1) is done."""
Encode = Callable[[Tell], bytes]
"""Makes a file's contents."""


def pictures_dir() -> Path:
    """Return the folder pictures and films go to (not created here)."""
    if moved := os.environ.get(VARIABLE):
        return Path(moved)
    from platformdirs import user_pictures_path

    return user_pictures_path() / "posegames"


class Keepsake:
    """A file on its way to the disk. Look at it now and then: it raises nothing."""

    def __init__(self, stem: str, suffix: str, encode: Encode) -> None:
        """Begin to write what `encode` makes, under a free name: `stem`, a number, and `suffix` (with its dot)."""
        self._stem = "-".join(re.findall(r"\w+", stem.casefold())) or "posegames"
        self._suffix, self._encode = suffix, encode
        self._steps = 0
        self.share = 0.0
        """How much of it is made, 0..1."""
        self.path: Path | None = None
        """Where it is, once it is there."""
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._write, name="posegames keepsake", daemon=True)
        self._thread.start()
        # Who leaves meanwhile still gets it.
        atexit.register(self.wait)

    @property
    def done(self) -> bool:
        """Whether it is over, well or not."""
        return self.path is not None or self._error is not None

    @property
    def trouble(self) -> PosegamesError | None:
        """Why it could not be written, in the language spoken; None while all is well."""
        error = self._error
        if error is None:
            return None
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return PosegamesError(
            tr("It could not be saved."), f"({why})", tr("See whether there is room on the disk.")
        )

    def wait(self) -> bool:
        """Wait for it, as long as it gets on; return whether it is over."""
        return finish(self._thread, lambda: self._steps, PATIENCE)

    def _tell(self, share: float) -> None:
        self.share, self._steps = share, self._steps + 1

    def _write(self) -> None:
        step_back()
        try:
            self.path = self._saved(self._encode(self._tell))
        except Exception as error:  # noqa: BLE001 - a picture that fails must not take a game with it
            self._error = error
        finally:
            atexit.unregister(self.wait)

    def _saved(self, content: bytes) -> Path:
        """Write `content` to a file that was not there before, whole or not at all. Raises OSError."""
        folder = pictures_dir()
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, MOST):
            path = folder / f"{self._stem}-{number}{self._suffix}"
            try:
                path.touch(exist_ok=False)  # from here on the name is ours
            except FileExistsError:
                continue
            try:
                write_whole(path, [content])
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            return path
        raise FileExistsError(0, f"{folder}: {MOST - 1} {self._stem}{self._suffix}")


def png(picture: Picture) -> Encode:
    """Return what encodes `picture` (H, W, 3), BGR, as PNG; it must not be changed afterwards."""

    def encode(_tell: Tell) -> bytes:
        packed, data = cv2.imencode(".png", picture)
        if not packed:
            raise ValueError("PNG")
        return data.tobytes()

    return encode


def gif(frames: Sequence[Picture], seconds: float) -> Encode:
    """Return what encodes `frames`, (H, W, 3) each, BGR, as a GIF that begins again; each is shown for `seconds`.

    GIFs count hundredths of a second.
    """
    if not frames or seconds < 0.02:
        raise ValueError("A film needs frames, and each a fiftieth of a second at least.")

    def encode(tell: Tell) -> bytes:
        from PIL import Image

        some = np.vstack([frames[i][::2, ::2] for i in range(0, len(frames), max(1, len(frames) // SAMPLES))])
        palette = Image.fromarray(np.ascontiguousarray(some[..., ::-1])).quantize(256)
        reduced = []
        for i, frame in enumerate(frames):
            colours = Image.fromarray(np.ascontiguousarray(frame[..., ::-1]))
            reduced.append(colours.quantize(palette=palette, dither=Image.Dither.NONE))
            tell((i + 1) / len(frames))
        file = BytesIO()
        reduced[0].save(
            file,
            "GIF",
            save_all=True,
            append_images=reduced[1:],
            duration=round(100 * seconds) * 10,
            loop=0,
            optimize=False,
        )
        return file.getvalue()

    return encode
