"""One clip through the recogniser, as in a game, and what its labels say to that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from statistics import median
from typing import Any

from posegames.events import Gesture
from posegames.gestures.recogniser import Recogniser
from posegames.players.player import Player
from posegames.seeing.estimators.routes import Progress
from posegames.timing import SystemClock
from posegames.tools.gesturetest.along import family
from posegames.tools.gesturetest.labels import Clip
from posegames.tools.gesturetest.matching import AROUND, LATE, Label, Verdict, anything, judge, one_of, told
from posegames.tools.track import open_reel

TAPES = (".tape", ".tape.gz")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a recording."""

    events: tuple[Gesture, ...]
    seconds: float
    places: Mapping[int, float]
    """Where each player was most of the time, as a share of the picture's width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """How recordings are looked at."""

    estimator: str = "blazepose"
    model: Path | None = None
    options: tuple[str, ...] = ()
    """Of the estimator, NAME=VALUE each."""
    seconds: float | None = None
    """Only so much of each."""
    tapes: Path | None = None
    """A folder of tapes to read instead, by the clips' stems; None looks for them beside the clips."""
    fresh: bool = False
    """Whether to look again where there is a tape."""

    def at(self, path: Path) -> str:
        """Return what to open for the clip at `path`: its tape, if there is one, or itself."""
        folder = self.tapes or path.parent
        tape = next((tape for end in TAPES if (tape := folder / f"{path.stem}{end}").is_file()), None)
        return str(path if tape is None or self.fresh else tape)

    def lasting(self, seconds: float) -> Eyes:
        """Return the same for at most `seconds`: a play may begin again for ever."""
        return replace(self, seconds=min(self.seconds or seconds, seconds))


def see(spec: str, eyes: Eyes, *, people: int, progress: Progress) -> Seen:
    """Return what happens in the source `spec`. Raises what opening and reading it raises."""
    recogniser, events = Recogniser(), list[Gesture]()
    places: dict[int, list[float]] = defaultdict(list)
    seconds, count = 0.0, 0
    with open_reel(
        spec,
        SystemClock(),
        estimator=eyes.estimator,
        players=people,
        model=eyes.model,
        options=eyes.options,
        seconds=eyes.seconds,
        progress=progress,
    ) as reel:
        for look in reel.looks:
            events += told(recogniser.update(look.players, look.sighting.time))
            for player in look.players:
                places[player.number].append(_place(player))
            seconds, count = look.sighting.time, count + 1
            progress(spec, min(count / reel.length, 1.0) if reel.length else None)
    return Seen(tuple(events), seconds, {number: median(places[number]) for number in sorted(places)})


def _place(player: Player) -> float:
    sure = player.pose.confidence >= 0.5
    return float(player.pose.xy[sure, 0].mean() / player.aspect) if sure.any() else 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A recording with its verdict."""

    verdict: Verdict
    never: int
    """Events of what never happens in it."""
    minutes: float
    """Of it, if the labels say that something never happens."""
    report: Mapping[str, Any]
    """Counts, wanted and got, as JSON has them."""


def judge_clip(clip: Clip, seen: Seen, *, strict: bool = False) -> Judged:
    """Return what the labels of `clip` say to what was seen; labels after its end ask for nothing.

    `strict`: all that happens is labelled, so every event that no label explains is false.
    """
    labels = [label for label in clip.labels if label.begin < seen.seconds]
    # What is cut by the end of the part that was seen is as good as cut by the end of the clip.
    labels = [
        replace(label, partial=True) if seen.seconds < label.end - LATE - AROUND else label for label in labels
    ]
    judged = anything if strict else one_of(clip.asked)
    whose = persons(clip, labels, seen, judged)
    verdict, rows = Verdict(), {}
    for person in (*clip.persons, None):
        own = [label for label in labels if person is not None and label.person in (person, "")]
        found = judge(own, [event for event in seen.events if whose.get(event.player) == person], judged)
        verdict += found
        if person is not None or found.false:
            rows["nobody" if person is None else person or "all"] = _counts(own, found)
    never = [event for event in verdict.false if strict or one_of(clip.never)(event.gesture)]
    report = {
        "persons": rows,
        "off": max((row["off"] for row in rows.values()), default=0),
        "never": [f"{event.gesture} at {event.t:.2f}" for event in never],
        "others": dict(sorted(Counter(event.gesture for event in verdict.others).items())),
        "seconds": round(seen.seconds, 2),
    }
    return Judged(verdict, len(never), seen.seconds / 60 if strict or clip.never else 0.0, report)


def persons(
    clip: Clip, labels: Sequence[Label], seen: Seen, judged: Callable[[str], bool]
) -> Mapping[int, str | None]:
    """Return whose body each player was; None is nobody's.

    Where the labels say who stands where, it is the nearest; else what fits the labels best.
    """
    named = clip.persons
    players = sorted({*seen.places, *(event.player for event in seen.events)})
    if len(named) == 1:
        return dict.fromkeys(players, named[0])
    if clip.places:
        return {
            player: min(clip.places, key=lambda who: abs(clip.places[who] - place))
            for player, place in seen.places.items()
        }

    def right(order: Iterable[str | None]) -> tuple[int, int]:
        hits = false = 0
        for who, player in zip(order, players, strict=True):
            own = [label for label in labels if label.person == who]
            verdict = judge(own, [e for e in seen.events if e.player == player], judged)
            hits, false = hits + len(verdict.hits), false + len(verdict.false)
        return hits, -false

    spare: list[str | None] = [None] * max(0, len(players) - len(named))
    orders = dict.fromkeys(permutations([*named, *spare], len(players)))
    return dict(zip(players, max(orders, key=right), strict=True))


def _counts(labels: Sequence[Label], verdict: Verdict) -> dict[str, Any]:
    """Return wanted and got, by family; `off` is by how much the worst of them is off."""
    wanted = Counter(family(label.gesture) for label in labels if label.gesture and not label.partial)
    told_ = [event for _, event in verdict.hits] + verdict.false
    got = Counter(family(event.gesture) for event in told_)
    names = sorted({*wanted, *got})
    return {
        "wanted": {name: wanted[name] for name in names},
        "got": {name: got[name] for name in names},
        "off": max((abs(got[name] - wanted[name]) for name in names), default=0),
    }
