"""From stances to points in space: forward kinematics for arms, head and spine, inverse for the legs.

Space is measured in body heights of the middling actor: x to the right of the picture, y up from the floor, z
towards the camera. All bodies are computed at once: arrays begin with (actors,).
"""

from __future__ import annotations

from dataclasses import astuple

import numpy as np

from posegames.body.joints import COUNT, Joint
from posegames.body.pose import Floats
from posegames.seeing.stage import build
from posegames.seeing.stage.build import BUILDS
from posegames.seeing.stage.stance import INDEX, LEFT, LIMB, RIGHT

HEAD, NECK, PELVIS, CROWN = range(COUNT, COUNT + 4)
"""Points beyond the joints: the middle of the head, of the shoulders, of the hips, and the top of the head."""
POINTS = COUNT + 4
"""Points of a body in all."""

_SIDES = np.array([1.0, -1.0])
_FRONT = np.array([0.0, 0.0, 1.0])
_FACE = np.array(build.FACE)
_BUILDS = np.array([astuple(row) for row in BUILDS])


def bodies(stances: Floats, roots: Floats) -> Floats:
    """Return the points (actors, `POINTS`, 3) of bodies in `stances` (actors, channels).

    `roots` (actors, 2) are x and z of the places they stand at.
    """
    count = len(stances)
    stature, shoulders, hips, _ = _BUILDS[:count].T
    middle = {name: stances[:, place] for name, place in INDEX.items() if place < LEFT.start}
    limbs = np.stack([stances[:, LEFT], stances[:, RIGHT]], axis=1)  # (actors, 2, channels)
    limb = {name: limbs[:, :, place] for name, place in LIMB.items()}
    points = np.zeros((count, POINTS, 3))

    hip_frame = _turned(middle["yaw"])
    chest = _turned(middle["yaw"] + middle["twist"], middle["lean"], middle["bend"])
    head = _turned(
        middle["yaw"] + middle["twist"] + middle["turn"], middle["lean"] + middle["tilt"], middle["bend"] * 0.5
    )
    pelvis = np.stack(
        [middle["hip_side"] + middle["side"], build.HIP - middle["hip_drop"], middle["hip_front"]], axis=1
    )
    points[:, PELVIS] = pelvis = _apply(hip_frame, pelvis)
    points[:, NECK] = neck = pelvis + build.SPINE * chest[:, 1]
    points[:, HEAD] = centre = neck + build.NECK * head[:, 1]
    points[:, CROWN] = centre + build.HEAD * head[:, 1]
    points[:, : len(_FACE)] = centre[:, None] + build.HEAD * _FACE @ head
    side = _SIDES[None, :, None]
    points[:, [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]] = shoulder = (
        neck[:, None] + side * build.SHOULDER_WIDTH * shoulders[:, None, None] * chest[:, None, 0]
    )
    points[:, [Joint.LEFT_HIP, Joint.RIGHT_HIP]] = hip = (
        pelvis[:, None] + side * build.HIP_WIDTH * hips[:, None, None] * hip_frame[:, None, 0]
    )
    _arms(points, shoulder, chest, limb)
    _legs(points, hip, hip_frame, limb, middle["side"])
    points[:, :, 1] += middle["rise"][:, None]
    points *= stature[:, None, None]
    points[:, :, [0, 2]] += roots[:, None]
    return points


def _turned(yaw: Floats, lean: Floats | None = None, bend: Floats | None = None) -> Floats:
    """Return frames (actors, 3, 3): rows are a body's own left, up and front, in space."""
    count = len(yaw)
    frame = np.zeros((count, 3, 3))
    y = np.radians(yaw)
    frame[:, 0, 0] = frame[:, 2, 2] = np.cos(y)
    frame[:, 0, 2], frame[:, 2, 0] = -np.sin(y), np.sin(y)
    frame[:, 1, 1] = 1
    for angle, (first, second) in ((lean, (1, 0)), (bend, (1, 2))):
        if angle is not None:
            cos, sin = np.cos(np.radians(angle))[:, None], np.sin(np.radians(angle))[:, None]
            one, two = frame[:, first].copy(), frame[:, second].copy()
            frame[:, first], frame[:, second] = cos * one + sin * two, cos * two - sin * one
    return frame


def _apply(frame: Floats, local: Floats) -> Floats:
    result: Floats = (local[:, None] @ frame)[:, 0]
    return result


def _along(lift: Floats, front: Floats, frame: Floats) -> Floats:
    """Return directions (actors, 2, 3) in space; `lift` and `front` (actors, 2) as `stance` explains them."""
    lift, front = np.radians(lift), np.radians(front)
    flat = np.cos(front)
    local = np.stack([_SIDES * flat * np.sin(lift), -flat * np.cos(lift), np.sin(front)], axis=2)
    direction: Floats = local @ frame
    return direction


