"""Moves as plain data: what JSON can hold, and back, trusting nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from posegames.gestures.taught.lstm import SHAPES, Net
from posegames.gestures.taught.motion import LIMBS, STEPS, Clip
from posegames.gestures.taught.moves import KEPT, METHODS, MoveModel
from posegames.gestures.taught.plain import fields, numbers
from posegames.gestures.taught.spans import LONGEST

VERSION = 1
"""Of the plain data of a move."""
MOST_TAKES = 20
"""Examples a move may have: each costs time whenever somebody moves."""
LARGEST = 100.0
"""No number of a move is larger: limbs have lengths about 1, hips go a few torso lengths."""


def move_data(model: MoveModel) -> dict[str, Any]:
    """Return a model as JSON can hold it."""
    data: dict[str, Any] = {
        "version": VERSION,
        "kind": "move",
        "method": model.method,
        "either_side": model.either_side,
        "limit": round(model.limit, 4),
        "takes": [_clip_data(clip) for clip in model.takes],
        "rivals": [_clip_data(clip) for clip in model.rivals],
    }
    if model.net is not None:
        data["net"] = {name: np.round(array, 5).tolist() for name, array in model.net.arrays.items()}
    return data


def move_from(data: object) -> MoveModel:
    """Return the model `move_data` gave. Raises ValueError, in a few words, for anything else."""
    match fields(data, kind="move", version=VERSION):
        case {
            "method": str(name),
            "either_side": bool(either_side),
            "limit": limit,
            "takes": list(takes),
            "rivals": list(rivals),
            **rest,
        }:
            pass
        case _:
            raise ValueError("something of a move is missing")
    method = next((known for known in METHODS if known == name), None)
    if method is None:
        raise ValueError(f"there is no method {name[:20]!r}")
    if not 1 <= len(takes) <= MOST_TAKES or len(rivals) > KEPT:
        raise ValueError(f"it has {len(takes)} examples and {len(rivals)} other moves")
    return MoveModel(
        method,
        tuple(_clip_from(take) for take in takes),
        tuple(_clip_from(rival) for rival in rivals),
        either_side,
        _number(limit, "limit", 0.01, 10),
        _net_from(rest.get("net")) if method == "lstm" else None,
    )


def _clip_data(clip: Clip) -> dict[str, Any]:
    return {
        "seconds": round(clip.seconds, 3),
        "limbs": np.round(clip.limbs, 3).tolist(),
        "seen": clip.seen.astype(int).tolist(),
    }


def _clip_from(data: object) -> Clip:
    match data:
        case {"seconds": seconds, "limbs": limbs, "seen": seen}:
            return Clip(
                numbers(limbs, (STEPS, LIMBS, 2), -LARGEST, LARGEST, "limbs").astype(float),
                numbers(seen, (STEPS, LIMBS), 0, 1, "seen").astype(float),
                _number(seconds, "seconds", 0.01, 2 * LONGEST),
            )
    raise ValueError("an example is none")


def _net_from(data: object) -> Net:
    if not isinstance(data, dict):
        raise ValueError("the net is missing")  # noqa: TRY004 - one kind of error for data
    arrays = {name: numbers(data.get(name), shape, -LARGEST, LARGEST, name) for name, shape in SHAPES.items()}
    return Net({name: array.astype(float) for name, array in arrays.items()})


def _number(data: object, what: str, least: float, most: float) -> float:
    number = data if isinstance(data, int | float) and not isinstance(data, bool) else math.nan
    if not least <= number <= most:
        raise ValueError(f"{what} should be a number from {least:g} to {most:g}")
    return float(number)
