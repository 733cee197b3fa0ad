"""What several commands take and ask."""

from __future__ import annotations

import math
import sys

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


def ask_consent(estimator: str | None) -> None:
    """Tell what choosing `mediapipe` means, and ask once; scripts answer by the environment."""
    from posegames.seeing.estimators.consent import NOTICE, consent, consented

    if estimator != "mediapipe" or consented() or not sys.stdin.isatty():
        return  # where nobody has accepted, the estimator itself refuses
    click.echo(NOTICE)
    if click.confirm("Use it all the same?", default=False):
        consent()
