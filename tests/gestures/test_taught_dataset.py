"""Data sets of poses: pictures to a table, the table to poses again, and damage that is told."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np
import pytest
from bodies import standing
from click.testing import CliRunner
from posed import POSES, posed

from posegames.body.joints import COUNT, Joint
from posegames.body.measure import FEET, HIPS
from posegames.body.pose import Pose
from posegames.cli import root
from posegames.errors import PosegamesError
from posegames.gestures.taught.dataset import COLUMNS, LARGEST, Labelled, read_dataset, write_dataset
from posegames.gestures.taught.pictures import gather, largest
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.estimators.table import make_estimator
from posegames.seeing.sighting import Frame


def quiet(words: str, share: float | None) -> None:
    assert words
    assert share is None or 0 <= share <= 1


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "poses.csv"
    rows = [Labelled(name, posed(name, person), f"{name}/{person}.jpg") for name in POSES for person in range(8)]
    write_dataset(path, rows)
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    pose = posed("hero", 4, hidden=("left_wrist",))
    deep = Pose(pose.xy, pose.confidence, z=np.linspace(-1, 1, COUNT))
    write_dataset(tmp_path / "a.csv", [Labelled("hero, really", deep, "a,b.png"), Labelled("ü", pose)])
    first, second = read_dataset(tmp_path / "a.csv")
    assert (first.label, first.file, second.label, second.file) == ("hero, really", "a,b.png", "ü", "")
    assert first.pose.xy == pytest.approx(pose.xy, rel=1e-4)
    assert first.pose.confidence == pytest.approx(pose.confidence)
    assert first.pose.z == pytest.approx(deep.z, rel=1e-4)
    assert second.pose.z == pytest.approx(np.zeros(COUNT))


def test_columns_are_named_as_the_papers_do(table: Path) -> None:
    header, first = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))[:2]
    assert header == [*(f"{axis}{joint}" for joint in range(1, 34) for axis in "xyzv"), "class", "file"]
    assert len(first) == 33 * 4 + 2
    assert float(first[COLUMNS.index("x16")]) == pytest.approx(posed("stand").xy[15, 0], rel=1e-4)


def test_columns_may_stand_anywhere(tmp_path: Path) -> None:
    # The way of a much-read tutorial: class first, with Excel's mark at the beginning, and another column.
    cells = [f"{number % 7 / 7:.3f}" for number in range(len(COLUMNS))]
    text = f"\ufeffclass, {', '.join(COLUMNS)} ,who\r\nTree,{','.join(cells)},me\r\n\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode())
    (row,) = read_dataset(tmp_path / "a.csv")
    assert (row.label, row.file) == ("Tree", "")
    assert row.pose.xy[1] == pytest.approx([4 / 7, 5 / 7], abs=1e-3)


def _cell(line: int, column: str, text: str) -> Callable[[list[list[str]]], None]:
    def change(rows: list[list[str]]) -> None:
        rows[line][rows[0].index(column)] = text

    return change


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (_cell(2, "x7", "nan"), "line 3: x7 is nan, which is not in -100 to 100"),
        (_cell(1, "z33", "inf"), "line 2: z33 is inf"),
        (_cell(1, "y1", "1e9"), "line 2: y1 is 1e9"),
        (_cell(1, "v5", "1.2"), "line 2: v5 is 1.2, which is not in 0 to 1"),
        (_cell(1, "v5", "-0.1"), "line 2: v5 is -0.1"),
        (_cell(1, "x1", ""), "line 2: x1 is '', which is no number"),
        (_cell(1, "class", " "), "line 2: a name has 1 to 200 printable letters"),
        (_cell(1, "class", "a" * 201), "line 2: a name has"),
        (_cell(1, "class", "\x1b[31m"), "line 2: a name has"),
        (_cell(0, "v33", "w33"), "line 1 must name 133 columns, each once; not so: v33"),
        (_cell(0, "x1", "y1"), "not so: x1, y1"),
        (lambda rows: rows[3].pop(), "line 4 has 133 cells where line 1 has 134: it breaks off"),
        (lambda rows: rows[3].append("1"), "line 4 has 135 cells"),
        (lambda rows: rows.__delitem__(slice(1, None)), "it has no rows"),
        (lambda rows: rows.clear(), "line 1 must name"),
    ],
)
def test_damage_is_told_with_its_place(
    table: Path, damage: Callable[[list[list[str]]], None], complaint: str
) -> None:
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    damage(rows)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(PosegamesError, match="cannot be read as a data set of poses") as told:
        read_dataset(table)
    assert complaint in str(told.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00x1", b'"x1', b"\x00" * 100, b"x1,y1\n1,2\n"])
def test_another_file_is_no_data_set(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(PosegamesError, match="cannot be read as a data set of poses"):
        read_dataset(tmp_path / "a.csv")


def test_a_file_that_breaks_off_is_told(table: Path) -> None:
    table.write_bytes(table.read_bytes()[:-300])
    with pytest.raises(PosegamesError, match=r"line \d+"):
        read_dataset(table)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(PosegamesError, match="too large"):
        read_dataset(path)


class Seer:
    """Finds, in a picture, as many bodies as its first pixel says, the larger the later."""

    name = "seer"

    def __init__(self) -> None:
        self.fresh = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def forget(self) -> None:
        self.fresh = True

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        assert self.fresh, "the picture before has nothing to do with this one"
        self.fresh = False
        return tuple(standing(torso=0.1 + 0.05 * number) for number in range(frame.picture[0, 0, 0]))


def picture(path: Path, bodies: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((40, 60, 3), bodies, np.uint8))


def test_a_folder_a_class(tmp_path: Path) -> None:
    for name, bodies in {"tree/2.png": 1, "tree/10.png": 2, "tree/3.png": 0, "hero/a.png": 1}.items():
        picture(tmp_path / name, bodies)
    (tmp_path / "tree" / "4.png").write_bytes(b"no picture")
    (tmp_path / "tree" / "notes.txt").write_text("nor this")
    (tmp_path / "empty").mkdir()
    (tmp_path / ".hidden").mkdir()
    found = gather(tmp_path, Seer(), quiet)
    assert [(row.label, row.file) for row in found.rows] == [
        ("hero", "hero/a.png"),
        ("tree", "tree/2.png"),
        ("tree", "tree/10.png"),
    ]
    assert dict(found.passed_over) == {
        "empty": "there is no picture in it",
        "tree/3.png": "nobody was found in it",
        "tree/4.png": "it is no PNG, JPEG, BMP or WebP",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="such names are possible on Linux only")
def test_names_that_cannot_be_written_are_made_readable(tmp_path: Path) -> None:
    picture(tmp_path / "tr\nee" / "a.png", 1)
    (tmp_path / "tr\nee" / "a.png").rename(tmp_path / "tr\nee" / os.fsdecode(b"\xff.png"))
    found = gather(tmp_path, Seer(), quiet)
    write_dataset(tmp_path / "a.csv", found.rows)
    (row,) = read_dataset(tmp_path / "a.csv")
    assert (row.label, row.file) == ("tr?ee", r"tr?ee/\xff.png")


def test_the_largest_body_is_meant() -> None:
    small, large = standing(torso=0.1), standing(torso=0.2)
    assert largest([small, large]) is largest([large, small]) is large
    assert largest([]) is None


@pytest.mark.parametrize(("name", "why"), [("tree/1.png", "Nobody was found"), ("1.png", "There are no folders")])
def test_nothing_to_gather_is_told(tmp_path: Path, name: str, why: str) -> None:
    picture(tmp_path / name, 0)
    with pytest.raises(PosegamesError, match=why):
        gather(tmp_path, Seer(), quiet)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(root, ["gestures", *words], env={"COLUMNS": "120"})
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_compare_shows_and_writes_its_figures(table: Path, tmp_path: Path) -> None:
    code, output = run(
        "compare", str(table), "--method", "knn", "--times", "2", "--json", str(tmp_path / "f.json")
    )
    assert code == 0
    assert "4 tree" in output
    figures = json.loads((tmp_path / "f.json").read_text())
    assert figures["pictures"] == figures["groups"] == 32
    knn = figures["methods"]["knn"]
    assert knn["accuracy"] == 1.0
    assert len(knn["accuracy_of_splits"]) == 10
    assert knn["classes"] == dict.fromkeys(sorted(POSES), 1.0)


def test_compare_tells_what_is_wrong_with_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_dataset(path, [Labelled("tree", posed("tree", person)) for person in range(9)])
    code, output = run("compare", str(path))
    assert code == 1
    assert "All show one class" in output


@pytest.mark.model
@pytest.mark.footage
def test_photographs_of_people_upside_down_and_folded(
    footage: Path,
    models: ModelStore,
    tmp_path: Path,
) -> None:
    """The real way from pictures to a table."""
    for name in ("Downward_dog", "Triangle"):
        for path in sorted((footage / "yoga" / name).iterdir())[:1]:
            (tmp_path / name).mkdir(exist_ok=True)
            shutil.copy(path, tmp_path / name)
    with make_estimator("blazepose", players=3) as estimator:
        found = gather(tmp_path, estimator, quiet)
    assert len(found.rows) == 2
    assert not found.passed_over
    dog, triangle = (row.pose.xy for row in found.rows)
    assert dog[Joint.NOSE, 1] > dog[list(HIPS), 1].max(), "the head is lower than the hips"
    assert np.ptp(triangle[list(FEET), 0]) > 0.2, "the feet stand wide apart"
