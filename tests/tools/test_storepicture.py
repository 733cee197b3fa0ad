from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from posegames.engine.figures import STYLES
from posegames.engine.theme import HEIGHT, THEATRE, WIDTH
from posegames.seeing.sighting import Picture
from posegames.tools.storepicture import ROLES, main

KEPT = Path(__file__).parents[2] / "docs" / "store.png"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Picture:
    """Return the picture as it is written."""
    folder = tmp_path_factory.mktemp("docs")
    main(folder)
    read = cv2.imread(str(folder / "store.png"))
    assert read is not None
    return read.astype(np.uint8)


def test_the_picture_in_the_docs_is_the_one_that_is_drawn(drawn: Picture) -> None:
    kept = cv2.imread(str(KEPT))
    assert kept is not None
    assert drawn.shape == kept.shape == (HEIGHT, WIDTH, 3)
    apart = np.abs(drawn.astype(int) - kept)
    assert apart.mean() < 1.0, f"Draw it anew: python -m {main.__module__} docs"
    assert (apart.max(axis=2) > 48).mean() < 0.002


def test_everybody_on_it_is_seen_whole_and_drawn_in_their_own_way(drawn: Picture) -> None:
    shown = drawn[..., ::-1].astype(int)
    assert len({role.number for role in ROLES}) == len({role.figure for role in ROLES}) == len(ROLES)
    assert {role.figure for role in ROLES} < STYLES.keys()
    for role in ROLES:
        pose = role.pose()
        assert pose.confidence.min() >= 0
        seen = pose.xy[pose.confidence > 0]
        assert (seen >= 0).all()
        assert (seen <= (WIDTH / HEIGHT, 1)).all()
        colour = THEATRE.look(role.number).colour
        assert (np.abs(shown - colour).max(axis=2) < 30).sum() > 1500
