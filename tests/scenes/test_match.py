"""match, played by script: bodies that see which pose is asked for, and strike it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from posegames.body.joints import Joint
from posegames.body.pose import Pose
from posegames.engine.levels.level import Level
from posegames.engine.levels.shelf import Shelf
from posegames.engine.scene import Cue, Setup
from posegames.errors import PosegamesError
from posegames.events import FocusChanged, KeyPressed
from posegames.preferences import Preferences
from posegames.rules.arena import Arena
from posegames.rules.ghost import Proportions, ghost
from posegames.rules.piece import ANGLES, Piece, Target
from posegames.scenes.match.act import STEP_BACK
from posegames.scenes.match.scene import BOWS, Match
from posegames.scenes.pause import Pause
from posegames.scenes.results import Results
from posegames.seeing.sighting import Picture
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play
from posegames.testing import At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"

T_POSE = Target(
    name="T-pose",
    angles={"left_upper_arm": 90, "left_forearm": 90, "right_upper_arm": 90, "right_forearm": 90},
    hold=0.6,
)
MUSCLES = Target(name="Muscles", angles={**T_POSE.angles, "left_forearm": 170, "right_forearm": 170}, hold=0.6)
STAR = Target(
    name="Star",
    angles={**dict.fromkeys(T_POSE.angles, 130), **dict.fromkeys(("left_thigh", "left_shin"), 20),
            "right_thigh": 20, "right_shin": 20, "trunk": 0},
    hold=0.6,
)  # fmt: skip
THREE = Piece(targets=(T_POSE, MUSCLES, STAR))
HANGING = {name: 2.0 if name.endswith(("thigh", "shin")) else 6.0 for name in ANGLES} | {"trunk": 0.0}


def level(piece: Piece = THREE, title: str = "Three poses") -> Level:
    return Level(scene="match", name="three", title=title, content=piece)


def struck(target: Target | None, x: float = 0.89, torso: float = 0.16, **off: float) -> Pose:
    """Return somebody in `target` (None: at ease), with some angles `off` by so many degrees."""
    angles = HANGING | dict(target.angles if target else {})
    angles |= {name: angles[name] + degrees for name, degrees in off.items()}
    return ghost(Target(name="body", angles=angles), Proportions(torso), (x, 0.55))


@dataclass
class Cast:
    """A match, and players who strike what it asks for, each a moment later than it is asked."""

    match: Match
    late: float = 0.4

    def __post_init__(self) -> None:
        self._since: dict[int, float] = {}

    def target(self, time: float) -> Target | None:
        """Return what they want to strike by now; None to stand at ease."""
        game = self.match.game
        if game.phase not in ("posing", "between"):
            return None
        seen = self._since.setdefault(game.index, time)
        return game.target if time - seen >= self.late else None


def room() -> Picture:
    picture = np.full((360, 640, 3), (150, 165, 180), dtype=np.uint8)
    picture[270:] = (70, 95, 120)
    return picture


def rehearse(
    script: Callable[[float, Target | None], Sequence[Pose]],
    *plan: At | Shot,
    piece: Piece = THREE,
    shelf: Shelf | None = None,
    wanted: Preferences | None = None,
) -> tuple[Played, Match]:
    """Play; `script` is told the time and the pose the players want to strike by now."""
    match = Match(Setup(level=level(piece), shelf=shelf))
    cast = Cast(match)
    feed = ScriptedFeed(lambda time: script(time, cast.target(time)), picture=room())
    return play(match, plan, feed=feed, hz=30, preferences=wanted), match


def one(_time: float, target: Target | None) -> Sequence[Pose]:
    return (struck(target),)


def sounds(played: Played) -> list[str]:
    return [cue.sound for cue in played.cues]


def test_a_whole_game_ends_with_a_bow_and_the_results() -> None:
    played, match = rehearse(one, Shot(14.0, "results"))
    turn = match.game.turns[1]
    assert turn.ratings == {"perfect": 3, "good": 0, "ok": 0}
    assert turn.points > 3000
    heard = [cue for cue in played.cues if cue.sound not in ("hover", "star", "dwell")]
    assert heard == [
        Cue("join", 1), Cue("count"), Cue("count"), Cue("count"), Cue("go"),
        Cue("perfect", 1), Cue("perfect", 1, step=1), Cue("perfect", 1, step=2), Cue("end"),
    ]  # fmt: skip
    assert isinstance(played.stack.top, Results)


def test_a_success_is_seen_within_a_tenth_of_a_second() -> None:
    locked: list[float] = []

    def watched(time: float, target: Target | None, match: Match) -> Sequence[Pose]:
        turn = match.game.turns.get(1)
        if turn and turn.locked and not locked:
            locked.append(time)
        return (struck(target),)

    match = Match(Setup(level=level()))
    cast = Cast(match)
    play(match, [Shot(6.0, "")], feed=ScriptedFeed(lambda time: watched(time, cast.target(time), match)))
    (then,) = locked
    played, _ = rehearse(one, Shot(then - 0.1, "before"), Shot(then + 0.05, "after"))
    legs = {name: picture[440:540, 560:720].astype(float).mean() for name, picture in played.pictures.items()}
    assert legs["after"] > 1.1 * legs["before"]


@pytest.mark.parametrize("moment", [1.9, 5.6, 4.4])
def test_a_game_alone(moment: float) -> None:
    """The count; the outline and a limb that is off; the lock."""

    def sloppy(_time: float, target: Target | None) -> Sequence[Pose]:
        return (struck(target, left_forearm=-50),)

    names = {1.9: "match-count", 5.6: "match-trying", 4.4: "match-locked"}
    script = one if moment == 4.4 else sloppy
    played, _ = rehearse(script, Shot(moment, "it"))
    assert_picture(played.pictures["it"], GOLDEN / f"{names[moment]}.png")


@pytest.mark.parametrize("theme", ["high-contrast"])
def test_what_is_to_be_corrected_is_seen_in(theme: str) -> None:
    played, _ = rehearse(
        lambda _time, target: (struck(target, left_forearm=-50),), Shot(5.6, "it"), wanted=Preferences(theme=theme)
    )
    assert_picture(played.pictures["it"], GOLDEN / f"match-trying-{theme}.png")


def four(time: float, target: Target | None) -> Sequence[Pose]:
    places = ((0.24, 0.13, 0.0), (0.66, 0.11, -45.0), (1.08, 0.13, 4.0), (1.5, 0.10, 8.0))
    return [struck(target, x, torso, right_forearm=off) for x, torso, off in places]


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_four_side_by_side(theme: str) -> None:
    played, match = rehearse(four, Shot(4.9, "four"), wanted=Preferences(theme=theme))
    locked = {number: turn.locked for number, turn in match.game.turns.items()}
    assert [number for number in locked if locked[number]] == [1, 3, 4] or len(locked) == 4
    assert_picture(played.pictures["four"], GOLDEN / f"match-four{'' if theme == 'theatre' else '-' + theme}.png")


def test_a_pose_with_a_clock() -> None:
    """The bar shrinks; what was not struck is missed kindly, and the next pose comes by itself."""
    piece = Piece(targets=tuple(replace(target, seconds=5.0) for target in (MUSCLES, T_POSE)))

    def hesitant(time: float, _target: Target | None) -> Sequence[Pose]:
        return (struck(T_POSE if time > 4 else None),)

    played, match = rehearse(hesitant, Shot(6.5, "timed"), Shot(8.3, "missed"), Shot(10.5, "next"), piece=piece)
    assert sounds(played).count("tick") == 3
    assert sounds(played).count("miss") == 1
    assert match.game.index == 1
    assert match.game.turns[1].missed == 1
    assert_picture(played.pictures["timed"], GOLDEN / "match-timed.png")


def test_escape_pauses_and_goes_on() -> None:
    played, match = rehearse(one, At(3.2, KeyPressed("escape")), Shot(9.0, "paused"))
    assert [type(scene) for scene in played.stack.scenes] == [Match, Pause]
    assert match.game.index == 0
    assert "pause" in sounds(played)
    plan: list[At | Shot] = [At(3.2, KeyPressed("escape")), At(5.0, KeyPressed("escape")), Shot(16.0, "later")]
    played, match = rehearse(one, *plan)
    assert match.game.index >= 1


def test_a_window_that_loses_the_keyboard_pauses() -> None:
    played, _ = rehearse(one, At(3.0, FocusChanged(focused=False)), Shot(3.5, "paused"))
    assert isinstance(played.stack.top, Pause)


def test_who_joins_later_plays_from_then_on() -> None:
    def joined(time: float, target: Target | None) -> Sequence[Pose]:
        first = struck(target, 0.6)
        return (first, struck(target, 1.2)) if time > 5.6 else (first,)

    played, match = rehearse(joined, Shot(16.0, "it"))
    assert Cue("join", 2) in played.cues
    assert isinstance(played.stack.top, Results)
    first, second = match.game.turns[1], match.game.turns[2]
    assert sum(first.ratings.values()) == 3
    assert 1 <= sum(second.ratings.values()) <= 2
    assert second.stars == first.stars == 5


def test_who_leaves_is_not_waited_for_and_keeps_the_points() -> None:
    def leaves(time: float, target: Target | None) -> Sequence[Pose]:
        return (struck(target, 0.6), struck(target, 1.2)) if time < 5.2 else (struck(target, 0.6),)

    played, match = rehearse(leaves, Shot(10.0, "still"), Shot(20.0, "it"))
    assert isinstance(played.stack.top, Results)
    assert match.game.turns[2].points > 900
    assert match.game.turns[2].missed == 0


def test_who_is_hidden_for_a_moment_loses_nothing() -> None:
    def flickers(time: float, target: Target | None) -> Sequence[Pose]:
        return () if 3.0 < time < 3.6 else (struck(target),)

    played, match = rehearse(flickers, Shot(3.3, "hidden"), Shot(14.0, "it"))
    assert match.game.turns[1].ratings["perfect"] == 3
    assert "leave" not in sounds(played)


def test_nobody_is_invited_and_nothing_goes_on() -> None:
    played, match = rehearse(lambda _time, _target: (), Shot(4.0, "empty"))
    assert match.game.phase == "ready"
    assert not sounds(played)
    row = played.pictures["empty"][640:672, 440:840]
    assert (row > 200).all(axis=2).sum() > 500


def unseen(pose: Pose, *joints: str) -> Pose:
    """Return the same with these joints (parts of names) not seen."""
    confidence = pose.confidence.copy()
    for joint in Joint:
        if any(part in joint.name.lower() for part in joints):
            confidence[joint] = 0
    return replace(pose, confidence=confidence)


ODD: dict[str, Callable[[], Pose]] = {
    "shoulders only": lambda: unseen(body(0.9), "hip", "knee", "ankle", "heel", "foot", "elbow", "wrist", "index"),
    "no head": lambda: unseen(body(0.9), "nose", "eye", "ear", "mouth"),
    "no arms": lambda: unseen(struck(T_POSE), "elbow", "wrist", "index", "pinky", "thumb"),
    "half off the frame": lambda: struck(STAR, 0.02),
    "far off the frame": lambda: struck(STAR, 40.0),
    "a speck": lambda: struck(STAR, 0.9, 0.004),
    "a giant": lambda: struck(STAR, 0.9, 3.0),
    "on one spot": lambda: Pose(np.full((33, 2), 0.5), np.ones(33)),
    "not seen at all": lambda: Pose(np.zeros((33, 2)), np.zeros(33)),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_bodies_do_no_harm(odd: str) -> None:
    """Beside somebody who plays on; and alone."""
    strange = ODD[odd]()
    shots: list[At | Shot] = [Shot(time, f"{time}") for time in (1.0, 3.1, 5.0)]
    played, match = rehearse(lambda _time, target: (struck(target, 1.2), strange), *shots)
    assert match.game.turns[1].points > 900 or match.game.turns[2].points > 900
    assert all(picture.std() > 10 for picture in played.pictures.values())
    rehearse(lambda _time, _target: (strange,), Shot(4.0, "alone"))


def test_who_stands_too_near_is_asked_to_step_back() -> None:
    near = unseen(struck(T_POSE, 1.2), "elbow", "wrist", "index", "pinky", "thumb")

    def close(time: float, _target: Target | None) -> Sequence[Pose]:
        return (struck(None, 0.5), near if time > 2.9 else struck(None, 1.2))

    _, match = rehearse(close, Shot(6.0, "it"))
    assert STEP_BACK in [act.advice.shown for act in match._acts.values()]


def test_hints_stay_long_enough_to_be_read() -> None:
    """Whatever the body does, no hint is shown for less than a second, unless all is well."""
    shown: list[tuple[float, str]] = []

    def restless(time: float, target: Target | None) -> Sequence[Pose]:
        wave = 60 * np.sin(9 * time)
        act = match_[0]._acts.get(1) if match_ else None
        hint = act.advice.shown if act else None
        shown.append((time, hint if isinstance(hint, str) else hint.limb.name if hint else ""))
        return (struck(target, left_forearm=wave, right_forearm=60 * np.sin(7 * time)),)

    match_: list[Match] = []
    match = Match(Setup(level=level()))
    match_.append(match)
    cast = Cast(match)
    play(match, [Shot(9.0, "it")], feed=ScriptedFeed(lambda time: restless(time, cast.target(time))))
    changes = [(time, hint) for (_, before), (time, hint) in pairwise(shown) if hint != before]
    said = [hint for _, hint in changes if hint]
    assert said
    for (since, hint), (until, following) in pairwise(changes):
        if hint and following:
            assert until - since >= 1.0


def test_after_the_results_the_next_level_or_the_same_again() -> None:
    shelf = Shelf()
    played, _ = rehearse(one, At(14.0, KeyPressed("return")), Shot(14.5, "again"), shelf=shelf)
    again = played.stack.top
    assert isinstance(again, Match)
    assert again.level.title == "Three poses"


def test_without_a_level_the_first_is_played() -> None:
    assert Match(Setup()).level.name == Shelf().first("match").name


def test_a_level_of_another_scene_is_refused() -> None:
    arena = Level(scene="tag", name="meadow", title="Meadow", content=Arena())
    with pytest.raises(PosegamesError, match=r"'meadow' cannot be played here\. It is one of tag"):
        Match(Setup(level=arena))


def test_the_actors_of_the_stage_play_the_first_level_to_its_end() -> None:
    """By what they truly do; the estimator's view of it is looked at elsewhere."""
    actors = Choreography(load_play("poses"), actors=1)
    match = Match(Setup())
    play(match, [Shot(38.5 + BOWS, "end")], feed=ScriptedFeed(actors.at), hz=30)
    assert match.game.phase == "over"
    assert [sum(turn.ratings.values()) for turn in match.game.turns.values()] == [8]
    assert all(turn.stars >= 3 for turn in match.game.turns.values())


def test_the_same_play_gives_the_same_pictures() -> None:
    first, again = (rehearse(one, Shot(5.0, "it"))[0] for _ in range(2))
    assert (first.pictures["it"] == again.pictures["it"]).all()
