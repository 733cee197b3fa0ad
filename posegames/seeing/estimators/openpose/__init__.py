"""OpenPose: heat maps of parts and fields of limbs, put together to people (Cao et al. 2017, arXiv:1611.08050)."""

from posegames.seeing.estimators.openpose.estimator import OpenPose, make
from posegames.seeing.estimators.openpose.options import OpenPoseOptions

OPTIONS = OpenPoseOptions

__all__ = ["OPTIONS", "OpenPose", "OpenPoseOptions", "make"]
