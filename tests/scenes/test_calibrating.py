"""Five seconds in the mirror that tell how far somebody gets."""

from __future__ import annotations

import re

from motions import body, plateau

from posegames.body.pose import Pose
from posegames.engine.people import People
from posegames.engine.scene import Setup
from posegames.events import Gesture, KeyPressed
from posegames.gestures.tuning.calibration import PROMPTS
from posegames.scenes.calibrating import LENGTH, SHOWN
from posegames.scenes.mirror import Mirror
from posegames.testing import At, Played, ScriptedFeed, Shot, play

BEGIN = 2.0


def little(time: float) -> tuple[Pose, ...]:
    """Somebody who leans by eleven degrees and no farther: in the five seconds, and again afterwards."""
    left = plateau(time, BEGIN + 1.8, 0.8) + plateau(time, BEGIN + LENGTH + 2, 1.0)
    right = plateau(time, BEGIN + 2.7, 0.8)
    return (body(lean=11 * (right - left)),)


def played(*plan: At | Shot, seconds: float = BEGIN + LENGTH + 4) -> Played:
    return play(Mirror(Setup()), [*plan, Shot(seconds, "end")], hz=30, feed=ScriptedFeed(little))


def leans(run: Played) -> list[str]:
    return [
        e.gesture for e in run.events if isinstance(e, Gesture) and e.phase == "on" and e.gesture != "step_left"
    ]


def test_who_gets_less_far_is_asked_for_less_from_then_on() -> None:
    assert leans(played()) == []
    assert leans(played(At(BEGIN, KeyPressed("c")))) == ["lean_left"]


def test_what_is_asked_is_shown_and_what_came_of_it() -> None:
    people, mirror, said = People(1), Mirror(Setup()), list[str]()
    feed = ScriptedFeed(little)
    with feed:
        for number in range(round((BEGIN + LENGTH + SHOWN + 1) * 60)):
            now = number / 60
            events = people.see(feed.poll(now), now)
            world = people.world(now, feed.status(now))
            if number == round(BEGIN * 60):
                mirror.handle(KeyPressed("c"), world)
                mirror.handle(KeyPressed("c"), world)  # once is enough
            for event in events:
                mirror.handle(event, world)
            mirror.update(world, 1 / 60)
            lines = mirror.calibrating.lines(world.theme)
            said += [line for line in lines if line not in said]
    *prompts, result = said
    assert prompts == [prompt.words for prompt in PROMPTS]
    found = re.fullmatch(r"Fox: enough from now on: leaning (\d+) %", result)
    assert found
    assert 50 <= int(found[1]) <= 60  # four fifths of 11 of 15 degrees, a little less for the hold
    assert mirror.calibrating.lines(world.theme) == []
