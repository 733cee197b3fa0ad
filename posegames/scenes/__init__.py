"""Scenes, one a file."""
