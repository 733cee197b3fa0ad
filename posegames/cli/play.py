"""`posegames play`: the main job."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast, get_args

import click

from posegames.cli.options import adjusted, ask_consent, tuned
from posegames.cli.options import seconds as length
from posegames.errors import UsageError
from posegames.settings import Effort, Sensitivity, Settings

_SLOW = "pkg_resources"

EXAMPLES = """\b
Examples:
  posegames play
  posegames play mirror --source stage --players 3
  posegames play match --level robots
  posegames play tag --profile seated --sensitivity high
  posegames play --source squats.mp4 --record me.mp4
"""


def _folder(_context: click.Context, _option: click.Parameter, folder: Path | None) -> Path | None:
    """Make the folder pictures go to now, so that a wrong name is said before a game, not after it."""
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"The folder {folder} cannot be made.", f"({error.strerror})") from error
    return folder


def _writable(_context: click.Context, _option: click.Parameter, file: Path | None) -> Path | None:
    if file is not None and not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent} to write {file.name} into.", now="Make it first.")
    return file


def _known(_context: click.Context, _option: click.Parameter, name: str) -> str:
    from posegames.body.smooth import find_smoothing

    return find_smoothing(name).name


@contextmanager
def _quickly() -> Iterator[None]:
    """Import without what only costs time.

    Nothing that is imported is garbage, and the collector would look at it again and again: a tenth of the time.
    pygame 2.6 looks for setuptools' pkg_resources, to find a font that is not used here: half of its import.
    """
    collects, modules = gc.isenabled(), cast("dict[str, Any]", sys.modules)
    gc.disable()
    # None says "not installed" to whoever imports it.
    hidden = modules.setdefault(_SLOW, None) is None
    try:
        yield
    finally:
        if hidden:
            del modules[_SLOW]
        if collects:
            gc.enable()


@click.command(epilog=EXAMPLES)
@click.argument("scene", required=False)
@click.option("--source", help="camera, camera:1, a video or picture, http://..., FILE.tape, stage[:PLAY].")
@click.option("--level", help="Level to play: a name of `posegames levels list`, or a file.  [default: the first]")
@click.option(
    "--levels",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of levels, besides those that are there.",
)
@click.option("--players", default=4, show_default=True, type=click.IntRange(1, 6), help="Most players at once.")
@click.option("--estimator", default="blazepose", show_default=True, help="What finds the bodies.")
@click.option("--model", type=click.Path(path_type=Path), help="A model file, or a folder of them, of your own.")
@adjusted
@click.option(
    "--effort",
    type=click.Choice(get_args(Effort)),
    default="auto",
    show_default=True,
    help="How hard the eyes work; auto: as there is time.",
)
@click.option(
    "--smoothing",
    default="balanced",
    show_default=True,
    callback=_known,
    metavar="NAME",
    help="How bodies are smoothed: calm, balanced or fast (A compares them in the mirror).",
)
@tuned
@click.option("--learn", "learns", is_flag=True, help="Learn from each player how far they get, and ask for less.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "de", "es"]),
    help="The language to speak.  [default: as set in the game, else the system's]",
)
@click.option("--seconds", type=length, metavar="SECONDS", help="Stop after this long.")
@click.option("--headless", is_flag=True, help="Play without a window.")
@click.option("--fullscreen", is_flag=True, help="Fill the screen (F11 switches).")
@click.option("--mute", is_flag=True, help="No sound (M switches).")
@click.option("--record", type=click.Path(path_type=Path), callback=_writable, help="Film the window to this MP4.")
@click.option(
    "--shots", type=click.Path(path_type=Path), callback=_folder, help="Save a picture every two seconds here."
)
@click.option("--stats", type=click.Path(path_type=Path), callback=_writable, help="Write figures to this JSON.")
@click.option(
    "--metrics",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Serve figures to Prometheus on this port, to this computer only.",
)
@click.option("--seed", default=0, show_default=True, help="Seed of everything drawn by lot.")
def play(
    *,
    scene: str | None,
    source: str | None,
    level: str | None,
    levels: Path | None,
    players: int,
    estimator: str,
    model: Path | None,
    estimator_options: tuple[str, ...],
    effort: Effort,
    smoothing: str,
    profile: str,
    sensitivity: Sensitivity,
    learns: bool,
    language: str | None,
    seconds: float | None,
    headless: bool,
    fullscreen: bool,
    mute: bool,
    record: Path | None,
    shots: Path | None,
    stats: Path | None,
    metrics: int | None,
    seed: int,
) -> None:
    """Play SCENE, or choose one in the menu, with whoever stands before the camera.

    Nothing that the camera sees leaves this computer. Esc leaves, H shows how fast it runs.
    """
    from posegames.timing import SystemClock

    ask_consent(estimator)
    settings = Settings(
        scene=scene,
        source=source,
        level=level,
        levels=levels,
        players=players,
        estimator=estimator,
        model=model,
        estimator_options=estimator_options,
        effort=effort,
        smoothing=smoothing,
        profile=profile,
        sensitivity=sensitivity,
        learns=learns,
        language=language,
        seconds=seconds,
        headless=headless,
        fullscreen=fullscreen,
        mute=mute,
        record=record,
        shots=shots,
        stats=stats,
        metrics=metrics,
        seed=seed,
    )
    with _quickly():
        _refuse_unknown(settings)
        from posegames.engine.curtain import raise_curtain
    with raise_curtain(settings, SystemClock()) as curtain:
        with _quickly():
            from posegames.app import run
        run(settings, curtain, say=lambda sentence: click.echo(sentence, err=True))


def _refuse_unknown(settings: Settings) -> None:
    """Raise what is wrong with the scene or the level asked for, before there is a window."""
    if settings.level is not None:
        from posegames.app import opening

        opening(settings)
    elif settings.scene is not None:
        from posegames.scenes import find_scene

        find_scene(settings.scene)
