"""An entry with what proves it, apart from its record: envelope, salt and body, and the Merkle path to a checkpoint (RFC 9162, section 2.1.3).

Written as a C2SP tlog-proof, whose extra data is the JSON ``{entry, salt, body}``, it is a *receipt*: one file that anybody checks by the log key alone.
"""

import base64
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from vestige.entries import Envelope, canonical_json, parse_envelope
from vestige.errors import NOT_JSON, InputError, VestigeError
from vestige.ledger import Tiles, inclusion_proof
from vestige.record._entry import Entry

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
LARGEST: Final = 64_000_000
"""Bytes of a receipt that a reader takes."""
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")
_LONGEST_PROOF = 64
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


class _Extra(msgspec.Struct, frozen=True, omit_defaults=True):
    entry: msgspec.Raw
    salt: str | None = None
    body: msgspec.Raw = _NOTHING


def prove_entry(entry: Entry, tiles: Tiles) -> Proved:
    """Give an entry with its path to the root of a tree that holds it, and with its body where the reader has it."""
    path = inclusion_proof(tiles.node, entry.index, tiles.size)
    held = entry.body_json is not None and entry.salt is not None and entry.body is not None
    return Proved(
        index=entry.index,
        entry=msgspec.Raw(entry.leaf),
        proof=tuple(base64.b64encode(node).decode() for node in path),
        salt=entry.salt.hex() if held and entry.salt else None,
        body=msgspec.Raw(entry.body_json) if held and entry.body_json else _NOTHING,
    )


def write_receipt(proved: Proved, checkpoint: str) -> bytes:
    """Give one entry as a C2SP tlog-proof that carries envelope, salt and body."""
    extra = msgspec.json.encode(_Extra(proved.entry, proved.salt, proved.body))
    lines = (FIRST_LINE, f"extra {base64.b64encode(extra).decode()}", f"index {proved.index}", *proved.proof)
    return ("\n".join(lines) + f"\n\n{checkpoint}").encode()


def is_receipt(data: bytes) -> bool:
    """Whether bytes begin as a receipt does."""
    return data.startswith(FIRST_LINE.encode()) and data[len(FIRST_LINE) : len(FIRST_LINE) + 2][:1] in b"\r\n"


def read_receipt(data: bytes, where: str) -> tuple[Proved, str]:
    """Read a receipt: the entry and the checkpoint that it leads to; raises InputError when it is something else.

    Envelope and body are taken in any spelling of JSON and given in the canonical one, which alone is hashed.
    """
    if b"\r\n" in data:
        hint = "turn its line ends back, or get it again"
        raise InputError("expected lines that end in a line feed alone: changed on the way", where=where, hint=hint)
    try:
        head, _, checkpoint = data.decode().partition("\n\n")
        first, extra, index, *proof = head.split("\n")
        _require_lines(first, extra, index, proof)
        held = msgspec.json.decode(base64.b64decode(extra[6:], validate=True), type=_Extra)
        entry, body = _canonical(held.entry), _canonical(held.body)
    except (ValueError, VestigeError, *NOT_JSON) as error:
        raise InputError(f"expected a receipt: {error}", where=where) from error
    return Proved(index=int(index[6:]), entry=entry, proof=tuple(proof), salt=held.salt, body=body), checkpoint


def _canonical(raw: msgspec.Raw) -> msgspec.Raw:
    return msgspec.Raw(canonical_json(msgspec.json.decode(raw))) if bytes(raw) else raw


def _require_lines(first: str, extra: str, index: str, proof: Sequence[str]) -> None:
    if first != FIRST_LINE or not extra.startswith("extra ") or not _INDEX.fullmatch(index):
        raise ValueError("expected first line, extra data and index of a C2SP tlog-proof")
    if not all(base64.b64encode(base64.b64decode(line, validate=True)).decode() == line for line in proof):
        raise ValueError("expected hashes in canonical base64")
    if len(proof) > _LONGEST_PROOF:
        raise ValueError(f"expected a proof of at most {_LONGEST_PROOF} hashes, got {len(proof)}")
