from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.scene import Cue, Setup
from posegames.events import Gesture, KeyPressed, PlayerJoined, PlayerLeft
from posegames.preferences import Preferences
from posegames.scenes.mirror import HINTED, Mirror
from posegames.seeing.sighting import Picture
from posegames.seeing.status import FeedStatus
from posegames.testing import HANDS_UP, At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"


def room() -> Picture:
    """Return a picture of an empty room: a wall with a window, a floor."""
    picture = np.full((360, 640, 3), (150, 165, 180), dtype=np.uint8)
    picture[270:] = (70, 95, 120)
    picture[60:150, 40:150] = (235, 225, 205)
    return picture


def circling(time: float) -> dict[str, tuple[float, float]]:
    """Return a left hand on its way round."""
    x, y = 0.32 + 0.12 * np.cos(5 * time), 0.75 + 0.12 * np.sin(5 * time)
    return {"left_elbow": (0.24, 0.72), "left_wrist": (x, y), "left_index": (x + 0.04, y + 0.04)}


def two(time: float) -> Sequence[Pose]:
    """Two people, one of whom circles a hand; the other raises both from the second second on."""
    hands = HANDS_UP if time >= 2 else None
    return body(0.55, height=0.70, moved=circling(time)), body(1.2, height=0.66, moved=hands)


def rehearse(
    feed: ScriptedFeed, *plan: At | Shot, players: int = 4, wanted: Preferences | None = None
) -> tuple[Played, Mirror]:
    mirror = Mirror(Setup())
    return play(mirror, plan, feed=feed, players=players, preferences=wanted), mirror


def test_two_people_over_their_picture() -> None:
    played, _ = rehearse(ScriptedFeed(two, picture=room()), Shot(2.4, "mirror"))
    joined = [event for event in played.events if isinstance(event, PlayerJoined)]
    assert [event.player for event in joined] == [1, 2]
    assert [event.t for event in joined] == pytest.approx([0.3, 0.3], abs=0.05)
    assert any(isinstance(e, Gesture) and e.gesture == "hands_up" for e in played.events)
    assert played.cues == [Cue("join", 1), Cue("join", 2), Cue("cheer", 1)]
    assert_picture(played.pictures["mirror"], GOLDEN / "mirror.png")


def test_left_and_right_are_as_in_a_mirror() -> None:
    """Whoever the camera sees on its left stands on the right of the screen, window and all."""
    played, _ = rehearse(ScriptedFeed.of(body(0.4), picture=room()), Shot(10.0, "it"))
    picture = played.pictures["it"]
    orange = (np.abs(picture.astype(int) - (0x00, 0x9F, 0xE6)).max(axis=2) < 40).nonzero()[1]
    assert orange.mean() > 700
    assert picture[200, 1280 - 190].tolist() == pytest.approx([235, 225, 205], abs=3)


def test_the_stage_shows_figures_and_no_picture() -> None:
    feed = ScriptedFeed(two, picture=room())
    played, mirror = rehearse(feed, At(1.0, KeyPressed("s")), Shot(2.4, "stage"))
    assert mirror.private
    assert_picture(played.pictures["stage"], GOLDEN / "mirror-stage.png")
    back, mirror = rehearse(feed, At(0.5, KeyPressed("s")), At(0.6, KeyPressed("s")), Shot(0.7, "it"))
    assert not mirror.private
    assert back.pictures["it"][20, 700].tolist() == [150, 165, 180]


BOTH = (Shot(2.3, "over"), At(2.35, KeyPressed("s")), Shot(2.4, "stage"))


def test_it_can_be_had_in_high_contrast() -> None:
    feed, wanted = ScriptedFeed(two, picture=room()), Preferences(theme="high-contrast")
    played, _ = rehearse(feed, *BOTH, wanted=wanted)
    for name, file in (("over", "mirror"), ("stage", "mirror-stage")):
        assert_picture(played.pictures[name], GOLDEN / f"{file}-high-contrast.png")


def test_figures_and_background_are_the_players_choice() -> None:
    """On the stage and over the picture alike."""
    feed, wanted = ScriptedFeed(two, picture=room()), Preferences(figure="robot", background="space")
    played, _ = rehearse(feed, *BOTH, wanted=wanted)
    halves = [played.pictures[name][::2, ::2] for name in ("over", "stage")]
    assert_picture(np.hstack(halves), GOLDEN / "mirror-robot-space.png")


def test_a_tape_has_no_picture_and_is_played_on_the_stage() -> None:
    played, _ = rehearse(ScriptedFeed(two), Shot(2.4, "tape"))
    private, _ = rehearse(ScriptedFeed(two), At(0.0, KeyPressed("s")), Shot(2.4, "stage"))
    assert (played.pictures["tape"] == private.pictures["stage"]).all()


