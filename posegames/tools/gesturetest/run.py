"""A test of gestures: what there is to look at, looked at, and the figures of it all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posegames.errors import PosegamesError, SourceError, UsageError
from posegames.seeing.estimators.routes import Progress
from posegames.tools.evaluation.staged import is_stage
from posegames.tools.gesturetest.along import family, names
from posegames.tools.gesturetest.clips import Eyes, Judged
from posegames.tools.gesturetest.jobs import CellJob, ClipJob, PlayJob, TrialsJob, matrix_jobs
from posegames.tools.gesturetest.labels import NAME, read_labels
from posegames.tools.gesturetest.matching import AROUND, EARLY, LATE, Verdict
from posegames.tools.gesturetest.pool import work
from posegames.tools.gesturetest.tally import NOTHING, Confusion, Tally, confusion, figures, squared, tally
from posegames.tools.gesturetest.trials import ACTIONS, NAMES, WANTED, Trial, is_trials, read_trials
from posegames.tools.stats import machine

Figures = dict[str, Any]
"""As JSON has them."""
AnyJob = ClipJob | PlayJob | TrialsJob


def jobs(data: str, eyes: Eyes) -> list[AnyJob]:
    """Return what there is to look at in `data`: a folder, or words of the stage.

    Raises SourceError for labels that are wrong, UsageError where there are none.
    """
    if is_stage(data):
        return [PlayJob(data, eyes)]
    path = Path(data)
    if path.suffix == ".play" and path.is_file():
        return [PlayJob(f"stage:{data}", eyes)]
    if not path.is_dir():
        raise UsageError(f"There is no folder {data!r}.", now="Name a folder with labels, or the stage.")
    found: list[AnyJob] = []
    for folder in (path, *sorted(sub for sub in path.iterdir() if sub.is_dir())):
        if (folder / NAME).is_file():
            found += [ClipJob(clip, eyes) for clip in read_labels(folder)]
        if is_trials(folder):
            people: dict[str, list[Trial]] = defaultdict(list)
            for trial in read_trials(folder):
                people[trial.person].append(trial)
            found += [TrialsJob(folder, person, tuple(own)) for person, own in people.items()]
    if not found:
        why = f"Neither it nor a folder in it holds {NAME}, or {' and '.join(NAMES)}."
        raise UsageError(f"There are no labels in {data}.", why)
    return found


@dataclass(slots=True)
class _Heap:
    """What the jobs gave, by kind."""

    judged: dict[str, Judged]
    told: list[tuple[Trial, tuple[str, ...]]]
    broken: dict[str, str]


def measure(data: str, eyes: Eyes, *, workers: int, progress: Progress) -> Figures:
    """Return the figures of all there is in `data`. What cannot be looked at is named, and passed over.

    Raises SourceError if nothing can be, and what `jobs` raises.
    """
    all_ = jobs(data, eyes)
    heap = _Heap({}, [], {})
    for job, result in work(all_, workers=workers, progress=progress):
        if isinstance(result, PosegamesError):
            heap.broken[job.name] = str(result)
        elif isinstance(result, Judged):
            heap.judged[job.name] = result
        elif isinstance(result, list):
            heap.told += result
    if not (heap.judged or heap.told):
        raise SourceError(f"Nothing of {data} can be looked at.", next(iter(heap.broken.values()), ""))
    counts: Confusion = Counter()
    tallies: dict[str, Tally] = {}
    if heap.judged:
        tallies = tally(judged.verdict for judged in heap.judged.values())
        for judged in heap.judged.values():
            counts += confusion(judged.verdict)
    report: Figures = {**figures(tallies), **_clips(heap.judged)}
    if heap.told:
        report["trials"] = tally_trials(heap.told, counts)
    report["confusion"] = squared(counts)
    report["broken"] = heap.broken
    report["ignored"] = sorted({word for job in all_ if isinstance(job, ClipJob) for word in job.clip.ignored})
    taped = sum(isinstance(job, ClipJob) and eyes.at(job.clip.path) != str(job.clip.path) for job in all_)
    report["settings"] = {**_settings(estimator=eyes.estimator), "tapes": taped}
    report["machine"] = machine()
    return report


def _clips(judged: Mapping[str, Judged]) -> Figures:
    """Return the counts of every clip, how many are right, and how often what never happens was told."""
    minutes = sum(one.minutes for one in judged.values())
    never = sum(one.never for one in judged.values())
    offs = [one.report["off"] for one in judged.values()]
    return {
        "clips": {name: dict(one.report) for name, one in judged.items()},
        "counts": {"clips": len(offs), "exact": offs.count(0), "worst_off": max(offs, default=0)},
        "false_events_per_minute": round(never / minutes, 4) if minutes else None,
    }


def tally_trials(told: Iterable[tuple[Trial, tuple[str, ...]]], counts: Confusion) -> Figures:
    """Return the figures of trials, each judged as a whole; `counts` is added to."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    people: dict[str, Tally] = defaultdict(Tally)
    others: dict[str, Counter[str]] = defaultdict(Counter)
    missed, false = [], []
    for trial, events in told:
        got = dict.fromkeys(family(gesture) for gesture in events)
        asked = ACTIONS.get(trial.action)
        if asked is None:
            others[trial.name].update(list(got))
            continue
        wrong = [g for g in got if g in WANTED and g != asked.gesture and not any(names(t, g) for t in asked.too)]
        hit = asked.gesture in got
        mine = Tally(tp=int(hit), fn=int(not hit))
        tallies[asked.gesture] += mine
        people[trial.person] += mine + Tally(fp=len(wrong))
        for gesture in wrong:
            tallies[gesture] += Tally(fp=1)
            false.append(f"{gesture} in {trial.name} of {trial.person}")
        if hit:
            counts[asked.gesture, asked.gesture] += 1
        else:
            missed.append(f"{asked.gesture} in {trial.name} of {trial.person}")
            counts[asked.gesture, wrong.pop(0) if wrong else NOTHING] += 1
        counts.update((asked.gesture if hit else NOTHING, gesture) for gesture in wrong)
    return {
        **figures(tallies),
        "people": {person: people[person].figures()["f1"] for person in sorted(people)},
        "missed": missed,
        "false": false,
        "others": {name: dict(sorted(others[name].items())) for name in sorted(others)},
    }


