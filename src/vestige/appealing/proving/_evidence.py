"""Evidence: entries with what proves them, apart from the record that they come from.

Of each entry: its envelope, its body with the salt, and the Merkle path to a signed checkpoint (RFC 9162, section 2.1.3). The policies are
always among them, since they say whose signatures count. The same goes into a PDF, in one JSON, and into a bundle, as one C2SP tlog-proof an
entry, with envelope, salt and body as its extra data.
"""

import base64
from collections.abc import Iterable
from typing import Final

import msgspec

from vestige.appealing._composed import Composed
from vestige.entries import Envelope, parse_envelope
from vestige.errors import NOT_JSON, InputError
from vestige.ledger import Tiles, inclusion_proof, parse_checkpoint
from vestige.record import Entry, RecordReader

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
EVIDENCE_NAME: Final = "evidence.json"
_NOTHING: Final = msgspec.Raw(b"")


class Proved(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry with its proof. ``entry`` and ``body`` are canonical JSON as it is; a withheld or withdrawn body is not there."""

    index: int
    entry: msgspec.Raw
    proof: tuple[str, ...]
    salt: str | None = None
    body: msgspec.Raw = _NOTHING

    @property
    def body_json(self) -> bytes | None:
        """The bytes of the body, or None where it is not there."""
        return bytes(self.body) or None

    @property
    def leaf(self) -> bytes:
        """The bytes of the ledger's leaf."""
        return bytes(self.entry)

    @property
    def envelope(self) -> Envelope:
        """The signed envelope; raises InvalidEnvelopeError when it is none."""
        return parse_envelope(self.leaf)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that are proved to one checkpoint, in ledger order. ``vkey`` is the key that signed it, as the record publishes it."""

    vestige_evidence: int = 1
    vkey: str
    checkpoint: str
    entries: tuple[Proved, ...]


class _Extra(msgspec.Struct, frozen=True, omit_defaults=True):
    entry: msgspec.Raw
    salt: str | None = None
    body: msgspec.Raw = _NOTHING


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
    entries = tuple(_proved(found[index], tiles) for index in sorted(found))
    return Evidence(vkey=composed.record.vkey, checkpoint=note.decode(), entries=entries)


def _proved(entry: Entry, tiles: Tiles) -> Proved:
    path = inclusion_proof(tiles.node, entry.index, tiles.size)
    held = entry.body_json is not None and entry.salt is not None and entry.body is not None
    return Proved(
        index=entry.index,
        entry=msgspec.Raw(entry.leaf),
        proof=tuple(base64.b64encode(node).decode() for node in path),
        salt=entry.salt.hex() if held and entry.salt else None,
        body=msgspec.Raw(entry.body_json) if held and entry.body_json else _NOTHING,
    )


def write_evidence(evidence: Evidence) -> bytes:
    """Give evidence as one JSON."""
    return msgspec.json.encode(evidence)


def read_evidence(data: bytes, where: str) -> Evidence:
    """Read what `write_evidence` wrote; raises InputError when it is something else."""
    try:
        return msgspec.json.decode(data, type=Evidence)
    except NOT_JSON as error:
        raise InputError(f"expected evidence of an appeal: {error}", where=where) from error


def write_receipt(proved: Proved, checkpoint: str) -> bytes:
    """Give one entry as a C2SP tlog-proof that carries envelope, salt and body."""
    extra = msgspec.json.encode(_Extra(proved.entry, proved.salt, proved.body))
    lines = (FIRST_LINE, f"extra {base64.b64encode(extra).decode()}", f"index {proved.index}", *proved.proof)
    return ("\n".join(lines) + f"\n\n{checkpoint}").encode()


def read_receipt(data: bytes, where: str) -> tuple[Proved, str]:
    """Read what `write_receipt` wrote: the entry and the checkpoint; raises InputError when it is something else."""
    try:
        head, _, checkpoint = data.decode().partition("\n\n")
        first, extra, index, *proof = head.split("\n")
        _require_lines(first, extra, index)
        held = msgspec.json.decode(base64.b64decode(extra[6:], validate=True), type=_Extra)
        number = int(index[6:])
    except (ValueError, *NOT_JSON) as error:
        raise InputError(f"expected a receipt: {error}", where=where) from error
    return Proved(index=number, entry=held.entry, proof=tuple(proof), salt=held.salt, body=held.body), checkpoint


def _require_lines(first: str, extra: str, index: str) -> None:
    if first != FIRST_LINE or not extra.startswith("extra ") or not index.startswith("index "):
        raise ValueError("expected first line, extra data and index of a C2SP tlog-proof")
