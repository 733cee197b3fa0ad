"""PoseNet: single-pose and fast greedy multi-pose decoding, of a model file that the user brings."""

from posegames.seeing.estimators.posenet.estimator import OPTIONS, PoseNet, make

__all__ = ["OPTIONS", "PoseNet", "make"]
