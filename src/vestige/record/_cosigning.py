"""Cosignatures of a record's checkpoint: added to its note, and the note kept when the ledger grows past it.

A witness signs one checkpoint, so the next append takes its signature off the newest; the last note that was cosigned stays as `ledger/cosigned`.
"""

from collections.abc import Iterable
from pathlib import Path

from vestige.durable import replace_file
from vestige.ledger import COSIGNED_BYTES, MOST_SIGNATURES, NoteError, note_text, signature_line, split_note
from vestige.record._errors import RecordError
from vestige.record._lock import writer_lock

COSIGNED = "cosigned"
"""The file of a ledger that holds the last checkpoint that a witness has cosigned, once a later one took its place."""


def is_cosigned(note: bytes) -> bool:
    """Whether a note has lines of the form of a cosignature; whose they are is not asked."""
    try:
        return any(len(signature) == COSIGNED_BYTES for _, signature in split_note(note)[1])
    except NoteError:
        return False


def kept_note(ledger: Path) -> dict[Path, bytes]:
    """Give what to write before the checkpoint is replaced: the note that was cosigned, if it was."""
    path = ledger / "checkpoint"
    note = path.read_bytes() if path.is_file() else b""
    return {ledger / COSIGNED: note} if is_cosigned(note) else {}


def add_cosignatures(path: Path, note: bytes, lines: Iterable[tuple[str, bytes]]) -> bytes:
    """Add cosignatures (name, key id ‖ time ‖ signature) to the checkpoint ``note`` of a record, those of the same key replaced, and give the note.

    Where entries were appended meanwhile, the note is kept beside the newer checkpoint. Raises RecordError when it would have too many lines.
    """
    added = list(lines)
    keys = {(name, signature[:4]) for name, signature in added}
    with writer_lock(path / "lock"):
        current = path / "ledger" / "checkpoint"
        newest = current.read_bytes()
        same = note_text(newest) == note_text(note)
        _, before = split_note(newest if same else note)
        kept = [(name, signature) for name, signature in before if (name, signature[:4]) not in keys]
        if len(kept) + len(added) > MOST_SIGNATURES:
            raise RecordError(f"expected at most {MOST_SIGNATURES} signature lines of a checkpoint", where=str(current))
        whole = note_text(note) + b"\n" + b"".join(signature_line(*line) for line in (*kept, *added))
        replace_file(current if same else path / "ledger" / COSIGNED, whole)
    return whole
