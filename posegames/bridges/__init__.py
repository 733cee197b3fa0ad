"""Ways from a running game to other programs. Each is imported only when it is asked for."""
