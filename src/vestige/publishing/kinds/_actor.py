"""Actors: who spoke, published, assessed or acted."""

import msgspec

from vestige.entries import Actor
from vestige.publishing.kinds._data_file import nested_file
from vestige.publishing.kinds._kind import Facts, PageKind
from vestige.publishing.kinds._rows import entered
from vestige.publishing.views._cards import statement_cards
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._views import ActorView


def _view(collector: Collector, about: str) -> ActorView | None:
    """Build the page of an actor."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, Actor):
        return None
    ref = collector.ref(entry)
    statements, statements_in_all = statement_cards(collector, about)
    naming = collector.naming(about)
    return ActorView(
        id=about,
        body=entry.body,
        entry=ref,
        entries=(
            ref,
            *(card.entry for card in statements),
            *(card.entry for group in naming for card in group.cards),
        ),
        statements=statements,
        statements_in_all=statements_in_all,
        naming=naming or msgspec.UNSET,
    )


ACTOR = PageKind(
    body=Actor,
    heading="Actors",
    view=_view,
    template="actor.html",
    facts=lambda _collector, view, _origin: Facts(pieces={"actors.json": entered(view)}),
    files=(nested_file("actors.json", "Who spoke, published or assessed"),),
    counts=lambda tallied: {"actors": tallied.things},
)
