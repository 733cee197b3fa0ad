"""Where the actors of a play walk, leave and come back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from posegames.errors import SourceError
from posegames.seeing.stage.moves import TRAVELS
from posegames.seeing.stage.play import Cue, Place, Play

OFF = {"left": -math.inf, "right": math.inf}
"""Places beyond the picture; the camera knows how far that is."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one place to another, in shares of the picture's width."""

    time: float
    seconds: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Route:
    """Where one actor is, all through the play."""

    home: Place
    first: float
    """Where the actor is before the first leg."""
    legs: tuple[Leg, ...]

    def at(self, time: float) -> tuple[Leg | None, float]:
        """Return the leg being walked at `time`, if any, and the place last reached."""
        place = self.first
        for leg in self.legs:
            if time < leg.time:
                break
            if time < leg.time + leg.seconds:
                return leg, place
            place = leg.end
        return None, place


def routes(play: Play, cast: int) -> tuple[Route, ...]:
    """Return the route of each of `cast` actors.

    Raises SourceError where the script asks for the impossible: walking while away, two ways at once, a loop that
    does not end where it began.
    """
    return tuple(_route(play, number, cast) for number in range(1, cast + 1))


def _route(play: Play, number: int, cast: int) -> Route:
    # The first stands on the right of the picture: on the left of the mirror, where players are counted from.
    # Every second one stands a little farther back, so that outstretched arms pass each other.
    row = Place(0.5 - 0.95 * ((number - 0.5) / cast - 0.5), 0.08 * ((number - 1) % 2))
    home = play.places.get(number, row)
    cues = [cue for cue in play.cues if cue.actor == number and cue.move in TRAVELS]
    first = place = _side(cues[0], home.x) if cues and cues[0].move == "enter" else home.x
    legs: list[Leg] = []
    for cue in cues:
        if legs and cue.time < legs[-1].time + legs[-1].seconds - 1e-9:
            raise _fault(play, cue, "is still on the way somewhere else")
        away = math.isinf(place)
        if away != (cue.move in ("enter", "return")):
            raise _fault(play, cue, "is away" if away else "is on the stage already")
        start = place
        if cue.move == "enter":
            start, place = _side(cue, home.x), home.x
        elif cue.move == "return":
            start, place = (_side(cue, home.x) if cue.side else place), home.x
        elif cue.move == "leave":
            place = _side(cue, place)
        elif cue.move == "cross":
            place = 1 - place
        else:
            assert cue.to is not None
            place = cue.to
        legs.append(Leg(cue.time, cue.seconds, start, place))
    if play.loop and legs and not math.isclose(place, first, abs_tol=1e-3):
        raise _fault(play, cues[-1], "does not end where the loop begins")
    return Route(home, first, tuple(legs))


def _side(cue: Cue, place: float) -> float:
    return OFF[cue.side or ("left" if place < 0.5 else "right")]


def _fault(play: Play, cue: Cue, why: str) -> SourceError:
    return SourceError(
        f"{play.name}, line {cue.line}: actor {cue.actor} cannot {cue.move} at {cue.time:g} s.",
        f"Actor {cue.actor} {why}.",
        "Move the cue, or change the one before.",
    )
