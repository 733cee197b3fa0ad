"""Reading plays.

A play is a text of lines; `#` begins a comment:

    title    Two meet                     what it is
    seconds  12                           how long it is
    actors   2                            how many there are: 2, or a range: 1-6
    loop                                  begin again at the end
    place 1  x=0.3 depth=0.1              where actor 1 stands, if not in an even row
    0.5  all   wave left                  at 0.5 s everybody waves with their own left hand
    4    1,2   squat  times=2 seconds=2   twice, two seconds each
    9    all   raise right  delay=0.4     one after another, 0.4 s apart
    1    1     walk to=0.7                to a place, as a share of the picture's width
    2    2     leave to=right             `enter from=left`, `return`, `cross` (to the mirrored place)
    3    all   pose both_upper=90 both_fore=180  angles of limbs: see `pose`

Who: a number, `1,3`, `2-4`, `all`, `odd`, `even`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import cast

from posegames.errors import SourceError, did_you_mean
from posegames.resources import shipped
from posegames.seeing.stage.moves import Move, table
from posegames.seeing.stage.paths import routes
from posegames.seeing.stage.play import MOST_ACTORS, Cue, Place, Play, Side
from posegames.seeing.stage.pose import ANGLES, MOST

MOST_BYTES = 65_536
"""A longer file is no play."""
MOST_SECONDS = 600.0
"""A longer play is refused."""
MOST_CUES = 4000
"""More are refused, counted for each actor."""

_HEADERS = ("title", "seconds", "actors", "loop", "place")
_GROUPS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "all": tuple(range(1, MOST_ACTORS + 1)),
        "odd": tuple(range(1, MOST_ACTORS + 1, 2)),
        "even": tuple(range(2, MOST_ACTORS + 1, 2)),
    }
)
_COMMON = ("seconds", "times", "delay")
_OWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"walk": ("to",), "enter": ("from",), "return": ("from",), "leave": ("to",), "pose": ANGLES}
)


def plays() -> list[str]:
    """Return the names of the plays that ship with posegames."""
    return sorted(path.stem for path in (shipped("assets") / "plays").glob("*.play"))


def load_play(name: str) -> Play:
    """Return the shipped play called `name`, or the one in the file of that path.

    Raises SourceError if there is none, it cannot be read, or something in it is wrong.
    """
    known = plays()
    path = shipped("assets") / "plays" / f"{name}.play" if name in known else Path(name)
    if name not in known and path.suffix != ".play":
        raise SourceError(f"There is no play {name!r}.", now=did_you_mean(name, known))
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceError(f"The play {name} cannot be read.", f"({error})", did_you_mean(name, known)) from error
    if len(content) > MOST_BYTES:
        raise SourceError(f"The play {name} is too long.", f"It has more than {MOST_BYTES:,} bytes.")
    try:
        return parse_play(content.decode("utf-8"), name=name if name in known else path.name)
    except UnicodeDecodeError as error:
        raise SourceError(f"The play {name} is not a text.", f"({error})", "Save it as UTF-8.") from error


def parse_play(text: str, *, name: str = "play") -> Play:
    """Return the play in `text`. Raises SourceError with the line where something is wrong."""
    reader = _Reader(name)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        reader.line = number
        if words := line.partition("#")[0].split():
            reader.take(words)
    return reader.play()


@dataclass(slots=True)
class _Reader:
    """Reads line by line; knows where it is."""

    name: str
    line: int = 0
    title: str = ""
    seconds: float | None = None
    fewest: int = 1
    most: int = MOST_ACTORS
    loop: bool = False
    places: dict[int, Place] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    moves: Mapping[str, Move] = field(default_factory=table)
    named: dict[int, int] = field(default_factory=dict)
    """Actors called by their numbers, and the line where each first was."""

    def take(self, words: list[str]) -> None:
        if words[0][0].isalpha() and not words[0].lower().startswith(("nan", "inf")):
            self._header(words[0].lower(), words[1:])
        else:
            self._cue(words)

    def play(self) -> Play:
        if not self.cues and self.seconds is None:
            raise SourceError(
                f"{self.name} is no play.", "Nothing happens in it.", "It needs at least 'seconds 10'."
            )
        for number, line in self.named.items():
            if number > self.most:
                self.line = line
                raise self._fault(f"there is no actor {number}.", f"The play has {self.most}: see 'actors'.")
        cues = tuple(sorted((cue for cue in self.cues if cue.actor <= self.most), key=lambda cue: cue.time))
        last = max((cue.end for cue in cues), default=0.0)
        seconds = last if self.seconds is None else self.seconds
        if last > seconds + 1e-9:
            late = max(cues, key=lambda cue: cue.end)
            self.line = late.line
            raise self._fault(
                f"{late.move} of actor {late.actor} ends at {last:g} s, after the play ({seconds:g} s)."
            )
        play = Play(
            self.name, seconds, cues, self.fewest, self.most, self.loop, self.title, MappingProxyType(self.places)
        )
        for cast_ in range(self.fewest, self.most + 1):
            routes(play, cast_)
        return play

    def _fault(self, why: str, now: str = "") -> SourceError:
        return SourceError(f"{self.name}, line {self.line}: {why}", now=now)

    def _header(self, word: str, rest: list[str]) -> None:
        if word not in _HEADERS:
            raise self._fault(
                f"{word!r} is unknown.", f"{did_you_mean(word, list(_HEADERS))} A cue begins with a time."
            )
        if word == "title":
            self.title = " ".join(rest)
        elif word == "loop":
            self.loop = True
        elif word == "place":
            if not rest:
                raise self._fault("place needs an actor.", "Say: place 1 x=0.3")
            given = self._options(rest[1:], ("x", "depth"))
            x = self._number(given.get("x", ""), "x", 0, 1)
            depth = self._number(given.get("depth", "0"), "depth", -0.6, 1.0)
            self.places.update(dict.fromkeys(self._named(rest[0]), Place(x, depth)))
        elif len(rest) != 1:
            raise self._fault(f"{word} needs one value.", f"Say: {word} {'2-4' if word == 'actors' else 12}")
        elif word == "seconds":
            self.seconds = self._number(rest[0], word, 0.1, MOST_SECONDS)
        else:
            numbers = self._who(rest[0])
            self.fewest, self.most = min(numbers), max(numbers)

    def _cue(self, words: list[str]) -> None:
        time = self._number(words[0], "the time", 0, MOST_SECONDS)
        plain = [word.lower() for word in words[1:] if "=" not in word]
        if len(plain) < 2:
            raise self._fault("a cue needs a time, an actor and a move.", "Say: 2.5 1 wave left")
        who, name = self._named(plain[0]), "_".join(plain[1:]).replace("-", "_")
        move = self.moves.get(name)
        if move is None:
            raise self._fault(f"there is no move {name!r}.", did_you_mean(name, list(self.moves)))
        given = self._options([word for word in words if "=" in word], (*_COMMON, *_OWN.get(name, ())))
        seconds = self._number(given.get("seconds", str(move.seconds)), "seconds", 0.2, MOST_SECONDS)
        times = self._number(given.get("times", "1"), "times", 1, 500)
        delay = self._number(given.get("delay", "0"), "delay", 0, 60)
        if times != int(times) or (times > 1 and move.travels):
            raise self._fault(f"times={given['times']} makes no sense for {name}.")
        if name == "walk" and "to" not in given:
            raise self._fault("walk needs a place.", "Say: walk to=0.7")
        angles = tuple((key, self._number(given[key], key, -MOST, MOST)) for key in ANGLES if key in given)
        if name == "pose" and not angles:
            raise self._fault("pose needs an angle.", "Say: pose both_upper=90 both_fore=90")
        for number in who:
            for turn in range(int(times)):
                self.cues.append(
                    Cue(
                        time + turn * seconds + (number - 1) * delay,
                        number,
                        name,
                        seconds,
                        to=self._number(given["to"], "to", 0, 1) if name == "walk" else None,
                        angles=angles,
                        side=self._side(given) if move.travels and name != "walk" else None,
                        line=self.line,
                    )
                )
        if len(self.cues) > MOST_CUES:
            raise self._fault(f"more than {MOST_CUES:,} cues.", "Make it shorter.")

    def _options(self, words: list[str], known: tuple[str, ...]) -> dict[str, str]:
        given: dict[str, str] = {}
        for word in words:
            key, _, value = word.partition("=")
            if key.lower() not in known:
                raise self._fault(f"{key!r} is unknown here.", did_you_mean(key.lower(), list(known)))
            given[key.lower()] = value
        return given

    def _side(self, given: dict[str, str]) -> Side | None:
        side = given.get("from", given.get("to", "")).lower()
        if side in ("left", "right"):
            return cast("Side", side)
        if side:
            raise self._fault(f"{side!r} is no side.", "Say left or right.")
        return None

    def _number(self, word: str, what: str, least: float, most: float) -> float:
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not least <= value <= most:  # which NaN never is
            raise self._fault(f"{what} is {word!r}.", f"It must be a number from {least:g} to {most:g}.")
        return value

    def _named(self, word: str) -> tuple[int, ...]:
        who = self._who(word)
        if word.lower() not in _GROUPS:
            for number in who:
                self.named.setdefault(number, self.line)
        return who

    def _who(self, word: str) -> tuple[int, ...]:
        if word.lower() in _GROUPS:
            return _GROUPS[word.lower()]
        return tuple(number for part in word.split(",") for number in self._span(part, word))

    def _span(self, part: str, word: str) -> Iterator[int]:
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)) or len(part) > 5:
            raise self._fault(f"{word!r} is no actor.", f"Say a number, 1,3 or 2-4, or: {', '.join(_GROUPS)}.")
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= MOST_ACTORS:
            raise self._fault(f"there is no actor {part}.", f"They are numbered from 1 to {MOST_ACTORS}.")
        yield from range(low, high + 1)
