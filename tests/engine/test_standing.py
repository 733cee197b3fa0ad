from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.guidance import Advice, Guide
from posegames.engine.scene import Move, World
from posegames.engine.standing import draw_guidance
from posegames.engine.view import View
from posegames.events import Event
from posegames.preferences import Preferences
from posegames.seeing.sighting import Picture
from posegames.testing import Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"


class Guided:
    """A stage on which only advice is shown."""

    def __init__(self) -> None:
        self.guide = Guide()

    def handle(self, event: Event, world: World) -> Move | None:
        return None

    def update(self, world: World, dt: float) -> Move | None:
        self.guide.update(world, dt)
        return None

    def draw(self, canvas: Canvas, world: World) -> None:
        canvas.backdrop()
        view = View((0.0, 0.0, 1280.0, 720.0), world.aspect)
        draw_guidance(canvas, self.guide, world, (640.0, 588.0), view=view)


def without_feet(pose: Pose) -> Pose:
    confidence = pose.confidence.copy()
    confidence[27:] = 0.0
    return Pose(pose.xy, confidence)


SHOWN: dict[Advice, Sequence[Pose]] = {
    Advice.STEP_IN: (),
    Advice.CLOSER: (body(height=0.3, soles=0.7),),
    Advice.LEFT: (body(0.6), body(0.04)),
    Advice.TILT_DOWN: (without_feet(body(height=0.8, soles=1.2)),),
}


def guided(poses: Sequence[Pose], theme: str, seconds: float = 2.5, picture: Picture | None = None) -> Played:
    feed = ScriptedFeed(lambda _time: poses, picture=picture)
    return play(Guided(), [Shot(seconds, "it")], hz=30, feed=feed, preferences=Preferences(theme=theme))


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_advice_looks_the_same_everywhere(theme: str) -> None:
    """Four of them: words, the finder with everybody in it, the outline where one helps."""
    shots = []
    for advice, poses in SHOWN.items():
        played = guided(poses, theme)
        scene = played.stack.top
        assert isinstance(scene, Guided)
        assert scene.guide.given is advice
        shots.append(played.pictures["it"][::2, ::2])
    sheet = np.vstack([np.hstack(shots[:2]), np.hstack(shots[2:])])
    assert_picture(sheet, GOLDEN / f"guidance-{theme}.png")


def test_nothing_is_drawn_where_all_is_well() -> None:
    bare = guided((body(),), "theatre").pictures["it"]
    told = guided((body(height=0.3),), "theatre").pictures["it"]
    assert (bare[520:650] != told[520:650]).any()
    off = play(Guided(), [Shot(2.5, "it")], preferences=Preferences(guidance=False)).pictures["it"]
    assert (off == bare).all()


def test_whom_it_concerns_is_shown_by_their_shape_where_there_are_several() -> None:
    """The square of the second player, in their colour, beside the words."""
    colour = np.array((0xDC, 0xA2, 0x5A))  # blue, green, red

    def pixels(poses: Sequence[Pose]) -> int:
        words = guided(poses, "theatre").pictures["it"][540:640, 430:560].astype(int)
        return int((np.abs(words - colour).max(axis=2) < 12).sum())

    assert pixels((body(0.6), body(0.04))) > 300
    assert pixels((body(0.04),)) == 0


def test_the_outline_has_the_size_a_body_should_have() -> None:
    """Between 60 and 85 % of the height of what the camera sees, wherever that is shown."""
    shown = guided((), "high-contrast").pictures["it"][:530].astype(int)
    rows = np.nonzero(shown.min(axis=2).max(axis=1) > 200)[0]
    assert rows.min() == pytest.approx(720 * (0.94 - 0.75), abs=10)


def test_light_is_asked_for_on_a_picture_that_is_dark() -> None:
    scene = guided((body(),), "theatre", picture=np.full((90, 160, 3), 20, dtype=np.uint8)).stack.top
    assert isinstance(scene, Guided)
    assert scene.guide.given is Advice.LIGHT
