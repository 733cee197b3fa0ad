"""What gestures measure: small sums on a posture, and on what is usual for the player. All pure."""
