"""Figures of a running game for Prometheus: plain text over HTTP, to this computer only.

Nothing is sent to anybody: whoever monitors asks, and must ask from here. What is told are numbers; no pictures,
no joints, no names, and not what is watched.
"""

from __future__ import annotations

import socketserver
import sys
import threading
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Self

from posegames.engine.hud.gauges import Gauges
from posegames.errors import PosegamesError
from posegames.tools.stats import Stats

HOST = "127.0.0.1"
"""Where it listens: nowhere else."""
POLL = 0.1
"""Seconds after which the server looks whether it is to stop."""
PATIENCE = 5.0
"""Seconds somebody who asks may take to say what."""


class Monitor:
    """Serves figures while it is open."""

    def __init__(self, port: int, stats: Stats) -> None:
        """`port` on this machine, 0 for any that is free; `stats` is what the program counts."""
        self._port, self._stats = port, stats
        self._gauges = Gauges()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin to serve. Raises PosegamesError where the port is taken or prometheus-client is not there."""
        try:
            from posegames.bridges.figures import handler
        except ModuleNotFoundError as error:
            raise PosegamesError(
                "Figures cannot be served.",
                f"(The package {error.name} is not installed.)",
                "Say: pip install 'posegames[metrics]'",
            ) from error
        answering = handler(self._stats, lambda: self._gauges, timeout=PATIENCE)
        try:
            self._server = _Server((HOST, self._port), answering)
        except OSError as error:
            raise PosegamesError(
                f"Figures cannot be served on port {self._port}.",
                f"({error.strerror or error})",
                "Another program may use it: name another port after --metrics.",
            ) from error
        serve = self._server.serve_forever
        self._thread = threading.Thread(target=serve, args=(POLL,), name="posegames metrics", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and free the port."""
        if self._server and self._thread:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(PATIENCE)

    @property
    def port(self) -> int:
        """Where it can be asked."""
        return int(self._server.server_address[1]) if self._server else self._port

    def take(self, gauges: Gauges) -> None:
        """Let this be what whoever asks is told, until the next."""
        self._gauges = gauges


class _Server(ThreadingHTTPServer):
    """A server that neither asks the network for its own name nor shares its port."""

    # Windows would let two programs listen at one port.
    allow_reuse_address = sys.platform != "win32"
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind; the usual one looks its name up, which may go out to a name server."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])
