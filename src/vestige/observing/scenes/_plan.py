"""The plan: which windows of which files serve which sites. Plain frozen data, made before a pixel is asked for."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import msgspec

from vestige.observing.scenes._bounds import Searched
from vestige.observing.scenes._executors import as_they_end
from vestige.observing.scenes._faults import FaultKind, Finding, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._headers import Headers
from vestige.observing.scenes._scene import Acquisition, Asset, Scene, covered, degrees
from vestige.observing.scenes._sites import Site
from vestige.observing.scenes._tiff import Affine, Header, Layout
from vestige.observing.scenes._windows import ByteRange, Cut, Grid, Projected, byte_ranges, cut_around, grid_of, turns
from vestige.observing.scenes.stated._masks import MaskLayout
from vestige.observing.scenes.stated._units import Units

SAME_PASS = 300.0
"""Seconds within which two scenes of one track are one pass: a slice lasts 25, a burst 3, the next pass is days away."""


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """One file: what to ask of it and which windows to cut from it."""

    scene: Acquisition
    band: str
    href: str
    etag: str
    size: int
    layout: Layout
    transform: Affine
    epsg: int
    nodata: str
    ranges: tuple[ByteRange, ...]
    cuts: tuple[Cut, ...]
    mask: MaskLayout | None = None
    alpha: int | None = None
    """Number of the sample that is alpha, from 0."""
    units: Units = Units()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reading will do, and what is already known to be missing."""

    pixels: int
    """Side of each window."""

    bands: tuple[str, ...]
    sites: tuple[Site, ...]
    files: tuple[FileRead, ...]
    findings: tuple[Finding, ...]
    searched: Searched | None = None
    """What the search in the catalogue took, and its bounds."""

    @property
    def requests(self) -> int:
        """Requests that the tiles take; headers were read to make the plan."""
        return sum(1 for file in self.files for part in file.ranges if part.length)

    @property
    def bytes(self) -> int:
        """Bytes that the tiles take."""
        return sum(part.length for file in self.files for part in file.ranges)

    @property
    def chips(self) -> int:
        """Windows that will be cut."""
        return sum(len(file.cuts) for file in self.files)


class _Pair(NamedTuple):
    scene: Scene
    sites: tuple[Site, ...]


class _Opened(NamedTuple):
    pair: _Pair
    asset: Asset
    header: Header
    grid: Grid


def plan_reads(
    scenes: Sequence[Scene], sites: Sequence[Site], *, bands: Sequence[str], pixels: int, headers: Headers,
    workers: int = 64, on_header: Callable[[], None] | None = None,
) -> Plan:  # fmt: skip
    """Make the plan for windows of ``pixels`` by ``pixels`` around every site in every scene that covers it.

    Headers are read ``workers`` at a time, from the cache where they are known; ``on_header`` is called after each.
    Everything that cannot serve becomes a finding of the plan.
    """
    pairs, doubled = _pairs(scenes, sites)
    wanted, absent = _assets(pairs, bands)
    opened, shut = _open(wanted, headers, workers, on_header)
    files, unfit = _fit(opened, sites, pixels)
    findings = sorted([*doubled, *absent, *shut, *unfit], key=lambda f: (f.scene, f.band, f.kind, f.sites))
    return Plan(pixels=pixels, bands=tuple(bands), sites=tuple(sites), files=files, findings=tuple(findings))


def _pairs(scenes: Sequence[Scene], sites: Sequence[Site]) -> tuple[list[_Pair], list[Finding]]:
    """Give each scene the sites that it serves; of several scenes of one pass, a site takes the last by name (newest)."""
    lon, lat = degrees(sites)
    covering: dict[tuple[str, str, str, str], list[Scene]] = {}
    for scene in sorted(scenes, key=lambda s: (s.time, s.id)):
        for site in covered(scene, sites, lon, lat):
            covering.setdefault((site.id, scene.collection, scene.track, scene.platform), []).append(scene)
    served: dict[str, set[str]] = {}
    doubled: dict[str, list[str]] = {}
    for (site_id, *_), found in covering.items():
        for one_pass in _passes(found):
            best = max(one_pass, key=lambda s: s.id)
            served.setdefault(best.id, set()).add(site_id)
            for other in one_pass:
                if other is not best:
                    doubled.setdefault(other.id, []).append(site_id)
    pairs = [_Pair(s, tuple(site for site in sites if site.id in served[s.id])) for s in scenes if s.id in served]
    message = "another scene of the same pass serves these sites"
    return pairs, [
        Finding(kind=FaultKind.DOUBLED, message=message, scene=scene, sites=tuple(lost))
        for scene, lost in doubled.items()
    ]


def _passes(scenes: Sequence[Scene]) -> Iterable[list[Scene]]:
    run: list[Scene] = []
    for scene in scenes:
        if run and (scene.time - run[-1].time).total_seconds() > SAME_PASS:
            yield run
            run = []
        run.append(scene)
    yield run


def _assets(pairs: Iterable[_Pair], bands: Sequence[str]) -> tuple[list[tuple[_Pair, Asset]], list[Finding]]:
    wanted, findings = [], []
    for pair in pairs:
        for band in bands:
            asset = pair.scene.asset(band)
            if asset is not None:
                wanted.append((pair, Asset(band, asset.href, asset.said)))
                continue
            has = ", ".join(a.band for a in pair.scene.assets) or "none that is a TIFF"
            message = f"the scene has no band {band}; it has: {has}"
            findings.append(_finding(FaultKind.NO_ASSET, message, pair, band=band))
    return wanted, findings


