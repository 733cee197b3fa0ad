"""Where the files that ship with posegames, and the user's own, are found."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

CACHE_VARIABLE = "POSEGAMES_CACHE"
"""Environment variable that moves the cache (model files) elsewhere."""

OWN_VARIABLE = "POSEGAMES_OWN"
"""Environment variable that moves the user's own things (levels) elsewhere."""


def shipped(name: str) -> Path:
    """Return the shipped folder `name` ("assets" or "levels"): in a wheel inside the package, else beside it.

    Raises FileNotFoundError if the installation has lost it.
    """
    packaged = Path(str(files("posegames"))) / name
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise FileNotFoundError(f"posegames was installed without its {name!r} folder. Install it again.")


def cache_dir() -> Path:
    """Return the user's cache folder (not created here)."""
    if moved := os.environ.get(CACHE_VARIABLE):
        return Path(moved)
    from platformdirs import user_cache_path

    return user_cache_path("posegames", appauthor=False)


def own_dir() -> Path:
    """Return the folder of the user's own things (not created here)."""
    if moved := os.environ.get(OWN_VARIABLE):
        return Path(moved)
    from platformdirs import user_data_path

    return user_data_path("posegames", appauthor=False)
