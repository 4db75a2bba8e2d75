"""A source as it came in."""

from datetime import datetime
from hashlib import sha256

from msgspec import Struct

LIMIT = 50_000_000
"""Bytes that are taken at most, unless said otherwise: the longest reports are a tenth of it."""


class Captured(Struct, frozen=True, kw_only=True):
    """The bytes of a source, untouched, and where and when they were had."""

    data: bytes
    address: str
    """The path or address that was asked for."""
    media_type: str
    """As the server said or the name suggests, with parameters: ``text/html; charset=utf-8``; empty where nothing says it."""
    taken: datetime
    """When the last byte arrived, UTC."""
    final_address: str
    """Where the bytes came from in the end, after redirects; the address where there were none."""
    redirects: tuple[str, ...] = ()
    """The addresses in between, in order."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return sha256(self.data).hexdigest()
