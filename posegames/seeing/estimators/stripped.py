"""The landmark net without its segmentation head: nobody here looks at masks, and they cost 43 % of its time."""

from __future__ import annotations

from pathlib import Path

from posegames.errors import ModelError
from posegames.files import kept
from posegames.seeing.estimators.tflite import pack, unpack

EDIT = 1
"""Counts changes of the edit: a file made by an older one is left alone and a new one made."""

WANTED = ((1, 195), (1, 1), (1, 64, 64, 39), (1, 117))
"""Shapes of the outputs that stay: landmarks, the flag that somebody is there, heat maps, world landmarks."""


def stripped(model: Path, *, folder: Path) -> Path:
    """Return `model` (a BlazePose landmark net) cut down to the `WANTED` outputs, made once and kept in `folder`.

    Outputs are the same to the bit and keep their order. Raises ModelError if `model` is no such net or
    `folder` cannot be written.
    """
    try:
        content = model.read_bytes()
        return kept(folder, f"without-mask-{EDIT}", ".tflite", of=[content], make=lambda: strip(content))
    except OSError as error:
        raise ModelError(
            f"The smaller copy of {model.name} cannot be made in {folder}.",
            f"({error.strerror or error})",
            "Make room or allow writing there, or set POSEGAMES_CACHE to another folder.",
        ) from error


def strip(content: bytes) -> bytes:
    """Return the net in `content` with only the operations its `WANTED` outputs need. Raises ModelError."""
    from ai_edge_litert import schema_py_generated as schema  # 150 ms, once after a fetch

    net = unpack(content, schema)
    graph = net.subgraphs[0]
    outputs = [index for index in graph.outputs if tuple(graph.tensors[index].shape) in WANTED]
    if len(outputs) != len(WANTED):
        shapes = [tuple(int(side) for side in graph.tensors[index].shape) for index in graph.outputs]
        raise ModelError(
            "The model is not a BlazePose landmark net.",
            f"Its outputs are {shapes}.",
            "Try: posegames models check",
        )
    needed = set(outputs)
    operators = []
    for operator in reversed(graph.operators):
        if needed.intersection(operator.outputs):
            operators.append(operator)
            needed.update(operator.inputs)
    graph.operators = operators[::-1]
    graph.outputs = outputs
    return pack(net)
