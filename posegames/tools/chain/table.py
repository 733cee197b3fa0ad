"""The steps there are, by name, and chains made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain as joined
from types import MappingProxyType

from posegames.body.smooth import BALANCED, find_smoothing
from posegames.errors import UsageError, did_you_mean
from posegames.tools.chain.bones import bones
from posegames.tools.chain.fill import LIMIT, fill
from posegames.tools.chain.temporal import SPIKE, WIDE, temporal
from posegames.tools.chain.usual import bare, clean, identity, smooth
from posegames.tools.looks import Look

NONE = "none"
"""The chain that leaves bodies as the estimator found them."""
DEFAULT = "clean,identity,smooth"
"""What is done when nobody names a chain."""

Run = Callable[[Iterable[Look]], Iterator[Look]]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a chain."""

    name: str
    words: str
    """What it does, in a line."""
    make: Callable[[str], Run]
    """Returns what does it, from the word after `=`; "" for none. Raises UsageError for words it does not know."""
    delay: float = 0.0
    """Seconds a look waits for those after it."""
    preset: str = ""
    """What may stand after `=`, as help shows it."""
    needs: str = ""
    """A step that must come before it."""

    @property
    def offline(self) -> bool:
        """Whether it looks ahead: for recordings only."""
        return self.delay > 0


def _smooth(preset: str) -> Run:
    smoothing = find_smoothing(preset) if preset else BALANCED
    return lambda looks: smooth(looks, smoothing)


_ROWS = (
    Step("clean", "Joints that leap, stretch a limb or flicker are held for a moment.", lambda _: clean),
    Step("identity", "Bodies become players: who is who, by place and clothes.", lambda _: identity),
    Step("smooth", "One Euro filter: calm at rest, prompt in motion; never looks ahead.", _smooth,
         preset="calm|balanced|fast", needs="identity"),
    Step("temporal", "Outliers out, then a filter over time that comes no later: instead of smooth, or after it.",
         lambda _: temporal, delay=WIDE + SPIKE, needs="identity"),
    Step("bones", "Limbs grow no longer than the player's own, learnt on the way.", lambda _: bones,
         needs="identity"),
    Step("fill", "Joints and players missed for up to half a second are put in between, with confidence .4.",
         lambda _: fill, delay=LIMIT, needs="identity"),
)  # fmt: skip
STEPS: Mapping[str, Step] = MappingProxyType({row.name: row for row in _ROWS})
"""In the order in which they may stand."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in order; without any, looks pass as they are."""

    names: tuple[str, ...] = ()
    """As they were asked for, presets and all."""
    runs: tuple[Run, ...] = ()

    @property
    def delay(self) -> float:
        """Seconds a look waits for those after it."""
        return sum(step.delay for step in self._steps)

    @property
    def offline(self) -> bool:
        """Whether it looks ahead: for recordings only."""
        return any(step.offline for step in self._steps)

    @property
    def prefixes(self) -> tuple[Chain, ...]:
        """The chains this one grows from, step by step: from `none` to itself."""
        counts = range(1, len(self.runs) + 1)
        return (Chain((NONE,)), *(Chain(self.names[:count], self.runs[:count]) for count in counts))

    def __str__(self) -> str:
        return ",".join(self.names)

    @property
    def _steps(self) -> Iterator[Step]:
        return (STEPS[name.partition("=")[0]] for name in self.names if name != NONE)

    def refine(self, looks: Iterable[Look]) -> Iterator[Look]:
        """Yield the looks with the steps' work done on them, as many and in the same order."""
        looks = iter(looks)
        first = next(looks, None)
        if first is None:
            return
        looks = joined((first,), looks)
        if not self.names or first.name:  # pictures of a folder: nothing follows from one for the next
            yield from looks
            return
        looks = bare(looks)
        for run in self.runs:
            looks = run(looks)
        known = any(step.name == "identity" for step in self._steps)
        for look in looks:
            yield look if known else replace(look, players=())


def find_chain(words: str) -> Chain:
    """Return the chain called `clean,identity,smooth=calm`; "none" undoes what is usual, "" does nothing at all.

    Raises UsageError for steps that are unknown, there twice, in another order than that of `STEPS`, or without
    the one they need.
    """
    names = tuple(word.strip() for word in words.split(",")) if words.strip() else ()
    if names == (NONE,):
        return Chain(names)
    rows: list[Step] = []
    runs: list[Run] = []
    for name in names:
        head, sign, preset = name.partition("=")
        if head not in STEPS:
            known = [*STEPS, NONE]
            now = f"{NONE} stands alone." if head == NONE else did_you_mean(head, known)
            raise UsageError(f"There is no step {name!r}.", now=now)
        row = STEPS[head]
        if sign and not row.preset:
            raise UsageError(f"{head} takes no preset.", now=f"Say {head}.")
        if row in rows:
            raise UsageError(f"{head} is there twice.", now=f"The steps are, in order: {', '.join(STEPS)}.")
        rows.append(row)
        runs.append(row.make(preset))
    order = [row.name for row in rows]
    right = [name for name in STEPS if name in order]
    if order != right:
        by = dict(zip(order, names, strict=True))
        raise UsageError("The steps stand in another order.", now=f"Say {','.join(by[name] for name in right)}.")
    for row in rows:
        if row.needs and row.needs not in order:
            why = "A filter remembers, and what it remembers is somebody's."
            raise UsageError(f"{row.name} needs {row.needs} before it.", why, f"Say {row.needs},{row.name}.")
    return Chain(names, tuple(runs))
