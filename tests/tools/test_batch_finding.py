"""Finding sources: what words, folders and patterns mean, and what is left alone, and why."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posegames.errors import UsageError
from posegames.tools.batch.finding import LONGEST, Item, Passed, find, plain, shown


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of everything, in which we are; names of files end in what they are."""
    monkeypatch.chdir(tmp_path)
    files = (
        "clips/a10.mp4 clips/a2.MOV clips/notes.txt clips/.hidden.mp4 clips/1.jpg clips/2.png clips/old.tape.gz "
        "clips/day1/a2.mp4 clips/day1/night/x.jpg clips/day2/only.webm clips/.trash/gone.mp4"
    )
    for name in files.split():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def found(*words: str, leave: tuple[Path, ...] = ()) -> tuple[dict[str, str], dict[str, str]]:
    """Return the wishes of the items by what they are, and why the others were passed over."""
    all_ = list(find(words, leave=leave))
    items = {one.spec.replace(os.sep, "/"): one.wish for one in all_ if isinstance(one, Item)}
    return items, {one.path.as_posix(): one.why for one in all_ if isinstance(one, Passed)}


def test_a_folder_is_its_pictures_and_its_videos_and_its_folders(folder: Path) -> None:
    items, passed = found("clips")
    assert list(items.items()) == [
        ("clips/", "clips"),
        ("clips/a2.MOV", "a2"),
        ("clips/a10.mp4", "a10"),
        ("clips/old.tape.gz", "old"),
        ("clips/day1/a2.mp4", "day1/a2"),
        ("clips/day1/night/", "day1/night"),
        ("clips/day2/only.webm", "day2/only"),
    ]
    assert passed == {"clips/notes.txt": "it is no picture, video or tape by its name"}


def test_several_words_and_nothing_twice(folder: Path) -> None:
    items, _ = found("clips/day1/a2.mp4", "clips/day1", "stage:dance?actors=4", "clips/day1/../day2/only.webm")
    assert items == {
        "clips/day1/a2.mp4": "a2",
        "clips/day1/night/": "night",
        "stage:dance?actors=4": "stage_dance_actors=4",
        "clips/day1/../day2/only.webm": "only",
    }


def test_patterns_for_shells_that_know_none(folder: Path) -> None:
    assert list(found("clips/*.mp4")[0]) == ["clips/a10.mp4"]
    assert list(found("clips/**/a*.*")[0]) == ["clips/a2.MOV", "clips/a10.mp4", "clips/day1/a2.mp4"]
    with pytest.raises(UsageError, match="No file fits"):
        found("clips/*.mkv")


def test_a_file_that_is_not_there_is_left_to_who_opens_it(folder: Path) -> None:
    assert found("gone.mp4")[0] == {"gone.mp4": "gone"}


def test_what_is_to_be_left_is_left(folder: Path) -> None:
    items, _ = found("clips", leave=(folder / "clips/day1", folder / "clips/a10.mp4"))
    assert list(items) == ["clips/", "clips/a2.MOV", "clips/old.tape.gz", "clips/day2/only.webm"]


def test_addresses_keep_their_secrets(folder: Path) -> None:
    (one, other, camera) = find(
        ["rtsp://me:secret@cam.local:554/hall?token=secret", "rtsp://cam.local/hall?token=2", "camera:1"]
    )
    assert isinstance(one, Item)
    assert isinstance(other, Item)
    assert isinstance(camera, Item)
    assert (one.label, one.wish, one.live, camera.live) == ("cam.local/hall", "cam.local_hall", True, True)
    assert "secret" not in one.key
    assert one.key != other.key


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are others there")
def test_what_leads_astray(folder: Path) -> None:
    """Links in a circle, links to nowhere, a pipe that would be waited for, a folder that says it is a video."""
    for name, target in {"loop": "..", "self.mp4": "self.mp4", "dead.mp4": "nowhere", "twin": "day2"}.items():
        (folder / "clips" / name).symlink_to(target)
    (folder / "clips/inner").symlink_to(".")
    os.mkfifo(folder / "clips/pipe.mp4")
    (folder / "clips/x.mp4").mkdir()
    items, passed = found("clips")
    assert passed == {
        "clips/notes.txt": "it is no picture, video or tape by its name",
        "clips/dead.mp4": "it is a link that leads nowhere",
        "clips/self.mp4": "it is a link that leads nowhere",
        "clips/pipe.mp4": "it is no regular file",
        "clips/loop": "it is a link to a folder it lies in",
        "clips/inner": "it is a link to a folder it lies in",
        "clips/x.mp4": "it is a folder, and empty",
    }
    assert "clips/day2/only.webm" in items
    assert len(items) == 7  # nothing of `twin` twice


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be there")
def test_names_that_mean_something_elsewhere(folder: Path) -> None:
    bad = folder / "bad"
    bad.mkdir()
    names = ["-rf.mp4", "new\nline.mp4", "stage:dance.mp4", "\udcff.mp4", "😀.mp4", "\x1b[2J.mp4", "a*b.mp4"]
    for name in names:
        (bad / name).touch()
    items = [one for one in find(["bad"]) if isinstance(one, Item)]
    assert {item.spec for item in items} == {f"bad/{name}" for name in names}
    assert {item.wish for item in items} == {"rf", "new_line", "stage_dance", "source", "😀", "[2J", "a_b"}
    assert all(item.label.isprintable() for item in items)
    assert list(find(["bad/a*b.mp4"])) == [Item("bad/a*b.mp4", "a_b")]


def test_a_file_here_is_no_stage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "clips/day2")
    assert list(found(".")[0]) == ["./only.webm"]


@given(st.text())
def test_plain_names_do_no_harm(name: str) -> None:
    short = plain(name)
    assert short
    assert shown(short).isprintable()
    assert not set(short) & set('/\\<>:"|?*\0\n')
    assert short[0] not in ".- " and short[-1] not in ". "  # noqa: PT018
    assert len(short.encode()) <= LONGEST
    assert plain(short) == short
