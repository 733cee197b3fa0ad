"""Tag: the scene, and what only it shows."""
