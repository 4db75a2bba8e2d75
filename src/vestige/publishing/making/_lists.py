"""The lists: of sites by country, of statements and of sources, in parts of which only those that changed are made."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from vestige.publishing._registry import LISTED
from vestige.publishing.kinds import PageKind
from vestige.publishing.kinds._kind import Listing
from vestige.publishing.making._page_writer import PageWriter
from vestige.publishing.making._site_lists import Part, Row, digest_of, list_name, parts_of, rows_of
from vestige.publishing.memory._state import State
from vestige.publishing.pages._render import Renderer
from vestige.publishing.views._collect import Collector

if TYPE_CHECKING:
    from vestige.publishing.views._partials import Summary

GROUP = 64
"""Statements or sources on one page of their list: those that first stood in so many places of the ledger."""


class ListWriter:
    """Writes the lists of one record."""

    def __init__(self, pages: PageWriter, collector: Collector, state: State) -> None:
        self._pages = pages
        self._collector = collector
        self._state = state

    def lists(self, countries: Iterable[str], groups: dict[str, set[int]], changed: AbstractSet[str]) -> None:
        """Make the parts of the lists that have changed: those of some countries, and some groups of statements and sources.

        ``changed`` are the ids of the things whose lines may read otherwise now.
        """
        for country in sorted(countries):
            self._country(country, changed)
        for kind in LISTED:
            if kind.listing:
                self._groups(kind, kind.listing, groups.get(kind.name, set()))

    def _country(self, country: str, changed: AbstractSet[str]) -> None:
        """Make the pages of a country that have changed, in every language, and forget those that are no more."""
        lines: dict[str, Summary] = {}
        for renderer in self._pages.renderers:
            code = renderer.words.code
            parts = parts_of(country, self._state.lists.order(list_name(renderer.words, country)))
            kept = [f"{code}/sites/{part.page}" for part in parts]
            for number, path in enumerate(kept):
                digest = digest_of(parts[number], *_context(parts, number))
                ids = [about for about, _ in parts[number].sites]
                if self._state.lists.digest(path) != digest or not changed.isdisjoint(ids):
                    self._state.lists.set_digest(path, digest)
                    missing = [about for about in ids if about not in lines]
                    lines |= {site.id: site for site in self._state.things.summaries(missing)}
                    rows = rows_of([lines[about] for about in ids], renderer.words)
                    self._part(renderer, country, parts, number, rows)
            self._pages.drop(self._state.files.disowned(_owner(code, country), kept))

    def _part(self, renderer: Renderer, country: str, parts: Sequence[Part], number: int, rows: Sequence[Row]) -> None:
        """Make one page of a country."""
        words, page = renderer.words, parts[number].page
        name = words.country(country) if country else words.text("No country stated")
        previous, following, labels, total = _context(parts, number)
        self._pages.page(
            renderer,
            f"sites/{page}",
            "site_list.html",
            name,
            "data/sites-index.json",
            owner=_owner(words.code, country),
            everywhere=number == 0,
            country_name=name,
            rows=rows,
            first_page=parts[0].page,
            total=total,
            chunks=labels,
            here=page,
            of=len(parts),
            previous=previous,
            following=following,
        )

    def _groups(self, kind: PageKind, listing: Listing, dirty: set[int]) -> None:
        """Make the pages of a list whose groups changed, and the index: the two newest, since the newest may hold a single line."""
        groups = self._state.things.groups(kind.name, GROUP)
        known = self._state.recall(f"groups {kind.name}")
        held = ",".join(map(str, groups))
        # A group that joined the index, or left it, moves; its neighbour's links with it.
        moved = set(groups[-4:]) if known != held else set()
        self._state.remember(**{f"groups {kind.name}": held})
        pages = [f"{listing.folder}/{group}.html" for group in groups[:-2]] + [f"{listing.folder}/index.html"]
        for renderer in self._pages.renderers:
            owner = f"list:{renderer.words.code}:{kind.name}"
            for number, page in enumerate(pages):
                shown = groups[number : number + 1] if number < len(pages) - 1 else groups[-2:]
                if number < len(pages) - 1 and groups[number] not in dirty | moved:
                    continue
                newer = (pages[number + 1].partition("/")[2], "") if number + 1 < len(pages) else None
                older = (pages[number - 1].partition("/")[2], "") if number else None
                abouts = [about for group in shown for about in self._state.things.group(kind.name, GROUP, group)]
                self._pages.page(
                    renderer,
                    page,
                    listing.template,
                    renderer.words.text(listing.title),
                    f"data/{listing.folder}.json",
                    owner=owner,
                    cards=self._cards(kind, abouts),
                    kind=kind,
                    previous=newer,
                    following=older,
                )
            self._pages.drop(self._state.files.disowned(owner, [f"{renderer.words.code}/{page}" for page in pages]))

    def _cards(self, kind: PageKind, abouts: Sequence[str]) -> list[Any]:
        found = (kind.card_of(self._collector, about) for about in reversed(abouts) if kind.card_of)
        return [card for card in found if card]


_Label = tuple[str, str]


def _context(parts: Sequence[Part], number: int) -> tuple[_Label | None, _Label | None, Sequence[_Label], int]:
    """Give what a page shows besides its rows: the page before, the page after, and on the first all pages and the number of sites."""
    previous = parts[number - 1].label if number else None
    following = parts[number + 1].label if number + 1 < len(parts) else None
    if number:
        return previous, following, [], 0
    return previous, following, [part.label for part in parts], sum(len(part.sites) for part in parts)


def _owner(code: str, country: str) -> str:
    return f"list:{code}:{country}"
