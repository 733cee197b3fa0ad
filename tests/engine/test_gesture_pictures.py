"""Every gesture has a picture and a text; the page in docs has both, as they are now."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from posegames.engine.gesturepictures import SKETCHES, gesture_picture, save_pictures
from posegames.engine.theme import THEATRE
from posegames.gestures.howto import HOW
from posegames.gestures.table import GESTURES
from posegames.tools.gesturepage import BEGIN, SIZE, renewed, table

DOCS = Path(__file__).parents[2] / "docs"
NAMES = [row.name for row in GESTURES]
AGAIN = "Bring it up to date: python -m posegames.tools.gesturepage docs"


def drawn(surface: pygame.Surface) -> NDArray[np.int16]:
    """Return it as red, green, blue: (height, width, 3)."""
    return pygame.surfarray.array3d(surface).swapaxes(0, 1).astype(np.int16)


def test_every_gesture_has_a_picture_and_a_text() -> None:
    """Each its own, and nothing is left of gestures that are no more."""
    assert set(SKETCHES) == set(HOW) == set(NAMES)
    assert len({SKETCHES[name] for name in NAMES}) == len(NAMES)
    assert all(text.endswith(".") and len(text) > 40 for text in HOW.values())


@pytest.mark.parametrize("size", [96, 200])
def test_pictures_differ_and_nothing_is_cut_off(size: int) -> None:
    seen = {name: drawn(gesture_picture(name, size)) for name in NAMES}
    boards = np.array(THEATRE.boards)
    for name, picture in seen.items():
        edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
        assert (edge == boards).all(), name
        assert (abs(picture - boards).max(axis=2) > 40).mean() > 0.05, name  # somebody is there
    few = {name: picture[::3, ::3, 0] for name, picture in seen.items()}
    for i, one in enumerate(NAMES):
        for other in NAMES[i + 1 :]:
            assert (abs(few[one] - few[other]) > 60).mean() > 0.002, (one, other)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("_left")])
def test_left_is_on_the_left_and_right_its_mirror_image(name: str) -> None:
    left, right = (drawn(gesture_picture(each, 96)) for each in (name, name.replace("_left", "_right")))
    differs = abs(left - right[:, ::-1]).max(axis=2) > 60
    assert differs.mean() < 0.06  # measured .04 at most: who stands idle sways


def test_pictures_are_saved_by_name(tmp_path: Path) -> None:
    files = save_pictures(tmp_path / "new", 48)
    assert {file.stem for file in files} == set(NAMES)
    assert pygame.image.load(files[0]).get_size() == (48, 48)


def test_the_page_is_up_to_date() -> None:
    page = (DOCS / "gestures.md").read_text(encoding="utf-8")
    assert renewed(page) == page, AGAIN
    kept = {file.stem for file in (DOCS / "gestures").glob("*.png")}
    assert kept == set(NAMES), AGAIN
    for name in NAMES:
        shown = drawn(pygame.image.load(DOCS / "gestures" / f"{name}.png"))
        expected = drawn(gesture_picture(name, SIZE))
        assert (abs(shown - expected).max(axis=2) > 24).mean() < 0.01, f"{name}: {AGAIN}"


def test_the_table_has_each_row_s_own_limits() -> None:
    lines = {name: line for name in NAMES for line in table().splitlines() if f"| `{name}` |" in line}
    assert len(lines) == len(NAMES)
    assert "15, 9 degrees" in lines["lean_left"]
    assert "analogue" in lines["lean"]
    assert "1 at 25 degrees" in lines["lean"]
    with pytest.raises(ValueError, match="where the table belongs"):
        renewed(f"{BEGIN} and no end")
