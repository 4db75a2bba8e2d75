"""The sites of a register: found in a record, entered and corrected in batches, with the register's assessments."""

import functools
from collections.abc import Callable, Iterable

import msgspec

from vestige.capture import ImportPlan, Known, Refusal, Register, place_keys, strong_identifiers
from vestige.entries import Draft, Site
from vestige.record import Entry, Record

BATCH = 1000


def site_finder(record: Record) -> Callable[[Site], Known | None]:
    """Give the look-up of a register's site in the record: by identifier, else by name and place."""

    def known(entry: Entry) -> Known:
        body = entry.body
        assert isinstance(body, Site)  # noqa: S101 - the queries ask for sites
        exact = record.index.exact(entry.about) if body.sensitivity == "sensitive" else None
        return Known(entry.hash, entry.about, exact or body)

    @functools.cache
    def places() -> dict[tuple[str, float, float], Known]:
        standing = (known(e) for e in record.index.entries("site", current=True) if e.envelope.visibility == "public")
        return {key: found for found in standing for key in place_keys(found.site)}

    def find(site: Site) -> Known | None:
        identifiers = strong_identifiers(site)
        for identifier in identifiers:
            for entry in record.index.by_identifier(identifier.scheme, identifier.value):
                if entry.envelope.visibility == "public" and entry.kind == "site":
                    return known(entry)
        here = next((places()[key] for key in place_keys(site) if key in places()), None)
        schemes = {identifier.scheme for identifier in identifiers}
        if here and schemes & {identifier.scheme for identifier in strong_identifiers(here.site)}:
            return None
        return here

    return find


def without_telling(record: Record, read: Register) -> Register:
    """Refuse the rows whose other fields tell, in public, the exact place of a sensitive site of the table or of the record; the rest may come in."""
    told = {
        read.sites[number].line: Refusal(
            line=read.sites[number].line,
            reason=f"{found.field} {found.words[:60]!r} tells where a sensitive site lies; leave it out",
            name=read.sites[number].site.names[0].text,
        )
        for number, found in record.telling([Draft(item.site) for item in read.sites])
    }
    if not told:
        return read
    refused = sorted((*read.refused, *told.values()), key=lambda one: one.line)
    return read._replace(sites=tuple(one for one in read.sites if one.line not in told), refused=tuple(refused))


def enter_sites(
    record: Record, plan: ImportPlan, done: Callable[[int, int], None] = lambda _done, _whole: None
) -> None:
    """Enter what the plan adds and corrects, in batches; ``done`` is told after each how many of how many are in."""
    drafts: list[Draft] = [Draft(item.site) for item in plan.new]
    drafts += [Draft(item.site, about=item.known.about, replaces=item.known.entry) for item in plan.changed]
    entered = 0
    for batch in _batches(drafts):
        record.append(*batch)
        entered += len(batch)
        done(entered, len(drafts))


def enter_assessments(record: Record, read: Register) -> int:
    """Enter the assessments that the record does not hold yet, and give how many."""
    drafts: list[Draft] = []
    for item in read.assessments:
        sites = record.index.by_identifier(item.site.scheme, item.site.value)
        place = next((entry for entry in sites if entry.envelope.visibility == "public"), None)
        if place is None:
            continue
        body = msgspec.structs.replace(item.body, site=place.about)
        if all(entry.body != body for entry in record.index.of_site(place.about, "assessment")):
            drafts.append(Draft(body, cites=(place.hash,)))
    for batch in _batches(drafts):
        record.append(*batch)
    return len(drafts)


def _batches(drafts: list[Draft]) -> Iterable[list[Draft]]:
    return (drafts[start : start + BATCH] for start in range(0, len(drafts), BATCH))
