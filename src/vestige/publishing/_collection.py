"""The pages about the record as a whole: front, lists, ledger, data, balance, feeds. Made from what the state remembers."""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from vestige.entries import Name, Policy, Statement, fingerprint, load_public_key
from vestige.publishing import _describe as describe
from vestige.publishing import _views as views
from vestige.publishing._collect import Collector, encode_twin
from vestige.publishing._data_files import FRAMES, PARQUET
from vestige.publishing._names import names_of
from vestige.publishing._output import Output
from vestige.publishing._paths import TILE, key_of
from vestige.publishing._render import Renderer, root_page, script_json
from vestige.publishing._site_lists import country_page, digest_of, parts_of
from vestige.publishing._state import State
from vestige.record import Entry

GROUP = 64
"""Statements or sources on one page of their list: those that first stood in so many places of the ledger."""

_NEWEST = 12
_FEED = 50
_SHOWN = 200
OWNER = "record"


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
    """Writes the pages about the record as a whole into one folder."""

    def __init__(
        self, collector: Collector, record: views.RecordView, state: State, output: Output, *, islands: bool
    ) -> None:
        self._collector = collector
        self._record = record
        self._state = state
        self._output = output
        self._renderers = [Renderer(code, record, islands=islands) for code in record.policy.languages]
        self._countries = state.tally_countries()

    def lists(self, countries: Iterable[str], groups: dict[str, set[int]]) -> None:
        """Make the parts of the lists that have changed: those of some countries, and some groups of statements and sources."""
        for country in sorted(countries):
            self._country(country)
        for kind, template in (("statement", "statements.html"), ("source", "sources.html")):
            self._groups(kind, template, groups.get(kind, set()))

    def whole(self, tiles: int, checkpoint: bytes, base_url: str | None, linked_art: Sequence[str]) -> None:
        """Make the pages that show something of the whole record; there are few, so they are always made."""
        lines = self._newest()
        for renderer in self._renderers:
            self._front(renderer, lines)
            self._sites(renderer)
            self._findings(renderer)
            self._studies(renderer)
            self._balance(renderer)
            self._ledger(renderer, tiles, checkpoint)
            self._data(renderer, base_url, linked_art)
            title = renderer.words.text("Check it yourself")
            self._page(
                renderer, "check.html", "check.html", title, "proofs.json", site_address=base_url or "https://…/"
            )
            code, words = renderer.words.code, renderer.words
            self._put(f"{code}/changes.atom", describe.atom_feed(self._record, words, lines, base_url))
            self._put(f"{code}/changes.json", describe.json_feed(self._record, words, lines, base_url))
        self._put("index.html", root_page(self._record))
        self._put("index.json", encode_twin(self._record))
        self._put(
            "balance.json",
            msgspec.json.encode({title: rows for title, _, rows, _ in self._balance_tables(str)}) + b"\n",
        )
        self._put("ledger.json", msgspec.json.encode(self._ledger_twin(checkpoint)) + b"\n")

    def _page(
        self, renderer: Renderer, path: str, template: str, title: str, twin: str, *, owner: str = OWNER, **values: Any
    ) -> None:
        data = renderer.page(
            path, template, title, twin, everywhere="/" not in path or path.endswith("/index.html"), **values
        )
        self._output.put(f"{renderer.words.code}/{path}", data, owner)

    def _put(self, path: str, data: bytes) -> None:
        self._output.put(path, data, OWNER)

    def _newest(self) -> list[views.EntryLine]:
        """Give the newest public entries, newest first, one a thing."""
        found: dict[str, views.EntryLine] = {}
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
            label, page = self._label(entry)
            found[entry.about] = views.EntryLine(entry=self._collector.ref(entry), label=label, page=page)
            if len(found) == _FEED:
                break
        return list(found.values())

    def _label(self, entry: Entry) -> tuple[tuple[Name, ...], str | None]:
        """Name an entry: by its own names, or by those of the site that it is about."""
        site = getattr(entry.body, "site", None)
        if isinstance(site, str) and (link := self._collector.link(site)):
            return link.names, f"assessments/{key_of(site)}.html" if entry.kind == "assessment" else link.page
        rejected = isinstance(entry.body, Statement) and entry.body.status == "rejected"
        own = None if rejected else self._collector.link(entry.about)
        return names_of(entry), own.page if own else None

    def _front(self, renderer: Renderer, lines: Sequence[views.EntryLine]) -> None:
        labels = renderer.labels(filter(None, self._countries))
        self._page(
            renderer,
            "index.html",
            "front.html",
            renderer.words.text("Front page"),
            "index.json",
            newest=lines[:_NEWEST],
            labels=labels,
        )

    def _sites(self, renderer: Renderer) -> None:
        words = renderer.words
        rows = []
        for code, states in self._countries.items():
            name = words.country(code) if code else words.text("No country stated")
            counts = [states.get(state, 0) for state in ("agreed", "contested", "single", "none")]
            rows.append(Country(country_page(code), name, sum(counts), *counts))
        rows.sort(key=lambda row: (row.page == "other.html", words.sort_key(row.name)))
        labels = renderer.labels(filter(None, self._countries))
        self._page(
            renderer,
            "sites/index.html",
            "sites.html",
            words.text("Sites"),
            "data/sites-index.json",
            countries=rows,
            labels=labels,
        )

    def _country(self, country: str) -> None:
        """Make the pages of a country that have changed, in every language, and forget those that are no more."""
        sites = self._state.sites(country=country)
        for renderer in self._renderers:
            words = renderer.words
            owner = f"list:{words.code}:{country}"
            parts = parts_of(country, sites, words) if sites else []
            name = words.country(country) if country else words.text("No country stated")
            labels = [(part.page, part.rows[0].name) for part in parts]
            kept = []
            for number, part in enumerate(parts):
                previous = labels[number - 1] if number else None
                following = labels[number + 1] if number + 1 < len(labels) else None
                overview = (labels, len(sites)) if number == 0 else ([], 0)
                path = f"{words.code}/sites/{part.page}"
                kept.append(path)
                digest = digest_of(part, previous, following, overview)
                if self._state.digest(path) == digest:
                    continue
                self._state.set_digest(path, digest)
                data = renderer.page(
                    f"sites/{part.page}",
                    "site_list.html",
                    name,
                    "data/sites-index.json",
                    everywhere=number == 0,
                    country_name=name,
                    rows=part.rows,
                    first_page=labels[0][0],
                    total=overview[1],
                    chunks=overview[0],
                    here=part.page,
                    of=len(parts),
                    previous=previous,
                    following=following,
                )
                self._output.put(path, data, owner)
            self._drop(self._state.disowned(owner, kept))

    def _drop(self, paths: Sequence[str]) -> None:
        self._output.remove(paths)
        self._state.remove_files(paths)

    def _groups(self, kind: str, template: str, dirty: set[int]) -> None:
        """Make the pages of a list whose groups changed; the newest group is the index."""
        groups = self._state.groups(kind, GROUP)
        known = self._state.recall(f"groups {kind}")
        listing = ",".join(map(str, groups))
        # A group that became the newest, or ceased to be, moves; its neighbour's links with it.
        moved = set(groups[-3:]) if known != listing else set()
        self._state.remember(**{f"groups {kind}": listing})
        titles = {"statement": "Statements", "source": "Sources"}
        for renderer in self._renderers:
            owner = f"list:{renderer.words.code}:{kind}"
            pages = [f"{kind}s/{group}.html" for group in groups[:-1]] + [f"{kind}s/index.html"]
            for number, page in enumerate(pages):
                group = groups[number] if groups else 0
                if groups and number < len(pages) - 1 and group not in dirty | moved:
                    continue
                newer = (pages[number + 1].partition("/")[2], "") if number + 1 < len(pages) else None
                older = (pages[number - 1].partition("/")[2], "") if number else None
                cards = self._cards(kind, self._state.group(kind, GROUP, group)) if groups else []
                title = renderer.words.text(titles[kind])
                self._page(
                    renderer,
                    page,
                    template,
                    title,
                    f"data/{kind}s.json",
                    owner=owner,
                    cards=cards,
                    previous=newer,
                    following=older,
                )
            self._drop(self._state.disowned(owner, [f"{renderer.words.code}/{page}" for page in pages]))

    def _cards(self, kind: str, abouts: Sequence[str]) -> list[Any]:
        build: Callable[[str], Any] = {
            "statement": self._collector.statement_card,
            "source": self._collector.source_card,
        }[kind]
        return [card for card in map(build, reversed(abouts)) if card]

    def _findings(self, renderer: Renderer) -> None:
        counts = self._record.counts
        groups = [
            {
                "state": state,
                "total": getattr(counts, state),
                "rows": [_summary(row) for row in self._state.in_state("site", state, _SHOWN)],
            }
            for state in ("contested", "agreed", "single")
        ]
        self._page(
            renderer,
            "findings/index.html",
            "findings.html",
            renderer.words.text("Findings"),
            "data/findings.json",
            groups=groups,
        )

    def _studies(self, renderer: Renderer) -> None:
        abouts = self._state.abouts("study")
        studies = [study for study in map(self._collector.study, abouts) if study]
        self._page(
            renderer,
            "studies/index.html",
            "studies.html",
            renderer.words.text("Studies"),
            "data/studies.json",
            studies=studies,
        )

    def _balance(self, renderer: Renderer) -> None:
        words = renderer.words
        naming = {"country": words.country, "language": words.tongue}
        tables = []
        for title, what, rows, whole in self._balance_tables(words.text):
            name = naming.get(what, str)
            shown = [(name(key) if key else words.text("Not stated"), count) for key, count in rows]
            column = {"country": "Country", "language": "Language", "speaker": "Speaker", "publisher": "Publisher"}[
                what
            ]
            tables.append({"title": title, "column": words.text(column), "rows": shown, "whole": whole})
        self._page(
            renderer, "balance.html", "balance.html", words.text("Balance and limits"), "balance.json", tables=tables
        )

    def _balance_tables(self, text: Callable[[str], str]) -> list[tuple[str, str, list[tuple[str, int]], int]]:
        counts = self._record.counts
        statements = [msgspec.msgpack.decode(row) for row in self._state.rows("statement")]
        sources = [msgspec.msgpack.decode(row) for row in self._state.rows("source")]
        countries = Counter({code: sum(states.values()) for code, states in self._countries.items()})

        def tally(rows: list[dict[str, str | None]], field: str) -> list[tuple[str, int]]:
            return sorted(Counter(row[field] or "" for row in rows).items(), key=lambda item: (-item[1], item[0]))[:40]

        return [
            (
                text("Sites by country"),
                "country",
                sorted(countries.items(), key=lambda item: (-item[1], item[0])),
                counts.sites,
            ),
            (text("Sources by language"), "language", tally(sources, "language"), counts.sources),
            (text("Sources by publisher"), "publisher", tally(sources, "publisher"), counts.sources),
            (text("Statements by language"), "language", tally(statements, "language"), counts.statements),
            (text("Statements by speaker"), "speaker", tally(statements, "speaker"), counts.statements),
        ]

    def _ledger(self, renderer: Renderer, tiles: int, checkpoint: bytes) -> None:
        ranges = [(tile, tile * TILE, min((tile + 1) * TILE, self._record.size) - 1) for tile in range(tiles)]
        self._page(
            renderer,
            "ledger/index.html",
            "ledger.html",
            renderer.words.text("The ledger"),
            "ledger.json",
            checkpoint=checkpoint.decode(),
            keys=self._keys(),
            withdrawals=self._withdrawals(),
            tiles=ranges,
        )

    def _ledger_twin(self, checkpoint: bytes) -> dict[str, Any]:
        return {"checkpoint": checkpoint.decode(), "keys": self._keys(), "withdrawals": self._withdrawals()}

    def _keys(self) -> list[dict[str, Any]]:
        """Give every key that a policy has listed, as its newest policy lists it."""
        keys: dict[str, dict[str, Any]] = {}
        for entry in self._collector.index.entries("policy"):
            if isinstance(entry.body, Policy):
                for key in entry.body.keys:
                    name = fingerprint(load_public_key(key.public))
                    keys[name] = {
                        "name": key.name,
                        "role": key.role,
                        "fingerprint": name,
                        "public": key.public,
                        "retired": key.retired,
                    }
        return list(keys.values())

    def _withdrawals(self) -> list[views.EntryLine]:
        lines = []
        for entry in self._collector.index.entries("withdrawal"):
            ended = self._collector.index.entry(entry.envelope.cites[0])
            reason = getattr(entry.body, "reason", None)
            if ended and ended.index < self._record.size:
                lines.append(views.EntryLine(entry=self._collector.ref(ended), reason=reason))
        return lines

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
            for name in (*FRAMES, PARQUET)
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
        self._page(
            renderer,
            "data.html",
            "data.html",
            words.text("Open data"),
            "ro-crate-metadata.json",
            files=files,
            dataset=dataset,
        )


def proofs(tiles: int, size: int, root: bytes, path_of: Callable[[int], list[bytes]]) -> bytes:
    """Give the way from each tile of 256 entries to the root of the checkpoint."""
    ways = [{"tile": tile, "path": [piece.hex() for piece in path_of(tile)]} for tile in range(tiles)]
    return (
        msgspec.json.encode(
            {"size": size, "root": root.hex(), "root_base64": base64.b64encode(root).decode(), "tiles": ways}
        )
        + b"\n"
    )


def _summary(row: bytes) -> views.Summary:
    return msgspec.msgpack.decode(row, type=views.Summary)
