"""Lines of server logs, in five formats, as hits. What cannot be read is counted, never guessed.

Formats: ``combined`` (Apache, nginx), ``vhost-combined`` (the same after the host), ``caddy`` (JSON), ``cloudfront`` (tabs, fields named by
the file itself), ``bunny`` (bars). Files may be gzip. A hit lives in memory alone.
"""

import calendar
import functools
import gzip
import io
import itertools
import operator
import re
import urllib.parse
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from vestige.errors import NOT_JSON, InputError

FORMATS = ("combined", "vhost-combined", "caddy", "cloudfront", "bunny")
_BLOCK = 1 << 20
_MOST_MINUTES = 100_000
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


class Columns(NamedTuple):
    """Some thousands of hits, a column a field of `Hit`: what is done to a column at once costs far less than a step for every line."""

    times: Sequence[int]
    addresses: Sequence[bytes]
    methods: Sequence[bytes]
    paths: Sequence[bytes]
    statuses: Sequence[bytes]
    referrers: Sequence[bytes]
    agents: Sequence[bytes]
    hosts: Sequence[bytes]

    def kept(self, wanted: Sequence[bool]) -> "Columns":
        """Give the hits that are wanted."""
        return Columns._make(tuple(itertools.compress(column, wanted)) for column in self)


_SECONDS = {b"%02d" % second: second for second in range(100)}
_NONE = Columns((), (), (), (), (), (), (), ())

Parser = Callable[[bytes], Row | None]
Reader = Callable[[Sequence[bytes]], Columns]
"""Reads lines at once; those that it cannot read are missing in the columns."""

