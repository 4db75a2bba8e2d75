"""`verify` for a bundle: every file against the bag, every entry against the checkpoint, every document against the appeal's own entry."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vestige.appealing.proving._bundle import CHECKER, shipped_checker
from vestige.appealing.proving._check import Checked, EvidenceCheck
from vestige.appealing.proving._evidence import EVIDENCE_NAME, Evidence, read_evidence
from vestige.appealing.proving._opened import MANIFEST, TAG_MANIFEST, Opened, open_bundle, sha256
from vestige.entries import Appeal, decode_body
from vestige.errors import NOT_JSON, InputError
from vestige.ledger import leaf_hash
from vestige.record import Discrepancy, Proved, Report, read_receipt

_PRESERVED = re.compile(r"data/files/([0-9a-f]{64})(\.[a-z0-9]+)?")
_TAGS = ("bagit.txt", "bag-info.txt", MANIFEST)
_UNSIGNED = ("README.txt", "ro-crate-metadata.json", "withheld.json", CHECKER)
"""What of the payload no signature speaks for: only the bag's list does."""
_PART = re.compile(
    "|".join(
        (
            *map(re.escape, (*_TAGS, TAG_MANIFEST, "data/checkpoint", *(f"data/{name}" for name in _UNSIGNED))),
            r"data/letter/[^/]+",
            r"data/entries/[0-9]{6,}-[0-9a-f]{16}\.tlog-proof",
            r"data/files/[^/]+",
        )
    )
)
"""What a bundle is made of (docs/letters.md); nothing else belongs in one."""


class _Origin(msgspec.Struct, frozen=True):
    vkey: str


class _Cited(msgspec.Struct, frozen=True):
    record: _Origin
    entries: tuple[str, ...] = ()


class _Data(msgspec.Struct, frozen=True):
    """What is read of the text of an appeal as data: the entries that it rests on and the key that it prints."""

    appeal: _Cited


def verify_bundle(path: Path, *, key: str | None = None) -> Report:
    """Check a bundle without its record and report what was found. ``key`` is the record's key as vkey, from elsewhere than the bundle.

    Raises InputError when it is no bundle at all.
    """
    return _BundleCheck(open_bundle(path), path, key).report()


