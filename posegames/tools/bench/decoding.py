"""What decoding costs with more and more people in the picture. Maps are painted for them: no net's time counts.

PoseNet's authors say that it takes the same for 5 people and for 15. Each decoder works on what a net would say of
the same people, and tells how many of them it found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np

from posegames.body.pose import Floats
from posegames.body.views import COCO_17, OPENPOSE_18, View
from posegames.errors import UsageError
from posegames.seeing.stage.choreography import Choreography
from posegames.seeing.stage.script import load_play
from posegames.timing import Clock, worked
from posegames.tools.bench.contest import Progress, contest
from posegames.tools.bench.table import Figures, Plan
from posegames.tools.sheet import Sheet

CROWDS = (1, 5, 15, 30)
"""People."""
REPEATS = 20
"""Times that each decodes in a turn."""
SIZE = (641, 481)
"""Width and height of the painted picture: PoseNet's own demo of several people takes 640 x 480."""
HEIGHT = 100.0
"""Pixels of a body's height: thirty stand in three rows of ten."""
COLUMNS, PLACE, CORNER = 10, (59.0, 160.0), (55.0, 80.0)
SEATS = 30
APART = 0.9
"""Seconds of the play of gestures by which each is ahead of the one before."""
DISK = 32.0
"""Pixels from a part within which PoseNet's maps are made to know of it (PersonLab's R)."""

Decoder = Callable[[], int]
"""Decodes what was painted; returns how many people it found."""


def measure(plan: Plan, clock: Clock, progress: Progress) -> Figures:  # noqa: ARG001 - it takes the processor's
    """Return milliseconds and people found for each decoder and crowd, and each crowd's time over one person's.

    It is the processor's time, so that it makes little difference how busy the machine is.

    Raises UsageError for a source: the people are painted.
    """
    if plan.source is not None:
        raise UsageError("The bench of decoding takes no source.", now="Leave --source out.")
    works = {(name, most): paint(most, plan.seed) for name, paint in DECODERS.items() for most in CROWDS}
    turns = {f"{name}, people: {most}": _turn(work) for (name, most), work in works.items()}
    standings = dict(zip(works, contest(turns, rounds=plan.rounds, progress=progress).values(), strict=True))
    return {
        name: {
            str(most): {
                **standings[name, most].report(),
                "found": works[name, most](),
                "ratio": round(standings[name, most].ratio(standings[name, CROWDS[0]]), 3),
            }
            for most in CROWDS
        }
        for name in DECODERS
    }


def sheet(figures: Figures) -> Sheet:
    """Return the figures as a table of words."""
    return Sheet(
        ("decoder", "people", "found", "ms", "of one person's"),
        [
            (name, most, f"{row['found']}", f"{row['ms']:.2f}", f"{row['ratio']:.2f}")
            for name, rows in figures.items()
            for most, row in rows.items()
        ],
    )


def _turn(work: Decoder) -> Callable[[], list[float]]:
    """Return a turn that works `REPEATS` times: how long each takes of the processor, whoever else wants it."""

    def turn() -> list[float]:
        began = worked()
        for _ in range(REPEATS):
            work()
        return [(worked() - began) / REPEATS]

    return turn


def crowd(most: int, view: View = COCO_17, seed: int = 0) -> Floats:
    """Return the points (most, K, 2) of people in rows who all do something, in pixels of a picture of `SIZE`."""
    stage, lots = Choreography(load_play("gestures"), actors=1), np.random.default_rng(seed)
    people, seats = [], lots.permutation(SEATS)[:most]
    for number, seat in enumerate(seats):
        (pose, *_) = stage.at((1 + APART * number) % stage.play.seconds)
        points, _ = view.of(pose)
        row, column = divmod(int(seat), COLUMNS)
        middle = np.array(CORNER) + np.array(PLACE) * (column, row)
        people.append((points - points.mean(axis=0)) * (HEIGHT / np.ptp(points[:, 1])) + middle)
    return np.array(people)


