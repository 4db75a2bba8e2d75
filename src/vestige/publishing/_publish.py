"""Publishing: from a record to a folder of static files, in full or only what changed.

The order of writing: pages, data and ledger first, the signed manifest last, so that a folder whose manifest holds is whole. A publication that was
stopped is noticed by the next one, which then compares every file with what it should be.
"""

import collections
import concurrent.futures
import hashlib
import importlib.resources
import multiprocessing
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

import vestige
from vestige.entries import fingerprint
from vestige.errors import InputError
from vestige.ledger import FolderSource, NoteError, Tiles, inclusion_proof, parse_checkpoint, range_root, tile_path
from vestige.publishing import _describe as describe
from vestige.publishing import _views as views
from vestige.publishing._collection import GROUP, OWNER, CollectionWriter, proofs
from vestige.publishing._data_files import data_file, linked_art_file
from vestige.publishing._describe import data_names
from vestige.publishing._errors import KeyNeededError, NotASiteError
from vestige.publishing._manifest import NAME as MANIFEST
from vestige.publishing._manifest import parse_manifest, sha256, sign_manifest
from vestige.publishing._output import Output
from vestige.publishing._paths import TILE, file_path
from vestige.publishing._plan import Plan, plan_all, plan_changes
from vestige.publishing._state import State, Written
from vestige.publishing._tile_work import Task, TileResult, TileWorker, start_process, work_in_process
from vestige.record import Record

Progress = Callable[[int, int], None]
"""Told how many things are done, of how many."""

_FIRST_FOLDERS = frozenset(
    {"site", "statement", "source", "actor", "study", "body", "entries", "en", "fr", "az", "hy", "ar", "ru", "uk"}
)
_PARALLEL_FROM = 600
"""Things from which starting processes pays."""


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


def publish(
    record: Record,
    out: Path,
    *,
    base_url: str | None = None,
    full: bool = False,
    workers: int | None = None,
    key: Path | None = None,
    progress: Progress | None = None,
) -> Published:
    """Write a record as a folder of static files at ``out``.

    Only what changed since the last publication into ``out`` is made and written, unless ``full``. ``base_url`` is where the folder will be
    served, if that is known: feeds and descriptions then carry whole addresses. ``workers`` is the number of processes for a large
    publication (default: one a core). ``key`` signs the manifest.

    Raises NotASiteError when ``out`` holds something else, ExposedPlaceError when a public entry would betray an exact place, KeyNeededError
    when no keeper's key is at hand, EnvironmentFault when the machine refuses.
    """
    base_url = None if base_url is None else base_url.rstrip("/") + "/"
    if base_url is not None and not base_url.startswith(("https://", "http://")):
        raise InputError(
            "expected an address of the web for the base", where=base_url, hint="for example https://record.example/"
        )
    _require_languages(record)
    publication = _Publication(record, out, base_url, workers, key, progress)
    try:
        return publication.run(full=full)
    finally:
        publication.close()


def _require_languages(record: Record) -> None:
    from vestige.publishing._catalogue import LANGUAGES

    unknown = [code for code in record.policy.languages if code not in LANGUAGES]
    if unknown:
        raise InputError(
            f"expected languages among {', '.join(LANGUAGES)} in the policy, got {', '.join(unknown)}",
            hint="change the policy, or add a catalogue",
        )


