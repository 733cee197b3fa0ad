"""What players have set, as one frozen record; kept from run to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, get_args

from posegames.settings import Sensitivity

LONGEST = 2.0
"""The greatest number there can be among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What can be set on the screen; the table of `scenes/settings` says which values there are for each."""

    theme: str = "theatre"
    """A name of `posegames.engine.theme.THEMES`."""
    figure: str = "paper"
    """How bodies are drawn: a name of `posegames.engine.figures.STYLES`."""
    background: str = "stage"
    """What is behind them: a name of `posegames.engine.backdrops.BACKDROPS`."""
    still: bool = False
    """Reduced motion: nothing slides or sways, things fade."""
    effects: float = 0.8
    """Loudness of effects, 0..1."""
    music: float = 0.5
    """Loudness of music, 0..1."""
    dwell: float = 0.8
    """Seconds a hand stays to choose, .3 to 2."""
    language: str = ""
    """A code of `posegames.language.LANGUAGES`; empty is the system's."""
    tutorials: bool = True
    """Whether an actor shows a scene before it is played."""
    guidance: bool = True
    """Whether it is said where to stand."""
    camera: bool = False
    """Whether photos may show what the camera sees."""
    profile: str = ""
    """A name of `posegames.gestures.tuning.profiles.PROFILES`; empty is what the command line says."""
    sensitivity: Sensitivity | None = None
    """None is what the command line says."""

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Preferences:
        """Return what is kept in `data`; what is not understood (another version's, damaged) is as usual."""
        usual = cls()
        known: dict[str, Any] = {}
        for field in fields(cls):
            before = getattr(usual, field.name)
            value: Any = data.get(field.name)
            if isinstance(before, float):
                fits = type(value) in (int, float) and 0 <= value <= LONGEST
            elif field.name == "sensitivity":
                fits = value in get_args(Sensitivity)
            else:
                fits = type(value) is type(before)
            if fits:
                known[field.name] = value
        return cls(**known)
