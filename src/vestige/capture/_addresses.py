"""Which addresses may be fetched: public ones, so that a source cannot make this machine ask its own neighbours.

A name is resolved once; what it resolves to is checked and then connected to as it was checked, so that a name whose answer
changes in between (DNS rebinding) gains nothing.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from vestige.capture._errors import AddressRefusedError
from vestige.public_internet import is_public

_SCHEMES = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_HINT = "give a public http or https address"


class WebAddress(NamedTuple):
    """An http or https address in parts."""

    scheme: str
    host: str
    """Lower case, in ASCII (IDNA); an IPv6 address without brackets."""
    port: int
    target: str
    """Path and query as they are asked for."""
    text: str

    @property
    def host_header(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _SCHEMES[self.scheme] else f"{host}:{self.port}"


def web_address(text: str) -> WebAddress:
    """Take an address apart; `AddressRefusedError` for all but http and https without a user name."""
    text = text.strip()
    if any(ord(c) < 0x21 or ord(c) == 0x7F for c in text):
        raise AddressRefusedError(
            "an address holds no spaces or control characters", where=repr(text[:200]), hint=_HINT
        )
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise AddressRefusedError(f"no address: {error}", where=text[:200], hint=_HINT) from None
    if parts.scheme not in _SCHEMES or not host:
        raise AddressRefusedError("expected an http or https address", where=text[:200], hint=_HINT)
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("an address with a user name or password is not fetched", where=host, hint=_HINT)
    port = _SCHEMES[parts.scheme] if port is None else port
    if port not in _SCHEMES.values() and port < _FIRST_FREE_PORT:
        raise AddressRefusedError(f"port {port} is no web server's", where=text[:200], hint=_HINT)
    target = _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")
    return WebAddress(parts.scheme, _ascii_host(host), port, target, text)


def _quoted(part: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in part)


def _ascii_host(host: str) -> str:
    try:
        name = host.lower().rstrip(".") if host.isascii() else host.encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise AddressRefusedError("this is no name of a host", where=repr(host), hint=_HINT)
    return name


def check_public(host: str, addresses: list[str]) -> str:
    """Give the first of a host's IP addresses; `AddressRefusedError` if any of them is not public."""
    if not addresses:
        raise AddressRefusedError("the name leads to no address", where=host, hint=_HINT)
    for text in addresses:
        if not is_public(text):
            raise AddressRefusedError(f"leads to {text}, which is no public address", where=host, hint=_HINT)
    return addresses[0]
