"""What pydantic and the files themselves find wrong, in words a player can do something with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from posegames.engine.levels.form import FORMS, PARTS, Form
from posegames.engine.levels.level import Fault
from posegames.engine.levels.values import REFUSED, clean, shown
from posegames.errors import did_you_mean

MOST = 20
"""Faults of a file that are told one by one."""

Table = dict[str, Any]
"""A table of a TOML file."""


def capped(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the first of `faults`, each once, and how many more there are."""
    once = tuple(dict.fromkeys(faults))
    if len(once) <= MOST:
        return once
    return (*once[:MOST], Fault("", f"and {len(once) - MOST} more"))


def in_words(error: ValidationError, table: Table, scene: str) -> Iterator[Fault]:
    """Yield what `error` found in `table`, a level of `scene`."""
    for detail in error.errors(include_url=False):
        yield Fault(where(table, *detail["loc"]), _what(detail, scene))


def where(table: Table, *steps: int | str) -> str:
    """Return a place in `table` as a player counts: `pose 3 (Tree), left_arm`."""
    words: list[str] = []
    at: Any = table
    for step in steps:
        at = _into(at, step)
        if isinstance(step, int):
            name = _into(at, "name") or _into(at, "again")
            words[-1] += f" {step + 1}" + (f" ({clean(name, 16)})" if isinstance(name, str) else "")
        else:
            words.append(clean(step, 30))
    return ", ".join(words)


def _into(at: Any, step: int | str) -> Any:
    if isinstance(at, dict):
        return at.get(step)
    return at[step] if isinstance(at, list) and isinstance(step, int) and step < len(at) else None


def _what(detail: ErrorDetails, scene: str) -> str:
    *path, key = detail["loc"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case kind if kind == REFUSED:
            what = detail["msg"]
        case "extra_forbidden":
            form: type[Form] = PARTS[str(path[0])] if path else FORMS[scene]
            what = f"is no key here. {did_you_mean(clean(str(key), 30), list(form.model_fields))}".rstrip(".")
        case "missing":
            what = "is missing"
        case "too_long":
            what = f"there are {context['actual_length']}; at most {context['max_length']} are allowed"
        case "too_short":
            what = "there are none; at least one is needed"
        case _:  # no list, or no table in it
            what = f"is {shown(detail['input'])}; tables headed [[{path[0] if path else key}]] are allowed"
    return what
