"""What a body hides of those behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.pose import Floats
from posegames.seeing.stage.figure import HEAD, NECK, PELVIS

_SOLIDS: tuple[tuple[int, int, float], ...] = (
    # from, to, half as thick in body heights; a little less than is drawn: a joint at the rim is still seen
    (HEAD, HEAD, 0.060), (NECK, PELVIS, 0.075), (NECK, HEAD, 0.03),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, 0.026), (Joint.LEFT_ELBOW, Joint.LEFT_WRIST, 0.02),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, 0.026), (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, 0.02),
    (Joint.LEFT_HIP, Joint.LEFT_KNEE, 0.042), (Joint.LEFT_KNEE, Joint.LEFT_ANKLE, 0.028),
    (Joint.RIGHT_HIP, Joint.RIGHT_KNEE, 0.042), (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE, 0.028),
)  # fmt: skip
_FROM = [row[0] for row in _SOLIDS]
_TO = [row[1] for row in _SOLIDS]
_THICK = np.array([row[2] for row in _SOLIDS])
_THICKEST = 1.001 * max(row[2] for row in _SOLIDS)


def covered(xy: Floats, body: Floats, scale: float) -> NDArray[np.bool_]:
    """Return which of the points `xy` (n, 2) the nearer `body` (points, 2) hides; `scale` is its body height."""
    reach = _THICKEST * scale
    if xy[:, 0].min() > body[:, 0].max() + reach or xy[:, 0].max() < body[:, 0].min() - reach:
        return np.zeros(len(xy), dtype=np.bool_)  # side by side, as most stand most of the time
    start, way = body[_FROM], body[_TO] - body[_FROM]
    apart = xy[:, None] - start
    share = (apart * way).sum(axis=2) / np.maximum((way * way).sum(axis=1), 1e-12)
    apart -= np.clip(share, 0, 1)[..., None] * way
    hidden: NDArray[np.bool_] = ((apart * apart).sum(axis=2) < (_THICK * scale) ** 2).any(axis=1)
    return hidden
