"""Pages are drawn one after the other: threads of one interpreter that draw together hold each other up."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A queue of those who draw. A turn lasts `longest` seconds at most: who needs longer, as an import
    does, goes on beside the others, and keeps nobody waiting."""

    def __init__(self, longest: float = 1.0) -> None:
        self._longest = longest
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()
        self._held: object = None
        self._ends = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, hold it, and give it up whatever happens."""
        mine = object()
        with self._changed:
            self._queue.append(mine)
            while not self._is_next(mine):
                self._changed.wait(max(self._ends - time.monotonic(), 0.01))
            self._queue.popleft()
            self._held, self._ends = mine, time.monotonic() + self._longest
        try:
            yield
        finally:
            with self._changed:
                if self._held is mine:
                    self._held = None
                    self._changed.notify_all()

    def _is_next(self, mine: object) -> bool:
        is_free = self._held is None or time.monotonic() >= self._ends
        return is_free and self._queue[0] is mine


turn = Turns().turn
