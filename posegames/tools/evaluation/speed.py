"""What estimators take: milliseconds a picture, seconds to load, megabytes. Each in a process of its own.

They take turns, so that a busy moment of the machine hits all alike; what counts is medians. All see the same
plays of the stage, whatever else is examined: only there it is known how many people are in a picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import numpy as np

from posegames.tools.evaluation.exam import Amount
from posegames.tools.evaluation.examinee import Examinee, Make, Work, confinable
from posegames.tools.evaluation.parts import Figures, Steps
from posegames.tools.stats import machine

CROWDS: Mapping[int, tuple[str, float]] = {
    0: ("stage:parade?actors=1&size=640x480", 0.0),
    1: ("stage:dance?actors=1&size=640x480", 4.0),
    3: ("stage:dance?actors=3&size=640x480", 4.0),
    6: ("stage:dance?actors=6&size=640x480", 4.0),
}
"""By the number of people in the picture: a play, and where it begins. (Nobody has entered the parade yet.)"""
SETUPS = {"as it is": False, "one core": True}
"""How many cores may be used: all, with as many threads as the estimator takes; or one for all its threads."""


class Speed:
    """Time and memory (see `Part`)."""

    def __init__(self, makes: Mapping[str, Make], amount: Amount) -> None:
        """Take recipes: estimators that are open already cost the others memory."""
        self._makes, self._amount = makes, amount
        self._rows: dict[str, dict[str, Any]] = {name: {} for name in makes}
        self._times: dict[tuple[str, str, int], list[float]] = {}
        self._found: dict[tuple[str, int], list[float]] = {}

    def steps(self) -> Steps:
        """Load each, and let them take turns at each number of people. Raises what loading raises."""
        with ExitStack() as stack:
            empty = stack.enter_context(Examinee(None))
            running = {}
            for done, (name, make) in enumerate(self._makes.items()):
                yield f"loading {name}", 0.2 * done / len(self._makes)
                running[name] = stack.enter_context(Examinee(make))
                self._rows[name]["load_ms"] = round(1000 * running[name].load, 1)
            yield from self._turns(empty, running)
            nothing = empty.peak()
            for name, one in running.items():
                most = one.peak()
                self._rows[name] |= {
                    "peak_mb": None if most is None else round(most, 1),
                    "own_mb": None if most is None or nothing is None else round(most - nothing, 1),
                    "empty_mb": None if nothing is None else round(nothing, 1),
                }

    def _turns(self, empty: Examinee, running: Mapping[str, Examinee]) -> Steps:
        setups = [name for name, confined in SETUPS.items() if not confined or confinable()]
        every = [
            (people, setup, number)
            for people in CROWDS
            for setup in setups
            for number in range(self._amount.rounds + 1)
        ]
        names = list(running)
        for done, (people, setup, number) in enumerate(every):
            yield f"{people} people, {setup}", 0.2 + 0.8 * done / len(every)
            play, begin = CROWDS[people]
            order = Work(play, begin, self._amount.block, SETUPS[setup])
            empty.work(order)
            # Who begins changes; the first turn of each is not counted: people are found, caches fill.
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                took = running[name].work(order)
                if number:
                    self._times.setdefault((name, setup, people), []).extend(took.seconds)
                    self._found.setdefault((name, people), []).append(took.found)

    def figures(self) -> Figures:
        """Return milliseconds (median, 95th percentile) by setup and people, loading, memory, and the machine."""
        figures: Figures = {}
        for name, row in self._rows.items():
            speed: dict[str, Any] = dict(row)
            for (who, setup, people), seconds in self._times.items():
                if who == name:
                    middle, high = np.percentile(seconds, (50, 95)) * 1000
                    speed.setdefault(setup, {})[str(people)] = {
                        "ms": round(float(middle), 2),
                        "p95": round(float(high), 2),
                        "mean": round(1000 * float(np.mean(seconds)), 2),
                        "pictures": len(seconds),
                        "found": round(float(np.mean(self._found[name, people])), 2),
                    }
            figures[name] = {"speed": speed | {"machine": machine()}} if speed else {}
        return figures
