"""Every envelope's signature under the policy in force at its place, and every body against its commitment.

Works on any source of tiles and bodies, a record on disk or a published site alike, in one pass with one bundle in memory.
"""

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vestige.archive import ArchiveError, parse_line
from vestige.entries import (
    Envelope,
    InvalidBodyError,
    InvalidEnvelopeError,
    Policy,
    decode_body,
    files_of,
    parse_envelope,
    verify_signature,
)
from vestige.ledger import (
    Checkpoint,
    NoteError,
    TileError,
    Tiles,
    TileSource,
    Verifier,
    parse_checkpoint,
    verify_checkpoint,
)
from vestige.record.verify._discrepancies import DiscrepancyLog
from vestige.record.verify._policy import PolicyInForce
from vestige.record.verify._report import Report
from vestige.record.verify._tree import TreeCheck

_WIDTH = 256
_WORKERS = max(1, min(8, os.cpu_count() or 1))
_pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="verify")


class BodySource(Protocol):
    """Where the bodies of a ledger come from."""

    def line(self, index: int, envelope: Envelope) -> tuple[str, bytes | None]:
        """Give the name of the file that should hold an entry's body, and the body's line, or None where it is not there."""

    def withholds(self) -> bool:
        """Whether withheld bodies are not to be found here, as on a published site."""


