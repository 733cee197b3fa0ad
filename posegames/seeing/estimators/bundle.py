"""The two nets as the `.task` file that MediaPipe's PoseLandmarker reads."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from posegames.errors import ModelError
from posegames.files import kept
from posegames.seeing.estimators.tflite import pack, unpack

EDIT = 1
"""Counts changes of what is written: files of an older one are left alone and new ones made."""

PIXEL_MEAN, PIXEL_STD = 0.0, 255.0
"""The landmark net takes pixels as (p - mean) / std (algorithms of MediaPipe: 0..1)."""


def bundle(detector: Path, landmarks: Path, *, folder: Path) -> Path:
    """Return both nets as one `.task` file, made once and kept in `folder`.

    Raises ModelError if `landmarks` is no TFLite model or `folder` cannot be written.
    """
    try:
        parts = [detector.read_bytes(), landmarks.read_bytes()]
        return kept(folder, f"pose-landmarker-{EDIT}", ".task", of=parts, make=lambda: bundled(*parts))
    except OSError as error:
        raise ModelError(
            f"PoseLandmarker's model file cannot be made in {folder}.",
            f"({error.strerror or error})",
            "Make room or allow writing there, or set POSEGAMES_CACHE to another folder.",
        ) from error


def bundled(detector: bytes, landmarks: bytes) -> bytes:
    """Return the `.task` of both nets: a zip, stored. Raises ModelError if `landmarks` is no TFLite model."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (
            ("pose_detector.tflite", detector),
            ("pose_landmarks_detector.tflite", with_metadata(landmarks)),
        ):
            # A fixed date: the same nets make the same file.
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content)
    return file.getvalue()


def with_metadata(landmarks: bytes) -> bytes:
    """Return the landmark net with the metadata PoseLandmarker asks for: one RGB picture in, scaled to 0..1."""
    from mediapipe.tasks.metadata import schema_py_generated as schema  # a second, once after a fetch

    net = unpack(landmarks, schema)
    buffer = schema.BufferT()
    buffer.data = list(_metadata())
    net.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name = "TFLITE_METADATA"
    entry.buffer = len(net.buffers) - 1
    net.metadata = [*(net.metadata or []), entry]
    return pack(net)


def _metadata() -> bytes:
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as schema

    normalisation = schema.NormalizationOptionsT()
    normalisation.mean, normalisation.std = [PIXEL_MEAN], [PIXEL_STD]
    step = schema.ProcessUnitT()
    step.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    step.options = normalisation
    colours = schema.ImagePropertiesT()
    colours.colorSpace = schema.ColorSpaceType.RGB
    content = schema.ContentT()
    content.contentPropertiesType = schema.ContentProperties.ImageProperties
    content.contentProperties = colours
    picture = schema.TensorMetadataT()
    picture.name, picture.content, picture.processUnits = "image", content, [step]
    graph = schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [picture]
    model = schema.ModelMetadataT()
    model.name, model.subgraphMetadata = "pose landmarks", [graph]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"M001")
    return bytes(builder.Output())
