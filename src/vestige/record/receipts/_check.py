"""Checking a receipt offline, by keys that the reader has from elsewhere. The same findings as the checker in the browser gives.

It proves that the entry stands in the log at that place, and that the body is the one that was committed to. Whether a later entry replaced or
withdrew it, or whether it counts under the record's rules, only the record can tell.
"""

import base64
from collections.abc import Sequence

import msgspec

from vestige.entries import SALT_BYTES, Envelope, commitment
from vestige.errors import InputError
from vestige.ledger import (
    COSIGNATURE,
    Checkpoint,
    NoteError,
    ProofError,
    Verifier,
    leaf_hash,
    parse_checkpoint,
    signers,
    split_note,
    verify_inclusion,
)
from vestige.record.receipts._proved import Proved, read_receipt
from vestige.record.verify._report import Signer


class ReceiptReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a receipt says and what does not fit in it: ``proof``, ``body``, ``unsigned``, each with its words in ``findings``.

    ``keys`` and ``cosigners`` are those of the keys that the reader gave which have signed; ``pinned`` says whether a log key was given at all.
    """

    entry: str
    index: int
    kind: str
    about: str
    made: str
    origin: str
    size: int
    body: msgspec.Raw | None
    findings: dict[str, str]
    keys: tuple[Signer, ...] = ()
    cosigners: tuple[Signer, ...] = ()
    pinned: bool = False

    @property
    def holds(self) -> bool:
        """Whether a log key that the reader gave has signed, and everything in it fits."""
        return self.pinned and not self.findings


def check_receipt(data: bytes, where: str, pinned: Sequence[Verifier] = ()) -> ReceiptReport:
    """Check a receipt with the keys, of log and witnesses, that the reader trusts; raises InputError when it is no receipt at all."""
    proved, note = read_receipt(data, where)
    try:
        envelope, checkpoint = proved.envelope, parse_checkpoint(note.encode())
    except (InputError, NoteError) as error:
        raise InputError(f"expected a receipt: {error.message}", where=where) from error
    keys = [key for key in pinned if key.algorithm != COSIGNATURE]
    witnesses = [key for key in pinned if key.algorithm == COSIGNATURE]
    signed, unsigned = _signed(note, keys, "log")
    cosigned, missing = _signed(note, witnesses, "witness")
    findings = {
        "proof": _proof(proved, checkpoint),
        "body": _body(proved, envelope),
        "unsigned": " and ".join(filter(None, (unsigned, missing))),
    }
    return ReceiptReport(
        entry=leaf_hash(proved.leaf).hex(),
        index=proved.index,
        kind=envelope.kind,
        about=envelope.about,
        made=envelope.made,
        origin=checkpoint.origin,
        size=checkpoint.size,
        body=msgspec.Raw(proved.body_json) if proved.body_json else None,
        findings={name: words for name, words in findings.items() if words},
        keys=signed,
        cosigners=cosigned,
        pinned=bool(keys),
    )


def _proof(proved: Proved, checkpoint: Checkpoint) -> str:
    try:
        path = [base64.b64decode(node, validate=True) for node in proved.proof]
        verify_inclusion(leaf_hash(proved.leaf), proved.index, checkpoint.size, path, checkpoint.root)
    except (ProofError, ValueError):
        return "the proof does not lead from this entry to the checkpoint"
    return ""


def _body(proved: Proved, envelope: Envelope) -> str:
    if proved.body_json is None or proved.salt is None:
        return ""
    try:
        salt = bytes.fromhex(proved.salt) if len(proved.salt) == 2 * SALT_BYTES else base64.b64decode(proved.salt)
    except ValueError:
        salt = b""
    fits = commitment(salt, proved.body_json) == envelope.body
    return "" if fits else "the body is not the one that was committed to"


def _signed(note: str, keys: Sequence[Verifier], whose: str) -> tuple[tuple[Signer, ...], str]:
    """Give whose signatures of these keys the checkpoint carries, and what is wrong where there should be some."""
    if not keys:
        return (), ""
    try:
        found = signers(*split_note(note.encode()), keys)
    except NoteError as error:
        return (), error.message
    if not found:
        return (), f"expected a signature of the {whose} key that you gave, got none"
    return tuple(Signer(str(key), seconds) for key, seconds in found), ""
