"""The table of model files: what they are, what they must be, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from posegames.errors import UsageError, did_you_mean

PUBLISHER = "https://storage.googleapis.com/mediapipe-assets/"
"""Where the publisher keeps the nets (MediaPipe's own `third_party/external_files.bzl`, with their sha256)."""

MOST_BYTES = 64 << 20
"""No model file may be larger; the heavy landmark net, the largest, has some 28 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model file."""

    name: str
    what: str
    """A few words for the list."""
    sha256: str
    licence: str = "Apache-2.0"
    size: int | None = None
    """Bytes; None where the publisher does not say (`MOST_BYTES` holds anyway, and the sha256 decides)."""
    member: str | None = None
    """Path inside the publisher's older wheel; None for nets that are not in it."""

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.name}.tflite"

    @property
    def url(self) -> str:
        """The publisher's own address."""
        return PUBLISHER + self.file


_ROWS = (
    Model(
        name="pose_detection",
        what="finds people in a picture",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        size=2_959_046,
        member="mediapipe/modules/pose_detection/pose_detection.tflite",
    ),
    Model(
        name="pose_landmark_full",
        what="finds one person's 33 joints",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        size=6_440_512,
        member="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
    ),
    Model(
        name="pose_landmark_lite",
        what="the same, faster and rougher",
        sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    ),
    Model(
        name="pose_landmark_heavy",
        what="the same, slower and finer",
        sha256="59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
    ),
)

MODELS = MappingProxyType({row.name: row for row in _ROWS})
"""Every model by name."""

NEEDED = ("pose_detection", "pose_landmark_full")
"""What playing needs; the others are for those who ask for them."""


def find_model(name: str) -> Model:
    """Return the row called `name` (its file name does as well). Raises UsageError for any other."""
    model = MODELS.get(name.removesuffix(".tflite"))
    if model is None:
        raise UsageError(f"There is no model called {name!r}.", now=did_you_mean(name, list(MODELS)))
    return model
