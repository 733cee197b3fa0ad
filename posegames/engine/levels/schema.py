"""The JSON Schema of level files, for editors that complete and check keys."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from posegames.engine.levels.form import MatchForm, TagForm

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the schema of a level of any scene: what a file may hold, not whether it makes sense."""
    made = TypeAdapter(Annotated[MatchForm | TagForm, Field(discriminator="scene")]).json_schema()
    # That key is OpenAPI's; `scene` tells the two apart by its one value in each.
    made.pop("discriminator", None)
    return {"$schema": DIALECT, "title": "A level of posegames", **_plain(made)}


def _plain(node: Any) -> Any:
    """Return `node` without what says nothing here: titles made of names, and null, which TOML has not."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    kinds = [kind for kind in node.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        node = {key: value for key, value in node.items() if key != "anyOf"} | kinds[0]
    elif kinds:
        node = node | {"anyOf": kinds}
    return {
        key: {name: _plain(part) for name, part in value.items()}
        if key in ("properties", "$defs")
        else _plain(value)
        for key, value in node.items()
        if key in ("properties", "$defs") or not (key == "title" or (key == "default" and value is None))
    }
