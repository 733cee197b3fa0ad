"""TFLite files as objects and back, by the schema that both LiteRT and MediaPipe ship."""

from __future__ import annotations

import struct
from types import ModuleType
from typing import Any

from posegames.errors import ModelError

MARK = b"TFL3"
"""Stands at byte 4 of every TFLite file."""


def unpack(content: bytes, schema: ModuleType) -> Any:
    """Return the TFLite model in `content` as objects of `schema`, a `schema_py_generated` module.

    Raises ModelError if it is no such model.
    """
    why = "It does not begin like one."
    if content[4:8] == MARK:
        try:
            net = schema.ModelT.InitFromObj(schema.Model.GetRootAs(bytearray(content), 0))
        except (struct.error, ValueError, TypeError, IndexError, AttributeError, MemoryError) as error:
            why = f"({error})"
        else:
            if net.subgraphs and net.buffers:
                return net
            why = "There is no net in it."
    raise ModelError("A model file is not in the TFLite format.", why, "Try: posegames models check")


def pack(net: Any) -> bytes:
    """Return the file of the model `net`."""
    import flatbuffers  # needed once, after a fetch

    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(net.Pack(builder), MARK)
    return bytes(builder.Output())
