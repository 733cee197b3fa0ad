"""What `levels new` writes: a level that plays at once and says, line by line, how to change it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

MATCH = """\
# A level of match: poses to strike, one after another.
format = 1
scene = "match"
title = {title}
about = "A line about it."

hold = 1.0         # seconds a pose must be held
tolerance = 1.2    # 1 is usual; above it is easier
# seconds = 6      # seconds for each pose; without this line the game waits
# either = true    # whichever side: the mirror image of a pose is as good

# Angles count from hanging straight down, outwards: 0 down, 45 low, 90 sideways, 135 high, 180 straight up.
# Left is the player's own left. What a pose does not name is not judged: here, the legs.

[[pose]]
name = "Wings"
both_arms = 90

[[pose]]
name = "Hello"
left_arm = 15
right_arm = [100, 170]    # two numbers: upper arm, forearm

[[pose]]
name = "Starfish"
both_arms = 130
both_legs = 20

[[pose]]
name = "Lean left"
both_arms = [45, -45]    # negative is inwards: hands on hips
trunk = 15               # towards the player's left; negative is right

[[pose]]
again = "Wings"    # the pose above of that name once more
hold = 2.0         # a pose may have its own hold, seconds and tolerance
"""

TAG = """\
# A level of tag: a field 16 wide and 9 high, and what stands on it.
format = 1
scene = "tag"
title = {title}
about = "A line about it."

seconds = 60     # length of a round
rounds = 2       # rounds of a game
avatars = 4      # at least so many on the field, 2 to 6; bots fill it up
speed = 3.2      # units a second
skill = 0.5      # of the bots: 0 is easy, 1 is hard

# x counts to the right and y down from the upper left corner. An avatar is 0.7 wide: leave gaps of 0.9 or more.
# It is fairest when one half is the mirror image of the other, or the same turned round.

[[circle]]
x = 4.0
y = 4.5
radius = 0.9

[[circle]]
x = 12.0
y = 4.5
radius = 0.9

[[box]]          # x, y is its upper left corner
x = 7.0
y = 1.8
width = 2.0
height = 0.6

[[box]]
x = 7.0
y = 6.6
width = 2.0
height = 0.6
"""

TEMPLATES: Mapping[str, str] = MappingProxyType({"match": MATCH, "tag": TAG})
"""By scene."""


def template(scene: str, title: str) -> str:
    """Return the text of a new level file of `scene`; `title` is as `form.Text` allows."""
    return TEMPLATES[scene].format(title=json.dumps(title, ensure_ascii=False))
