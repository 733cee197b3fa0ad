"""All questions, asked of every estimator: which there are, and one run of them that may be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from posegames.errors import PosegamesError, UsageError, did_you_mean
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.estimators.routes import Progress
from posegames.seeing.estimators.table import ESTIMATORS, make_estimator
from posegames.tools.evaluation.exam import Amount, Exam
from posegames.tools.evaluation.parts import Figures, Part
from posegames.tools.evaluation.precision import require_library
from posegames.tools.evaluation.repeatability import Repeatability
from posegames.tools.evaluation.robustness import Robustness
from posegames.tools.evaluation.run import Accuracy
from posegames.tools.evaluation.speed import Speed

ALL = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What every part is given."""

    exam: Exam
    amount: Amount
    makes: Mapping[str, Callable[[], Estimator]]
    """How each estimator is made."""
    estimators: Mapping[str, Estimator]
    """They, opened."""
    seed: int


@dataclass(frozen=True, slots=True)
class Question:
    """One part: what it asks, and how to."""

    blurb: str
    weight: float
    """How long it takes beside the others, roughly."""
    begin: Callable[[Setting], Part]


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "accuracy": Question(
            "how near joints are to the truth", 4,
            lambda s: Accuracy(s.exam.scenes(s.amount), s.exam.points, s.estimators),
        ),
        "precision": Question(
            "how far joints spread under a camera's noise", 1,
            lambda s: Repeatability(
                s.exam.stills(s.amount.stills), s.exam.points, s.estimators, s.amount, seed=s.seed
            ),
        ),
        "robustness": Question(
            "what is left when pictures get worse", 3,
            lambda s: Robustness(s.exam, s.exam.base(s.amount.base), s.estimators, seed=s.seed),
        ),
        "speed": Question("milliseconds and megabytes", 3, lambda s: Speed(s.makes, s.amount)),
    }
)  # fmt: skip
"""All parts, in the order in which they are done: speed at last, when no estimator is open any more."""


def parts_of(words: str) -> tuple[str, ...]:
    """Return the parts that words like `accuracy,speed` name, in their own order. Raises UsageError."""
    if words == ALL:
        return tuple(QUESTIONS)
    named = [word.strip() for word in words.split(",")]
    for word in named:
        if word not in QUESTIONS:
            raise UsageError(f"There is no part {word!r}.", now=did_you_mean(word, [*QUESTIONS, ALL]))
    return tuple(name for name in QUESTIONS if name in named)


def available(check: Callable[[str], object]) -> tuple[list[str], dict[str, PosegamesError]]:
    """Return the estimators that `check` lets pass, and why the others are not here.

    Raises what it says of the first where none passes.
    """
    here: list[str] = []
    absent: dict[str, PosegamesError] = {}
    for name in ESTIMATORS:
        try:
            check(name)
            here.append(name)
        except PosegamesError as error:
            absent[name] = error
    if not here:
        raise next(iter(absent.values()))
    return here, absent


@dataclass(frozen=True, slots=True)
class Entries:
    """Who is examined."""

    options: Mapping[str, Sequence[str]]
    """NAME=VALUE each, by estimator: all that take part."""
    absent: Mapping[str, PosegamesError] | None
    """Of all there are, those that cannot be had; None where they were called by name, and must be there."""


@dataclass(slots=True)
class Survey:
    """What came of a run."""

    figures: Figures = field(default_factory=dict)
    absent: dict[str, PosegamesError] = field(default_factory=dict)
    """Estimators that were wanted and cannot be had."""
    stopped: bool = False
    """Somebody pressed Ctrl-C: the figures are of what was done by then."""

    @property
    def measured(self) -> Figures:
        """The figures of those that have any."""
        return {name: row for name, row in self.figures.items() if row}

    @property
    def drawable(self) -> bool:
        """Whether there is anything for a plot."""
        return any("AP" in row or row.get("robustness") for row in self.figures.values())

    def listed(self) -> Figures:
        """Return the figures with a row for the absent, too, as JSON has them."""
        return self.figures | {
            name: {"absent": {"what": error.what, "why": error.why, "now": error.now}}
            for name, error in sorted(self.absent.items(), key=lambda item: list(ESTIMATORS).index(item[0]))
        }


def survey(
    exam: Exam,
    entries: Entries,
    parts: Sequence[str],
    amount: Amount,
    *,
    players: int,
    model: Path | None = None,
    seed: int = 0,
    progress: Progress,
) -> Survey:
    """Ask every estimator of `entries` the questions called by `parts`.

    One that cannot be opened is absent; of those called by name it is raised. Ctrl-C ends it early, and loses
    nothing of what is done. Raises what the parts raise.
    """
    if set(parts) & {"accuracy", "robustness"}:
        require_library()  # before the work, not after it
    done = Survey({name: {} for name in entries.options}, dict(entries.absent or {}))
    makes = {
        name: partial(make_estimator, name, players=players, model=model, options=options)
        for name, options in entries.options.items()
    }
    try:
        with ExitStack() as stack:
            opened: dict[str, Estimator] = {}
            for name, make in makes.items():
                try:
                    opened[name] = stack.enter_context(make(progress=progress))
                except PosegamesError as error:
                    if entries.absent is None or len(done.figures) == 1:
                        raise
                    done.absent[name] = error
                    del done.figures[name]
            setting = Setting(exam, amount, {name: makes[name] for name in opened}, opened, seed)
            for name, told in _told(parts, progress):
                if name == "speed":
                    stack.close()
                _ask(QUESTIONS[name].begin(setting), done, told)
    except KeyboardInterrupt:
        done.stopped = True
    return done


def _ask(part: Part, done: Survey, told: Callable[[str, float], None]) -> None:
    """Do a part, and keep its figures even if it is stopped."""
    try:
        with closing(part.steps()) as steps:
            for words, share in steps:
                told(words, share)
    except KeyboardInterrupt:
        _keep(part.figures(), done)
        raise
    _keep(part.figures(), done)


def _keep(figures: Mapping[str, Any], done: Survey) -> None:
    for name, row in figures.items():
        done.figures[name] |= row


def _told(parts: Sequence[str], progress: Progress) -> Iterator[tuple[str, Callable[[str, float], None]]]:
    """Yield each part, and what hears how far it is and tells how far the whole is."""
    whole = sum(QUESTIONS[part].weight for part in parts)
    before = 0.0
    for part in parts:
        weight = QUESTIONS[part].weight

        def told(
            words: str, share: float, part: str = part, before: float = before, weight: float = weight
        ) -> None:
            progress(f"{part}: {words}", (before + weight * share) / whole)

        yield part, told
        before += weight
