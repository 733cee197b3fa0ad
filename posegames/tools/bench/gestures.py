"""What the recogniser costs: a sighting of one, two and four players, and each row of the table.

The players are the stage's, as they truly move, with a little noise, so that no estimator's time comes in. Each
player does the whole play of gestures, everybody at another place in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any

import numpy as np

from posegames.body.measure import torso_length
from posegames.body.pose import Pose
from posegames.errors import UsageError
from posegames.gestures.posture import Posture
from posegames.gestures.recogniser import Recogniser
from posegames.gestures.rows import Row
from posegames.gestures.table import GESTURES
from posegames.gestures.tuning.profiles import Tuning
from posegames.players.player import Player
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play
from posegames.timing import Clock
from posegames.tools.bench.contest import Progress, contest
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

CROWDS = (1, 2, 4)
"""Players."""
BAR = 0.5
"""Milliseconds a sighting of four players may cost."""
RATE = 30.0
SECONDS = 31.0
"""Of the play that are taken: about every gesture once."""
APART = 7.3
"""Seconds by which each player is ahead of the one before."""
USUAL = 0.98
"""The share of times that count; the rest are the machine's."""
NOISE = 0.004
"""Of a joint, in frame heights (standard deviation)."""

Crowd = Sequence[tuple[float, tuple[Player, ...]]]
"""Times, and who is seen then."""


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:
    """Return milliseconds a sighting for each crowd, microseconds a row and player.

    Raises UsageError for a source: what is measured are sums, whoever is seen.
    """
    if plan.source is not None:
        raise UsageError("The bench of gestures takes no source.", now="Leave --source out.")
    crowds = {f"{most} players": crowd(most, SECONDS, plan.seed) for most in CROWDS}
    turns = {name: _turn(seen, clock) for name, seen in crowds.items()}
    standings = contest(turns, rounds=plan.rounds, progress=progress)
    rows = Tuning().rows(GESTURES)
    one = crowds[f"{CROWDS[0]} players"]
    return {
        "sighting": {name: standing.report() for name, standing in standings.items()},
        "bar_ms": BAR,
        "within": standings[f"{CROWDS[-1]} players"].median * 1000 <= BAR,
        "rows_us": {
            name: round(seconds * 1e6, 2) for name, seconds in _each(rows, one, plan.rounds, clock).items()
        },
    }


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words, the dearest rows first."""
    sighting: dict[str, Any] = figures["sighting"]
    rows = [(name, f"{found['ms'] * 1000:.0f}", "") for name, found in sighting.items()]
    dearest = sorted(figures["rows_us"].items(), key=lambda item: -item[1])
    total = sum(us for _, us in dearest) or 1.0
    rows += [(name, f"{us:.1f}", f"{us / total:.0%}") for name, us in dearest]
    return Sheet((f"a sighting (bar for four: {BAR * 1000:.0f})", "microseconds", "of one player"), rows)


def crowd(most: int, seconds: float, seed: int = 0) -> Crowd:
    """Return players who do the play of gestures side by side, seen `RATE` times a second."""
    stage, lots = Choreography(load_play("gestures"), actors=1), np.random.default_rng(seed)
    looks = []
    for number in range(int(seconds * RATE)):
        time = number / RATE
        players = []
        for slot in range(1, most + 1):
            (pose, *_) = stage.at((time + APART * slot) % stage.play.seconds)
            shift = np.array([0.4 * (slot - 1), 0.0], dtype=np.float32)
            noisy = pose.xy + shift + lots.normal(0, NOISE, pose.xy.shape).astype(np.float32)
            players.append(_player(slot, replace(pose, xy=noisy), time))
        looks.append((time, tuple(players)))
    return looks


def _player(slot: int, pose: Pose, time: float) -> Player:
    return Player(slot, pose, pose, np.zeros_like(pose.xy), max(torso_length(pose), 0.1), time, person=slot)


def _turn(seen: Crowd, clock: Clock) -> Callable[[], Sequence[float]]:
    """Return a turn that gives all of it to a fresh recogniser: seconds for each sighting."""

    def turn() -> list[float]:
        recogniser, times = Recogniser(), []
        for time, players in seen:
            began = clock.now()
            recogniser.update(players, time)
            times.append(clock.now() - began)
        return times[1:]  # with the first come the players, and their watches

    return turn


def _each(rows: tuple[Row, ...], seen: Crowd, rounds: int, clock: Clock) -> dict[str, float]:
    """Return what each row needs, and what all of them stand on, in seconds.

    It is a mean, for most rows do next to nothing until something happens; without the longest, which only a busy
    machine explains.
    """
    taken: dict[str, list[float]] = {"posture": [], "memory": [], **{row.name: [] for row in rows}}
    for _ in range(rounds):
        recogniser, watches = Recogniser(()), [(row.name, row.watch()) for row in rows]
        for time, players in seen:
            began = clock.now()
            for player in players:
                Posture.of(player)
            looked = clock.now()
            recogniser.update(players, time)
            taken["posture"].append((looked - began) / len(players))
            taken["memory"].append((clock.now() - looked - (looked - began)) / len(players))
            for _number, posture, memory in recogniser.newest:
                for name, watch in watches:
                    began = clock.now()
                    watch.see(posture, memory)
                    taken[name].append(clock.now() - began)
    return {name: _trimmed(times) for name, times in taken.items()}


def _trimmed(times: Sequence[float]) -> float:
    usual = sorted(times)[: max(1, round(USUAL * len(times)))]
    return max(fmean(usual), 0.0)
