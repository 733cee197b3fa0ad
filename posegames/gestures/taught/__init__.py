"""Gestures by example: poses and moves that people show, and what becomes of them."""