class _Publication:
    """One run of publishing one record into one folder."""

    def __init__(
        self,
        record: Record,
        out: Path,
        base_url: str | None,
        workers: int | None,
        key: Path | None,
        progress: Progress | None,
    ) -> None:
        self.record, self.out, self.base_url = record, out, base_url
        self.workers = workers or os.cpu_count() or 1
        self.progress = progress or (lambda _done, _all: None)
        self.private = record.signing_key(key)
        keepers = {fingerprint(verifier.key) for verifier in record.verifiers}
        if fingerprint(self.private.public_key()) not in keepers:
            raise KeyNeededError(
                "a keeper's key must sign the manifest, and this one is an author's", hint="give one: --key FILE"
            )
        self.note = (record.path / "ledger" / "checkpoint").read_bytes()
        self.checkpoint = parse_checkpoint(self.note)
        self.assets = _assets()
        _require_ours(out)
        self.state = State(_state_path(record, out))
        self.pages = self.written = self.removed = 0
        self.empty = False

    def close(self) -> None:
        """Let go of the state."""
        self.state.close()

    def run(self, *, full: bool) -> Published:
        """Publish, and give what it came to."""
        self.out.mkdir(parents=True, exist_ok=True)
        self.empty = not any(self.out.iterdir())
        with self.state.transaction():
            old_size = None if full else self._continues()
            if old_size is None:
                self._adopt()
                plan = plan_all(self.record, self.checkpoint.size)
            else:
                plan = plan_changes(self.record, self.state, old_size, self.checkpoint.size)
            self.state.remember(complete="no")
        known = self.state.sha_of if old_size is not None else None
        output = Output(self.out, known, empty=self.empty)
        with self.state.transaction():
            self._make(plan, output, full=old_size is None)
            self._finish(output)
        return Published(
            out=str(self.out),
            pages=self.pages + output.pages,
            written=self.written + output.written,
            removed=self.removed,
            files=self.state.count_files() + 1,
            full=old_size is None,
            entries=self.checkpoint.size,
        )

    def _basis(self) -> str:
        """Give a digest of all that every page depends on: software, templates, policy, address, scripts."""
        digest = hashlib.sha256(f"{vestige.__version__} {self.base_url}".encode())
        digest.update(msgspec.json.encode(self.record.policy))
        package = importlib.resources.files("vestige.publishing")
        for folder in ("templates", "catalogues", "."):
            for file in sorted(package.joinpath(folder).iterdir(), key=lambda file: file.name):
                if file.is_file():
                    digest.update(file.read_bytes())
        for path, data in sorted(self.assets.items()):
            digest.update(path.encode() + hashlib.sha256(data).digest())
        return digest.hexdigest()

    def _continues(self) -> int | None:
        """Give the size at which the folder was last published, when what is remembered of it still fits; else None."""
        get = self.state.recall
        if get("complete") != "yes" or get("basis") != self._basis() or get("origin") != self.checkpoint.origin:
            return None
        manifest = self.out / MANIFEST
        if not manifest.is_file() or sha256(manifest.read_bytes()) != get("manifest"):
            return None
        size = int(get("size") or 0)
        tiles = Tiles(FolderSource(self.record.path / "ledger"), min(size, self.checkpoint.size))
        if (
            not 0 < size <= self.checkpoint.size
            or _root(tiles) != get("root")
            or not _all_there(self.out, self.state.paths())
        ):
            return None
        return size

    def _adopt(self) -> None:
        """Start afresh, but know which files an earlier publication left, so that those not made again are removed."""
        self.state.forget()
        manifest = self.out / MANIFEST
        if manifest.is_file():
            try:
                old = parse_manifest(manifest.read_bytes())
            except (NoteError, InputError):
                return
            self.state.add_files(Written(path, sha, "") for path, sha in old.files.items())

    def _shown(self, counts: views.Counts) -> views.RecordView:
        last = self.record.index.at(self.checkpoint.size - 1)
        return views.RecordView(
            policy=self.record.policy,
            origin=self.checkpoint.origin,
            size=self.checkpoint.size,
            root=self.checkpoint.root.hex(),
            counts=counts,
            updated=last.envelope.made if last else "1970-01-01T00:00:00Z",
        )

    def _make(self, plan: Plan, output: Output, *, full: bool) -> None:
        """Make the pages of things and tiles, then what is joined from them."""
        shown, islands = self._shown(views.Counts()), "assets/islands.js" in self.assets
        own = Output(self.out, None if full else self.state.sha_of, empty=self.empty)
        worker = TileWorker(self.record, shown, own, islands=islands)
        changed = _Changed(set(), {}, set())
        done = 0
        for result in self._results(plan, worker, shown):
            self._take(result, changed, full=full)
            if plan.things.get(result.tile):
                self._take_parts(result, changed, output)
            done += len(result.things) + len(result.gone)
            self.progress(done, plan.count)
        for name in data_names():
            if full or name in changed.files:
                output.put(f"data/{name}", data_file(self.state, name), OWNER)
        self._copy_ledger(output)
        self._copy_preserved(output)
        for path, data in self.assets.items():
            output.put(path, data, "assets")
        whole = self._shown(self._counts())
        collection = CollectionWriter(worker.collector, whole, self.state, output, islands=islands)
        collection.lists(changed.countries, changed.groups)
        collection.whole(-(-self.checkpoint.size // TILE), self.note, self.base_url, self._linked_art())
        output.put("ro-crate-metadata.json", describe.ro_crate(whole, self._linked_art(), self.base_url), OWNER)
        output.put("datapackage.json", describe.data_package(whole), OWNER)
        output.put("CITATION.cff", describe.citation(whole, self.base_url), OWNER)

    def _results(self, plan: Plan, worker: TileWorker, shown: views.RecordView) -> Iterator[TileResult]:
        """Do the work of the tiles: here when it is little, else in processes; in order of tile."""
        tasks = [self._task(plan, tile) for tile in sorted(plan.tiles | plan.things.keys())]
        if plan.count < _PARALLEL_FROM or self.workers < 2 or len(tasks) < 2:
            yield from map(worker.work, tasks)
            return
        start = (self.record.path, shown, self.out, "assets/islands.js" in self.assets, self.empty)
        context = multiprocessing.get_context("spawn")
        with concurrent.futures.ProcessPoolExecutor(self.workers, context, start_process, start) as pool:
            yield from _in_order(pool, tasks, self.workers)

    def _task(self, plan: Plan, tile: int) -> Task:
        """Give the work of one tile; in a publication of changes it has other things, which its parts of the data files need."""
        abouts = plan.things.get(tile, [])
        if plan.several is not None:
            return Task(tile, abouts, lone=frozenset(abouts) - plan.several)
        others = [about for about in self.state.in_tile(tile) if about not in set(abouts)] if abouts else []
        return Task(tile, abouts, others, ledger=tile in plan.tiles)

    def _take(self, result: TileResult, changed: "_Changed", *, full: bool) -> None:
        """Remember the results of a tile, and what of the lists changes by them."""
        self.pages += result.pages
        self.written += result.written
        if not full:
            self._forget_old(result, changed)
        for thing in result.things:
            changed.add(thing.about, thing.index, thing.countries)
        self.state.put(result.things)
        self.state.add_files(result.files)

    def _forget_old(self, result: TileResult, changed: "_Changed") -> None:
        """Remove what the things and tiles of a result had and have no more."""
        owners: dict[str, list[str]] = {
            about: [] for about in (*result.gone, *(thing.about for thing in result.things))
        }
        for file in result.files:
            owners.setdefault(file.owner, []).append(file.path)
        for owner, kept in owners.items():
            self._drop(self.state.disowned(owner, kept))
            if (place := self.state.place(owner)) is not None:
                changed.add(owner, *place)
        self.state.drop(result.gone)

    def _take_parts(self, result: TileResult, changed: "_Changed", output: Output) -> None:
        """Take the parts of the data files that come from a tile."""
        tile, parts = result.tile, result.parts
        changed.files |= self.state.put_parts(tile, parts)
        owner = f"linked-art:{tile}"
        path = f"data/linked-art/{tile}.jsonld"
        if "linked-art" in parts:
            output.put(path, linked_art_file(parts["linked-art"]), owner)
        else:
            self._drop(self.state.owned(owner))

    def _linked_art(self) -> list[str]:
        return [f"data/linked-art/{tile}.jsonld" for tile in self.state.groups("site", TILE)]

    def _counts(self) -> views.Counts:
        """Count what the record holds."""
        tally = self.state.tally()
        standing = self.record.index.counts()
        located, sensitive = self.state.tally_places()
        sites = {state: tally.get(("site", state), 0) for state in ("agreed", "contested", "single", "none")}

        def whole(kind: str) -> int:
            return sum(count for (of, _), count in tally.items() if of == kind)

        return views.Counts(
            sites=whole("site"),
            **sites,
            located=located,
            sensitive=sensitive,
            statements=whole("statement"),
            statements_disputed=tally.get(("statement", "disputed"), 0),
            sources=whole("source"),
            sources_preserved=tally.get(("source", "preserved"), 0),
            assessments=standing.get("assessment", 0),
            observations=standing.get("observation", 0),
            actors=whole("actor"),
            studies=whole("study"),
            withdrawn=standing.get("withdrawal", 0),
            entries=self.checkpoint.size,
        )

    def _copy_ledger(self, output: Output) -> None:
        """Publish the tiles of the ledger at this size, the proofs above them, and the checkpoint."""
        size = self.checkpoint.size
        tiles = Tiles(FolderSource(self.record.path / "ledger"), size)
        wanted = dict(_tile_files(size))
        for path, (level, number, width) in wanted.items():
            if width < TILE or self.state.sha_of(path) is None or not self.state.recall("size"):
                data = (
                    _bundle(tiles.bundle(number)) if level == "entries" else b"".join(tiles.hashes(int(level), number))
                )
                output.put(path, data, "ledger")
        self._drop(set(self.state.owned("ledger")) - wanted.keys())
        output.put("ledger/checkpoint", self.note, OWNER)

        def path_of(tile: int) -> list[bytes]:
            return _way_up(tiles, tile, size)

        output.put("proofs.json", proofs(-(-size // TILE), size, self.checkpoint.root, path_of), OWNER)

    def _copy_preserved(self, output: Output) -> None:
        """Publish the preserved files that some page offers, and remove those that none does."""
        wanted = {file_path(name): name for name in self.state.preserved()}
        have = set(self.state.owned("file"))
        for path in sorted(wanted.keys() - have):
            output.put(path, self.record.files.read(wanted[path]), "file")
        self._drop(have - wanted.keys())

    def _drop(self, paths: Iterable[str]) -> None:
        paths = sorted(paths)
        self.removed += Output(self.out).remove(paths)
        self.state.remove_files(paths)

    def _finish(self, output: Output) -> None:
        """Remove what is no longer part of the site, sign the manifest, and remember what was done."""
        self.state.add_files(output.drain())
        self._drop(self.state.owned(""))
        note = sign_manifest(self.checkpoint.origin, self.state.files(), self.private)
        if self.state.recall("manifest") != sha256(note) or not (self.out / MANIFEST).is_file():
            output.put(MANIFEST, note, "")
            output.drain()
        self.state.remember(
            complete="yes",
            basis=self._basis(),
            origin=self.checkpoint.origin,
            size=str(self.checkpoint.size),
            root=self.checkpoint.root.hex(),
            manifest=sha256(note),
        )


class _Changed(msgspec.Struct):
    """What of the whole changes by a publication: the lists of countries, groups of other lists, data files."""

    countries: set[str]
    groups: dict[str, set[int]]
    files: set[str]

    def add(self, about: str, index: int, countries: tuple[str, ...]) -> None:
        """Take in that a thing changed."""
        kind = about.partition(":")[0]
        if kind == "site":
            self.countries.update(countries or ("",))
        self.groups.setdefault(kind, set()).add(index // GROUP)


def _in_order(
    pool: concurrent.futures.ProcessPoolExecutor, tasks: Iterable[Task], workers: int
) -> Iterator[TileResult]:
    """Give the results in the order of the tasks, never more than a few waiting."""
    waiting: collections.deque[concurrent.futures.Future[TileResult]] = collections.deque()
    for task in tasks:
        waiting.append(pool.submit(work_in_process, task))
        if len(waiting) > 2 * workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _tile_files(size: int) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Give the path of every tile and entry bundle of a ledger of this size, with its level, number and width."""
    level, count = 0, size
    while count > 0:
        for number in range(-(-count // TILE)):
            width = min(TILE, count - number * TILE)
            yield f"ledger/{tile_path(level, number, width)}", (str(level), number, width)
            if level == 0:
                yield f"ledger/{tile_path('entries', number, width)}", ("entries", number, width)
        level, count = level + 1, count // TILE


def _bundle(leaves: Iterable[bytes]) -> bytes:
    return b"".join(struct.pack(">H", len(leaf)) + leaf for leaf in leaves)


def _way_up(tiles: Tiles, tile: int, size: int) -> list[bytes]:
    """Give the part of the inclusion proofs of a tile's entries that lies above the tile."""
    first = tile * TILE
    whole = inclusion_proof(tiles.node, first, size)
    width = min(TILE, size - first)
    return whole[(width - 1).bit_length() :]


def _root(tiles: Tiles) -> str:
    return range_root(tiles.node, 0, tiles.size).hex()


def _assets() -> dict[str, bytes]:
    """Read the styles and scripts of the pages: those of the package and those that its build made."""
    folder = importlib.resources.files("vestige.publishing").joinpath("assets")
    found = {f"assets/{file.name}": file.read_bytes() for file in folder.iterdir() if file.is_file()}
    built = folder.joinpath("built")
    if built.is_dir():
        found |= {f"assets/{file.name}": file.read_bytes() for file in built.iterdir() if file.is_file()}
    return {path: data for path, data in found.items() if not path.endswith((".py", "/.gitignore"))}


def _require_ours(out: Path) -> None:
    """Raise NotASiteError when a folder holds something that was not published by us."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotASiteError("expected a folder to publish into, got something else", where=str(out))
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file() and not _unfinished(out):
        raise NotASiteError(
            "expected an empty folder or an earlier publication, got a folder with other files",
            where=str(out),
            hint="name a new folder",
        )


def _unfinished(out: Path) -> bool:
    """Whether a folder looks like a publication that was stopped before its manifest was written."""
    return (out / "assets" / "vestige.css").is_file() or {path.name for path in out.iterdir()} <= _FIRST_FOLDERS


def _all_there(out: Path, paths: set[str]) -> bool:
    """Whether every file that was published is still there."""
    found: set[str] = set()
    root = str(out)
    for folder, _, names in os.walk(root):
        inner = folder[len(root) + 1 :]
        found.update([f"{inner}/{name}" for name in names] if inner else names)
    return paths <= found


def _state_path(record: Record, out: Path) -> Path:
    """Give where the memory of this publication lies: the user's cache, since it is neither part of the record nor of the site."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    name = hashlib.sha256(f"{record.path.resolve()}\n{out.resolve()}".encode()).hexdigest()[:32]
    return Path(home) / "vestige" / f"published-{name}.sqlite"
