"""Where a published record is read from when it is checked: a folder, or an address on the web."""

import http
import os
import time
import urllib.parse
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import urllib3

from vestige.errors import EnvironmentFault
from vestige.ledger import LARGEST_NOTE
from vestige.outside import AddressRefusedError, Pace, TooLargeError, WebAddress, ask, body, web_address
from vestige.public_internet import AnyPools
from vestige.publishing._errors import NotASiteError
from vestige.publishing.checking._manifest import CHECKPOINT, sha256
from vestige.record import COSIGNED

_TIMEOUT = 30
"""Seconds in which a host must send something."""
_SECONDS = 600
"""Seconds for one file in all."""
MOST_REQUESTS = 5_000_000
MOST_BYTES = 1 << 40
MOST_SECONDS = 24 * 3600
"""What a whole check of one site may take. A checkpoint that nothing vouches for is given up long before."""


def _largest(path: str) -> int:
    """Give the bytes that a file of a site may have."""
    if path in {CHECKPOINT, f"ledger/{COSIGNED}"}:
        return LARGEST_NOTE
    if path.startswith("ledger/tile/entries/"):
        return 256 * (2 + 65_535)
    return 8_192 if path.startswith("ledger/tile/") else 1 << 30


def _unpacked(data: bytes, most: int, where: str) -> bytes:
    """Undo a compression that was not asked for, which tlog-tiles allows; raises EnvironmentFault when it is none or holds more than may be."""
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(data, most)
    except zlib.error as error:
        raise EnvironmentFault(f"expected bytes packed by gzip: {error}", where=where) from error
    if reader.unconsumed_tail:
        raise EnvironmentFault(f"expected at most {most} bytes, got more", where=where)
    return plain


class SiteSource(Protocol):
    """Gives the files of a published record."""

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file, or None where there is none."""

    def hash(self, path: str) -> str | None:
        """Give the SHA-256 of a file, or None where there is none."""

    def strangers(self, known: set[str]) -> Iterator[tuple[str, str]]:
        """Give the path and description of what lies there and is neither a known file nor a folder of them."""


class FolderSite:
    """A published record in a folder. Symbolic links are not followed: what they lead to is not part of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file, or None where there is none."""
        target = self.root / path
        if self._linked(path) or not target.is_file():
            return None
        try:
            return target.read_bytes()
        except OSError as error:
            raise EnvironmentFault(f"cannot read: {error.strerror}", where=str(target)) from error

    def hash(self, path: str) -> str | None:
        """Give the SHA-256 of a file, or None where there is none."""
        data = self.read(path)
        return None if data is None else sha256(data)

    def strangers(self, known: set[str]) -> Iterator[tuple[str, str]]:
        """Give the path and description of what lies there and is neither a known file nor a folder of them."""
        folders = {str(parent) for path in known for parent in _parents(path)}
        for folder, inner, names in os.walk(self.root):
            base = Path(folder).relative_to(self.root).as_posix()
            for name in sorted([*inner, *names]):
                path = name if base == "." else f"{base}/{name}"
                if (self.root / path).is_symlink():
                    yield path, "a symbolic link"
                elif name in inner and path not in folders:
                    yield path + "/", "a folder that the manifest does not know"
                elif name in names and path not in known:
                    yield path, "a file that the manifest does not list"
            inner[:] = sorted(name for name in inner if (name if base == "." else f"{base}/{name}") in folders)

    def _linked(self, path: str) -> bool:
        return any((self.root / part).is_symlink() for part in (path, *_parents(path)))


class WebSite:
    """A published record at an address. Nothing but its own host is asked; a redirect elsewhere is refused."""

    def __init__(self, address: str) -> None:
        web_address(address)
        parts = urllib.parse.urlsplit(address.strip())
        path = (
            parts.path
            if parts.path.endswith("/")
            else parts.path.rpartition("/")[0] + "/"
            if "." in parts.path
            else parts.path + "/"
        )
        self.address = urllib.parse.urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        self._pools = AnyPools(num_pools=2, timeout=urllib3.Timeout(_TIMEOUT))
        self._requests = self._bytes = 0
        self._started = time.monotonic()

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file, or None where the host says that there is none; raises EnvironmentFault beyond the bounds of a check."""
        self._spend(path)
        where = self.address + path
        try:
            reply = ask(self._pools, web_address(where), {"Accept-Encoding": "identity"}, judge=_same_host)
            try:
                if reply.status in {404, 410}:
                    return None
                if reply.status != http.HTTPStatus.OK:
                    raise EnvironmentFault(
                        f"the host answered {reply.status} {reply.reason or ''}".strip(), where=where
                    )
                data = self._drain(reply, path)
                packed = reply.headers.get("Content-Encoding", "").lower() == "gzip"
            finally:
                reply.close()
        except AddressRefusedError as error:
            raise EnvironmentFault(f"the host sends elsewhere: {error.message}", where=where) from error
        except (OSError, urllib3.exceptions.HTTPError, ValueError) as error:
            raise EnvironmentFault(f"cannot be reached: {_said(error)}", where=where, hint="try again later") from error
        return _unpacked(data, _largest(path), where) if packed else data

    def _spend(self, path: str) -> None:
        self._requests += 1
        if self._requests > MOST_REQUESTS or time.monotonic() - self._started > MOST_SECONDS:
            raise EnvironmentFault(
                f"a check asks for at most {MOST_REQUESTS} files and takes at most {MOST_SECONDS // 3600} hours",
                where=self.address + path,
            )

    def _drain(self, answer: Any, path: str) -> bytes:
        """Read an answer within its bounds: of bytes, and of time by a least speed."""
        most, where = min(_largest(path), MOST_BYTES - self._bytes), self.address + path
        try:
            data = body(answer, most=most, pace=Pace(where, seconds=_SECONDS), where=where)
        except TooLargeError as error:
            raise EnvironmentFault(error.message, where=where) from error
        self._bytes += len(data)
        return data

    def hash(self, path: str) -> str | None:
        """Give the SHA-256 of a file, or None where there is none."""
        data = self.read(path)
        return None if data is None else sha256(data)

    def strangers(self, known: set[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 - the protocol's
        """Give nothing: a web server does not say what else it holds."""
        return iter(())


def open_site(place: str | Path) -> FolderSite | WebSite:
    """Give the source for a folder or an address; raises NotASiteError when the folder is none."""
    if isinstance(place, str) and "://" in place:
        return WebSite(place)
    root = Path(place)
    if not root.is_dir():
        raise NotASiteError("expected a folder or an address of a published record, got neither", where=str(place))
    return FolderSite(root)


def _same_host(here: WebAddress, onward: WebAddress) -> None:
    """Refuse to leave the host; a port may change with the scheme alone, from http to https."""
    ports = {(80, 443), (here.port, here.port)}
    grown = (here.scheme, onward.scheme) == ("http", "https") and (here.port, onward.port) in ports
    if onward.host != here.host or (onward.origin != here.origin and not grown):
        raise EnvironmentFault("the host sends elsewhere", where=onward.text[:200], hint="verify that address itself")


def _said(error: Exception) -> str:
    """Give the innermost reason of a failure of the network, in one line."""
    inner: BaseException = error
    while isinstance(reason := getattr(inner, "reason", None) or inner.__cause__, BaseException):
        inner = reason
    return " ".join(str(inner).split())[:300] or type(inner).__name__


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]
