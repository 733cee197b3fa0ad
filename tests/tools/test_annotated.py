"""Videos and pictures drawn on: the right people on the right frames, and originals that stay as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from bodies import sighting, standing

from posegames.body.joints import Joint
from posegames.engine.theme import THEATRE
from posegames.errors import SourceError, UsageError
from posegames.tools.formats import FORMATS, Origin, format_of
from posegames.tools.looks import Look

SIZE = (960, 540)
VIDEO = Origin(source="squats.mp4", estimator="none", rate=30.0, size=SIZE)
ALBUM = Origin(source="photos", estimator="none", rate=1.0, size=SIZE, named=True)
BODIES = ((1, standing(0.5)), (2, standing(1.3)))


def look(number: int, *, name: str = "", bodies: tuple[int, ...] = (1, 2), pictured: bool = True) -> Look:
    """Return a look at a dark picture in which the people of these numbers stand."""
    who = tuple(body for body in BODIES if body[0] in bodies)
    picture = np.full((SIZE[1], SIZE[0], 3), 30, dtype=np.uint8) if pictured else None
    one = sighting(number / 30, *(pose for _, pose in who), number=number)
    return Look(one, who, SIZE, name, picture=picture)


def shown(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None) -> list[int]:
    """Return the numbers of those whose chest has their colour."""
    assert picture is not None
    assert picture.shape == (SIZE[1], SIZE[0], 3)
    numbers = []
    for number, pose in BODIES:
        x, y = np.rint(pose.xy[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]].mean(axis=0) * SIZE[1]).astype(int)
        off = np.abs(picture[y, x].astype(int) - THEATRE.look(number).colour[::-1])
        numbers += [number] if off.max() < 60 else []
    return numbers


def put(path: Path, origin: Origin, *looks: Look) -> None:
    with format_of(path)(path, origin) as sink:
        for one in looks:
            sink.put(one)


def test_a_film_shows_who_is_in_each_frame(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    put(path, VIDEO, *(look(n, bodies=(1,) if n < 3 else (1, 2) if n < 6 else ()) for n in range(9)))
    assert list(tmp_path.iterdir()) == [path]
    capture, frames = cv2.VideoCapture(str(path)), []
    while (came := capture.read())[0]:
        frames.append(shown(np.asarray(came[1], dtype=np.uint8)))
    capture.release()
    assert frames == [[1]] * 3 + [[1, 2]] * 3 + [[]] * 3


def test_a_film_of_unknown_size_opens_with_its_first_picture(tmp_path: Path) -> None:
    put(tmp_path / "a.mp4", replace(VIDEO, size=(0, 0), rate=0.0), look(0), look(1))
    capture = cv2.VideoCapture(str(tmp_path / "a.mp4"))
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == 2
    capture.release()


def test_pictures_keep_their_names(tmp_path: Path) -> None:
    """Of kinds that are not written, PNG is added to the name: two pictures never become one."""
    folder = tmp_path / "marked"
    names = ["a.png", "été.JPG", "c.jpeg", "c.webp"]
    put(folder, ALBUM, *(look(n, name=name) for n, name in enumerate(names)))
    assert sorted(path.name for path in folder.iterdir()) == sorted(["a.png", "été.JPG", "c.jpeg", "c.webp.png"])
    for path in folder.iterdir():
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG" if path.suffix == ".png" else b"\xff\xd8")
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
        assert shown(np.asarray(picture, dtype=np.uint8)) == [1, 2]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.JPEG"])
def test_one_picture_is_one_file(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, ALBUM, look(0, name="photo.jpg", bodies=(2,)))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert shown(np.asarray(cv2.imread(str(tmp_path / name)), dtype=np.uint8)) == [2]


def test_several_pictures_are_not_one_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="more than one picture"):
        put(tmp_path / "a.png", ALBUM, look(0, name="a.jpg"), look(1, name="b.jpg"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".mp4", ".png", "/"])
def test_what_brings_no_pictures_is_refused(tmp_path: Path, ending: str) -> None:
    """A tape has none."""
    origin = VIDEO if ending == ".mp4" else ALBUM
    path = tmp_path / f"a{ending}"
    with pytest.raises(SourceError, match="no pictures"):
        put(path, origin, look(0, name="a.png", pictured=False))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_films_and_pictures_are_not_mistaken_for_each_other(tmp_path: Path) -> None:
    for ending, origin in ((".mp4", ALBUM), (".png", VIDEO), ("/", VIDEO)):
        with pytest.raises(UsageError, match=r"no video|no picture"):
            FORMATS[ending](tmp_path / f"a{ending}", origin)


def test_originals_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    video, picture = tmp_path / "a.mp4", tmp_path / "photos" / "a.png"
    video.touch()
    picture.touch()
    for origin, path in (
        (replace(VIDEO, path=video), tmp_path / "photos" / ".." / "a.mp4"),
        (replace(ALBUM, path=picture), picture),
        (replace(ALBUM, path=picture), picture.parent),
        (replace(ALBUM, path=picture.parent), picture.parent),
    ):
        with pytest.raises(UsageError, match="written over"):
            format_of(path)(path, origin)
    # A folder beside it is fine.
    format_of(tmp_path / "marked")(tmp_path / "marked", replace(ALBUM, path=picture.parent))


@pytest.mark.parametrize("ending", [".mp4", ".png"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text("before")

    def broken_off() -> None:
        with format_of(path)(path, VIDEO if ending == ".mp4" else ALBUM) as sink:
            sink.put(look(0, name="a.png"))
            raise RuntimeError("mid-way")

    with pytest.raises(RuntimeError, match="mid-way"):
        broken_off()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "no" / "folder"):
        with pytest.raises(UsageError, match="cannot be written"):
            format_of(path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
