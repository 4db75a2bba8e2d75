"""How statements stand to one another: which are said to agree or disagree, and which are about the same site."""

from textwrap import shorten

from vestige.entries import Statement
from vestige.publishing import _partials as partials
from vestige.publishing._cards import CardCollector

MOST_OF_A_SITE = 20
"""So many statements about a site stand beside one of them, the first in the ledger."""
MOST_OF_A_STATEMENT = 40
"""So many statements stand beside one, those that disagree first."""


class RelationCollector(CardCollector):
    """Finds what a statement is related to. A relation is what a keeper entered; nothing here judges who is right."""

    def _related(self, about: str, body: Statement) -> tuple[tuple[partials.RelatedStatement, ...], bool]:
        """Give the statements that are said to agree or disagree with this one, then others about its sites; and whether there are more."""
        relations = self._declared(about, body)
        more = False
        for site in body.sites:
            listed = self.linked(site, "statement")[: MOST_OF_A_SITE + 1]
            more = more or len(listed) > MOST_OF_A_SITE
            # The first one left out is looked at, too: without it, there are no more.
            self.touched.update(other.about for other in listed)
            for other in listed[:MOST_OF_A_SITE]:
                relations.setdefault(other.about, "same site")
        relations.pop(about, None)
        order = {"disagrees": 0, "agrees": 1, "same site": 2}
        found = [
            (relation, self.current(other))
            for other, relation in sorted(relations.items(), key=lambda item: order[item[1]])
        ]
        cards = tuple(
            partials.RelatedStatement(relation=relation, card=self._statement(entry))
            for relation, entry in found[:MOST_OF_A_STATEMENT]
            if entry and isinstance(entry.body, Statement) and entry.body.status != "rejected"
        )
        return cards, more or len(found) > MOST_OF_A_STATEMENT

    def _declared(self, about: str, body: Statement) -> dict[str, str]:
        """Give the statements that this one, or that themselves, are said to agree or disagree with."""
        relations = dict.fromkeys(body.agrees_with, "agrees") | dict.fromkeys(body.disagrees_with, "disagrees")
        for other in self.linked(about, "statement"):
            if isinstance(other.body, Statement) and other.about != about:
                if about in other.body.disagrees_with:
                    relations.setdefault(other.about, "disagrees")
                elif about in other.body.agrees_with:
                    relations.setdefault(other.about, "agrees")
        return relations

    def _relations(self, about: str, body: Statement) -> tuple[partials.StatementRelation, ...]:
        """Give what a site's page says beside a statement: which ones it disagrees or agrees with."""
        declared = sorted(self._declared(about, body).items(), key=lambda item: item[1] != "disagrees")
        found = ((relation, self.current(other)) for other, relation in declared[:MOST_OF_A_STATEMENT])
        return tuple(
            partials.StatementRelation(
                relation=relation,
                id=entry.about,
                speaker=entry.body.speaker,
                content=shorten(entry.body.content, 90, placeholder="…"),
                language=entry.body.language,
            )
            for relation, entry in found
            if entry and isinstance(entry.body, Statement) and entry.body.status != "rejected"
        )
