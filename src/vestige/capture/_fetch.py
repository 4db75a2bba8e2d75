"""Sources from the web: one GET, its redirects followed, within limits of size and time."""

import http.client
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

from vestige import __version__
from vestige.capture._captured import LIMIT, Captured
from vestige.capture._errors import FetchFault, TooLargeError
from vestige.capture._network import Internet, Network
from vestige.deadlines import after, forget
from vestige.outside import MOST_REDIRECTS, REDIRECTS, WebAddress, check_public, web_address
from vestige.public_internet import cut

SECONDS = 60.0
_CHUNK = 65_536
_HEADERS = {
    "User-Agent": f"vestige/{__version__} (preserves public sources)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


def fetch(address: str, *, limit: int = LIMIT, seconds: float = SECONDS, network: Network | None = None) -> Captured:
    """Fetch an http or https address.

    Every address on the way, the given one and each redirect, is resolved once, refused unless all that it resolves to is
    public, and connected to by the very IP address that was checked. ``seconds`` is for all of it together. Nothing that was
    fetched is run or loaded further. Raises `AddressRefusedError`, `TooLargeError` and `FetchFault`.
    """
    deadline = time.monotonic() + seconds
    here = web_address(address)
    passed: list[str] = []
    for _ in range(MOST_REDIRECTS + 1):
        with _answer(here, deadline, network or Internet()) as answer:
            following = answer.getheader("Location") if answer.status in REDIRECTS else None
            if following is None:
                data = _body(answer, here.text, limit, deadline)
                return _captured(address, here, passed, answer, data)
        onward = here.onward(following)
        passed.append(onward.text)
        here = onward
    raise FetchFault(f"redirected more than {MOST_REDIRECTS} times", where=address)


@contextmanager
def _answer(here: WebAddress, deadline: float, network: Network) -> Iterator[http.client.HTTPResponse]:
    """Ask for one address; whatever the network does wrong inside becomes a `FetchFault`."""
    connection = http.client.HTTPConnection(here.host, here.port)
    watch = twin = None
    try:
        link = network.connect(
            check_public(here.host, network.resolve(here.host, here.port)), here.port, _left(deadline)
        )
        connection.sock = link
        twin = link.dup()  # a handle that stays when TLS, or the answer, takes the socket over
        watch = after(_left(deadline), partial(cut, twin))  # who sends a byte now and then passes every time-out
        if here.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(link, server_hostname=here.host)
        connection.request("GET", here.target, headers={"Host": here.host_header, **_HEADERS})
        yield connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        late = time.monotonic() >= deadline
        reason = (
            "took too long" if late or isinstance(error, TimeoutError) else f"could not be fetched: {_reason(error)}"
        )
        raise FetchFault(reason, where=here.text, hint="try again later, or save the page and give the file") from error
    finally:
        if watch is not None:
            forget(watch)
        if twin is not None:
            twin.close()
        connection.close()


def _left(deadline: float) -> float:
    if (left := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip()


def _captured(
    address: str, here: WebAddress, passed: list[str], answer: http.client.HTTPResponse, data: bytes
) -> Captured:
    return Captured(
        data=data,
        address=address,
        media_type=answer.getheader("Content-Type") or "",
        taken=datetime.now(UTC),
        final_address=here.text,
        redirects=tuple(passed),
    )


def _body(answer: http.client.HTTPResponse, where: str, limit: int, deadline: float) -> bytes:
    """Read the body, unpacked where the server packs it unasked, and never more than the limit of it."""
    if answer.status != http.HTTPStatus.OK:
        raise FetchFault(f"the server answered {answer.status} {answer.reason}".strip(), where=where)
    declared = answer.getheader("Content-Length") or ""
    coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise FetchFault(f"the server packs the page as {coding!r}, which was not asked for", where=where)
    unpack = None if coding == "identity" else zlib.decompressobj(wbits=47)  # 47: gzip or zlib, whichever it is
    if declared.isdecimal() and int(declared) > limit:
        raise _too_large(where, limit)
    parts, size = [], 0
    while chunk := answer.read1(_CHUNK):
        part = chunk if unpack is None else _unpacked(unpack, chunk, limit - size + 1, where)
        size += len(part)
        if size > limit:
            raise _too_large(where, limit)
        parts.append(part)
    _left(deadline)  # a connection that was cut ends like one that is done
    if answer.length or (unpack is not None and not unpack.eof):
        raise FetchFault("the connection ended before the page did", where=where, hint="try again")
    return b"".join(parts)


def _unpacked(unpack: "zlib._Decompress", chunk: bytes, most: int, where: str) -> bytes:
    try:
        return unpack.decompress(chunk, most)
    except zlib.error:
        raise FetchFault("the packed page is damaged", where=where) from None


def _too_large(where: str, limit: int) -> TooLargeError:
    return TooLargeError(
        f"larger than {limit:,} bytes", where=where, hint="save the part that matters and give the file"
    )
