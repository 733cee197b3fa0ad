"""What a run was asked for, as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Effort = Literal["auto", "high", "low"]
"""How hard the eyes work: as hard as there is time for, as hard as they can, or as little."""

Sensitivity = Literal["low", "medium", "high"]
"""How little of a motion is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of `posegames play`, checked by the command line before they come here."""

    scene: str | None = None
    """Name of the scene to start with; None opens the menu."""
    level: str | None = None
    """Name or path of the level to play; None is the scene's first."""
    levels: Path | None = None
    """A folder of levels, on top of the shipped ones and the user's own."""
    source: str | None = None
    """As `--source` takes it; None is the camera, or the stage where no camera answers."""
    stage: str | None = None
    """The play the stage gives, where `source` names none; None is the stage's own choice."""
    players: int = 4
    """Most players at once, 1 to 6."""
    estimator: str = "blazepose"
    model: Path | None = None
    """A model file (or folder of files) to use instead of the store's."""
    estimator_options: tuple[str, ...] = ()
    """Options of the estimator, NAME=VALUE each."""
    effort: Effort = "auto"
    smoothing: str = "balanced"
    """A name of `posegames.body.smooth.PRESETS`: how calm bodies are, and how quick."""
    profile: str = "standing"
    """A name of `posegames.gestures.tuning.profiles.PROFILES`: with what everybody plays."""
    sensitivity: Sensitivity = "medium"
    language: str | None = None
    """A code of `posegames.language.LANGUAGES`; None is what players have set, else the system's."""
    metrics: int | None = None
    """The port on this machine where figures are served for monitoring; None serves none."""
    learns: bool = False
    """Whether it is learnt silently how far each player gets."""
    seconds: float | None = None
    """Stop after this long; None plays until the player leaves."""
    headless: bool = False
    fullscreen: bool = False
    mute: bool = False
    record: Path | None = None
    """Write what the window shows to this MP4."""
    shots: Path | None = None
    """Save a picture of the window to this folder every two seconds."""
    stats: Path | None = None
    """Write the run's figures to this JSON file."""
    seed: int = 0
    """Seed of everything drawn by lot."""
