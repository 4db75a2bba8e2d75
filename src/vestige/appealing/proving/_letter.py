"""`verify` for a document that somebody received: which appeal and entry carries its hash, and whether the evidence within it holds."""

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vestige.appealing.proving._check import EvidenceCheck
from vestige.appealing.proving._evidence import EVIDENCE_NAME, Evidence, read_evidence
from vestige.appealing.proving._opened import sha256
from vestige.appealing.proving._places import appeals_at
from vestige.errors import InputError, MissingExtraError
from vestige.record import Discrepancy, Report

LARGEST = 200_000_000


class Carried(msgspec.Struct, frozen=True):
    """Where the hash of a document stands: in which appeal, which entry, under which name, signed when."""

    appeal: str
    title: str
    entry: str
    index: int
    name: str
    status: str
    made: str
    sample: bool


class LetterReport(msgspec.Struct, frozen=True):
    """What is known of a document: its hash, the entries that carry it, and what a check of the evidence within it found."""

    sha256: str
    carried: tuple[Carried, ...]
    looked: str | None
    evidence: Report | None

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it: it was found where one looked, and its evidence, if it has any, is unchanged."""
        found = self.looked is None or bool(self.carried)
        checked = self.evidence is not None or self.looked is not None
        return found and checked and (self.evidence is None or self.evidence.unchanged)


def verify_letter(path: Path, *, record: str | None = None, key: str | None = None) -> LetterReport:
    """Check a document offline. ``record`` is a record on disk, or a published one in a folder or on the web.

    Raises InputError when the document cannot be read or is larger than a letter may be.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"expected a document of at most {LARGEST:,} bytes", where=str(path))
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"expected a document that can be read: {error.strerror}", where=str(path)) from error
    name = sha256(content)
    carried = tuple(_carrying(record, name)) if record else ()
    evidence = evidence_within(content, str(path))
    return LetterReport(name, carried, record, _checked(evidence, key) if evidence else None)


def evidence_within(content: bytes, where: str) -> Evidence | None:
    """Give the evidence that a PDF carries, or None where it carries none or is no PDF."""
    if not content.startswith(b"%PDF-"):
        return None
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtraError("appealing", "pypdf") from error
    try:
        parts = dict(pypdf.PdfReader(io.BytesIO(content)).attachments).get(EVIDENCE_NAME, [])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"expected a PDF that can be read: {error}", where=where) from error
    return read_evidence(bytes(parts[0]), where) if parts else None


def _carrying(record: str, name: str) -> Iterator[Carried]:
    for place in appeals_at(record):
        for document in place.body.documents:
            if document.file == name:
                yield Carried(
                    place.about,
                    place.body.title,
                    place.entry,
                    place.index,
                    document.name,
                    document.status,
                    place.made,
                    place.body.sample,
                )


def _checked(evidence: Evidence, key: str | None) -> Report:
    checked = EvidenceCheck(evidence, {}, key).run()
    checkpoint = checked.checkpoint
    found: tuple[Discrepancy, ...] = checked.discrepancies
    return Report(
        origin=checkpoint.origin if checkpoint else "",
        size=len(evidence.entries),
        root=checkpoint.root.hex() if checkpoint else "",
        signatures=checked.signatures,
        bodies=checked.bodies,
        withheld=sum(one.body_json is None for one in evidence.entries),
        withdrawn=0,
        files=1,
        discrepancies=found,
        notes=(f"signed by the key {key or evidence.vkey}: compare it with what the record publishes",),
    )