_MONTHS = {name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_COMBINED = (
    rb'(\S+) \S+ \S+ \[([^\]:\n]+:\d\d:\d\d):(\d\d) ([+-]\d{4})\] "([A-Z]+) (\S+)(?: [^"\n]*+)?" (\d{3}) \S+ '
    rb'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)" "([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"'
)
"""One line. No part can begin where the one before could go on, so that a line of any length is read or refused in one pass."""


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
        self.format, self._read = _recognised([line for line in head if line.strip()], path)

    def _opened(self) -> BinaryIO:
        try:
            with self.path.open("rb") as file:
                packed = file.read(2) == b"\x1f\x8b"
            return cast("BinaryIO", gzip.open(self.path, "rb")) if packed else self.path.open("rb")
        except OSError as error:
            raise LogError(f"cannot be read: {error.strerror or error}", where=str(self.path)) from error

    def __iter__(self) -> Iterator[Hit]:
        for columns in self.batches():
            yield from map(Hit._make, zip(*columns, strict=True))

    def batches(self) -> Iterator[Columns]:
        """Give the hits in columns, some thousands at once."""
        try:
            with self._opened() as file:
                for lines in _lines(file):
                    yield self._columns(lines)
                    if self._progress:
                        self._progress(self.lines)
        except _OF_DAMAGED_FILES as error:
            raise self._damaged() from error

    def _damaged(self) -> LogError:
        return LogError(
            "is cut short or damaged: it cannot be unpacked to its end", where=str(self.path), hint="fetch it again"
        )

    def _columns(self, lines: Sequence[bytes]) -> Columns:
        """Read lines; what is neither a hit nor a comment nor empty is counted as unreadable."""
        read = lines if max(map(len, lines)) < _LONGEST else [line for line in lines if len(line) < _LONGEST]
        if self.format == "cloudfront" and any(line.startswith(b"#Fields:") for line in lines):
            return self._renamed(lines)
        columns = self._read(read)
        beside = sum(line[:1] == b"#" or not line.strip() for line in lines) if len(columns.times) < len(lines) else 0
        self.lines += len(lines) - beside
        self.unreadable += len(lines) - beside - len(columns.times)
        return columns

    def _renamed(self, lines: Sequence[bytes]) -> Columns:
        """Read lines among which a file names its fields: those after it go by the new names, as files that were joined have them."""
        at = next(number for number, line in enumerate(lines) if line.startswith(b"#Fields:"))
        before = self._columns(lines[:at]) if at else _NONE
        self._read = _by_line(_cloudfront(lines[at]))
        after = self._columns(lines[at + 1 :]) if at + 1 < len(lines) else _NONE
        return Columns._make((*one, *other) for one, other in zip(before, after, strict=True))


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


def _by_line(parse: Parser) -> Reader:
    """Give a reader of lines that are read one by one."""

    def read(lines: Sequence[bytes]) -> Columns:
        rows = [row for line in lines if line[:1] != b"#" and (row := parse(line)) is not None]
        return Columns(*zip(*rows, strict=True)) if rows else _NONE

    return read


def _recognised(head: list[bytes], path: Path) -> tuple[str, Reader]:
    """Tell the format by the first lines."""
    if not head:
        raise LogError("expected a server log, got an empty file", where=str(path))
    for line in head:
        if line.startswith(b"#Fields:"):
            return "cloudfront", _by_line(_cloudfront(line))
    lines = [line for line in head if line[:1] != b"#"]
    readers: dict[str, Reader] = {
        "combined": combined(),
        "vhost-combined": combined(vhost=True),
        "caddy": _by_line(_caddy),
        "bunny": _by_line(_bunny),
    }
    hits = {name: len(read(lines).times) for name, read in readers.items()}
    best = max(hits, key=lambda name: hits[name])
    if not hits[best]:
        raise LogError(
            f"expected a log in the format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, got lines of another",
            where=str(path),
        )
    return best, readers[best]


def combined(*, vhost: bool = False) -> Reader:
    """Give a reader of Apache's combined format, with the host before it or without: one expression over all lines at once."""
    find = re.compile(rb"^(?!#)" + (rb"(\S+) " if vhost else b"") + _COMBINED, re.MULTILINE).findall
    starts = _Starts()

    def read(lines: Sequence[bytes]) -> Columns:
        found = find(b"".join(lines))
        if not found:
            return _NONE
        columns = list(zip(*found, strict=True))
        hosts = columns.pop(0) if vhost else (b"",) * len(found)
        addresses, minutes, seconds, zones, methods, paths, statuses, referrers, agents = columns
        begun = map(starts.__getitem__, zip(minutes, zones, strict=True))
        times = list(map(operator.add, begun, map(_SECONDS.__getitem__, seconds)))
        whole = Columns(times, addresses, methods, paths, statuses, referrers, agents, hosts)
        if min(times) >= 0:
            return whole
        return whole.kept([time >= 0 for time in times])

    return read


class _Starts(dict[tuple[bytes, bytes], int]):
    """When minutes begin, by how a log writes them with their zone; far before 1970 where they are none."""

    def __missing__(self, written: tuple[bytes, bytes]) -> int:
        if len(self) > _MOST_MINUTES:
            self.clear()
        try:
            start = self[written] = _minute(*written)
        except (ValueError, KeyError, IndexError):
            start = self[written] = -1_000
        return start


def _minute(text: bytes, zone: bytes) -> int:
    """Read ``10/Oct/2026:13:55`` with its zone ``+0400``."""
    date, hour, minute = text.split(b":")
    offset = (int(zone[1:3]) * 60 + int(zone[3:5])) * 60
    local = _day(date) + int(hour) * 3600 + int(minute) * 60
    return local - (offset if zone[:1] == b"+" else -offset)


@functools.lru_cache(maxsize=1024)
def _day(date: bytes) -> int:
    day, month, year = date.split(b"/")
    return calendar.timegm((int(year), _MONTHS[month], int(day), 0, 0, 0))


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
    if len(parts) < 12 or not parts[2].isdigit() or len(parts[2]) > 15 or len(parts[1]) != 3:
        return None
    try:
        url = urllib.parse.urlsplit(parts[7].decode("utf-8", "replace"))
    except ValueError:  # a host in brackets that is no address
        return None
    path = f"{url.path}?{url.query}" if url.query else url.path
    agent = b"|".join(parts[9:-2])
    return (int(parts[2]) // 1000, parts[5], b"GET", path.encode(), parts[1], parts[6], agent, url.netloc.encode())
