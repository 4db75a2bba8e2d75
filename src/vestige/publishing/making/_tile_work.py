"""The work of one tile of the ledger: the pages of the things that first stood in it, its ledger page, its published bodies.

A tile is the unit that is shared out between processes. Its results are small; what is large is written where it belongs.
"""

import gc
import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from vestige.entries import Withdrawal, thing_id
from vestige.ledger import Checkpoint, FolderSource, Tiles, inclusion_proofs
from vestige.publishing._registry import KINDS
from vestige.publishing.kinds._kind import Facts, PageKind
from vestige.publishing.making._output import Output
from vestige.publishing.making._plan import Task
from vestige.publishing.making._site_lists import listings
from vestige.publishing.memory._files import Written
from vestige.publishing.memory._lists import Listed
from vestige.publishing.memory._things import Thing
from vestige.publishing.pages._render import Renderer
from vestige.publishing.views import _partials as partials
from vestige.publishing.views import _views as views
from vestige.publishing.views._collect import Collector, encode_twin
from vestige.publishing.views._names import names_of
from vestige.publishing.views._paths import TILE, body_path, ledger_page, page_of, twin_of
from vestige.publishing.views._ties import Ties
from vestige.record import Entry, RecordReader


class TileResult(msgspec.Struct, frozen=True):
    """What the work of a tile comes to: the things that have pages, those that have none (any more), and files.

    Of the things: what each puts into the data files, by where it first stood in the ledger; and where the sites stand in lists.
    """

    tile: int
    things: list[Thing]
    gone: list[str]
    pieces: dict[int, dict[str, bytes]]
    listed: list[Listed]
    files: list[Written]
    pages: int
    written: int
    costly: list[str] = []
    """Preserved files that were skipped, since they take longer to be looked into than their size allows."""


