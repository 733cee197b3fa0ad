"""Making the next scene, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable

from posegames.engine.scene import Scene
from posegames.errors import PosegamesError
from posegames.language import tr


def opened(make: Callable[[], Scene]) -> Scene | PosegamesError:
    """Return the scene `make` makes, or what keeps it from being made, to be said on the screen."""
    try:
        return make()
    except PosegamesError as error:
        return error
    except Exception as error:  # noqa: BLE001 - somebody else's scene may raise anything; it must not stop ours
        return PosegamesError(
            tr("This cannot be opened."),
            f"({type(error).__name__}: {error})",
            tr("Update what it came with, or tell its author."),
        )
