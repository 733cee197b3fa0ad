"""The classifiers side by side: what each tells right of pictures it has not learnt from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from posegames.errors import PosegamesError
from posegames.gestures.taught.classifiers import Method
from posegames.gestures.taught.features import Shape, distances, features, stacked
from posegames.gestures.taught.poses import Example, PoseModel
from posegames.gestures.taught.telling import Part, Tell
from posegames.timing import Clock

SAME_PICTURE = 0.012
"""Distance below which two bodies are one picture, cut out or compressed differently, or mirrored.

Pairs of copies among yoga photographs were .000 to .009 apart, the nearest pictures of two people .010.
"""
FOLDS = 5

Split = tuple[Sequence[int], Sequence[int]]
"""Places of what is learnt, and of what it is tried on."""


@dataclass(frozen=True, slots=True)
class Score:
    """One method on all splits."""

    method: Method
    accuracy: Sequence[float]
    """Of each split: the share whose likeliest pose is the right one."""
    recognised: float
    """Share that is also near enough to be taken for it: what would happen in a game."""
    mistaken: float
    """Share that would be taken for another pose."""
    confusion: Mapping[tuple[str, str], int]
    """How many of (class) were the likeliest (class), over all splits."""
    learning: float
    """Seconds it takes to learn, the median."""
    telling: float
    """Seconds it takes to tell one pose, the median of the splits' means."""

    @property
    def mean(self) -> float:
        """The mean accuracy."""
        return float(np.mean(self.accuracy))

    def of(self, label: str) -> float:
        """Return the share of a class that is told right."""
        total = sum(count for (true, _), count in self.confusion.items() if true == label)
        return self.confusion.get((label, label), 0) / max(total, 1)


def grouped(labels: Sequence[str], shapes: Sequence[Shape], *, either_side: bool = True) -> tuple[Example, ...]:
    """Return examples, each with its group: (nearly) the same pictures are one."""
    rows = stacked([features(shape) for shape in shapes])
    group = list(range(len(shapes)))
    for place, shape in enumerate(shapes):
        apart = distances(rows.of(place), rows)
        if either_side:
            apart = np.minimum(apart, distances(features(shape.mirrored()), rows))
        for other in np.flatnonzero(apart[:place] < SAME_PICTURE):
            old, new = group[place], group[other]
            group = [new if name == old else name for name in group]
    return tuple(
        Example(label, shape, f"{name + 1}") for label, shape, name in zip(labels, shapes, group, strict=True)
    )


def splits(examples: Sequence[Example], *, learn: int | None, count: int, seed: int = 0) -> Iterator[Split]:
    """Yield `count` ways to part examples: `learn` of each class are learnt, and the rest is tried.

    Without `learn`, it is cross-validation: FOLDS parts, with about as many of every class in each, of which one
    is tried after the other; `count` times. A group is on one side only. Raises PosegamesError where there are too
    few.
    """
    random = np.random.default_rng(seed)
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, example in enumerate(examples):
        groups[example.label][example.group].append(place)
    few = [label for label, own in groups.items() if len(own) < (FOLDS if learn is None else learn + 1)]
    if few or len(groups) < 2:
        raise PosegamesError(
            "There are too few pictures to compare with.",
            f"({few[0]} has too few that differ.)" if few else "(All show one class.)",
            f"Have two classes, and at least {FOLDS if learn is None else learn + 1} pictures of each.",
        )
    for _ in range(count):
        turns = {
            label: [list(own)[place] for place in random.permutation(len(own))] for label, own in groups.items()
        }
        if learn is None:
            for fold in range(FOLDS):
                tried = {group for names in turns.values() for group in names[fold::FOLDS]}
                yield _places(examples, tried, outside=True), _places(examples, tried)
        else:
            # Of copies one is learnt.
            learnt = [groups[label][group][0] for label, names in turns.items() for group in names[:learn]]
            yield learnt, _places(examples, {examples[place].group for place in learnt}, outside=True)


def _places(examples: Sequence[Example], names: set[str], *, outside: bool = False) -> list[int]:
    """Return the places of the examples in these groups, or outside of them."""
    return [place for place, one in enumerate(examples) if (one.group in names) != outside]


def compare(
    examples: Sequence[Example],
    methods: Sequence[Method],
    parts: Sequence[Split],
    *,
    clock: Clock,
    tell: Tell,
    either_side: bool = True,
) -> list[Score]:
    """Return how each method does, on the same splits. Raises PosegamesError where a library is missing."""
    return [
        _score(
            examples,
            method,
            parts,
            clock,
            Part(tell, number, len(methods)),
            either_side=either_side,
        )
        for number, method in enumerate(methods)
    ]


def _score(
    examples: Sequence[Example],
    method: Method,
    parts: Sequence[Split],
    clock: Clock,
    tell: Part,
    *,
    either_side: bool,
) -> Score:
    accuracy, learning, telling = [], [], []
    confusion: Counter[tuple[str, str]] = Counter()
    taken: Counter[str] = Counter()
    for number, (learnt, tried) in enumerate(parts):
        tell(method, number / len(parts))
        began = clock.now()
        model = PoseModel.fit([examples[place] for place in learnt], method=method, either_side=either_side)
        learning.append(clock.now() - began)
        began = clock.now()
        likeliest = [model.likeliest(examples[place].shape) for place in tried]
        telling.append((clock.now() - began) / len(tried))
        found = Counter((examples[place].label, answer) for place, answer in zip(tried, likeliest, strict=True))
        accuracy.append(_right(found) / len(tried))
        confusion += found
        for place in tried:
            answer = model.recognise(examples[place].shape)
            taken["none" if answer is None else "right" if answer == examples[place].label else "wrong"] += 1
    return Score(
        method,
        accuracy,
        taken["right"] / taken.total(),
        taken["wrong"] / taken.total(),
        confusion,
        float(np.median(learning)),
        float(np.median(telling)),
    )


def _right(confusion: Mapping[tuple[str, str], int]) -> int:
    return sum(count for (true, answer), count in confusion.items() if true == answer)
