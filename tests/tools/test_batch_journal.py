"""The journal of a folder of results: what counts as done, names that stay, and one process at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from posegames.errors import UsageError
from posegames.tools.batch.journal import NAME, Entry, Journal, open_journal, stamp
from posegames.tools.batch.lock import HeldError, locked


def publish(journal: Journal, key: str, name: str, text: str = "poses") -> Entry:
    part = journal.scratch / key / "results.csv"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(text)
    entry = Entry(name=name, options="these", source="mark", figures={"frames": 3}, note="odd")
    return journal.publish(key, entry, {f"{name}.csv": part})


def done(journal: Journal, options: str = "these", source: str = "mark") -> Entry | None:
    return journal.finished("a", options=options, source=source)


def test_what_is_whole_is_known_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    with open_journal(folder) as journal:
        assert done(journal) is None
        entry = publish(journal, "a", "day1/a")
    with open_journal(folder) as journal:
        assert done(journal) == entry
        assert (folder / "day1/a.csv").read_text() == "poses"
        assert journal.results == {folder.resolve() / "day1/a.csv", journal.scratch.resolve()}
        assert done(journal, options="others") is None
        assert done(journal, source="changed") is None
    assert sorted(path.name for path in folder.iterdir()) == ["day1", NAME]


@pytest.mark.parametrize(
    "harm", [lambda path: path.write_text("pose"), lambda path: path.unlink()], ids=["cut", "gone"]
)
def test_results_that_are_not_whole_are_not_done(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    with open_journal(tmp_path) as journal:
        publish(journal, "a", "a")
        harm(tmp_path / "a.csv")
        assert done(journal) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"posegames_track": 2, "sources": {}}',
        '{"posegames_track": 1, "sources": {"a": {}}}',
        '{"posegames_track": 1, "sources": {"a": {"name": 1, "options": "these", "source": "mark"}}}',
        '{"posegames_track": 1, "sources": {"a": {"name": "../a", "options": "these", "source": "mark"}}}',
    ],
)
def test_a_journal_that_cannot_be_read_does_no_harm(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with open_journal(tmp_path) as journal:
        assert journal.entries == {}
        publish(journal, "a", "a")
    assert json.loads((tmp_path / NAME).read_text())["sources"]["a"]["figures"] == {"frames": 3}


def test_names_stay_and_nobody_gets_anothers(tmp_path: Path) -> None:
    """Not where large and small letters are one either, nor by another format, nor that of a source."""
    endings = [".csv", ".reps.csv"]
    with open_journal(tmp_path) as journal:
        publish(journal, "first", "take")
        source = (tmp_path / "lone.csv").resolve()
        names = [
            journal.name(key, wish, endings, avoid={source})
            for key, wish in [
                ("second", "Take"),
                ("third", "TAKE"),
                ("first", "take"),
                ("fourth", "lone"),
                ("fifth", "Take-2.reps"),
                ("sixth", "new"),
            ]
        ]
        assert names == ["Take-2", "TAKE-3", "take", "lone-2", "Take-2.reps-2", "new"]


def test_a_folder_of_results_takes_the_place_of_another(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        for name in ("old.png", "new.png"):
            part = journal.scratch / "0" / "results.pictures"
            part.mkdir(parents=True)
            (part / name).write_text(name)
            journal.publish("a", Entry(name="a", options="these", source="mark"), {"a.pictures": part})
        assert [path.name for path in (tmp_path / "a.pictures").iterdir()] == ["new.png"]
        assert done(journal)
        (tmp_path / "a.pictures/new.png").write_text("touched")
        assert done(journal) is None


def test_one_process_at_a_time_and_nothing_is_left_of_one_that_died(tmp_path: Path) -> None:
    (tmp_path / ".posegames-track.parts/7").mkdir(parents=True)
    (tmp_path / ".posegames-track.lock").touch()
    with open_journal(tmp_path) as journal:
        assert not journal.scratch.exists()
        with pytest.raises(UsageError, match="at work in"), open_journal(tmp_path):
            pass
        publish(journal, "a", "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", NAME]
    with locked(tmp_path / "lock"), pytest.raises(HeldError), locked(tmp_path / "lock"):
        pass
    assert not (tmp_path / "lock").exists()


def test_a_file_is_no_folder_for_results(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError, match="is no folder"), open_journal(tmp_path / "out"):
        pass


def test_the_stamp_of_a_folder_is_of_its_pictures(tmp_path: Path) -> None:
    before = stamp(tmp_path)
    (tmp_path / "notes.txt").touch()
    assert stamp(tmp_path) == before
    (tmp_path / "a.png").touch()
    assert stamp(tmp_path) != before
    assert stamp(tmp_path / "nothing") == ""
