"""posegames: play with your body.

A source is watched by a process of its own; an engine takes the newest sighting from it, keeps track of who is
who, turns motion into events, and runs scenes on them. `posegames.app.run` is the whole way in twenty lines.
"""

__version__ = "0.1.0"
