"""Tapes: what is written is read again, whatever happens to the file; and a tape as a feed."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posegames.body.joints import COUNT
from posegames.body.pose import Pose
from posegames.errors import SourceError
from posegames.seeing.sighting import Sighting
from posegames.seeing.sources.tape import LONGEST, TapeHeader, read_tape
from posegames.seeing.sources.tapewriter import TapeWriter
from posegames.seeing.tapefeed import TapeFeed

HEADER = TapeHeader(rate=30.0, source="made up", estimator="none")


def body(seed: int = 0, *, full: bool = False, track: int | None = None) -> Pose:
    lots = np.random.default_rng(seed)
    return Pose(
        lots.uniform(0, 1, (COUNT, 2)).astype(np.float32),
        lots.uniform(0, 1, COUNT).astype(np.float32),
        z=lots.normal(0, 0.3, COUNT).astype(np.float32) if full else None,
        world=lots.normal(0, 0.5, (COUNT, 3)).astype(np.float32) if full else None,
        score=0.987,
        track=track,
    )


def run(count: int, *, rate: float = 30.0, people: int = 1) -> list[Sighting]:
    return [
        Sighting(n / rate, n, tuple(body(n * people + i, track=i) for i in range(people)), 16 / 9)
        for n in range(count)
    ]


def failing(path: Path, sightings: list[Sighting]) -> None:
    with TapeWriter(path, TapeHeader()) as tape:
        for sighting in sightings:
            tape.write(sighting)
        raise RuntimeError("mid-way")


def written(path: Path, sightings: list[Sighting], header: TapeHeader = HEADER, *, world: bool = False) -> Path:
    with TapeWriter(path, header, world=world) as tape:
        for sighting in sightings:
            tape.write(sighting)
    return path


def header_line(**changes: Any) -> str:
    line = {"posegames_tape": 1, "skeleton": "blazepose-33", "unit": "frame heights", "aspect": 1.5, "rate": 30}
    return json.dumps(line | changes)


def sighting_line(**changes: Any) -> str:
    pose = {"xy": [0.5] * 66, "confidence": [0.9] * 33, "score": 1}
    line: dict[str, Any] = {"time": 0.5, "number": 1, "poses": [pose]}
    return json.dumps(line | changes)


def with_pose(**changes: Any) -> str:
    return sighting_line(poses=[{"xy": [0.5] * 66, "confidence": [0.9] * 33} | changes])


@pytest.mark.parametrize("name", ["a.tape", "a.tape.gz"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    header = TapeHeader(
        aspect=4 / 3, rate=29.97, source="cam", estimator="blazepose", created="2026-01-02", size=(640, 480)
    )
    wanted = [
        Sighting(0.0, 0, (), 4 / 3),
        Sighting(1 / 30, 1, (body(1, full=True, track=7), body(2)), 4 / 3),
        Sighting(2.5, 75, (body(3),), 0.75),
    ]
    tape = read_tape(written(tmp_path / name, wanted, header, world=True))
    got = list(tape)
    assert (tape.header.source, tape.header.estimator, tape.header.created) == ("cam", "blazepose", "2026-01-02")
    assert (tape.header.size, tape.header.rate) == ((640, 480), 29.97)
    assert tape.header.aspect == pytest.approx(4 / 3, abs=1e-6)
    assert [s.number for s in got] == [0, 1, 75]
    assert [s.time for s in got] == pytest.approx([0, 1 / 30, 2.5], abs=1e-4)
    assert [s.aspect for s in got] == pytest.approx([4 / 3, 4 / 3, 0.75], abs=1e-6)
    assert [len(s.poses) for s in got] == [0, 2, 1]
    for mine, theirs in zip(wanted[1].poses, got[1].poses, strict=True):
        assert theirs.xy == pytest.approx(mine.xy, abs=6e-4)
        assert theirs.confidence == pytest.approx(mine.confidence, abs=6e-3)
        assert (theirs.score, theirs.track) == (mine.score, mine.track)
    first, second = got[1].poses
    assert first.z == pytest.approx(wanted[1].poses[0].z, abs=6e-3)
    assert first.world == pytest.approx(wanted[1].poses[0].world, abs=6e-3)
    assert second.z is None
    assert second.world is None
    assert tape.note == ""


@pytest.mark.parametrize("name", ["a.tape", "a.tape.gz"])
def test_same_sightings_same_bytes(tmp_path: Path, name: str) -> None:
    once = written(tmp_path / name, run(20)).read_bytes()
    assert written(tmp_path / name, run(20)).read_bytes() == once


def test_a_tape_is_small(tmp_path: Path) -> None:
    """A person for two seconds at 30 Hz, their joints nothing but noise, which no gzip makes smaller."""
    people = [Sighting(n / 30, n, (body(n, full=True),), 16 / 9) for n in range(60)]
    assert written(tmp_path / "a.tape", people).stat().st_size < 60_000
    assert written(tmp_path / "a.tape.gz", people).stat().st_size < 30_000


def test_metres_are_kept_only_when_asked_for(tmp_path: Path) -> None:
    people = [Sighting(0.0, 0, (body(full=True),), 16 / 9)]
    [without] = read_tape(written(tmp_path / "a.tape", people))
    [with_them] = read_tape(written(tmp_path / "b.tape", people, world=True))
    assert without.poses[0].world is None
    assert with_them.poses[0].world is not None


def test_a_tape_can_be_read_twice(tmp_path: Path) -> None:
    tape = read_tape(written(tmp_path / "a.tape", run(5)))
    assert len(list(tape)) == len(list(tape)) == 5


def test_a_tape_without_sightings_is_a_tape(tmp_path: Path) -> None:
    assert list(read_tape(written(tmp_path / "a.tape", []))) == []


def test_a_failure_keeps_the_old_tape_and_the_part(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tape", run(3))
    with pytest.raises(RuntimeError, match="mid-way"):
        failing(path, run(50))
    assert len(list(read_tape(path))) == 3
    assert len(list(read_tape(tmp_path / "a.tape.part"))) == 50


@pytest.mark.parametrize("name", ["a.tape", "a.tape.gz"])
def test_a_crash_costs_a_second_at_most(tmp_path: Path, name: str) -> None:
    """What is on the disk while the writer still writes is what a crash would leave."""
    with TapeWriter(tmp_path / name, TapeHeader()) as writer:
        for sighting in run(95):
            writer.write(sighting)
        tape = read_tape(tmp_path / f"{name}.part")
        assert len(list(tape)) > 60


def test_the_name_does_not_stand_for_a_half(tmp_path: Path) -> None:
    with TapeWriter(tmp_path / "a.tape", TapeHeader()) as writer:
        writer.write(run(1)[0])
        assert not (tmp_path / "a.tape").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["a.tape"]


@pytest.mark.parametrize("time", [0.0, -1.0, float("nan"), float("inf"), 0.00001])
def test_times_must_go_up(tmp_path: Path, time: float) -> None:
    sightings = [Sighting(0.0, 0, (), 1.0), Sighting(time, 1, (), 1.0)]
    with pytest.raises(ValueError, match="go up"):
        written(tmp_path / "a.tape", sightings)


def test_a_tape_cut_anywhere_is_read_up_to_there(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.tape", run(4)).read_bytes()
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(ends[0], len(whole), 97):
        path = tmp_path / "cut.tape"
        path.write_bytes(whole[:cut])
        tape = read_tape(path)
        complete = sum(end <= cut for end in ends) - 1
        # A line that lacks nothing but its newline is whole.
        assert len(list(tape)) in (complete, complete + 1)
        assert ("breaks off" in tape.note) == (cut not in ends)


def test_a_cut_gzip_is_read_up_to_there(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.tape.gz", run(200)).read_bytes()
    path = tmp_path / "cut.tape.gz"
    path.write_bytes(whole[: len(whole) // 2])
    tape = read_tape(path)
    assert 40 < len(list(tape)) < 160
    assert "breaks off" in tape.note


def test_gzip_is_known_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "renamed.tape"
    path.write_bytes(gzip.compress(f"{header_line()}\n{sighting_line()}\n".encode()))
    assert len(list(read_tape(path))) == 1


def test_a_damaged_gzip_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tape.gz", run(100))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50] = b"\xff" * 50
    path.write_bytes(data)
    with pytest.raises(SourceError):
        list(read_tape(path))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "not JSON"),
        ("hello", "not JSON"),
        ("[1]", "not a JSON object"),
        ("\x00\xff", "not JSON"),
        ("[" * 100_000, "nested too deep"),
        (header_line(posegames_tape=2), "posegames_tape"),
        (header_line(skeleton="coco-17"), "skeleton"),
        (header_line(unit="pixels"), "unit"),
        (header_line(aspect=0), "aspect"),
        (header_line(aspect="wide"), "aspect"),
        (header_line(aspect=True), "aspect"),
        (header_line(aspect=float("nan")), "NaN"),
        (header_line(rate=-1), "rate"),
        (header_line(size=[1, "2"]), "size"),
    ],
)
def test_what_is_no_tape_is_refused(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "a.tape"
    path.write_text(line + "\n", encoding="latin-1")
    with pytest.raises(SourceError, match=why):
        read_tape(path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("", "not JSON"),
        (sighting_line(time=None), "time"),
        (sighting_line(time=float("inf")), "Infinity"),
        (sighting_line(time=0.1), "not after"),
        (sighting_line(number=-1), "number"),
        (sighting_line(number=10**400), "number"),
        (sighting_line(poses={}), "list"),
        (sighting_line(poses=[[]]), "list"),
        (sighting_line(poses=[{}] * 65), "64"),
        (sighting_line(poses=[{}]), "must have"),
        (sighting_line(aspect=1000), "aspect"),
        (with_pose(xy=[0.5] * 65), "66 numbers"),
        (with_pose(xy=["0.5"] * 66), "'xy'"),
        (with_pose(xy=[1e39] * 66), "'xy'"),
        (with_pose(xy=[float("nan")] * 66), "NaN"),
        (with_pose(confidence=[1.5] * 33), "'confidence'"),
        (with_pose(confidence=[True] * 33), "'confidence'"),
        (with_pose(world=[[0, 0, 0]] * 33), "99 numbers"),
        (with_pose(z=[100] * 33), "'z'"),
        (with_pose(track="one"), "track"),
        (with_pose(score=2), "score"),
        ('{"time":' + "[" * 5000 + "]" * 5000 + "}", "nested too deep|must be a number"),
        ("x" * LONGEST, "longer than"),
        (header_line(), "time"),
    ],
)
def test_damage_is_named_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "a.tape"
    path.write_text(f"{header_line()}\n{sighting_line(time=0.2)}\n{line}\n{sighting_line(time=0.9)}\n")
    read: list[Sighting] = []
    with pytest.raises(SourceError, match=why) as caught:
        read.extend(read_tape(path))
    assert len(read) == 1
    assert "line 3" in str(caught.value)
    assert str(path) in str(caught.value)


def test_no_tape_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no tape"):
        read_tape(tmp_path / "a.tape")
    with pytest.raises(SourceError, match="cannot be read"):
        read_tape(tmp_path)


def test_what_a_tape_says_of_itself_is_fit_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a.tape"
    path.write_text(header_line(source="\x1b[31mred\n" + "x" * 500, estimator=7))
    header = read_tape(path).header
    assert header.source.startswith("[31mred")
    assert len(header.source) == 200
    assert header.estimator == "7"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 3000))
def test_any_bytes_are_read_or_refused(tmp_path: Path, noise: bytes, at: int) -> None:
    """Whatever is dashed into a tape gives sightings or a SourceError, nothing else."""
    path = tmp_path / "a.tape"
    whole = f"{header_line()}\n{sighting_line(time=0.2)}\n{sighting_line(time=0.9)}\n".encode()
    path.write_bytes(whole[:at] + noise + whole[at:])
    read: list[Sighting] = []
    with suppress(SourceError):
        read.extend(read_tape(path))
    assert len(read) <= 2


def test_a_feed_hands_out_everything_in_order(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tape", run(30))
    got: list[Sighting] = []
    with TapeFeed(path) as feed:
        for step in range(90):
            now = 100 + step / 60
            sighting = feed.poll(now)
            if sighting:
                assert sighting.time <= now
                got.append(sighting)
            assert feed.status(now).sightings == len(got)
        status = feed.status(now)
    assert [s.number for s in got] == list(range(30))
    assert [s.time - 100 for s in got] == pytest.approx([n / 30 for n in range(30)], abs=1e-3)
    assert (status.phase, status.message, status.source) == ("ended", "", "a.tape")
    assert status.estimator == "none"


def test_a_feed_plays_at_the_tapes_own_speed(tmp_path: Path) -> None:
    with TapeFeed(written(tmp_path / "a.tape", run(100))) as feed:
        for step in range(120):
            feed.poll(step / 60)
        status = feed.status(119 / 60)
    assert status.phase == "seeing"
    assert status.sightings == 60
    assert status.tracking_rate == pytest.approx(30, abs=1)


def test_a_stall_drops_nothing(tmp_path: Path) -> None:
    with TapeFeed(written(tmp_path / "a.tape", run(60))) as feed:
        times = [0.0, *(1.5 + step / 60 for step in range(120))]
        got = [sighting.number for now in times if (sighting := feed.poll(now))]
    assert got == list(range(60))


def test_a_feed_says_that_the_tape_broke_off(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tape", run(10))
    path.write_bytes(path.read_bytes()[:-100])
    with TapeFeed(path) as feed:
        got = [feed.poll(float(now)) for now in range(12)]
        assert sum(sighting is not None for sighting in got) == 9
        assert "breaks off" in feed.status(12).message


def test_a_feed_gives_what_is_whole_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.tape"
    path.write_text(f"{header_line()}\n{sighting_line()}\nrubbish\n{sighting_line(time=3)}\n")
    with TapeFeed(path) as feed:
        assert feed.poll(0) is not None
        with pytest.raises(SourceError, match="line 3"):
            feed.poll(1)


def test_a_feed_without_a_tape(tmp_path: Path) -> None:
    with pytest.raises(SourceError), TapeFeed(tmp_path / "a.tape"):
        pass
