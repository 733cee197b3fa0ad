"""The end of a game: the sheet of points, and where they stand among all that are remembered."""
