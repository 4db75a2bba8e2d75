"""A call counted again as a stranger would: its endorsements with their evidence, and its crowd from the sheets."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from vestige.calling import Finding, Recount, recount
from vestige.entries import known_by
from vestige.entries.acts import Call, Endorsement
from vestige.keeping.acts._call_receipts import Looked, look_for
from vestige.keeping.acts._held_calls import HeldCalls, held_calls
from vestige.publishing import is_site, verify_site
from vestige.record import verify_record


class CallCount(msgspec.Struct, frozen=True):
    """A call counted again: three numbers that are never added, the crowd, and what is wrong.

    ``unchanged`` tells whether the record that holds it verifies as a whole, ``unaudited`` how many samples were committed to of which no audit tells.
    """

    call: str
    title: str
    bodies: int
    persons: int
    retracted: int
    crowd: Recount
    findings: tuple[Finding, ...]
    unchanged: bool
    unaudited: int = 0


class Counts(NamedTuple):
    """The calls of a record counted again, and what became of what receipts tell of."""

    calls: tuple[CallCount, ...]
    receipts: tuple[Looked, ...]


def count_call(
    place: str, call: str | None = None, *, since: Sequence[bytes] = (), receipts: Sequence[Path] = ()
) -> Counts:
    """Count the calls of a record again, or one of them: a folder or an address of a published record, or a record on disk.

    ``since`` are checkpoints kept from before, of which the record must be a continuation; ``receipts`` are looked for. Of a record on disk
    only what it would publish is counted. Raises InputError when there is no such call, NotASiteError or RecordError when there is no record.
    """
    if is_site(place):
        unchanged = verify_site(place, since=since).unchanged
    else:
        unchanged = verify_record(Path(place), since=since).unchanged
    with held_calls(place) as held:
        calls = [_counted(held, entry.about, body, unchanged) for entry, body in held.calls(call)]
        steps = {one.call: held.steps(one.call) for one in calls}
        return Counts(tuple(calls), look_for(receipts, held.entries, steps, held.file) if receipts else ())


def _counted(held: HeldCalls, about: str, call: Call, unchanged: bool) -> CallCount:
    endorsements = [
        (entry.hash, entry.body)
        for entry in held.current
        if isinstance(entry.body, Endorsement) and entry.body.call == about
    ]
    crowd = recount(call, held.steps(about), held.file, held.audits(about))
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
        unaudited=held.unaudited(about),
    )


def _endorsement_findings(
    held: HeldCalls, call: Call, endorsements: Iterable[tuple[str, Endorsement]]
) -> Iterable[Finding]:
    """Check each endorsement: its wording, that its evidence is there, and that nobody stands twice."""
    seen: dict[str, str] = {}
    for number, (name, body) in enumerate(endorsements, 1):
        if body.status == "candidate":
            continue
        if call.conducted == "here" and body.wording != call.wording():
            yield Finding(name, number, "wording", f"joins another wording: {body.wording[:16]}…")
        for file in filter(None, (one.file for one in body.evidence)):
            if held.file(file) is None:
                yield Finding(file, number, "missing", "the file of its evidence is not there")
        who = body.by.actor or known_by(body.by.name or "", body.by.organisation)
        if who in seen:
            yield Finding(name, number, "doubled", f"the same endorser stands in {seen[who][:16]}… too")
        seen.setdefault(who, name)
