"""What goes on on the field of `tag`: who is there, who is It, and one step of running and catching."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import numpy as np

from posegames.rules.arena import HIGH, WIDE, Arena
from posegames.rules.avatars import HARD, HIDE, STILL, Avatar, Steer, Wish, push_apart
from posegames.rules.bots import Bot
from posegames.rules.field import RADIUS, Field
from posegames.rules.tagevents import Bumped, Dashed, Hid, Passed, Showed, TagEvent, Tagged
from posegames.rules.ways import Ways

HZ = 60
"""Steps a second, whatever the steps from outside: so it is the same game at any rate."""
FASTER = 1.08
"""How much faster It is."""
WIND, GAIN, MOST_GAIN = 5.0, 0.02, 0.2
"""A second wind: after so many seconds of being It, faster by so much a second, up to so much.

Whoever is slow, or small, or new to it, is not It for half a round.
"""
REACH = 0.05
"""Units between two avatars that touch."""
BREATH = 0.8
"""Seconds who was tagged counts before running."""
SAFE = 1.5
"""Seconds nobody can tag who has just tagged, come, or come back."""
PATIENT = 1.0
"""Seconds the game waits for an It that is not seen."""
SECOND, TAG = 20.0, 50.0
"""Points for a second of not being It, and for a tag."""


class Playground:
    """An arena with avatars on it. Every step is 1 / `HZ` seconds."""

    def __init__(self, arena: Arena, count: int, seed: int) -> None:
        """Bring `count` bots. Raises LevelError where there is no room."""
        self._arena = arena
        self._lots = np.random.default_rng(seed)
        self._field = Field(arena)
        self._ways = Ways(self._field)
        self._minds: dict[int, Bot] = {}
        self.avatars = [Avatar(number) for number in range(1, count + 1)]
        """Everybody, by number."""
        self.it = self.avatars[0]
        self.it.it = True
        self._unseen = 0.0
        """Seconds It is away."""
        self._chasing = 0.0
        """Seconds It has been It."""

    def of(self, number: int) -> Avatar | None:
        """Return the avatar of that number."""
        return next((avatar for avatar in self.avatars if avatar.number == number), None)

    # --- coming and going ---

    def line_up(self) -> None:
        """Put everybody at a start place by lot, looking to the middle."""
        places = self._ways.starts(len(self.avatars))
        for avatar, index in zip(self.avatars, self._lots.permutation(len(places)).tolist(), strict=False):
            x, y = places[index]
            avatar.stand(x, y, math.atan2(HIGH / 2 - y, WIDE / 2 - x))
        self._minds.clear()

    def choose_it(self) -> None:
        """Let the lot say who is It; of those who are here, if any is."""
        self._make_it(self._lot([avatar for avatar in self.avatars if not avatar.away] or self.avatars), 0.0)

    def send_home(self, least: int) -> None:
        """Let bots go beyond `least` avatars: those that stood in for who has left."""
        bots = [avatar for avatar in self.avatars if avatar.bot]
        while bots and len(self.avatars) > least:
            self.avatars.remove(bots.pop())

    def seat(self, number: int) -> None:
        """Give player `number` an avatar: a bot's, points and all, or a new one where no bot is left."""
        avatar = self.of(number)
        bots = [other for other in self.avatars if other.bot]
        if avatar is None and bots:
            # Rather one who is not It: to come in and be It at once is hard.
            avatar = max(bots, key=lambda bot: (not bot.it, bot.number))
            avatar.number = number
        elif avatar is None:
            avatar = self._come(number)
        self.avatars.sort(key=lambda each: each.number)
        if avatar.bot:
            avatar.bot = False
            if avatar.it:
                avatar.frozen = BREATH
            else:
                avatar.safe = SAFE

    def _come(self, number: int) -> Avatar:
        avatar = Avatar(number)
        places = self._ways.starts(len(self.avatars) + 1)
        x, y = max(places, key=lambda place: min(math.dist(place, (a.x, a.y)) for a in self.avatars))
        avatar.stand(x, y, math.atan2(HIGH / 2 - y, WIDE / 2 - x))
        self.avatars.append(avatar)
        return avatar

    def hide(self, away: Collection[int]) -> None:
        """Pause the players of those numbers, and let all others go on."""
        for avatar in self.avatars:
            hidden = not avatar.bot and avatar.number in away
            if avatar.away and not hidden:
                avatar.safe = SAFE
            avatar.away = hidden

    def _make_it(self, avatar: Avatar, breath: float) -> None:
        self.it.it = False
        self.it, self._unseen, self._chasing = avatar, 0.0, 0.0
        avatar.it, avatar.frozen, avatar.safe, avatar.dash = True, breath, 0.0, 0.0

    def _lot(self, among: list[Avatar]) -> Avatar:
        return among[int(self._lots.integers(len(among)))]

    # --- a step ---

    def look(self, steers: Mapping[int, Steer]) -> None:
        """Let the players turn on the spot while the round waits, so that each finds who they are."""
        for avatar in self.avatars:
            x, y = steers.get(avatar.number, STILL).direction()
            if not avatar.bot and math.hypot(x, y) > 0.3:
                avatar.face(x, y, 1 / HZ)

    def run(self, steers: Mapping[int, Steer], leapt: Collection[int]) -> list[TagEvent]:
        """Take one step of the game; `leapt` are the players who want to dash now."""
        events: list[TagEvent] = []
        wishes: dict[int, Wish] = {}
        for avatar in self.avatars:
            number = avatar.number
            if avatar.bot:
                wish = self._mind(number).act(avatar, self.avatars, 1 / HZ)
            else:
                wish = steers.get(number, STILL).wish(dash=number in leapt)
            avatar.rest_on(1 / HZ)
            wishes[number] = wish
            self._crouch(avatar, wish.duck, events)
            if wish.dash and avatar.spring(wish.x, wish.y, self._speed(avatar)):
                events.append(Dashed(number))
        self._chasing += 1 / HZ
        self._move(wishes, events)
        self._pass_on(events)
        self._tag(events)
        for avatar in self.avatars:
            if not avatar.it and not avatar.away:
                avatar.points += SECOND / HZ
        return events

    def come_to_rest(self) -> list[TagEvent]:
        """Take one step after the end of a round: everybody stops, and nobody hides."""
        events: list[TagEvent] = []
        for avatar in self.avatars:
            self._crouch(avatar, False, events)
        self._move({}, events)
        return events

    def _mind(self, number: int) -> Bot:
        if number not in self._minds:
            self._minds[number] = Bot(self._arena.skill, self._field, self._ways, self._lots)
        return self._minds[number]

    def _speed(self, avatar: Avatar) -> float:
        if not avatar.it:
            return self._arena.speed
        return self._arena.speed * (FASTER + min(max(0.0, self._chasing - WIND) * GAIN, MOST_GAIN))

    @staticmethod
    def _crouch(avatar: Avatar, wants: bool, events: list[TagEvent]) -> None:
        if avatar.hide:
            avatar.hide = max(0.0, avatar.hide - 1 / HZ)
            if not (avatar.hide and wants):
                avatar.hide = avatar.duck_rest = 0.0
                events.append(Showed(avatar.number))
        elif wants and avatar.duck_rest >= 1 and not (avatar.it or avatar.away or avatar.dash):
            avatar.hide = HIDE
            events.append(Hid(avatar.number))

    def _move(self, wishes: Mapping[int, Wish], events: list[TagEvent]) -> None:
        before = [(avatar.x, avatar.y) for avatar in self.avatars]
        for avatar in self.avatars:
            wish = wishes.get(avatar.number)
            if wish is None or avatar.frozen or avatar.hide or avatar.away:
                avatar.dash = 0.0
                avatar.run(0.0, 0.0, self._speed(avatar), 1 / HZ)
            else:
                avatar.run(wish.x, wish.y, self._speed(avatar), 1 / HZ)
        for i, a in enumerate(self.avatars):
            for b in self.avatars[i + 1 :]:
                if not (a.away or b.away):
                    push_apart(a, b, 1 / HZ)
        for avatar, back in zip(self.avatars, before, strict=True):
            hit = avatar.land(self._field, back)
            if hit and hit > HARD * self._speed(avatar):
                events.append(Bumped(avatar.number))

    def _pass_on(self, events: list[TagEvent]) -> None:
        self._unseen = self._unseen + 1 / HZ if self.it.away else 0.0
        present = [avatar for avatar in self.avatars if not avatar.away]
        if self._unseen > PATIENT and present:
            before = self.it
            self._make_it(self._lot(present), BREATH)
            events.append(Passed(before.number, self.it.number))

    def _tag(self, events: list[TagEvent]) -> None:
        it = self.it
        if it.frozen or it.away:
            return
        wide = 2 * RADIUS + REACH
        caught = [
            (far, self._lots.random(), other)
            for other in self.avatars
            if other is not it and not (other.safe or other.hide or other.away)
            if (far := math.hypot(other.x - it.x, other.y - it.y)) < wide
        ]
        if not caught:
            return
        whom = min(caught, key=lambda each: each[:2])[2]
        it.tags += 1
        it.points += TAG
        self._make_it(whom, BREATH)
        it.safe, it.dash = SAFE, 0.0
        events.append(Tagged(it.number, whom.number))
