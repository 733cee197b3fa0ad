"""Reading from the network with care: allowed schemes only, no long waits, every failure one plain reason."""

from __future__ import annotations

import socket
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import BaseHandler, Request, build_opener, getproxies, proxy_bypass

from posegames.files import CHUNK

CONNECT_SECONDS = 3.0
"""A machine without a way out gives up after this, once for IPv4 and once for IPv6."""

READ_SECONDS = 15.0
"""A connection that says nothing for so long is given up (pip waits as long)."""

HTTPS = frozenset({"https"})


class RouteError(Exception):
    """This way did not lead there; the message is the reason, in a few words."""


class _SchemeGuard(BaseHandler):
    """Stops every request, a redirected one too, whose scheme is not allowed."""

    def __init__(self, schemes: frozenset[str]) -> None:
        self._schemes = schemes

    def default_open(self, req: Request) -> None:
        """Let `req` go on to the handler of its scheme (None), or raise RouteError."""
        if req.type not in self._schemes:
            raise RouteError(f"it leads to an address that is not safe ({req.type})")


@contextmanager
def opened(url: str, *, schemes: frozenset[str] = HTTPS) -> Iterator[IO[bytes]]:
    """Open `url`, following redirections, if all their schemes are allowed. Raises RouteError."""
    try:
        if urlsplit(url).scheme in schemes:
            _knock(url)
        answer = build_opener(_SchemeGuard(schemes)).open(url, timeout=READ_SECONDS)
    except HTTPError as error:
        error.close()
        raise RouteError(f"it answers {error.code} {error.reason}") from error
    except URLError as error:
        raise RouteError(f"no connection: {_reason(error)}") from error
    except (OSError, HTTPException) as error:
        raise RouteError(f"no connection: {_reason(error)}") from error
    with answer:
        yield answer


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what `stream` (an answer, a member of a zip) holds, piece by piece. Raises RouteError."""
    try:
        while chunk := stream.read(CHUNK):
            yield chunk
    except (OSError, HTTPException, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise RouteError(f"it broke off: {_reason(error)}") from error


def _knock(url: str) -> None:
    """Connect once for each kind of address. Raises OSError if nobody opens.

    Without it a firewall that swallows packets costs the time-out for each of the host's many addresses.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme in getproxies() and not proxy_bypass(host):
        return  # only the proxy can tell
    found = socket.getaddrinfo(host, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    reason = OSError("it has no address")
    for family, place in {family: place for family, _, _, _, place in reversed(found)}.items():
        with socket.socket(family, socket.SOCK_STREAM) as knock:
            knock.settimeout(CONNECT_SECONDS)
            try:
                knock.connect(place)
            except OSError as error:
                reason = error
            else:
                return
    raise reason


def _reason(error: Exception) -> str:
    """Return the words of `error`, without numbers and wrappings."""
    inner = error.reason if isinstance(error, URLError) else error
    return str(getattr(inner, "strerror", None) or inner)
