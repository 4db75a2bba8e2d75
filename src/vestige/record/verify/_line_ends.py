"""Line ends that git or a transfer in text mode turned: said to be what they are, so that the rest can be checked all the same."""

from typing import Final

from vestige.ledger import NoteError, split_note
from vestige.record.verify._discrepancies import DiscrepancyLog

ONLY_LINE_ENDS: Final = "only its line ends differ from what was published"


def with_line_feeds(log: DiscrepancyLog, file: str, note: bytes | None) -> bytes | None:
    """Give a signed note as it was before its line ends were turned, and report that they were; or the note as it is."""
    if note is None or b"\r\n" not in note:
        return note
    plain = note.replace(b"\r\n", b"\n")
    try:
        split_note(plain)
    except NoteError:
        return note
    log.found("modified", file, ONLY_LINE_ENDS)
    return plain
