"""One run of publishing: what is made, in which order, and what is remembered of it.

The order of writing: pages, data and ledger first, the signed manifest last, so that a folder whose manifest holds is whole. A publication that was
stopped is noticed by the next one, which then compares every file with what it should be.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Self

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.entries import KINDS
from vestige.ledger import parse_checkpoint
from vestige.positions import OVER_BUDGET
from vestige.publishing.checking._manifest import NAME as MANIFEST
from vestige.publishing.checking._manifest import sign_manifest
from vestige.publishing.data._citation import citation
from vestige.publishing.data._crate import ro_crate
from vestige.publishing.data._dataset import MOST, Dataset, dataset_of, rested_on
from vestige.publishing.data._package import data_package
from vestige.publishing.making._basis import LOGO, basis_of, brand_assets, read_assets
from vestige.publishing.making._collection import CollectionWriter
from vestige.publishing.making._continuing import adopt, continues
from vestige.publishing.making._counts import count_countries, count_record
from vestige.publishing.making._data_writer import write_data
from vestige.publishing.making._doors import write_sitemap
from vestige.publishing.making._folders import note_folders
from vestige.publishing.making._gather import Changed, Gatherer
from vestige.publishing.making._ledger_files import proofs, write_ledger
from vestige.publishing.making._lists import ListWriter
from vestige.publishing.making._output import Output
from vestige.publishing.making._page_writer import OWNER, PageWriter
from vestige.publishing.making._peace import navigation_of
from vestige.publishing.making._plan import Plan, plan_all, plan_changes
from vestige.publishing.making._pool import Processes
from vestige.publishing.making._related_news import relate
from vestige.publishing.making._sensitive import require_untold
from vestige.publishing.making._target import require_ahead, require_ours, require_outside, state_path
from vestige.publishing.making._tile_work import TileResult, TileWorker
from vestige.publishing.memory._state import State
from vestige.publishing.views import _views as views
from vestige.publishing.views._paths import TILE, file_path
from vestige.publishing.views._ties import Linker
from vestige.publishing.words._catalogue import require_languages
from vestige.record import COSIGNED, RecordReader, note_published, seen_by

Progress = Callable[[int, int], None]
"""Told how many things are done, of how many."""


class UnknownKind(msgspec.Struct, frozen=True):
    """A kind of entry that this version does not know: how many public entries of it stand, and where the first is in the ledger."""

    kind: str
    entries: int
    first: int


class SkippedFile(msgspec.Struct, frozen=True):
    """A preserved file that was skipped, with the things that hold it."""

    sha256: str
    sources: tuple[str, ...]
    why: str


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What a publication came to."""

    out: str
    pages: int
    """Pages that were made, in all languages."""
    written: int
    """Files that were written, because they are new or differ."""
    removed: int
    files: int
    """Files of the published folder."""
    full: bool
    """Whether everything was made, or only what changed."""
    entries: int
    unknown: tuple[UnknownKind, ...] = ()
    """Kinds that a newer Vestige wrote: their entries stand in the published ledger, with their bodies, and have no pages."""
    skipped: tuple[SkippedFile, ...] = ()
    """Preserved files that cost more than their size allows, and stay unpublished."""
    unlinked: str = ""
    """Why no related news is named, where comparing the texts cost more than their size allows."""


