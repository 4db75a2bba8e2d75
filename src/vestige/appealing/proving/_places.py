"""The appeals of a record, wherever it lies: on disk, published in a folder, or on the web."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from vestige.archive import ArchiveError, parse_line
from vestige.entries import Appeal, Envelope, decode_body, parse_envelope
from vestige.errors import InputError
from vestige.ledger import Tiles, leaf_hash, parse_checkpoint
from vestige.publishing import is_site
from vestige.publishing.checking._sources import open_site
from vestige.publishing.views._paths import body_path
from vestige.record import RecordReader


class AppealPlace(msgspec.Struct, frozen=True):
    """An appeal and the entry that carries it."""

    entry: str
    index: int
    about: str
    made: str
    body: Appeal


def appeals_at(place: str) -> Iterator[AppealPlace]:
    """Give every appeal of a record that can be read there; raises InputError where there is no record."""
    return _published(place) if is_site(place) else _on_disk(Path(place))


def _on_disk(path: Path) -> Iterator[AppealPlace]:
    with RecordReader(path, withheld=True) as record:
        for entry in record.index.entries("appeal"):
            if isinstance(entry.body, Appeal):
                yield AppealPlace(entry.hash, entry.index, entry.about, entry.envelope.made, entry.body)


class _Ledger:
    def __init__(self, place: str) -> None:
        self._site = open_site(place)

    def read(self, path: str) -> bytes | None:
        return self._site.read(f"ledger/{path}")

    def body(self, envelope: Envelope) -> Appeal | None:
        line = self._site.read(body_path(envelope.body))
        if line is None:
            return None
        try:
            salted = parse_line(line, envelope.body)
            body = decode_body("appeal", salted.body) if salted.commitment == envelope.body else None
        except (ArchiveError, InputError):
            return None
        return body if isinstance(body, Appeal) else None


def _published(place: str) -> Iterator[AppealPlace]:
    ledger = _Ledger(place)
    note = ledger.read("checkpoint")
    if note is None:
        raise InputError("expected a published record, got no ledger/checkpoint", where=place)
    for index, leaf in enumerate(Tiles(ledger, parse_checkpoint(note).size).leaves()):
        if b'"kind":"appeal"' not in leaf:
            continue
        try:
            envelope = parse_envelope(leaf)
        except InputError:
            continue
        body = ledger.body(envelope)
        if body is not None:
            yield AppealPlace(leaf_hash(leaf).hex(), index, envelope.about, envelope.made, body)
