"""The last checkpoint that witnesses have cosigned, where entries were appended since: whether it is the beginning of today's ledger, and who saw it."""

import contextlib
from collections.abc import Sequence

from vestige.entries import Policy
from vestige.ledger import (
    COSIGNATURE,
    LedgerError,
    NoteError,
    TileSource,
    Verifier,
    parse_checkpoint,
    signers,
    split_note,
)
from vestige.record._cosigning import COSIGNED
from vestige.record._reader import RecordReader
from vestige.record.rules._policy import PolicyInForce, lacking, witness_verifiers
from vestige.record.verify._discrepancies import DiscrepancyLog
from vestige.record.verify._report import Signer
from vestige.record.verify._since import TwoHistoriesError, verify_since

FILE = f"ledger/{COSIGNED}"


def check_cosigned(
    log: DiscrepancyLog, source: TileSource, note: bytes, rules: PolicyInForce, pinned: Sequence[Verifier]
) -> list[Signer]:
    """Report what is wrong with it, and give the witnesses with the time and the size that each saw.

    It is asked for whoever witnesses: the log key has signed it, and must not have signed another history.
    """
    witnesses = [*(witness_verifiers(rules.policy) if rules.policy else []), *pinned]
    witnesses = [verifier for verifier in witnesses if verifier.algorithm == COSIGNATURE]
    kept = source.read(COSIGNED)
    if kept is None:
        return []
    try:
        then = verify_since(source, note, kept, rules.ever)
    except TwoHistoriesError as error:
        log.contradiction = error.evidence
        log.found("modified", FILE, f"two histories: the log key has signed both, and they contradict: {error.message}")
        return []
    except LedgerError as error:
        log.found("modified", FILE, error.message)
        return []
    text, signatures = split_note(kept)
    try:
        return [Signer(str(key), seconds, then.size) for key, seconds in signers(text, signatures, witnesses)]
    except NoteError as error:
        log.found("unsigned", FILE, error.message)
        return []


def seen_by(policy: Policy, note: bytes, kept: bytes | None) -> list[Signer]:
    """Give the witnesses of a policy that have cosigned a checkpoint, and those of the last cosigned one before it, with the size that they saw."""
    found: list[Signer] = []
    for one, earlier in ((note, False), (kept, True)):
        if one is None:
            continue
        with contextlib.suppress(NoteError):
            size = parse_checkpoint(one).size if earlier else None
            text, signatures = split_note(one)
            for witness in witness_verifiers(policy):
                with contextlib.suppress(NoteError):
                    found.extend(Signer(str(key), time, size) for key, time in signers(text, signatures, [witness]))
    return found


def cosigned_of(record: RecordReader) -> tuple[list[Signer], str | None]:
    """Give who has cosigned the newest checkpoint of a record on disk, and what the quorum of its policy lacks."""
    policy = record.policy
    found = seen_by(policy, (record.path / "ledger" / "checkpoint").read_bytes(), None)
    return found, lacking(policy, (signer.vkey for signer in found))
