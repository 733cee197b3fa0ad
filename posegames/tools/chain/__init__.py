"""Post-processing: a chain of steps over looks, chosen by name, between what sees and what writes.

A source is looked at once, and the roster follows its bodies meanwhile (it needs the pictures for that): what it
makes of them is `DEFAULT`, and what `track` writes when no chain is named. A chain that is named begins with the
bodies as the estimator found them, and every step changes what the one before it left:

| step | `Look.bodies` | `Look.players` | waits |
|---|---|---|---|
| none | the sighting's poses, by the estimator's own numbers | nobody | no |
| clean | the same bodies; joints that cannot be are held, flicker is settled | nobody | no |
| identity | the players in sight, by slot; who is no player is left out | pose, raw | no |
| smooth[=PRESET] | places: One Euro, a filter for each body followed | pose | no |
| temporal | places: outliers by their median, then a local parabola over time | pose | .4 s + .15 s |
| bones | places of joints too far out on their limb, and their confidence | pose | no |
| fill | joints and bodies missed for a moment, with confidence .4 | pose; who is hidden stays so | .5 s |

`Look.sighting` stays what the estimator gave, so tapes hold the same whatever the chain; `Player.shown` and
`velocity`, made for drawing live, stay the roster's. What waits needs memory for the looks of that time only (and
as much again behind it); nothing needs the whole recording. All is there for every estimator.

`sanitise` stands before every chain, in the estimators: nothing is NaN or far outside the picture. A folder of
pictures that have nothing to do with each other passes unchanged.
"""

from posegames.tools.chain.table import DEFAULT, NONE, STEPS, Chain, Step, find_chain

__all__ = ["DEFAULT", "NONE", "STEPS", "Chain", "Step", "find_chain"]
