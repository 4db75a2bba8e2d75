"""Sites: what has a place and was judged, said to be harmed, or observed. Assessments and observations stand on their pages."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from vestige.entries import Assessment, Observation, Site, derive_findings, public_location, public_site
from vestige.publishing._errors import ExposedPlaceError
from vestige.publishing.kinds._kind import Balance, Facts, Figure, Page, PageKind, Tallied
from vestige.publishing.kinds._site_data import FILES, site_pieces
from vestige.publishing.kinds._site_judged import FACET, judged_together
from vestige.publishing.kinds._site_lead import COURSE, COURSES, course_of, lead_of, worst_of
from vestige.publishing.kinds._site_timeline import draw_timeline
from vestige.publishing.kinds._site_words import FILE, words_row
from vestige.publishing.kinds._source import pictures_of
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._cards import assessment_cards, observation_cards, source_card, statement_cards
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._paths import key_of, page_of
from vestige.publishing.views._relations import relations_of
from vestige.publishing.views._views import SiteView
from vestige.publishing.words._language import Language
from vestige.record import Entry

STATES = ("agreed", "contested", "single", "none")
"""The states of a finding; ``none`` is that nobody has judged."""


def site_view(collector: Collector, about: str) -> SiteView | None:
    """Build the page of a site."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, Site):
        return None
    assessments = assessment_cards(collector, about)
    statements, statements_in_all = statement_cards(collector, about)
    observations = observation_cards(collector, about)
    versions, versions_in_all = collector.versions(entry)
    _require_unexposed(collector, entry)
    ref = collector.ref(entry)
    cards: tuple[partials.AssessmentCard | partials.StatementCard | partials.ObservationCard, ...]
    cards = (*assessments, *statements, *observations)
    sources = _sources(collector, assessments, statements)
    pictures = pictures_of(collector, about)
    for found in collector.linked(about, "source"):
        if found.about not in sources and (card := source_card(collector, found.about)):
            sources[card.id] = card
    naming = collector.naming(about)
    policy = collector.policy
    judged = [(card.entry.hash, card.body, card.entry.person) for card in assessments]
    findings = tuple(derive_findings(judged, required=policy.required_assessors))
    return SiteView(
        id=about,
        body=public_site(entry.body, policy.sensitive_cell_degrees),
        entry=ref,
        entries=(
            ref,
            *(card.entry for card in cards),
            *(source.entry for source in sources.values()),
            *(card.entry for group in naming for card in group.cards),
        ),
        findings=findings,
        worst=worst_of(findings),
        assessments=assessments,
        statements=statements,
        statements_in_all=statements_in_all,
        relations={card.id: stands for card in statements if (stands := relations_of(collector, card.id, card.body))},
        observations=observations,
        sources=tuple(sources.values()),
        pictures=pictures,
        versions=versions,
        versions_in_all=versions_in_all,
        naming=naming or msgspec.UNSET,
    )


def _sources(
    collector: Collector, assessments: Iterable[partials.AssessmentCard], statements: Iterable[partials.StatementCard]
) -> dict[str, partials.SourceCard]:
    """Give the sources of statements, then those that assessments rest on."""
    sources = {card.source.id: card.source for card in statements if card.source}
    for card in assessments:
        for piece in card.evidence:
            about = piece.entry.about
            if piece.entry.kind == "source" and about not in sources and (found := source_card(collector, about)):
                sources[found.id] = found
    return sources


def _require_unexposed(collector: Collector, entry: Entry) -> None:
    """Raise ExposedPlaceError when an earlier public entry holds the exact place of a site that is sensitive now."""
    body = entry.body
    if not isinstance(body, Site) or body.sensitivity == "open":
        return
    for other in collector.index.history(entry.about):
        if other.envelope.visibility == "public" and isinstance(other.body, Site):
            safe = public_site(
                msgspec.structs.replace(other.body, sensitivity=body.sensitivity),
                collector.policy.sensitive_cell_degrees,
            )
            told, kept = ((one.location, one.address, one.translations) for one in (other.body, safe))
            if told != kept:
                raise ExposedPlaceError(
                    f"a site that is sensitive now was entered with its exact place as entry {other.index}",
                    where=entry.about,
                    hint=f"withdraw that entry first: vestige withdraw {other.hash} --why '…'",
                )


