"""Bytes from the public internet: resumed after a break, refused from private addresses.

An address, and where it redirects to, is data from outside. A broken download leaves ``NAME.part`` and the server's
entity tag; the next one asks for the rest, and only if the tag still holds (RFC 9110, Range and If-Range). A download
ends with a total clock, however slowly the server gives its bytes, and never leaves https for http on the way.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import urllib3

from vestige import __version__
from vestige.outside import AddressRefusedError, FetchFault, Pace, TooLargeError, WebAddress, ask, blocks, web_address
from vestige.public_internet import AnyPools, public_pools
from vestige.studying._errors import FetchError

LARGEST_BYTES: Final = 8 * 1024**3
MOST_SECONDS: Final = 6 * 3600
"""The longest download: the largest data set within it needs 0.4 MB a second."""
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
    pools = (AnyPools if allow_private else _PublicPools)(num_pools=2, timeout=urllib3.Timeout(20, read=60))
    here = _parted(address)
    pace = Pace(part.name, seconds=seconds, clock=clock)
    try:
        _resume(pools, here, part, progress or _silent, pace)
    except (AddressRefusedError, TooLargeError) as error:
        raise FetchError(error.message, where=error.where, hint=error.hint) from error
    except FetchFault as error:
        raise FetchError(error.message, where=error.where, hint="run it again: it goes on from there") from error
    except urllib3.exceptions.HTTPError as error:
        cause = _cause(error)
        if isinstance(cause, FetchError):
            raise cause from error
        done = part.stat().st_size if part.exists() else 0
        raise FetchError(
            f"the connection failed after {done:,} bytes: {cause}",
            where=here.host,
            hint="run it again: it goes on from there",
        ) from error
    except OSError as error:
        raise FetchError(f"cannot write there: {error.strerror or error}", where=str(part.parent)) from error


def _parted(address: str) -> WebAddress:
    try:
        return web_address(address)
    except AddressRefusedError as error:
        raise FetchError(error.message, where=error.where, hint=error.hint) from error


def _silent(_done: int, _total: int | None) -> None:
    """Report nothing."""


def _cause(error: BaseException) -> BaseException:
    while (inner := getattr(error, "reason", None) or error.__cause__) is not None and isinstance(inner, BaseException):
        error = inner
    return error


def _resume(pools: urllib3.PoolManager, here: WebAddress, part: Path, progress: Progress, pace: Pace) -> None:
    have, tag = _earlier(part)
    headers = {"User-Agent": f"vestige/{__version__}", "Accept-Encoding": "identity"}
    if have and tag:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag}
    reply, address = ask(pools, here, headers), here.text
    try:
        if reply.status == _BEYOND and have:
            _forget(part)
            raise FetchError(
                "the server has less than was downloaded before", where=address, hint="run it again from the start"
            )
        if reply.status not in {_WHOLE, _PARTIAL}:
            raise FetchError(f"the server answered {reply.status} {reply.reason or ''}".strip(), where=address)
        going_on = reply.status == _PARTIAL and reply.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        _receive(reply, part, have if going_on else 0, progress, pace)
    finally:
        reply.close()


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


def _receive(reply: urllib3.BaseHTTPResponse, part: Path, have: int, progress: Progress, pace: Pace) -> None:
    tag = reply.headers.get("ETag")
    if not have:
        _forget(part)
    if tag and not tag.startswith("W/"):
        _tag_file(part).write_text(json.dumps({"etag": tag}), encoding="utf-8")
    length = reply.headers.get("Content-Length")
    total = have + int(length) if length and length.isdigit() else None
    done = have
    with part.open("ab") as file:
        for block in blocks(reply, most=LARGEST_BYTES - have, pace=pace, where=part.name):
            done += len(block)
            file.write(block)
            progress(done, total)
    if total is not None and done < total:
        raise urllib3.exceptions.ProtocolError(f"{done:,} of {total:,} bytes came")


def finished(part: Path) -> None:
    """Forget the entity tag of a download that is whole."""
    _tag_file(part).unlink(missing_ok=True)
