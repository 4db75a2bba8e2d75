"""What is to happen at a deadline, all of a process watched by one thread.

`threading.Timer` starts a thread for each deadline, also for one that is forgotten a moment later; whoever reads many ranges
has thousands of those in a minute.
"""

import heapq
import os
import sys
import threading
import time
from collections.abc import Callable

_FEW = 64
"""Forgotten deadlines that may lie in the heap whatever its size."""


class Deadline:
    """A moment, in seconds of `time.monotonic`, and what is called then."""

    __slots__ = ("callback", "moment")

    def __init__(self, moment: float, callback: Callable[[], object]) -> None:
        self.moment = moment
        self.callback: Callable[[], object] | None = callback

    def __lt__(self, other: "Deadline") -> bool:
        return self.moment < other.moment


class Deadlines:
    """Calls back at deadlines from one daemon thread, which is started with the first.

    A callback has to be short: the next one waits for it. What it raises is written to standard error, and the others go on.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._heap: list[Deadline] = []
        self._forgotten = 0
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, callback: Callable[[], object]) -> Deadline:
        """Have something called after so many seconds; give what `forget` takes."""
        deadline = Deadline(time.monotonic() + seconds, callback)
        with self._changed:
            heapq.heappush(self._heap, deadline)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, name="deadlines", daemon=True)
                self._thread.start()
            elif self._heap[0] is deadline:
                self._changed.notify()
        return deadline

    def forget(self, deadline: Deadline) -> bool:
        """Call nothing for a deadline; False where it has passed, and its callback has been or is being called."""
        with self._changed:
            waiting = deadline.callback is not None
            deadline.callback = None
            self._forgotten += waiting
            if self._forgotten > max(_FEW, len(self._heap) // 2):
                self._heap = [each for each in self._heap if each.callback is not None]
                heapq.heapify(self._heap)
                self._forgotten = 0
            return waiting

    def _watch(self) -> None:
        while True:
            callback = self._next()
            try:
                callback()
            except Exception:  # noqa: BLE001 - one who fails may not take the others' deadlines away
                sys.excepthook(*sys.exc_info())

    def _next(self) -> Callable[[], object]:
        """Wait for the next deadline, and give what is to be called."""
        with self._changed:
            while True:
                if not self._heap:
                    self._changed.wait()
                elif (left := self._heap[0].moment - time.monotonic()) > 0:
                    self._changed.wait(min(left, threading.TIMEOUT_MAX))
                else:
                    deadline = heapq.heappop(self._heap)
                    callback, deadline.callback = deadline.callback, None
                    if callback is not None:
                        return callback
                    self._forgotten -= 1


_of_process = Deadlines()


def after(seconds: float, callback: Callable[[], object]) -> Deadline:
    """Have something short called after so many seconds, by the one thread of this process."""
    return _of_process.after(seconds, callback)


def forget(deadline: Deadline) -> bool:
    """Call nothing for a deadline; False where it has passed."""
    return _of_process.forget(deadline)


def _forked() -> None:
    """Begin anew in a child: its parent's thread is not there, and may have held the lock."""
    global _of_process  # noqa: PLW0603 - the one of this process
    _of_process = Deadlines()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
