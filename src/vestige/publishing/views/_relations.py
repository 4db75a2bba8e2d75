"""How statements stand to one another: which are said to agree or disagree, and which are about the same site."""

from collections.abc import Sequence
from itertools import islice
from textwrap import shorten

from vestige.entries import Statement
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._cards import standing, statement_card
from vestige.publishing.views._collect import Collector
from vestige.record import Entry

MOST_OF_A_SITE = 20
"""So many statements about a site stand beside one of them, the first in the ledger."""
MOST_OF_A_STATEMENT = 40
"""So many statements stand beside one, those that disagree first."""


def leading(statements: Sequence[Entry]) -> set[str]:
    """Give those statements about a site whose coming or going may change what the page of another one lists, or that it lists all.

    A page lists at most ``MOST_OF_A_STATEMENT`` and is one itself: where there are two more, it leaves some out, whatever else comes.
    """
    several = islice(standing(statements), MOST_OF_A_STATEMENT + 2)
    return {entry.about for entry in (*statements[:MOST_OF_A_SITE], *several)}


def related(collector: Collector, about: str, body: Statement) -> tuple[tuple[partials.RelatedStatement, ...], bool]:
    """Give the statements that are said to agree or disagree with this one, then others about its sites; and whether there are more."""
    relations = _declared(collector, about, body)
    known: set[str] = set()
    for site in body.sites:
        linked = collector.linked(site, "statement")
        known |= leading(linked)
        for other in linked[:MOST_OF_A_SITE]:
            relations.setdefault(other.about, "same site")
    relations.pop(about, None)
    collector.touched |= known
    order = {"disagrees": 0, "agrees": 1, "same site": 2}
    by_closeness = sorted(relations, key=lambda other: order[relations[other]])
    found = list(standing(map(collector.current, by_closeness)))
    cards = tuple(
        partials.RelatedStatement(relation=relations[entry.about], card=statement_card(collector, entry, entry.body))
        for entry in found[:MOST_OF_A_STATEMENT]
        if isinstance(entry.body, Statement)
    )
    return cards, len(found) > MOST_OF_A_STATEMENT or not known <= {about, *relations}


def _declared(collector: Collector, about: str, body: Statement) -> dict[str, str]:
    """Give the statements that this one, or that themselves, are said to agree or disagree with."""
    relations = dict.fromkeys(body.agrees_with, "agrees") | dict.fromkeys(body.disagrees_with, "disagrees")
    for other in collector.linked(about, "statement"):
        if isinstance(other.body, Statement) and other.about != about:
            if about in other.body.disagrees_with:
                relations.setdefault(other.about, "disagrees")
            elif about in other.body.agrees_with:
                relations.setdefault(other.about, "agrees")
    return relations


def relations_of(collector: Collector, about: str, body: Statement) -> tuple[partials.StatementRelation, ...]:
    """Give what a site's page says beside a statement: which ones it disagrees or agrees with."""
    declared = sorted(_declared(collector, about, body).items(), key=lambda item: item[1] != "disagrees")
    found = ((relation, collector.current(other)) for other, relation in declared[:MOST_OF_A_STATEMENT])
    return tuple(
        partials.StatementRelation(
            relation=relation,
            id=entry.about,
            speaker=entry.body.speaker,
            content=shorten(entry.body.content, 90, placeholder="…"),
            language=entry.body.language,
        )
        for relation, entry in found
        if entry and isinstance(entry.body, Statement) and entry.body.status == "confirmed"
    )
