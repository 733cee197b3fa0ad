from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from posegames.body.pose import Pose
from posegames.engine.scene import Cue, Home, Move, Pop, Push, World
from posegames.events import Event, KeyPressed, PointerPressed
from posegames.preferences import Preferences
from posegames.scenes.flow import DESERTED
from posegames.scenes.photo import COUNT, Photo
from posegames.seeing.keepsake import VARIABLE
from posegames.seeing.sighting import Picture
from posegames.testing import HANDS_UP, At, Played, ScriptedFeed, Shot, assert_picture, body, play

GOLDEN = Path(__file__).parents[1] / "golden"
STARTS = 2.0
"""Seconds of motion before the picture is asked for."""
WIDE = {
    "left_elbow": (0.27, 0.95), "left_wrist": (0.38, 1.08), "left_index": (0.41, 1.12),
    "right_elbow": (-0.27, 0.95), "right_wrist": (-0.38, 1.08), "right_index": (-0.41, 1.12),
    "left_ankle": (0.22, 0.05), "right_ankle": (-0.22, 0.05),
    "left_knee": (0.16, 0.28), "right_knee": (-0.16, 0.28),
    "left_foot_index": (0.27, 0.01), "right_foot_index": (-0.27, 0.01),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "pictures")  # what is shown of it must be the same everywhere


def leaping(time: float) -> Sequence[Pose]:
    """Two people; the first makes a star for a moment."""
    return body(1.2, height=0.6, moved=WIDE if 0.8 < time < 1.5 else None), body(0.6, height=0.66)


class Ended:
    """A game, which ends after `STARTS` seconds with a photo."""

    def __init__(self, photo: Callable[[], Photo]) -> None:
        self._photo, self.left = photo, 0

    def handle(self, event: Event, world: World) -> Move | None:
        return None

    def update(self, world: World, dt: float) -> Move | None:
        if world.now < STARTS:
            return None
        self.left += 1
        return Push(self._photo()) if self.left == 1 else None

    def draw(self, canvas: object, world: World) -> None:
        """Show nothing."""


def waits(photo: Photo, key: str) -> Callable[[float], Sequence[Pose]]:
    """Return a script in which time stands still until what is being saved is there."""

    def script(time: float) -> Sequence[Pose]:
        if kept := photo.saving.get(key):
            assert kept.wait()
        return leaping(time)

    return script


def rehearse(
    photo: Photo,
    *plan: At | Shot,
    script: Callable[[float], Sequence[Pose]] = leaping,
    picture: Picture | None = None,
    wanted: Preferences | None = None,
) -> tuple[Played, Ended]:
    game = Ended(lambda: photo)
    feed = ScriptedFeed(script, picture=picture)
    return play(game, plan, hz=30, feed=feed, preferences=wanted), game


def photo_of_fox() -> Photo:
    return Photo(1, scene="Match", points=12400)


@pytest.mark.parametrize("theme", ["theatre", "high-contrast"])
def test_the_best_pose_on_paper(theme: str) -> None:
    played, _ = rehearse(photo_of_fox(), Shot(STARTS + 1.2, "it"), wanted=Preferences(theme=theme, still=True))
    assert_picture(played.pictures["it"], GOLDEN / f"photo-{theme}.png")
    assert Cue("cheer", 1) in played.cues


def test_it_is_the_widest_pose_and_not_the_last() -> None:
    photo = photo_of_fox()
    rehearse(photo, Shot(STARTS + 0.1, "it"))
    assert photo.shot
    assert np.abs(photo.shot.pose.xy - body(1.2, height=0.6, moved=WIDE).xy).max() < 0.05
    assert photo.shot.frame is None


def test_the_picture_is_saved_whole_and_never_over_another(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "posegames-fox-1.png").write_text("mine")
    photo = photo_of_fox()
    played, _ = rehearse(
        photo, At(STARTS + 0.8, KeyPressed("return")), Shot(STARTS + 1.2, "it"), script=waits(photo, "picture")
    )
    assert (folder / "posegames-fox-1.png").read_text() == "mine"
    saved = cv2.imread(str(folder / "posegames-fox-2.png"))
    assert saved is not None
    assert saved.shape == (1060, 900, 3)
    assert saved[5, 5].tolist() == [0xDC, 0xF4, 0xFF]
    assert sorted(path.name for path in folder.iterdir()) == ["posegames-fox-1.png", "posegames-fox-2.png"]
    assert Cue("success", 1) in played.cues


def probed(film: Path) -> tuple[int, int, float]:
    """Return width, height and seconds of a film, as ffprobe reads them; else as OpenCV does."""
    if shutil.which("ffprobe"):
        command = [
            "ffprobe",
            "-v",
            "error",
            "-show_entries",
            "stream=width,height:format=duration",
            "-of",
            "csv=p=0",
        ]
        told = subprocess.run([*command, str(film)], capture_output=True, check=True, text=True).stdout.split()
        wide, high = told[0].split(",")[:2]
        return int(wide), int(high), float(told[1])
    _, animation = cv2.imreadanimation(str(film))
    high, wide = animation.frames[0].shape[:2]
    return wide, high, sum(animation.durations) / 1000


def orange(film: Path, time: float) -> tuple[int, int]:
    """Return leftmost and rightmost column of Fox, so many seconds after the film began."""
    _, animation = cv2.imreadanimation(str(film))
    ends = np.cumsum(animation.durations) / 1000  # what does not change is one long frame
    frame = animation.frames[int(np.searchsorted(ends, time))][..., :3].astype(int)
    columns = np.nonzero((np.abs(frame - (0x00, 0x9F, 0xE6)).max(axis=2) < 30).any(axis=0))[0]
    return int(columns.min()), int(columns.max())


