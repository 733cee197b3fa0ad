"""The engine: scenes on a stack, fixed steps, a window, a canvas. Knows pygame; knows no scene."""

import os

# The one thing done at import: pygame greets on the terminal while it is imported, unless told not to.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
