"""Bytes from the public internet: resumed after a break, refused from private addresses.

An address, and where it redirects to, is data from outside. A broken download leaves ``NAME.part`` and the server's
entity tag; the next one asks for the rest, and only if the tag still holds (RFC 9110, Range and If-Range). A download
ends with a total clock, however slowly the server gives its bytes, and never leaves https for http on the way.
"""

import json
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import urllib3

from vestige import __version__
from vestige.public_internet import public_pools
from vestige.studying._errors import FetchError

LARGEST_BYTES: Final = 8 * 1024**3
MOST_SECONDS: Final = 6 * 3600
"""The longest download: the largest data set within it needs 0.4 MB a second."""
ANSWER_SECONDS: Final = 300
"""The longest wait for an answer to begin, redirects and headers included."""
_BLOCK: Final = 1 << 18
_REDIRECTS: Final = 5
_PARTIAL, _WHOLE, _BEYOND = 206, 200, 416

Progress = Callable[[int, int | None], None]
Clock = Callable[[], float]


def _refused(peer: str, host: str) -> FetchError:
    return FetchError(
        f"the address leads to {peer}, which is private",
        where=host,
        hint="use --allow-private if you mean a server of your own",
    )


_PublicPools = public_pools(_refused)


def download(
    address: str,
    part: Path,
    *,
    allow_private: bool = False,
    progress: Progress | None = None,
    seconds: float = MOST_SECONDS,
    clock: Clock = time.monotonic,
) -> None:
    """Download an address into ``part``, going on where an earlier try broke off.

    Raises `FetchError` when the address is refused, the server does, or the connection breaks or takes longer than ``seconds`` by the clock;
    what has come so far stays for the next try.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FetchError("expected an http or https address", where=address)
    pools = (urllib3.PoolManager if allow_private else _PublicPools)(num_pools=2, timeout=urllib3.Timeout(20, read=60))
    try:
        _resume(pools, address, part, progress or _silent, _Deadline(clock, seconds))
    except urllib3.exceptions.HTTPError as error:
        cause = _cause(error)
        if isinstance(cause, FetchError):
            raise cause from error
        done = part.stat().st_size if part.exists() else 0
        raise FetchError(
            f"the connection failed after {done:,} bytes: {cause}",
            where=parts.hostname,
            hint="run it again: it goes on from there",
        ) from error
    except OSError as error:
        raise FetchError(f"cannot write there: {error.strerror or error}", where=str(part.parent)) from error


def _silent(_done: int, _total: int | None) -> None:
    """Report nothing."""


def _cause(error: BaseException) -> BaseException:
    while (inner := getattr(error, "reason", None) or error.__cause__) is not None and isinstance(inner, BaseException):
        error = inner
    return error


class _Deadline:
    """The end of a download by its total clock."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._seconds, self._end = clock, seconds, clock() + seconds

    def check(self, where: str) -> None:
        """Raise `FetchError` when the time is over."""
        if self._clock() > self._end:
            raise FetchError(
                f"it took longer than {self._seconds:,.0f} seconds",
                where=where,
                hint="run it again: it goes on from there",
            )


def following(address: str, location: str) -> str:
    """Give the address that a redirect leads to. Raises `FetchError` where it leaves https, or the web."""
    wanted = location
    try:
        wanted = urljoin(address, location)
        scheme, host = urlsplit(wanted).scheme, urlsplit(wanted).hostname
    except ValueError:
        scheme, host = "", None
    if scheme not in {"http", "https"} or not host:
        raise FetchError(f"the server leads to {wanted[:200]}, which is no address of the web", where=address)
    if urlsplit(address).scheme == "https" and scheme != "https":
        raise FetchError(
            f"the server leads from https to {wanted[:200]}, which anybody between could change", where=address
        )
    return wanted


def _answer(pools: urllib3.PoolManager, address: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    """Ask for an address, and for where it redirects to."""
    retries = urllib3.Retry(total=0, connect=0, read=0, redirect=0, status=0, other=0)
    for _ in range(_REDIRECTS + 1):
        reply = pools.request("GET", address, headers=headers, preload_content=False, retries=retries, redirect=False)
        location = reply.get_redirect_location()
        if not location:
            return reply
        reply.release_conn()
        address = following(address, location)
    raise FetchError(f"redirected more than {_REDIRECTS} times", where=address)


def _answer_in_time(pools: urllib3.PoolManager, address: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    """Ask in a thread of its own, since a server that gives a header byte by byte is never late for a single read."""
    came: queue.SimpleQueue[urllib3.BaseHTTPResponse | BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            came.put(_answer(pools, address, headers))
        except Exception as error:  # noqa: BLE001 - it is raised again where it was asked
            came.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        got = came.get(timeout=ANSWER_SECONDS)
    except queue.Empty:
        raise FetchError(f"no answer within {ANSWER_SECONDS} seconds", where=address) from None
    if isinstance(got, BaseException):
        raise got
    return got


def _resume(pools: urllib3.PoolManager, address: str, part: Path, progress: Progress, deadline: _Deadline) -> None:
    have, tag = _earlier(part)
    headers = {"User-Agent": f"vestige/{__version__}", "Accept-Encoding": "identity"}
    if have and tag:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    reply = _answer_in_time(pools, address, headers)
    try:
        if reply.status == _BEYOND and have:
            _forget(part)
            raise FetchError(
                "the server has less than was downloaded before", where=address, hint="run it again from the start"
            )
        if reply.status not in {_WHOLE, _PARTIAL}:
            raise FetchError(f"the server answered {reply.status} {reply.reason or ''}".strip(), where=address)
        going_on = reply.status == _PARTIAL and reply.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        _receive(reply, part, have if going_on else 0, progress, deadline)
    finally:
        reply.release_conn()


def _earlier(part: Path) -> tuple[int, str | None]:
    try:
        return part.stat().st_size, str(json.loads(_tag_file(part).read_text(encoding="utf-8"))["etag"])
    except (OSError, ValueError, KeyError):
        return 0, None


def _tag_file(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag_file(part).unlink(missing_ok=True)


def _receive(reply: urllib3.BaseHTTPResponse, part: Path, have: int, progress: Progress, deadline: _Deadline) -> None:
    tag = reply.headers.get("ETag")
    if not have:
        _forget(part)
    if tag and not tag.startswith("W/"):
        _tag_file(part).write_text(json.dumps({"etag": tag}), encoding="utf-8")
    length = reply.headers.get("Content-Length")
    total = have + int(length) if length and length.isdigit() else None
    done = have
    with part.open("ab") as file:
        while block := reply.read1(_BLOCK):  # what has come, however little: a whole block may never
            deadline.check(part.name)
            done += len(block)
            if done > LARGEST_BYTES:
                raise FetchError(f"it is larger than {LARGEST_BYTES:,} bytes", where=part.name)
            file.write(block)
            progress(done, total)
    if total is not None and done < total:
        raise urllib3.exceptions.ProtocolError(f"{done:,} of {total:,} bytes came")


def finished(part: Path) -> None:
    """Forget the entity tag of a download that is whole."""
    _tag_file(part).unlink(missing_ok=True)
