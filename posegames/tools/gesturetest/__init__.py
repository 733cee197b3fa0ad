"""Testing gestures: recordings whose gestures are known, what the recogniser says of them, and figures of both."""
