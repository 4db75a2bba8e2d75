"""Connections for scenes that go to the public internet only: an address in a catalogue is data from outside."""

from urllib.parse import urlsplit

import urllib3

from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.outside import AddressRefusedError, WebAddress, web_address
from vestige.public_internet import AnyPools, is_public, public_pools

_HINT = "pass --allow-private if you mean a server of your own"


def check_url(url: str, *, allow_private: bool) -> WebAddress:
    """Take an address apart, the one time that it is, for whoever signs it and whoever connects.

    Raises `ReadFault` (*refused address*) for one that is not http(s), holds what no address does, or whose host is written as
    a private IP address. Host names are judged when connected.
    """
    try:
        address = web_address(url)
    except AddressRefusedError as error:
        raise ReadFault(FaultKind.REFUSED, error.message, where=shown(url)) from error
    if allow_private:
        return address
    try:
        public = is_public(address.host)
    except ValueError:
        return address
    if not public:
        raise ReadFault(FaultKind.REFUSED, "the address is private", where=shown(url), hint=_HINT)
    return address


def shown(url: str) -> str:
    """Give an address without user, password, query and fragment: what may be shown, logged and kept."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0]
    if not parts.scheme:
        return url
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl()


def _refused(peer: str, host: str) -> ReadFault:
    return ReadFault(FaultKind.REFUSED, f"the address leads to {peer}, which is private", where=host, hint=_HINT)


PublicPools = public_pools(_refused)


def pools(*, connections: int, allow_private: bool) -> urllib3.PoolManager:
    """Give a pool of kept connections, private addresses refused unless allowed."""
    make = AnyPools if allow_private else PublicPools
    return make(num_pools=64, maxsize=connections, block=False, retries=False)
