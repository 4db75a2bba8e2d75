"""The pages about the record as a whole: front, overviews, ledger, data, balance, feeds. Made from what the state remembers."""

import heapq
from collections.abc import Mapping, Sequence

import msgspec

from vestige.entries import Name
from vestige.entries.acts import Gathering
from vestige.publishing._registry import ALL, KINDS
from vestige.publishing.acts._events import FILES as EVENT_FILES
from vestige.publishing.acts._events import events_of
from vestige.publishing.data import _describe as describe
from vestige.publishing.data._agreement import agreement
from vestige.publishing.data._balance import FILE as BALANCE
from vestige.publishing.data._balance import Tally, balance_csv, balance_json, shown, tally
from vestige.publishing.kinds import PageKind
from vestige.publishing.kinds._site_judged import FACET
from vestige.publishing.making._doors import write_doors
from vestige.publishing.making._ledger_overview import listed_keys, withdrawals
from vestige.publishing.making._page_writer import PageWriter
from vestige.publishing.making._peace import newest_acts
from vestige.publishing.making._site_lists import country_page
from vestige.publishing.memory._state import State
from vestige.publishing.pages._filters import script_json
from vestige.publishing.pages._render import Renderer
from vestige.publishing.views import _partials as partials
from vestige.publishing.views import _views as views
from vestige.publishing.views._collect import Collector, encode_twin
from vestige.publishing.views._names import names_of
from vestige.publishing.views._paths import TILE
from vestige.publishing.words._types import SITE_TYPES
from vestige.record import Entry

_NEWEST = 12
_FEED = 50
_SHOWN = 200


class Country(msgspec.Struct, frozen=True):
    """A country in the table of countries."""

    page: str
    name: str
    sites: int
    agreed: int
    contested: int
    single: int
    none: int


