"""The loop that tutorials teach: one thread reads, detects, draws and shows, and begins again.

So MediaPipe's own samples for Python do it, and what is built on them: `read`, `detect`, draw the landmarks on the
picture, show it. A slow step holds up all others, and the webcam's pictures wait meanwhile (see `webcam`).
"""

from __future__ import annotations

from pathlib import Path

import cv2

from posegames.body.joints import BONES
from posegames.body.pose import Pose
from posegames.engine.theme import HEIGHT, WIDTH
from posegames.engine.view import View
from posegames.engine.window import Window
from posegames.seeing.estimators.base import Estimator
from posegames.seeing.sighting import Picture, Sighting
from posegames.timing import Clock
from posegames.tools.bench.turns import SURE, WARM, Seen, Turn, hands_above_nose
from posegames.tools.bench.webcam import Webcam

RULE = "wrists above nose"
_LINE, _DOT = (255, 255, 255), (0, 0, 255)


def follow(estimator: Estimator, folder: Path, window: Window, clock: Clock, seconds: float) -> Turn:
    """Go round for `seconds` with what the webcam films. `estimator` is open."""
    turn, warm, up = Turn(), float("inf"), False
    estimator.forget()
    with Webcam(folder, clock) as camera:
        while True:
            frame = camera.read()
            read = clock.now()
            poses = estimator.estimate(frame)
            estimated = clock.now()
            before, up = up, any(map(hands_above_nose, poses))
            in_hand = clock.now()
            if in_hand >= warm + seconds:
                turn.seconds = in_hand - warm
                return turn
            for pose in poses:
                draw(frame.picture, pose)
            sighting = Sighting(frame.time, frame.number, poses, frame.aspect, frame)
            window.canvas.picture(sighting, View((0, 0, WIDTH, HEIGHT), frame.aspect))
            drawn = clock.now()
            window.show()
            shown = clock.now()
            window.events()
            warm = min(warm, in_hand + WARM)
            if in_hand < warm:
                continue
            if up and not before:
                turn.raise_(RULE, frame.time, in_hand)
            way = {
                "read": read - frame.time,
                "estimate": estimated - read,
                "draw": drawn - in_hand,
                "show": shown - drawn,
            }
            turn.seen.append(Seen(frame.number, frame.time, in_hand, shown, way))
            turn.shows += 1


def draw(picture: Picture, pose: Pose) -> None:
    """Draw bones and joints on the picture, as MediaPipe's drawing utilities do."""
    places = [(round(float(x)), round(float(y))) for x, y in pose.xy * picture.shape[0]]
    for a, b in BONES:
        if pose.seen((a, b), SURE):
            cv2.line(picture, places[a], places[b], _LINE, 2)
    for joint, place in enumerate(places):
        if pose.confidence[joint] >= SURE:
            cv2.circle(picture, place, 3, _DOT, -1)
