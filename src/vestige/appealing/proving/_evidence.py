"""Evidence: entries with what proves them, apart from the record that they come from.

Of each entry: its envelope, its body with the salt, and the Merkle path to a signed checkpoint (RFC 9162, section 2.1.3). The policies are
always among them, since they say whose signatures count. The same goes into a PDF, in one JSON, and into a bundle, as one receipt an entry.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from vestige.appealing._composed import Composed
from vestige.errors import NOT_JSON, InputError
from vestige.ledger import Tiles, parse_checkpoint
from vestige.record import Proved, RecordReader, prove_entry

EVIDENCE_NAME: Final = "evidence.json"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that are proved to one checkpoint, in ledger order. ``vkey`` is the key that signed it, as the record publishes it."""

    vestige_evidence: int = 1
    vkey: str
    checkpoint: str
    entries: tuple[Proved, ...]


def gather_evidence(composed: Composed, record: RecordReader, more: Iterable[str] = ()) -> Evidence:
    """Give the evidence of what an appeal cites, at the newest checkpoint. ``more`` are hashes of entries beside, such as the appeal's own.

    Raises InputError when the record does not hold a cited entry.
    """
    note = record.checkpoint_note
    tiles = Tiles(record.source, parse_checkpoint(note).size)
    found = {entry.index: entry for entry in record.index.entries("policy")}
    for name in (*composed.entries, *more):
        entry = record.index.entry(name)
        if entry is None or entry.index >= tiles.size:
            raise InputError("expected a cited entry that the record holds, got none", where=name)
        found[entry.index] = entry
    entries = tuple(prove_entry(found[index], tiles) for index in sorted(found))
    return Evidence(vkey=composed.record.vkey, checkpoint=note.decode(), entries=entries)


def write_evidence(evidence: Evidence) -> bytes:
    """Give evidence as one JSON."""
    return msgspec.json.encode(evidence)


def read_evidence(data: bytes, where: str) -> Evidence:
    """Read what `write_evidence` wrote; raises InputError when it is something else."""
    try:
        return msgspec.json.decode(data, type=Evidence)
    except NOT_JSON as error:
        raise InputError(f"expected evidence of an appeal: {error}", where=where) from error
