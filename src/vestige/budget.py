"""How long the work on one source may take, so that one that was made to cost is skipped and the rest goes on.

Python code is interrupted wherever it stands, in any thread and on every system (`PyThreadState_SetAsyncExc`). What a library
of C does in one call ends first; such calls are bounded by the size and depth of what they are given, or run in a process of their
own.
"""

import ctypes
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from vestige.deadlines import after, forget
from vestige.errors import InputError

Result = TypeVar("Result")

LEAST = 60.0
"""Seconds for the smallest source."""
MOST = 600.0
"""Seconds for the largest."""
_BYTES_A_SECOND = 20_000
"""What the slowest texts that people write are read at, several times over."""
_AGAIN = 1.0
"""Seconds after which work is interrupted once more, should something have swallowed it."""
_STEPS = 100
"""Steps of a loop within which an interrupt comes that a thread sends to itself: the next does."""
_interrupt = ctypes.pythonapi.PyThreadState_SetAsyncExc


class OverBudgetError(InputError):
    """Work on one source that took longer than it may."""


class _Overrun(BaseException):
    """Ends the work; no library catches it, since it is no `Exception`."""


def seconds_for(size: int) -> float:
    """Give the seconds that work on so many bytes or characters may take."""
    return min(MOST, LEAST + size / _BYTES_A_SECOND)


def within(seconds: float, work: Callable[[], Result], *, where: str | None = None) -> Result:
    """Do some work, and interrupt it after so many seconds; raises `OverBudgetError` then, and what the work raises.

    The work may write nothing: it can end between any two steps.
    """
    overrun: type[BaseException] = type(
        "_Overrun", (_Overrun,), {}
    )  # of its own, so that it is told from that of a budget around it
    alarm = _Alarm(overrun)
    try:
        try:
            alarm.set(seconds)
            return work()
        finally:
            alarm.end()
    except overrun:
        alarm.end()  # it may have come while the alarm was being ended
        raise OverBudgetError(
            f"took longer than {seconds:.0f} seconds and is skipped",
            where=where,
            hint="give the part that matters as a text of its own",
        ) from None


class _Alarm:
    """Interrupts the thread that made it, again and again until it is ended."""

    def __init__(self, overrun: type[BaseException]) -> None:
        self._overrun = overrun
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._changing = threading.Lock()
        self._sent = self._ended = False

    def set(self, seconds: float) -> None:
        self._deadline = after(seconds, self._ring)

    def _ring(self) -> None:
        with self._changing:
            if not self._ended:
                self._sent = True
                _interrupt(self._thread, ctypes.py_object(self._overrun))
                self.set(_AGAIN)

    def end(self) -> None:
        """Interrupt nothing more; an interrupt that was sent and has not come yet is met here.

        It is not taken back: an interrupt of nothing, the way to do so, leaves CPython 3.11 looking for one at every step from then on, and
        without an end in a thread that is traced, as by a debugger or by what measures coverage.
        """
        while not self._ended:
            with suppress(self._overrun), self._changing:  # it may come while no further one is being sent
                self._ended = True
                forget(self._deadline)
        if self._sent:
            with suppress(self._overrun):
                _interrupt(self._thread, ctypes.py_object(self._overrun))  # instead of one that may still be on its way
                for _ in range(_STEPS):
                    pass
