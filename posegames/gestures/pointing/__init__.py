"""The hand that points at the screen: where, how calmly, and whether it means it."""