def _smooth(value: Floats, low: float, high: float) -> Floats:
    share = np.clip((value - low) / (high - low), 0, 1)
    eased: Floats = share * share * (3 - 2 * share)
    return eased


def _arms(points: Floats, shoulder: Floats, chest: Floats, limb: dict[str, Floats]) -> None:
    # A raised arm takes its shoulder along: up and inwards.
    raised = _smooth(limb["upper"], 60, 160)[:, :, None]
    shoulder = shoulder + raised * (0.022 * chest[:, None, 1] - 0.016 * _SIDES[None, :, None] * chest[:, None, 0])
    points[:, [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]] = shoulder
    fore = _along(limb["fore"], limb["fore_front"], chest)
    elbow = shoulder + build.UPPER_ARM * _along(limb["upper"], limb["upper_front"], chest)
    wrist = elbow + build.FOREARM * fore
    # The forearm rolls: thumbs point inwards on hanging arms, up on spread ones, inwards again on raised ones.
    across = np.cross(fore, _FRONT + np.array([0, 0.3, 0])) * _SIDES[None, :, None]
    across /= np.linalg.norm(across, axis=2, keepdims=True) + 1e-9
    roll = 0.55 - 1.5 * _smooth(limb["fore"], 25, 85)
    roll = (roll + (0.8 - roll) * _smooth(limb["fore_front"], 45, 80))[:, :, None]
    thumb = across * roll + _FRONT * np.sqrt(np.maximum(0, 1 - roll * roll)) * 0.6
    reach = build.HAND * (1 - 0.25 * limb["fist"][:, :, None])
    left, right = [Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW], [Joint.LEFT_WRIST, Joint.RIGHT_WRIST]
    points[:, left], points[:, right] = elbow, wrist
    points[:, [Joint.LEFT_INDEX, Joint.RIGHT_INDEX]] = wrist + fore * reach * 1.08 + thumb * build.PALM * 0.8
    points[:, [Joint.LEFT_PINKY, Joint.RIGHT_PINKY]] = wrist + fore * reach * 0.98 - thumb * build.PALM
    points[:, [Joint.LEFT_THUMB, Joint.RIGHT_THUMB]] = wrist + fore * reach * 0.72 + thumb * build.PALM * 1.7


def _legs(points: Floats, hip: Floats, frame: Floats, limb: dict[str, Floats], shift: Floats) -> None:
    place = np.stack([_SIDES * limb["out"] + shift[:, None], build.ANKLE + limb["up"], limb["front"]], axis=2)
    ankle = place @ frame
    way = ankle - hip
    reach = np.linalg.norm(way, axis=2, keepdims=True)
    length = np.clip(reach, 0.06, (build.THIGH + build.SHIN) * 0.9995)
    way /= reach + 1e-9
    ankle = hip + way * length
    # The knee points to the front and somewhat outwards, unless it is told to point elsewhere.
    turned = limb["knee"][:, :, None]
    front = 1 - np.abs(turned)
    ahead = front * frame[:, None, 2] + (0.42 * front + turned) * _SIDES[None, :, None] * frame[:, None, 0]
    ahead -= (ahead * way).sum(axis=2, keepdims=True) * way
    ahead /= np.linalg.norm(ahead, axis=2, keepdims=True) + 1e-9
    along = (length**2 + build.THIGH**2 - build.SHIN**2) / (2 * length)
    knee = hip + way * along + ahead * np.sqrt(np.maximum(0, build.THIGH**2 - along**2))
    points[:, [Joint.LEFT_KNEE, Joint.RIGHT_KNEE]] = knee
    points[:, [Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE]] = ankle
    pointed = np.radians(limb["toe"])[:, :, None]
    out = 0.36 * _SIDES[None, :, None] * frame[:, None, 0]
    forward = (frame[:, None, 2] + out) / np.hypot(1, 0.36)
    toes = forward * np.cos(pointed) - frame[:, None, 1] * np.sin(pointed)
    sole = frame[:, None, 1] * np.cos(pointed) + forward * np.sin(pointed)
    points[:, [Joint.LEFT_HEEL, Joint.RIGHT_HEEL]] = ankle - toes * build.HEEL - sole * (build.ANKLE - 0.014)
    points[:, [Joint.LEFT_FOOT_INDEX, Joint.RIGHT_FOOT_INDEX]] = (
        ankle + toes * build.TOE - sole * (build.ANKLE - 0.012)
    )