class TileWorker:
    """Does the work of tiles for one record and one folder."""

    def __init__(
        self,
        record: RecordReader,
        shown: views.RecordView,
        output: Output,
        *,
        islands: bool,
        day: str,
        ties: Ties | None = None,
    ) -> None:
        self.collector = Collector(record, KINDS, ties)
        self.output = output
        self.renderers = [Renderer(code, shown, islands=islands, day=day) for code in shown.policy.languages]
        self._record = record
        self.shown = shown
        self._policies = [entry.index for entry in record.index.entries("policy")]
        self._tiles = Tiles(FolderSource(record.path / "ledger"), shown.size)

    def work(self, task: Task) -> TileResult:
        """Make the pages of the things of a task, and the tile's ledger page and bodies when asked."""
        pages, written = self.output.pages, self.output.written
        entries = self._entries(task.tile) if task.ledger else []
        self.collector.prime(task.abouts, (entry for entry in entries if entry.about in task.lone))
        made = {about: self._thing(about, task.tile) for about in task.abouts}
        if task.ledger:
            self._ledger(task.tile, entries)
        held = [pair for pair in made.values() if pair]
        return TileResult(
            task.tile,
            [thing for thing, _ in held],
            [about for about, pair in made.items() if pair is None],
            {thing.index: facts.pieces for thing, facts in held},
            [listed for _, facts in held if facts.line for listed in self._listed(facts.line)],
            self.output.drain(),
            self.output.pages - pages,
            self.output.written - written,
            self._costly(),
        )

    def _costly(self) -> list[str]:
        found, self.collector.costly = sorted(self.collector.costly), set()
        return found

    def _listed(self, line: partials.Summary) -> Iterator[Listed]:
        for renderer in self.renderers:
            yield from listings(line, renderer.words)

    def _thing(self, about: str, tile: int) -> tuple[Thing, Facts] | None:
        """Collect one thing and make its pages; None when it has none (any more)."""
        collector = self.collector
        collector.touched = set()
        kind = KINDS[about.partition(":")[0]]
        view = kind.view(collector, about) if kind.view else None
        if view is None:
            return None
        facts = kind.facts(collector, view, self.shown.origin)
        shown = tuple(sorted(collector.touched - {about}))  # also what only the data files show
        self._pages(kind, view)
        self.output.put(twin_of(about), encode_twin(view), about)
        for path, data in kind.attachments(collector, view):
            self.output.put(path, data, about)
        preserved = tuple(sorted({name for name in facts.files if name and collector.file(name)}))
        line = facts.line
        thing = Thing(
            about=about,
            kind=kind.name,
            tile=tile,
            index=self._first(about, view.entry),
            row=msgspec.msgpack.encode(line) if line else b"",
            countries=line.countries if line else (),
            state=facts.state,
            located=line is not None and line.location is not None,
            sensitive=line is not None and line.sensitivity != "open",
            facets=tuple(facts.facets.items()),
            shown=shown,
            preserved=preserved,
        )
        return thing, facts

    def _pages(self, kind: PageKind, view: views.PageView) -> None:
        """Make the pages of a thing in every language."""
        for renderer in self.renderers:
            words = renderer.words
            values = kind.values(view, words)
            self._page(renderer, page_of(view.id), kind.template, kind.title(view, words), view, **values)
            for page in kind.also(view, words):
                self._page(renderer, page.path, page.template, page.title, view)

    def _first(self, about: str, entry: partials.EntryRef) -> int:
        """Give the place of the first entry about a thing; its id says at once whether the current one is the first."""
        if thing_id(entry.kind, entry.commitment) == about:
            return entry.index
        return self._record.index.history(about)[0].index

    def _page(
        self, renderer: Renderer, path: str, template: str, title: str, view: views.PageView, **values: Any
    ) -> None:
        indexes = sorted({entry.index for entry in view.entries})
        twin = twin_of(view.id)
        data = renderer.page(path, template, title, twin, view=view, indexes=indexes, policies=self._policies, **values)
        self.output.put(f"{renderer.words.code}/{path}", data, view.id)

    def _ledger(self, tile: int, entries: list[Entry]) -> None:
        """Make the ledger page of a tile and its twin, and publish the bodies of its entries."""
        owner = f"tile:{tile}"
        for entry in entries:
            if entry.body_json is not None and entry.salt is not None and entry.is_public:
                line = b"%s %s\n" % (entry.salt.hex().encode(), entry.body_json)
                self.output.put(body_path(entry.envelope.body), line, owner)
        proofs = self._proofs(tile, len(entries))
        view = views.LedgerView(tile=tile, lines=tuple(map(self._line, entries, proofs)))
        previous = (f"{tile - 1}.html", "") if tile else None
        following = (f"{tile + 1}.html", "") if (tile + 1) * TILE < self.shown.size else None
        for renderer in self.renderers:
            words = renderer.words
            first, last = words.number(entries[0].index), words.number(entries[-1].index)
            title = words.plain("Entries {first} to {last}", first=first, last=last)
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
        return self._record.index.span(tile * TILE, min((tile + 1) * TILE, self.shown.size))

    def _proofs(self, tile: int, width: int) -> list[list[bytes]]:
        """Give the proofs of a tile's entries within the tile."""

        def node(level: int, index: int) -> bytes:
            return self._tiles.node(level, (tile * TILE >> level) + index)

        return inclusion_proofs(node, width)

    def _line(self, entry: Entry, proof: list[bytes]) -> partials.EntryLine:
        return partials.EntryLine(
            entry=self.collector.ref(entry),
            page=self.collector.place(entry),
            label=names_of(entry),
            reason=self._reason(entry),
            proof=tuple([piece.hex() for piece in proof]),
        )

    def _reason(self, entry: Entry) -> str | None:
        body = entry.body
        if entry.withdrawn_by:
            by = self._record.index.entry(entry.withdrawn_by)
            body = by.body if by else None
        return body.reason if isinstance(body, Withdrawal) else None


RARELY = (50_000, 20, 100)
"""When the garbage collector looks: pages are made of millions of objects that go as they came, and of hardly a cycle."""
_worker: TileWorker | None = None


def start_process(
    path: Path,
    checkpoint: Checkpoint,
    shown: views.RecordView,
    root: Path,
    islands: bool,
    day: str,
    empty: bool,
    ties: Ties,
) -> None:
    """Set up a process of the pool: its own view of the record, at the same checkpoint."""
    gc.set_threshold(*RARELY)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _worker  # noqa: PLW0603 - one a process, as multiprocessing has it
    _worker = TileWorker(
        RecordReader(path, at=checkpoint), shown, Output(root, empty=empty), islands=islands, day=day, ties=ties
    )


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has ended, however that came: nobody would take what it makes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def is_ready() -> bool:
    """Tell whether a process of the pool is set up."""
    return _worker is not None


def work_in_process(task: Task) -> bytes:
    """Do the work of one tile in a process of the pool; its result is encoded, since a thousand small objects are slow to pickle."""
    assert _worker is not None  # noqa: S101 - the pool has set it up
    return msgspec.msgpack.encode(_worker.work(task))


decode_result = msgspec.msgpack.Decoder(TileResult).decode
