"""YOLO-pose (Ultralytics: YOLOv8, YOLO11, YOLO26): everybody in one look, from an ONNX file of the user's."""

from posegames.seeing.estimators.yolo.estimator import OPTIONS, Yolo, make

__all__ = ["OPTIONS", "Yolo", "make"]