def test_the_film_has_the_last_moments_and_says_how_far_it_is(tmp_path: Path) -> None:
    photo = photo_of_fox()
    played, _ = rehearse(
        photo,
        At(STARTS + 0.8, PointerPressed(1100, 250)),
        Shot(STARTS + 1.05, "making"),
        Shot(STARTS + 2.0, "made"),
        script=waits(photo, "film"),
        wanted=Preferences(still=True),
    )
    film = tmp_path / "pictures" / "posegames-fox-1.gif"
    wide, high, seconds = probed(film)
    assert (wide, high) == (640, 360)
    # All of it, from when the two had joined, .3 s after the beginning.
    assert seconds == pytest.approx(STARTS - 0.3, abs=0.15)
    narrow, star = orange(film, 0.3), orange(film, 0.9)
    assert star[1] - star[0] > 1.7 * (narrow[1] - narrow[0])
    assert np.mean(narrow) == pytest.approx((1 - 1.2 / (16 / 9)) * 640, abs=12)  # as in a mirror
    assert_picture(
        np.hstack([played.pictures[name][::2, ::2] for name in ("making", "made")]), GOLDEN / "photo-film.png"
    )


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("a file where the folder should be")
    photo = photo_of_fox()
    played, _ = rehearse(
        photo,
        Shot(STARTS + 0.7, "before"),
        At(STARTS + 0.8, KeyPressed("return")),
        Shot(STARTS + 1.4, "said"),
        script=waits(photo, "picture"),
        wanted=Preferences(still=True),
    )
    assert played.stack.top is photo
    assert Cue("miss") in played.cues
    middle = [played.pictures[name][300:420, 300:700].astype(int) for name in ("before", "said")]
    assert np.abs(middle[0] - middle[1]).mean() > 20
    assert (tmp_path / "pictures").is_file()


def posing(time: float) -> Sequence[Pose]:
    """Somebody who raises both hands when a picture is about to be taken."""
    return (body(1.2, height=0.6, moved=HANDS_UP if time > STARTS + 1 else None),)


def room() -> Picture:
    picture = np.full((360, 640, 3), (150, 165, 180), dtype=np.uint8)
    picture[270:] = (70, 95, 120)
    return picture


@pytest.mark.parametrize("camera", [False, True])
def test_a_new_pose_is_counted_down_and_shows_the_camera_only_if_that_is_wanted(camera: bool) -> None:
    photo = photo_of_fox()
    pressed = [] if camera else [At(STARTS + 0.8, PointerPressed(806, 420))]
    played, _ = rehearse(
        photo,
        *pressed,
        Shot(STARTS + 2.0, "counting"),
        Shot(STARTS + 1.0 + COUNT + 1, "taken"),
        script=posing,
        picture=room(),
        wanted=Preferences(camera=camera, still=True),
    )
    assert photo.shot
    assert not photo.counting
    assert (photo.shot.frame is not None) is camera
    assert photo.shot.pose.xy[15, 1] < photo.shot.pose.xy[0, 1]  # the left wrist is above the nose
    assert played.cues.count(Cue("count")) == (2 if camera else 3)
    if camera:
        shots = [played.pictures[name][::2, ::2] for name in ("counting", "taken")]
        assert_picture(np.hstack(shots), GOLDEN / "photo-camera.png")
    else:
        wall = (np.abs(played.pictures["taken"].astype(int) - (150, 165, 180)).max(axis=2) < 3).sum()
        assert wall < 100


def test_who_is_not_there_is_not_on_a_new_picture() -> None:
    photo = photo_of_fox()
    played, _ = rehearse(
        photo,
        At(STARTS + 2.5, PointerPressed(806, 420)),
        Shot(STARTS + 3.5 + COUNT, "it"),
        script=lambda time: leaping(time) if time < STARTS + 1 else (),
    )
    assert Cue("miss") in played.cues
    assert photo.shot
    assert np.abs(photo.shot.pose.xy - body(1.2, height=0.6, moved=WIDE).xy).max() < 0.05


def test_escape_ends_the_countdown_and_then_the_photo() -> None:
    photo = photo_of_fox()
    escape = KeyPressed("escape")
    plan = [At(STARTS + 0.8, PointerPressed(806, 420)), At(STARTS + 1.5, escape)]
    played, _ = rehearse(photo, *plan, Shot(STARTS + 1.6, "it"))
    assert played.stack.top is photo
    assert not photo.counting
    assert photo.handle(escape, World(now=STARTS + 1.7)) == Pop()


def test_without_a_body_an_actor_cheers_and_there_is_no_film(tmp_path: Path) -> None:
    """Whoever played by keys alone was never seen."""
    photo = Photo(2)
    press, shot = At(STARTS + 0.8, PointerPressed(1100, 250)), Shot(STARTS + 1.2, "it")
    rehearse(photo, press, shot, script=lambda _time: ())
    assert photo.shot
    assert photo.shot.pose.xy[15, 1] < photo.shot.pose.xy[0, 1]
    assert "film" not in photo.saving


def test_where_nobody_is_left_it_all_begins_anew() -> None:
    photo = photo_of_fox()
    photo.update(world := World(now=0.0), 1 / 60)
    moves = [photo.update(world, 1.0) for _ in range(round(DESERTED) + 1)]
    assert Home(deserted=True) in moves


def test_a_hand_chooses_as_everywhere() -> None:
    photo = photo_of_fox()
    photo.update(World(now=0.0), 1 / 60)
    keys = {target.key for target in photo._chooser.targets}
    assert keys == {"picture", "film", "pose", "back"}
    assert photo._go("back", World(now=0.0)) == Pop()
