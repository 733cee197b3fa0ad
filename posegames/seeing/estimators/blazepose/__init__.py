"""BlazePose for several people, on LiteRT: a detector, a landmark net, and tracks that follow people."""

from posegames.seeing.estimators.blazepose.tracker import BlazePose

__all__ = ["BlazePose"]
