"""What match is shown with: the frame that follows, ghosts, dials, words that stay, plates in a row."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from bodies import standing
from numpy.typing import NDArray

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.engine.canvas import Canvas
from posegames.engine.dials import Hoops, dial
from posegames.engine.figure import Body
from posegames.engine.theme import HEIGHT, THEATRE, WIDTH
from posegames.engine.view import View
from posegames.engine.window import open_window
from posegames.players.player import Player
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.judging import judge
from posegames.rules.piece import ANGLES, Target
from posegames.scenes.match.arrows import arrow
from posegames.scenes.match.framing import FEET, REACH, TALL, TOP, Framing
from posegames.scenes.match.ghosts import Ghosts
from posegames.scenes.match.limbglow import draw_ticks, glow, grade
from posegames.scenes.match.plates import places, plate_width
from posegames.scenes.match.posecards import PoseCards
from posegames.scenes.match.steady import Steady
from posegames.settings import Settings

ASPECT = WIDTH / HEIGHT
T_POSE = Target(
    name="T", angles={**dict.fromkeys(ANGLES[:4], 90.0), **dict.fromkeys(ANGLES[4:8], 3.0), "trunk": 0}
)


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    with open_window(Settings(headless=True)) as window:
        window.canvas.fill((0, 0, 0))
        yield window.canvas


def player(pose: Pose, torso: float = 0.2, *, number: int = 1, hidden: bool = False) -> Player:
    return Player(number, pose, pose, np.zeros((33, 2)), torso, 0.0, hidden)


def settled(*players: Player, aspect: float = ASPECT) -> View:
    framing = Framing()
    for _ in range(120):
        framing.update(players, aspect, 1 / 60)
    return framing.view


@pytest.mark.parametrize("torso", [0.08, 0.12, 0.2, 0.24])
@pytest.mark.parametrize("x", [0.4, 0.9, 1.4])
def test_feet_are_on_the_boards_and_arms_in_sight_near_and_far(x: float, torso: float) -> None:
    pose = standing(x, 0.5, torso)
    view = settled(player(pose, torso))
    body = Body.of(pose, view)
    assert body.foot is not None
    assert body.foot[1] == pytest.approx(FEET, abs=1)
    hips = body.middle(Joint.LEFT_HIP, Joint.RIGHT_HIP)
    assert REACH * body.torso - 1 <= hips[0] <= WIDTH - REACH * body.torso + 1
    assert FEET - TALL * body.torso >= TOP - 1


def test_everybody_fits_in() -> None:
    crowd = [player(standing(x, 0.5, 0.12), 0.12) for x in (0.2, 0.6, 1.1, 1.6)]
    view = settled(*crowd)
    for each in crowd:
        hips = Body.of(each.pose, view).middle(Joint.LEFT_HIP, Joint.RIGHT_HIP)
        assert REACH * 0.12 * view.scale - 1 <= hips[0] <= WIDTH - REACH * 0.12 * view.scale + 1


def test_who_stands_far_left_for_the_camera_stands_right_on_the_stage() -> None:
    left, right = player(standing(0.4, torso=0.1), 0.1), player(standing(1.3, torso=0.1), 0.1)
    view = settled(left, right)
    assert Body.of(left.pose, view).points[0][0] > WIDTH / 2 > Body.of(right.pose, view).points[0][0]


def test_small_steps_and_the_hidden_move_no_frame() -> None:
    framing = Framing()
    framing.update([player(standing(0.9))], ASPECT, 1 / 60)
    before = framing.view
    framing.update([player(standing(0.91, 0.551, 0.201), 0.201)], ASPECT, 1 / 60)
    assert framing.view == before
    framing.update([player(standing(0.2, torso=0.1), 0.1, hidden=True)], ASPECT, 1 / 60)
    assert framing.view == before


def test_the_frame_moves_gently() -> None:
    framing = Framing()
    framing.update([player(standing(0.9, torso=0.2))], ASPECT, 1 / 60)
    scales = [framing.view.scale]
    for _ in range(90):
        framing.update([player(standing(0.9, torso=0.1), 0.1)], ASPECT, 1 / 60)
        scales.append(framing.view.scale)
    assert scales[-1] > 1.8 * scales[0]
    assert np.diff(scales).max() < 0.1 * scales[0]


@pytest.mark.parametrize("torso", [1e-9, 1e-3, 50.0])
def test_impossible_bodies_give_a_possible_frame(torso: float) -> None:
    view = settled(player(standing(0.9, torso=min(torso, 5)), torso), player(standing(-30), number=2))
    assert np.isfinite(view.frame).all()
    assert 0.5 * HEIGHT < view.scale < 3 * HEIGHT


def test_something_is_said_after_a_while_and_stays() -> None:
    words: Steady[str] = Steady(after=0.5, least=1.0, hide=0.2)

    def during(seconds: float, due: str | None) -> list[str | None]:
        shown = []
        for _ in range(round(seconds * 20)):
            words.update(due, due, 1 / 20)
            shown.append(words.shown)
        return shown

    assert set(during(0.45, "up")) == {None}
    assert during(0.5, "up")[-1] == "up"
    assert set(during(0.4, "down")) == {"up"}
    assert during(0.6, "down")[-1] == "down"
    assert during(0.15, None)[-1] == "down"
    assert during(0.2, None)[-1] is None


def test_changing_words_of_the_same_key_are_shown_at_once() -> None:
    words: Steady[str] = Steady(after=0.0, least=1.0, hide=0.2)
    for due in ("higher", "higher", "lower"):
        words.update(due, "arm", 0.05)
    assert words.shown == "lower"
    assert words.age == pytest.approx(0.1, abs=0.051)


WHOLE = View((0, 0, WIDTH, HEIGHT), ASPECT)


def test_a_ghost_can_be_seen_through_and_is_painted_once(canvas: Canvas) -> None:
    pose = ghost(T_POSE, Proportions(0.2), (0.9, 0.5))
    canvas.fill((0, 0, 200))
    ghosts = Ghosts()
    ghosts.draw(canvas, 1, pose, WHOLE, colour=(255, 255, 255))
    x, y = Body.of(pose, WHOLE).middle(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
    red, _, blue = canvas.pixels()[round(y), round(x), 2::-1]
    assert 30 < red < 150 < blue
    kept = ghosts._kept[1]
    moved = ghost(T_POSE, Proportions(0.2), (0.7, 0.52))
    ghosts.draw(canvas, 1, moved, WHOLE, colour=(255, 255, 255))
    assert ghosts._kept[1] is kept
    ghosts.draw(canvas, 1, moved, WHOLE, colour=(0, 255, 0))
    assert ghosts._kept[1] is not kept


def test_a_ghost_comes_and_goes(canvas: Canvas) -> None:
    pose = ghost(T_POSE, Proportions(0.2), (0.9, 0.5))
    bright = []
    for shown in (0.0, 0.3, 1.0, 0.3):
        canvas.fill((0, 0, 0))
        ghosts = Ghosts()
        ghosts.draw(canvas, 1, pose, WHOLE, colour=(255, 255, 255), shown=shown)
        bright.append(float(canvas.pixels()[..., 0].mean()))
    assert bright[0] == 0
    assert bright[1] == bright[3] == pytest.approx(0.3 * bright[2], rel=0.05)


def test_a_new_pose_for_everybody_is_rendered_one_a_frame_and_no_old_one_is_shown(canvas: Canvas) -> None:
    ghosts = Ghosts()
    hanging = {name: 0.0 if name.endswith("arm") else angle for name, angle in T_POSE.angles.items()}
    poses = [ghost(Target(name="", angles=a), Proportions(0.15), (0.9, 0.5)) for a in (T_POSE.angles, hanging)]
    hand = Body.of(poses[0], WHOLE).points[Joint.LEFT_INDEX]
    before: list[object] = [None, None, None]
    news = []
    for pose in (poses[0], poses[0], *[poses[1]] * 4):
        canvas.fill((0, 0, 0))
        ghosts.draw_all(canvas, dict.fromkeys((1, 2, 3), (pose, (255, 255, 255))), WHOLE)
        now = [ghosts._kept.get(number) for number in (1, 2, 3)]
        news.append(sum(old is not new for old, new in zip(before, now, strict=True)))
        before = [*now]
        assert bool(canvas.pixels()[round(hand[1]), round(hand[0]), 0]) is (pose is poses[0])
    assert news == [3, 0, 1, 1, 1, 0]


def test_a_ghost_far_away_or_of_nothing_is_not_drawn(canvas: Canvas) -> None:
    before = canvas.pixels()
    nobody = Pose(np.zeros((33, 2)), np.zeros(33))
    for pose in (nobody, ghost(T_POSE, Proportions(0.2), (90.0, 0.5))):
        Ghosts().draw(canvas, 1, pose, WHOLE, colour=(255, 255, 255))
    assert (canvas.pixels() == before).all()
    huge = ghost(T_POSE, Proportions(3.0), (0.9, 0.5))
    Ghosts().draw(canvas, 1, huge, WHOLE, colour=(255, 255, 255))  # and none takes all memory there is


@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("radius", [40.0, 190.0])
def test_a_dial_is_as_full_as_it_should_be(canvas: Canvas, radius: float, share: float) -> None:
    dial(canvas, (640, 360), radius, share, (255, 255, 255), width=10)
    inked = (canvas.pixels()[..., 0] > 127).sum()
    caps = np.pi * 25 if share < 1 else 0
    assert inked == pytest.approx(2 * np.pi * radius * 10 * share + caps, rel=0.15)
    right, left = canvas.surface.get_at((round(640 + radius * 0.7), round(360 - radius * 0.714)))[0], None
    assert right > 127
    left = canvas.surface.get_at((round(640 - radius), 360))[0]
    assert (left > 127) is (share > 0.75)


def test_a_hoop_is_a_whole_circle_and_kept(canvas: Canvas) -> None:
    hoops = Hoops()
    for radius in (200.0, 201.0):
        hoops.draw(canvas, (640, 360), radius, (250, 200, 100), width=10)
    y, x = np.nonzero(canvas.pixels()[..., 2] > 127)
    away = np.hypot(x - 640, y - 360)
    assert away.min() == pytest.approx(195, abs=2)
    assert away.max() == pytest.approx(205, abs=2)
    assert canvas.pixels()[360, 840, :3].tolist() == [100, 200, 250]
    assert hoops._kept.cache_info().misses == 1
    for centre, radius in (((640.0, 360.0), -5.0), ((math.nan, 0.0), 100.0), ((0.0, 0.0), math.inf)):
        hoops.draw(canvas, centre, radius, (250, 200, 100), width=10)
    assert hoops._kept.cache_info().misses == 1


@pytest.mark.parametrize("share", [0.0, -1.0, float("nan")])
def test_an_empty_dial_is_nothing(canvas: Canvas, share: float) -> None:
    dial(canvas, (640, 360), 100, share, (255, 255, 255))
    dial(canvas, (float("nan"), 360), 100, 1.0, (255, 255, 255), track=(9, 9, 9))
    assert not canvas.pixels()[..., :3].any()


def test_a_limb_that_fits_is_lit_wider_and_has_a_tick(canvas: Canvas) -> None:
    view = View((0, 0, WIDTH, HEIGHT), ASPECT)
    off = Target(name="off", angles={**T_POSE.angles, "left_forearm": 150})
    judgement = judge(ghost(off, Proportions(0.2), (0.9, 0.5)), T_POSE)
    body = Body.of(ghost(T_POSE, Proportions(0.2), (0.9, 0.5)), view)

    def widths() -> dict[str, int]:
        lit: NDArray[np.bool_] = canvas.pixels()[..., :3].max(axis=2) > 40
        places = {side: body.middle(Joint[f"{side}_ELBOW"], Joint[f"{side}_WRIST"]) for side in ("LEFT", "RIGHT")}
        return {side: int(lit[:, round(x)].sum()) for side, (x, _) in places.items()}

    canvas.inks(glow(canvas.theme, body, judgement.limbs))
    wide = widths()
    assert wide["RIGHT"] >= wide["LEFT"] + 10
    assert wide["LEFT"] > 10
    before = canvas.pixels()
    draw_ticks(canvas, body, judgement.limbs)
    changed: NDArray[np.bool_] = np.asarray(canvas.pixels() != before).max(axis=2)
    middle = body.middle(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER)[0]
    wrist = body.points[Joint.LEFT_ELBOW][0]
    assert changed[:, : round(wrist) - 20].sum() == 0  # none on the forearm that is off
    assert changed[:, round(middle) :].any()


def test_grades_go_from_bad_over_warn_to_good() -> None:
    assert [grade(THEATRE, score) for score in (0, 45)] == [THEATRE.bad] * 2
    assert grade(THEATRE, 65) == THEATRE.warn
    assert [grade(THEATRE, score) for score in (85, 100)] == [THEATRE.good] * 2


def test_cards_are_painted_once(canvas: Canvas) -> None:
    cards = PoseCards()
    for x in (100.0, 300.0):
        cards.draw(canvas, T_POSE, (x, 20.0, 118.0, 142.0), near=True)
    assert len(cards._painted) == 1
    cards.draw(canvas, T_POSE, (500.0, 20.0, 118.0, 142.0), near=False)
    assert len(cards._painted) == 2
    shown = canvas.pixels()[20:162, :, :3].astype(int)
    assert (shown[:, 100:218] == shown[:, 300:418]).all()
    assert shown[:, 100:218].sum() > shown[:, 500:618].sum()


@pytest.mark.parametrize("way", [(1.0, 0.0), (0.0, -1.0), (-0.6, 0.8)])
def test_an_arrow_points_along_its_way(canvas: Canvas, way: tuple[float, float]) -> None:
    arrow(canvas, (600.0, 300.0), way, 80.0, (255, 255, 255), rim=0)
    y, x = np.nonzero(canvas.pixels()[..., 0] > 127)
    along = (x - 600) * way[0] + (y - 300) * way[1]
    assert along.min() > -8
    assert along.max() == pytest.approx(80, abs=4)
    assert (along > 40).sum() > (along < 40).sum()  # the head is at its end


def test_an_arrow_without_a_way_is_none(canvas: Canvas) -> None:
    arrow(canvas, (600.0, 300.0), (0.0, 0.0), 80.0, (255, 255, 255))
    assert not canvas.pixels()[..., :3].any()


@pytest.mark.parametrize(
    "wanted",
    [{1: 640.0}, {1: -500.0}, {1: 5000.0, 2: 4000.0}, {1: 640.0, 2: 641.0, 3: 640.0, 4: 0.0},
     dict.fromkeys(range(1, 7), 600.0)],
)  # fmt: skip
def test_plates_stand_side_by_side_on_the_screen(wanted: dict[int, float]) -> None:
    found = places(wanted)
    wide = plate_width(len(wanted))
    row = sorted(found.values())
    assert row[0] >= wide / 2
    assert row[-1] <= WIDTH - wide / 2
    assert all(b - a >= wide for a, b in pairwise(row))
    ordered = sorted(wanted, key=lambda number: (wanted[number], number))
    assert sorted(found, key=found.__getitem__) == ordered


def test_plates_stand_under_their_players_where_there_is_room() -> None:
    assert places({1: 300.0, 2: 900.0}) == {1: 300.0, 2: 900.0}
    assert places({1: 200.0}, left=250.0)[1] > 250 + plate_width(1) / 2 - 1
