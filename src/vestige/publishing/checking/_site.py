"""Check a published record, in a folder or on the web: ledger, bodies, and every file against the signed manifest.

The check of the ledger is the very one of a record on disk (`vestige.record.EntriesCheck`); it reads tiles and bodies where the site has
them. What it and the manifest say of the same file is told once.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from vestige.entries import Envelope
from vestige.errors import InputError
from vestige.ledger import NoteError, Verifier, note_text, open_note
from vestige.publishing._errors import NotASiteError
from vestige.publishing.checking._builds import about_scripts
from vestige.publishing.checking._manifest import CHECKPOINT, NAME, Manifest, parse_manifest, sha256
from vestige.publishing.checking._sources import FolderSite, SiteSource, WebSite, open_site
from vestige.publishing.views._paths import body_path
from vestige.record import ONLY_LINE_ENDS, Discrepancy, EntriesCheck, Report, is_left_by_systems, with_line_feeds


def verify_site(
    place: str | Path,
    *,
    since: Sequence[bytes] = (),
    known: bytes | None = None,
    progress: Callable[[int], None] | None = None,
    pinned: Sequence[Verifier] = (),
) -> Report:
    """Check everything in a published record and report what was found.

    ``place`` is a folder or an address. ``since`` are earlier checkpoints that must be the beginning of today's ledger, ``known`` the checkpoint of a check before, ``pinned`` keys that the reader trusts. ``progress`` is told
    how many entries were checked. Raises NotASiteError when there is no published record at all, EnvironmentFault when it cannot be read.
    """
    site = open_site(place)
    tiles = _Tiles(site)
    note = tiles.read("checkpoint")
    manifest_note = site.read(NAME)
    if note is None and manifest_note is None:
        raise NotASiteError("expected a published record, got no ledger/checkpoint and no manifest", where=str(place))
    bodies = _Bodies(site)
    check = EntriesCheck(tiles, note, bodies, progress, pinned)
    files = _check_manifest(check, site, manifest_note, bodies.asked)
    for earlier in since:
        check.since(earlier)
    if known is not None:
        check.known(known)
    return _told_once(check.report(files))


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
        self.asked: set[str] = set()

    def name(self, index: int, envelope: Envelope) -> str:  # noqa: ARG002 - the commitment says where
        return body_path(envelope.body)

    def withholds(self) -> bool:
        return True

    def line(self, index: int, envelope: Envelope) -> tuple[str, bytes | None]:  # noqa: ARG002 - the commitment says where
        path = body_path(envelope.body)
        self.asked.add(path)
        return path, self._site.read(path)


def _check_manifest(check: EntriesCheck, site: SiteSource, note: bytes | None, bodies: set[str]) -> int:
    """Check the manifest's signature and every file that it lists; give how many files were looked at.

    ``bodies`` are the paths of the bodies that the entries commit to.
    """
    if note is None:
        check.found("missing", NAME, "there is no manifest")
        return 0
    note = with_line_feeds(check, NAME, note) or note
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
    _check_listed(check, site, manifest)
    _check_strangers(check, site, manifest)
    _check_preserved(check, manifest)
    _check_bodies(check, manifest, bodies)
    check.notes.append(about_scripts(manifest.files))
    return len(manifest.files)


def _check_listed(check: EntriesCheck, site: SiteSource, manifest: Manifest) -> None:
    """Compare every file that the manifest lists with what is there."""
    for path, expected in manifest.files.items():
        got = _hash_of(site, path)
        if got is None:
            check.found("missing", path, "the manifest lists it and it is not there", expected=expected)
        elif got != expected:
            ends = _line_ends(site, path, expected)
            why = ONLY_LINE_ENDS if ends else "not the bytes that were published"
            check.found("modified", path, why, expected=expected, got=got)
    for value, entry in sorted(check.bodies.mentioned.items()):
        if not any(path.startswith("file/") and path.endswith(value) for path in manifest.files):
            check.notes.append(
                f"entry {entry}, of a kind that this version does not know, names {value}, which is not published"
            )


def _check_strangers(check: EntriesCheck, site: SiteSource, manifest: Manifest) -> None:
    """Report what lies there and is not listed; what systems and hosts leave is a note."""
    for path, what in site.strangers({*manifest.files, NAME}):
        if is_left_by_systems(path.removesuffix("/")) and "symbolic" not in what:
            check.notes.append(f"{path}: {what}, and nothing that a reader would take for part of the record")
        else:
            check.found("unexpected", path, what)


def _hash_of(site: SiteSource, path: str) -> str | None:
    """Give the SHA-256 by which a manifest lists a file: of a checkpoint the text alone, since witnesses sign after publication."""
    if path != CHECKPOINT:
        return site.hash(path)
    note = site.read(path)
    return None if note is None else sha256(note_text(note))


def _line_ends(site: SiteSource, path: str, expected: str) -> bool:
    """Whether a file differs by its line ends alone, as where git or a transfer in text mode turned them."""
    data = site.read(path) or b""
    plain = data.replace(b"\r\n", b"\n")
    return expected in {sha256(plain), sha256(plain.replace(b"\n", b"\r\n"))} | (
        {sha256(note_text(plain))} if path == CHECKPOINT else set()
    )


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


def _check_bodies(check: EntriesCheck, manifest: Manifest, bodies: set[str]) -> None:
    """Report bodies that are listed and that no entry commits to; nothing where an entry could not be read."""
    if check.checkpoint is None or check.readable < check.checkpoint.size:
        return
    for path in manifest.files:
        if path.startswith("body/") and path not in bodies:
            check.found("unexpected", path, "a body that no entry commits to")


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
    return not ((root / "vestige.json").is_file() or (root / "archive").is_dir()) and _holds_site(root)


def _holds_site(root: Path) -> bool:
    return (root / NAME).is_file() or (root / CHECKPOINT).is_file()


def find_root(place: str) -> str:
    """Give the root of the published record in which a page or a folder lies, or the place itself where it lies in none.

    An address of a page, as a browser shows it, leads to the root of the site; so does a folder within a published one.
    """
    if "://" in place:
        return _root_of_address(place)
    path = Path(place)
    if (path / "vestige.json").is_file() or _holds_site(path) or not path.exists():
        return place
    above = [folder for folder in (path, *path.absolute().parents) if folder.is_dir()]
    return next(
        (str(folder) for folder in above if (folder / NAME).is_file() and (folder / CHECKPOINT).is_file()), place
    )


def _root_of_address(address: str) -> str:
    """Go up from an address until a checkpoint is there; at most eight folders are asked."""
    plain = address.partition("#")[0].partition("?")[0]
    scheme, _, rest = plain.partition("://")
    host, *folders = rest.split("/")
    if folders and "." in folders[-1]:
        folders = folders[:-1]
    folders = [folder for folder in folders if folder]
    for kept in range(len(folders), max(-1, len(folders) - 8), -1):
        root = f"{scheme}://{'/'.join([host, *folders[:kept]])}/"
        if WebSite(root).read(CHECKPOINT) is not None:
            return root
    return address
