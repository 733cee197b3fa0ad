"""Teaching a gesture: from a recording of a few repetitions to a gesture, and how far it can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from posegames.errors import GestureError, PosegamesError, UsageError, did_you_mean
from posegames.gestures.posture import Posture
from posegames.gestures.taught import classifiers, moves
from posegames.gestures.taught.confusion import OFTEN, Looks, fires, mistaken
from posegames.gestures.taught.features import Shape
from posegames.gestures.taught.gesture import Kind, Taught, check_name
from posegames.gestures.taught.motion import Motion
from posegames.gestures.taught.moves import MoveModel, leave_one_out
from posegames.gestures.taught.poses import NONE, Example, PoseModel
from posegames.gestures.taught.rivals import Act
from posegames.gestures.taught.takes import FEWEST, Take, at_rest, find_takes, held
from posegames.players.player import Player

PICKED = 4
"""Looks that are taken of a pose that is held, and at most `STANDING` of what was between."""
STANDING = 12


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and how far the gesture can be trusted. Plain data."""

    kind: Kind
    method: str
    spans: tuple[tuple[float, float], ...]
    """From and to, in seconds from the beginning of the recording, of each repetition."""
    confidences: tuple[float, ...]
    """Of each repetition, by what was learnt from the others; from .5 it is recognised."""
    fires: Mapping[str, int] = field(default_factory=dict)
    """In how many of the repetitions which other gestures fire."""
    mistaken: Mapping[str, int] = field(default_factory=dict)
    """Other gestures, and how often the new one fires when these are done once."""
    warnings: tuple[str, ...] = ()
    refused: str = ""
    """Why it should not be kept; empty if nothing speaks against it."""

    @property
    def recognised(self) -> int:
        """How many repetitions were recognised by what was learnt from the others."""
        return sum(confidence >= 0.5 for confidence in self.confidences)


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What became of teaching: the gesture, and the report on it."""

    taught: Taught
    report: Report


def method_of(name: str | None, kind: Kind) -> str:
    """Return the method of that name, by default the one that needs nothing installed. Raises UsageError."""
    known: list[str] = [*(moves.METHODS if kind == "move" else classifiers.METHODS)]
    if name is not None and name not in known:
        raise UsageError(f"A {kind} cannot be learnt by {name!r}.", now=did_you_mean(name, known))
    return name or known[0]


def teach(
    name: str,
    looks: Looks,
    acts: Sequence[Act],
    *,
    kind: Kind | Literal["auto"] = "auto",
    reps: int | None = None,
    method: str | None = None,
    either_side: bool = False,
    known: Sequence[Taught] = (),
    made: str = "",
) -> Lesson:
    """Make a gesture of the repetitions in a recording.

    `acts` (of `rivals.acts()`) and `known`, the gestures taught so far, are what it must be told from; `reps` is
    how many repetitions there should be; `either_side` makes the mirror image count. The same recording gives the
    same gesture. Raises UsageError for a name or a method there cannot be, and GestureError where nothing was
    shown that can be learnt.
    """
    check_name(name)
    players = _shower(looks)
    postures = [Posture.of(player) for player in players]
    motion = Motion.of(postures) if postures else None
    takes = find_takes(motion, reps) if motion else []
    if motion is None or len(takes) < FEWEST:
        raise GestureError(
            f"Only {len(takes)} repetitions were found." if takes else "Nothing was found that is done again.",
            f"At least {FEWEST} are needed, all alike, each from a rest to a rest."
            if players
            else "Nobody was seen.",
            "Stand still for a second before and after each, and show it again.",
        )
    holds = [held(motion, take.span) for take in takes]
    if kind == "auto":
        kind = "pose" if sum(hold is not None for hold in holds) > len(takes) / 2 else "move"
    way = method_of(method, kind)
    others = [taught for taught in known if taught.name != name]
    fired = fires(looks, takes, others)
    # What it is anyway is no rival: that it cannot be told apart is reported.
    rivals = [act for act in acts if fired.get(act.name, 0) < OFTEN * len(takes)]
    model: MoveModel | PoseModel
    if kind == "move":
        model, confidences = _move(takes, rivals, others, way, either_side=either_side)
    else:
        shown = _shown(name, postures, takes, holds)
        model, confidences = _pose(
            name, shown, _between(motion, postures, takes), rivals, way, either_side=either_side
        )
    taught = Taught(name, model, made)
    report = _report(taught, way, looks, takes, confidences, fired=fired, wrong=mistaken(taught, acts, others))
    return Lesson(Taught(name, model, made, asdict(report)), report)


@dataclass(frozen=True, slots=True)
class Compared:
    """One method among those a gesture can be learnt by."""

    method: str
    recognised: int
    """Repetitions recognised by what the others teach."""
    repetitions: int
    mistaken: int
    """Other gestures it fires at."""
    trouble: str = ""
    """Why it cannot be used here."""


def compared(learn: Callable[..., Lesson], lesson: Lesson) -> tuple[Compared, ...]:
    """Return how well every method does that fits a lesson; `learn` is `teach` without `kind` and `method`."""
    rows = []
    kind = lesson.report.kind
    for method in moves.METHODS if kind == "move" else classifiers.METHODS:
        try:
            report = learn(kind=kind, method=method).report
        except PosegamesError as error:
            rows.append(Compared(method, 0, 0, 0, str(error)))
        else:
            rows.append(Compared(method, report.recognised, len(report.confidences), len(report.mistaken)))
    return tuple(rows)


def _shower(looks: Looks) -> list[Player]:
    """Return the sightings of the one person who is seen most, in order of time."""
    count = Counter((player.number, player.person) for players in looks for player in players if not player.hidden)
    if not count:
        return []
    who = max(count, key=lambda key: (count[key], -key[0]))
    seen: list[Player] = []
    for players in looks:
        for player in players:
            mine = (player.number, player.person) == who and not player.hidden
            if mine and (not seen or player.seen > seen[-1].seen):
                seen.append(player)
    return seen


def _move(
    takes: Sequence[Take], acts: Sequence[Act], others: Sequence[Taught], method: str, *, either_side: bool
) -> tuple[MoveModel, list[float]]:
    clips = [take.clip for take in takes]
    way = next(known for known in moves.METHODS if known == method)
    plain = MoveModel.fit(clips, [], either_side=either_side)
    rivals = [clip for act in acts for clip in act.clips]
    rivals += [take for other in others if isinstance(other.model, MoveModel) for take in other.model.takes]
    # What cannot be told from it is no rival, but a confusion: it is reported.
    rivals = [rival for rival in rivals if plain.apart(rival) > plain.limit]
    model = MoveModel.fit(clips, rivals, method=way, either_side=either_side)
    return model, leave_one_out(model)


def _shown(
    name: str,
    postures: Sequence[Posture],
    takes: Sequence[Take],
    holds: Sequence[tuple[float, float] | None],
) -> list[Example]:
    """Return how the body looked while something was held, a group for each repetition. Raises GestureError."""
    examples: list[Example] = []
    for number, hold in enumerate(holds):
        if hold is not None:
            inside = [posture for posture in postures if hold[0] <= posture.time <= hold[1]]
            examples += [Example(name, Shape.of_posture(p), f"take {number}") for p in _evenly(inside, PICKED)]
    groups = {example.group for example in examples}
    if len(groups) < FEWEST:
        raise GestureError(
            "No pose was found that is held.",
            f"Something is held in {len(groups)} of {len(takes)} repetitions.",
            "Hold it for a second each time, or teach it as a move: --kind move.",
        )
    return examples


def _between(motion: Motion, postures: Sequence[Posture], takes: Sequence[Take]) -> list[Example]:
    rests = _evenly([postures[i] for i in at_rest(motion, takes)], STANDING)
    return [Example(NONE, Shape.of_posture(posture), f"rest {i}") for i, posture in enumerate(rests)]


def _pose(
    name: str,
    shown: Sequence[Example],
    none: list[Example],
    acts: Sequence[Act],
    method: str,
    *,
    either_side: bool,
) -> tuple[PoseModel, list[float]]:
    way = next(known for known in classifiers.METHODS if known == method)
    plain = PoseModel.fit([*shown, *none], method=way, either_side=either_side)
    # What cannot be told from it is no rival, but a confusion: it is reported.
    others = [Example(NONE, shape, act.name) for act in acts for shape in act.shapes]
    none = [*none, *(other for other in others if plain.recognise(other.shape) != name)]
    model = PoseModel.fit([*shown, *none], method=way, either_side=either_side)
    confidences = []
    for group in sorted({example.group for example in shown}):
        rest = [example for example in (*shown, *none) if example.group != group]
        without = PoseModel.fit(rest, method=way, either_side=either_side)
        sure = [without.confidence(example.shape)[name] for example in shown if example.group == group]
        confidences.append(sum(sure) / len(sure))
    return model, confidences


def _evenly(postures: Sequence[Posture], count: int) -> list[Posture]:
    if len(postures) <= count:
        return [*postures]
    return [postures[round((i + 0.5) * len(postures) / count - 0.5)] for i in range(count)]


def _report(
    taught: Taught,
    method: str,
    looks: Looks,
    takes: Sequence[Take],
    confidences: Sequence[float],
    *,
    fired: Mapping[str, int],
    wrong: Mapping[str, int],
) -> Report:
    start = min(player.seen for players in looks for player in players)
    report = Report(
        taught.kind,
        method,
        tuple((round(take.span.start - start, 2), round(take.span.end - start, 2)) for take in takes),
        tuple(round(confidence, 3) for confidence in confidences),
        fired,
        wrong,
    )
    return replace(report, warnings=tuple(_warnings(report)), refused=_refused(taught.name, report))


def _warnings(report: Report) -> Iterator[str]:
    count = len(report.spans)
    if report.recognised < count and report.confidences:
        missed = count - report.recognised
        yield f"{missed} of {count} repetitions are unlike the others: show it again, always the same way."
    for name, times in report.fires.items():
        if times >= OFTEN * count:
            yield f"{name} fires in {times} of {count} of your repetitions."
    for name in report.mistaken:
        yield f"It fires when somebody does {name}."


def _refused(name: str, report: Report) -> str:
    count = len(report.spans)
    if report.recognised < OFTEN * count:
        return f"Only {report.recognised} of {count} repetitions are recognised by what the others teach."
    for other in report.mistaken:
        if report.fires.get(other, 0) >= OFTEN * count:
            return f"It cannot be told from {other}: do {name} in another way."
    return ""
