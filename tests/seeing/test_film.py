from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from posegames.errors import PosegamesError
from posegames.seeing.film import RATE, Film

SIZE = (64, 48)


def frames_of(path: Path) -> list[int]:
    """Return the middle grey of every frame of a film."""
    video, greys = cv2.VideoCapture(str(path)), []
    while (read := video.read())[0]:
        greys.append(int(read[1][24, 32].mean()))
    video.release()
    return greys


def grey(level: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    return np.full((48, 64, 4), level, dtype=np.uint8)


def test_a_film_is_as_long_as_the_play_even_where_frames_were_missed(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with Film(path, SIZE) as film:
        film.show(10.0, grey(50))
        while film._slot._queue.qsize():
            pass
        film.show(11.0, grey(200))  # a second later
    greys = frames_of(path)
    assert len(greys) == RATE + 1
    assert greys[0] == pytest.approx(50, abs=12)
    assert greys[-1] == pytest.approx(200, abs=12)


def test_a_film_asks_for_thirty_frames_a_second(tmp_path: Path) -> None:
    with Film(tmp_path / "film.mp4", SIZE) as film:
        asked = 0
        for i in range(60):
            if film.due(i / 60):
                asked += 1
                film.show(i / 60, grey(i))
    assert asked == 30


def test_a_film_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(PosegamesError, match="cannot be written"), Film(tmp_path / "no" / "film.mp4", SIZE):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such names")
def test_names_that_libraries_take_for_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On one that is no text OpenCV would crash."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PosegamesError, match="not UTF-8"), Film(Path("\udcff.mp4"), SIZE):
        pass
    with Film(Path("pipe:1.mp4"), SIZE) as film:
        film.show(0.0, grey(50))
    assert [path.name for path in tmp_path.iterdir()] == ["pipe:1.mp4"]