def measure_matrix(*, workers: int, progress: Progress, seed: int = 0) -> Figures:
    """Return the figures of the whole matrix (see `matrix`); takes minutes."""
    cells = matrix_jobs(progress, seed=seed)
    verdicts: dict[CellJob, Verdict] = {}
    for job, result in work(cells, workers=workers, progress=progress):
        if isinstance(result, PosegamesError):
            raise result
        assert isinstance(job, CellJob)
        verdicts[job] = result
    counts: Confusion = Counter()
    for verdict in verdicts.values():
        counts += confusion(verdict)
    minutes = len(verdicts) * float(cells[0].truth.times[-1]) / 60
    never = sum(len(verdict.false) for verdict in verdicts.values())
    return {
        **figures(tally(verdicts.values())),
        "clips": {job.name: _cell(verdict) for job, verdict in verdicts.items()},
        "false_events_per_minute": round(never / minutes, 4),
        "by": {what: _by(verdicts, what) for what in ("body", "distance", "rate", "mirrored", "noise")},
        "confusion": squared(counts),
        "broken": {},
        "ignored": [],
        "settings": {**_settings(estimator=None), "seed": seed},
        "machine": machine(),
    }


def _cell(verdict: Verdict) -> Figures:
    wanted = Counter(label.gesture for label, _ in verdict.hits) + Counter(one.gesture for one in verdict.missed)
    return {
        "wanted": wanted.total(),
        "got": len(verdict.hits),
        "missed": [label.gesture for label in verdict.missed],
        "false": [f"{event.gesture} at {event.t:.2f}" for event in verdict.false],
    }


def _by(verdicts: Mapping[CellJob, Verdict], what: str) -> Figures:
    """Return the totals of every value of one kind of setting."""
    parts: dict[str, list[Verdict]] = defaultdict(list)
    for job, verdict in verdicts.items():
        value = getattr(job.setting, what)
        parts[getattr(value, "name", str(value))].append(verdict)
    return {value: figures(tally(part))["overall"] for value, part in parts.items()}


def _settings(*, estimator: str | None) -> Figures:
    return {"estimator": estimator, "early": EARLY, "late": LATE, "around": AROUND}
