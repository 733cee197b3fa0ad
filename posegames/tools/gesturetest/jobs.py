"""The pieces of work a test of gestures is made of: a clip, a person's trials, a play, a cell of the matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from posegames.seeing.estimators.routes import Progress
from posegames.seeing.sources.stage import parse_stage
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.play import Cue
from posegames.seeing.stage.script import load_play
from posegames.tools.gesturetest.bodies import BODIES, Trajectory
from posegames.tools.gesturetest.clips import Eyes, Judged, judge_clip, see
from posegames.tools.gesturetest.labels import Clip
from posegames.tools.gesturetest.matching import Verdict
from posegames.tools.gesturetest.matrix import Setting, cell, settings, truth_of
from posegames.tools.gesturetest.moments import moments
from posegames.tools.gesturetest.staged import labels
from posegames.tools.gesturetest.trials import Skeletons, Trial

PLAY = "gestures"
"""The play with every gesture, which the word `stage` alone means, and the matrix."""
LATENT = 30.0
"""Sightings a second at which latency is reckoned in the matrix."""


@dataclass(frozen=True, slots=True)
class ClipJob:
    """Look at a clip."""

    clip: Clip
    eyes: Eyes

    @property
    def name(self) -> str:
        """The clip's."""
        return self.clip.name

    @property
    def weight(self) -> float:
        """Seconds of it."""
        return self.clip.seconds or 10.0

    def run(self, progress: Progress) -> Judged:
        """Return the clip with its verdict."""
        return judge_clip(
            self.clip, see(self.eyes.at(self.clip.path), self.eyes, people=self.clip.people, progress=progress)
        )


@dataclass(frozen=True, slots=True)
class PlayJob:
    """Look at a play of the stage."""

    words: str
    eyes: Eyes

    @property
    def name(self) -> str:
        """As it was said."""
        return self.words

    @property
    def weight(self) -> float:
        """There is no other."""
        return 1.0

    def run(self, progress: Progress) -> Judged:
        """Return the play with its verdict."""
        source = parse_stage(self.words, play=PLAY)
        stage = source.choreography
        eyes = self.eyes.lasting(stage.play.seconds)
        seen = see(_spelled(self.words), eyes, people=stage.cast, progress=progress)
        cues = [cue for cue in stage.cues if cue.time < seen.seconds]
        alone = all(cue.actor == 1 for cue in cues)
        clip = Clip(
            name=self.words,
            path=Path(),
            seconds=seen.seconds,
            labels=tuple(labels(cues, moments(cues, stage) if alone else {})),
            never=frozenset(),
            people=stage.cast,
            places={},
        )
        return judge_clip(clip, seen, strict=True)


def _spelled(words: str) -> str:
    """Return words of the stage with the play they mean."""
    head, mark, query = words.partition("?")
    return f"{head if ':' in head else f'{head}:{PLAY}'}{mark}{query}"


@dataclass(frozen=True, slots=True)
class TrialsJob:
    """Look at all the trials of a person."""

    folder: Path
    person: str
    trials: tuple[Trial, ...]

    @property
    def name(self) -> str:
        """Who it is."""
        return f"{self.folder.name}, {self.person}"

    @property
    def weight(self) -> float:
        """Seconds of them, against clips; they need no estimator."""
        return sum(trial.frames for trial in self.trials) / 30 / 20

    def run(self, progress: Progress) -> list[tuple[Trial, tuple[str, ...]]]:
        """Return what was told of each, in order."""
        skeletons, told = Skeletons.read(self.folder), []
        for number, trial in enumerate(self.trials):
            progress(self.name, number / len(self.trials))
            told.append((trial, tuple(event.gesture for event in skeletons.told(trial))))
        return told


@dataclass(frozen=True, slots=True, eq=False)
class CellJob:
    """Look at the stage's truth in a setting."""

    setting: Setting
    truth: Trajectory
    cues: tuple[Cue, ...]
    moments: Mapping[Cue, float]
    seed: int

    @property
    def name(self) -> str:
        """The setting's."""
        return str(self.setting)

    @property
    def weight(self) -> float:
        """Sightings of it."""
        return self.setting.rate

    def run(self, progress: Progress) -> Verdict:  # noqa: ARG002 - it is over soon
        """Return what became of the cues."""
        return cell(self.truth, self.cues, self.moments, self.setting, seed=self.seed)


def matrix_jobs(progress: Progress, *, seed: int = 0) -> list[CellJob]:
    """Return the cells of the whole matrix; to prepare them takes a while."""
    stage = Choreography(load_play(PLAY), actors=1)
    progress("the truth", None)
    truth = truth_of(stage, stage.play.seconds)
    found: dict[str, Mapping[Cue, float]] = {}
    for body in BODIES:
        progress(f"the moments of the {body.name} body", None)
        found[body.name] = moments(stage.cues, stage, body)
    return [
        CellJob(setting, truth, stage.cues, found[setting.body.name] if setting.rate == LATENT else {}, seed + n)
        for n, setting in enumerate(settings())
    ]
