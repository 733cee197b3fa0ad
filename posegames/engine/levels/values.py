"""What a value in a level file may be, and how it is refused: with what is there and what is allowed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

REFUSED = "level"
"""The type of the errors raised here; their message is the whole sentence."""
HUGE = 1e15
"""Numbers from here on are not spelt out."""


def clean(text: str, most: int = 40) -> str:
    """Return `text` fit for a terminal and a screen: no control characters, at most `most` letters."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text[: most + 1])
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def shown(value: object) -> str:
    """Return a value of a TOML file in a few letters, whatever it is."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{clean(value)}"'
        case dict():
            return "a table"
        case list():
            items = ", ".join(map(shown, value[:4])) if not any(isinstance(x, dict | list) for x in value) else ""
            return f"[{items}]" if items and len(value) <= 4 else f"a list of {len(value)}"
        case int() | float():
            return "a huge number" if HUGE <= abs(value) < math.inf else f"{value:.10g}"
        case _:
            return "a date or a time"


def refused(value: object, allowed: str) -> PydanticCustomError:
    """Return the error that says what `value` is and what is allowed instead."""
    return fault(f"is {shown(value)}; {allowed} is allowed")


def fault(what: str) -> PydanticCustomError:
    """Return the error that says `what`."""
    return PydanticCustomError(REFUSED, "{what}", {"what": what})


class Value:
    """A kind of value, as pydantic takes it in `Annotated`: it checks all of it, and knows its JSON Schema."""

    def check(self, value: object) -> Any:
        """Return `value` as it is used. Raises PydanticCustomError."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """Return what JSON Schema can say of it."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Tell pydantic to ask `check`, and nothing else."""
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell pydantic what to export."""
        return self.schema()


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A number in a range, its ends included; never NaN, never true or false."""

    least: float
    most: float
    whole: bool = False

    @property
    def allowed(self) -> str:
        """What may be there, in words."""
        return f"a {'whole ' * self.whole}number from {self.least:g} to {self.most:g}"

    def fits(self, value: object) -> bool:
        """Tell whether `value` is such a number."""
        kinds = (int,) if self.whole else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool) and self.least <= value <= self.most

    def check(self, value: object) -> float:
        """Return the number."""
        if isinstance(value, int | float) and self.fits(value):
            return value if self.whole else float(value)
        raise refused(value, self.allowed)

    def schema(self) -> dict[str, Any]:
        """Return its type and its ends."""
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Pair(Value):
    """The angles of a limb's two parts: one number for both, or two in brackets."""

    names: tuple[str, str]
    first: Number
    second: Number

    def check(self, value: object) -> tuple[float, float]:
        """Return both angles."""
        both: list[Any] = value if isinstance(value, list) else [value, value]
        if len(both) == 2 and self.first.fits(both[0]) and self.second.fits(both[1]):
            return float(both[0]), float(both[1])
        (upper, lower), (a, b) = self.names, (self.first, self.second)
        raise refused(
            value,
            f"one number for both parts or [{upper}, {lower}], {upper} from {a.least:g} to {a.most:g}, "
            f"{lower} from {b.least:g} to {b.most:g},",
        )

    def schema(self) -> dict[str, Any]:
        """Return both spellings."""
        least, most = max(self.first.least, self.second.least), min(self.first.most, self.second.most)
        two = {
            "type": "array",
            "items": {
                "type": "number",
                "minimum": min(self.first.least, self.second.least),
                "maximum": max(self.first.most, self.second.most),
            },
            "minItems": 2,
            "maxItems": 2,
        }
        return {"anyOf": [Number(least, most).schema(), two]}


@dataclass(frozen=True, slots=True)
class Words(Value):
    """A line of text that can be shown: no control characters, nothing that turns or hides letters."""

    most: int
    least: int = 1

    def check(self, value: object) -> str:
        """Return the line, without blanks around it."""
        if isinstance(value, str) and value.isprintable() and self.least <= len(value.strip()) <= self.most:
            return value.strip()
        length = f"{self.least} to {self.most}" if self.least else f"at most {self.most}"
        raise refused(value, f"text of {length} letters, without line breaks or hidden characters,")

    def schema(self) -> dict[str, Any]:
        """Return its type and length."""
        return {"type": "string", "minLength": self.least, "maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Switch(Value):
    """Something that is or is not."""

    def check(self, value: object) -> bool:
        """Return which."""
        if isinstance(value, bool):
            return value
        raise refused(value, "true or false")

    def schema(self) -> dict[str, Any]:
        """Return its type."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Version(Value):
    """The number of the format a file is written in."""

    newest: int

    def check(self, value: object) -> int:
        """Return it."""
        if isinstance(value, int) and not isinstance(value, bool) and value == self.newest:
            return value
        if isinstance(value, int) and not isinstance(value, bool) and value > self.newest:
            raise fault(f"is {shown(value)}; this posegames reads format {self.newest}: update posegames")
        raise refused(value, f"{self.newest}")

    def schema(self) -> dict[str, Any]:
        """Return the one value."""
        return {"type": "integer", "enum": [self.newest]}
