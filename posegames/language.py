"""What players read, in their language. Texts are written in English and looked up where they are shown.

    canvas.text(tr("Choose a scene"), ...)
    trn("{count} pose", "{count} poses", count).format(count=count)
    TITLES = {"again": msg("Again")}      # a table: marked here, looked up with tr() where it is shown

Babel finds texts by these three names; `assets/locale` has the translations.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations
from types import MappingProxyType

from posegames.errors import UsageError, did_you_mean
from posegames.resources import shipped

DOMAIN = "posegames"
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "de": "Deutsch", "es": "Español"})
"""What each language calls itself, by its code."""

COMMA = frozenset({"de", "es"})
"""Languages that write a comma before decimals, and a point between thousands (Unicode CLDR)."""

_COMMAS = str.maketrans(",.", ".,")
_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039 - it has no state


def tr(text: str) -> str:
    """Return `text` in the language spoken; as it is where there is no translation."""
    return _spoken.get().gettext(text) if text else text


def trn(one: str, many: str, count: int) -> str:
    """Return `one` or `many`, whichever the language spoken uses for `count`."""
    return _spoken.get().ngettext(one, many, count)


def msg(text: str) -> str:
    """Return `text` as it is: it is looked up later, with `tr`."""
    return text


def figures(value: float, digits: int = 0) -> str:
    """Return `value` with `digits` decimals, as the language spoken writes it: 9,210 or 9.210."""
    return f"{value:,.{digits}f}".translate(_COMMAS) if spoken() in COMMA else f"{value:,.{digits}f}"


def spoken() -> str:
    """Return the code of the language spoken."""
    return _spoken.get().info().get("language", "en")


def speak(name: str) -> None:
    """Speak the language `name` from now on. Raises UsageError for one there is none of."""
    if name not in LANGUAGES:
        raise UsageError(f"There is no language {name!r}.", now=did_you_mean(name, [*LANGUAGES]))
    path = shipped("assets") / "locale" / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if path.is_file():
        with path.open("rb") as file:
            _spoken.set(GNUTranslations(file))
    else:  # English needs none
        _spoken.set(NullTranslations())


def preferred(environment: Mapping[str, str]) -> str:
    """Return the language a system's environment asks for, as gettext reads it; English where it is not ours."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for locale in environment.get(variable, "").split(":"):
            if (code := locale[:2].lower()) in LANGUAGES:
                return code
    return "en"
