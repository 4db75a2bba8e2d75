"""A log asks its witnesses (C2SP tlog-witness): the checkpoint with a proof from the size that each saw last; bounded in bytes and time."""

import http.client
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import msgspec

from vestige.entries import Witness
from vestige.ledger import (
    FolderSource,
    LedgerError,
    Tiles,
    Verifier,
    consistency_proof,
    parse_checkpoint,
    parse_vkey,
    signers,
    split_note,
)
from vestige.outside import WebAddress, web_address
from vestige.public_internet import ended_after
from vestige.record import COSIGNED, add_cosignatures
from vestige.witnessing._errors import WitnessError
from vestige.witnessing._request import Request

SILENCE = 10.0
"""Seconds that a witness may be silent."""
PATIENCE = 30.0
"""Seconds for one witness in all."""
LARGEST_ANSWER = 65_536
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,15})\n")


class Answer(msgspec.Struct, frozen=True):
    """What a witness answered: a status of HTTP and the body."""

    status: int
    body: bytes


class Cosigned(msgspec.Struct, frozen=True):
    """What came of asking one witness: when it cosigned, in seconds of Unix, or why it did not."""

    name: str
    seconds: int | None = None
    why: str | None = None


def cosign_record(path: Path, witnesses: Sequence[Witness]) -> list[Cosigned]:
    """Ask each witness that has an address to cosign the newest checkpoint of a record on disk, and add what they sign to it.

    One that fails stops none of the others. Raises RecordError, LockHeldError or EnvironmentFault when the cosignatures cannot be written.
    """
    source = FolderSource(path / "ledger")
    note = source.read("checkpoint") or b""
    results, lines = [], []
    for witness in witnesses:
        if witness.url is None:
            continue
        verifier = parse_vkey(witness.vkey)
        try:
            line = _cosignature(source, note, witness.url, verifier)
            seconds = signers(split_note(note)[0], [line], [verifier])[0][1]
        except (WitnessError, LedgerError, OSError, http.client.HTTPException) as error:
            results.append(Cosigned(verifier.name, why=" ".join(str(error).split())[:300]))
        else:
            lines.append(line)
            results.append(Cosigned(verifier.name, seconds))
    if lines:
        add_cosignatures(path, note, lines)
    return results


def _cosignature(source: FolderSource, note: bytes, url: str, verifier: Verifier) -> tuple[str, bytes]:
    """Ask one witness, a second time where it has seen another size than we think, and give its signature, not yet checked."""
    size = parse_checkpoint(note).size
    tiles = Tiles(source, size)
    with _Connection(url) as ask:
        old = _last_seen(source, note, verifier)
        answer = ask(_request(tiles, note, old))
        if answer.status == 409:
            seen = _SIZE.fullmatch(answer.body)
            if seen is None or int(seen[1]) > size:
                raise WitnessError("it has seen a longer history of this record: do not publish this one", where=url)
            if int(seen[1]) == old:
                raise WitnessError("it has seen another history of this record: do not publish this one", where=url)
            answer = ask(_request(tiles, note, int(seen[1])))
    if answer.status != 200:
        raise WitnessError(_refused(answer), where=url)
    return _of(answer.body, verifier, url)


def ask_witness(url: str, request: Request) -> Answer:
    """Send one request to the witness at an address (the submission prefix); raises WitnessError, OSError or HTTPException."""
    with _Connection(url) as ask:
        return ask(request)


def _request(tiles: Tiles, note: bytes, old: int) -> Request:
    return Request(old, tuple(consistency_proof(tiles.node, old, tiles.size)) if old else (), note)


def _refused(answer: Answer) -> str:
    known = {
        403: "it does not trust the log key of this record",
        404: "it does not know this record: its holder adds the log's verifier key",
        409: "it has seen another history of this record: do not publish this one",
        422: "it finds that this record did not grow from what it has seen: do not publish this one",
    }
    return known.get(answer.status) or f"it answered {answer.status}: {answer.body[:100].decode(errors='replace')!r}"


def _of(body: bytes, verifier: Verifier, url: str) -> tuple[str, bytes]:
    """Give the line of one witness from an answer; those of other keys are ignored."""
    for line in split_note(b"answer\n\n" + body)[1]:
        if (line[0], line[1][:4]) == (verifier.name, verifier.key_id):
            return line
    raise WitnessError("expected a signature by its key, got none", where=url)


def _last_seen(source: FolderSource, note: bytes, verifier: Verifier) -> int:
    """Give the size of the last checkpoint here that a witness has cosigned; 0 where there is none."""
    for kept in (note, source.read(COSIGNED) or b""):
        try:
            text, signatures = split_note(kept)
            if signers(text, signatures, [verifier]):
                return parse_checkpoint(kept).size
        except LedgerError:
            continue
    return 0


class _Connection:
    """One connection to a witness, kept for the second request."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._address = web_address(url.rstrip("/") + "/add-checkpoint")
        self._clock, self._until = clock, clock() + PATIENCE
        self._connection = _Line(self._address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def __call__(self, request: Request) -> Answer:
        headers = {"Content-Type": "text/plain; charset=utf-8", "Host": self._address.host_header}
        with ended_after(max(self._until - self._clock(), 0), lambda: self._connection.twin, "the witness"):
            self._connection.request("POST", self._address.target, request.encode(), headers)
            with self._connection.getresponse() as answer:
                return Answer(answer.status, b"".join(self._parts(answer)))

    def _parts(self, answer: http.client.HTTPResponse) -> Iterator[bytes]:
        size = 0
        while part := answer.read1(LARGEST_ANSWER):
            size += len(part)
            if size > LARGEST_ANSWER:
                raise WitnessError(f"expected an answer of at most {LARGEST_ANSWER} bytes", where=self._address.text)
            if self._clock() > self._until:
                raise WitnessError(f"took longer than {PATIENCE:.0f} seconds", where=self._address.text)
            yield part


class _Line(http.client.HTTPConnection):
    """A connection that keeps a handle of its own to the socket: TLS and answers take theirs over."""

    def __init__(self, address: WebAddress) -> None:
        super().__init__(address.host, address.port, timeout=SILENCE)
        self._tls = ssl.create_default_context() if address.scheme == "https" else None
        self.twin: socket.socket | None = None

    def connect(self) -> None:
        """Connect, and shake hands."""
        link = socket.create_connection((self.host, self.port), SILENCE)
        self._let_go()
        self.twin = link.dup()
        self.sock = self._tls.wrap_socket(link, server_hostname=self.host) if self._tls else link

    def close(self) -> None:
        """Close both handles."""
        super().close()
        self._let_go()

    def _let_go(self) -> None:
        if self.twin is not None:
            self.twin.close()
            self.twin = None
