"""Checking evidence without its record: checkpoint, Merkle paths, bodies, signatures."""

import base64
from collections.abc import Iterator, Mapping

import msgspec

from vestige.appealing.proving._evidence import Evidence
from vestige.entries import (
    Envelope,
    Policy,
    commitment,
    decode_body,
)
from vestige.errors import InputError
from vestige.ledger import (
    Checkpoint,
    NoteError,
    ProofError,
    leaf_hash,
    open_note,
    parse_checkpoint,
    verify_inclusion,
)
from vestige.record import Discrepancy, Proved, judge_alone, log_verifiers


class Checked(msgspec.Struct, frozen=True):
    """What a check of evidence found, and the entries by hash whose proof holds."""

    checkpoint: Checkpoint | None
    discrepancies: tuple[Discrepancy, ...]
    proved: Mapping[str, Proved]
    signatures: int
    bodies: int


class EvidenceCheck:
    """One check. ``places`` gives the file of each entry, by its index; ``key`` is the key that the checker holds, as vkey."""

    def __init__(self, evidence: Evidence, places: Mapping[int, str], key: str | None = None) -> None:
        self._evidence, self._places, self._key = evidence, places, key or evidence.vkey
        self._found: list[Discrepancy] = []
        self._proved: dict[str, Proved] = {}
        self._signatures = self._bodies = 0

    def run(self) -> Checked:
        """Check all and give what was found."""
        policies = dict(self._policies())
        checkpoint = self._checkpoint(policies)
        for one in self._evidence.entries:
            self._entry(one, checkpoint, policies)
        return Checked(checkpoint, tuple(self._found), self._proved, self._signatures, self._bodies)

    def _policies(self) -> Iterator[tuple[int, Policy]]:
        for one in self._evidence.entries:
            envelope = self._envelope(one, told=False)
            if envelope and envelope.kind == "policy" and one.body_json:
                try:
                    body = decode_body("policy", one.body_json)
                except InputError:
                    continue
                if isinstance(body, Policy):
                    yield one.index, body

    def _checkpoint(self, policies: Mapping[int, Policy]) -> Checkpoint | None:
        note = self._evidence.checkpoint.encode()
        try:
            checkpoint = parse_checkpoint(note)
            listed = log_verifiers(policies[max(policies)]) if policies else []
            known = [verifier for verifier in listed if str(verifier) == self._key]
            if policies and not known:
                self._add("unsigned", "checkpoint", f"the key {self._key} is no log key of the policy in force")
            if known:
                open_note(note, known)
        except (NoteError, InputError) as error:
            self._add("unsigned", "checkpoint", error.message)
            return None
        return checkpoint

    def _entry(self, one: Proved, checkpoint: Checkpoint | None, policies: Mapping[int, Policy]) -> None:
        envelope = self._envelope(one, told=True)
        if envelope is None:
            return
        name = leaf_hash(one.leaf).hex()
        self._body(one, envelope, name)
        self._signature(one, envelope, name, policies)
        if checkpoint and self._path(one, checkpoint, name):
            self._proved[name] = one

    def _envelope(self, one: Proved, *, told: bool) -> Envelope | None:
        try:
            return one.envelope
        except InputError as error:
            if told:
                self._add("modified", self._place(one), f"not an entry: {error.message}", index=one.index)
            return None

    def _path(self, one: Proved, checkpoint: Checkpoint, name: str) -> bool:
        try:
            path = [base64.b64decode(node, validate=True) for node in one.proof]
            verify_inclusion(leaf_hash(one.leaf), one.index, checkpoint.size, path, checkpoint.root)
        except (ProofError, ValueError):
            message = "the proof does not lead from this entry to the checkpoint"
            self._add("modified", self._place(one), message, entry=name, index=one.index)
            return False
        return True

    def _body(self, one: Proved, envelope: Envelope, name: str) -> None:
        if one.body_json is None or one.salt is None:
            return
        try:
            got = commitment(bytes.fromhex(one.salt), one.body_json)
        except ValueError:
            got = "no salt"
        if got != envelope.body:
            message = "not the body that was committed to"
            self._add("modified", self._place(one), message, entry=name, index=one.index)
        else:
            self._bodies += 1

    def _signature(self, one: Proved, envelope: Envelope, name: str, policies: Mapping[int, Policy]) -> None:
        before = [index for index in policies if index < one.index or index == one.index == 0]
        if not before:
            message = "the policy that says who may sign is not there"
            self._add("missing", "policy", message, index=one.index, entry=name)
            return
        void = judge_alone(envelope, policies[max(before)])
        if void is None:
            self._signatures += 1
        else:
            self._add(void.finding, self._place(one), void.message, entry=name, index=one.index)

    def _place(self, one: Proved) -> str:
        return self._places.get(one.index, f"entry {one.index}")

    def _add(self, kind: str, file: str, message: str, *, entry: str | None = None, index: int | None = None) -> None:
        if kind == "missing" and any(found.kind == kind and found.file == file for found in self._found):
            return
        self._found.append(Discrepancy(kind, file, message, entry, index))
