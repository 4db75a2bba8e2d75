"""Whether history was kept since an earlier checkpoint, and what it is worth where it was not.

A file that no log key of the record has signed accuses nobody. Two checkpoints that log keys did sign and that contradict each other are proof of two
histories: both notes are then given as evidence.
"""

from collections.abc import Sequence

from vestige.ledger import (
    Checkpoint,
    NoteError,
    ProofError,
    Tiles,
    TileSource,
    Verifier,
    consistency_proof,
    open_note,
    parse_checkpoint,
    signers,
    split_note,
    verify_consistency,
)


class NotACheckpointError(NoteError):
    """A file is no checkpoint that a log key of this record has signed."""


class OtherKeyError(ProofError):
    """The history is not that of an earlier checkpoint, and no key has signed both: a record that lists a stranger's key can look so."""


class TwoHistoriesError(ProofError):
    """A log key of the record has signed two checkpoints that contradict each other; ``evidence`` holds both, with the proof that fails."""

    def __init__(self, message: str, evidence: str) -> None:
        super().__init__(message)
        self.evidence = evidence


def verify_since(source: TileSource, note: bytes, earlier: bytes, verifiers: Sequence[Verifier]) -> Checkpoint:
    """Check that an earlier checkpoint is the beginning of the one in ``note``, which was verified, and give the earlier one.

    ``verifiers`` are the log keys that the record has ever listed. Raises NotACheckpointError when none of them has signed the earlier one, ProofError when
    today's is shorter, TwoHistoriesError when one key signed both and they contradict each other, OtherKeyError when they do and none has, TileError when tiles are missing.
    """
    then, today = _earlier(earlier, verifiers), parse_checkpoint(note)
    if then.size > today.size:
        raise ProofError(f"expected at least the {then.size} entries of the earlier checkpoint, got {today.size}")
    if then.size == 0:
        return then
    tiles = Tiles(source, today.size)
    proof = consistency_proof(tiles.node, then.size, today.size)
    try:
        verify_consistency(then.size, today.size, proof, then.root, today.root)
    except ProofError as error:
        if not _of_one_key(note, earlier, verifiers):
            raise OtherKeyError("it does not continue the earlier checkpoint, and another key has signed it") from error
        raise TwoHistoriesError(error.message, _evidence(earlier, note, proof)) from error
    return then


def _earlier(earlier: bytes, verifiers: Sequence[Verifier]) -> Checkpoint:
    try:
        then = parse_checkpoint(earlier)
        open_note(earlier, verifiers)
    except NoteError as error:
        raise NotACheckpointError(
            f"not a checkpoint of this record: {error.message}", hint="it says nothing about the record"
        ) from error
    return then


def _of_one_key(note: bytes, earlier: bytes, verifiers: Sequence[Verifier]) -> bool:
    """Whether one of the keys has signed both notes: a list of keys alone, which anybody can write, binds nobody to a history."""
    both = [{str(key) for key, _ in signers(*split_note(one), verifiers)} for one in (note, earlier)]
    return bool(both[0] & both[1])


def _evidence(earlier: bytes, note: bytes, proof: Sequence[bytes]) -> str:
    hashes = "".join(f"{node.hex()}\n" for node in proof)
    return (
        "Two checkpoints of one log that its log key has signed, and of which the first is not the beginning of the second.\n"
        "Anybody can check it: both signatures fit, and this proof (RFC 9162, 2.1.4), made of the tiles that lead to the\n"
        "second root, does not lead to the first.\n\n"
        f"--- the earlier checkpoint\n{earlier.decode()}\n--- the later checkpoint\n{note.decode()}\n--- the proof\n{hashes}"
    )
