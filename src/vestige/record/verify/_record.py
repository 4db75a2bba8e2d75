"""Check a record on disk: ledger, bodies, preserved files, and whether the checkpoint was rolled back."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from vestige.archive import ArchiveError, BodyStore, SaltedBody, Store, open_store, parse_line
from vestige.durable import TEMPORARY
from vestige.entries import Envelope
from vestige.ledger import (
    FolderSource,
    Verifier,
)
from vestige.record._errors import RecordError
from vestige.record._reader import MARK, require_record
from vestige.record.index._file import INDEX_FILES, entries_seen
from vestige.record.verify._entries import EntriesCheck
from vestige.record.verify._foreign import is_foreign
from vestige.record.verify._report import Report

_LEDGER_FILE = re.compile(r"checkpoint|cosigned|tile/(\d+|entries)/(x\d{3}/)*\d{3}(\.p/\d{1,3})?")
_ELSEWHERE = ("archive/bodies/public/", "archive/bodies/withheld/", "archive/files/", "keys/")
"""What lies below these has checks of its own; the keys are the keeper's."""
_KNOWN = {MARK, "lock", *INDEX_FILES}


def verify_record(
    path: Path,
    *,
    progress: Callable[[int], None] | None = None,
    pinned: Sequence[Verifier] = (),
    since: Sequence[bytes] = (),
    known: bytes | None = None,
) -> Report:
    """Check everything in a record on disk and report what was found; of each entry only what later rules ask stays in memory.

    ``progress`` is told how many entries were checked; ``pinned`` are keys that the reader trusts, ``since`` earlier checkpoints that must be the beginning of
    today's ledger, ``known`` the checkpoint of a check before, whose key must still stand in the record. Raises RecordError when the folder is no record at all, NotACheckpointError when an earlier checkpoint is none of this record.
    """
    if not (path / MARK).is_file() and not (path / "ledger").is_dir():
        raise RecordError(f"expected a record, got a folder without {MARK} and ledger", where=str(path))
    source = FolderSource(path / "ledger")
    bodies = _ArchivedBodies(BodyStore(path / "archive" / "bodies"))
    check = EntriesCheck(source, source.read("checkpoint"), bodies, progress, pinned)
    size = check.checkpoint.size if check.checkpoint else 0
    bodies.finish(check, size)
    files = _check_files(check, open_store(path))
    _check_mark(check, path)
    _check_strangers(check, path)
    if check.checkpoint:
        _check_rollback(check, path, size)
    for earlier in since:
        check.since(earlier)
    if known is not None:
        check.known(known)
    return check.report(files)


class _ArchivedBodies:
    """The bodies of a record in ledger order, those of one append in memory at a time."""

    def __init__(self, store: BodyStore) -> None:
        self._store = store
        self._appends = store.appends()
        self._held: dict[str, SaltedBody | bytes] = {}
        self._file = ""
        self._gap: str | None = None
        self._left: list[tuple[str, str]] = []

    def name(self, index: int, envelope: Envelope) -> str:
        first = max((first for first in self._store.appends() if first <= index), default=index)
        return _pack_name(f"{first:012d}", envelope.visibility)

    def withholds(self) -> bool:
        return False

    def line(self, index: int, envelope: Envelope) -> tuple[str, bytes | SaltedBody | None]:
        while self._appends and self._appends[0] <= index:
            self._next()
        line = self._held.pop(envelope.body, None)
        if line is None and not self._held and self._gap is None:
            self._gap = f"{index:012d}"  # nothing is left of the append before, so this one began a file that is gone
        return _pack_name(self._file if line or self._gap is None else self._gap, envelope.visibility), line

    def finish(self, check: EntriesCheck, size: int) -> None:
        """Report the lines that no entry commits to: where an entry misses its body in the same file, it was altered."""
        self._set_aside()
        for file, got in self._left:
            if int(file.rpartition("/")[2]) >= size or check.altered(file, got):
                continue
            if check.readable == size:
                check.found("unexpected", file, "a body that no entry commits to", got=got)
            else:
                check.notes.append(f"{file}: the entry of a body cannot be read")
        appends = self._store.appends()
        files = {f"{first:012d}" for first in appends}
        for address in self._store.walk():
            name = address.rpartition("/")[2]
            if name not in files and not name.startswith(TEMPORARY):
                check.found("unexpected", f"archive/bodies/{address}", "not a file of bodies")
        if any(first >= size for first in appends):
            check.notes.append("an unfinished append left bodies behind; the next one writes over them")

    def _next(self) -> None:
        self._set_aside()
        first = self._appends.pop(0)
        self._file, self._gap = f"{first:012d}", None
        for withheld in (False, True):
            for number, line in enumerate(self._store.lines(first, withheld=withheld)):
                try:
                    salted = parse_line(line, "")
                    self._held[salted.commitment] = salted
                except ArchiveError:
                    self._held[f"damaged {withheld} {number}"] = line

    def _set_aside(self) -> None:
        withheld = set(self._store.lines(int(self._file), withheld=True)) if self._held and self._file else set()
        for got, held in self._held.items():
            line = held.line if isinstance(held, SaltedBody) else held
            self._left.append((_pack_name(self._file, "withheld" if line in withheld else "public"), got))
        self._held = {}


