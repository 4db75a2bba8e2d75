"""Connections that go to the public internet only.

An address in a catalogue is data from outside. If it led to this machine or its network, whoever writes catalogues could
reach what only the user may reach. The check is made on the socket after it is connected and before a byte is sent, so a
name that answers differently the second time (DNS rebinding) does not get past it.
"""

import ipaddress
import socket
from typing import Any, ClassVar
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from vestige.observing.scenes._faults import FaultKind, ReadFault

_HINT = "pass --allow-private if you mean a server of your own"


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public internet (no private, loopback, link-local or multicast one)."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return bool(ip.is_global and not ip.is_multicast and (mapped is None or mapped.is_global))


def check_url(url: str, *, allow_private: bool) -> None:
    """Refuse an address that is not http(s), or whose host is written as a private IP address.

    Raises `ReadFault` (*refused address*). Host names are judged when connected.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ReadFault(FaultKind.REFUSED, "expected an http or https address", where=shown(url))
    if allow_private:
        return
    try:
        public = is_public(parts.hostname)
    except ValueError:
        return
    if not public:
        raise ReadFault(FaultKind.REFUSED, "the address is private", where=shown(url), hint=_HINT)


def shown(url: str) -> str:
    """Give an address without user, password, query and fragment: what may be shown, logged and kept."""
    parts = urlsplit(url)
    if not parts.scheme:
        return url
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl()


def _checked(connected: socket.socket, host: str) -> socket.socket:
    peer = connected.getpeername()[0]
    if not is_public(peer):
        connected.close()
        raise ReadFault(FaultKind.REFUSED, f"the address leads to {peer}, which is private", where=host, hint=_HINT)
    return connected


class _PublicHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn(), self.host)


class _PublicHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn(), self.host)


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class PublicPools(urllib3.PoolManager):
    """A pool manager that refuses private addresses; for urllib3, and by an adapter for requests."""

    classes: ClassVar[dict[str, Any]] = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.pool_classes_by_scheme = dict(self.classes)


def pools(*, connections: int, allow_private: bool) -> urllib3.PoolManager:
    """Give a pool of kept connections, private addresses refused unless allowed."""
    make = urllib3.PoolManager if allow_private else PublicPools
    return make(num_pools=64, maxsize=connections, block=False, retries=False)
