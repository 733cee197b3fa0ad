"""MediaPipe's PoseLandmarker: the reference to measure against, and the choice where LiteRT has no wheel."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np

from posegames.body.joints import COUNT
from posegames.body.pose import Pose
from posegames.errors import EstimatorError
from posegames.seeing.estimators.consent import require_consent
from posegames.seeing.estimators.sanitise import RawPose, sanitise
from posegames.seeing.quiet import native_log_silenced
from posegames.seeing.sighting import Frame


class MediaPipe:
    """PoseLandmarker in VIDEO mode (see `Estimator`): up to `most` people, without identity or order."""

    name = "mediapipe"

    def __init__(self, bundle: Path, *, most: int = 4) -> None:
        """Use this .task file."""
        self._bundle, self._most = bundle, most
        self._last = -1
        self._landmarker: Any = None

    def __enter__(self) -> Self:
        """Load the model. Raises EstimatorError, also where the user has not accepted its metrics."""
        require_consent(self.name)
        self._landmarker = self._load()
        return self

    def _load(self) -> Any:
        try:
            with native_log_silenced():
                # 0.5-1.2 s and 127 MB: only for who chooses it.
                from mediapipe.tasks.python import BaseOptions, vision

                options = vision.PoseLandmarkerOptions(
                    base_options=BaseOptions(model_asset_buffer=self._bundle.read_bytes()),
                    running_mode=vision.RunningMode.VIDEO,
                    num_poses=self._most,
                    # This "confidence" is the overlap at which two regions are one person: at the default of .5
                    # people side by side are merged.
                    min_tracking_confidence=0.7,
                )
                return vision.PoseLandmarker.create_from_options(options)
        except ImportError as error:
            raise EstimatorError(
                "mediapipe is not installed.",
                f"({error})",
                "Try: pip install mediapipe, or --estimator blazepose.",
            ) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise EstimatorError(
                f"PoseLandmarker did not start with {self._bundle}.",
                f"It says: {error}",
                "Try: posegames models check",
            ) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the landmarker."""
        if self._landmarker is not None:
            self._landmarker.close()
            self._landmarker = None

    def forget(self) -> None:
        """Start afresh: PoseLandmarker has no other way to let go of the people it follows."""
        if self._landmarker is not None:
            self._landmarker.close()
            self._landmarker = self._load()

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        """Return the people in `frame`, in no order."""
        if self._landmarker is None:
            # After close() PoseLandmarker returns empty results, without an error.
            raise EstimatorError("PoseLandmarker is closed.")
        import mediapipe

        first, self._last = self._last < 0, max(self._last + 1, int(frame.time * 1000))  # else it refuses
        rgb = cv2.cvtColor(frame.picture, cv2.COLOR_BGR2RGB)
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        with native_log_silenced() if first else nullcontext():
            result = self._landmarker.detect_for_video(image, self._last)
        height, width = frame.picture.shape[:2]
        poses = (
            sanitise(_raw(points, world, width, height), width, height)
            for points, world in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
        )
        return tuple(pose for pose in poses if pose is not None)


def _raw(points: Any, world: Any, width: int, height: int) -> RawPose:
    values = np.array([(p.x, p.y, p.z, p.visibility, p.presence) for p in points[:COUNT]], dtype=np.float32)
    confidence = values[:, 3:5].min(axis=1)
    return RawPose(
        xy=values[:, :2] * np.array([width, height], dtype=np.float32),
        confidence=confidence,
        z=values[:, 2] * np.float32(width),
        world=np.array([(p.x, p.y, p.z) for p in world[:COUNT]], dtype=np.float32),
        score=float(confidence.mean()),
    )
