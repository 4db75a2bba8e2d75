"""Parts of files, over HTTP or from this machine's disk: retries with backoff, and every failure named."""

import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import msgspec
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError

from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._guard import check_url, pools, shown
from vestige.observing.scenes._responses import Again, Answer, Unauthorised, raise_for_status, reason_of
from vestige.observing.scenes._signing import Signer, Unsigned
from vestige.outside import MOST_REDIRECTS, REDIRECTS, AddressRefusedError, FetchFault, WebAddress

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
MAX_WAIT = 60.0


class Part(msgspec.Struct, frozen=True):
    """Bytes of a file, with what is known of the file as a whole."""

    data: bytes
    size: int
    """Bytes of the whole file."""
    etag: str


class Source(Protocol):
    """Gives bytes of files by address."""

    def read(self, href: str, start: int, length: int, *, at_most: bool = False) -> Part:
        """Give ``length`` bytes from ``start``; fewer only where ``at_most`` and the file ends. Raises `ReadFault`."""


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how patiently to ask again."""

    attempts: int = 5
    first_wait: float = 0.5
    """Seconds before the second attempt; doubled each time, and varied by half either way."""
    timeout: float = 30.0
    """Seconds without a byte that end an attempt."""

    def wait(self, attempt: int, retry_after: str | None) -> float:
        """Give the seconds to wait after a failed attempt (from 0); a server that names a time is obeyed up to a minute."""
        if retry_after and retry_after.isdigit():
            return min(float(retry_after), MAX_WAIT)
        spread = 0.5 + random.random()  # noqa: S311 - only to keep threads from asking in step
        return min(self.first_wait * float(2**attempt) * spread, MAX_WAIT)


class LocalSource:
    """Files on this machine, by path or ``file://`` address."""

    def read(self, href: str, start: int, length: int, *, at_most: bool = False) -> Part:
        """Read from disk; the file's change time and size stand for its ETag."""
        path = local_path(href)
        if path is None:
            raise ReadFault(FaultKind.REFUSED, "expected a path on this machine", where=shown(href))
        try:
            with path.open("rb") as file:
                stat = os.fstat(file.fileno())
                data = os.pread(file.fileno(), length, start)
        except FileNotFoundError as error:
            raise ReadFault(FaultKind.MISSING, "there is no such file", where=href) from error
        except OSError as error:
            raise ReadFault(FaultKind.UNAVAILABLE, f"the file cannot be read: {error.strerror}", where=href) from error
        _expect(len(data), length, at_most=at_most, where=href)
        return Part(data, stat.st_size, f"{stat.st_mtime_ns:x}-{stat.st_size:x}")


