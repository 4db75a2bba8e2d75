"""Reading entries and files out of a published record, as a stranger does: by their commitments and hashes, trusting nothing else."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from vestige.archive import ArchiveError, parse_line
from vestige.entries import Body, Envelope, InvalidBodyError, InvalidEnvelopeError, decode_body, parse_envelope
from vestige.ledger import NoteError, TileError, Tiles, leaf_hash, parse_checkpoint
from vestige.publishing._errors import NotASiteError
from vestige.publishing.checking._sources import FolderSite, WebSite, open_site
from vestige.publishing.views._paths import body_path, file_path


class PublishedEntry(NamedTuple):
    """One entry whose body is published: its hash, what it is about and replaces, what it cites, the body, and its place in the ledger."""

    hash: str
    about: str
    replaces: str | None
    cites: tuple[str, ...]
    body: Body
    at: int


class PublishedRecord:
    """The entries and files of a published record in a folder or at an address.

    Raises NotASiteError where there is none. What does not fit its commitment is passed over here; `verify_site` names it.
    """

    def __init__(self, place: str | Path) -> None:
        self._site = open_site(place)
        note = self._site.read("ledger/checkpoint")
        if note is None:
            raise NotASiteError("expected a published record, got no ledger/checkpoint", where=str(place))
        try:
            self._size = parse_checkpoint(note).size
        except NoteError as error:
            raise NotASiteError(f"the checkpoint cannot be read: {error.message}", where=str(place)) from error

    def entries(self, kinds: Collection[str]) -> Iterator[PublishedEntry]:
        """Give the entries of some kinds whose bodies are there, in the order of the ledger, without those that were withdrawn."""
        envelopes = list(self.envelopes({*kinds, "withdrawal"}))
        gone = {name for _, _, envelope in envelopes if envelope.kind == "withdrawal" for name in envelope.cites}
        for index, name, envelope in envelopes:
            if envelope.kind not in kinds or name in gone:
                continue
            line = self._site.read(body_path(envelope.body))
            if line is None:
                continue
            try:
                salted = parse_line(line, name)
                body = decode_body(envelope.kind, salted.body)
            except (ArchiveError, InvalidBodyError):
                continue
            if salted.commitment == envelope.body:
                yield PublishedEntry(name, envelope.about, envelope.replaces, envelope.cites, body, index)

    def envelopes(self, kinds: Collection[str]) -> Iterator[tuple[int, str, Envelope]]:
        """Give place, hash and envelope of the entries of some kinds, be their bodies there or not, in the order of the ledger."""
        wanted = [f'"kind":"{kind}"'.encode() for kind in kinds]
        for index, leaf in enumerate(self._leaves()):
            if not any(kind in leaf for kind in wanted):
                continue
            try:
                yield index, leaf_hash(leaf).hex(), parse_envelope(leaf)
            except InvalidEnvelopeError:
                continue

    def file(self, name: str) -> bytes | None:
        """Give the bytes of a preserved file by its SHA-256, as they are there, or None."""
        return self._site.read(file_path(name))

    def _leaves(self) -> Iterator[bytes]:
        tiles = Tiles(_Ledger(self._site), self._size)
        for number in range(-(-self._size // 256)):
            try:
                yield from tiles.bundle(number)
            except TileError as error:
                raise NotASiteError(f"the ledger cannot be read: {error.message}") from error


class _Ledger:
    """The ledger of a site as a source of tiles."""

    def __init__(self, site: FolderSite | WebSite) -> None:
        self._site = site

    def read(self, path: str) -> bytes | None:
        return self._site.read(f"ledger/{path}")
