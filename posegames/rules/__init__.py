"""Pure game logic, without pygame."""