class Publication:
    """One run of publishing one record into one folder."""

    def __init__(
        self,
        path: Path,
        out: Path,
        base_url: str | None,
        workers: int,
        keys: Sequence[Ed25519PrivateKey],
        link: Linker | None,
        progress: Progress,
        day: dt.date,
    ) -> None:
        self.note = (path / "ledger" / "checkpoint").read_bytes()
        cosigned = path / "ledger" / COSIGNED
        self.cosigned = cosigned.read_bytes() if cosigned.is_file() else None
        self.checkpoint = parse_checkpoint(self.note)
        self.record = RecordReader(path, at=self.checkpoint)
        self.tiles = self.record.tiles
        self.out, self.base_url, self.workers, self.keys, self.progress = out, base_url, workers, keys, progress
        self.link, self.day = link, day.isoformat()
        require_languages(self.record.policy.languages)
        self.assets = read_assets() | brand_assets(self.record)
        self.islands = "assets/islands.js" in self.assets
        require_ours(out)
        require_outside(path, out)
        require_ahead(out, self.checkpoint, self.tiles)
        self.state = State.open(state_path(path, out))
        self.pages = self.written = 0
        self.costly: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.state.close()
        self.record.close()

    def run(self, *, full: bool) -> Published:
        """Publish, and give what it came to."""
        self.out.mkdir(parents=True, exist_ok=True)
        empty = not any(self.out.iterdir())
        with self.state.transaction():
            old_size = None if full else continues(self.state, self.out, self.checkpoint, self.tiles, self._basis)
            if old_size is None:
                adopt(self.state, self.out)
            require_untold(self.record, old_size or 0)
            news = relate(self.record, self.state, self.link, old_size)
            self.state.remember(complete="no")
        known = None if old_size is None else self.state.files.sha_of
        self.output = output = Output(self.out, known, empty=empty)
        shown = self._shown({})
        start = (self.record.path, self.checkpoint, shown, self.out, self.islands, self.day, empty, news.ties)
        with Processes(self.workers, start) as processes, self.state.transaction():
            if old_size is None:
                processes.begin(self.checkpoint.size)
                plan = plan_all(self.record, self.checkpoint.size)
            else:
                another_day = self.state.recall("day") != self.day
                plan = plan_changes(
                    self.record, self.state, old_size, self.checkpoint.size, news.changed, another_day=another_day
                )
            worker = TileWorker(self.record, shown, output, islands=self.islands, day=self.day, ties=news.ties)
            changed = self._things(plan, processes.do_tasks(plan.tasks(), worker), full=old_size is None)
            self._whole(changed, worker, output, full=old_size is None)
            self._finish(output)
        note_published(self.record.verifiers, self.note, self.out)
        return Published(
            out=str(self.out),
            pages=self.pages,
            written=self.written,
            removed=output.removed,
            files=self.state.files.count() + 1,
            full=old_size is None,
            entries=self.checkpoint.size,
            unknown=self._unknown(),
            skipped=self._skipped(worker),
            unlinked=news.skipped,
        )

    def _skipped(self, worker: TileWorker) -> tuple[SkippedFile, ...]:
        """Give the files that were skipped, here and in the processes of the pool, each with who holds it."""
        users = self.record.index.file_users
        return tuple(
            SkippedFile(name, tuple(sorted({entry.about for entry in users(name)})), f"it {OVER_BUDGET}")
            for name in sorted(self.costly | worker.collector.costly)
        )

    def _unknown(self) -> tuple[UnknownKind, ...]:
        index = self.record.index
        counts = {kind: count for kind, count in index.counts().items() if kind not in KINDS}
        return tuple(UnknownKind(kind, count, next(index.entries(kind)).index) for kind, count in counts.items())

    @functools.cached_property
    def _basis(self) -> str:
        return basis_of(self.record.policy, self.base_url, self.assets, self._acts)

    @functools.cached_property
    def _acts(self) -> tuple[tuple[str, str], ...]:
        return navigation_of(self.record)

    def _shown(self, counts: views.Counts) -> views.RecordView:
        last = self.record.index.at(self.checkpoint.size - 1)
        return views.RecordView(
            policy=self.record.policy,
            origin=self.checkpoint.origin,
            size=self.checkpoint.size,
            root=self.checkpoint.root.hex(),
            counts=counts,
            base_url=self.base_url,
            updated=last.envelope.made if last else "1970-01-01T00:00:00Z",
            vkeys=tuple(map(str, self.record.verifiers)),
            witnesses=self._witnesses,
            logo=LOGO if LOGO in self.assets else None,
            acts=self._acts,
        )

    @functools.cached_property
    def _witnesses(self) -> tuple[views.WitnessView, ...]:
        seen = seen_by(self.record.policy, self.note, self.cosigned)
        return tuple(views.WitnessView(name=one.name, vkey=one.vkey, time=one.time, size=one.size) for one in seen)

    def _things(self, plan: Plan, results: Iterable[TileResult], *, full: bool) -> Changed:
        """Take in the pages of things and tiles as they are made, and what lists and data files need of them."""
        gatherer, done = Gatherer(self.state, self._drop, full=full), 0
        for result in results:
            gatherer.take(result)
            self.pages += result.pages
            self.written += result.written
            self.costly.update(result.costly)
            done += len(result.things) + len(result.gone)
            self.progress(done, plan.count)
        return gatherer.changed

    def _whole(self, changed: Changed, worker: TileWorker, output: Output, *, full: bool) -> None:
        """Make what is joined from all things and all tiles."""
        pages, written = output.pages, output.written
        self._drop(write_data(self.state, output, changed, full=full))
        self._copy_ledger(output)
        self._copy_preserved(output)
        if full:
            for path, data in self.assets.items():
                output.put(path, data, "assets")
        tallies = self.state.things.tally()
        standing, facets = self.record.index.counts(), self.state.things.tally_facet
        shown = self._shown(count_record(tallies, standing, self.checkpoint.size, facets))
        writer = PageWriter(shown, self.state, output, islands=self.islands)
        lists = ListWriter(writer, worker.collector, self.state)
        lists.lists(changed.countries, changed.groups, changed.things)
        linked_art = [f"data/linked-art/{tile}.jsonld" for tile in self.state.things.groups("site", TILE)]
        countries = count_countries(tallies)
        collection = CollectionWriter(writer, worker.collector, shown, self.state, countries)
        collection.whole(-(-self.checkpoint.size // TILE), self.note, self.base_url, linked_art)
        self._describe(shown, self._dataset(worker), linked_art, output)
        self.state.files.add(output.drain())
        write_sitemap(writer, self.state, self.base_url, shown.policy.languages)
        self.state.files.add(output.drain())
        self.pages += output.pages - pages
        self.written += output.written - written

    def _dataset(self, worker: TileWorker) -> Dataset:
        abouts = self.state.things.abouts("source")
        return dataset_of(self.record.policy, rested_on(worker.collector, abouts[:MOST]), len(abouts))

    def _describe(self, shown: views.RecordView, dataset: Dataset, linked_art: Sequence[str], output: Output) -> None:
        """Write the files that describe the data."""
        output.put("ro-crate-metadata.json", ro_crate(shown, dataset, linked_art, self.base_url), OWNER)
        output.put("datapackage.json", data_package(shown, dataset, self.base_url), OWNER)
        output.put("CITATION.cff", citation(shown, dataset, self.base_url), OWNER)

    def _copy_ledger(self, output: Output) -> None:
        """Publish the tiles of the ledger at this size, with those of earlier sizes that are not full, the proofs above them, and the checkpoint."""
        have = set(self.state.files.owned("ledger"))
        self._drop(have - write_ledger(self.tiles, have, self.state.files.names_in, output))
        output.put("ledger/checkpoint", self.note, OWNER)
        if self.cosigned is not None:
            output.put(f"ledger/{COSIGNED}", self.cosigned, OWNER)
        output.put(".gitattributes", b"* -text\n", OWNER)  # git would turn line ends, and no hash would fit
        output.put(".nojekyll", b"", OWNER)
        output.put("proofs.json", proofs(self.tiles, self.checkpoint.root), OWNER)

    def _copy_preserved(self, output: Output) -> None:
        """Publish the preserved files that some page offers, and remove those that none does."""
        wanted = {file_path(name): name for name in self.state.things.preserved()}
        have = set(self.state.files.owned("file"))
        for path in sorted(wanted.keys() - have):
            output.put(path, self.record.files.read(wanted[path]), "file")
        self._drop(have - wanted.keys())

    def _drop(self, paths: Iterable[str]) -> None:
        paths = sorted(paths)
        self.output.remove(paths)
        self.state.files.remove(paths)

    def _finish(self, output: Output) -> None:
        """Remove what is no longer part of the site, sign the manifest, and remember what was done."""
        self._drop(self.state.files.owned(""))
        note = sign_manifest(self.checkpoint.origin, self.state.files.manifest_lines(), self.keys, self.note)
        written = output.written
        sha = output.put_chunks(MANIFEST, note, "", known=self.state.recall("manifest"))
        self.written += output.written - written
        note_folders(self.out, self.state.files)
        self.state.remember(
            complete="yes",
            basis=self._basis,
            origin=self.checkpoint.origin,
            size=str(self.checkpoint.size),
            root=self.checkpoint.root.hex(),
            manifest=sha,
            day=self.day,
        )
