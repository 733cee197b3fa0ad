"""The steps that are always done, unless another chain is named: clean, identity, smooth.

The roster has done them while the pictures were there. Two are taken from it; smoothing is done anew where another
preset is wanted, or bodies were not cleaned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from posegames.body.pose import Pose
from posegames.body.smooth import BALANCED, OneEuro, Smoothing
from posegames.players.trail import SIZE_IN_TORSOS
from posegames.tools.chain.people import posed
from posegames.tools.looks import Look

FORGET = 1.0
"""Seconds after which a body that is not seen is forgotten: the roster follows no body so long."""


def bare(looks: Iterable[Look]) -> Iterator[Look]:
    """Begin a chain: yield looks with the bodies of their sighting, numbered as the estimator follows them.

    Where it follows nobody, they are numbered as they are listed. The players stay, for the roster's word.
    """
    for look in looks:
        poses = look.sighting.poses
        numbers = [pose.track for pose in poses]
        bodies = tuple(
            (place if None in numbers or number is None else number, pose)
            for place, (number, pose) in enumerate(zip(numbers, poses, strict=True), start=1)
        )
        yield replace(look, bodies=bodies)


def clean(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with joints held that cannot be where they were found, flicker settled (`players.sanity`)."""
    for look in looks:
        rows = zip(look.bodies, look.followed, strict=True)
        yield replace(look, bodies=tuple((number, body.clean) for (number, _), body in rows))


def identity(looks: Iterable[Look]) -> Iterator[Look]:
    """Yield looks with players for bodies; who is none is left out."""
    for look in looks:
        pairs = zip(look.followed, look.bodies, strict=True)
        poses = {body.number: pose for body, (_, pose) in pairs if body.number}
        # In a sighting of a moment that the roster knew already, players are where they were.
        players = tuple(
            player if player.hidden else replace(player, pose=pose, raw=pose)
            for player in look.players
            for pose in [poses.get(player.number, player.pose)]
        )
        bodies = tuple((player.number, player.pose) for player in players if not player.hidden)
        yield replace(look, bodies=bodies, players=players)


def smooth(looks: Iterable[Look], smoothing: Smoothing = BALANCED) -> Iterator[Look]:
    """Yield looks with players smoothed, each body followed by a filter of its own."""
    filters: dict[int, tuple[OneEuro, float]] = {}
    for look in looks:
        time = look.sighting.time
        who = {body.number: body for body in look.followed if body.number}
        poses: dict[int, Pose] = {}
        for number, pose in look.bodies:
            body = who.get(number)
            if body is None:
                continue
            if smoothing is BALANCED and pose is body.clean:
                poses[number] = body.smooth
                continue
            steady, last = filters.get(body.trail, (OneEuro(smoothing), time))
            if time < last:
                steady = OneEuro(smoothing)
            filters[body.trail] = steady, time
            poses[number] = pose.moved(steady(pose.xy, time, body.torso * SIZE_IN_TORSOS))
        filters = {trail: kept for trail, kept in filters.items() if abs(time - kept[1]) <= FORGET}
        yield posed(look, poses)
