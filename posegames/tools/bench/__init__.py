"""Measuring: several ways of doing one thing, side by side in one run, and the ratio between them."""
