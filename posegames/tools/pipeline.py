"""Work done ahead: while one thing is used the next ones are made, in order, by a thread of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")

AHEAD = 2
"""Things made before they are asked for: one may take longer than another, and each may hold a large picture."""


def ahead(items: Iterable[Item], *, most: int = AHEAD) -> Generator[Item]:
    """Yield `items`, up to `most` of which are made ahead by one thread; what ends them early comes in its place.

    The thread begins with the first item asked for. When the generator is closed it has ended, and so have `items`
    if they are a generator: close it before what they use. One item is waited for, however long it takes.
    """
    source = iter(items)
    end = object()

    def work() -> Item | object:
        return next(source, end)

    with ThreadPoolExecutor(1, thread_name_prefix="posegames ahead") as thread:
        waiting: deque[Future[Item | object]] = deque()
        try:
            while True:
                while len(waiting) <= most:
                    waiting.append(thread.submit(work))
                item = waiting.popleft().result()
                if item is end:
                    return
                yield item  # type: ignore[misc]
        finally:
            thread.shutdown(cancel_futures=True)
            if close := getattr(source, "close", None):
                close()
