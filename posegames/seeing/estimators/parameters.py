"""The options of an estimator, from NAME=VALUE to its own frozen dataclass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from posegames.errors import UsageError, did_you_mean

T = TypeVar("T")

_TRUTHS = MappingProxyType({"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False})


def _truth(word: str) -> bool:
    if word.lower() not in _TRUTHS:
        raise ValueError
    return _TRUTHS[word.lower()]


_READERS: Mapping[Any, tuple[Callable[[str], Any], str]] = MappingProxyType(
    {
        bool: (_truth, "true or false"),
        int: (int, "a whole number"),
        float: (float, "a number"),
        str: (str, "a word"),
    }
)
"""By type: what reads it, and what it is called."""


def chosen(kind: type[T], words: Iterable[str], name: str) -> T:
    """Return `kind` (a dataclass of options, all with defaults) with what `words` say: "NAME=VALUE" each.

    Names may be written with hyphens. Raises UsageError for a name it does not have and for a value that is
    none; `name` is the estimator's, for the message. `kind` itself refuses values out of range by a ValueError.
    """
    types = get_type_hints(kind)
    values: dict[str, Any] = {}
    for word in words:
        option, equals, text = word.partition("=")
        key = option.strip().replace("-", "_")
        if not equals:
            raise UsageError(f"The option {word!r} has no value.", now=f"Say: {option or 'NAME'}=VALUE")
        if key not in types:
            now = did_you_mean(key, [field.name for field in fields(kind)])  # type: ignore[arg-type]
            raise UsageError(f"The estimator {name!r} has no option {option!r}.", now=now)
        values[key] = _read(key, types[key], text.strip())
    try:
        return kind(**values)
    except ValueError as error:
        raise UsageError(f"The estimator {name!r} cannot work so.", str(error)) from error


def _read(option: str, kind: Any, text: str) -> Any:
    """Return the value that `text` is for an option of type `kind`. Raises UsageError."""
    if get_origin(kind) is Literal:
        known = {str(value): value for value in get_args(kind)}
        if text not in known:
            raise UsageError(f"{option} cannot be {text!r}.", now=f"It is one of: {', '.join(known)}.")
        return known[text]
    read, what = _READERS[kind]
    try:
        return read(text)
    except ValueError:
        raise UsageError(f"{option} cannot be {text!r}.", f"It must be {what}.") from None
