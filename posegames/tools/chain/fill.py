"""The step that fills gaps: what was missed for a moment is put between where it was seen before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posegames.body.joints import COUNT
from posegames.body.measure import TORSO
from posegames.body.pose import Floats, Pose
from posegames.players.trail import JUMP, RUN
from posegames.tools.chain.people import SEEN, Moment, Stop, places, sureness, windows
from posegames.tools.looks import Look

LIMIT = 0.5
"""Seconds a gap may last: in more, an arm has been anywhere."""
FILLED = 0.4
"""Confidence of what is put in: below what counts as seen (.5), so that no gesture is made of guesses; above what
counts as nothing (.3), so that it is drawn and found in files."""
GROWS = 1.5
"""How many times larger or smaller a body may be after a gap: more is another camera, or somebody else."""
FEWEST = 5
"""Joints that make a body, as for every estimator (`sanitise`)."""
_TORSO = list(TORSO)


def fill(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with joints and players missed for up to `LIMIT` seconds put between their sightings.

    Nothing is put before the first sighting or after the last, nor between two people, nor over a cut.
    """
    for held, place in windows(looks, LIMIT):
        here = held[place]
        poses: dict[int, Pose] = {}
        for player in here.look.players:
            stop = here.stops.get(player.number)
            if stop is not None and (stop.pose.confidence >= SEEN).all():
                continue
            pose = _between(_known(held, player.number, player.person), here.time, stop)
            if pose is not None:
                poses[player.number] = pose
        yield _put_in(here.look, poses)


def _known(held: Iterable[Moment], number: int, person: int) -> list[Stop]:
    """Return where a person is in the window; nothing from before or after somebody else had the slot."""
    return [s for m in held if (s := m.stops.get(number)) is not None and s.person == person]


def _between(stops: Sequence[Stop], time: float, here: Stop | None) -> Pose | None:
    """Return a player with what can be known of the joints that are not seen; None where nothing can."""
    if len(stops) < 2:
        return None
    times, xy, seen = np.array([stop.time for stop in stops]), places(stops), sureness(stops) >= SEEN
    before = _nearest(seen & (times < time)[:, None], times - time)
    after = _nearest(seen & (times > time)[:, None], time - times)
    joints = np.arange(COUNT)
    known = seen[before, joints] & (times[before] < time) & seen[after, joints] & (times[after] > time)
    gaps = times[after] - times[before]
    known &= (gaps <= LIMIT) & _possible(stops, xy, before, after, gaps)
    if here is not None:
        known &= here.pose.confidence < SEEN
    if not known.any() or (here is None and known.sum() < FEWEST):
        return None
    share = ((time - times[before]) / np.maximum(gaps, 1e-9))[:, None]
    way = xy[before, joints] * (1 - share) + xy[after, joints] * share
    if here is not None:
        confidence = np.where(known, FILLED, here.pose.confidence)
        return replace(here.pose, xy=np.where(known[:, None], way, here.pose.xy), confidence=confidence)
    last = stops[int(np.searchsorted(times, time)) - 1].pose
    xy_ = np.where(known[:, None], way, last.xy)
    return Pose(xy_, np.where(known, FILLED, 0.0), score=FILLED, track=last.track, alive=last.alive)


def _nearest(there: NDArray[np.bool_], late: Floats) -> NDArray[np.intp]:
    """Return (33,) the row, of those that are `there`, which is latest; any row where none is."""
    rows: NDArray[np.intp] = np.where(there, late[:, None], -np.inf).argmax(axis=0)
    return rows


def _possible(
    stops: Sequence[Stop], xy: Floats, before: NDArray[np.intp], after: NDArray[np.intp], gaps: Floats
) -> NDArray[np.bool_]:
    """Return (33,) whether a body can have come from where it was before to where it was after."""
    middle = xy[:, _TORSO].mean(axis=1)
    torso = np.array([stop.torso for stop in stops])
    moved = np.hypot(*(middle[after] - middle[before]).T)
    grown = torso[after] / torso[before]
    near: NDArray[np.bool_] = (
        (moved <= (JUMP + RUN * gaps) * torso[before]) & (grown < GROWS) & (grown * GROWS > 1)
    )
    return near


def _put_in(look: Look, poses: dict[int, Pose]) -> Look:
    """Return `look` with `poses` by slot, of players seen in it and of others, who stay hidden all the same."""
    if not poses:
        return look
    bodies = tuple(sorted({**dict(look.bodies), **poses}.items()))
    players = tuple(
        replace(player, pose=poses[player.number]) if player.number in poses else player for player in look.players
    )
    return replace(look, bodies=bodies, players=players)
