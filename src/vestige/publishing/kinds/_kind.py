"""What publishing must know of a kind of entry: one frozen value a kind, asked by everything that is made of a record.

Only ``body``, ``headings`` and what a kind differs in need be given. `publishing._registry` holds the list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from vestige.entries import Body
from vestige.publishing.kinds._data_file import DataFile
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._views import PageView
from vestige.publishing.words._language import Language
from vestige.record import Entry, RecordReader


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a thing, its pieces of the data files, the files that it offers, and its line when it is a site.

    ``state`` is what lists and counts tell its kind apart by; ``facets`` hold, by name, what balances count it by.
    """

    pieces: dict[str, bytes]
    files: Sequence[str | None] = ()
    state: str = ""
    facets: Mapping[str, str] = {}
    line: partials.Summary | None = None


class Tallied(msgspec.Struct, frozen=True):
    """How many things of a kind there are: in all, in each state, with a place, sensitive; how many entries of it stand; and words of a facet."""

    things: int = 0
    states: Mapping[str, int] = {}
    located: int = 0
    sensitive: int = 0
    entries: int = 0
    facets: Mapping[str, int] = {}


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list of all things of a kind, newest first, in parts. ``lead`` says above it what it holds.

    ``folder`` is its folder and the stem of its data file, ``title`` its heading and its word in the navigation. ``feed`` names the kinds whose
    entries make a feed of its own, ``FOLDER.atom``, if it has one.
    """

    folder: str
    title: str
    template: str = "acts.html"
    lead: str = ""
    navigation: bool = True
    feed: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are, as the front page says it: one and several of them, the name of the count.

    ``beside`` is what is said of some of them: messages with ``{n}``, each with the name of its count. One that is ``joined`` stands in the
    line of the kind before; one that is ``quiet`` is left out while there is none.
    """

    one: str
    several: str
    count: str
    beside: tuple[tuple[str, str], ...] = ()
    joined: bool = False
    quiet: bool = False


class Balance(msgspec.Struct, frozen=True):
    """A table of the balance: its title, what its rows are called, the facet by which it counts, and the count that is the whole."""

    title: str
    column: str
    facet: str
    whole: str


class Page(msgspec.Struct, frozen=True):
    """A page besides a thing's own: where, made by which template, called what."""

    path: str
    template: str
    title: str


class PageKind(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of entry is published.

    ``body`` is its type; ``heading`` what several of them are called, for a section. A kind with ``view`` has pages of its own, made by
    ``template`` and called by ``title``; one without stands on the page of what ``place_of`` says. ``card_of`` gives an entry as other
    pages show it, and ``named_beside`` says that the page of whatever it names does so. ``beside`` gives what new entries change
    besides what they name and what has shown it.
    """

    body: type[Body]
    heading: str
    view: Callable[[Collector, str], PageView | None] | None = None
    title: Callable[[Any, Language], str] = lambda view, words: words.name(view.names).text
    template: str = ""
    values: Callable[[Any, Language], Mapping[str, Any]] = lambda _view, _words: {}
    also: Callable[[Any, Language], Iterable[Page]] = lambda _view, _words: ()
    attachments: Callable[[Collector, Any], Iterable[tuple[str, bytes]]] = lambda _collector, _view: ()
    facts: Callable[[Collector, Any, str], Facts] = lambda _collector, _view, _origin: Facts(pieces={})
    files: tuple[DataFile, ...] = ()
    counts: Callable[[Tallied], Mapping[str, int]] = lambda _tallied: {}
    counted: str = ""
    """The facet whose words are counted beside the states."""
    figure: Figure | None = None
    balances: tuple[Balance, ...] = ()
    listing: Listing | None = None
    card_of: Callable[[Collector, str], Any] | None = None
    named_beside: bool = False
    shown: Callable[[Any], bool] = lambda _body: True
    place_of: Callable[[Any], tuple[str, str] | None] = lambda _body: None
    beside: Callable[[RecordReader, Callable[[Iterable[str]], set[str]], Sequence[Entry]], set[str]] = lambda *_: set()
    ages: Callable[[RecordReader], Iterable[str]] = lambda _record: ()
    """The things whose pages name the day of the publication, and are made anew on another day."""
    texts: bool = False
    """Whether its entries can change which texts are public, among which copies and related news are looked for."""

    @property
    def name(self) -> str:
        """The name of the kind."""
        return self.body.KIND

    @property
    def paged(self) -> bool:
        """Whether its things have pages of their own."""
        return self.view is not None

    def stands(self, entry: Entry) -> bool:
        """Tell whether an entry of it has a page or a place on one."""
        return entry.body is not None and self.shown(entry.body)

    def place(self, entry: Entry) -> tuple[str, str] | None:
        """Give, of a kind without pages, the thing on whose page an entry stands, and that page."""
        return self.place_of(entry.body) if entry.body is not None else None

    def card(self, collector: Collector, entry: Entry) -> partials.Card | None:
        """Give an entry as other pages show it."""
        card = self.card_of(collector, entry.about) if self.card_of else None
        return card if isinstance(card, partials.Card) else None
