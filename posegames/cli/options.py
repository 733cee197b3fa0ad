"""Values that several commands take."""

from __future__ import annotations

import math

import click


def seconds(value: str) -> float:
    """Return a length of time above zero; FloatRange would let NaN through, which is in and out of every range."""
    try:
        length = float(value)
    except ValueError:
        length = math.nan
    if not 0 < length < math.inf:
        raise click.BadParameter(f"{value!r} is no number of seconds above zero.")
    return length
