"""Check a published record, in a folder or on the web: ledger, bodies, and every file against the signed manifest.

The check of the ledger is the very one of a record on disk (`vestige.record.EntriesCheck`); it reads tiles and bodies where the site has
them. What it and the manifest say of the same file is told once.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from vestige.entries import Envelope
from vestige.errors import InputError
from vestige.ledger import NoteError, ProofError, TileError, note_text, open_note
from vestige.publishing._errors import NotASiteError
from vestige.publishing.checking._builds import about_scripts
from vestige.publishing.checking._manifest import CHECKPOINT, NAME, Manifest, parse_manifest, sha256
from vestige.publishing.checking._sources import FolderSite, SiteSource, WebSite, open_site
from vestige.publishing.views._paths import body_path
from vestige.record import Discrepancy, EntriesCheck, Report, verify_since


def verify_site(
    place: str | Path, *, since: bytes | None = None, progress: Callable[[int], None] | None = None
) -> Report:
    """Check everything in a published record and report what was found.

    ``place`` is a folder or an address. ``since`` is an earlier checkpoint that must be the beginning of today's ledger. ``progress`` is told
    how many entries were checked. Raises NotASiteError when there is no published record at all, EnvironmentFault when it cannot be read.
    """
    site = open_site(place)
    tiles = _Tiles(site)
    note = tiles.read("checkpoint")
    manifest_note = site.read(NAME)
    if note is None and manifest_note is None:
        raise NotASiteError("expected a published record, got no ledger/checkpoint and no manifest", where=str(place))
    check = EntriesCheck(tiles, note, _Bodies(site), progress)
    files = _check_manifest(check, site, manifest_note)
    if since is not None and note is not None:
        check_since(check, tiles, note, since)
    return _told_once(check.report(files))


def check_since(check: EntriesCheck, source: "_Tiles", note: bytes, since: bytes) -> None:
    """Report when an earlier checkpoint is not the beginning of today's ledger."""
    try:
        earlier = verify_since(source, note, since)
    except (NoteError, ProofError, TileError) as error:
        check.found(
            "modified", "ledger/checkpoint", f"history was not kept since the earlier checkpoint: {error.message}"
        )
        return
    check.notes.append(f"the earlier checkpoint of {earlier.size} entries is the beginning of today's ledger")


class _Tiles:
    """The ledger of a site as a source of tiles."""

    def __init__(self, site: FolderSite | WebSite) -> None:
        self._site = site

    def read(self, path: str) -> bytes | None:
        return self._site.read(f"ledger/{path}")


class _Bodies:
    """The published bodies of a site."""

    def __init__(self, site: SiteSource) -> None:
        self._site = site

    def name(self, index: int, envelope: Envelope) -> str:  # noqa: ARG002 - the commitment says where
        return body_path(envelope.body)

    def withholds(self) -> bool:
        return True

    def line(self, index: int, envelope: Envelope) -> tuple[str, bytes | None]:  # noqa: ARG002 - the commitment says where
        path = body_path(envelope.body)
        return path, self._site.read(path)


def _check_manifest(check: EntriesCheck, site: SiteSource, note: bytes | None) -> int:
    """Check the manifest's signature and every file that it lists; give how many files were looked at."""
    if note is None:
        check.found("missing", NAME, "there is no manifest")
        return 0
    try:
        manifest = parse_manifest(note)
    except (NoteError, InputError) as error:
        check.found("modified", NAME, str(error))
        return 0
    try:
        open_note(note, check.verifiers)
    except NoteError as error:
        check.found("unsigned", NAME, error.message)
    _check_origin(check, manifest)
    for path, expected in manifest.files.items():
        got = _hash_of(site, path)
        if got is None:
            check.found("missing", path, "the manifest lists it and it is not there", expected=expected)
        elif got != expected:
            check.found("modified", path, "not the bytes that were published", expected=expected, got=got)
    for path, what in site.strangers({*manifest.files, NAME}):
        check.found("unexpected", path, what)
    _check_preserved(check, manifest)
    check.notes.append(about_scripts(manifest.files))
    return len(manifest.files)


def _hash_of(site: SiteSource, path: str) -> str | None:
    """Give the SHA-256 by which a manifest lists a file: of a checkpoint the text alone, since witnesses sign after publication."""
    if path != CHECKPOINT:
        return site.hash(path)
    note = site.read(path)
    return None if note is None else sha256(note_text(note))


def _check_origin(check: EntriesCheck, manifest: Manifest) -> None:
    if check.checkpoint is not None and manifest.origin != check.checkpoint.origin:
        check.found("modified", NAME, f"expected the origin {check.checkpoint.origin}, got {manifest.origin}")
    if not manifest.files:
        check.found("missing", NAME, "the manifest lists no file: there is nothing that could be unchanged")


def _check_preserved(check: EntriesCheck, manifest: Manifest) -> None:
    """Check that each preserved file is listed under the hash that its entry gives."""
    for path, listed in manifest.files.items():
        if path.startswith("file/") and path.rpartition("/")[2] != listed:
            check.found(
                "modified", path, "not the preserved file of that name", expected=path.rpartition("/")[2], got=listed
            )


def _told_once(report: Report) -> Report:
    """Keep one discrepancy a file and kind: that of the ledger, which names the entry, before that of the manifest."""
    kept: dict[tuple[str, str, int | None], Discrepancy] = {}
    for found in report.discrepancies:
        file = f"ledger/{found.file}" if found.file.startswith("tile/") else found.file
        key = (found.kind, file, found.index)
        if found.index is None and any(other[:2] == key[:2] for other in kept):
            continue
        kept.setdefault(key, msgspec.structs.replace(found, file=file))
    return msgspec.structs.replace(report, discrepancies=tuple(kept.values()))


def is_site(place: str | Path) -> bool:
    """Whether a place looks like a published record rather than a record on disk."""
    if isinstance(place, str) and "://" in place:
        return True
    root = Path(place)
    return not ((root / "vestige.json").is_file() or (root / "archive").is_dir()) and (
        (root / NAME).is_file() or (root / "ledger" / "checkpoint").is_file()
    )
