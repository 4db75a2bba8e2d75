"""The two things that fetching asks of the network, so that a test can stand in for it."""

import socket
from typing import Protocol


class Network(Protocol):
    """Names to addresses, addresses to connections."""

    def resolve(self, host: str, port: int) -> list[str]:
        """Give the IP addresses of a host, `OSError` where there is none."""

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """Open a connection to an IP address, `OSError` where none comes about in ``timeout`` seconds."""


class Internet:
    """The real network. Proxies of the environment are not used: they would resolve names anew."""

    def resolve(self, host: str, port: int) -> list[str]:
        """Ask the system's resolver."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """Connect over TCP."""
        return socket.create_connection((address, port), timeout)
