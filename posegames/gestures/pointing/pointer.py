"""The hand that points at the screen.

Each hand has a box beside its shoulder, from the chin to the belly and a little to both sides, that stands for
the screen: all of it is reached with a bent elbow, and no arm has to be held above the shoulder, which tires in
seconds. The box grows with the arm, so a child far away and an adult near reach the same.

Who points holds still but for the hand. Somebody who squats, jumps or swings both arms has a hand in the box, too,
and means nothing by it: then the hand is shown, and is not sure.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from posegames.gestures.pointing.cursors import BALANCED, BOXES, FULL, Box, Cursor
from posegames.gestures.pointing.hand import SIDES, Arms, Hand, Stillness
from posegames.gestures.tuning.profiles import Profile
from posegames.gestures.tuning.reach import USUAL
from posegames.players.player import Player

SWAYS, CALM = 0.10, 0.4
"""A trunk that has not moved so many torso lengths in so many seconds is still. Whoever squats moves a third of
one in every 0.3 s; whoever reaches sways by half of this."""
WAITS = 1.0
"""Seconds the other hand, if it is up, must have been still: two hands that move make a move, and mean no target.
One that is carried before the body, or seen there by mistake, soon does not count."""
AWAY = -0.1
"""From the right shoulder to the left one, in torso lengths: of somebody who faces us it is .5 or more, and of one
who shows the back it is less than this."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where on the screen a player's hand points, as of now."""

    player: int
    x: float
    """0..1 from the left to the right of the (mirrored) screen."""
    y: float
    """0..1 from its top to its bottom."""
    sure: bool = True
    """Whether it is tracked well, and meant: an unsure hand chooses nothing."""


class _Person:
    """A player's two hands, of which one points at a time."""

    def __init__(self, hands: Collection[str], box: Box) -> None:
        self._hands = tuple(Hand(side, box) for side in SIDES)
        self._able = tuple(hand for hand, side in zip(self._hands, SIDES, strict=True) if side.name in hands)
        self._trunk = Stillness(SWAYS)
        self._calm = self._faces = True
        self._leads: Hand | None = None
        self.since = -math.inf
        """When the hand that leads began to."""

    def update(self, player: Player, now: float, cursor: Cursor) -> Pointing | None:
        """Return where the hand that came up first points: trackers easily see the other one beside it, too.

        A hand that only lies there gives way to one that comes up.
        """
        arms = Arms.of(player)
        if arms.shouldered:
            x, y = arms.middle
            self._calm = self._trunk.see((x / arms.torso, y / arms.torso), now) >= CALM
            self._faces = arms.breadth > AWAY * arms.torso
        for hand in self._hands:
            hand.update(arms, now, cursor)
        lead = self._leads
        if lead is None or lead.at() is None or (lead.resting and not all(hand.resting for hand in self._able)):
            up = [hand for hand in self._able if hand.at()]
            best = min(up, key=lambda hand: hand.resting, default=None)
            if best is not lead:
                self._leads, self.since = best, now
        place = self._leads.at() if self._leads else None
        if self._leads is None or place is None:
            return None
        return Pointing(player.number, *place, sure=self._meant(self._leads))

    def _meant(self, lead: Hand) -> bool:
        """Whether the hand that leads may choose."""
        busy = any(hand.raised and hand.still < WAITS for hand in self._hands if hand is not lead)
        return lead.sure and self._calm and self._faces and not lead.resting and not busy


def pointer_for(profile: Profile) -> HandPointer:
    """Return the pointer for players of a profile: the hands it believes; a small box where less is asked."""
    hands = [side.name for side in SIDES if side.wrist not in profile.unseen]
    return HandPointer(hands=hands, box=FULL if profile.range is USUAL else BOXES["small"])


class HandPointer:
    """Finds the hand that points, whoever's it is.

    A hand points from when it is raised into its box until it drops; a player's other hand has to wait. The player
    who began last leads; when that hand drops, the lead goes back to the one before, if that still points.
    """

    def __init__(self, *, hands: Collection[str] = ("left", "right"), box: Box = FULL) -> None:
        """Only `hands` can point; `box` is what they reach."""
        self._hands, self._box = hands, box
        self._people: dict[int, _Person] = {}

    def update(self, players: tuple[Player, ...], now: float, *, cursor: Cursor = BALANCED) -> Pointing | None:
        """Return where the leading hand points at `now` (seconds, not running backwards); None if none does."""
        here = {player.number: self._people.get(player.number) for player in players}
        self._people = {number: person or _Person(self._hands, self._box) for number, person in here.items()}
        best, lead = -math.inf, None
        for player in players:
            person = self._people[player.number]
            pointing = person.update(player, now, cursor)
            if pointing and person.since > best:
                best, lead = person.since, pointing
        return lead
