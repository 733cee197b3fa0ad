"""One TFLite net on LiteRT, one thread: numbers in, numbers out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from posegames.body.pose import Floats
from posegames.errors import EstimatorError, ModelError
from posegames.seeing.estimators.blazepose.region import Region
from posegames.seeing.quiet import native_log_silenced
from posegames.seeing.sighting import Picture


class Net:
    """An interpreter for a net with one square picture input; used by one thread at a time."""

    def __init__(self, model: Path, *, size: int, scale: float, shift: float, threads: int = 1) -> None:
        """Load `model`, to run on so many `threads`; pixels p (0..255) become p * `scale` + `shift`.

        Its input is one RGB picture of `size` x `size`. Raises ModelError for a file that is no such net,
        EstimatorError without LiteRT.
        """
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise EstimatorError(
                "LiteRT, which runs the pose nets, is not installed.",
                f"({error})",
                "Try: pip install ai-edge-litert, or choose --estimator mediapipe.",
            ) from error
        try:
            with native_log_silenced():
                self._net: Any = Interpreter(model_content=model.read_bytes(), num_threads=threads)
                self._net.allocate_tensors()
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                f"{model} cannot be used as a pose net.", f"LiteRT says: {error}", "Try: posegames models check"
            ) from error
        inputs = self._net.get_input_details()
        if len(inputs) != 1 or list(inputs[0]["shape"]) != [1, size, size, 3]:
            raise ModelError(
                f"{model} is not the net expected here.",
                f"It takes {[list(i['shape']) for i in inputs]}, not one {size}x{size} RGB picture.",
                "Try: posegames models check",
            )
        self._input = int(inputs[0]["index"])
        self._outputs = {
            tuple(int(n) for n in o["shape"]): int(o["index"]) for o in self._net.get_output_details()
        }
        self._scale, self._shift = np.float32(scale), np.float32(shift)
        self._size, self._model = size, model

    def output_index(self, *shape: int) -> int:
        """Return the handle of the output of this shape. Raises ModelError if the net has none."""
        if shape not in self._outputs:
            raise ModelError(
                f"{self._model} is not the net expected here.",
                f"It has no output of shape {shape}, only {sorted(self._outputs)}.",
                "Try: posegames models check",
            )
        return self._outputs[shape]

    def run(self, picture: Picture, region: Region, *, border: int) -> None:
        """Run the net on a region of a BGR picture; `border` is OpenCV's word for what lies beyond the picture."""
        crop = cv2.warpAffine(
            picture,
            region.sampling(self._size),
            (self._size, self._size),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=border,
        )
        rgb = cv2.cvtColor(crop, cv2.COLOR_BGR2RGB)
        # Written straight into the interpreter's memory; the view must be gone before invoke().
        view = self._net.tensor(self._input)()[0]
        np.multiply(rgb, self._scale, out=view, dtype=np.float32)
        if self._shift:
            view += self._shift
        del view
        self._net.invoke()

    def output(self, index: int) -> Floats:
        """Return a copy of an output of the last run, without its batch axis."""
        values: Floats = self._net.get_tensor(index)[0]
        return values
