"""How each gesture is done so that it is seen: a few lines for players, by the names of the table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HOW: Mapping[str, str] = MappingProxyType(
    {
        "jumping_jack": "Jump until the feet are apart and the hands above the head, and jump back. It counts "
        "when arms and legs are together again.",
        "jump": "Both feet leave the floor. It is told at once; tip-toes and quick squats are no jumps.",
        "squat": "Sit down as on a chair and stand up again, the feet where they are. It counts when you are up.",
        "duck": "Get down and stay down: on while you are low, off when you stand.",
        "lunge": "A long step to the front or the side, down with the hips, and back. It counts when you are up.",
        "knee_up_left": "Lift the left knee to the front, as high as the hips, and put the foot down.",
        "knee_up_right": "Lift the right knee to the front, as high as the hips, and put the foot down.",
        "kick_left": "Throw the left foot forward or out, quickly, and put it down.",
        "kick_right": "Throw the right foot forward or out, quickly, and put it down.",
        "side_leg_raise_left": "Lift the straight left leg out to the side, and lower it; then it counts.",
        "side_leg_raise_right": "Lift the straight right leg out to the side, and lower it; then it counts.",
        "punch_left": "Stretch the left arm quickly at the height of the shoulder, to the side or the front.",
        "punch_right": "Stretch the right arm quickly at the height of the shoulder, to the side or the front.",
        "swipe_left": "Sweep one hand to your left in one go, between belly and head.",
        "swipe_right": "Sweep one hand to your right in one go, between belly and head.",
        "swipe_up": "Sweep one hand upwards in one go, from the belly past the shoulder.",
        "swipe_down": "Sweep one hand downwards in one go, from above the shoulder to the belly.",
        "wave": "Raise a hand beside the head and swing it to and fro, twice or more.",
        "clap": "Bring both hands together before the body, from a little apart.",
        "hands_up": "Hold both hands above the head; on until one comes down.",
        "hand_up_left": "Hold the left hand above the head, the other one low.",
        "hand_up_right": "Hold the right hand above the head, the other one low.",
        "t_pose": "Hold both arms straight out to the sides, as high as the shoulders, for half a second.",
        "arms_crossed": "Cross the forearms before the chest, each wrist on the other side, and keep them there.",
        "lean_left": "Lean head and shoulders over to the left, the hips where they are.",
        "lean_right": "Lean head and shoulders over to the right, the hips where they are.",
        "step_left": "Step to the left of where you usually stand, by a foot or two; off when you return.",
        "step_right": "Step to the right of where you usually stand, by a foot or two; off when you return.",
        "lean": "Lean left or right: -1 is far to the left, 0 upright, 1 far to the right.",
        "step": "Stand left or right of your usual place: -1 is a step to the left, 1 a step to the right.",
        "advance": "Stand nearer or farther than usual: 1 is a step towards the camera, -1 a step away.",
    }
)
"""By name."""
