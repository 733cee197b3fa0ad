"""Levels: read from TOML, checked, and kept on a shelf."""
