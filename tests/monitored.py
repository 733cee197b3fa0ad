"""What a running program says of itself: its own figures, asked over a real socket."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import suppress


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Monitor:
    """Reads the page that `posegames play --metrics PORT` serves."""

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}/metrics"

    def lines(self) -> list[str]:
        """Return the page; nothing while there is none."""
        with suppress(OSError), urllib.request.urlopen(self._url, timeout=5) as answer:
            return str(answer.read().decode()).splitlines()
        return []

    def number(self, name: str) -> float:
        """Return a figure without labels; 0 while there is none."""
        return next((float(line.split()[1]) for line in self.lines() if line.startswith(f"{name} ")), 0.0)

    def scene(self) -> str:
        """Return which screen is on; nothing while none is."""
        on = (line for line in self.lines() if line.startswith("posegames_scene{") and line.endswith(" 1.0"))
        return next((line.split('"')[1] for line in on), "")
