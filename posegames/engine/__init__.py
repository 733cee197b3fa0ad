"""The engine: scenes on a stack, fixed steps, a window, a canvas. Knows pygame; knows no scene."""
