"""What whoever chooses an estimator must know: it is told once, and asked where it binds them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from types import MappingProxyType

from posegames.errors import EstimatorError
from posegames.resources import cache_dir
from posegames.seeing.estimators.families import FAMILIES


@dataclass(frozen=True, slots=True)
class Terms:
    """What one estimator asks of whoever uses it."""

    notice: str
    mark: str
    """The file in the cache that says that the user knows, or has accepted."""
    variable: str | None = None
    """Environment variable that answers for scripts, 'accept' or 'refuse'; None where nothing is asked."""


TERMS = MappingProxyType(
    {
        "mediapipe": Terms(
            "The mediapipe estimator sends figures about its use (not pictures) to its publisher, Google, and has "
            "no switch to stop it. posegames' own estimator, blazepose, sends nothing.",
            "mediapipe-metrics-accepted",
            "POSEGAMES_MEDIAPIPE_METRICS",
        )
    }
    | {
        name: Terms(
            family.notice,
            f"{name}-licence-accepted",
            None if family.free else f"POSEGAMES_{name.upper()}_LICENCE",
        )
        for name, family in FAMILIES.items()
    }
)
"""By the estimator's name; who is not here asks nothing."""


def consented(estimator: str) -> bool:
    """Whether the user knows the terms, and has accepted where they ask, now by the environment or once before."""
    if (terms := TERMS.get(estimator)) is None:
        return True
    answer = os.environ.get(terms.variable, "").lower() if terms.variable else ""
    return answer == "accept" or (answer != "refuse" and (cache_dir() / terms.mark).exists())


def consent(estimator: str) -> None:
    """Remember that the user knows the terms, and has accepted where they ask."""
    cache_dir().mkdir(parents=True, exist_ok=True)
    (cache_dir() / TERMS[estimator].mark).touch()


def require_consent(estimator: str) -> None:
    """Raise EstimatorError unless the user has accepted, where it is asked."""
    terms = TERMS.get(estimator)
    if terms is not None and terms.variable is not None and not consented(estimator):
        raise EstimatorError(
            f"The {estimator} estimator was not started.",
            terms.notice,
            f"To accept, set {terms.variable}=accept; or leave --estimator out and play with blazepose.",
        )
