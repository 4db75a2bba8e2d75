"""What found-out kinds look like inside the pages of other things: cards, made from a collector."""

from collections.abc import Iterable, Iterator

from vestige.entries import Assessment, Observation, Source, Statement
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import MOST_CARDS, Collector
from vestige.publishing.views._names import names_of
from vestige.publishing.views._ties import MOST_NAMED
from vestige.record import Entry


def standing(entries: Iterable[Entry | None]) -> Iterator[Entry]:
    """Give those that are statements and that a person confirmed: they have pages."""
    return (e for e in entries if e and isinstance(e.body, Statement) and e.body.status == "confirmed")


def source_card(collector: Collector, about: str) -> partials.SourceCard | None:
    """Give a source by its id."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, Source):
        return None
    return partials.SourceCard(id=about, body=entry.body, entry=collector.ref(entry))


def statement_card(collector: Collector, entry: Entry, body: Statement) -> partials.StatementCard:
    """Give a statement with its source, its actor and its sites."""
    collector.touched.add(entry.about)
    links = (collector.link(site) for site in body.sites)
    return partials.StatementCard(
        id=entry.about,
        body=body,
        entry=collector.ref(entry),
        source=source_card(collector, body.source),
        actor=collector.link(body.speaker.actor) if body.speaker.actor else None,
        sites=tuple(link for link in links if link),
    )


def statement_cards(collector: Collector, about: str) -> tuple[tuple[partials.StatementCard, ...], int]:
    """Give the statements that name a thing, as many as a page shows, and how many there are in all."""
    kept = list(standing(collector.linked(about, "statement")))
    shown = ((entry, entry.body) for entry in kept[:MOST_CARDS])
    cards = tuple(statement_card(collector, entry, body) for entry, body in shown if isinstance(body, Statement))
    return cards, len(kept)


def assessment_cards(collector: Collector, about: str) -> tuple[partials.AssessmentCard, ...]:
    """Give the assessments of a site, each with the entries that it rests on."""
    linked = ((entry, entry.body) for entry in collector.linked(about, "assessment"))
    return tuple(_assessment(collector, entry, body) for entry, body in linked if isinstance(body, Assessment))


def _assessment(collector: Collector, entry: Entry, body: Assessment) -> partials.AssessmentCard:
    collector.touched.add(entry.about)
    names = dict.fromkeys((*body.evidence, *entry.envelope.cites))
    pieces = (_evidence(collector, name) for name in names)
    evidence = tuple(piece for piece in pieces if piece and piece.entry.about != body.site)
    ref = collector.ref(entry)
    return partials.AssessmentCard(
        id=entry.about, body=body, entry=ref, evidence=evidence, transcribed=_transcribed(collector, body, ref)
    )


def _transcribed(collector: Collector, body: Assessment, ref: partials.EntryRef) -> bool:
    """Tell whether a judgement is another's, entered from what was published: one with a grade of its own scale, or by an actor of the record."""
    own = {ref.signer, ref.person, collector.policy.name}
    published = body.original is not None or body.assessor.actor is not None
    return published and body.signed is None and body.assessor.name not in own


def _evidence(collector: Collector, name: str) -> partials.Evidence | None:
    entry = collector.index.entry(name)
    if entry is None:
        return None
    names, page = names_of(entry), collector.page(collector.current(entry.about))
    return partials.Evidence(entry=collector.ref(entry), label=names[0].text if names else "", page=page)


def observation_cards(collector: Collector, about: str) -> tuple[partials.ObservationCard, ...]:
    """Give the observations of a site, each with its figures."""
    linked = ((entry, entry.body) for entry in collector.linked(about, "observation"))
    return tuple(_observation(collector, entry, body) for entry, body in linked if isinstance(body, Observation))


def _observation(collector: Collector, entry: Entry, body: Observation) -> partials.ObservationCard:
    collector.touched.add(entry.about)
    files = collector.files(body.figures)
    figures = collector.forms(files)
    return partials.ObservationCard(
        id=entry.about,
        body=body,
        entry=collector.ref(entry),
        figures=tuple(figures),
        pictures=tuple(path for path, form in figures.items() if form == "picture"),
        drawings=tuple(path for path, form in figures.items() if form == "drawing"),
        sizes=collector.sizes(files),
    )


def news_of(collector: Collector, about: str) -> tuple[tuple[partials.RelatedSource, ...], bool]:
    """Give the sources that the text of this one is linked to, the closest first, and whether there are more."""
    ties = collector.ties.get(about, ())
    found = ((tie, source_card(collector, tie.source)) for tie in ties[:MOST_NAMED])
    named = (partials.RelatedSource(kind=tie.kind, score=tie.score, card=card) for tie, card in found if card)
    return tuple(named), len(ties) > MOST_NAMED
