"""Append-only signed log: tiles, checkpoints, proofs, verification. Knows bytes, not kinds.

RFC 6962 hashing; the C2SP layouts tlog-tiles, tlog-checkpoint and signed-note, so that any existing client can read it.
"""

from vestige.ledger._checkpoint import LARGEST_NOTE, Checkpoint, parse_checkpoint, verify_checkpoint
from vestige.ledger._errors import LedgerError, NoteError, ProofError, TileError
from vestige.ledger._merkle import (
    EMPTY_ROOT,
    consistency_proof,
    full_root,
    inclusion_proof,
    inclusion_proofs,
    leaf_hash,
    node_hash,
    range_root,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)
from vestige.ledger._note import (
    COSIGNED_BYTES,
    MOST_SIGNATURES,
    cosign_text,
    note_signature,
    note_text,
    open_note,
    sign_note,
    signature_line,
    signers,
    split_note,
)
from vestige.ledger._tiles import FolderSource, Tiles, TileSource, join_bundle, tile_path
from vestige.ledger._verifier import COSIGNATURE, ED25519, Verifier, parse_vkey
from vestige.ledger._writer import Extension

__all__ = [
    "COSIGNATURE",
    "COSIGNED_BYTES",
    "ED25519",
    "EMPTY_ROOT",
    "LARGEST_NOTE",
    "MOST_SIGNATURES",
    "Checkpoint",
    "Extension",
    "FolderSource",
    "LedgerError",
    "NoteError",
    "ProofError",
    "TileError",
    "TileSource",
    "Tiles",
    "Verifier",
    "consistency_proof",
    "cosign_text",
    "full_root",
    "inclusion_proof",
    "inclusion_proofs",
    "join_bundle",
    "leaf_hash",
    "node_hash",
    "note_signature",
    "note_text",
    "open_note",
    "parse_checkpoint",
    "parse_vkey",
    "range_root",
    "sign_note",
    "signature_line",
    "signers",
    "split_note",
    "tile_path",
    "verify_checkpoint",
    "verify_consistency",
    "verify_inclusion",
    "verify_subtree_consistency",
    "verify_subtree_inclusion",
]