def _pack_name(first: str, visibility: str) -> str:
    return f"archive/bodies/{visibility}/{first}"


def _check_files(check: EntriesCheck, store: Store) -> int:
    """Check every preserved file against its name, and that each file that an entry refers to is there."""
    seen = set()
    for kept in store.walk():
        file = f"archive/files/{kept.address}"
        if kept.name is None:
            check.found("unexpected", file, "not a preserved file")
            continue
        got = store.digest(kept.name, withheld=kept.withheld)
        seen.add(kept.name)
        if got != kept.name:
            check.found("modified", file, "not the bytes that were preserved", expected=kept.name, got=got)
        elif kept.name not in check.files and kept.name not in check.bodies.mentioned:
            check.notes.append(f"{file}: no entry refers to it")
    for name, (entry, _) in sorted(check.files.items()):
        if name not in seen:
            check.found(
                "missing", f"archive/files/…/{name}", f"a preserved file that entry {entry} refers to", expected=name
            )
    for value, entry in sorted(check.bodies.mentioned.items()):
        if value not in seen:
            check.may_be_missing(f"archive/files/…/{value}", entry)
    return len(seen)


def _check_mark(check: EntriesCheck, path: Path) -> None:
    """Report a folder that does not say that it is a record of this format: no command would open it."""
    try:
        require_record(path)
    except RecordError as error:
        check.found("modified" if (path / MARK).exists() else "missing", MARK, error.message)


def _check_strangers(check: EntriesCheck, path: Path) -> None:
    """Report what does not belong into a record. What was published into a folder of the record has a check of its own; a note says so."""
    sites = {folder.name for folder in path.iterdir() if not folder.is_symlink() and _is_published(folder)}
    check.notes.extend(
        f"{name}/: a published record, not checked here; see vestige verify {name}/" for name in sorted(sites)
    )
    for file in _walk(path):
        name = file.relative_to(path).as_posix()
        if name.partition("/")[0] in sites and "/" in name:
            continue
        known = name in _KNOWN or name.startswith(_ELSEWHERE) or file.name.startswith(TEMPORARY)
        ledger = name.startswith("ledger/") and _LEDGER_FILE.fullmatch(name.removeprefix("ledger/"))
        if not file.is_symlink() and is_foreign(name):
            check.notes.append(f"{name}: not a part of the record, and nothing that a reader would take for one")
        elif file.is_symlink() or not (known or ledger):
            check.found("unexpected", name, "not a part of a record")


def _is_published(folder: Path) -> bool:
    return folder.name not in {"ledger", "archive", "keys"} and all(
        (folder / name).is_file() for name in ("manifest", "ledger/checkpoint")
    )


def _walk(path: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(path):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in sorted(names + links))


def _check_rollback(check: EntriesCheck, path: Path, size: int) -> None:
    """Report a checkpoint that went back: the index follows the ledger, so it never sees more entries than there are."""
    seen = entries_seen(path)
    if seen is not None and seen > size:
        check.found(
            "modified",
            "ledger/checkpoint",
            f"rolled back: the index has seen {seen} entries, the checkpoint speaks of {size}",
        )
