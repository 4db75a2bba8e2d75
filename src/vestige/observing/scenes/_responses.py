"""One answer of an HTTP server to a request for a range: its body as far as it was asked for, and what its status means."""

import re

import urllib3
from urllib3.exceptions import HTTPError

from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.outside import Pace

_RETRIED = {408, 425, 429, 500, 502, 503, 504}


class Answer:
    """Status, headers and body of one answer; the body of a refused range is never loaded."""

    def __init__(self, response: urllib3.BaseHTTPResponse, asked: str, where: str) -> None:
        self.status, self.headers = response.status, response.headers
        start, end = map(int, asked.removeprefix("bytes=").split("-"))
        wanted = response.status == 206 or (response.status == 200 and start == 0 and _length(response) <= end + 1)
        self.data = b""
        if wanted:
            self.data = _taken(response, end - start + 2, where)
        if wanted and len(self.data) < end - start + 2:
            response.release_conn()
        elif response.status not in {200, 206} and _length(response) < 65536:
            self.data = _taken(response, 65536, where)
            response.release_conn()
        else:
            response.close()


def _taken(response: urllib3.BaseHTTPResponse, most: int, where: str) -> bytes:
    """Read at most so many bytes, by a least speed; raises `FetchFault` where they come too slowly."""
    pace, parts, left = Pace(where), list[bytes](), most
    while left and (part := response.read1(left)):
        parts.append(part)
        left -= len(part)
        pace.check(most - left)
    return b"".join(parts)


def _length(response: urllib3.BaseHTTPResponse) -> int:
    """Give the length that a server states; one that states none, or nonsense, is taken to send more than is wanted."""
    stated = response.headers.get("Content-Length", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 19 else 1 << 62


class Again(Exception):  # noqa: N818 - a signal to the loop, never seen outside
    """The request may be made again, after the time that the server names."""

    def __init__(self, fault: ReadFault, retry_after: str | None = None) -> None:
        super().__init__(fault)
        self.fault, self.retry_after = fault, retry_after


class Unauthorised(Exception):  # noqa: N818 - as above
    """The server asks for credentials, or for newer ones."""

    def __init__(self, fault: ReadFault) -> None:
        super().__init__(fault)
        self.fault = fault


def raise_for_status(response: Answer, where: str) -> None:
    """Raise what a status stands for: a `ReadFault`, or a signal to renew the credentials or to ask again."""
    status = response.status
    if status in {200, 206}:
        return
    if status in {404, 410}:
        raise ReadFault(FaultKind.MISSING, f"the server answers {status}: there is no such file", where=where)
    if status == 416:
        raise ReadFault(FaultKind.TRUNCATED, "the file ends before the part that was asked for", where=where)
    if status in {401, 403}:
        expired = re.search(
            rb"expired|ExpiredToken|not in the (correct|valid)|Signature not valid", response.data, re.IGNORECASE
        )
        kind = FaultKind.EXPIRED if expired else FaultKind.DENIED
        raise Unauthorised(ReadFault(kind, f"the server answers {status}", where=where))
    fault = ReadFault(FaultKind.UNAVAILABLE, f"the server answers {status}", where=where)
    if status in _RETRIED:
        raise Again(fault, response.headers.get("Retry-After"))
    raise fault


def reason_of(error: HTTPError) -> str:
    """Say in words why there is no answer."""
    name = type(error).__name__.removesuffix("Error")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"no answer ({words})"
