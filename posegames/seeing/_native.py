"""How OpenCV is told to behave, and how other programs are kept clear of what it leaves behind."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from posegames.errors import PosegamesError

OPENCV_SETTINGS = MappingProxyType(
    {
        # With hardware transforms Windows takes 4-20 s, sometimes a minute, to open a webcam.
        "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",
        # A silent V4L2 camera holds read() for this many seconds (10 otherwise).
        "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT": "1",
        # OpenCV's own question for the camera needs the main thread; macOS asks by itself as well.
        "OPENCV_AVFOUNDATION_SKIP_AUTH": "1",
        # 4096 x 4096: a 109 kB PNG can otherwise decode to 5 GB.
        "OPENCV_IO_MAX_IMAGE_PIXELS": "16777216",
        # A missing camera prints some 25 lines, a broken picture or stream many more; we say it ourselves.
        "OPENCV_LOG_LEVEL": "FATAL",
        "OPENCV_FFMPEG_LOGLEVEL": "-8",
    }
)
"""Environment variables OpenCV reads while it is imported. What the user has set stands."""

MOST_PIXELS = 4096 * 4096
"""No picture of more is decoded."""


def prepare() -> None:
    """Set what OpenCV reads at import. `posegames.seeing` calls it before anything there can import cv2."""
    for name, value in OPENCV_SETTINGS.items():
        os.environ.setdefault(name, value)


def native_path(path: Path) -> str:
    """Return the name of a file as OpenCV takes it: whole, for `-` or `concat:a` would mean something to ffmpeg.

    Raises PosegamesError for a name that is no text: OpenCV crashes on one, and the program with it.
    """
    name = str(path.absolute())
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        raise PosegamesError(
            f"The name {str(path)!a} is no text.", "Some bytes of it are not UTF-8.", "Rename it."
        )
    return name


def child_environment() -> dict[str, str]:
    """Return the environment for other programs: this one's without what importing cv2 put there.

    On Linux cv2 points LD_LIBRARY_PATH and two QT_ variables at its own folder; programs started from here
    would load its libraries instead of theirs.
    """
    environment = dict(os.environ)
    spec = find_spec("cv2")
    if spec is None or spec.origin is None:
        return environment
    home = str(Path(spec.origin).parent)
    for name in ("LD_LIBRARY_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        parts = [
            part for part in environment.get(name, "").split(os.pathsep) if part and not part.startswith(home)
        ]
        environment.pop(name, None)
        if parts:
            environment[name] = os.pathsep.join(parts)
    return environment
