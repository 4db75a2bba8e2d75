"""Lines of server logs, in five formats, as hits. What cannot be read is counted, never guessed.

Formats: ``combined`` (Apache, nginx), ``vhost-combined`` (the same after the host), ``caddy`` (JSON), ``cloudfront`` (tabs, fields named by
the file itself), ``bunny`` (bars). Files may be gzip. A hit lives in memory alone.
"""

import calendar
import gzip
import io
import re
import urllib.parse
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from vestige.errors import NOT_JSON, InputError

FORMATS = ("combined", "vhost-combined", "caddy", "cloudfront", "bunny")
_BLOCK = 1 << 20
_LONGEST = 1 << 16
"""Bytes of a line that are read; a longer one cannot be read."""


_OF_DAMAGED_FILES = (OSError, EOFError, ValueError, zlib.error)


class LogError(InputError):
    """A file is no server log of a format that is known."""


class Hit(NamedTuple):
    """One request: seconds since 1970 UTC, address, method, path with query, status, referrer, agent, and the host where the log names it."""

    time: int
    address: bytes
    method: bytes
    path: bytes
    status: bytes
    referrer: bytes
    agent: bytes
    host: bytes = b""


Row = tuple[int, bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""The fields of a `Hit`, in its order."""

Parser = Callable[[bytes], Row | None]

_MONTHS = {name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_COMBINED = re.compile(
    rb'(\S+) \S+ \S+ \[([^\]:]+:\d\d:\d\d):(\d\d) ([+-]\d{4})\] "([A-Z]+) (\S+)[^"]*" (\d{3}) \S+ '
    rb'"([^"\\]*(?:\\.[^"\\]*)*)" "([^"\\]*(?:\\.[^"\\]*)*)"'
)


def read_hits(path: Path, progress: Callable[[int], None] | None = None) -> "Hits":
    """Open a log; raises LogError when it is of no known format, or no log. ``progress`` is told bytes as read from the disk."""
    return Hits(path, progress)


class Hits:
    """The hits of one file, in its order. ``lines`` and ``unreadable`` grow while it is read."""

    def __init__(self, path: Path, progress: Callable[[int], None] | None = None) -> None:
        self.path = path
        self.lines = 0
        self.unreadable = 0
        self._progress = progress
        try:
            with self._opened() as file:
                head = [file.readline(_LONGEST) for _ in range(40)]
        except _OF_DAMAGED_FILES as error:
            raise self._damaged() from error
        self.format, self._parse = _recognised([line for line in head if line.strip()], path)

    def _opened(self) -> BinaryIO:
        try:
            with self.path.open("rb") as file:
                packed = file.read(2) == b"\x1f\x8b"
            return cast("BinaryIO", gzip.open(self.path, "rb")) if packed else self.path.open("rb")
        except OSError as error:
            raise LogError(f"cannot be read: {error.strerror or error}", where=str(self.path)) from error

    def __iter__(self) -> Iterator[Hit]:
        for batch in self.batches():
            yield from (Hit(*hit) for hit in batch)

    def batches(self) -> Iterator[list[Row]]:
        """Give the hits as plain rows with the fields of `Hit`, some thousands at once: a step for every line would cost more than its reading."""
        parse = self._parse
        try:
            with self._opened() as file:
                for lines in _lines(file):
                    rows = []
                    for line in lines:
                        if line[:1] == b"#" or not line.strip():
                            if line.startswith(b"#Fields:"):
                                parse = _cloudfront(line)
                            continue
                        self.lines += 1
                        if len(line) < _LONGEST and (row := parse(line)) is not None:
                            rows.append(row)
                        else:
                            self.unreadable += 1
                    yield rows
                    if self._progress:
                        self._progress(self.lines)
        except _OF_DAMAGED_FILES as error:
            raise self._damaged() from error

    def _damaged(self) -> LogError:
        return LogError(
            "is cut short or damaged: it cannot be unpacked to its end", where=str(self.path), hint="fetch it again"
        )


def _lines(file: BinaryIO) -> Iterator[list[bytes]]:
    """Give the lines of a file, some thousands at once; of one that is too long to be read only its beginning is held."""
    rest = b""
    while block := file.read(_BLOCK):
        whole, end, rest = (rest + block).rpartition(b"\n")
        if end:
            yield io.BytesIO(whole + end).readlines()
        rest = rest[:_LONGEST]
    if rest:
        yield [rest]


def _recognised(head: list[bytes], path: Path) -> tuple[str, Parser]:
    """Tell the format by the first lines."""
    if not head:
        raise LogError("expected a server log, got an empty file", where=str(path))
    for line in head:
        if line.startswith(b"#Fields:"):
            return "cloudfront", _cloudfront(line)
    lines = [line for line in head if line[:1] != b"#"]
    parsers: dict[str, Parser] = {
        "combined": combined(),
        "vhost-combined": combined(vhost=True),
        "caddy": _caddy,
        "bunny": _bunny,
    }
    hits = {name: sum(parse(line) is not None for line in lines) for name, parse in parsers.items()}
    best = max(hits, key=lambda name: hits[name])
    if not hits[best]:
        raise LogError(
            f"expected a log in the format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, got lines of another",
            where=str(path),
        )
    return best, parsers[best]


def combined(*, vhost: bool = False) -> Parser:
    """Give a parser of Apache's combined format, with the host before it or without."""
    minutes: dict[bytes, int] = {}
    pattern = re.compile(rb"(\S+) " + _COMBINED.pattern) if vhost else _COMBINED
    match = pattern.match

    def parse(line: bytes) -> Row | None:
        found = match(line)
        if found is None:
            return None
        groups = found.groups()
        host, (address, minute, second, zone, method, path, status, referrer, agent) = (
            (groups[0], groups[1:]) if vhost else (b"", groups)
        )
        start = minutes.get(minute + zone)
        if start is None:
            try:
                start = minutes[minute + zone] = _minute(minute, zone)
            except (ValueError, KeyError, IndexError):
                return None
        return (start + int(second), address, method, path, status, referrer, agent, host)

    return parse


def _minute(text: bytes, zone: bytes) -> int:
    """Read ``10/Oct/2026:13:55`` with its zone ``+0400``."""
    date, hour, minute = text.split(b":")
    day, month, year = date.split(b"/")
    local = calendar.timegm((int(year), _MONTHS[month], int(day), int(hour), int(minute), 0))
    offset = (int(zone[1:3]) * 60 + int(zone[3:5])) * 60
    return local - (offset if zone[:1] == b"+" else -offset)


class _Request(msgspec.Struct):
    method: str
    uri: str
    host: str = ""
    remote_ip: str = ""
    client_ip: str = ""
    headers: dict[str, list[str]] = {}


class _Caddy(msgspec.Struct):
    request: _Request
    status: int
    ts: float | str


_caddy_decoder = msgspec.json.Decoder(_Caddy)


def _caddy(line: bytes) -> Row | None:
    try:
        entry = _caddy_decoder.decode(line)
        time = int(entry.ts) if isinstance(entry.ts, float) else _iso(entry.ts)
    except (*NOT_JSON, ValueError, OverflowError):
        return None
    asked = entry.request
    named = {name.casefold(): values for name, values in asked.headers.items()}
    agent, referrer = ((named.get(name) or [""])[0].encode() for name in ("user-agent", "referer"))
    address = (asked.client_ip or asked.remote_ip).encode()
    return (
        time,
        address,
        asked.method.encode(),
        asked.uri.encode(),
        b"%d" % entry.status,
        referrer,
        agent,
        asked.host.encode(),
    )


def _iso(text: str) -> int:
    """Read ``2026-10-10T13:55:36Z``, or the same with a slash and a space as Caddy's console writes it; UTC."""
    found = re.match(r"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)", text)
    if found is None:
        raise ValueError(text)
    return calendar.timegm(tuple(int(part) for part in found.groups()))


def _cloudfront(header: bytes) -> Parser:
    """Give a parser by the fields that a CloudFront file names."""
    names = {name: at for at, name in enumerate(header.decode("ascii", "replace").split()[1:])}
    wanted = (
        "date",
        "time",
        "c-ip",
        "cs-method",
        "cs-uri-stem",
        "sc-status",
        "cs(Referer)",
        "cs(User-Agent)",
        "cs(Host)",
    )
    places: list[Any] = [names.get(name) for name in wanted]

    def parse(line: bytes) -> Row | None:
        parts = line.rstrip(b"\r\n").split(b"\t")
        try:
            date, time, address, method, path, status, referrer, agent = (parts[at] for at in places[:8])
            when = _iso(f"{date.decode()} {time.decode()}")
        except (IndexError, TypeError, ValueError):
            return None
        host = parts[places[8]] if places[8] is not None else b""
        return (when, address, method, path, status, _unquoted(referrer), _unquoted(agent), host)

    return parse


def _unquoted(text: bytes) -> bytes:
    """Undo CloudFront's encoding, which encodes what was encoded before."""
    return urllib.parse.unquote_to_bytes(urllib.parse.unquote_to_bytes(text))


def _bunny(line: bytes) -> Row | None:
    parts = line.rstrip(b"\r\n").split(b"|")
    if len(parts) < 12 or not parts[2].isdigit() or len(parts[1]) != 3:
        return None
    url = urllib.parse.urlsplit(parts[7].decode("utf-8", "replace"))
    path = f"{url.path}?{url.query}" if url.query else url.path
    agent = b"|".join(parts[9:-2])
    return (int(parts[2]) // 1000, parts[5], b"GET", path.encode(), parts[1], parts[6], agent, url.netloc.encode())
