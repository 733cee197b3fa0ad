"""What players do: a table of gestures, and the recogniser that turns motion into events."""
