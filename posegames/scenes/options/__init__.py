"""What players can set."""
