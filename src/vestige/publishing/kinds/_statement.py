"""Statements: what somebody said in a source."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from vestige.entries import Statement
from vestige.publishing.kinds._data_file import CONTENT, ENTRY, ID, SOURCE, Column, columns, flat_file, nested_file
from vestige.publishing.kinds._kind import Balance, Facts, Figure, Listing, PageKind
from vestige.publishing.kinds._rows import csv_rows, days, entered
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._cards import news_of, statement_card
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._passage import context_of, text_of
from vestige.publishing.views._relations import leading, related
from vestige.publishing.views._views import StatementView
from vestige.record import Entry, RecordReader


def _view(collector: Collector, about: str) -> StatementView | None:
    """Build the page of a statement; one that nobody confirmed has none."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, Statement) or not _is_shown(entry.body):
        return None
    card = statement_card(collector, entry, entry.body)
    beside, more_related = related(collector, about, entry.body)
    news, more_news = news_of(collector, entry.body.source)
    versions, versions_in_all = collector.versions(entry)
    naming = collector.naming(about)
    refs = [
        card.entry,
        *([card.source.entry] if card.source else []),
        *(other.card.entry for other in beside),
        *(other.card.entry for other in news),
        *(other.entry for group in naming for other in group.cards),
    ]
    preserved = text_of(collector.record.files, entry.body.file) if collector.file(entry.body.file) else None
    return StatementView(
        id=about,
        card=card,
        entries=tuple(refs),
        passage=context_of(preserved, entry.body) if preserved else (),
        reported_via=entry.body.reported_via,
        related=beside,
        more_related=more_related,
        news=news,
        more_news=more_news,
        versions=versions,
        versions_in_all=versions_in_all,
        naming=naming or msgspec.UNSET,
    )


def _is_shown(body: Statement) -> bool:
    return body.status == "confirmed"


def _card(collector: Collector, about: str) -> partials.StatementCard | None:
    """Give a statement as a list shows it; one that nobody confirmed is not shown."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, Statement) or not _is_shown(entry.body):
        return None
    return statement_card(collector, entry, entry.body)


def _facts(_collector: Collector, view: StatementView, _origin: str) -> Facts:
    card = view.card
    disputed = any(other.relation == "disagrees" for other in view.related)
    return Facts(
        pieces={"statements.csv": csv_rows([_row(card)]), "statements.json": entered(card)},
        files=[card.body.file],
        state="disputed" if disputed else "",
        facets={"language": card.body.language or "", "speaker": _speaker(card)},
    )


def _row(card: partials.StatementCard) -> Sequence[str | None]:
    body, speaker = card.body, card.body.speaker
    return (
        card.id, body.source, speaker.name, speaker.role, speaker.organisation, speaker.actor, body.cue, body.manner, body.content,
        body.language, *days(body.said), " ".join(body.sites), " ".join(body.agrees_with), " ".join(body.disagrees_with), body.status,
        card.entry.hash,
    )  # fmt: skip


def _speaker(card: partials.StatementCard) -> str:
    """Name the speaker of a statement in a few words: as printed, else as resolved."""
    speaker = card.body.speaker
    return speaker.name or speaker.organisation or speaker.role or (card.actor.names[0].text if card.actor else "")


def _beside(record: RecordReader, showing: Callable[[Iterable[str]], set[str]], fresh: Sequence[Entry]) -> set[str]:
    """Give the statements about the same site as new ones, and whatever shows a statement that a new one agrees or disagrees with."""
    beside = set[str]()
    about_site: dict[str, set[str]] = {}
    for entry in fresh:
        if isinstance(entry.body, Statement):
            beside |= showing((*entry.body.agrees_with, *entry.body.disagrees_with))
            for site in entry.body.sites:
                about_site.setdefault(site, set()).add(entry.about)
    for site, new in about_site.items():
        statements = record.index.linked(site, "statement")
        if not new.isdisjoint(leading(statements)):
            beside.update(entry.about for entry in statements)
    return beside


STATEMENT = PageKind(
    body=Statement,
    heading="Statements",
    view=_view,
    title=lambda view, words: words.plain("A statement by {speaker}", speaker=_speaker(view.card)),
    template="statement.html",
    card_of=_card,
    shown=_is_shown,
    facts=_facts,
    files=(
        flat_file(
            "statements.csv",
            "One row per statement",
            ID,
            SOURCE,
            *columns("speaker_name", "speaker_role", "speaker_organisation", "speaker_actor"),
            Column("cue", "Cue verb as printed"),
            Column("manner", "direct, indirect, mixed or topic"),
            CONTENT,
            *columns("language", "said_first_day", "said_last_day", "sites", "agrees_with", "disagrees_with", "status"),
            ENTRY,
        ),
        nested_file("statements.json", "Statements as entered, with spans and attribution chain"),
    ),
    counts=lambda tallied: {
        "statements": tallied.things,
        "statements_disputed": tallied.states.get("disputed", 0),
    },
    figure=Figure(
        one="{n} statement",
        several="{n} statements",
        count="statements",
        beside=(("disputed by another statement: {n}", "statements_disputed"),),
    ),
    balances=(
        Balance("Statements by language", "Language", "language", "statements"),
        Balance("Statements by speaker", "Speaker", "speaker", "statements"),
    ),
    listing=Listing(folder="statements", title="Statements", template="statements.html"),
    beside=_beside,
    texts=True,
)