def _open(
    wanted: Sequence[tuple[_Pair, Asset]], headers: Headers, workers: int, on_header: Callable[[], None] | None
) -> tuple[list[_Opened], list[Finding]]:
    def read(one: tuple[_Pair, Asset]) -> _Opened | Finding:
        pair, asset = one
        try:
            header = headers.read(asset.href)
            _check_unit(pair.scene, _units(pair.scene, asset, header), shown(asset.href))
            return _Opened(pair, asset, header, grid_of(header, shown(asset.href)))
        except ReadFault as fault:
            return _finding(fault.kind, fault.message, pair, band=asset.band, href=asset.href)
        finally:
            if on_header:
                on_header()

    with ThreadPoolExecutor(workers, thread_name_prefix="header") as pool:
        asked = [pool.submit(read, one) for one in wanted]
        try:
            deque(as_they_end(asked), maxlen=0)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    results = [one.result() for one in asked]
    return [r for r in results if isinstance(r, _Opened)], [r for r in results if isinstance(r, Finding)]


def _fit(opened: Sequence[_Opened], sites: Sequence[Site], pixels: int) -> tuple[tuple[FileRead, ...], list[Finding]]:
    """Keep, for each site, track and band, the files on the grid that most of them share; cut windows; lay out requests."""
    usual = _usual_grids(opened)
    projected = Projected(sites)
    files: list[FileRead] = []
    findings: list[Finding] = []
    for one in opened:
        scene = one.pair.scene
        fits = [s for s in one.pair.sites if usual[s.id, scene.track, one.asset.band] == one.grid]
        cuts = [(s, _cut(s, projected.place(s, one.grid.epsg), one, pixels)) for s in fits]
        whole = tuple(cut for _, cut in cuts if cut)
        for kind, message, lost in (
            (FaultKind.OTHER_GRID, _grid_words(one.grid), [s for s in one.pair.sites if s not in fits]),
            (FaultKind.OUTSIDE, "the window does not lie wholly inside the image", [s for s, cut in cuts if not cut]),
        ):
            if lost:
                findings.append(
                    _finding(kind, message, _Pair(scene, tuple(lost)), band=one.asset.band, href=one.asset.href)
                )
        if not whole:
            continue
        try:
            files.append(_file_read(one, whole))
        except ReadFault as fault:
            findings.append(_finding(fault.kind, fault.message, one.pair, band=one.asset.band, href=one.asset.href))
    return tuple(files), findings


def _usual_grids(opened: Sequence[_Opened]) -> dict[tuple[str, str, str], Grid]:
    counts: dict[tuple[str, str, str], Counter[Grid]] = {}
    for one in opened:
        for site in one.pair.sites:
            counts.setdefault((site.id, one.pair.scene.track, one.asset.band), Counter())[one.grid] += 1
    return {key: max(found.items(), key=lambda pair: (pair[1], pair[0]))[0] for key, found in counts.items()}


def _file_read(one: _Opened, cuts: tuple[Cut, ...]) -> FileRead:
    header = one.header
    return FileRead(
        scene=one.pair.scene.acquisition(),
        band=one.asset.band,
        href=one.asset.href,
        etag=header.etag,
        size=header.size,
        layout=header.layout,
        transform=header.transform,
        epsg=one.grid.epsg,
        nodata=header.nodata or one.asset.said.nodata,
        ranges=byte_ranges(header, cuts, shown(one.asset.href)),
        cuts=cuts,
        mask=header.mask.layout if header.mask else None,
        alpha=header.alpha,
        units=_units(one.pair.scene, one.asset, header),
    )


def _cut(site: Site, place: tuple[float, float], one: _Opened, pixels: int) -> Cut | None:
    x, y = place
    cuts = (cut_around(site, (x + turn, y), one.header, pixels) for turn in turns(one.grid.epsg))
    return next((cut for cut in cuts if cut), None)


def _units(scene: Scene, asset: Asset, header: Header) -> Units:
    """Give what the file says of its numbers, or else the catalogue; Sentinel-2's are told by their processing baseline alone."""
    if scene.platform.startswith("S2"):
        return Units()
    return asset.said.units if header.units == Units() else header.units


def _check_unit(scene: Scene, units: Units, where: str) -> None:
    if units.refused:
        message = f"the values are in {units.unit!r} of {scene.collection or scene.id}: power, amplitudes or decibels are expected"
        raise ReadFault(FaultKind.UNIT, message, where=where)


def replanned(file: FileRead, header: Header) -> FileRead:
    """Give the same reading for a newer version of the file. Raises `ReadFault` where that lies on another grid."""
    if (header.transform, header.epsg) != (file.transform, file.epsg) or header.layout.dtype != file.layout.dtype:
        raise ReadFault(
            FaultKind.REPLACED, "the file was replaced by one on another grid; plan again", where=shown(file.href)
        )
    return msgspec.structs.replace(
        file,
        etag=header.etag,
        size=header.size,
        layout=header.layout,
        nodata=header.nodata or file.nodata,
        mask=header.mask.layout if header.mask else None,
        alpha=header.alpha,
        units=file.units if header.units == Units() else header.units,
        ranges=byte_ranges(header, file.cuts, shown(file.href)),
    )


def _grid_words(grid: Grid) -> str:
    return (
        f"EPSG:{grid.epsg} in steps of {grid.step[0]:g} by {grid.step[3]:g}, grid offset {grid.phase[0]:g}, {grid.phase[1]:g}, "
        "unlike most of this time line"
    )


def _finding(kind: FaultKind, message: str, pair: _Pair, *, band: str = "", href: str = "") -> Finding:
    return Finding(
        kind=kind,
        message=message,
        scene=pair.scene.id,
        band=band,
        sites=tuple(s.id for s in pair.sites),
        href=shown(href),
    )
