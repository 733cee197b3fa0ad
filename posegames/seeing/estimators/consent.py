"""MediaPipe's own package reports how it is used; whoever chooses it is told, and asked once."""

from __future__ import annotations

import os

from posegames.errors import EstimatorError
from posegames.resources import cache_dir

VARIABLE = "POSEGAMES_MEDIAPIPE_METRICS"
"""Environment variable that answers for scripts: 'accept' or 'refuse'."""
NOTICE = (
    "The mediapipe estimator sends figures about its use (not pictures) to its publisher, Google, and has no "
    "switch to stop it. posegames' own estimator, blazepose, sends nothing."
)
_ACCEPTED = "mediapipe-metrics-accepted"


def consented() -> bool:
    """Whether the user has accepted, now by the environment or once before."""
    answer = os.environ.get(VARIABLE, "").lower()
    return answer == "accept" or (answer != "refuse" and (cache_dir() / _ACCEPTED).exists())


def consent() -> None:
    """Remember that the user has accepted."""
    cache_dir().mkdir(parents=True, exist_ok=True)
    (cache_dir() / _ACCEPTED).touch()


def require_consent() -> None:
    """Raise EstimatorError unless the user has accepted."""
    if not consented():
        raise EstimatorError(
            "The mediapipe estimator was not started.",
            NOTICE,
            f"To accept, set {VARIABLE}=accept; or leave --estimator out and play with blazepose.",
        )
