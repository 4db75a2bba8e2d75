"""The work of one tile of the ledger: the pages of the things that first stood in it, its ledger page, its published bodies.

A tile is the unit that is shared out between processes. Its results are small; what is large is written where it belongs.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from vestige.entries import Observation, Source, Statement, Study, Withdrawal, thing_id
from vestige.ledger import FolderSource, Tiles, inclusion_proof
from vestige.publishing import _views as views
from vestige.publishing._collect import Collector, encode_twin, names_of
from vestige.publishing._fragments import plain_piece, site_pieces, source_pieces, statement_pieces
from vestige.publishing._output import Output
from vestige.publishing._paths import PAGED, TILE, body_path, key_of, ledger_page, page_of, twin_of
from vestige.publishing._render import Renderer
from vestige.publishing._state import Thing, Written
from vestige.record import Entry, Record


class TileResult(msgspec.Struct, frozen=True):
    """What the work of a tile comes to: the things that have pages, those that have none (any more), and the files."""

    tile: int
    things: list[Thing]
    gone: list[str]
    files: list[Written]
    pages: int
    written: int


class TileWorker:
    """Does the work of tiles for one record and one folder."""

    def __init__(self, record: Record, shown: views.RecordView, output: Output, *, islands: bool) -> None:
        self.collector = Collector(record)
        self.output = output
        self.renderers = [Renderer(code, shown, islands=islands) for code in shown.policy.languages]
        self._record = record
        self._shown = shown
        self._policies = [entry.index for entry in record.index.entries("policy")]
        self._tiles = Tiles(FolderSource(record.path / "ledger"), shown.size)

    def work(self, tile: int, abouts: Sequence[str], *, ledger: bool) -> TileResult:
        """Make the pages of the given things, and the tile's ledger page and bodies when asked."""
        pages, written = self.output.pages, self.output.written
        made = {about: self._thing(about, tile) for about in abouts}
        if ledger:
            self._ledger(tile)
        return TileResult(
            tile,
            [thing for thing in made.values() if thing],
            [about for about, thing in made.items() if thing is None],
            self.output.drain(),
            self.output.pages - pages,
            self.output.written - written,
        )

    def _thing(self, about: str, tile: int) -> Thing | None:
        self.collector.touched = set()
        kind = about.partition(":")[0]
        make = {
            "site": self._site,
            "statement": self._statement,
            "source": self._source,
            "actor": self._actor,
            "study": self._study,
        }
        made = make[kind](about)
        if made is None:
            return None
        index, shown = self._first(about, made["current"]), self.collector.touched - {about}
        del made["current"]
        return Thing(about=about, kind=kind, tile=tile, index=index, shown=tuple(sorted(shown)), **made)

    def _first(self, about: str, entry: views.EntryRef) -> int:
        """Give the place of the first entry about a thing; its id says at once whether the current one is the first."""
        if thing_id(entry.kind, entry.commitment) == about:
            return entry.index
        return self._record.index.history(about)[0].index

    def _site(self, about: str) -> dict[str, Any] | None:
        view = self.collector.site(about)
        if view is None:
            return None
        line = self.collector.summary(view)
        for renderer in self.renderers:
            title = renderer.words.name(view.names).text
            self._page(renderer, page_of(about), "site.html", title, view, about, timeline=renderer.timeline(view))
            if view.assessments:
                path = f"assessments/{key_of(about)}.html"
                heading = str(renderer.words.fill("Assessments of {site}", site=title))
                self._page(renderer, path, "assessments.html", _plain(heading), view, about)
        self._twin(view, about)
        files = [name for card in view.observations for name in card.body.figures] + [
            c.body.file for c in view.statements if c.body.file
        ]
        return {
            "current": view.entry,
            "row": msgspec.msgpack.encode(line),
            "pieces": site_pieces(view, line, self._shown.origin),
            "countries": line.countries,
            "state": line.finding,
            "located": line.location is not None,
            "sensitive": line.sensitivity != "open",
            "preserved": self._public(files),
        }

    def _statement(self, about: str) -> dict[str, Any] | None:
        view = self.collector.statement(about)
        if view is None:
            return None
        speaker = view.card.body.speaker
        who = (
            speaker.name
            or speaker.organisation
            or speaker.role
            or (view.card.actor.names[0].text if view.card.actor else "")
        )
        for renderer in self.renderers:
            title = _plain(renderer.words.fill("A statement by {speaker}", speaker=who))
            self._page(renderer, page_of(about), "statement.html", title, view, about)
        self._twin(view, about)
        disputed = any(other.relation == "disagrees" for other in view.related)
        row = {"language": view.card.body.language, "speaker": who}
        return {
            "current": view.card.entry,
            "row": msgspec.msgpack.encode(row),
            "pieces": statement_pieces(view.card),
            "state": "disputed" if disputed else "",
            "preserved": self._public([view.card.body.file]),
        }

    def _source(self, about: str) -> dict[str, Any] | None:
        view = self.collector.source(about)
        if view is None:
            return None
        body: Source = view.card.body
        for renderer in self.renderers:
            self._page(renderer, page_of(about), "source.html", body.title, view, about)
        self._twin(view, about)
        return {
            "current": view.card.entry,
            "row": msgspec.msgpack.encode({"language": body.language, "publisher": body.publisher, "form": body.form}),
            "pieces": source_pieces(view.card),
            "state": "preserved" if view.card.entry.file else "",
            "preserved": self._public([body.file]),
        }

    def _actor(self, about: str) -> dict[str, Any] | None:
        view = self.collector.actor(about)
        if view is None:
            return None
        for renderer in self.renderers:
            self._page(renderer, page_of(about), "actor.html", renderer.words.name(view.names).text, view, about)
        self._twin(view, about)
        return {"current": view.entry, "row": b"", "pieces": plain_piece("actors.json", view)}

    def _study(self, about: str) -> dict[str, Any] | None:
        view = self.collector.study(about)
        if view is None:
            return None
        body: Study = view.body
        for renderer in self.renderers:
            self._page(renderer, page_of(about), "study.html", body.title, view, about)
        self._twin(view, about)
        files = [file.file for file in (*body.files, *body.inputs)]
        return {
            "current": view.entry,
            "row": b"",
            "pieces": plain_piece("studies.json", view),
            "preserved": self._public(files),
        }

    def _page(
        self, renderer: Renderer, path: str, template: str, title: str, view: Any, about: str, **values: Any
    ) -> None:
        indexes = sorted({entry.index for entry in view.entries})
        data = renderer.page(
            path, template, title, twin_of(about), view=view, indexes=indexes, policies=self._policies, **values
        )
        self.output.put(f"{renderer.words.code}/{path}", data, about)

    def _twin(self, view: msgspec.Struct, about: str) -> None:
        self.output.put(twin_of(about), encode_twin(view), about)

    def _public(self, names: Sequence[str | None]) -> tuple[str, ...]:
        return tuple(sorted({name for name in names if name and self.collector.file(name)}))

    def _ledger(self, tile: int) -> None:
        """Make the ledger page of a tile and its twin, and publish the bodies of its entries."""
        owner = f"tile:{tile}"
        entries = self._entries(tile)
        for entry in entries:
            if entry.body_json is not None and entry.salt is not None and entry.envelope.visibility == "public":
                line = b"%s %s\n" % (entry.salt.hex().encode(), entry.body_json)
                self.output.put(body_path(entry.envelope.body), line, owner)
        view = views.LedgerView(tile=tile, lines=tuple(self._line(entry, len(entries)) for entry in entries))
        previous = (f"{tile - 1}.html", "") if tile else None
        following = (f"{tile + 1}.html", "") if (tile + 1) * TILE < self._shown.size else None
        for renderer in self.renderers:
            words = renderer.words
            first, last = words.number(entries[0].index), words.number(entries[-1].index)
            title = _plain(words.fill("Entries {first} to {last}", first=first, last=last))
            data = renderer.page(
                ledger_page(tile),
                "ledger_page.html",
                title,
                f"entries/{tile}.json",
                view=view,
                previous=previous,
                following=following,
            )
            self.output.put(f"{words.code}/{ledger_page(tile)}", data, owner)
        self.output.put(f"entries/{tile}.json", encode_twin(view), owner)

    def _entries(self, tile: int) -> list[Entry]:
        places = range(tile * TILE, min((tile + 1) * TILE, self._shown.size))
        return [entry for entry in map(self._record.index.at, places) if entry]

    def _line(self, entry: Entry, width: int) -> views.EntryLine:
        start = entry.index // TILE * TILE

        def node(level: int, index: int) -> bytes:
            return self._tiles.node(level, (start >> level) + index)

        return views.EntryLine(
            entry=self.collector.ref(entry),
            page=self._page_of(entry),
            label=names_of(entry),
            reason=self._reason(entry),
            proof=tuple(piece.hex() for piece in inclusion_proof(node, entry.index - start, width)),
        )

    def _page_of(self, entry: Entry) -> str | None:
        if entry.kind in PAGED:
            current = self.collector.current(entry.about)
            rejected = current and isinstance(current.body, Statement) and current.body.status == "rejected"
            return page_of(entry.about) if current and not rejected else None
        site = getattr(entry.body, "site", None)
        if site is None or self.collector.current(site) is None:
            return None
        return page_of(site) if isinstance(entry.body, Observation) else f"assessments/{key_of(site)}.html"

    def _reason(self, entry: Entry) -> str | None:
        body = entry.body
        if entry.withdrawn_by:
            by = self._record.index.entry(entry.withdrawn_by)
            body = by.body if by else None
        return body.reason if isinstance(body, Withdrawal) else None


def _plain(text: Any) -> str:
    """Give filled text without escapes: a title is escaped where it is put."""
    return str(text.unescape()) if hasattr(text, "unescape") else str(text)


_worker: TileWorker | None = None


def start_process(path: Path, shown: views.RecordView, root: Path, islands: bool, empty: bool) -> None:
    """Set up a process of the pool: its own view of the record."""
    global _worker  # noqa: PLW0603 - one a process, as multiprocessing has it
    _worker = TileWorker(Record.open(path), shown, Output(root, empty=empty), islands=islands)


def work_in_process(task: tuple[int, Sequence[str]]) -> TileResult:
    """Do the work of one tile in a process of the pool."""
    assert _worker is not None  # noqa: S101 - the pool has set it up
    return _worker.work(task[0], task[1], ledger=True)
