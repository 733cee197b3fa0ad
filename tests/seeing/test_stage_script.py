from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.errors import SourceError
from posegames.seeing.stage.moves import table
from posegames.seeing.stage.play import MOST_ACTORS, Place, Play
from posegames.seeing.stage.script import MOST_BYTES, load_play, parse_play, plays


def test_the_shipped_plays_are_there_and_sound() -> None:
    assert plays() == [
        "bystander",
        "crossing",
        "dance",
        "gestures",
        "learn_match",
        "learn_mirror",
        "learn_tag",
        "menu",
        "parade",
        "poses",
        "still",
        "swap",
        "tag",
    ]
    shipped = {name: load_play(name) for name in plays()}
    casts = {name: (play.fewest, play.most) for name, play in shipped.items()}
    assert casts == {
        "bystander": (3, 3), "crossing": (2, 2), "dance": (1, 6), "gestures": (1, 1), "menu": (1, 1),
        "learn_match": (1, 1), "learn_mirror": (1, 1),
        "learn_tag": (1, 1),
        "parade": (1, 6), "poses": (1, 4), "still": (1, 6), "swap": (2, 2), "tag": (1, 6),
    }  # fmt: skip
    assert shipped["dance"].seconds == 24
    assert all(play.loop and play.title for play in shipped.values())


def test_the_gestures_play_shows_every_gesture_of_the_body() -> None:
    moves = table()
    shown = {moves[cue.move].gesture for cue in load_play("gestures").cues}
    both = {f"{name}_{side}" for name in ("hand_up", "lean", "step", "punch", "swipe", "knee_up", "kick",
            "side_leg_raise") for side in ("left", "right")}  # fmt: skip
    whole = {"hands_up", "t_pose", "squat", "jump", "swipe_up", "swipe_down", "wave", "clap", "arms_crossed",
             "jumping_jack", "lunge"}  # fmt: skip
    assert both | whole <= shown
    ends = sorted((cue.time, cue.end) for cue in load_play("gestures").cues)
    pauses = [later[0] - sooner[1] for sooner, later in pairwise(ends)]
    # Repetitions follow each other at once, everything else after a pause.
    assert all(pause == pytest.approx(0) or pause >= 0.7 for pause in pauses)


def test_a_play_says_who_does_what_when() -> None:
    play = parse_play(
        """
        title  Two of them   # and a comment
        seconds 12
        actors 2-3
        place 2 x=0.8 depth=0.3
        1    all   wave left delay=0.5
        4.5  1,3   squat times=2 seconds=1.5
        8    2     walk to=0.6
        """,
        name="two",
    )
    assert (play.name, play.title, play.seconds, play.loop) == ("two", "Two of them", 12, False)
    assert play.places == {2: Place(0.8, 0.3)}
    assert [play.cast(n) for n in (1, 2, 3, 6)] == [2, 2, 3, 3]
    told = [(cue.time, cue.actor, cue.move, cue.seconds) for cue in play.cues]
    assert told == [
        (1, 1, "wave_left", 2.6), (1.5, 2, "wave_left", 2.6), (2, 3, "wave_left", 2.6),
        (4.5, 1, "squat", 1.5), (4.5, 3, "squat", 1.5), (6, 1, "squat", 1.5), (6, 3, "squat", 1.5),
        (8, 2, "walk", 2.6),
    ]  # fmt: skip
    assert play.cues[-1].to == 0.6


def test_without_a_length_a_play_ends_with_its_last_move() -> None:
    assert parse_play("2 1 squat seconds=3").seconds == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing happens"),
        ("seconds 5\nfoo 3", r"line 2: 'foo' is unknown"),
        ("looop", "Did you mean 'loop'"),
        ("1 1 sqat", r"line 1: there is no move 'sqat'\. Did you mean 'squat'"),
        ("1 1 punch", "Did you mean 'punch_"),
        ("nan 1 squat", "the time is 'nan'"),
        ("inf 1 squat", "the time is 'inf'"),
        ("-1 1 squat", "the time is '-1'"),
        ("1e9 1 squat", "from 0 to 600"),
        ("1..2 1 squat", "the time is"),
        ("1 squat", "needs a time, an actor and a move"),
        ("1 7 squat", "numbered from 1 to 6"),
        ("1 0 squat", "numbered from 1 to 6"),
        ("1 3-2 squat", "numbered from 1 to 6"),
        ("1 ²,1 squat", "is no actor"),
        ("1 bob squat", "'bob' is no actor"),
        ("actors 2\n1 3 squat", r"line 2: there is no actor 3\. The play has 2"),
        ("actors 9", "there is no actor 9"),
        ("actors", "actors needs one value"),
        ("seconds -3", "seconds is '-3'"),
        ("seconds nan", "seconds is 'nan'"),
        ("place", "place needs an actor"),
        ("place 1 x=1.5", "x is '1.5'"),
        ("place 1 y=0.5", "'y' is unknown here"),
        ("1 1 squat seconds=0", "seconds is '0'"),
        ("1 1 squat speed=2", "'speed' is unknown here"),
        ("1 1 squat times=1.5", "times=1.5 makes no sense"),
        ("1 1 leave times=2", "times=2 makes no sense"),
        ("1 1 walk", "walk needs a place"),
        ("1 1 walk to=2", "to is '2'"),
        ("1 1 enter from=above", "'above' is no side"),
        ("seconds 3\n2 1 squat", "ends at 4 s, after the play"),
        ("0 all squat times=500 seconds=1\n" * 2, "more than 4,000 cues"),
        ("1 1 return", "is on the stage already"),
        ("1 1 leave\n5 1 walk to=0.4", "is away"),
        ("1 1 walk to=0.2\n2 1 walk to=0.4", "still on the way"),
        ("loop\nactors 1\n1 1 walk to=0.2", "does not end where the loop begins"),
    ],
)
def test_what_is_wrong_with_a_play_is_said(text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        parse_play(text)


WORDS = ["1", "2.5", "nan", "all", "-", "walk", "squat", "to=0.5", "seconds", "loop", "actors", "1-6", "place",
         "x=0.1", "times=3", "=", "#", "\n", "\x00", "\u00e9", "leave", "return", "9" * 400]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_text_is_a_play_or_a_clear_error(words: list[str]) -> None:
    try:
        play: Play | SourceError = parse_play(" ".join(words))
    except SourceError as error:
        play = error
    if isinstance(play, Play):
        assert 1 <= play.fewest <= play.most <= MOST_ACTORS
    else:
        assert play.what.startswith("play")


def test_a_play_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.play"
    path.write_text("\ufeff0 1 squat\r\n", encoding="utf-8")
    play = load_play(str(path))
    assert (play.name, play.cues[0].move) == ("mine.play", "squat")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.play", None, "cannot be read"),
        ("long.play", b"#" * (MOST_BYTES + 1), "too long"),
        ("bytes.play", b"\xff\xfe\x00\x01", "is not a text"),
        ("empty.play", b"", "Nothing happens"),
    ],
)
def test_a_file_that_is_no_play_is_refused(tmp_path: Path, name: str, content: bytes | None, said: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        load_play(str(path))


def test_a_misspelt_play_is_guessed() -> None:
    with pytest.raises(SourceError, match="Did you mean 'dance'"):
        load_play("dnace")
    with pytest.raises(SourceError, match="cannot be read"):
        load_play("a\x00b.play")