def test_a_narrow_picture_shows_heads_and_feet_and_the_stage_beside_it() -> None:
    picture = np.full((480, 640, 3), 200, dtype=np.uint8)
    played, _ = rehearse(ScriptedFeed.of(body(0.7), picture=picture), Shot(10.0, "it"))
    shown = played.pictures["it"]
    assert (shown[2, 200:1080] == 200).all()
    assert shown[:, :150].mean() < 100


def test_trails_can_be_switched_off() -> None:
    on, _ = rehearse(ScriptedFeed(two), Shot(1.9, "it"))
    off, mirror = rehearse(ScriptedFeed(two), At(0.5, KeyPressed("t")), Shot(1.9, "it"))
    assert not mirror.trails
    changed = (on.pictures["it"] != off.pictures["it"]).any(axis=2)
    assert 500 < changed.sum() < 20_000


def test_spectators_are_grey_and_join_nothing() -> None:
    crowd = (body(0.3, height=0.6), body(0.9, height=0.6), body(1.5, height=0.6))
    played, _ = rehearse(ScriptedFeed.of(*crowd, picture=room()), Shot(2.0, "it"), players=2)
    joined = [event.player for event in played.events if isinstance(event, PlayerJoined)]
    assert joined == [1, 2]
    assert played.cues == [Cue("join", 1), Cue("join", 2)]
    assert_picture(played.pictures["it"], GOLDEN / "mirror-spectator.png")


def test_whoever_walks_out_is_hidden_then_let_go() -> None:
    def leaves(time: float) -> Sequence[Pose]:
        return (body(0.5),) if time < 1 else ()

    played, _ = rehearse(ScriptedFeed(leaves, picture=room()), Shot(1.5, "hidden"), Shot(8.0, "gone"))
    assert [type(event) for event in played.events] == [PlayerJoined, PlayerLeft]
    assert played.cues == [Cue("join", 1), Cue("leave", 1)]
    assert_picture(played.pictures["gone"], GOLDEN / "mirror-empty.png")


def test_nobody_there_is_said_and_unsaid() -> None:
    def comes(time: float) -> Sequence[Pose]:
        return (body(0.9),) if time > 4 else ()

    silent, _ = rehearse(
        ScriptedFeed(comes, picture=room()), Shot(0.9, "it"), Shot(1.5, "said"), Shot(12, "unsaid")
    )
    line = {name: picture[580:630, 400:500].std() for name, picture in silent.pictures.items()}
    assert line["said"] > line["it"] + 5
    assert line["unsaid"] == pytest.approx(line["it"], abs=3)


def test_the_keys_are_shown_for_a_while_and_again_when_one_is_pressed() -> None:
    feed = ScriptedFeed.of(body(0.9), picture=room())
    plan: list[At | Shot] = [
        Shot(1.0, "first"),
        Shot(HINTED + 0.5, "later"),
        At(12.0, KeyPressed("x")),
        Shot(12.5, "again"),
    ]
    played, _ = rehearse(feed, *plan)
    row = {name: picture[650:700, 330:500].std() for name, picture in played.pictures.items()}
    assert row["first"] > row["later"] + 10
    assert row["again"] == pytest.approx(row["first"], abs=3)


def test_notices_and_troubles_of_the_source_are_shown() -> None:
    def status(time: float) -> FeedStatus:
        if time > 10:
            return FeedStatus(phase="trouble", message="Camera lost: trying again")
        return FeedStatus(notice="No camera answered: the stage plays instead")

    feed = ScriptedFeed(lambda _time: (body(0.9),), picture=room(), status=status)
    played, _ = rehearse(feed, Shot(3.0, "notice"), Shot(9.0, "told"), Shot(11.0, "trouble"))
    line = {name: np.ptp(picture[40:80, 400:560, 2]) for name, picture in played.pictures.items()}
    assert line["told"] == 0
    assert line["notice"] > 100
    assert line["trouble"] > 100


def test_escape_leaves() -> None:
    played, _ = rehearse(ScriptedFeed.of(), At(0.5, KeyPressed("escape")), Shot(1.0, "never"))
    assert played.stack.empty


def test_what_the_tracker_is_unsure_of_is_drawn_thinner() -> None:
    covered = []
    for sure in (1.0, 0.2):
        feed = ScriptedFeed.of(body(0.9, sure=sure), picture=room())
        played, _ = rehearse(feed, Shot(10.0, "it"), wanted=Preferences(guidance=False))
        picture = played.pictures["it"][330:500].astype(int)  # below the tag and the emblem's place
        covered.append(int((np.abs(picture - (150, 165, 180)).max(axis=2) > 30).sum()))
    assert covered[1] < 0.85 * covered[0]


def test_the_same_play_gives_the_same_pictures() -> None:
    first, again = (rehearse(ScriptedFeed(two, picture=room()), Shot(2.4, "it"))[0] for _ in range(2))
    assert (first.pictures["it"] == again.pictures["it"]).all()
