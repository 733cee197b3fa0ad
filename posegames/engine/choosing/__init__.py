"""Choosing by hand, keys and mouse: targets, cards, the hand on the screen."""
