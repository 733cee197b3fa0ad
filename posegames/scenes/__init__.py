"""Scenes, one a file; SCENES is the table of those that can be played, and plug-ins join it by entry point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from posegames.engine.scene import Scene, Setup
from posegames.errors import PosegamesError, UsageError, did_you_mean
from posegames.language import msg, tr

GROUP = "posegames.scenes"
"""Entry-point group: the name of a scene, and what is called, with a `Setup`, to make it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What an actor shows before a scene is played, in ten seconds."""

    play: str
    """What the actor does: the name of a play that ships with posegames."""
    lines: tuple[str, ...]
    """What is said meanwhile, an equal share of the time each; at most eight words, marked with `msg`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEntry:
    """One scene that can be played."""

    name: str
    title: str
    blurb: str
    make: Callable[[Setup], Scene]
    """Make it, from its beginning; imports it first."""
    levels: bool = False
    """Whether it plays levels: those of its name on the shelf."""
    stage: str | None = None
    """The play the built-in stage gives for it, where none is named."""
    lesson: Lesson | None = None
    """Its tutorial; None where it needs none."""
    broken: str = ""
    """Why it cannot be played; empty if it can."""


class SceneTable(Mapping[str, SceneEntry]):
    """Our own scenes and those of plug-ins. Plug-ins are imported when looked for, ours when they are made."""

    def __init__(
        self, ours: Iterable[SceneEntry], plugins: Callable[[], Iterable[EntryPoint]] = lambda: ()
    ) -> None:
        self._ours = {entry.name: entry for entry in ours}
        self._plugins = plugins

    @cached_property
    def _all(self) -> dict[str, SceneEntry]:
        """Everything there is; a plug-in cannot take the name of one of ours."""
        table = dict(self._ours)
        for point in sorted(self._plugins(), key=lambda point: point.name):
            if point.name not in table:
                table[point.name] = _plugged(point)
        return table

    def __getitem__(self, name: str) -> SceneEntry:
        return self._ours[name] if name in self._ours else self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def find(self, name: str | None) -> SceneEntry:
        """Return scene `name`; None is the first of ours. Raises UsageError with the nearest spelling."""
        if name is None:
            return next(iter(self._ours.values()))
        try:
            return self[name]
        except KeyError:
            raise UsageError(f"There is no scene {name!r}.", now=did_you_mean(name, [*self])) from None


def _ours(
    name: str,
    title: str,
    blurb: str,
    factory: str,
    *,
    lesson: Lesson,
    levels: bool = False,
    stage: str | None = None,
) -> SceneEntry:
    """Return an entry whose `factory`, 'module:name', is imported when the scene is made."""

    def make(setup: Setup) -> Scene:
        module, _, attribute = factory.partition(":")
        scene: Scene = getattr(import_module(module), attribute)(setup)
        return scene

    return SceneEntry(name=name, title=title, blurb=blurb, make=make, levels=levels, stage=stage, lesson=lesson)


def _plugged(point: EntryPoint) -> SceneEntry:
    title = point.name.replace("_", " ").replace("-", " ").capitalize()
    try:
        factory = point.load()
        reason = "" if callable(factory) else f"{point.value} cannot be called"
    except Exception as error:  # noqa: BLE001 - somebody else's code may raise anything; it must not stop ours
        factory, reason = None, f"{type(error).__name__}: {error}"
    if reason:
        return SceneEntry(name=point.name, title=title, blurb="", make=_refusal(point.name, reason), broken=reason)
    blurb = (factory.__doc__ or "").strip().partition("\n")[0]
    return SceneEntry(name=point.name, title=title, blurb=blurb, make=factory)


def _refusal(name: str, reason: str) -> Callable[[Setup], Scene]:
    def make(_setup: Setup) -> Scene:
        raise PosegamesError(
            tr("The scene {name!r} cannot be played.").format(name=name),
            tr("Its package failed to load ({reason}).").format(reason=reason),
            tr("Update that package, or uninstall it."),
        )

    return make


SCENES = SceneTable(
    (
        _ours(
            "mirror",
            msg("Mirror"),
            msg("See yourself, and what the camera makes of you."),
            "posegames.scenes.mirror:Mirror",
            lesson=Lesson(
                play="learn_mirror",
                lines=(msg("Move, and see yourself move"), msg("Raise your hands for sparks")),
            ),
        ),
        _ours(
            "match",
            msg("Match"),
            msg("Strike the pose before the time is up."),
            "posegames.scenes.match.scene:Match",
            lesson=Lesson(
                play="learn_match",
                lines=(
                    msg("Copy the outline with your body"),
                    msg("Hold still until the ring is full"),
                    msg("Cross your arms to pause"),
                ),
            ),
            levels=True,
            stage="poses",
        ),
        _ours(
            "tag",
            msg("Tag"),
            msg("Run, dash and hide: don't be It."),
            "posegames.scenes.tag.scene:Tag",
            lesson=Lesson(
                play="learn_tag",
                lines=(
                    msg("Lean or step to run"),
                    msg("Jump to dash, duck to hide"),
                    msg("Touch others when you are It"),
                ),
            ),
            levels=True,
            stage="tag",
        ),
    ),
    plugins=lambda: entry_points(group=GROUP),
)
"""What can be played; the first is played when none is named."""

find_scene = SCENES.find
