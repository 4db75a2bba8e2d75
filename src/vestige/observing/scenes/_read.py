"""Carrying out a plan: fetch, check, unpack, cut; several requests at a time, each result kept by content."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from vestige import __version__
from vestige.observing.scenes._assemble import Piece, RangePieces, assemble, lost, pieces_of
from vestige.observing.scenes._cache import Cache, key_of
from vestige.observing.scenes._chips import Chip, Evidence, FileResult
from vestige.observing.scenes._executors import Executor, ThreadExecutor
from vestige.observing.scenes._faults import FaultKind, Finding, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._headers import Headers
from vestige.observing.scenes._plan import FileRead, Plan, replanned
from vestige.observing.scenes._ranges import HttpSource, Retries, Source, Sources
from vestige.observing.scenes._signing import make_signer
from vestige.observing.scenes._windows import ByteRange, Tile

_VERSION = 1
_BATCH = 96
"""Requests in a batch: a second or so of work, so that progress is seen, and a stopped run or a lost worker costs little."""
_decoded = msgspec.msgpack.Decoder(FileResult).decode


class ReaderSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker needs to make a reader of its own; it holds no credential, only the name of the sign-in."""

    cache: str | None = None
    """Folder of the cache; None keeps nothing."""

    tile_bytes: int = 8 << 30
    connections: int = 64
    signer: str = "none"
    allow_private: bool = False
    allow_local: bool = False
    retries: Retries = Retries()


class Reader:
    """Reads files of a plan, ``connections`` requests at a time."""

    def __init__(self, settings: ReaderSettings, source: Source | None = None) -> None:
        self.cache = Cache(Path(settings.cache), tile_bytes=settings.tile_bytes) if settings.cache else None
        self._stopped = threading.Event()
        self.source = source or Sources(
            HttpSource(
                sleep=self._stopped.wait,
                signer=make_signer(settings.signer), retries=settings.retries, connections=settings.connections,
                allow_private=settings.allow_private,
            ),
            allow_local=settings.allow_local,
        )  # fmt: skip
        self.headers = Headers(self.source, self.cache)
        self._pool = ThreadPoolExecutor(settings.connections, thread_name_prefix="range")

    def read(self, files: Sequence[FileRead]) -> tuple[FileResult, ...]:
        """Read files; what fails becomes a finding of its file. The results come in the order of ``files``."""
        kept = [self._kept(file) for file in files]
        work = [None if old else self._submit(file) for file, old in zip(files, kept, strict=True)]
        return tuple(
            old or self._finish(file, parts or [])
            for file, old, parts in zip(files, kept, work, strict=True)
        )  # fmt: skip

    @property
    def stopped(self) -> bool:
        """Whether it was stopped; it reads nothing more."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Let go of all that has not begun, and do not wait to ask again: the user has stopped, and wants the prompt."""
        self._stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, file: FileRead) -> list[Future[RangePieces]]:
        return [self._pool.submit(self._part, file, part) for part in file.ranges]

    def _finish(self, file: FileRead, parts: list[Future[RangePieces]]) -> FileResult:
        try:
            result = assemble(file, [part.result() for part in parts])
        except ReadFault as fault:
            for part in parts:
                part.cancel()
            result = self._again(file) if fault.kind is FaultKind.REPLACED else lost(file, fault)
        if self.cache and result.chips:
            self.cache.put("chips", _chip_key(file), msgspec.msgpack.encode(result))
        return result

    def _again(self, file: FileRead) -> FileResult:
        """Read a file once more that is newer than its header in the cache."""
        try:
            newer = replanned(file, self.headers.read(file.href, fresh=True))
            return assemble(newer, [part.result() for part in self._submit(newer)])
        except ReadFault as fault:
            return lost(file, fault)

    def _kept(self, file: FileRead) -> FileResult | None:
        raw = self.cache.get("chips", _chip_key(file)) if self.cache else None
        if raw is None:
            return None
        return msgspec.structs.replace(_decoded(raw), requests=0, bytes=0)

    def _part(self, file: FileRead, part: ByteRange) -> RangePieces:
        """Fetch the tiles of one range and cut from each what the windows need of it: the tile itself is let go."""
        found = [self._kept_tile(file, tile) for tile in part.tiles]
        fetched, asked = self._fetch(file, part, found)
        pieces: list[Piece] = []
        evidence = {}
        for tile, kept in zip(part.tiles, found, strict=True):
            data = fetched(tile) if kept is None else kept
            digest = sha256(data)
            evidence[tile.index] = Evidence(tile.start, tile.length, digest.hexdigest())
            if kept is None and self.cache:
                self.cache.put("tiles", _tile_key(file, tile), data, digest=digest.digest())
            pieces += pieces_of(file, tile, data)
        return RangePieces(pieces, evidence, asked)

    def _fetch(
        self, file: FileRead, part: ByteRange, found: Sequence[bytes | None]
    ) -> tuple[Callable[[Tile], bytes], int]:
        """Ask for a range from its first to its last tile that is not kept; give a way to each, and the bytes asked for."""
        missing = [tile for tile, kept in zip(part.tiles, found, strict=True) if kept is None]
        if not missing:
            return lambda _: b"", 0
        start, length = missing[0].start, missing[-1].start + missing[-1].length - missing[0].start
        answer = self.source.read(file.href, start, length)
        if (answer.etag, answer.size) != (file.etag, file.size):
            raise ReadFault(FaultKind.REPLACED, "the file changed since its header was read", where=shown(file.href))
        return lambda tile: answer.data[tile.start - start : tile.start - start + tile.length], length

    def _kept_tile(self, file: FileRead, tile: Tile) -> bytes | None:
        if not tile.length:
            return b""
        return self.cache.get("tiles", _tile_key(file, tile)) if self.cache else None


