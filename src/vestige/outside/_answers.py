"""Asking for an address, by rules that are one for all who ask: its redirects judged, its answer bounded in bytes and time.

No proxy, password or cookie of the environment is used: the pools are urllib3's own (`vestige.public_internet`).
"""

import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import urllib3

from vestige.outside._address import WebAddress
from vestige.outside._errors import FetchFault, TooLargeError

MOST_REDIRECTS = 5
REDIRECTS = frozenset((301, 302, 303, 307, 308))
"""Answers that send whoever asks to another address (RFC 9110, section 15.4)."""
_BLOCK = 1 << 18

Clock = Callable[[], float]
Judge = Callable[[WebAddress, WebAddress], None]
"""Raises an error of its own where a redirect must not be followed from the one address to the other."""


class Readable(Protocol):
    """What bytes of an answer come from: urllib3's answers, and those of `http.client`."""

    def read1(self, amount: int, /) -> bytes:
        """Give what has come, at most so much; nothing at the end."""


class Pace:
    """How long an answer may take: in all, and by a least speed once patience is over."""

    def __init__(
        self, where: str, *, seconds: float = 600, patience: float = 20, least: float = 500, clock: Clock | None = None
    ) -> None:
        self._where, self._seconds, self._patience, self._least = where, seconds, patience, least
        self._clock = clock or time.monotonic
        self._started = self._clock()

    def check(self, size: int) -> None:
        """Raise `FetchFault` where ``size`` bytes have taken too long."""
        taken = self._clock() - self._started
        if taken > self._seconds:
            raise FetchFault(
                f"took longer than {self._seconds:,.0f} seconds", where=self._where, hint="try again later"
            )
        if taken > self._patience and size < taken * self._least:
            raise FetchFault(
                f"the host sends too slowly: {size} bytes in {taken:.0f} seconds",
                where=self._where,
                hint="try again later",
            )


def ask(
    pools: urllib3.PoolManager, address: WebAddress, headers: dict[str, str], *, judge: Judge | None = None
) -> urllib3.BaseHTTPResponse:
    """Ask for an address and for where it redirects to; the body is neither read nor unpacked.

    Raises `AddressRefusedError` for a redirect to what is no web address or from https to http, `FetchFault` after too many, and
    urllib3's errors.
    """
    here = address
    for _ in range(MOST_REDIRECTS + 1):
        reply = pools.request(
            "GET",
            here.asked,
            headers=headers,
            preload_content=False,
            decode_content=False,
            redirect=False,
            retries=False,
        )
        location = reply.headers.get("Location") if reply.status in REDIRECTS else None
        if location is None:
            return reply
        reply.close()
        onward = here.onward(location)
        if judge:
            judge(here, onward)
        here = onward
    raise FetchFault(f"redirected more than {MOST_REDIRECTS} times", where=address.text[:200])


def blocks(reply: Readable, *, most: int, pace: Pace, where: str) -> Iterator[bytes]:
    """Give the body as it comes; raises `TooLargeError` beyond ``most`` bytes, and `FetchFault` where it takes too long."""
    size = 0
    while block := reply.read1(_BLOCK):
        size += len(block)
        if size > most:
            raise TooLargeError(f"expected at most {most:,} bytes, got more", where=where)
        pace.check(size)
        yield block


def body(reply: Any, *, most: int, pace: Pace, where: str) -> bytes:
    """Give a body whole, within its bounds."""
    return b"".join(blocks(reply, most=most, pace=pace, where=where))
