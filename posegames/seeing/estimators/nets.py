"""Nets of any kind behind one call: numbers in, numbers out. The file's ending says which runtime runs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from posegames.errors import EstimatorError, ModelError
from posegames.seeing.cores import cores
from posegames.seeing.quiet import native_log_silenced

Numbers = NDArray[Any]

MOST_BYTES = 1 << 30
"""No model file may be larger."""


@dataclass(frozen=True, slots=True)
class Plug:
    """One input or output of a net."""

    name: str
    shape: tuple[int, ...]
    """-1 where any size will do; empty where the runtime does not tell."""
    dtype: str = "float32"


class Net(Protocol):
    """A loaded net; used by one thread at a time. It is gone when nobody refers to it."""

    inputs: tuple[Plug, ...]
    outputs: tuple[Plug, ...]

    def __call__(self, *arrays: Numbers) -> list[Numbers]:
        """Return a copy of all outputs, in the order of `outputs`, for the inputs in theirs.

        Raises EstimatorError if the net refuses what it is given, or fails.
        """


class _LiteRT:
    """A TFLite file."""

    def __init__(self, path: Path, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._path = path
        self._net: Any = Interpreter(model_content=path.read_bytes(), num_threads=threads)
        self._laid: list[tuple[int, ...]] = []
        # One of any size is laid out when its first picture comes: pooling fails on the pixel assumed till then.
        if not any(-1 in row["shape_signature"] for row in self._net.get_input_details()):
            self._net.allocate_tensors()
            self._laid = [tuple(int(n) for n in row["shape"]) for row in self._net.get_input_details()]
        self._look()

    def _look(self) -> None:
        """See what goes in and comes out, as it is laid out now."""
        into, out = self._net.get_input_details(), self._net.get_output_details()
        self.inputs = tuple(_plug(row, row["shape_signature"]) for row in into)
        self.outputs = tuple(_plug(row, row["shape"]) for row in out)
        self._into, self._out = ([int(row["index"]) for row in rows] for rows in (into, out))

    def __call__(self, *arrays: Numbers) -> list[Numbers]:
        try:
            if (shapes := [array.shape for array in arrays]) != self._laid:
                for index, shape in zip(self._into, shapes, strict=True):
                    self._net.resize_tensor_input(index, shape, strict=True)
                with native_log_silenced():
                    self._net.allocate_tensors()
                self._look()
                self._laid = shapes
            for index, array in zip(self._into, arrays, strict=True):
                self._net.set_tensor(index, array)
            self._net.invoke()
            return [self._net.get_tensor(index).copy() for index in self._out]
        except (ValueError, RuntimeError) as error:
            raise refused(self._path, error) from error


class _Onnx:
    """An ONNX file, on onnxruntime."""

    def __init__(self, path: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = threads, 4
        # From the file's bytes: nothing beside the file is read, whatever it refers to.
        self._net = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
        self._path = path
        self._errors: tuple[type[Exception], ...] = (*_onnx_errors(), ValueError, RuntimeError)
        self.inputs, self.outputs = (
            tuple(
                Plug(one.name, tuple(n if isinstance(n, int) else -1 for n in one.shape), _dtype(one.type))
                for one in ends
            )
            for ends in (self._net.get_inputs(), self._net.get_outputs())
        )

    def __call__(self, *arrays: Numbers) -> list[Numbers]:
        try:
            feed = {plug.name: array for plug, array in zip(self.inputs, arrays, strict=True)}
            return [np.asarray(output) for output in self._net.run(None, feed)]
        except self._errors as error:
            raise refused(self._path, error) from error


class _OpenCV:
    """A frozen TensorFlow graph (.pb), or ONNX where onnxruntime is not installed: on OpenCV's own engine.

    It takes pictures as (1, channels, height, width), whatever the file says.
    """

    def __init__(self, path: Path, threads: int) -> None:
        del threads  # OpenCV has one number of threads for all it does
        content = np.frombuffer(path.read_bytes(), dtype=np.uint8)
        read = cv2.dnn.readNetFromONNX if path.suffix.lower() == ".onnx" else cv2.dnn.readNetFromTensorflow
        self._path, self._net = path, read(content)
        self.inputs: tuple[Plug, ...] = (Plug("", ()),)
        self.outputs = tuple(Plug(name, ()) for name in self._net.getUnconnectedOutLayersNames())

    def __call__(self, *arrays: Numbers) -> list[Numbers]:
        try:
            (picture,) = arrays
            self._net.setInput(picture)
            return [np.array(out) for out in self._net.forward([plug.name for plug in self.outputs])]
        except (cv2.error, ValueError) as error:
            raise refused(self._path, error) from error


RUNTIMES = MappingProxyType(
    {
        ".tflite": ("ai-edge-litert", (_LiteRT,)),
        ".onnx": ("posegames[onnx]", (_Onnx, _OpenCV)),
        ".pb": ("opencv-contrib-python", (_OpenCV,)),
    }
)
"""By the ending of a file: what is to be installed to run it, and what runs it; the first that is there."""


def open_net(path: Path, *, threads: int | None = None) -> Net:
    """Load the net in the file `path`, to run on so many `threads`; None is half the cores, a game wants the rest.

    Raises ModelError for a file that is none, or cannot be read; EstimatorError without its runtime.
    """
    if (known := RUNTIMES.get(path.suffix.lower())) is None:
        raise ModelError(
            f"{path} is no model file.",
            f"Its name ends in {path.suffix or 'nothing'}, not in {', '.join(RUNTIMES)}.",
            "Give a file of one of these kinds.",
        )
    package, runtimes = known
    threads = threads or max(1, cores() // 2)
    missing: ImportError | None = None
    for runtime in runtimes:
        try:
            return _opened(runtime, path, threads)
        except ImportError as error:
            missing = error
    raise EstimatorError(
        f"What runs {path.suffix} files is not installed.", f"({missing})", f"Try: pip install {package}"
    ) from missing


def _opened(runtime: Callable[[Path, int], Net], path: Path, threads: int) -> Net:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ModelError(f"{path} cannot be read.", f"({error.strerror or error})", "Check --model.") from error
    if size > MOST_BYTES:
        raise ModelError(f"{path} is too large.", f"It has {size:,} bytes.", "Give another file.")
    try:
        with native_log_silenced():
            return runtime(path, threads)
    except ImportError:
        raise
    except Exception as error:  # each runtime has its own; they tell of a file that is no net
        raise ModelError(
            f"{path} cannot be used as a net.", _first_line(error), "Check that the download was complete."
        ) from error


def refused(path: Path, error: Exception) -> EstimatorError:
    """Return what to say when a loaded net fails."""
    return EstimatorError(f"The net {path} failed.", _first_line(error), "Is it a net for this estimator?")


def unfit(path: Path, expects: str, plugs: Sequence[Plug]) -> ModelError:
    """Return what to say of a net that is another than the one expected."""
    shapes = ", ".join(str(list(plug.shape)) for plug in plugs)
    return ModelError(
        f"{path} is not the net expected here.", f"It has {shapes}, not {expects}.", "Check --model."
    )


def _plug(row: dict[str, Any], shape: Sequence[int]) -> Plug:
    return Plug(str(row["name"]), tuple(int(n) for n in shape), np.dtype(row["dtype"]).name)


def _dtype(words: str) -> str:
    """Return numpy's name of an ONNX type, 'tensor(float)'."""
    name = words.removeprefix("tensor(").removesuffix(")")
    return {"float": "float32", "double": "float64"}.get(name, name)


def _onnx_errors() -> tuple[type[Exception], ...]:
    """Return what onnxruntime raises; none of it is a RuntimeError."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return tuple(getattr(state, name) for name in ("Fail", "InvalidArgument", "RuntimeException", "EPFail"))


def _first_line(error: Exception) -> str:
    return f"({(str(error).strip().splitlines() or [type(error).__name__])[0][:200]})"