def _tile_key(file: FileRead, tile: Tile) -> str:
    return key_of("tile", _VERSION, file.href, file.etag, file.size, tile.start, tile.length)


def _chip_key(file: FileRead) -> str:
    return key_of("chips", _VERSION, __version__, file)


class Batch(msgspec.Struct, frozen=True):
    """Files for one worker, with what it needs to read them; number tells it from the others."""

    number: int
    settings: ReaderSettings
    files: tuple[FileRead, ...]


class BatchResult(msgspec.Struct, frozen=True):
    """What a batch gave, in the order of its files."""

    number: int
    results: tuple[FileResult, ...]


class Readers:
    """The readers of a process: one for some settings, whoever asks first and however many at once."""

    def __init__(self, most: int = 4) -> None:
        self._most = most
        self._making = threading.Lock()
        self._made: dict[ReaderSettings, Reader] = {}

    def one(self, settings: ReaderSettings) -> Reader:
        """Give the reader for some settings, also one that was stopped: a batch left over from that run may not go on."""
        with self._making:
            return self._made.get(settings) or self._make(settings)

    def working(self, settings: ReaderSettings) -> Reader:
        """Give the reader for some settings, a new one after one that was stopped."""
        with self._making:
            reader = self._made.get(settings)
            return reader if reader and not reader.stopped else self._make(settings)

    def clear(self) -> None:
        """Stop and forget all of them."""
        with self._making:
            for reader in self._made.values():
                reader.stop()
            self._made.clear()

    def _make(self, settings: ReaderSettings) -> Reader:
        self._made.pop(settings, None)
        while len(self._made) >= self._most:
            self._made.pop(next(iter(self._made)))  # whoever still reads with it goes on
        self._made[settings] = reader = Reader(settings)
        return reader


READERS = Readers()


def reader_for(settings: ReaderSettings) -> Reader:
    """Give this process's reader for some settings: one pool of connections, kept until it is stopped."""
    return READERS.working(settings)


def read_batch(batch: Batch) -> BatchResult:
    """Read one batch, in whichever process this is called."""
    return BatchResult(batch.number, READERS.one(batch.settings).read(batch.files))


def batches(plan: Plan, settings: ReaderSettings, *, requests: int = _BATCH) -> tuple[Batch, ...]:
    """Cut a plan into batches of about so many requests; the cut depends on the plan alone."""
    groups: list[list[FileRead]] = [[]]
    load = 0
    for file in plan.files:
        if groups[-1] and load + len(file.ranges) > requests:
            groups.append([])
            load = 0
        groups[-1].append(file)
        load += len(file.ranges)
    return tuple(Batch(number, settings, tuple(files)) for number, files in enumerate(groups) if files)


class Scenes(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reading gave, in an order that does not depend on who read what first."""

    chips: tuple[Chip, ...]
    findings: tuple[Finding, ...]
    requests: int
    bytes: int


def read_scenes(
    plan: Plan, settings: ReaderSettings, *, executor: Executor | None = None,
    on_result: Callable[[FileRead, FileResult], Any] | None = None, batch_requests: int = _BATCH,
) -> Scenes:  # fmt: skip
    """Carry out a plan. ``on_result`` is called with each file and what it gave, in any order, from the calling thread.

    The same plan gives the same chips in the same order under every executor, byte for byte.
    """
    reader = reader_for(settings)
    done: dict[int, tuple[FileResult, ...]] = {}
    tasks = {batch.number: batch for batch in batches(plan, settings, requests=batch_requests)}
    try:
        with closing((executor or ThreadExecutor()).map(read_batch, list(tasks.values()))) as finished:
            for batch in finished:
                done[batch.number] = batch.results
                if on_result:
                    for file, result in zip(tasks[batch.number].files, batch.results, strict=True):
                        on_result(file, result)
    except BaseException:
        reader.stop()
        raise
    results = [result for number in sorted(done) for result in done[number]]
    chips = [chip for result in results for chip in result.chips]
    findings = [*plan.findings, *(finding for result in results for finding in result.findings)]
    return Scenes(
        chips=tuple(sorted(chips, key=lambda c: (c.site, c.scene.track, c.scene.time, c.scene.id, c.band))),
        findings=tuple(sorted(findings, key=lambda f: (f.scene, f.band, f.kind, f.sites))),
        requests=sum(result.requests for result in results),
        bytes=sum(result.bytes for result in results),
    )
