"""Many sources in one go: found, shared out among processes, and gone on with where it was stopped."""
