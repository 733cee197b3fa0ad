"""Figures before and after each step of a chain: on known truths, and on the stage by the real estimator."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result
from labelled import HEIGHT, row, seen, write
from watchers import Resource

from posegames.body.joints import COUNT
from posegames.body.pose import Pose
from posegames.cli import root
from posegames.seeing.estimators.store import ModelStore
from posegames.seeing.sighting import Frame
from posegames.seeing.sources.stage import StageSource
from posegames.seeing.stage.script import parse_play
from posegames.tools.chain import DEFAULT, STEPS, find_chain
from posegames.tools.evaluation import refined
from posegames.tools.evaluation.refined import RATE, REACHES, Take, label_take, sheets, stage_takes
from posegames.tools.evaluation.refining import Actor
from posegames.tools.evaluation.truth import read_labels

See = Callable[[Frame], tuple[Pose, ...]]
PICTURE = np.zeros((4, 5, 3), dtype=np.uint8)


class Eyes(Resource):
    """An estimator that is told the truth, and says of it what `see` makes of it."""

    name = "eyes"

    def __init__(self, see: See = lambda frame: frame.truth) -> None:
        self._see = see

    def forget(self) -> None:
        pass

    def estimate(self, frame: Frame) -> tuple[Pose, ...]:
        return self._see(frame)


@cache
def truths(play: str, actors: int, seconds: float) -> Sequence[Frame]:
    """Give who is where, without a picture of it."""
    script = parse_play(REACHES, name="reaches") if play == "reaches" else play
    stage = StageSource(script, actors=actors, size=(640, 480), rate=RATE).choreography
    return [
        Frame(PICTURE, n / RATE, n, tuple(stage.poses(stage.actors(n / RATE))))
        for n in range(round(seconds * RATE))
    ]


def take(play: str, actors: int, seconds: float, **more: Any) -> Take:
    frames = truths(play, actors, seconds)

    def moments() -> Iterator[tuple[Frame, Sequence[Actor]]]:
        for frame in frames:
            yield frame, [refined.actor(pose) for pose in frame.truth]

    return Take(play, moments, len(frames), **more)


def trembling(share: float) -> See:
    """See joints a share of the picture off, each time elsewhere."""
    lots = np.random.default_rng(2)
    return lambda frame: tuple(pose.moved(pose.xy + lots.normal(0, share, (COUNT, 2))) for pose in frame.truth)


def told(words: str, one: Take, see: See = lambda frame: frame.truth) -> dict[str, dict[str, Any]]:
    figures = refined.refined([one], find_chain(words), {"eyes": Eyes(see)}, players=6, progress=lambda *_: None)
    chains: dict[str, dict[str, Any]] = figures["eyes"]["chains"]
    assert figures["eyes"]["takes"] == {one.name: chains}
    return chains


def test_the_truth_is_told_to_be_true() -> None:
    for row_ in told("identity", take("dance", 2, 1.5)).values():
        assert (row_["PCK@0.05"], row_["error"], row_["gaps"], row_["switches"]) == (100, 0, 0, 0)
        assert row_["jitter"] == pytest.approx(0, abs=0.01)
        assert row_["bones"] == pytest.approx(0, abs=0.01)
        assert row_["lag_ms"] is None, "nobody has said who reaches when"


def test_what_a_step_is_worth_and_what_it_costs() -> None:
    reaching = take("reaches", 1, 4.5, reaches=refined.reaches()[:3])
    causal = told("identity,smooth", reaching, trembling(0.004))
    raw, late = causal["identity"], causal["identity,smooth"]
    mine = told("identity,temporal", reaching, trembling(0.004))["identity,temporal"]
    assert late["jitter"] < 0.5 * raw["jitter"]
    assert late["lag_ms"] > raw["lag_ms"] + 3
    assert late["peak"] == pytest.approx(100, abs=5)
    assert mine["jitter"] < 0.5 * raw["jitter"]
    assert mine["lag_ms"] == pytest.approx(raw["lag_ms"], abs=2)
    assert mine["error"] < 0.8 * raw["error"]


def test_pictures_missed_are_gaps_until_they_are_filled() -> None:
    drops = frozenset(range(35, 41))
    chains = told("identity,fill", take("dance", 2, 2.0, drops=drops))
    assert chains["identity"]["gaps"] == pytest.approx(10, abs=0.1)
    assert chains["identity"]["PCK@0.2"] == pytest.approx(90, abs=0.1)
    assert chains["identity,fill"]["gaps"] == 0
    assert chains["identity,fill"]["PCK@0.2"] == pytest.approx(100, abs=0.5)
    assert chains["identity,fill"]["error"] > 0


def test_who_is_who_is_the_estimator_s_word_until_the_roster_s() -> None:
    def swapped(frame: Frame) -> tuple[Pose, ...]:
        shift = frame.number // 20
        return tuple(replace(pose, track=(pose.track or 0) + 10 * shift) for pose in frame.truth)

    chains = told("clean,identity", take("dance", 2, 2.0), swapped)
    assert (chains["none"]["switches"], chains["clean"]["switches"]) == (4, 4)
    assert chains["clean,identity"]["switches"] == 0


def test_worse_figures_are_marked() -> None:
    chains = told("identity,smooth", take("reaches", 1, 2.0, reaches=refined.reaches()[:1]), trembling(0.002))
    (table,) = sheets({"eyes": {"chains": chains, "takes": {"reaches": chains}}}).values()
    assert [line[0] for line in table.rows] == ["none", "+identity", "+smooth"]
    cells = dict(zip(table.headings, zip(*table.rows, strict=True), strict=True))
    assert cells["lag"][2].endswith("!")
    assert cells["error"][2].endswith("!")
    assert not cells["jitter"][2].endswith("!")
    assert not any("!" in cell for cell in table.rows[0])


def test_the_stage_s_takes_are_made_harder_the_same_way_each_time() -> None:
    takes = {one.name: one for one in stage_takes("stage", seconds=4)}
    missed = takes["dance, pictures missed"]
    assert missed.drops == {one.name: one for one in stage_takes("stage", seconds=4)}[missed.name].drops
    assert 10 < len(missed.drops) < 60
    assert min(missed.drops) >= RATE
    frame, actors = next(takes["dance behind a bar"].moments())
    assert (frame.picture == refined.GREY).all(axis=(0, 2)).sum() == round(refined.BAR * 640)
    assert len(actors) == 2
    reach = takes["fast reaches, noise"]
    assert (len(reach.reaches), reach.length) == (8, 270)


def labelled_film(folder: Path, count: int) -> Path:
    images = folder / "images"
    images.mkdir()
    rows = []
    for number in range(count):
        cv2.imwrite(str(images / f"{number:03}.png"), np.full((HEIGHT, 640, 3), number, dtype=np.uint8))
        one = seen(0.5 + 0.01 * number)
        rows.append(row(number, number + 1, one.points, one.confidence))
    return write(folder, rows, {number: f"{number:03}.png" for number in range(count)})


def test_labelled_pictures_that_follow_each_other_are_a_film(tmp_path: Path) -> None:
    labels = read_labels(labelled_film(tmp_path, 24))
    film = label_take(labels, tmp_path / "images")
    poses = [actors[0].pose for _, actors in film.moments()]

    def seeing(frame: Frame) -> tuple[Pose, ...]:
        return (poses[frame.number],) if frame.number not in (15, 16) else ()

    chains = told("identity,fill", film, seeing)
    assert chains["identity"]["gaps"] == pytest.approx(100 * 2 / 24, abs=0.1)
    assert chains["identity,fill"]["gaps"] == 0
    assert chains["identity,fill"]["PCK@0.05"] == 100
    assert chains["identity"]["switches"] is None, "the labels do not say who is who"


# The command.


def run(*words: str) -> Result:
    return CliRunner().invoke(root, ["evaluate", *words])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("stage", "--post", "cleen"), "clean"),
        (("stage", "--post", ""), "names no steps"),
        (("nothing.json", "--post", "clean"), "nothing to evaluate"),
        (("stage", "--post", "clean", "--plot", "a.png"), "not drawn"),
        (("stage", "--post", "clean", "--quick"), "by themselves"),
    ],
)
def test_wrong_words_are_said_before_the_work(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_help_tells_of_every_step() -> None:
    lines = [line.strip() for line in run("--help").output.splitlines()]
    for name, step in STEPS.items():
        (line,) = (line for line in lines if line.startswith(f"{name} "))
        assert all(f"={preset}" in line for preset in filter(None, step.preset.split("|")))
        assert line.endswith("Offline.") == step.offline
    assert any(DEFAULT in line for line in lines)


@pytest.mark.model
def test_the_real_estimator_is_calmer_with_every_step(models: ModelStore, tmp_path: Path) -> None:
    out, report = tmp_path / "figures.json", tmp_path / "report.md"
    play = "stage:still?actors=1&size=320x240&noise=0.03"
    words = ("--post", "clean,identity,temporal", "--seconds", "1.2", "--json", str(out), "--report", str(report))
    result = run(play, *words)
    assert result.exit_code == 0, result.output
    chains = json.loads(out.read_text())["blazepose"]["chains"]
    assert list(chains) == ["none", "clean", "clean,identity", "clean,identity,temporal"]
    assert chains["clean,identity,temporal"]["jitter"] < 0.5 * chains["none"]["jitter"]
    assert all(row_["PCK@0.2"] > 95 for row_ in chains.values())
    assert "+temporal" in result.output
    assert "| +temporal |" in report.read_text()
