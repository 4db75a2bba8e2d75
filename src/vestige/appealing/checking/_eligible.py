"""Whether these signatories may use this form about these places, by the article that says so. What is not known is said, never assumed."""

import datetime as dt
from collections.abc import Iterator

from vestige.appealing.checking._complaint import Complaint, error, warning
from vestige.appealing.drafting import DraftFile
from vestige.entries import Site, last_day
from vestige.procedures.forms import Form, Requirement, is_stale
from vestige.record import Index

_STATES = {"state", "mission"}


def eligibility(draft: DraftFile, form: Form, index: Index, today: dt.date) -> Iterator[Complaint]:
    """Check who signs, how, through which channel, and what the places are listed as."""
    yield from _signatories(draft, form)
    yield from _channel(draft, form)
    for thing in draft.sites:
        entry = index.current(thing)
        if entry is None or not isinstance(entry.body, Site):
            yield error(
                "eligibility",
                "sites",
                f"{thing} is no standing public site of this record",
                "name a site of the record",
            )
            continue
        for one in form.requires:
            yield from _required(one, form, entry.body, entry.hash, today)
    if form.basis and (form.family == "request" or "Protocol" in form.basis.instrument):
        says = f"whether the State is a Party to {form.basis.instrument} is not known here"
        yield warning("eligibility", "form", says, "look it up with the depositary")
    if is_stale(form, today):
        yield warning(
            "form", "form", f"its sources were checked on {form.checked}, longer than a year ago", "read them again"
        )
    if form.status != "fields-known":
        yield warning(
            "form",
            "form",
            f"its status is {form.status}: {' '.join(form.unknown)}",
            "see: vestige appeal forms " + form.id,
        )


def _signatories(draft: DraftFile, form: Form) -> Iterator[Complaint]:
    said = {one.who: one for one in form.who}
    if not draft.signatory:
        yield error("eligibility", "signatory", "nobody signs", "name who signs: vestige appeal draft --as ACTOR")
    for one in draft.signatory:
        rule = said.get(one.who)
        if rule is None:
            yield warning(
                "eligibility",
                f"signatory {one.name}",
                f"whether a {one.who} may use this form was not read",
                "ask the addressee",
            )
        elif not rule.may:
            source = form.sources[rule.source]
            says = f"a {one.who} may not use this form: {rule.article} ({source.title}, {source.address}, mark {rule.mark})"
            others = " or ".join(sorted(who for who, ok in said.items() if ok.may))
            yield error("eligibility", f"signatory {one.name}", says, f"it may be used by: {others}")
    if draft.letter == "note-verbale" and not any(one.who in _STATES for one in draft.signatory):
        says = "a note verbale is exchanged between Governments, missions and the organisation, never with others (ST/DCS/4/Rev.1, 116-117)"
        yield error("eligibility", "letter", says, 'write letter = "letter"')


def _channel(draft: DraftFile, form: Form) -> Iterator[Complaint]:
    known = [one.means for one in form.channel]
    if draft.means and known and draft.means not in known:
        says = f"the form knows {', '.join(dict.fromkeys(known))}, not {draft.means}"
        yield error("form", "means", says, f'write means = "{known[0]}"')
    if draft.means and not known:
        says = f"no channel of this addressee was read, so that {draft.means} is your own knowledge"
        yield warning("form", "means", says, "ask the addressee, or take means out")
    tags = [one.tag for one in form.languages]
    if tags and draft.language not in tags and not draft.courtesy:
        says = f"the addressee takes {', '.join(tags)}, not {draft.language}"
        yield error("form", "language", says, "draft it in one of those, or mark this one courtesy = true")


def _required(one: Requirement, form: Form, site: Site, entry: str, today: dt.date) -> Iterator[Complaint]:
    source = form.sources[one.source]
    where, cited = site.names[0].text, f"{one.says} ({source.title}, mark {one.mark})"
    standing = {d.scheme for d in site.designated if d.until is None or last_day(d.until) >= today}
    if one.designated and not standing & set(one.designated):
        do = "correct the site's designated, or choose another form" if site.designations else "choose another form"
        yield error(
            "eligibility", where, f"is not listed as {' or '.join(one.designated)} in the record: {cited}", do, entry
        )
    if standing & set(one.undesignated):
        yield error(
            "eligibility",
            where,
            f"is listed as {', '.join(sorted(standing))}: {cited}",
            "choose another form: vestige appeal forms",
            entry,
        )
    if one.countries and not site.countries:
        yield error(
            "eligibility", where, f"the record gives no country: {cited}", "correct the site's countries", entry
        )
    elif one.countries and not set(site.countries) <= set(one.countries):
        yield error("eligibility", where, f"lies in {', '.join(site.countries)}: {cited}", "choose another form", entry)
