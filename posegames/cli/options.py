"""What several commands take and ask."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any, get_args

import click

from posegames.settings import Sensitivity


def seconds(value: str) -> float:
    """Return a length of time above zero; FloatRange would let NaN through, which is in and out of every range."""
    try:
        length = float(value)
    except ValueError:
        length = math.nan
    if not 0 < length < math.inf:
        raise click.BadParameter(f"{value!r} is no number of seconds above zero.")
    return length


def _profile(_context: click.Context, _option: click.Parameter, name: str) -> str:
    from posegames.gestures.tuning.profiles import find_profile

    return find_profile(name).name


def tuned(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--profile` and `--sensitivity`."""
    profile = click.option(
        "--profile",
        default="standing",
        show_default=True,
        callback=_profile,
        metavar="NAME",
        help="With what is played: standing, seated, upper-body, left-arm, right-arm or small-range.",
    )
    sensitivity = click.option(
        "--sensitivity",
        type=click.Choice(get_args(Sensitivity)),
        default="medium",
        show_default=True,
        help="How little of a motion is enough.",
    )
    return profile(sensitivity(command))


def adjusted(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--estimator-option`, which may be repeated."""
    return click.option(
        "--estimator-option",
        "estimator_options",
        multiple=True,
        metavar="NAME=VALUE",
        help="An option of the estimator by its name in the papers, such as output_stride=8; may be repeated.",
    )(command)


def ask_consent(estimator: str | None) -> None:
    """Tell once what this estimator asks of its user, and ask where that binds; the environment answers too."""
    from posegames.seeing.estimators.consent import TERMS, consent, consented

    if estimator is None or estimator not in TERMS or consented(estimator):
        return
    terms = TERMS[estimator]
    if terms.variable is None:
        click.echo(terms.notice, err=True)
        consent(estimator)
    elif sys.stdin.isatty():  # where nobody has accepted, the estimator itself refuses
        click.echo(terms.notice)
        if click.confirm("Use it all the same?", default=False):
            consent(estimator)
