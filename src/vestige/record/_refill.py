"""Taking a record back from what it has published: entries, public bodies and files follow what the folder still holds; a fork is refused.

Written as an append is: everything that the checkpoint speaks of first, then the checkpoint, as the record itself had signed it.
"""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from vestige.archive import ArchiveError, BodyStore, SaltedBody, Store, open_store, parse_line
from vestige.durable import make_folder, write_file, write_files
from vestige.entries import Envelope, InvalidBodyError, InvalidEnvelopeError, decode_body, files_of, parse_envelope
from vestige.ledger import Checkpoint, Extension, FolderSource, Tiles, TileSource, parse_checkpoint, range_root
from vestige.record._cosigning import kept_note
from vestige.record._errors import RecordError
from vestige.record._lock import writer_lock
from vestige.record._reader import FORMAT, MARK, require_record

Fetch = Callable[[str], bytes | None]
"""Gives the line of a body by its commitment, or a preserved file by its SHA-256; None where the site has none."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: entries from ``first`` to ``size``, ``bodies`` and ``files``; of ``without_body`` entries and ``without_file`` files nothing was public."""

    first: int
    size: int
    bodies: int
    files: int
    without_body: int
    without_file: int


def refill(path: Path, source: TileSource, note: bytes, body: Fetch, file: Fetch) -> Restored:
    """Bring a record, or a new folder, to a checkpoint of its own that was published and verified.

    Raises RecordError when the folder holds something else, when the record is ahead of the checkpoint, or when it has another history; nothing is changed then.
    """
    if path.is_dir() and any(path.iterdir()):
        require_record(path)
    else:
        make_folder(path.absolute())
    with writer_lock(path / "lock"):
        return _refill(path, source, note, body, file)


def _refill(path: Path, source: TileSource, note: bytes, body: Fetch, file: Fetch) -> Restored:
    checkpoint, ledger = parse_checkpoint(note), path / "ledger"
    first = _first(ledger, checkpoint, source)
    leaves = list(Tiles(source, checkpoint.size).leaves(first))
    envelopes = [_envelope(leaf) for leaf in leaves]
    salted = [_body(envelope, body) for envelope in envelopes]
    pairs = [(one, kept) for one, kept in zip(envelopes, salted, strict=True) if one is not None and kept is not None]
    extension = Extension(FolderSource(ledger), first, leaves)
    if extension.root != checkpoint.root:
        raise RecordError("expected entries that lead to the published root, got others", where=str(path))
    files, missing = _keep_files(open_store(path), pairs, file)
    if leaves:
        bodies = path / "archive" / "bodies"
        planned = _planned(BodyStore(bodies), first, pairs)
        packs = {bodies / address: data for address, data in planned.items()}
        write_files({**packs, **kept_note(ledger), **{ledger / name: data for name, data in extension.files.items()}})
        write_file(path / MARK, msgspec.json.encode({"format": FORMAT}) + b"\n")
        write_file(ledger / "checkpoint", note)
        _remove(ledger, [name for name in extension.superseded if name not in extension.files])
    return Restored(
        first=first,
        size=checkpoint.size,
        bodies=len(pairs),
        files=files,
        without_body=sum(kept is None for kept in salted),
        without_file=missing,
    )


def _first(ledger: Path, checkpoint: Checkpoint, source: TileSource) -> int:
    """Give how many entries the folder has, all of which the published checkpoint must begin with."""
    if not (ledger / "checkpoint").is_file():
        return 0
    ours = parse_checkpoint((ledger / "checkpoint").read_bytes())
    where = str(ledger.parent)
    if ours.origin != checkpoint.origin:
        raise RecordError(f"expected the record {checkpoint.origin}, got {ours.origin}", where=where)
    if ours.size > checkpoint.size:
        raise RecordError(
            f"has {ours.size} entries, more than the {checkpoint.size} that are published: nothing to take back",
            where=where,
        )
    if range_root(Tiles(source, checkpoint.size).node, 0, ours.size) != ours.root:
        raise RecordError(
            f"has another history than what is published: their first {ours.size} entries differ",
            where=where,
            hint="restore into a new folder, and enter again what only this one holds",
        )
    return ours.size


def _envelope(leaf: bytes) -> Envelope | None:
    try:
        return parse_envelope(leaf)
    except InvalidEnvelopeError:
        return None


def _body(envelope: Envelope | None, fetch: Fetch) -> SaltedBody | None:
    line = fetch(envelope.body) if envelope else None
    if envelope is None or line is None:
        return None
    with contextlib.suppress(ArchiveError):
        salted = parse_line(line, envelope.body)
        return salted if salted.commitment == envelope.body else None
    return None


def _planned(bodies: BodyStore, first: int, pairs: Sequence[tuple[Envelope, SaltedBody]]) -> dict[str, bytes]:
    """Say what is to be written to keep bodies from an entry on: each once, and none lost of those that lie there.

    A folder that has lost its ledger alone still holds them, in the appends in which they were entered.
    """
    elsewhere = {kept.commitment for append in bodies.appends() if append != first for _, kept in bodies.held(append)}
    here = {kept.commitment: (kept, place.withheld) for place, kept in bodies.held(first)}
    order = {one.body: at for at, (one, _) in enumerate(pairs)}
    came = {one.body: (kept, one.visibility == "withheld") for one, kept in pairs if kept.commitment not in elsewhere}
    whole = came | here
    return bodies.plan(first, [whole[name] for name in sorted(whole, key=lambda name: order.get(name, len(order)))])


def _keep_files(store: Store, pairs: Sequence[tuple[Envelope, SaltedBody]], fetch: Fetch) -> tuple[int, int]:
    """Preserve the files that bodies refer to and that are not here, and give how many came and how many are not public."""
    wanted: set[str] = set()
    for envelope, salted in pairs:
        with contextlib.suppress(InvalidBodyError):
            wanted.update(files_of(decode_body(envelope.kind, salted.body)))
    came = missing = 0
    for name in sorted(wanted):
        if store.holds(name):
            continue
        content = fetch(name)
        if content is None:
            missing += 1
        else:
            store.put(content)
            came += 1
    return came, missing


def _remove(ledger: Path, names: Sequence[str]) -> None:
    for name in names:
        with contextlib.suppress(OSError):
            (ledger / name).unlink()
