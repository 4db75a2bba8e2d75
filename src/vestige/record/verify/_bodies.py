"""Bodies as a check finds them: fetched for the rules to judge, and told missing or unexpected when the whole ledger is known."""

import contextlib
import hashlib
import re
from collections import Counter
from typing import Protocol

import msgspec

from vestige.archive import ArchiveError, SaltedBody, parse_line
from vestige.entries import KINDS, Body, Envelope, files_of, parse_envelope
from vestige.ledger import Tiles
from vestige.record.rules._history import Known, Memory
from vestige.record.rules._ledger import Leaf, Verdict
from vestige.record.verify._discrepancies import DiscrepancyLog
from vestige.record.verify._line_ends import ONLY_LINE_ENDS

_DIGITS = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class BodySource(Protocol):
    """Where the bodies of a ledger come from."""

    def line(self, index: int, envelope: Envelope) -> tuple[str, bytes | SaltedBody | None]:
        """Give the name of the file that should hold an entry's body, and the body's line, or None where it is not there.

        Instead of its line the body itself, where it was read and found by what it commits to: then it fits, and need not be read and hashed again.
        """

    def name(self, index: int, envelope: Envelope) -> str:
        """Give the name of the file that should hold an entry's body."""

    def withholds(self) -> bool:
        """Whether withheld bodies are not to be found here, as on a published site."""


class Fetched(msgspec.Struct, frozen=True, gc=False):
    """A body as it was found: the file, its line (empty where it was read before), what it holds when that is what the entry commits to, and what is wrong."""

    file: str
    line: bytes | None = None
    salted: SaltedBody | None = None
    fault: str = ""


class BodiesCheck:
    """Fetches bodies in the order of the ledger and takes down what is wrong with them."""

    def __init__(self, log: DiscrepancyLog, source: BodySource, memory: Memory) -> None:
        self._log, self._source, self._memory = log, source, memory
        self._waiting: list[tuple[Leaf, Fetched]] = []
        self._salts: dict[str, bytes] = {}
        self._peeked: Fetched | None = None
        self.files: dict[str, tuple[str, bool]] = {}
        self.unknown: Counter[str] = Counter()
        self.mentioned: dict[str, str] = {}
        self.ended: list[str] = []
        self.counts = {"bodies": 0, "withheld": 0, "withdrawn": 0, "opened": 0}

    def fetch(self, leaf: Leaf) -> Fetched:
        """Fetch the body of a leaf and compare it with the commitment."""
        if self._peeked is not None:
            fetched, self._peeked = self._peeked, None
            return fetched
        return self._read(leaf.index, leaf.envelope) if leaf.envelope is not None else Fetched("")

    def _read(self, index: int, envelope: Envelope) -> Fetched:
        file, line = self._source.line(index, envelope)
        if isinstance(line, SaltedBody):
            return Fetched(file, b"", line)
        if line is None:
            return Fetched(file)
        try:
            salted = parse_line(line, file)
        except ArchiveError as error:
            return Fetched(file, line, None, error.message)
        if salted.commitment == envelope.body:
            return Fetched(file, line, salted)
        turned = _with_line_feed(line, envelope.body)
        return Fetched(file, line, turned, ONLY_LINE_ENDS if turned else "not the body that was committed to")

    def peek(self, leaf: Leaf) -> bytes | None:
        """Give the body of the next leaf to be fetched."""
        fetched = self.fetch(leaf)
        self._peeked = fetched
        return fetched.salted.body if fetched.salted else None

    def salt_of(self, name: str) -> bytes | None:
        """Give the salt of an earlier withheld body that was found."""
        return self._salts.get(name)

    def check(self, leaf: Leaf, fetched: Fetched, verdict: Verdict) -> None:
        """Take down what is wrong with the body of an entry that counts, or that its body alone makes void, as the first policy's does."""
        envelope, name = leaf.envelope, leaf.name.hex()
        of_body = verdict.void is None or verdict.void.of_body or (leaf.index == 0 and fetched.salted is None)
        if envelope is None or not of_body:
            return
        self.counts["opened"] += envelope.kind == "opening"
        if envelope.kind == "withdrawal":
            self.ended.extend(envelope.cites)
        if fetched.salted is None:
            self._waiting.append((leaf, fetched))
            return
        if fetched.fault:
            self._log.of_entry("modified", fetched.file, fetched.fault, leaf.index, name)
        self.counts["bodies"] += 1
        if (known := self._memory.entry(name)) is not None:
            known.held = True
        if envelope.visibility == "withheld":
            self._salts[name] = fetched.salted.salt
            if self._source.withholds():
                self._waiting.append((leaf, fetched))
        self._look_into(verdict.body, fetched.salted.body, name, envelope)

    def _look_into(self, body: Body | None, data: bytes, name: str, envelope: Envelope) -> None:
        if body is not None:
            for file in files_of(body):
                public = envelope.visibility == "public" or self.files.get(file, ("", False))[1]
                self.files[file] = (name, public)
        elif envelope.kind not in KINDS:
            self.unknown[envelope.kind] += 1
            self.mentioned.update({found.decode(): name for found in _DIGITS.findall(data)})

    def finish(self, tiles: Tiles) -> None:
        """Tell, now that all withdrawals and openings are known, which bodies are missing and which should not be there."""
        for leaf, fetched in self._waiting:
            self._settle(leaf, fetched, self._memory.entry(leaf.name.hex()))
        for name in dict.fromkeys(self.ended):
            known = self._memory.entry(name)
            self.counts["withdrawn"] += 1
            if known is not None and known.held:
                file = self._source.name(known.index, parse_envelope(next(tiles.leaves(known.index, known.index + 1))))
                self._log.of_entry("unexpected", file, "the body was withdrawn but is still there", known.index, name)
        accounted = [value for value in self.mentioned if self._memory.entry(value) is not None]
        for value in accounted:
            del self.mentioned[value]

    def _settle(self, leaf: Leaf, fetched: Fetched, known: Known | None) -> None:
        envelope, name = leaf.envelope, leaf.name.hex()
        if envelope is None:
            return
        withdrawn, opened = known is not None and known.withdrawn, known is not None and known.opened
        hidden = envelope.visibility == "withheld" and self._source.withholds() and not opened
        self.counts["withheld"] += hidden and not withdrawn
        if withdrawn or hidden:
            if fetched.line is not None and not (withdrawn and fetched.salted):
                why = "the body was withdrawn but is still there" if withdrawn else "the body is withheld but is here"
                self._log.of_entry("unexpected", fetched.file, why, leaf.index, name)
        elif fetched.line is None:
            self._log.of_entry("missing", fetched.file, "the body is not there", leaf.index, name, envelope.body)
        elif fetched.salted is None:
            got = _commitment(fetched.line)
            self._log.of_entry("modified", fetched.file, fetched.fault, leaf.index, name, envelope.body, got)


def _with_line_feed(line: bytes, commitment: str) -> SaltedBody | None:
    """Give a body whose line end alone is another than it was, or None."""
    with contextlib.suppress(ArchiveError):
        salted = parse_line(line.removesuffix(b"\r\n") + b"\n", "")
        return salted if salted.commitment == commitment else None
    return None


def _commitment(line: bytes) -> str:
    """Give what a line commits to, or the SHA-256 of its bytes where it is no line of salt and body."""
    try:
        return parse_line(line, "").commitment
    except ArchiveError:
        return hashlib.sha256(line).hexdigest()