def paint_posenet(people: Floats, size: tuple[int, int], stride: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return heat maps (logits), offsets and both displacements of `people` (N, 17, 2), as PersonLab learns them.

    `size` is the input's width and height. Cells within half a `DISK` of a part are rather sure of it than not.
    Each tells of the nearest.
    """
    from posegames.seeing.estimators.posenet.decode import resolution
    from posegames.seeing.estimators.posenet.tree import MOVES

    cells = np.mgrid[0 : resolution(size[1], stride), 0 : resolution(size[0], stride)]
    corners = np.moveaxis(cells[::-1] * stride, 0, -1)[..., None, :]  # (h, w, 1, 2)
    distance = np.stack([np.linalg.norm(corners - person, axis=-1) for person in people])  # (N, h, w, 17)
    nearest = distance.argmin(axis=0)
    logits = 4 * (1 - 2 * distance.min(axis=0) / DISK)

    def field(vectors: Floats) -> Floats:
        """Put y before x."""
        laid: Floats = np.concatenate([vectors[..., 1], vectors[..., 0]], axis=-1).astype(np.float32)
        return laid

    def ways(back: int) -> Floats:
        """From the part of an edge that is near a cell to the other one of the same person."""
        source, target = MOVES[MOVES[:, 3] == back, :2].T
        return field(people[nearest[..., source], target] - people[nearest[..., source], source])

    offsets = field(people[nearest, np.arange(people.shape[1])] - corners)
    return logits.astype(np.float32), offsets, ways(0), ways(1)


def paint_openpose(people: Floats, size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return heat maps (19, h, w) and part affinity fields (38, h, w) of `people` (N, 18, 2) as OpenPose's.

    These are Gaussians of 7 pixels, and unit vectors within a cell of a limb.
    """
    from posegames.seeing.estimators.openpose.options import STRIDE
    from posegames.seeing.estimators.openpose.skeletons import COCO_18

    width, height = (side // STRIDE for side in size)
    middles = (np.moveaxis(np.mgrid[0:height, 0:width][::-1], 0, -1) + 0.5) * STRIDE
    heat = np.zeros((COCO_18.heat_maps, height, width))
    fields = np.zeros((COCO_18.fields, height, width))
    for person in people:
        for part, place in enumerate(person):
            off = ((middles - place) ** 2).sum(axis=-1)
            heat[part] = np.maximum(heat[part], np.exp(-off / (2 * 7.0**2)))
        for limb, (start, end) in enumerate(COCO_18.limbs):
            way = person[end] - person[start]
            length = float(np.hypot(*way)) or 1.0
            share = ((middles - person[start]) @ way / length**2).clip(0, 1)
            off = np.linalg.norm(middles - person[start] - share[..., None] * way, axis=-1)
            fields[2 * limb : 2 * limb + 2, off <= STRIDE] = (way / length)[:, None]
    heat[-1] = 1 - heat[:-1].max(axis=0)
    return heat.astype(np.float32), fields.astype(np.float32)


def paint_yolo(people: Floats, side: int, lots: np.random.Generator) -> Floats:
    """Return the output (1, 56, anchors) of a YOLO-pose net for `people` (N, 17, 2) in a square input.

    Some twenty anchors about the middle of each body, on three grids, say much the same of it.
    """
    grids = [np.moveaxis(np.mgrid[0:side:step, 0:side:step][::-1], 0, -1) + step / 2 for step in (8, 16, 32)]
    middles = np.concatenate([grid.reshape(-1, 2) for grid in grids])  # (anchors, 2)
    low, high = people.min(axis=1), people.max(axis=1)
    off = np.linalg.norm((middles[:, None] - (low + high) / 2) / (high - low), axis=-1)  # in sizes of the box
    nearest = off.argmin(axis=1)
    boxes = np.concatenate([low + high, 2 * (high - low)], axis=1)[nearest] / 2
    score = 0.9 * np.exp(-((off.min(axis=1) / 0.2) ** 2))
    points = np.concatenate([people, np.full((*people.shape[:2], 1), 0.9)], axis=2).reshape(len(people), -1)
    rows = np.concatenate([boxes, score[:, None], points[nearest]], axis=1)
    rows[:, :4] += lots.normal(0, 1, (len(rows), 4))  # pixels
    return rows.T[None].astype(np.float32)


def _posenet(most: int, seed: int, *, wanted: int) -> Decoder:
    from posegames.seeing.estimators.posenet.decode import Maps, decode, scores_of
    from posegames.seeing.estimators.posenet.options import PoseNetOptions

    options = PoseNetOptions(max_pose_detections=wanted)
    logits, *fields = paint_posenet(crowd(most, seed=seed), SIZE, options.output_stride)

    def work() -> int:
        maps = Maps(scores_of(logits, logits=True), *fields)
        return len(decode(maps, options, stride=options.output_stride).score)

    return work


def _openpose(most: int, seed: int) -> Decoder:
    from posegames.seeing.estimators.openpose.decode import several
    from posegames.seeing.estimators.openpose.options import OpenPoseOptions
    from posegames.seeing.estimators.openpose.skeletons import COCO_18

    heat, fields = paint_openpose(crowd(most, OPENPOSE_18, seed), SIZE)
    options = OpenPoseOptions()
    return lambda: len(several(heat, fields, COCO_18, options))


def _yolo(most: int, seed: int) -> Decoder:
    from posegames.seeing.estimators.yolo.decode import YoloOptions, decode, layout_of

    side = 640
    below = np.array([0, (side - SIZE[1]) // 2])  # grey, as much as above
    output = paint_yolo(crowd(most, seed=seed) + below, side, np.random.default_rng(seed))
    layout = layout_of(output.shape)
    assert layout is not None
    options = YoloOptions()
    return lambda: len(decode(output, layout, options).score)


DECODERS: Mapping[str, Callable[[int, int], Decoder]] = MappingProxyType(
    {
        "posenet, 5 at most": partial(_posenet, wanted=5),
        "posenet, 30 at most": partial(_posenet, wanted=30),
        "openpose": _openpose,
        "yolo": _yolo,
    }
)
"""What makes each decoder ready for a crowd, by its size and the seed."""
