"""BlazePose's ways of working, from the finest to the lightest: which landmark net, how often it looks around.

What else could be traded was tried and buys nothing: a smaller picture (both nets see squares of 224 and 256
pixels whatever it has; PoseLandmarker, too, took as long), looking at no squares (it looks no oftener for them),
the landmark net without heat maps (8 %), following half of the people in each frame (nobody is seen oftener).
"""

from __future__ import annotations

from dataclasses import dataclass

from posegames.seeing.estimators.base import Effort


@dataclass(frozen=True, slots=True)
class Way(Effort):
    """A way of working."""

    net: str
    """The landmark net."""
    pause: float
    """Times longer than usual between two looks for people: so much later is found who comes in, or was lost."""


USUAL = "full"
"""The way, and the net, that is there whenever there is any."""
WAYS = (
    Way("fine", 4.5, net="heavy", pause=1),
    Way(USUAL, 1.0, net=USUAL, pause=1),
    Way("lean", 0.88, net=USUAL, pause=3),
    Way("light", 0.36, net="lite", pause=3),
)
"""All of them. What `lean` costs was measured at 15 frames a second, where a machine is at its limits: .80 with
one person, .92 with two or four. What the nets cost is their publisher's word (model card of BlazePose GHUM: 44,
18 and 4 frames a second for lite, full and heavy, on a telephone's processor)."""
