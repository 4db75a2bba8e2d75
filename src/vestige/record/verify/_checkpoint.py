"""The checkpoint: whether the tiles lead to its root, who signed it, and who cosigned it.

What can be asked in a few requests is asked before the walk over all entries: the right edge of the tree, and a signature of a key that the reader
pins or that the first policy lists. A ledger that has neither is walked only as far as its files go.
"""

import contextlib
from collections.abc import Sequence

from vestige.entries import Policy
from vestige.ledger import (
    COSIGNATURE,
    Checkpoint,
    LedgerError,
    NoteError,
    Tiles,
    TileSource,
    Verifier,
    range_root,
    signers,
    split_note,
)
from vestige.record.rules._policy import PolicyInForce, lacking, log_verifiers, witness_verifiers
from vestige.record.verify._discrepancies import DiscrepancyLog
from vestige.record.verify._report import Signer

FILE = "ledger/checkpoint"


class CheckpointCheck:
    """What a signed note of a checkpoint is worth; ``given_up`` when the walk ended since nothing vouches for its size."""

    def __init__(self, source: TileSource, note: bytes, checkpoint: Checkpoint, pinned: Sequence[Verifier]) -> None:
        self.checkpoint = checkpoint
        self.text, self._signatures = split_note(note)
        self._pinned = [verifier for verifier in pinned if verifier.algorithm != COSIGNATURE]
        self._witnesses = [verifier for verifier in pinned if verifier.algorithm == COSIGNATURE]
        self.leads = self._leads_to_root(source)
        self.given_up = False
        self.keys: list[Signer] = []
        self.cosigners: list[Signer] = []

    def _leads_to_root(self, source: TileSource) -> bool:
        with contextlib.suppress(LedgerError, RecursionError):
            return range_root(Tiles(source, self.checkpoint.size).node, 0, self.checkpoint.size) == self.checkpoint.root
        return False

    def trusted(self, first: Policy | None) -> bool:
        """Whether a pinned key, or one of the first policy, has signed it: then its size is to be believed."""
        keys = [*self._pinned, *(log_verifiers(first) if first else [])]
        with contextlib.suppress(NoteError):
            return bool(signers(self.text, self._signatures, keys))
        return False

    def finish(self, log: DiscrepancyLog, rules: PolicyInForce) -> None:
        """Report what is wrong with its signatures under the policy in force at its size."""
        if self.given_up or not (self.leads or any(found.file != FILE for found in log.discrepancies)):
            log.found("modified", FILE, "the tiles do not lead to its root")
        self._check_log(log, rules)
        if rules.policy is not None:
            if self.checkpoint.origin != rules.origin:
                log.found("modified", FILE, f"expected the origin {rules.origin}, got {self.checkpoint.origin}")
            self._check_witnesses(log, rules.policy)

    def _check_log(self, log: DiscrepancyLog, rules: PolicyInForce) -> None:
        for keys, whose in ((rules.verifiers, "the record"), (self._pinned, "the reader")):
            if keys or whose == "the record":
                self._require_one(log, keys, whose)

    def _require_one(self, log: DiscrepancyLog, keys: Sequence[Verifier], whose: str) -> None:
        try:
            found = signers(self.text, self._signatures, keys)
        except NoteError as error:
            log.found("unsigned", FILE, error.message)
            return
        if not found:
            log.found("unsigned", FILE, f"expected a signature of a log key that {whose} trusts, got none")
        self.keys = [Signer(str(key)) for key, _ in found] or self.keys

    def _check_witnesses(self, log: DiscrepancyLog, policy: Policy) -> None:
        known = {str(verifier): verifier for verifier in (*witness_verifiers(policy), *self._witnesses)}
        for verifier in known.values():
            try:
                seen = signers(self.text, self._signatures, [verifier])
            except NoteError as error:
                log.found("unsigned", FILE, error.message)
                continue
            self.cosigners.extend(Signer(str(key), seconds) for key, seconds in seen)
        log.cosigned = lacking(policy, (signer.vkey for signer in self.cosigners))
