"""The table of what can be set: pages of rows, each a field of `Preferences`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from posegames.engine.backdrops import BACKDROPS
from posegames.engine.choosing.chooser import DWELL, LONGEST, SHORTEST
from posegames.engine.choosing.controls import Choice, Control, Slider, Toggle
from posegames.engine.figures import STYLES
from posegames.engine.theme import THEMES
from posegames.engine.view import Rect
from posegames.gestures.tuning.profiles import PROFILES
from posegames.gestures.tuning.sensitivity import STEPS
from posegames.language import LANGUAGES, figures, msg, tr
from posegames.preferences import Preferences


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Something on or off."""

    field: str
    label: str

    def control(self, preferences: Preferences, rect: Rect) -> Control:
        """Return it as it is set."""
        value = getattr(preferences, self.field)
        return Toggle(key=self.field, rect=rect, label=tr(self.label), value=value)

    def value(self, control: Control) -> Any:
        """Return what `control` has been set to."""
        return control.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One of several values; of one there is none of, the first is shown."""

    field: str
    label: str
    titles: Mapping[Any, str]
    """What each value is called, before it is translated."""
    plain: bool = False
    """Whether they are called the same in every language."""

    def control(self, preferences: Preferences, rect: Rect) -> Control:
        """Return it as it is set."""
        values, value = [*self.titles], getattr(preferences, self.field)
        names = tuple(self._name(known, title) for known, title in self.titles.items())
        at = values.index(value) if value in values else 0
        return Choice(key=self.field, rect=rect, label=tr(self.label), names=names, value=at)

    def value(self, control: Control) -> Any:
        """Return what `control` has been set to."""
        return [*self.titles][int(control.value)]

    def _name(self, value: Any, title: str) -> str:
        if self.plain and value:
            return title
        return tr(title).format(seconds=figures(value, 1)) if isinstance(value, float) else tr(title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of something, 0..1."""

    field: str
    label: str

    def control(self, preferences: Preferences, rect: Rect) -> Control:
        """Return it as it is set."""
        value = getattr(preferences, self.field)
        return Slider(key=self.field, rect=rect, label=tr(self.label), value=value)

    def value(self, control: Control) -> Any:
        """Return what `control` has been set to."""
        return control.value


Row = Switch | Pick | Share


def changed(preferences: Preferences, row: Row, control: Control) -> Preferences:
    """Return `preferences` with what `control`, of that row, has been set to."""
    change: dict[str, Any] = {row.field: row.value(control)}
    return replace(preferences, **change)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def _titles(values: Mapping[Any, Any], title: Callable[[Any], str] = lambda row: row.title) -> Mapping[Any, str]:
    return MappingProxyType({name: title(row) for name, row in values.items()})


def _usual(titles: Mapping[Any, str], usual: Any, title: str) -> Mapping[Any, str]:
    return MappingProxyType({usual: title} | dict(titles))


_THEMES = MappingProxyType(
    {"theatre": msg("Theatre"), "high-contrast": msg("High contrast"), "paper": msg("Day")}
)  # fmt: skip
_PROFILES = MappingProxyType(
    {
        "standing": msg("Standing"), "seated": msg("Seated"), "left-arm": msg("Left arm only"),
        "right-arm": msg("Right arm only"), "upper-body": msg("Upper body"), "small-range": msg("Small motions"),
    }
)  # fmt: skip
_SENSITIVITY = MappingProxyType({"low": msg("Low"), "medium": msg("Medium"), "high": msg("High")})
_SECONDS = (SHORTEST, 0.5, DWELL, 1.0, 1.5, LONGEST)


def _called(known: Mapping[str, str], names: Iterable[str]) -> Mapping[str, str]:
    """Return what each of `names` is called; one that is not known yet, by its name."""
    return MappingProxyType({name: known.get(name, name.replace("-", " ").capitalize()) for name in names})


PAGES: tuple[Page, ...] = (
    Page(
        msg("Looks"),
        (
            Pick(field="theme", label=msg("Colours"), titles=_called(_THEMES, THEMES)),
            Pick(field="figure", label=msg("Figures"), titles=_titles(STYLES)),
            Pick(field="background", label=msg("Background"), titles=_titles(BACKDROPS)),
            Switch(field="still", label=msg("Reduced motion")),
        ),
    ),
    Page(
        msg("Sound and language"),
        (
            Share(field="effects", label=msg("Effects")),
            Share(field="music", label=msg("Music")),
            Pick(
                field="language",
                label=msg("Language"),
                titles=_usual(LANGUAGES, "", msg("Automatic")),
                plain=True,
            ),
        ),
    ),
    Page(
        msg("Playing"),
        (
            Pick(
                field="profile",
                label=msg("How you play"),
                titles=_usual(_called(_PROFILES, PROFILES), "", msg("As usual")),
            ),
            Pick(
                field="sensitivity",
                label=msg("Sensitivity"),
                titles=_usual(_called(_SENSITIVITY, STEPS), None, msg("As usual")),
            ),
            Pick(
                field="dwell",
                label=msg("A hand stays to choose"),
                titles=MappingProxyType(dict.fromkeys(_SECONDS, msg("{seconds} s"))),
            ),
        ),
    ),
    Page(
        msg("Help and photos"),
        (
            Switch(field="tutorials", label=msg("Show how before a game")),
            Switch(field="guidance", label=msg("Say where to stand")),
            Switch(field="camera", label=msg("Camera picture in photos")),
        ),
    ),
)
"""All of them, page by page."""