class CollectionWriter:
    """Writes the pages about the record as a whole; ``countries`` counts the sites of each by the state of what was found."""

    def __init__(
        self,
        pages: PageWriter,
        collector: Collector,
        record: views.RecordView,
        state: State,
        countries: dict[str, dict[str, int]],
    ) -> None:
        self._pages = pages
        self._collector = collector
        self._record = record
        self._state = state
        self._countries = countries
        self._tallies = self._tally()
        self._agreement = agreement(state.things.tally_facet("site", FACET))

    def _events(self) -> None:
        """Write the dialogues for calendars and catalogues, where there is any that is public."""
        entries = self._collector.index.entries("gathering", current=True)
        found = [
            (one.about, one.body, one.envelope.made)
            for one in entries
            if one.is_public and isinstance(one.body, Gathering)
        ]
        if not found:
            self._pages.drop(EVENT_FILES)
            return
        for path, data in zip(EVENT_FILES, events_of(found, self._record.origin), strict=True):
            self._pages.put(path, data)

    def whole(self, tiles: int, checkpoint: bytes, base_url: str | None, linked_art: Sequence[str]) -> None:
        """Make the pages that show something of the whole record; there are few, so they are always made."""
        lines = self._newest()
        acts = newest_acts(self._collector, self._state)
        for renderer in self._pages.renderers:
            self._front(renderer, lines)
            self._sites(renderer)
            self._findings(renderer)
            self._balance(renderer)
            self._pages.page(
                renderer, "peace.html", "peace.html", renderer.words.text("Peace"), "peace.json", acts=acts
            )
            self._ledger(renderer, tiles, checkpoint)
            self._data(renderer, base_url, linked_art)
            title = renderer.words.text("Check it yourself")
            address = base_url or "https://…/"
            policies = self._policies()
            self._pages.page(
                renderer, "check.html", "check.html", title, "proofs.json", site_address=address, policies=policies
            )
            code, words = renderer.words.code, renderer.words
            self._pages.put(f"{code}/changes.atom", describe.atom_feed(self._record, words, lines, base_url))
            self._pages.put(f"{code}/changes.json", describe.json_feed(self._record, words, lines, base_url))
            self._feeds(renderer, base_url)
        write_doors(self._pages, self._record)
        self._pages.put("index.json", encode_twin(self._record))
        self._pages.put("balance.json", balance_json(self._tallies, self._agreement))
        self._events()
        self._pages.put("peace.json", msgspec.json.encode(acts) + b"\n")
        self._pages.put(f"data/{BALANCE.name}", balance_csv(self._tallies, self._agreement))
        twin = {
            "vkey": next(iter(self._record.vkeys), None),
            "vkeys": self._record.vkeys,
            "checkpoint": checkpoint.decode(),
            "witnesses": self._record.witnesses,
            "policies": self._policies(),
            "keys": listed_keys(self._collector.index),
            "withdrawals": withdrawals(self._collector),
        }
        self._pages.put("ledger.json", msgspec.json.encode(twin) + b"\n")

    def _feeds(self, renderer: Renderer, base_url: str | None) -> None:
        """Write the feeds of the lists that have one."""
        words = renderer.words
        for listing in (kind.listing for kind in ALL if kind.listing and kind.listing.feed):
            page = f"{listing.folder}/index.html"
            feed = describe.Feed(listing.folder, words.text(listing.title), page)
            lines = self._lines_of(listing.feed)
            self._pages.put(
                f"{words.code}/{feed.name}.atom", describe.atom_feed(self._record, words, lines, base_url, feed)
            )

    def _lines_of(self, kinds: Sequence[str]) -> list[partials.EntryLine]:
        """Give the newest public entries of some kinds that stand, newest first."""
        entries = (entry for kind in kinds for entry in self._collector.index.entries(kind, current=True))
        shown = (entry for entry in entries if entry.body is not None and entry.is_public)
        return [self._line(entry) for entry in heapq.nlargest(_FEED, shown, key=lambda entry: entry.index)]

    def _line(self, entry: Entry) -> partials.EntryLine:
        label, page = self._label(entry)
        return partials.EntryLine(entry=self._collector.ref(entry), label=label, page=page)

    def _policies(self) -> list[int]:
        """Give the places of the policies in the ledger: where a check looks first for the keys that may have signed."""
        return [entry.index for entry in self._collector.index.entries("policy")]

    def _newest(self) -> list[partials.EntryLine]:
        """Give the newest public entries, newest first, one a thing."""
        found: dict[str, partials.EntryLine] = {}
        for place in range(self._record.size - 1, max(-1, self._record.size - 1 - 4 * TILE), -1):
            entry = self._collector.index.at(place)
            if (
                entry is None
                or entry.body is None
                or entry.kind == "policy"
                or entry.about in found
                or not entry.stands
            ):
                continue
            found[entry.about] = self._line(entry)
            if len(found) == _FEED:
                break
        return list(found.values())

    def _label(self, entry: Entry) -> tuple[tuple[Name, ...], str | None]:
        """Name an entry: by its own names, or by those of the thing on whose page it stands; and say where it is shown."""
        kind = KINDS.get(entry.kind)
        place = kind.place(entry) if kind else None
        if place and (link := self._collector.link(place[0])):
            return link.names, place[1]
        return names_of(entry), self._collector.place(entry)

    def _front(self, renderer: Renderer, lines: Sequence[partials.EntryLine]) -> None:
        labels = renderer.labels(filter(None, self._countries), SITE_TYPES)
        self._pages.page(
            renderer,
            "index.html",
            "front.html",
            renderer.words.text("Front page"),
            "index.json",
            newest=lines[:_NEWEST],
            labels=labels,
            figures=_figures(self._record.counts),
        )

    def _sites(self, renderer: Renderer) -> None:
        words = renderer.words
        rows = []
        for code, states in self._countries.items():
            name = words.country(code) if code else words.text("No country stated")
            counts = [states.get(state, 0) for state in ("agreed", "contested", "single", "none")]
            rows.append(Country(country_page(code), name, sum(counts), *counts))
        rows.sort(key=lambda row: (row.page == "other.html", words.sort_key(row.name)))
        labels = renderer.labels(filter(None, self._countries), SITE_TYPES)
        self._pages.page(
            renderer,
            "sites/index.html",
            "sites.html",
            words.text("Sites"),
            "data/sites-index.json",
            countries=rows,
            labels=labels,
        )

    def _findings(self, renderer: Renderer) -> None:
        counts = self._record.counts
        groups = [
            {
                "state": state,
                "total": counts[state],
                "rows": self._state.things.sites_in_state(state, _SHOWN),
            }
            for state in ("contested", "agreed", "single")
        ]
        self._pages.page(
            renderer,
            "findings/index.html",
            "findings.html",
            renderer.words.text("Findings"),
            "data/findings.json",
            groups=groups,
        )

    def _balance(self, renderer: Renderer) -> None:
        words = renderer.words
        tables = [shown(table, words) for table in self._tallies]
        self._pages.page(
            renderer,
            "balance.html",
            "balance.html",
            words.text("Balance and limits"),
            "balance.json",
            tables=tables,
            agreement=self._agreement,
        )

    def _tally(self) -> list[Tally]:
        countries = {code: sum(states.values()) for code, states in self._countries.items()}
        return [
            tally(
                table.title,
                table.column,
                countries if table.facet == "country" else self._state.things.tally_facet(kind.name, table.facet),
                self._record.counts[table.whole],
            )
            for kind, table in sorted(
                ((kind, table) for kind in ALL for table in kind.balances),
                key=lambda pair: (pair[0].named_beside, pair[1].title),
            )
        ]

    def _ledger(self, renderer: Renderer, tiles: int, checkpoint: bytes) -> None:
        ranges = [(tile, tile * TILE, min((tile + 1) * TILE, self._record.size) - 1) for tile in range(tiles)]
        self._pages.page(
            renderer,
            "ledger/index.html",
            "ledger.html",
            renderer.words.text("The ledger"),
            "ledger.json",
            checkpoint=checkpoint.decode(),
            keys=listed_keys(self._collector.index),
            withdrawals=withdrawals(self._collector),
            tiles=ranges,
        )

    def _data(self, renderer: Renderer, base_url: str | None, linked_art: Sequence[str]) -> None:
        words = renderer.words
        holds = {name: words.text(text) for name, text in describe.holdings().items()}
        files = [
            {
                "path": f"data/{name}",
                "title": name,
                "format": describe.format_of(name),
                "holds": holds.get(name, ""),
                "download": True,
            }
            for name in describe.data_names()
        ]
        files += [
            {
                "path": path,
                "title": path.partition("/")[2],
                "format": "Linked Art JSON-LD",
                "holds": words.text("Sites for museums and libraries"),
                "download": True,
            }
            for path in linked_art
        ]
        files += [
            {"path": path, "title": path, "format": form, "holds": words.text(holding), "download": False}
            for path, form, holding in describe.DESCRIPTIONS
        ]
        dataset = script_json(describe.schema_org(self._record, base_url))
        self._pages.page(
            renderer,
            "data.html",
            "data.html",
            words.text("Open data"),
            "ro-crate-metadata.json",
            files=files,
            dataset=dataset,
        )


def _figures(counts: Mapping[str, int]) -> list[list[PageKind]]:
    """Give the kinds that the front page counts, those that share a line together; an act of which there is none is not spoken of."""
    lines: list[list[PageKind]] = []
    for kind in ALL:
        if kind.figure and (counts[kind.figure.count] or not kind.figure.quiet):
            lines = [*lines[:-1], [*lines[-1], kind]] if kind.figure.joined and lines else [*lines, [kind]]
    return lines
