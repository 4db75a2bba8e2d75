"""Sources: where something was found, with its preserved bytes where there are any."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from vestige.entries import Source
from vestige.publishing.kinds._data_file import ENTRY, ID, Column, columns, flat_file, nested_file
from vestige.publishing.kinds._kind import Balance, Facts, Figure, Listing, PageKind
from vestige.publishing.kinds._rows import csv_rows, entered
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._cards import news_of, source_card, statement_cards
from vestige.publishing.views._collect import MOST_CARDS, Collector
from vestige.publishing.views._passage import whole_text
from vestige.publishing.views._paths import film_path, picture_path
from vestige.publishing.views._pictures import NoCopy, SmallCopy
from vestige.publishing.views._views import SourceView
from vestige.record import Entry, RecordReader


def _view(collector: Collector, about: str) -> SourceView | None:
    """Build the page of a source, with its preserved text where it is text."""
    card = source_card(collector, about)
    if card is None:
        return None
    statements, statements_in_all = statement_cards(collector, about)
    news, more_news = news_of(collector, about)
    versions, versions_in_all = collector.versions(collector.newest(about))
    naming = collector.naming(about)
    passage, cut = whole_text(
        collector.record.files, card.body, [(item.id, item.body) for item in statements], collector.file
    )
    copy, film = collector.small_copy(card.body.file), collector.film_copy(card.body.file)
    return SourceView(
        id=about,
        card=card,
        entries=(
            card.entry,
            *(item.entry for item in statements),
            *(item.card.entry for item in news),
            *(item.entry for group in naming for item in group.cards),
        ),
        passage=passage,
        cut=cut,
        statements=statements,
        statements_in_all=statements_in_all,
        copies=_copies(collector, about, card.body),
        news=news,
        more_news=more_news,
        located=collector.is_public(card.body.file) and not card.entry.file,
        sites=tuple(link for site in card.body.sites if (link := collector.link(site))),
        picture=picture_path(about) if isinstance(copy, SmallCopy) else None,
        picture_size=copy.size if isinstance(copy, SmallCopy) else None,
        film=film_path(about, film[0]) if film else msgspec.UNSET,
        no_picture=copy.why if isinstance(copy, NoCopy) else msgspec.UNSET,
        versions=versions,
        versions_in_all=versions_in_all,
        naming=naming or msgspec.UNSET,
    )


def pictures_of(collector: Collector, about: str) -> tuple[partials.PictureCard, ...]:
    """Give the pictures whose sources name a site."""
    found = []
    for entry in collector.linked(about, "source")[:MOST_CARDS]:
        card = source_card(collector, entry.about)
        if card and isinstance(copy := collector.small_copy(card.body.file), SmallCopy):
            found.append(partials.PictureCard(path=picture_path(card.id), size=copy.size, card=card))
    return tuple(found)


def _copies(collector: Collector, about: str, body: Source) -> tuple[partials.SourceCard, ...]:
    if body.file is None:
        return ()
    users = {entry.about for entry in collector.index.file_users(body.file) if entry.kind == "source"} - {about}
    return tuple(card for user in sorted(users) if (card := source_card(collector, user)))


def _attachments(collector: Collector, view: SourceView) -> Iterable[tuple[str, bytes]]:
    if view.picture and isinstance(copy := collector.small_copy(view.card.body.file), SmallCopy):
        yield view.picture, copy.jpeg
    if view.film and (film := collector.film_copy(view.card.body.file)):
        yield view.film, film[1]


def _facts(_collector: Collector, view: SourceView, _origin: str) -> Facts:
    card = view.card
    return Facts(
        pieces={"sources.csv": csv_rows([_row(card)]), "sources.json": entered(card)},
        files=[card.body.file],
        state=card.body.form if card.entry.file else "",
        facets={"language": card.body.language or "", "publisher": card.body.publisher or ""},
    )


def _row(card: partials.SourceCard) -> Sequence[str | None]:
    body = card.body
    return (
        card.id, body.title, body.form, body.publisher, body.author, body.published, body.address, body.language, body.file,
        body.media_type, body.credit, body.created, body.rights, " ".join(body.sites), card.entry.hash,
    )  # fmt: skip


def _beside(record: RecordReader, _showing: Callable[[Iterable[str]], set[str]], fresh: Sequence[Entry]) -> set[str]:
    """Give the sources of the same file as new ones."""
    files = {entry.body.file for entry in fresh if isinstance(entry.body, Source) and entry.body.file}
    return {user.about for file in files for user in record.index.file_users(file) if user.kind == "source"}


SOURCE = PageKind(
    body=Source,
    heading="Sources",
    view=_view,
    title=lambda view, _words: str(view.card.body.title),
    template="source.html",
    card_of=source_card,
    attachments=_attachments,
    facts=_facts,
    files=(
        flat_file(
            "sources.csv",
            "One row per source",
            ID,
            *columns("title", "form", "publisher", "author", "published", "address", "language"),
            Column("file_sha256", "SHA-256 of the preserved file"),
            Column("media_type"),
            Column("credit", "Whom to name beside it"),
            Column("created", "When it was made, as entered"),
            Column("rights", "Under which terms it may be used"),
            Column("sites", "Ids of the sites that it shows or is about, parted by spaces"),
            ENTRY,
        ),
        nested_file("sources.json", "Sources as entered"),
    ),
    counts=lambda tallied: {
        "sources": tallied.things,
        "sources_preserved": tallied.states.get("copy", 0),
        "sources_abstracts": tallied.states.get("abstract", 0),
    },
    figure=Figure(
        one="{n} source",
        several="{n} sources",
        count="sources",
        beside=(
            ("originals preserved here: {n}", "sources_preserved"),
            ("abstracts in the keeper's words: {n}", "sources_abstracts"),
        ),
    ),
    balances=(
        Balance("Sources by language", "Language", "language", "sources"),
        Balance("Sources by publisher", "Publisher", "publisher", "sources"),
    ),
    listing=Listing(folder="sources", title="Sources", template="sources.html"),
    beside=_beside,
    texts=True,
)
