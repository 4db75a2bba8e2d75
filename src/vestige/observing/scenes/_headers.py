"""Headers, from the cache on disk where they were read before."""

import msgspec

from vestige.observing.scenes._cache import Cache, key_of
from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._ranges import Source
from vestige.observing.scenes._tiff import Header, parse_header

HEAD_BYTES = 16 << 10
_VERSION = 2
# Made at import: msgspec works out a type where it is first needed, and two threads that do so at once crash it.
_decoded = msgspec.msgpack.Decoder(Header).decode


class Headers:
    """Reads each header once, ever: the first 16 KiB of the file, and more only where a tag lies beyond."""

    def __init__(self, source: Source, cache: Cache | None) -> None:
        self._source, self._cache = source, cache

    def read(self, href: str, *, fresh: bool = False) -> Header:
        """Give the header of a file; ``fresh`` asks the server even if it is known. Raises `ReadFault`."""
        key = key_of("header", _VERSION, href)
        kept = self._cache.get("headers", key) if self._cache and not fresh else None
        if kept is not None:
            return _decoded(kept)
        header = self._ask(href)
        if self._cache:
            self._cache.put("headers", key, msgspec.msgpack.encode(header))
        return header

    def _ask(self, href: str) -> Header:
        head = self._source.read(href, 0, HEAD_BYTES, at_most=True)

        def more(start: int, length: int) -> bytes:
            part = self._source.read(href, start, length)
            if part.etag != head.etag or part.size != head.size:
                raise ReadFault(FaultKind.REPLACED, "the file changed while its header was read", where=shown(href))
            return part.data

        return parse_header(head.data, size=head.size, etag=head.etag, more=more, where=shown(href))
