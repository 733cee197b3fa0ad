"""How it runs, for who wants to know: off, one line, or all of it."""
