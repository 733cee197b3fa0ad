"""Errors that speak to a person: what happened, why, and what to do now."""

from __future__ import annotations

from typing import Self


class PosegamesError(Exception):
    """Something failed that the user can do something about.

    The message is up to three sentences: what happened, why (as far as known), what to do now.
    """

    exit_code = 1
    """What the command line ends with."""

    def __init__(self, what: str, why: str = "", now: str = "") -> None:
        super().__init__(" ".join(sentence for sentence in (what, why, now) if sentence))
        self.what, self.why, self.now = what, why, now

    def __reduce__(self) -> tuple[type[Self], tuple[str, str, str], dict[str, object]]:
        """Pickle as its three sentences, and its notes: errors come from other processes, too."""
        return type(self), (self.what, self.why, self.now), self.__dict__


class UsageError(PosegamesError):
    """The command was called with words it does not know."""

    exit_code = 2


class SourceError(PosegamesError):
    """A camera, file, stream, tape or stage play cannot be opened or read."""


class ModelError(PosegamesError):
    """A model file is missing, damaged, or cannot be fetched."""


class EstimatorError(PosegamesError):
    """An estimator cannot be started or stopped working."""


class LevelError(PosegamesError):
    """A level cannot be played."""


class GestureError(PosegamesError):
    """A gesture cannot be taught, or its file cannot be used."""


class WindowError(PosegamesError):
    """There is no screen to open a window on."""


def did_you_mean(word: str, known: list[str]) -> str:
    """Return a sentence naming the nearest spelling, or all that is known."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
