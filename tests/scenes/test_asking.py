from __future__ import annotations

from pathlib import Path

import pytest
from reaching import Reaching
from standing import Stand

from posegames.engine.canvas import Canvas
from posegames.engine.choosing.chooser import DWELL, FINAL
from posegames.engine.scene import Move, Pop, Quit, Replace, Setup, World
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.preferences import Preferences
from posegames.scenes.asking import Ask
from posegames.scenes.mirror import Mirror
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
QUIT, STAY = (430.0, 420.0), (850.0, 420.0)


def ask(**how: object) -> Ask:
    answers: dict[str, tuple[str, Move]] = {"quit": ("Leave", Quit()), "back": ("Stay", Pop())}
    return Ask("Leave the program?", answers, **how)  # type: ignore[arg-type]


def rehearse(*plan: At | Shot, scene: Ask | None = None, feed: ScriptedFeed | None = None) -> Played:
    return play(scene or ask(), plan, feed=feed or ScriptedFeed.of(body()))


@pytest.mark.parametrize("palette", ["theatre", "high-contrast"])
def test_it_asks_over_the_scene_in_the_dark(palette: str) -> None:
    mirror, drawn = Mirror(Setup()), []

    def behind(canvas: Canvas, world: World) -> None:
        drawn.append(world.now)
        mirror.draw(canvas, world)

    feed = ScriptedFeed(Reaching((800.0, 430.0), since=0.3))
    plan = [Shot(0.4, "x"), Shot(1.2, "it")]
    played = play(ask(behind=behind), plan, feed=feed, preferences=Preferences(theme=palette))
    assert len(drawn) == 1  # it does not move
    assert_picture(played.pictures["it"], GOLDEN / f"asking-{palette}.png")


def test_what_cannot_be_undone_takes_a_hand_longer() -> None:
    for place, late, left in ((STAY, DWELL + 0.3, True), (QUIT, FINAL - 0.1, False), (QUIT, FINAL + 0.3, True)):
        feed = ScriptedFeed(Reaching(place, since=0.6))
        assert rehearse(Shot(0.7 + late, "it"), feed=feed).stack.empty is left


@pytest.mark.parametrize("event", [KeyPressed("escape"), KeyPressed("return"), PointerPressed(*STAY)])
def test_escape_and_return_stay(event: Event) -> None:
    """Staying is in focus; a question alone is no scene to stay in, so the play ends."""
    scene = ask()
    assert rehearse(At(0.2, event), Shot(0.4, "it"), scene=scene).stack.empty
    assert scene.handle(KeyPressed("escape"), World(now=9.0)) == Pop()


def test_an_answer_leads_where_it_says() -> None:
    after = Stand(Setup())
    scene = Ask("Begin again?", {"again": ("Again", Replace(after))})
    assert (
        rehearse(*(At(0.2, KeyPressed(k)) for k in ("tab", "return")), Shot(0.4, "it"), scene=scene).stack.top
        is after
    )
    assert ask().handle(PointerPressed(*QUIT), World(now=0.0)) == Quit()


@pytest.mark.parametrize("count", [0, 5])
def test_it_has_one_to_four_answers(count: int) -> None:
    with pytest.raises(ValueError, match="One to four"):
        Ask("What?", {str(i): (str(i), Pop()) for i in range(count)})