class HttpSource:
    """Files behind HTTP servers that answer range requests (RFC 9110, section 14).

    ``sent`` and ``received`` count requests and body bytes. ``sleep`` is there for tests.
    """

    def __init__(
        self,
        *,
        signer: Signer | None = None,
        retries: Retries | None = None,
        connections: int = 64,
        allow_private: bool = False,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.signer = signer or Unsigned()
        self.retries = retries or Retries()
        self.allow_private = allow_private
        self.pools = pools(connections=connections, allow_private=allow_private)
        self.sleep = sleep
        self.sent = self.received = 0
        self._moved: dict[str, str] = {}

    def read(self, href: str, start: int, length: int, *, at_most: bool = False) -> Part:
        """Ask for a range, as often as it takes and `Retries` allow."""
        renewed = False
        attempt = 0
        while True:
            try:
                return self._once(href, start, length, at_most=at_most)
            except Again as again:
                attempt += 1
                if attempt >= self.retries.attempts:
                    raise again.fault from again
                self.sleep(self.retries.wait(attempt - 1, again.retry_after))
            except Unauthorised as refusal:
                moved = self._moved.pop(href, None) is not None
                if renewed or not (self.signer.renew(href) or moved):
                    raise refusal.fault from refusal
                renewed = True

    def _once(self, href: str, start: int, length: int, *, at_most: bool) -> Part:
        response = self._get(href, {"Range": f"bytes={start}-{start + length - 1}"})
        where = shown(href)
        raise_for_status(response, where)
        self.received += len(response.data)
        if response.status == 200:
            return _whole(response, start, length, where)
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not found or int(found[1]) != start or found[3] == "*":
            raise ReadFault(
                FaultKind.NO_RANGES, f"unusable Content-Range {response.headers.get('Content-Range')!r}", where=where
            )
        if len(response.data) != int(found[2]) - start + 1:
            raise Again(ReadFault(FaultKind.TRUNCATED, "the answer ends early", where=where))
        _expect(len(response.data), length, at_most=at_most, where=where)
        return Part(response.data, int(found[3]), response.headers.get("ETag", ""))

    def _get(self, href: str, headers: dict[str, str]) -> Any:
        moved = self._moved.get(href)
        url, extra = (moved, {}) if moved else self.signer.sign(href)
        here = check_url(url, allow_private=self.allow_private)
        for _ in range(MOST_REDIRECTS + 1):
            response = self._send(here.asked, {**headers, **extra}, shown(href))
            if response.status not in REDIRECTS:
                return response
            following = self._onward(here, response.headers.get("Location", ""))
            if following.origin != here.origin:
                extra = {}  # credentials are for the scheme, host and port that they were made for
            here = following
            if not extra:
                self._moved[href] = here.text
        raise ReadFault(FaultKind.UNAVAILABLE, f"redirected more than {MOST_REDIRECTS} times", where=shown(href))

    def _onward(self, here: WebAddress, location: str) -> WebAddress:
        try:
            following = here.onward(location)
        except AddressRefusedError as error:
            raise ReadFault(FaultKind.REFUSED, error.message, where=shown(here.text)) from error
        return check_url(following.text, allow_private=self.allow_private)

    def _send(self, url: str, headers: dict[str, str], where: str) -> Any:
        self.sent += 1
        try:
            # a server that ignores Range is not allowed to send us a whole scene
            response = self.pools.request(
                "GET", url, headers=headers, redirect=False, preload_content=False, timeout=self.retries.timeout,
                retries=False,
            )  # fmt: skip
            return Answer(response, headers["Range"], where)
        except (IncompleteRead, ProtocolError) as error:
            raise Again(ReadFault(FaultKind.TRUNCATED, "the connection ended early", where=where)) from error
        except FetchFault as error:
            raise Again(ReadFault(FaultKind.UNAVAILABLE, error.message, where=where)) from error
        except HTTPError as error:
            raise Again(ReadFault(FaultKind.UNAVAILABLE, reason_of(error), where=where)) from error


class Sources:
    """One door to both: addresses by scheme, the machine's own files only where the user's own catalogue names them."""

    def __init__(self, http: HttpSource, *, allow_local: bool) -> None:
        self.http, self.local, self.allow_local = http, LocalSource(), allow_local

    def read(self, href: str, start: int, length: int, *, at_most: bool = False) -> Part:
        """Read from wherever the address leads; see `Source.read`."""
        if local_path(href) is None:
            return self.http.read(href, start, length, at_most=at_most)
        if not self.allow_local:
            raise ReadFault(FaultKind.REFUSED, "a catalogue elsewhere names a file of this machine", where=shown(href))
        return self.local.read(href, start, length, at_most=at_most)


def is_local(href: str) -> bool:
    """Say whether an address is one on this machine."""
    return local_path(href) is not None


def local_path(href: str) -> Path | None:
    """Give the path of an address on this machine; None for any other."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme == "file":
        return Path(unquote(parts.path))
    return None if "://" in href else Path(href)


def _whole(response: Answer, start: int, length: int, where: str) -> Part:
    """Accept a whole file in place of its first bytes when it is no longer than they are."""
    if start or not response.data or len(response.data) > length:
        raise ReadFault(FaultKind.NO_RANGES, "the server does not answer range requests", where=where)
    return Part(response.data, len(response.data), response.headers.get("ETag", ""))


def _expect(got: int, wanted: int, *, at_most: bool, where: str) -> None:
    if got < wanted and not (at_most and got):
        raise ReadFault(FaultKind.TRUNCATED, f"expected {wanted} bytes, got {got}", where=where)