def _line(collector: Collector, view: SiteView) -> partials.Summary:
    """Put a site in a line. The location goes through the one function that makes public coordinates."""
    newest = view.findings[-1] if view.findings else None
    conditions = tuple(sorted(newest.conditions)) if newest else ()
    body = view.body
    return partials.Summary(
        id=view.id,
        index=view.entry.index,
        entry=view.entry.hash,
        names=body.names,
        location=public_location(body, collector.policy.sensitive_cell_degrees),
        countries=body.countries,
        type=body.type,
        sensitivity=body.sensitivity,
        finding=newest.state if newest else "none",
        condition=newest.condition if newest else None,
        conditions=conditions,
        window=newest.window if newest else None,
        assessments=len(view.assessments),
        statements=len(view.statements),
        observations=len(view.observations),
        designations=body.designations,
        identifiers=tuple((identifier.scheme, identifier.value) for identifier in body.identifiers),
        register=body.register,
        made=view.entry.made,
        lead=lead_of(view.findings, {card.entry.hash: card.body.assessor.name for card in view.assessments}),
    )


def _facts(collector: Collector, view: SiteView, origin: str) -> Facts:
    line = _line(collector, view)
    files = [
        *(name for card in view.observations for name in card.body.figures),
        *(card.body.file for card in view.statements),
    ]
    judged = judged_together(view.findings, {card.entry.hash: card.entry.person for card in view.assessments})
    facets = {FACET: judged} if judged else {}
    facets |= {COURSE: course_of(line.lead)} if line.lead else {}
    pieces = site_pieces(view, line, origin) | {FILE.name: words_row(collector, view)}
    return Facts(pieces=pieces, files=files, state=line.finding, facets=facets, line=line)


def _values(view: SiteView, words: Language) -> Mapping[str, Any]:
    return {"timeline": draw_timeline(view, words), "level": partials.LEVEL}


def _also(view: SiteView, words: Language) -> Iterable[Page]:
    """Give the page of a site's assessments when it has any."""
    if view.assessments:
        heading = words.plain("Assessments of {site}", site=words.name(view.names).text)
        yield Page(assessments_page(view.id), "assessments.html", heading)


def assessments_page(site: str) -> str:
    """Give the page of a site's assessments."""
    return f"assessments/{key_of(site)}.html"


def _counts(tallied: Tallied) -> Mapping[str, int]:
    return {
        "sites": tallied.things,
        **{state: tallied.states.get(state, 0) for state in STATES},
        **{course: tallied.facets.get(course, 0) for course in COURSES},
        "located": tallied.located,
        "sensitive": tallied.sensitive,
    }


SITE = PageKind(
    body=Site,
    heading="Sites",
    view=site_view,
    template="site.html",
    values=_values,
    also=_also,
    facts=_facts,
    files=(*FILES, FILE),
    counts=_counts,
    counted=COURSE,
    balances=(Balance("Sites by country", "Country", "country", "sites"),),
)
ASSESSMENT = PageKind(
    body=Assessment,
    heading="Assessments",
    place_of=lambda body: (body.site, assessments_page(body.site)),
    counts=lambda tallied: {"assessments": tallied.entries},
    figure=Figure(one="{n} assessment", several="{n} assessments", count="assessments"),
)
OBSERVATION = PageKind(
    body=Observation,
    heading="Observations",
    place_of=lambda body: (body.site, page_of(body.site)),
    counts=lambda tallied: {"observations": tallied.entries},
    figure=Figure(
        one="{n} observation from satellites",
        several="{n} observations from satellites",
        count="observations",
        joined=True,
    ),
)
