"""The menu: the scene, and the previews on its cards."""