class _BundleCheck:
    def __init__(self, opened: Opened, path: Path, key: str | None) -> None:
        self._opened, self._path, self._key = opened, path, key
        self._found: list[Discrepancy] = []
        self._notes: list[str] = []

    def report(self) -> Report:
        evidence, places = self._evidence()
        checked = EvidenceCheck(evidence, places, self._key).run()
        self._found += checked.discrepancies
        self._found += self._uncited(checked)
        self._found += self._documents(checked)
        self._found += self._preserved(checked)
        self._found += self._bag()
        self._found += self._strangers()
        self._notes.append(self._told_key(evidence))
        self._notes += self._told_unsigned()
        checkpoint = checked.checkpoint
        withheld = sum(one.body_json is None for one in evidence.entries)
        return Report(
            origin=checkpoint.origin if checkpoint else str(self._path),
            size=len(evidence.entries),
            root=checkpoint.root.hex() if checkpoint else "",
            signatures=checked.signatures,
            bodies=checked.bodies,
            withheld=withheld,
            withdrawn=0,
            files=len(self._opened.files),
            discrepancies=tuple(self._told_once()),
            notes=tuple(self._notes),
        )

    def _evidence(self) -> tuple[Evidence, dict[int, str]]:
        """Put the receipts together; one that leads to another checkpoint than the bundle's is altered."""
        checkpoint = self._opened.files.get("data/checkpoint", b"").decode("utf-8", "replace")
        if not checkpoint:
            self._add("missing", "data/checkpoint", "there is no checkpoint that the proofs could lead to")
        entries: dict[int, Proved] = {}
        places: dict[int, str] = {}
        for path in sorted(self._opened.files):
            if path.startswith("data/entries/"):
                with contextlib.suppress(InputError):
                    one, note = self._receipt(path)
                    if note != checkpoint:
                        self._add("modified", path, "its checkpoint is not that of the bundle")
                    if one.index in entries:
                        self._add("unexpected", path, f"another entry at place {one.index} of the ledger")
                        continue
                    if not path.startswith(f"data/entries/{one.index:06d}-{leaf_hash(one.leaf).hex()[:16]}."):
                        self._add("modified", path, f"holds another entry than it is named for: no. {one.index}")
                    entries[one.index], places[one.index] = one, path
        data = self._data()
        evidence = Evidence(
            vkey=data.record.vkey if data else "",
            checkpoint=checkpoint,
            entries=tuple(entries[index] for index in sorted(entries)),
        )
        return evidence, places

    def _receipt(self, path: str) -> tuple[Proved, str]:
        try:
            return read_receipt(self._opened.files[path], path)
        except InputError as error:
            self._add("modified", path, error.message)
            raise

    def _data(self) -> _Cited | None:
        """Give what the appeal says of itself, or None where that is not there."""
        for path in sorted(self._opened.files):
            if path.startswith("data/letter/") and path.endswith(".json"):
                with contextlib.suppress(*NOT_JSON):
                    return msgspec.json.decode(self._opened.files[path], type=_Data).appeal
        return None

    def _uncited(self, checked: Checked) -> Iterator[Discrepancy]:
        """Give the entries that the appeal rests on and that have no proof here."""
        data = self._data()
        if data is None:
            yield Discrepancy("missing", "data/letter", "the text of the appeal as data is not there")
            return
        told = {found.entry for found in checked.discrepancies}
        cited = dict.fromkeys(data.entries, "the appeal cites this entry, and its proof is not there")
        within = dict.fromkeys(self._within(), "the letter's evidence holds this entry, and its proof is not there")
        for name, message in (within | cited).items():
            if name not in checked.proved and name not in told:
                yield Discrepancy("missing", f"data/entries/…-{name[:16]}.tlog-proof", message, name)

    def _within(self) -> Iterator[str]:
        """Give the entries of the evidence that goes with the letter: with what is cited, the policies by which it was signed."""
        path = f"data/letter/{EVIDENCE_NAME}"
        if path in self._opened.files:
            try:
                evidence = read_evidence(self._opened.files[path], path)
                yield from [leaf_hash(one.leaf).hex() for one in evidence.entries]
            except InputError as error:
                self._add("modified", path, error.message)

    def _documents(self, checked: Checked) -> Iterator[Discrepancy]:
        """Compare the documents with those whose hashes the appeal's own entry carries: the one that it does not cite, unlike an earlier appeal."""
        data = self._data()
        cited = frozenset(data.entries) if data else frozenset()
        own = (_appeal(one) for name, one in checked.proved.items() if name not in cited)
        appeal = next(filter(None, own), None)
        if appeal is None:
            self._notes.append(
                "a draft: no entry in it carries the hashes of its documents, so only the bag speaks for them"
            )
            return
        for document in appeal.documents:
            path = f"data/letter/{document.name}"
            content = self._opened.files.get(path)
            if content is None:
                if document.public:
                    yield Discrepancy("missing", path, "the appeal's entry names this document", expected=document.file)
            elif (got := sha256(content)) != document.file:
                message = "not the document whose hash the appeal's entry carries"
                yield Discrepancy("modified", path, message, expected=document.file, got=got)
        named = {f"data/letter/{document.name}" for document in appeal.documents}
        for path in self._opened.files:
            if path.startswith("data/letter/") and path not in named:
                yield Discrepancy("unexpected", path, "the appeal's entry names no such document")

    def _preserved(self, checked: Checked) -> Iterator[Discrepancy]:
        """Compare preserved files with their names, and their names with what the entries hold."""
        held = {name for one in checked.proved.values() for name in _held(one)}
        for path, content in self._opened.files.items():
            if not path.startswith("data/files/"):
                continue
            named = _PRESERVED.fullmatch(path)
            got = sha256(content)
            if named is None or named[1] not in held:
                yield Discrepancy("unexpected", path, "a preserved file that no entry here refers to", got=got)
            elif named[1] != got:
                yield Discrepancy("modified", path, "not the file that was preserved", expected=named[1], got=got)

    def _bag(self) -> Iterator[Discrepancy]:
        files, listed, tags = self._opened.files, self._opened.listed, self._opened.tags
        for name, what in ((MANIFEST, listed), (TAG_MANIFEST, tags)):
            if not what:
                yield Discrepancy("missing", name, "there is no list of what the bundle should hold")
                return
        for path in _TAGS:
            if path not in tags:
                yield Discrepancy("unexpected", path, "the bundle's list of what describes it does not name it")
        for path, expected in {**listed, **tags}.items():
            if path not in files:
                yield Discrepancy("missing", path, "the bundle's list names it", expected=expected)
            elif (got := sha256(files[path])) != expected:
                yield Discrepancy("modified", path, "not the file that was put in", expected=expected, got=got)
        for path in files:
            if path.startswith("data/") and path not in listed:
                yield Discrepancy("unexpected", path, "the bundle's list does not name it")

    def _strangers(self) -> Iterator[Discrepancy]:
        for path in self._opened.files:
            if not _PART.fullmatch(path):
                yield Discrepancy("unexpected", path, "no part of a bundle")

    def _told_unsigned(self) -> Iterator[str]:
        """Say what only the bag's list speaks for, which whoever alters a bundle can write anew; and that its checker is not ours."""
        held = [path for name in _UNSIGNED if (path := f"data/{name}") in self._opened.files]
        if held:
            yield f"no signature speaks for {', '.join(held)}: only the bundle's own list does"
        checker, ours = self._opened.files.get(f"data/{CHECKER}"), shipped_checker()
        if checker and ours and checker != ours:
            yield f"data/{CHECKER} is not the checker of this version (its SHA-256: {sha256(checker)}): use one from elsewhere"

    def _told_key(self, evidence: Evidence) -> str:
        if self._key:
            return f"signed by the key that you gave: {self._key}"
        return f"signed by the key {evidence.vkey or '(none)'}: compare it with what the record publishes, or give it: --key"

    def _told_once(self) -> Iterator[Discrepancy]:
        """Give one finding a file, the first: what an entry or document says comes before the bundle's list."""
        entries = {found.entry[:16] for found in self._found if found.entry}
        told: set[str] = set()
        for found in self._found:
            again = found.entry is None and any(name in found.file for name in entries)
            if found.file not in told and not again:
                told.add(found.file)
                yield found

    def _add(self, kind: str, file: str, message: str) -> None:
        self._found.append(Discrepancy(kind, file, message))


def _body(one: Proved) -> object:
    if one.body_json is None:
        return None
    try:
        return decode_body(one.envelope.kind, one.body_json)
    except InputError:
        return None


def _appeal(one: Proved) -> Appeal | None:
    body = _body(one)
    return body if isinstance(body, Appeal) and body.origin == "own" else None


def _held(one: Proved) -> Iterator[str]:
    held = getattr(_body(one), "held", None)
    yield from filter(None, held()) if held else ()
