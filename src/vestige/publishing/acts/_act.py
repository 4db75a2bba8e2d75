"""What the acts have in common: a card from the body's own answers, a page, a list, rows from columns."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from vestige.entries import Body, DateWindow
from vestige.entries.kinds import files_of, links_of
from vestige.publishing.kinds._data_file import ENTRY, ID, Column, flat_file, nested_file
from vestige.publishing.kinds._kind import Balance, Facts, Figure, Listing, PageKind, Tallied
from vestige.publishing.kinds._rows import csv_rows, days, entered
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._views import ActView
from vestige.record import Entry, RecordReader

Describe = Callable[[partials.Card, str], dict[str, Any]]
"""Give an act in JSON-LD: from its card and the origin of the record."""
Derive = Callable[[Collector, str, Any], partials.View]
"""Give what follows from other entries about a thing: from who knows the record, its id and its body."""
Beside = Callable[[RecordReader, Callable[[Iterable[str]], set[str]], Sequence[Entry]], set[str]]
"""Give the things that new entries change besides what they name: see `PageKind`."""


def act(
    body: type[Body],
    *,
    folder: str,
    heading: str,
    lead: str,
    columns: Iterable[Column],
    holds: str,
    holds_nested: str,
    one: str = "",
    several: str = "",
    values: Mapping[str, Callable[[Any], Any]] | None = None,
    state: Callable[[Any], str] = lambda _body: "",
    states: Iterable[str] = (),
    facets: Callable[[Any], Mapping[str, str]] = lambda _body: {},
    balances: Iterable[tuple[str, str, str]] = (),
    beside: tuple[tuple[str, str], ...] = (),
    navigation: bool = False,
    shown: Callable[[Any], bool] = lambda _body: True,
    derived: Derive | None = None,
    on_cards: bool = False,
    facets_derived: Callable[[Any], Mapping[str, str]] = lambda _derived: {},
    changed_beside: Beside | None = None,
    ages: Callable[[RecordReader], Iterable[str]] = lambda _record: (),
    feed: tuple[str, ...] = (),
    described: Describe | None = None,
) -> PageKind:
    """Register an act that is shown by ``templates/acts/KIND.html``.

    ``folder`` names its list and data files, ``heading`` what several of them are called, ``lead`` what its list says it holds; ``one``
    and ``several`` are the two forms of "{n} appeals" on the front page, which is silent without them. ``columns`` are those of its flat file, between id and entry:
    each is the field of the body that is called so, unless ``values`` gives a function of the body for it. ``holds`` and
    ``holds_nested`` say what the two data files hold. ``state`` tells its things apart in counts, which are called ``FOLDER_STATE`` for
    each of ``states``. ``derived`` gives what follows from other entries about one of them, where its page is made and,
    ``on_cards``, wherever it is shown; a column that is no field of the body is one of it, ``facets_derived`` counts by it, and
    ``changed_beside`` tells what else new entries change; ``ages`` gives those whose pages name the day of the publication. ``feed`` names the kinds
    whose entries make the feed of the list, if it has one. ``described`` gives the JSON-LD that stands in its pages. ``facets`` give what ``balances`` (title, column, facet) count it by; ``beside`` what the front page says of some.
    """
    given, shape = values or {}, tuple(columns)
    listing = Listing(folder=folder, title=heading, lead=lead, navigation=navigation, feed=feed)

    def facts(_collector: Collector, view: ActView, _origin: str) -> Facts:
        pieces = {f"{folder}.csv": csv_rows([_row(view.card, shape, given)]), f"{folder}.json": entered(view.card)}
        held = view.card.body
        more = facets_derived(view.card.derived) if view.card.derived is not msgspec.UNSET else {}
        return Facts(pieces=pieces, files=files_of(held), state=state(held), facets={**facets(held), **more})

    def counts(tallied: Tallied) -> Mapping[str, int]:
        return {folder: tallied.things} | {f"{folder}_{name}": tallied.states.get(name, 0) for name in states}

    def card_of(collector: Collector, about: str) -> partials.Card | None:
        return _card(collector, about, body, shown, derived if on_cards else None)

    def view_of(collector: Collector, about: str) -> ActView | None:
        return _view(collector, about, body, shown, derived)

    kind = PageKind(
        body=body,
        heading=heading,
        view=view_of,
        title=lambda view, words: words.name(view.names).text if view.names else words.term(view.kind, "kind"),
        template="act.html",
        values=lambda view, _words: {
            "listing": listing,
            "described": functools.partial(described, view.card) if described else None,
        },
        facts=facts,
        files=(flat_file(f"{folder}.csv", holds, ID, *shape, ENTRY), nested_file(f"{folder}.json", holds_nested)),
        counts=counts,
        figure=Figure(one=one, several=several, count=folder, beside=beside, quiet=True) if one else None,
        balances=tuple(Balance(title, column, facet, folder) for title, column, facet in balances),
        listing=listing,
        card_of=card_of,
        named_beside=True,
        shown=shown,
        ages=ages,
    )
    return msgspec.structs.replace(kind, beside=changed_beside) if changed_beside else kind


def _row(card: partials.Card, shape: Sequence[Column], given: Mapping[str, Callable[[Any], Any]]) -> list[Any]:
    """Write an act into a row of its flat file: its id, its columns, the hash of its entry."""
    cells = (given[c.name](card.body) if c.name in given else _field(card, c.name) for c in shape)
    return [card.id, *map(_cell, cells), card.entry.hash]


def _field(card: partials.Card, name: str) -> Any:
    return getattr(card.body if hasattr(card.body, name) else card.derived, name)


def _card(
    collector: Collector, about: str, kind: type[Body], shown: Callable[[Any], bool], derived: Derive | None
) -> partials.Card | None:
    """Give an act as its page, its list and the pages of what it names show it."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, kind) or not shown(entry.body):
        return None
    links = {name: link for name in links_of(entry.body) if (link := collector.link(name))}
    files = {name: address for name in files_of(entry.body) if (address := collector.file(name))}
    cited = {name: found.index for name in entry.envelope.cites if (found := collector.index.entry(name))}
    more = derived(collector, about, entry.body) if derived else msgspec.UNSET
    return partials.Card(
        id=about, body=entry.body, entry=collector.ref(entry), derived=more, links=links, files=files, positions=cited
    )


def _view(
    collector: Collector, about: str, kind: type[Body], shown: Callable[[Any], bool], derived: Derive | None
) -> ActView | None:
    """Build the page of an act."""
    card = _card(collector, about, kind, shown, derived)
    if card is None:
        return None
    naming = collector.naming(about)
    versions, versions_in_all = collector.versions(collector.newest(about))
    return ActView(
        id=about,
        kind=card.entry.kind,
        card=card,
        entries=(card.entry, *(other.entry for group in naming for other in group.cards)),
        names=card.body.named(),
        naming=naming or msgspec.UNSET,
        versions=versions,
        versions_in_all=versions_in_all,
    )


def _cell(value: Any) -> Any:
    """Write a field into a cell: a window as its last day, several values with semicolons between."""
    if isinstance(value, DateWindow):
        return days(value)[1]
    if isinstance(value, (tuple, list)):
        return "; ".join(str(_cell(item)) for item in value)
    return value
