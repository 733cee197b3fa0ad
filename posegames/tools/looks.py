"""Looks: what every frame of a source gave, with who is who known from the first frame of each."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from posegames.body.likeness import oks
from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.players.player import Player
from posegames.players.roster import JOIN, PATIENCE, Roster
from posegames.players.trail import SIZE_IN_TORSOS
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Frame, Picture, Sighting
from posegames.seeing.sources.base import Source
from posegames.seeing.sources.tape import Tape
from posegames.tools.pipeline import ahead

HINDSIGHT = JOIN + PATIENCE
"""Seconds a look waits for the roster to make up its mind who the people in it are."""
SWITCH_INTERVAL = 0.0005
"""Seconds a thread keeps Python from another that wants it, while there are looks to be had."""
SAME = 0.5
"""OKS from one frame to the next, above which it is the same body; two people hardly reach 0.3."""


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """One body of a sighting, with what the roster made of it on its way to a player."""

    trail: int
    """Which body it is, followed from sighting to sighting by where it is; never used again within a run."""
    torso: float
    """Its torso length in frame heights, as of then: a slow measure."""
    clean: Pose
    """As far as it can be (see `players.sanity`)."""
    smooth: Pose
    """The same, smoothed as the roster smooths."""
    number: int = 0
    """Which player it is; 0 for one who is none."""
    person: int = 0
    """Who that is (see `Player.person`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """All that was made of one frame."""

    sighting: Sighting
    """Without its picture."""
    bodies: tuple[tuple[int, Pose], ...]
    """Who is in it: player numbers, smoothed poses. In pictures that do not belong together, just an order."""
    size: tuple[int, int]
    """Width and height of the frame in pixels."""
    name: str = ""
    """File name, in a folder of pictures."""
    players: tuple[Player, ...] = ()
    """The same people as games know them, with those who are hidden just now; none in a folder of pictures."""
    followed: tuple[Followed, ...] = ()
    """Of each pose of the sighting: how the roster follows it; nothing in a folder of pictures."""
    picture: Picture | None = None
    """The frame's pixels, where they were asked for: whoever keeps looks does not keep these."""


def watch(
    source: Source, estimator: Estimator, roster: Roster, *, seconds: float | None = None, pictures: bool = False
) -> Generator[Look]:
    """Yield a look for every frame of an opened source, up to `seconds` of it; with its picture if `pictures`.

    Frames are read ahead, and looked at ahead of who needs the looks, in threads: close the generator before the
    source and the estimator. The pictures of a folder have nothing to do with each other: there the estimator
    forgets, and numbers are just an order.
    """
    names: Sequence[str] | None = getattr(source, "names", None)
    seen = _seen(source, estimator, seconds, apart=names is not None)
    with _switching(), closing(ahead(seen)) as sightings:
        if names is None:
            yield from who_is_who(sightings, roster, pictures=pictures)
            return
        for sighting, size in sightings:
            bodies = tuple(enumerate(sighting.poses, start=1))
            picture = sighting.frame.picture if pictures and sighting.frame else None
            yield Look(replace(sighting, frame=None), bodies, size, names[sighting.number], picture=picture)


def replay(tape: Tape, roster: Roster, *, seconds: float | None = None) -> Iterator[Look]:
    """Yield a look for every sighting of a tape, up to `seconds` of it."""
    sightings = ((s, tape.header.size) for s in tape if seconds is None or s.time < seconds)
    return who_is_who(sightings, roster)


def who_is_who(
    sightings: Iterable[tuple[Sighting, tuple[int, int]]], roster: Roster, *, pictures: bool = False
) -> Iterator[Look]:
    """Yield looks in order, with the players in them, and with their pictures if `pictures`.

    The roster lets nobody in before it has seen them for a moment. Here there is time: the looks (and pictures)
    wait for that moment, and then it is known who was in them from the first frame on.
    """
    waiting: deque[_Waiting] = deque()
    known: set[tuple[int, int]] = set()
    for sighting, size in sightings:
        players = {player.number: player for player in roster.update(sighting, sighting.time)}
        for player in players.values():
            if (player.number, player.person) not in known and not player.hidden:
                _trace_back(player, waiting)
        known = {(player.number, player.person) for player in players.values()}
        followed = _followed(sighting, roster, players)
        picture = sighting.frame.picture if pictures and sighting.frame else None
        seen = replace(sighting, frame=None)
        waiting.append(_Waiting(seen, size, players, [*roster.spectators], followed, picture))
        while waiting[0].sighting.time < sighting.time - HINDSIGHT:
            yield waiting.popleft().look()
    for look in waiting:
        yield look.look()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A look that may still get to know who was in it."""

    sighting: Sighting
    size: tuple[int, int]
    players: dict[int, Player]
    strangers: list[Pose]
    followed: list[Followed]
    picture: Picture | None

    def look(self) -> Look:
        players = tuple(self.players[number] for number in sorted(self.players))
        bodies = tuple((player.number, player.pose) for player in players if not player.hidden)
        followed = tuple(self.followed)
        return Look(self.sighting, bodies, self.size, players=players, followed=followed, picture=self.picture)

    def meet(self, stranger: Pose, player: Player) -> Player:
        """Take one of the strangers for `player`, and return them as they are here."""
        self.strangers.remove(stranger)
        raw = stranger
        for place, body in enumerate(self.followed):
            if body.smooth is stranger:
                self.followed[place] = replace(body, number=player.number, person=player.person)
                raw = body.clean
        player = replace(player, pose=stranger, raw=raw, shown=stranger, seen=self.sighting.time)
        self.players[player.number] = player
        return player


def _followed(sighting: Sighting, roster: Roster, players: Mapping[int, Player]) -> list[Followed]:
    """Return how the roster follows each pose of the sighting it has just been told of."""
    who = {id(player.pose): player for player in players.values() if not player.hidden}
    trails = {id(trail.raw): trail for trail in roster.trails}

    def followed(pose: Pose) -> Followed:
        trail = trails.get(id(pose))
        if trail is None:  # of a moment that the roster knows already
            return Followed(0, torso_length(pose), pose, pose)
        body, player = trail.body, who.get(id(trail.pose))
        number, person = (player.number, player.person) if player else (0, 0)
        return Followed(trail.number, body.torso, body.raw, body.pose, number, person)

    return [followed(pose) for pose in sighting.poses]


def _trace_back(player: Player, waiting: Iterable[_Waiting]) -> None:
    """Find the player who has just been let in among the strangers of the looks that wait."""
    missed: list[_Waiting] = []
    for look in reversed(list(waiting)):
        if player.number in look.players:
            return
        likeness = [_likeness(player.pose, stranger) for stranger in look.strangers]
        best = max(range(len(likeness)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] <= SAME:
            missed.append(look)
            continue
        player = look.meet(look.strangers[best], player)
        for between in missed:
            between.players[player.number] = replace(player, hidden=True)
        missed.clear()


def _likeness(pose: Pose, earlier: Pose) -> float:
    if pose.track is not None and pose.track == earlier.track:
        return 1.0
    return oks(pose, earlier, torso_length(pose) * SIZE_IN_TORSOS / 2)


def _frames(source: Source, seconds: float | None) -> Iterator[Frame]:
    while not source.ended:
        frame = source.read()
        if frame is None:
            continue
        if seconds is not None and frame.time >= seconds:
            return
        yield frame


def _seen(
    source: Source, estimator: Estimator, seconds: float | None, *, apart: bool
) -> Iterator[tuple[Sighting, tuple[int, int]]]:
    """Yield what the estimator sees in every frame, and the frame's size; `apart` if each is for itself."""
    with closing(ahead(_frames(source, seconds))) as frames:
        for frame in frames:
            if apart:
                estimator.forget()
            height, width = frame.picture.shape[:2]
            yield (
                Sighting(frame.time, frame.number, estimator.estimate(frame), frame.aspect, frame),
                (width, height),
            )


@contextmanager
def _switching() -> Iterator[None]:
    """Let threads take turns quickly: a net that is done waits for whoever has Python, and all for the net."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(min(interval, SWITCH_INTERVAL))
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
