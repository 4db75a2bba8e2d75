"""A call counted again as a stranger would: its endorsements with their evidence, and its crowd from the sheets."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from vestige.archive import ArchiveError
from vestige.calling import Audited, Finding, Recount, Step, recount
from vestige.entries.acts import Audit, Call, Draw, Endorsement, Tally
from vestige.errors import InputError
from vestige.keeping.acts._call_receipts import Looked, look_for
from vestige.publishing import PublishedEntry, PublishedRecord, is_site, verify_site
from vestige.record import Record, RecordReader, verify_record

KINDS = ("call", "endorsement", "tally", "draw", "audit")


class CallCount(msgspec.Struct, frozen=True):
    """A call counted again: three numbers that are never added, the crowd, and what is wrong.

    ``unchanged`` tells whether the record that holds it verifies as a whole.
    """

    call: str
    title: str
    bodies: int
    persons: int
    retracted: int
    crowd: Recount
    findings: tuple[Finding, ...]
    unchanged: bool


class Counts(NamedTuple):
    """The calls of a record counted again, and what became of what receipts tell of."""

    calls: tuple[CallCount, ...]
    receipts: tuple[Looked, ...]


class _Held(NamedTuple):
    """Where entries and files are read from."""

    entries: list[PublishedEntry]
    files: PublishedRecord | RecordReader

    def file(self, name: str) -> bytes | None:
        if isinstance(self.files, PublishedRecord):
            return self.files.file(name)
        try:
            with self.files.files.open(name, withheld=not self.files.files.exists(name)) as file:
                return file.read()
        except ArchiveError:
            return None


def count_call(
    place: str, call: str | None = None, *, since: Sequence[bytes] = (), receipts: Sequence[Path] = ()
) -> Counts:
    """Count the calls of a record again, or one of them: a folder or an address of a published record, or a record on disk.

    ``since`` are checkpoints kept from before, of which the record must be a continuation; ``receipts`` are looked for. Of a record on disk
    only what it would publish is counted. Raises InputError when there is no such call, NotASiteError or RecordError when there is no record.
    """
    if is_site(place):
        unchanged = verify_site(place, since=since).unchanged
        site = PublishedRecord(place)
        held = _Held(list(site.entries(KINDS)), site)
        return _all_counted(held, call, receipts, unchanged=unchanged)
    unchanged = verify_record(Path(place), since=since).unchanged
    with Record.open(Path(place)) as record:
        entries = [
            PublishedEntry(one.hash, one.about, one.envelope.replaces, one.envelope.cites, one.body)
            for kind in KINDS
            for one in record.index.entries(kind)
            if one.body is not None
        ]
        return _all_counted(_Held(entries, record), call, receipts, unchanged=unchanged)


def _all_counted(held: _Held, wanted: str | None, receipts: Sequence[Path], *, unchanged: bool) -> Counts:
    calls = _counted(held, wanted, unchanged=unchanged)
    replaced = {entry.replaces for entry in held.entries}
    steps = {
        one.call: [
            Step(entry.hash, entry.body)
            for entry in held.entries
            if isinstance(entry.body, Tally) and entry.body.call == one.call and entry.hash not in replaced
        ]
        for one in calls
    }
    return Counts(tuple(calls), look_for(receipts, held.entries, steps, held.file) if receipts else ())


def _counted(held: _Held, wanted: str | None, *, unchanged: bool) -> list[CallCount]:
    replaced = {entry.replaces for entry in held.entries}
    current = [entry for entry in held.entries if entry.hash not in replaced]
    calls = [entry for entry in current if isinstance(entry.body, Call) and wanted in {None, entry.about}]
    if not calls:
        raise InputError("expected a call of this record, got none", where=wanted or "call")
    return [_one(held, current, entry.about, entry.body, unchanged) for entry in calls if isinstance(entry.body, Call)]


def _one(held: _Held, current: list[PublishedEntry], about: str, call: Call, unchanged: bool) -> CallCount:
    endorsements = [
        (entry.hash, entry.body)
        for entry in current
        if isinstance(entry.body, Endorsement) and entry.body.call == about
    ]
    steps = [
        Step(entry.hash, entry.body) for entry in current if isinstance(entry.body, Tally) and entry.body.call == about
    ]
    draws = {entry.hash: entry.body for entry in held.entries if isinstance(entry.body, Draw)}
    audits = [
        Audited(entry.hash, entry.body, draws.get(entry.body.draw))
        for entry in current
        if isinstance(entry.body, Audit) and entry.body.call == about
    ]
    crowd = recount(call, steps, held.file, audits)
    joined = [body for _, body in endorsements if body.status == "confirmed" and not body.sample]
    return CallCount(
        call=about,
        title=call.titles[0].text,
        bodies=sum(body.capacity == "body" for body in joined),
        persons=sum(body.capacity == "person" for body in joined),
        retracted=sum(body.status == "retracted" for _, body in endorsements),
        crowd=crowd,
        findings=(*_endorsement_findings(held, call, endorsements), *crowd.findings),
        unchanged=unchanged,
    )


def _endorsement_findings(
    held: _Held, call: Call, endorsements: Iterable[tuple[str, Endorsement]]
) -> Iterable[Finding]:
    """Check each endorsement: its wording, that its evidence is there, and that nobody stands twice."""
    seen: dict[str, str] = {}
    for number, (name, body) in enumerate(endorsements, 1):
        if body.status == "candidate":
            continue
        if call.conducted == "here" and body.wording != call.wording():
            yield Finding(name, number, f"joins another wording: {body.wording[:16]}…")
        for file in filter(None, (one.file for one in body.evidence)):
            if held.file(file) is None:
                yield Finding(file, number, "the file of its evidence is not there")
        who = body.by.actor or " ".join(f"{body.by.name} {body.by.organisation}".casefold().split())
        if who in seen:
            yield Finding(name, number, f"the same endorser stands in {seen[who][:16]}… too")
        seen.setdefault(who, name)
