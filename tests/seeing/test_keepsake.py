from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from posegames.seeing import keepsake as module
from posegames.seeing.keepsake import VARIABLE, Keepsake, Tell, gif, pictures_dir, png
from posegames.seeing.sighting import Picture


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "deep" / "pictures"))
    return tmp_path / "deep" / "pictures"


def moving(count: int) -> list[Picture]:
    """Return frames on which an orange square walks to the right over a blue ground."""
    frames = []
    for i in range(count):
        frame = np.full((36, 64, 3), (90, 30, 20), dtype=np.uint8)
        frame[10:20, 2 * i : 2 * i + 8] = (0, 159, 230)
        frames.append(frame)
    return frames


def kept(keepsake: Keepsake) -> Keepsake:
    assert keepsake.wait()
    assert keepsake.done
    return keepsake


def test_a_picture_is_kept_as_it_is(folder: Path) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (40, 30, 3), dtype=np.uint8)
    saved = kept(Keepsake("posegames Fox", ".png", png(picture)))
    assert saved.path == folder / "posegames-fox-1.png"
    assert saved.trouble is None
    with Image.open(saved.path) as read:
        assert (np.asarray(read.convert("RGB"))[..., ::-1] == picture).all()


def test_a_film_has_its_frames_in_their_colours_and_begins_again() -> None:
    frames, told = moving(20), list[float]()
    content = gif(frames, 0.08)(told.append)
    assert told[-1] == 1.0
    assert told == sorted(told)
    with Image.open(io.BytesIO(content)) as film:
        assert film.info["loop"] == 0
        assert getattr(film, "n_frames", 0) == 20
        total = 0
        for i, frame in enumerate(frames):
            film.seek(i)
            total += film.info["duration"]
            shown = np.asarray(film.convert("RGB"))[..., ::-1].astype(int)
            assert np.abs(shown - frame).max() < 8
    assert total == 20 * 80


@pytest.mark.parametrize(("count", "seconds"), [(0, 0.08), (3, 0.0)])
def test_what_is_no_film(count: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="A film needs"):
        gif(moving(count), seconds)


def test_twenty_at_once_have_twenty_names(folder: Path) -> None:
    def own(i: int) -> Keepsake:
        return Keepsake("Fox", ".txt", lambda _tell: b"%d" % i)

    for keepsake in [own(i) for i in range(20)]:
        kept(keepsake)
    files = [*folder.iterdir()]
    assert len(files) == 20
    assert {file.read_bytes() for file in files} == {b"%d" % i for i in range(20)}


@pytest.mark.parametrize("name", ["../../etc/x", "", "C:\\con", "Füchsin №7", "a" * 9, "\0\n"])
def test_any_name_becomes_that_of_a_file_in_the_folder(folder: Path, name: str) -> None:
    saved = kept(Keepsake(name, ".txt", lambda _tell: b"x"))
    assert saved.path
    assert saved.path.parent == folder
    assert saved.path.read_bytes() == b"x"


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EROFS, "Read-only file system")]
)
def test_what_a_disk_will_not_take_is_said_and_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def full(path: Path, chunks: object) -> None:
        raise error

    monkeypatch.setattr(module, "write_whole", full)
    lost = kept(Keepsake("Fox", ".png", png(moving(1)[0])))
    assert lost.path is None
    assert lost.trouble
    assert str(error.strerror) in lost.trouble.why
    assert [*folder.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be kept small there")
def test_a_file_that_only_half_fits_is_not_there_at_all(folder: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[1]))
    try:
        lost = kept(Keepsake("Fox", ".bin", lambda _tell: b"x" * 20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert lost.trouble
    assert os.strerror(errno.EFBIG) in lost.trouble.why
    assert [*folder.iterdir()] == []


def test_whatever_else_fails_is_said_too() -> None:
    def fails(_tell: Tell) -> bytes:
        raise RuntimeError("odd")

    lost = kept(Keepsake("Fox", ".png", fails))
    assert lost.trouble
    assert (lost.trouble.what, lost.trouble.why) == ("It could not be saved.", "(odd)")


def test_how_far_it_is_can_be_seen_meanwhile() -> None:
    on, seen = threading.Event(), threading.Event()

    def slowly(tell: Tell) -> bytes:
        tell(0.5)
        seen.set()
        on.wait(10)
        return b"x"

    keepsake = Keepsake("Fox", ".txt", slowly)
    assert seen.wait(10)
    assert (keepsake.share, keepsake.done) == (0.5, False)
    on.set()
    assert kept(keepsake).path


def test_who_leaves_meanwhile_still_gets_it(folder: Path) -> None:
    code = """
import threading
from posegames.seeing.keepsake import Keepsake
late = threading.Event()
threading.Timer(0.2, late.set).start()
Keepsake("Fox", ".txt", lambda tell: late.wait(20) and b"whole")
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert (folder / "fox-1.txt").read_bytes() == b"whole"


def test_pictures_go_where_pictures_belong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert pictures_dir().name == "posegames"
    assert pictures_dir().is_absolute()
