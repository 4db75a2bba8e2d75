r"""One parser of web addresses, for whoever signs, judges or connects.

Two parsers that differ are a hole: Python's and urllib3's take `https://a.example\.b.example/` for two hosts, so that what was
signed for one went to the other. An address is taken apart here, once; what is asked is put together again from the parts.
"""

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from vestige.outside._errors import AddressRefusedError
from vestige.public_internet import is_public

SCHEMES = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
_LONGEST = 16_384
"""Characters of an address; servers refuse far shorter ones."""
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
_SIX = re.compile(r"[0-9a-f:.]{2,45}")
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
        return host if self.port == SCHEMES[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port (RFC 6454): what a secret may not cross."""
        return self.scheme, self.host, self.port

    @property
    def asked(self) -> str:
        """The address put together from its parts: a parser that reads it finds no other host."""
        return f"{self.scheme}://{self.host_header}{self.target}"

    def of_host(self, name: str) -> bool:
        """Whether the host is ``name`` or lies below it."""
        return self.host == name or self.host.endswith("." + name)

    def onward(self, location: str) -> "WebAddress":
        """Give the address that a redirect leads to; raises `AddressRefusedError`, also where it leaves https for http."""
        following = web_address(_joined(self.text, location))
        if self.scheme == "https" and following.scheme == "http":
            raise AddressRefusedError(
                "is redirected from https to http", where=self.text[:200], hint="give the http address itself"
            )
        return following


def web_address(text: str) -> WebAddress:
    """Take an address apart; `AddressRefusedError` for all but http and https without a user name.

    Refused are spaces, control characters and backslashes anywhere, and all but letters, digits, dots, hyphens and underscores
    in a host (after IDNA).
    """
    text = text.strip()
    if any(ord(c) < 0x21 or 0x7F <= ord(c) < 0xA0 for c in text):
        raise AddressRefusedError(
            "an address holds no spaces or control characters", where=repr(text[:200]), hint=_HINT
        )
    if "\\" in text or len(text) > _LONGEST:
        why = "no backslashes" if "\\" in text else f"at most {_LONGEST:,} characters"
        raise AddressRefusedError(f"an address holds {why}", where=repr(text[:200]), hint=_HINT)
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise AddressRefusedError(f"no address: {error}", where=text[:200], hint=_HINT) from None
    if parts.scheme not in SCHEMES or not host:
        raise AddressRefusedError("expected an http or https address", where=text[:200], hint=_HINT)
    if "@" in parts.netloc:
        raise AddressRefusedError("an address with a user name or password is not fetched", where=host, hint=_HINT)
    port = SCHEMES[parts.scheme] if port is None else port
    if port not in SCHEMES.values() and port < _FIRST_FREE_PORT:
        raise AddressRefusedError(f"port {port} is no web server's", where=text[:200], hint=_HINT)
    target = _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")
    return WebAddress(parts.scheme, _ascii_host(host, bracketed="[" in parts.netloc), port, target, text)


def check_public(host: str, addresses: list[str]) -> str:
    """Give the first of a host's IP addresses; `AddressRefusedError` if any of them is not public."""
    if not addresses:
        raise AddressRefusedError("the name leads to no address", where=host, hint=_HINT)
    for text in addresses:
        if not is_public(text):
            raise AddressRefusedError(f"leads to {text}, which is no public address", where=host, hint=_HINT)
    return addresses[0]


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise AddressRefusedError(f"no address: {error}", where=location[:200], hint=_HINT) from None


def _quoted(part: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in part)


def _ascii_host(host: str, *, bracketed: bool) -> str:
    try:
        name = host.lower().rstrip(".") if host.isascii() else host.encode("idna").decode().lower().rstrip(".")
    except UnicodeError:
        name = ""
    if not (_SIX if bracketed else _NAME).fullmatch(name):
        raise AddressRefusedError("this is no name of a host", where=repr(host[:200]), hint=_HINT)
    return name
