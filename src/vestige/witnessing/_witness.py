"""A witness: what it answers to a checkpoint, and what it remembers of each log.

What was seen is on the disk before the cosignature is given, and comparing and remembering are one step, so that two requests at once, or a kill
between them, cannot make it sign a log that went back.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.durable import write_file
from vestige.ledger import (
    COSIGNATURE,
    EMPTY_ROOT,
    Checkpoint,
    LedgerError,
    NoteError,
    ProofError,
    Verifier,
    cosign_text,
    parse_checkpoint,
    signature_line,
    signers,
    split_note,
    verify_consistency,
)
from vestige.witnessing._errors import WitnessError
from vestige.witnessing._request import Request, parse_request

PLAIN = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


class Reply(msgspec.Struct, frozen=True):
    """What a witness answers: a status of HTTP, the body and its media type."""

    status: int
    body: bytes
    media: str = PLAIN


class Witness:
    """Cosigns the checkpoints of the logs whose keys it was given; ``folder`` holds the last checkpoint of each. ``clock`` gives seconds of Unix."""

    def __init__(
        self,
        name: str,
        key: Ed25519PrivateKey,
        logs: Sequence[Verifier],
        folder: Path,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.verifier = Verifier(name, key.public_key(), COSIGNATURE)
        self._key, self._logs, self._folder, self._clock = key, tuple(logs), folder, clock
        self._step = threading.Lock()

    def add_checkpoint(self, body: bytes) -> Reply:
        """Answer a request to cosign, with the status that the protocol asks for; raises EnvironmentFault when nothing can be remembered."""
        try:
            request = parse_request(body)
            checkpoint = parse_checkpoint(request.note)
        except (WitnessError, NoteError) as error:
            return _refusal(400, error.message)
        refused = self._distrusts(request, checkpoint)
        if refused is not None:
            return refused
        with self._step:
            return self._compare(request, checkpoint) or self._cosign(request, checkpoint)

    def seen(self, origin: str) -> Checkpoint | None:
        """Give the last checkpoint that it has cosigned of a log; raises WitnessError when what it remembers cannot be read."""
        path = self._memory(origin)
        try:
            return parse_checkpoint(path.read_bytes())
        except FileNotFoundError:
            return None
        except (NoteError, OSError) as error:
            raise WitnessError(f"what was seen cannot be read: {error}", where=str(path)) from error

    def _distrusts(self, request: Request, checkpoint: Checkpoint) -> Reply | None:
        known = [log for log in self._logs if log.name == checkpoint.origin]
        if not known:
            return _refusal(404, "this witness does not know the log")
        text, signatures = split_note(request.note)
        try:
            trusted = signers(text, signatures, known)
        except NoteError:
            trusted = []
        if not trusted:
            return _refusal(403, "no key that this witness trusts for the log has signed it")
        return (
            _refusal(400, "the earlier size is above that of the checkpoint") if request.old > checkpoint.size else None
        )

    def _compare(self, request: Request, checkpoint: Checkpoint) -> Reply | None:
        """Give the refusal where the checkpoint does not follow from the last one that was cosigned."""
        seen = self.seen(checkpoint.origin) or Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
        if request.old != seen.size or (seen.size == checkpoint.size and seen.root != checkpoint.root):
            return Reply(409, b"%d\n" % seen.size, SIZE)
        try:
            if seen.size:
                verify_consistency(seen.size, checkpoint.size, request.proof, seen.root, checkpoint.root)
            elif request.proof:
                raise ProofError("expected no proof from the empty log")
        except LedgerError as error:
            return _refusal(422, error.message)
        return None

    def _cosign(self, request: Request, checkpoint: Checkpoint) -> Reply:
        text, seconds = split_note(request.note)[0], int(self._clock())
        signature = self._key.sign(cosign_text(text, seconds))
        line = signature_line(self.verifier.name, self.verifier.key_id + seconds.to_bytes(8, "big") + signature)
        write_file(self._memory(checkpoint.origin), text.encode() + b"\n" + line)
        return Reply(200, line)

    def _memory(self, origin: str) -> Path:
        return self._folder / hashlib.sha256(origin.encode()).hexdigest()


def _refusal(status: int, why: str) -> Reply:
    return Reply(status, f"{why}\n".encode())
