"""What belongs to the public internet, and connections that go nowhere else.

An address from outside, and where it redirects to, is data. If it led to this machine or its network, whoever wrote it could
reach what only the user may reach. The check is made on the socket after it is connected and before a byte is sent, so a name
that answers differently the second time (DNS rebinding) does not get past it.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any, ClassVar

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Refusal = Callable[[str, str], Exception]
"""Makes a room's own error from the private address that was reached and the host that was asked for."""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, also when an IPv6 one wraps an IPv4 one.

    Raises ValueError where the text is no IP address.
    """
    return _is_public(ipaddress.ip_address(address.partition("%")[0]))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return _is_public(wrapped)
    return address.is_global and not address.is_multicast and not address.is_reserved


def public_pools(refusal: Refusal) -> type[urllib3.PoolManager]:
    """Give a kind of pool manager that raises ``refusal(address, host)`` instead of speaking to a private address."""

    def checked(connected: socket.socket, host: str) -> socket.socket:
        peer = str(connected.getpeername()[0])
        if not is_public(peer):
            connected.close()
            raise refusal(peer, host)
        return connected

    class PublicHTTP(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return checked(super()._new_conn(), self.host)

    class PublicHTTPS(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return checked(super()._new_conn(), self.host)

    class PublicHTTPPool(HTTPConnectionPool):
        ConnectionCls = PublicHTTP

    class PublicHTTPSPool(HTTPSConnectionPool):
        ConnectionCls = PublicHTTPS

    class PublicPools(urllib3.PoolManager):
        """A pool manager that refuses private addresses; for urllib3, and by an adapter for requests."""

        classes: ClassVar[dict[str, Any]] = {"http": PublicHTTPPool, "https": PublicHTTPSPool}

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.pool_classes_by_scheme = dict(self.classes)

    return PublicPools
