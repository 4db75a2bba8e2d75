"""Making a site sensitive after it was entered: its exact place is kept back from now on, and the public entries that tell it are taken back."""

import msgspec

from vestige.capture import readable_text
from vestige.coordinates import Protected
from vestige.entries import Draft, Site, public_site
from vestige.errors import InputError
from vestige.keeping.finding import find_site
from vestige.keeping.withdrawing._plan import Ending, files_needed_by
from vestige.record import Entry, Receipt, Record, exposures


def plan_protection(record: Record, text: str) -> Ending:
    """Say what protecting a site would take back: its earlier public entries, and as dependants the entries of others that tell its place.

    Raises InputError when there is no such site, or it has no place that could be kept back.
    """
    entry = find_site(record, text)
    exact = record.index.exact(entry.about)
    if exact is None or exact.location is None:
        raise InputError("expected a site with a place, got one without", where=entry.about)
    place = (entry.about, exact.location.latitude, exact.location.longitude)
    cell = record.policy.sensitive_cell_degrees
    protected = Protected([place], cell)
    telling = list(exposures(record.index, record.policy, record.files, protected=protected, text_of=readable_text))
    inside = {other.hash for other, _ in telling if other.about == entry.about}
    earlier = [e for e in record.index.history(entry.about) if e.hash in inside or _tells(e, cell)]
    others = [other for other, _ in telling if other.about != entry.about]
    return Ending(
        about=entry.about,
        entries=tuple(earlier),
        dependants=tuple(others),
        files=files_needed_by(record, (*earlier, *others)),
    )


def _tells(entry: Entry, cell: float) -> bool:
    """Whether a public entry about a site holds its exact place or address."""
    body = entry.body
    if not isinstance(body, Site) or entry.envelope.visibility != "public":
        return False
    safe = public_site(msgspec.structs.replace(body, sensitivity="sensitive"), cell)
    return (safe.location, safe.address, safe.translations) != (body.location, body.address, body.translations)


def protect(record: Record, ending: Ending, why: str, *, with_dependants: bool = False) -> tuple[Receipt, ...]:
    """Enter the site as sensitive and take back, in one batch, what a plan names; give the receipts of the withdrawals.

    Raises InputError without a reason, and where entries of others would still tell the place; RecordError, with nothing entered, where the site's own texts do.
    """
    if not why.strip():
        raise InputError("expected a reason, got none", where="--why")
    if ending.dependants and not with_dependants:
        raise InputError(
            f"expected that nothing else tells the place, got {len(ending.dependants)}: "
            + ", ".join(dict.fromkeys(entry.about for entry in ending.dependants[:8])),
            where=ending.about,
            hint="take them back with it: --with-dependants",
        )
    exact, standing = record.index.exact(ending.about), record.index.current(ending.about)
    if exact is not None and standing is not None and exact.sensitivity == "open":
        body = msgspec.structs.replace(exact, sensitivity="sensitive")
        record.append(Draft(body, ending.about, standing.hash, standing.envelope.cites))
    names = [entry.hash for entry in ending.all]
    return record.withdraw_all(names, why.strip()) if names else ()
