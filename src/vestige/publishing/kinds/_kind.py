"""What lists and data files hold of each thing that has a page. Pure: from a view to values."""

from collections.abc import Sequence
from typing import Any

import msgspec

from vestige.publishing.kinds._rows import plain_piece, site_pieces, source_pieces, statement_pieces
from vestige.publishing.views import _partials as partials
from vestige.publishing.views import _views as views

Paged = views.SiteView | views.StatementView | views.SourceView | views.ActorView | views.StudyView
"""A view that has a page of its own."""


class Facts(msgspec.Struct, frozen=True):
    """What is remembered of a thing, its pieces of the data files, the files that it offers, and its line when it is a site."""

    remembered: dict[str, Any]
    pieces: dict[str, bytes]
    files: Sequence[str | None] = ()
    line: partials.Summary | None = None


def facts_of(view: Paged, line: partials.Summary | None, origin: str) -> Facts:
    """Give the facts of a thing; ``line`` is its line when it is a site, ``origin`` names the record."""
    match view:
        case views.SiteView():
            return _site_facts(view, line, origin)
        case views.StatementView(card=card):
            disputed = any(other.relation == "disagrees" for other in view.related)
            held = {"state": "disputed" if disputed else "", "credit": speaker_of(card)}
            return Facts(held | {"language": card.body.language or ""}, statement_pieces(card), [card.body.file])
        case views.SourceView(card=card):
            held = {"state": card.body.form if card.entry.file else "", "credit": card.body.publisher or ""}
            return Facts(held | {"language": card.body.language or ""}, source_pieces(card), [card.body.file])
        case views.ActorView():
            return Facts({}, plain_piece("actors.json", view))
        case views.StudyView(body=body):
            return Facts({}, plain_piece("studies.json", view), [file.file for file in (*body.files, *body.inputs)])


def entry_of(view: Paged) -> partials.EntryRef:
    """Give the entry that a page is about."""
    return view.card.entry if isinstance(view, (views.StatementView, views.SourceView)) else view.entry


def speaker_of(card: partials.StatementCard) -> str:
    """Name the speaker of a statement in a few words: as printed, else as resolved."""
    speaker = card.body.speaker
    return speaker.name or speaker.organisation or speaker.role or (card.actor.names[0].text if card.actor else "")


def _site_facts(view: views.SiteView, line: partials.Summary | None, origin: str) -> Facts:
    assert line is not None  # noqa: S101 - the caller gives a site its line
    remembered = {
        "row": msgspec.msgpack.encode(line),
        "countries": line.countries,
        "state": line.finding,
        "located": line.location is not None,
        "sensitive": line.sensitivity != "open",
    }
    files = [
        *(name for card in view.observations for name in card.body.figures),
        *(card.body.file for card in view.statements),
    ]
    return Facts(remembered, site_pieces(view, line, origin), files, line)
