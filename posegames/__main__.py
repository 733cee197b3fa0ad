"""`python -m posegames` is the `posegames` command."""

from posegames.cli import main

if __name__ == "__main__":
    main()
