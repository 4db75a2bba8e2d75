"""What belongs to the public internet, and connections that go nowhere else.

An address from outside, and where it redirects to, is data. If it led to this machine or its network, whoever wrote it could
reach what only the user may reach. A name is resolved once and judged before anything is connected; the socket
is judged again before a byte is sent, so a name that answers differently the second time (DNS rebinding) does not get past it.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError

from vestige.deadlines import after, forget

HEAD_SECONDS = 60.0
"""Seconds that a handshake, and the head of an answer, may take in all."""
_V4_RESERVED = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this host on this network, RFC 791
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # shared behind a carrier's translation, RFC 6598; clouds keep metadata at 100.100.100.200
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the host's agent inside Azure
        "169.254.0.0/16",  # link-local, RFC 3927; the metadata of most clouds
        "172.16.0.0/12",  # private, RFC 1918
        "192.0.0.0/24",  # protocol assignments, RFC 6890; 192.0.0.192 holds metadata at Oracle
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.88.99.0/24",  # the nearest 6to4 relay, deprecated by RFC 7526
        "192.168.0.0/16",  # private, RFC 1918
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation, RFC 5737
        "203.0.113.0/24",  # documentation, RFC 5737
        "224.0.0.0/4",  # multicast, RFC 5771
        "240.0.0.0/4",  # reserved, RFC 1112, and broadcast
    )
)
_V6_GLOBAL = ipaddress.IPv6Network("2000::/3")
"""All that is given out as unicast, RFC 4291; fec0::/10, fc00::/7, fe80::/10, 100::/64, ::/96 and multicast lie outside."""
_V6_RESERVED = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, RFC 2928: ORCHID, benchmarks; Teredo is judged before
        "2001:db8::/32",  # documentation, RFC 3849
        "3fff::/20",  # documentation, RFC 9637
    )
)
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_TEREDO = ipaddress.IPv6Network("2001::/32")

Refusal = Callable[[str, str], Exception]
"""Makes a room's own error from the private address that was reached and the host that was asked for."""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, also when an IPv6 one wraps an IPv4 one.

    By a table of our own after IANA's special-purpose registries, since Python's changes with its patch releases. An address
    that is mapped (RFC 4291), of 6to4 (RFC 3056), Teredo (RFC 4380) or NAT64 (RFC 6052) is judged by the IPv4 address that it
    leads to. Raises ValueError where the text is no IP address.
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv4Address):
        return _public_v4(parsed)
    wrapped = _wrapped(parsed)
    if wrapped is not None:
        return _public_v4(wrapped)
    return parsed in _V6_GLOBAL and not any(parsed in block for block in _V6_RESERVED)


def _public_v4(address: ipaddress.IPv4Address) -> bool:
    return not any(address in block for block in _V4_RESERVED)


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that an IPv6 one leads to; Teredo keeps its client's with every bit turned."""
    number = int(address)
    if address in _MAPPED or address in _NAT64:
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return ipaddress.IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address in _TEREDO:
        return ipaddress.IPv4Address(~number & 0xFFFFFFFF)
    return None


def _connected(
    connection: HTTPConnection,
    connect: Callable[[], socket.socket],
    judged: Callable[[str, int], str],
    checked: Callable[[socket.socket, str], socket.socket],
) -> socket.socket:
    """Connect to the very address that was judged; the name stays what certificate and Host header are held to."""
    named, host = connection._dns_host, connection.host  # noqa: SLF001 - urllib3 has no other door
    try:
        connection._dns_host = judged(named, connection.port)  # noqa: SLF001
        return checked(connect(), host)
    except socket.gaierror as error:
        raise NameResolutionError(host, connection, error) from error
    finally:
        connection._dns_host = named  # noqa: SLF001


class _Clocked:
    """A connection of urllib3 whose handshake and whose answer's head have a clock of their own.

    A time-out of a socket is for one read: who sends a byte now and then is never late for it.
    """

    def _new_conn(self) -> socket.socket:
        link: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._twin = link.dup()  # a handle that stays when TLS takes the socket over
        return link

    def connect(self) -> None:
        """Connect, and shake hands."""
        try:
            with ended_after(HEAD_SECONDS, lambda: getattr(self, "_twin", None)):
                super().connect()  # type: ignore[misc]
        finally:
            if twin := self.__dict__.pop("_twin", None):
                twin.close()

    def getresponse(self) -> Any:
        """Read the head of an answer."""
        with ended_after(HEAD_SECONDS, lambda: getattr(self, "sock", None)):
            return super().getresponse()  # type: ignore[misc]


@contextmanager
def ended_after(
    seconds: float, link: Callable[[], socket.socket | None], what: str = "the head of the answer"
) -> Iterator[None]:
    """Shut a connection down under whoever waits for it; raises TimeoutError in place of what that does to them."""
    deadline = after(seconds, lambda: cut(link()))
    why = f"{what} took longer than {seconds:.0f} seconds"
    try:
        yield
    except Exception as error:
        if forget(deadline):
            raise
        raise TimeoutError(why) from error
    except BaseException:
        forget(deadline)
        raise
    if not forget(deadline):
        raise TimeoutError(why)  # a head that is cut off reads like one that is short


def cut(link: socket.socket | None) -> None:
    """End a connection, with TLS or without, under whoever reads from it in another thread."""
    if link is not None:
        with suppress(OSError):
            socket.socket.shutdown(
                link, socket.SHUT_RDWR
            )  # not SSLSocket's, which takes its state away from the reader


class ClockedHTTP(_Clocked, HTTPConnection):
    """A connection to anywhere, whose head has a clock."""


class ClockedHTTPS(_Clocked, HTTPSConnection):
    """The same, with TLS."""


class _ClockedHTTPPool(HTTPConnectionPool):
    ConnectionCls = ClockedHTTP


class _ClockedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = ClockedHTTPS


class AnyPools(urllib3.PoolManager):
    """A pool manager for addresses that the user typed: private ones too, no proxy of the environment, a clock for each head."""

    classes: ClassVar[dict[str, Any]] = {"http": _ClockedHTTPPool, "https": _ClockedHTTPSPool}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.pool_classes_by_scheme = dict(self.classes)


def public_pools(refusal: Refusal) -> type[urllib3.PoolManager]:
    """Give a kind of pool manager that raises ``refusal(address, host)`` instead of speaking to a private address."""

    def checked(connected: socket.socket, host: str) -> socket.socket:
        peer = str(connected.getpeername()[0])
        if not is_public(peer):
            connected.close()
            raise refusal(peer, host)
        return connected

    def judged(host: str, port: int) -> str:
        """Resolve a name once and give the address to connect to: whether its port is open is nobody's to learn."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not is_public(address):
                raise refusal(address, host)
        return addresses[0]

    class PublicHTTP(ClockedHTTP):
        def _new_conn(self) -> socket.socket:
            return _connected(self, super()._new_conn, judged, checked)

    class PublicHTTPS(ClockedHTTPS):
        def _new_conn(self) -> socket.socket:
            return _connected(self, super()._new_conn, judged, checked)

    class PublicHTTPPool(HTTPConnectionPool):
        ConnectionCls = PublicHTTP

    class PublicHTTPSPool(HTTPSConnectionPool):
        ConnectionCls = PublicHTTPS

    class PublicPools(AnyPools):
        """A pool manager that refuses private addresses; for urllib3, and by an adapter for requests."""

        classes: ClassVar[dict[str, Any]] = {"http": PublicHTTPPool, "https": PublicHTTPSPool}

    return PublicPools
