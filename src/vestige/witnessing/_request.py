"""The request by which a log asks a witness for a cosignature (C2SP tlog-witness, add-checkpoint)."""

import base64
import re

import msgspec

from vestige.ledger import LARGEST_NOTE
from vestige.witnessing._errors import WitnessError

MOST_HASHES = 63
_HASH_LINE = 45
LARGEST_REQUEST = LARGEST_NOTE + MOST_HASHES * _HASH_LINE + 32
"""Bytes of a request: a checkpoint, the proof, and the line that names the earlier size."""
_OLD = re.compile(rb"old (0|[1-9][0-9]{0,15})")


class Request(msgspec.Struct, frozen=True):
    """A checkpoint as a signed note, the size ``old`` that the witness is thought to have seen, and the proof (32 bytes a hash) from there."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    def encode(self) -> bytes:
        """Give the body of the request."""
        hashes = b"".join(base64.b64encode(node) + b"\n" for node in self.proof)
        return b"old %d\n%s\n%s" % (self.old, hashes, self.note)


def parse_request(body: bytes) -> Request:
    """Read the body of a request; raises WitnessError when it is malformed. The note is not looked into."""
    head, blank, note = body.partition(b"\n\n")
    first, *hashes = head.split(b"\n")
    old = _OLD.fullmatch(first)
    if not blank or old is None or len(hashes) > MOST_HASHES:
        raise WitnessError(f"expected 'old SIZE', at most {MOST_HASHES} hashes, an empty line and a checkpoint")
    return Request(int(old[1]), tuple(_hash(line) for line in hashes), note)


def _hash(line: bytes) -> bytes:
    try:
        node = base64.b64decode(line, validate=True)
    except ValueError:
        node = b""
    if len(node) != 32 or base64.b64encode(node) != line:
        raise WitnessError(f"expected a hash of 32 bytes in base64, got {line[:60]!r}")
    return node