class EntriesCheck(DiscrepancyLog):
    """One pass over a ledger; ``report`` gives the result.

    ``files`` are the preserved files that known bodies refer to, each with the entry and whether a public one does; ``readable`` is how
    many envelopes were as they were signed.
    """

    def __init__(
        self, source: TileSource, note: bytes | None, bodies: BodySource, progress: Callable[[int], None] | None = None
    ) -> None:
        super().__init__()
        self._source = source
        self._bodies = bodies
        self._progress = progress
        self.files: dict[str, tuple[str, bool]] = {}
        self._rules = PolicyInForce()
        self.readable = 0
        self._counts = {"signatures": 0, "bodies": 0, "withheld": 0, "withdrawn": 0}
        self.checkpoint = self._read_checkpoint(note)
        if self.checkpoint is not None:
            self._withdrawn = self._find_withdrawn(self.checkpoint)
            self._run(self.checkpoint)
            self._check_note(note or b"", self.checkpoint)

    @property
    def policy(self) -> Policy | None:
        """The policy in force at the end of what was read."""
        return self._rules.policy

    @property
    def verifiers(self) -> list[Verifier]:
        """The keys that may sign checkpoints and manifests under it."""
        return self._rules.verifiers

    def report(self, files: int = 0) -> Report:
        """Put together what was found."""
        checkpoint = self.checkpoint or Checkpoint("", 0, b"")
        found, notes = tuple(self.discrepancies), tuple(self.notes)
        return Report(
            checkpoint.origin,
            checkpoint.size,
            checkpoint.root.hex(),
            **self._counts,
            files=files,
            discrepancies=found,
            notes=notes,
        )

    def _read_checkpoint(self, note: bytes | None) -> Checkpoint | None:
        if note is None:
            self.found("missing", "ledger/checkpoint", "there is no checkpoint")
            return None
        try:
            checkpoint = parse_checkpoint(note)
        except NoteError as error:
            self.found("modified", "ledger/checkpoint", error.message)
            return None
        if checkpoint.size == 0:
            self.found("missing", "ledger/checkpoint", "the ledger is empty: there is nothing that could be unchanged")
        return checkpoint

    def _check_note(self, note: bytes, checkpoint: Checkpoint) -> None:
        try:
            verify_checkpoint(note, self.verifiers)
        except NoteError as error:
            self.found("unsigned", "ledger/checkpoint", error.message)
        if self.policy is not None and checkpoint.origin != self.policy.origin:
            self.found(
                "modified", "ledger/checkpoint", f"expected the origin {self.policy.origin}, got {checkpoint.origin}"
            )

    def _find_withdrawn(self, checkpoint: Checkpoint) -> set[str]:
        """Find what was withdrawn before looking at bodies; a search of bytes tells which bundles need reading."""
        withdrawn: set[str] = set()
        tiles = Tiles(self._source, checkpoint.size)
        for number in range(-(-checkpoint.size // _WIDTH)):
            try:
                leaves = [leaf for leaf in tiles.bundle(number) if b'"kind":"withdrawal"' in leaf]
                withdrawn.update(itertools.chain.from_iterable(parse_envelope(leaf).cites for leaf in leaves))
            except (TileError, InvalidEnvelopeError):
                continue  # the pass below names the file
        return withdrawn

    def _run(self, checkpoint: Checkpoint) -> None:
        tree = TreeCheck(self._source, checkpoint, self.discrepancies.append)
        for number in range(-(-checkpoint.size // _WIDTH)):
            leaves = tree.check_bundle(number)
            self._check_signatures(list(self._with_keys(leaves, number)))
            if self._progress:
                self._progress(min(checkpoint.size, (number + 1) * _WIDTH))
        tree.finish()

    def _with_keys(
        self, leaves: Iterable[tuple[int, bytes, bytes]], number: int
    ) -> Iterator[tuple[int, str, Envelope, Ed25519PublicKey]]:
        """Read envelopes and bodies in order, keep the policy in force, and give each envelope with the key that must have signed it."""
        for index, name, leaf in leaves:
            try:
                envelope = parse_envelope(leaf)
            except InvalidEnvelopeError as error:
                self._unsigned(index, name.hex(), number, error.message)
                continue
            self.readable += 1
            body = self._check_body(index, name.hex(), envelope)
            first = index == 0 and envelope.kind == "policy" and body is not None
            if first:
                self._take_policy(body or b"", index, name.hex())
                if self.policy is not None and not self._rules.may_rule(envelope.by):
                    self._unsigned(
                        index, name.hex(), number, "the first policy is not signed by a keeper that it lists"
                    )
            key = self._rules.key_of(envelope.by)
            if self.policy is None:
                if index == 0:
                    self._unsigned(
                        index, name.hex(), number, "without its first policy no signature of this record can be checked"
                    )
            elif key is None or key[1]:
                why = "by a key that was retired before" if key else "by a key that the policy does not list"
                self._unsigned(index, name.hex(), number, f"signed {why}: {envelope.by}")
            else:
                yield index, name.hex(), envelope, key[0]
            if envelope.kind == "policy" and body is not None and not first and self._rules.may_rule(envelope.by):
                self._take_policy(body, index, name.hex())

    def _take_policy(self, body: bytes, index: int, name: str) -> None:
        try:
            self._rules.take(body)
        except (InvalidBodyError, InvalidEnvelopeError) as error:
            self._unsigned(index, name, index // _WIDTH, f"the policy cannot be read: {error}")

    def _check_signatures(self, entries: list[tuple[int, str, Envelope, Ed25519PublicKey]]) -> None:
        self._counts["signatures"] += len(entries)
        width = max(1, -(-len(entries) // _WORKERS))
        parts = [entries[start : start + width] for start in range(0, len(entries), width)]
        for index, name in itertools.chain.from_iterable(_pool.map(_wrongly_signed, parts)):
            self._unsigned(index, name, index // _WIDTH, "the signature does not fit")

    def _check_body(self, index: int, name: str, envelope: Envelope) -> bytes | None:
        """Check one body against its commitment and give it, where it is there and as it was."""
        withheld = envelope.visibility == "withheld"
        file, line = self._bodies.line(index, envelope)
        if name in self._withdrawn:
            self._counts["withdrawn"] += 1
            if line is not None:
                self._of_entry("unexpected", file, "the body was withdrawn but is still there", index, name)
            return None
        if withheld and self._bodies.withholds():
            self._counts["withheld"] += 1
            if line is not None:
                self._of_entry("unexpected", file, "the body is withheld but is here", index, name)
            return None
        if line is None:
            self._of_entry("missing", file, "the body is not there", index, name, envelope.body)
            return None
        return self._open_body(file, line, index, name, envelope)

    def _open_body(self, file: str, line: bytes, index: int, name: str, envelope: Envelope) -> bytes | None:
        try:
            salted = parse_line(line, file)
        except ArchiveError as error:
            self._of_entry(
                "modified", file, error.message, index, name, envelope.body, hashlib.sha256(line).hexdigest()
            )
            return None
        if salted.commitment != envelope.body:
            self._of_entry(
                "modified", file, "not the body that was committed to", index, name, envelope.body, salted.commitment
            )
            return None
        self._counts["bodies"] += 1
        self._note_files(salted.body, name, envelope)
        return salted.body

    def _note_files(self, body: bytes, name: str, envelope: Envelope) -> None:
        try:
            for file in files_of(decode_body(envelope.kind, body)):
                public = envelope.visibility == "public" or self.files.get(file, ("", False))[1]
                self.files[file] = (name, public)
        except InvalidBodyError as error:
            self.notes.append(f"entry {name}: this version cannot read the body: {error}")


def _wrongly_signed(entries: list[tuple[int, str, Envelope, Ed25519PublicKey]]) -> list[tuple[int, str]]:
    return [(index, name) for index, name, envelope, key in entries if not verify_signature(envelope, key)]
